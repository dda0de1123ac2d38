"""Carries an adoption out: copies, drafts the manifests, writes the locks. Overwrites nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dreamfolio.adopt.adoption import AdoptedCollection, Adoption
from dreamfolio.content.layout import MANIFEST
from dreamfolio.errors import (
    ContentErrors,
    DreamfolioError,
    PictureError,
    Place,
    UsageError,
    reason,
)
from dreamfolio.files import read_file, sha256_of_file, write_atomically
from dreamfolio.store import lock


def carry_out(adoption: Adoption) -> None:
    """Take in what was planned; carried out again, it does nothing more.

    Raises ``ContentErrors`` with everything that stands in the way, and has then done nothing;
    ``PictureError`` where a picture can no longer be read, ``StoreError`` for a lock, and
    ``DreamfolioError`` where any other file cannot be written: what was copied until then stays,
    and adopting again goes on from there.
    """
    problems = [problem for one in adoption.collections for problem in _in_the_way(one)]
    if problems:
        raise ContentErrors(problems)
    for one in adoption.collections:
        for source, target in one.copies:
            _copy(source, target)
        # The lock before the manifest, so that no build meets the one without the other.
        recorded = lock.read(one.target / lock.FILE)
        if one.entries:
            lock.write(one.target / lock.FILE, {**one.entries, **recorded})
        manifest = one.target / MANIFEST
        if one.manifest is not None and not manifest.exists():
            _write(manifest, one.manifest.encode())


def _in_the_way(one: AdoptedCollection) -> Iterator[DreamfolioError]:
    for source, target in one.copies:
        if target.exists() and not _same(source, target):
            yield _other_file(target)
    manifest = one.target / MANIFEST
    if one.manifest is not None and manifest.exists():
        try:
            same = read_file(manifest) == one.manifest.encode()
        except OSError:
            same = False
        if not same:
            yield UsageError(
                "there is another manifest already, and it is kept",
                place=Place(manifest),
                mend="adopt under another name with --as, or move this one away",
            )


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        # Looked at again: on some file systems two names that differ in case are one file.
        if not _same(source, target):
            raise _other_file(target)
        return
    try:
        data = read_file(source)
    except OSError as error:
        raise PictureError(f"cannot be read ({reason(error)})", place=Place(source)) from error
    _write(target, data)


def _write(target: Path, data: bytes) -> None:
    try:
        write_atomically(target, data)
    except OSError as error:
        raise DreamfolioError(
            f"cannot be written ({reason(error)})",
            place=Place(target),
            mend="mend that, and adopt again: it goes on where it stopped",
        ) from error


def _same(source: Path, target: Path) -> bool:
    try:
        return source.stat().st_size == target.stat().st_size and sha256_of_file(
            source
        ) == sha256_of_file(target)
    except OSError:
        return False


def _other_file(target: Path) -> UsageError:
    return UsageError(
        "another file of this name is here already, and it is kept",
        place=Place(target),
        mend="adopt under another name with --as, or rename one of the two",
    )
