"""The README, with the tables between its markers as they should be.

``render`` reads and decides, ``write`` writes: a check is a ``render`` alone.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from dreamfolio.content.layout import COLLECTIONS, PORTFOLIO, THUMBS
from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import ContentError, DreamfolioError, Place, StoreError, mend_of, reason
from dreamfolio.files import sha256_of_file, write_atomically, write_if_changed
from dreamfolio.publish.readme import copies, marker, markers, tables
from dreamfolio.publish.readme import thumbs as thumbnails
from dreamfolio.publish.readme.body import body, prose, section, tables_of
from dreamfolio.publish.readme.result import ReadmeResult
from dreamfolio.publish.readme.thumbs import Change


def render(portfolio: Portfolio, digest_of: Callable[[Path], str]) -> ReadmeResult:
    """The README of ``portfolio`` as it should be, and its thumbnails; nothing is written.

    ``digest_of`` gives a file's SHA-256. Raises ``ContentErrors`` for a README that is no UTF-8
    or whose markers are wrong, ``StoreError`` for one that cannot be read.
    """
    path = _readme_of(portfolio.root)
    old = _read(path)
    problems: list[DreamfolioError] = []
    data = _first(portfolio, problems) if old is None else old
    slugs = [collection.slug for collection in portfolio.collections]
    blocks = markers.find(data, path, slugs)
    if not blocks:
        return ReadmeResult(path, old, data, hint=_no_markers(path))
    named = {block.collection for block in blocks}
    parts: dict[str, str] = {}
    changes: list[Change] = []
    by_hand: list[Path] = []
    for collection in portfolio.collections:
        shown = marker.ALL in named or collection.slug in named
        made = tables_of(portfolio, collection, shown, digest_of)
        parts[collection.slug] = made.text
        changes += made.changes
        problems += made.problems
        by_hand += made.by_hand
    for folder in _left_behind(portfolio):
        copied = copies.plan(folder, (), digest_of)
        thumbs = thumbnails.plan(folder, (), portfolio.readme.width, digest_of)
        changes += (*copied.changes, *thumbs.changes)
        problems += (*copied.problems, *thumbs.problems)
    everything = ""
    if marker.ALL in named:
        everything = "\n".join(
            section(collection, parts[collection.slug], _level(collection.slug, slugs), problems)
            for collection in portfolio.collections
        )
    parts[marker.ALL] = everything
    bodies = [body(parts[block.collection]) for block in blocks]
    return ReadmeResult(
        path,
        old,
        markers.filled(data, blocks, bodies),
        tuple(problems),
        _thumbs_in(changes),
        _copies_in(changes),
        tuple(changes),
        by_hand=tuple(by_hand),
    )


def check(portfolio: Portfolio) -> None:
    """Raise as ``render`` does for a README that cannot be filled; look at no picture for it."""
    path = _readme_of(portfolio.root)
    old = _read(path)
    if old is not None:
        markers.find(old, path, [collection.slug for collection in portfolio.collections])


def write(result: ReadmeResult) -> ReadmeResult:
    """Write what ``render`` found to differ, thumbnails first; what was written is counted.

    A thumbnail that cannot be written is a problem of its own. Raises ``StoreError`` where the
    README cannot be written.
    """
    problems, done, unrecorded = list(result.problems), [], set[Path]()
    for change in _safely_ordered(result.changes):
        if change.path.parent in unrecorded:
            continue
        try:
            _carry_out(change)
        except OSError as error:
            problems.append(_cannot("written" if change.data else "removed", change.path, error))
            # What its record does not know, or knows no more, would be taken for the artist's.
            if not _is_thumb(change):
                unrecorded.add(change.path.parent)
        else:
            done.append(change)
    if result.new != result.old:
        try:
            # A README that is a link stays one.
            write_if_changed(result.path.resolve(), result.new)
        except OSError as error:
            raise _cannot("written", result.path, error) from error
    return replace(
        result,
        problems=tuple(problems),
        thumbs_written=_thumbs_in(done),
        copies_written=_copies_in(done),
    )


def initialise(portfolio: Portfolio) -> bool:
    """Add a block for all collections at the end of the README, where it has no marker yet;
    say whether it did. Raises as ``render`` does."""
    path = _readme_of(portfolio.root)
    old = _read(path)
    if old is None:
        return False
    return write_if_changed(path.resolve(), markers.with_markers(old, path))


def _level(slug: str, slugs: Sequence[str]) -> int:
    """Of a collection's heading: below those of the collections it is nested in."""
    above = sum(slug.startswith(f"{other}/") for other in slugs)
    return min(2 + above, 6)


