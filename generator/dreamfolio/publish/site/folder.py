"""The site's folder: files are written and removed in it, but only our own."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from dreamfolio.errors import DreamfolioError, Place, mend_of, reason
from dreamfolio.files import (
    being_filled,
    opened,
    read_file,
    sha256,
    sha256_of_file,
    write_if_changed,
)
from dreamfolio.publish.site import record_file
from dreamfolio.publish.site.pages import RECORD
from dreamfolio.publish.site.record import UNDERWAY, Record, Written


@dataclass(slots=True)
class SiteFolder:
    """``path`` and what the last build wrote there (``before``) and this one has (``record``).

    A file that the last build did not write belongs to somebody: it is neither overwritten nor
    removed. One that happens to hold just what would be written is taken as ours.
    """

    path: Path
    before: Record
    record: Record = field(default_factory=Record)
    foreign: list[str] = field(default_factory=list)
    unremoved: dict[str, OSError] = field(default_factory=dict)
    problems: list[DreamfolioError] = field(default_factory=list)
    _written_at: int = 0
    _read_again: bool = False

    @classmethod
    def open(cls, path: Path) -> SiteFolder:
        """The folder at ``path``, which need not exist. Raises ``DreamfolioError`` where its record
        cannot be read: the next one may tell whose the files are.

        A damaged record is a problem, not the end: the build then knows those files as its own
        that are, to the byte, what a line of it still says.
        """
        record = path / RECORD
        try:
            with opened(record) as file:
                written_at = os.fstat(file.fileno()).st_mtime_ns
                try:
                    return cls(path, record_file.read(file), _written_at=written_at)
                except ValueError as error:
                    file.seek(0)
                    return cls._of_damaged(path, file.read(), error)
        except (FileNotFoundError, NotADirectoryError):
            return cls(path, Record())
        except OSError as error:
            raise DreamfolioError(
                f"the record of the site cannot be read ({reason(error)}), so it stays as it is",
                place=Place(record),
                mend=mend_of(error),
            ) from error

    @classmethod
    def _of_damaged(cls, path: Path, data: bytes, damage: ValueError) -> SiteFolder:
        problem = DreamfolioError(
            f"the record of the site is damaged ({reason(damage)}), so files that it no longer "
            "vouches for are left alone",
            place=Place(path / RECORD),
            mend=f"if {path.name}/ shows too much then, and nothing in it was made by hand, "
            "remove it and build again",
        )
        before = record_file.salvaged(data, lambda address, one: _is_just(path / address, one))
        return cls(path, before, problems=[problem])

    def holds(self, address: str) -> bool:
        """Whether the file that the last build wrote at ``address`` is there and whole.

        Its digest is taken only where it was touched after the record was written: a build of
        ten thousand pictures does not read them all again.
        """
        written = self.before.files.get(address)
        if written is None:
            return False
        # Not by `Path`, which takes longer than the question itself.
        file = f"{self.path}{os.sep}{address}"
        try:
            status = os.stat(file)  # noqa: PTH116
            if status.st_size != written.size:
                return False
            if status.st_mtime_ns < self._written_at:
                return True
            self._read_again = True
            return sha256_of_file(Path(file)) == written.digest
        except OSError:
            return False

    def announce(self, addresses: Iterable[str]) -> None:
        """Record that the files at ``addresses`` are about to be written: a build that is killed
        cannot record what it wrote, and the next one would take it for somebody's work. Raises
        ``OSError``."""
        ours = [
            address
            for address in addresses
            if address in self.before.files or not _occupied(self.path / address)
        ]
        if ours:
            self.before.files.update(dict.fromkeys(ours, UNDERWAY))
            self._save(self.before)

    def keep(self, address: str) -> None:
        """The file at ``address``, which ``holds`` said is whole, belongs to this build too."""
        self.record.files[address] = self.before.files[address]

    def keep_rest(self, mark: str | None, others: Iterable[str]) -> bool:
        """Keep what the last build wrote beside the files of this one so far and ``others``, if
        that was made of what ``mark`` stands for and is whole; say whether it was."""
        if mark is None or mark != self.before.mark:
            return False
        rest = self.before.files.keys() - self.record.files.keys() - {*others}
        if not all(map(self.holds, rest)):
            return False
        self.record.files.update((address, self.before.files[address]) for address in rest)
        return True

    def lacks(self, address: str, data: bytes) -> bool:
        """Whether something else than ``data``, or nothing, stands at ``address``."""
        return not _is(self.path / address, data)

    def write(self, address: str, data: bytes) -> bool:
        """Write ``data`` unless it stands there; say whether it wrote. Raises ``OSError``."""
        file = self.path / address
        theirs = address not in self.before.files and _occupied(file) and not _is(file, data)
        if theirs or self._is_walled_off(file):
            self.foreign.append(address)
            return False
        # Not waiting for the disk, thousands of times: the record tells sizes, and one that a
        # power cut left empty has not the size that is recorded.
        wrote = write_if_changed(file, data, durable=False)
        self.record.files[address] = Written(sha256(data), len(data))
        return wrote

    def fill(self, address: str, fill: Callable[[BinaryIO], None]) -> bool:
        """``write`` for what is larger than memory: ``fill`` writes it into a file. Raises
        ``OSError``, and what ``fill`` raises."""
        file = self.path / address
        if self._is_walled_off(file):
            self.foreign.append(address)
            return False
        with being_filled(file, fill, durable=False) as part:
            written = Written(sha256_of_file(part), part.stat().st_size)
            same = file.is_file() and sha256_of_file(file) == written.digest
            if not same and address not in self.before.files and _occupied(file):
                self.foreign.append(address)
                return False
            if not same:
                part.replace(file)
        self.record.files[address] = written
        return not same

    def prune(self) -> tuple[str, ...]:
        """Remove what the last build wrote and this one has no more, and the folders that are
        empty then; return the addresses removed. A file changed since is somebody's work; one that
        cannot be removed just now stays recorded, for the next build to remove."""
        gone = sorted(self.before.files.keys() - self.record.files.keys())
        removed = []
        spoken_for: dict[str, list[str]] = {}
        for address in self.record.files if gone else ():
            spoken_for.setdefault(address.casefold(), []).append(address)
        for address in gone:
            file = self.path / address
            # Where case does not count, `Fog/` renamed to `fog/` is one folder under two names.
            twins = spoken_for.get(address.casefold(), ())
            if any(_same(self.path / twin, file) for twin in twins) or self._is_walled_off(file):
                continue
            written = self.before.files[address]
            try:
                if file.is_symlink() or (
                    written != UNDERWAY and sha256_of_file(file) != written.digest
                ):
                    continue
                file.unlink()
            except OSError as error:
                if not isinstance(error, FileNotFoundError) or os.path.lexists(file):
                    self.record.files[address] = written
                    self.unremoved[address] = error
                continue
            removed.append(address)
            self._drop_empty_folders(file.parent)
        return tuple(removed)

    def close(self, mark: str | None) -> None:
        """Write the record, last of all, and name the files that were in the way.

        ``mark`` stands for what everything but pictures was made of. Where a file was in the way,
        or is not as it was written, the next build has to look at all of them.
        """
        self.record.mark = None if self.foreign or self.unremoved else mark
        same = self.record == self.before or not self._save(self.record)
        if same and self._read_again:
            # What was found whole need not be read again the next time, say after a copy.
            with contextlib.suppress(OSError):
                os.utime(self.path / RECORD)
        if self.unremoved:
            error = next(iter(self.unremoved.values()))
            self.problems.append(
                DreamfolioError(
                    f"{len(self.unremoved)} file(s) of the site that nothing needs any more could "
                    f"not be removed ({reason(error)}): {_named([*self.unremoved])}",
                    place=Place(self.path),
                    mend=mend_of(error),
                )
            )
        if self.foreign:
            named = _named(self.foreign)
            self.problems.append(
                DreamfolioError(
                    f"{len(self.foreign)} file(s) of the site could not be written, since others "
                    f"of that name stand there that dreamfolio did not write: {named}",
                    place=Place(self.path),
                    mend="move them away, or remove the folder, then build again",
                )
            )

    def abandon(self) -> None:
        """Record what an interrupted build wrote, beside what it did not come to: the next one
        goes on from there."""
        self.record.files = {**self.before.files, **self.record.files}
        self.record.sizes = {**self.before.sizes, **self.record.sizes}
        self.record.renders = {**self.before.renders, **self.record.renders}
        self.record.blurs = {**self.before.blurs, **self.record.blurs}
        if self.record.files:
            # Whatever ended the build is the thing to tell, not that this failed as well.
            with contextlib.suppress(OSError):
                self._save(self.record)

    def _save(self, record: Record) -> bool:
        """Write ``record`` unless it stands there; say whether it wrote."""
        file = self.path / RECORD
        with being_filled(file, partial(record_file.write, record)) as part:
            if file.is_file() and sha256_of_file(file) == sha256_of_file(part):
                return False
            part.replace(file)
        return True

    def _is_walled_off(self, file: Path) -> bool:
        """Whether a file stands where one of the folders above ``file`` has to be, or a link that
        leads out of the site."""
        above = itertools.takewhile(lambda folder: folder != self.path, file.parents)
        return any(_leads_out(folder, self.path) or _is_no_folder(folder) for folder in above)

    def _drop_empty_folders(self, folder: Path) -> None:
        while folder != self.path:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _named(addresses: list[str]) -> str:
    return ", ".join(addresses[:3]) + (", …" if len(addresses) > 3 else "")


def _is_just(file: Path, written: Written) -> bool:
    try:
        return file.stat().st_size == written.size and sha256_of_file(file) == written.digest
    except OSError:
        return False


def _occupied(file: Path) -> bool:
    return file.exists() or file.is_symlink()


def _is_no_folder(path: Path) -> bool:
    """Whether something else than a folder stands there. Asked once: what is not there now may be
    there a moment later, and is none the less a folder."""
    try:
        return not stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        if path.is_symlink():
            return True
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return False
        raise


def _leads_out(folder: Path, site: Path) -> bool:
    return folder.is_symlink() and not folder.resolve().is_relative_to(site.resolve())


def _is(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and read_file(file) == data
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