def _readme_of(root: Path) -> Path:
    """The README in ``root``, however it is capitalised; ``README.md`` where there is none."""
    there = sorted(path for path in root.glob("*.[mM][dD]") if path.name.lower() == "readme.md")
    return there[0] if there else root / "README.md"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _cannot("read", path, error) from error


def _left_behind(portfolio: Portfolio) -> list[Path]:
    """Folders that were collections and hold thumbnails or clean copies still."""
    collections = {collection.folder for collection in portfolio.collections}
    top = portfolio.root / COLLECTIONS
    records = (
        *top.rglob(f"{THUMBS}/{thumbnails.RECORD}"),
        *(each.parent for each in top.rglob(f"{THUMBS}/{copies.FOLDER}/{copies.RECORD}")),
    )
    return sorted({record.parent.parent for record in records} - collections)


def _first(portfolio: Portfolio, problems: list[DreamfolioError]) -> bytes:
    """A README for a portfolio that has none."""
    words = prose(portfolio.description, Place(portfolio.root / PORTFOLIO), problems)
    parts = [tables.heading(portfolio.title, 1), words]
    text = "\n".join(part for part in parts if part)
    return markers.with_markers(text.encode())


def _no_markers(path: Path) -> ContentError:
    return ContentError(
        "has no markers, so there is no place for the tables",
        place=Place(path),
        mend="dreamfolio readme --init adds them at its end, "
        f"or write {marker.START_ALL} and {marker.END}, each on a line of its own",
    )


def _safely_ordered(changes: Sequence[Change]) -> list[Change]:
    """What is out of date is removed, then the record written, then what it records.

    Cut off between any two, a run leaves no thumbnail that its record does not know, which the
    next one would have to take for the artist's.
    """
    outdated = [replace(one, data=None) for one in changes if _is_thumb(one) and one.path.exists()]
    return [*outdated, *sorted(changes, key=_is_thumb)]


def _is_thumb(change: Change) -> bool:
    """Whether a thumbnail, or a clean copy, is to be written."""
    return change.data is not None and not _is_record(change)


def _is_record(change: Change) -> bool:
    return change.path.name in (thumbnails.RECORD, copies.RECORD)


def _carry_out(change: Change) -> None:
    there = not _is_record(change) and change.path.exists()
    if there and sha256_of_file(change.path) != change.old:
        word = "it was changed in the meantime, and is kept"
        raise FileExistsError(errno.EEXIST, word, str(change.path))
    if change.data is not None:
        write_atomically(change.path, change.data)
        return
    change.path.unlink(missing_ok=True)
    for folder in change.path.parents:
        if folder.name not in (THUMBS, copies.FOLDER) or any(folder.iterdir()):
            break
        folder.rmdir()


def _thumbs_in(changes: Sequence[Change]) -> int:
    return sum(_is_thumb(change) and change.path.parent.name == THUMBS for change in changes)


def _copies_in(changes: Sequence[Change]) -> int:
    return sum(map(_is_thumb, changes)) - _thumbs_in(changes)


def _cannot(verb: str, path: Path, error: OSError) -> StoreError:
    word = f"cannot be {verb} ({reason(error)})"
    return StoreError(word, place=Place(path), mend=mend_of(error))
