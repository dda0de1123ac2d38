"""The one family of errors: each says what is wrong, where, and how to mend it.

They are raised where the facts are known and shown once, by the command line.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is wrong: a file and, where known, a 1-based line and column."""

    file: Path
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [str(self.file)]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


class DreamfolioError(Exception):
    """Something went wrong that a user can understand and mend.

    ``exit_code`` is what the command ends with when the error reaches it: 1 where the rest
    of the work could be done, 2 where the input is invalid and nothing was done.
    """

    exit_code = 1

    def __init__(self, message: str, *, place: Place | None = None, mend: str | None = None):
        super().__init__(message)
        self.message = message
        self.place = place
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.place}: {self.without_place}" if self.place else self.without_place

    @property
    def without_place(self) -> str:
        """The message and what to do, for a line that names the place already."""
        return f"{self.message}; {self.mend}" if self.mend else self.message


class UsageError(DreamfolioError):
    """The command was called in a way that makes no sense (exit code 2)."""

    exit_code = 2


class ContentError(DreamfolioError):
    """One thing wrong in ``portfolio.yaml``, a ``collection.yaml`` or a README's markers."""

    exit_code = 2


class ContentErrors(DreamfolioError):
    """Everything wrong in the content, gathered so that it can be mended in one go."""

    exit_code = 2

    def __init__(self, problems: Iterable[DreamfolioError]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PictureError(DreamfolioError):
    """A picture cannot be read or written."""


class NetworkError(DreamfolioError):
    """A network's file is refused, damaged, or does not fit what is asked of it."""


class NetworkUnavailable(NetworkError):
    """A network's weights are not here and cannot be fetched: its variants are pending."""


class StoreError(DreamfolioError):
    """The lock or the cache cannot be read or written."""


class LockError(StoreError):
    """A ``dreams.lock`` cannot be read: nothing can be decided, so nothing is done."""

    exit_code = 2


class DreamError(DreamfolioError):
    """A dream failed."""


def reason(error: BaseException) -> str:
    """What an error that is not ours says, on one line of at most 200 characters."""
    said = (isinstance(error, OSError) and error.strerror) or str(error).strip()
    if not said:
        return type(error).__name__
    # It may quote what anybody wrote into a file.
    return "".join(sign for sign in said.splitlines()[0][:200] if sign.isprintable())


def mend_of(error: BaseException) -> str | None:
    """What to do about an error of the disk or the system, where that can be said; for others
    ``None``."""
    if not isinstance(error, OSError):
        return None
    return _MENDS.get(error.errno or 0, "try again")


def of_disk(error: OSError) -> DreamfolioError:
    """An error of the disk or the system that nobody nearer could say more about."""
    place = Place(Path(os.fsdecode(error.filename))) if error.filename else None
    return DreamfolioError(reason(error), place=place, mend=mend_of(error))


_MENDS = {
    errno.ENOSPC: "make room on that disk, and try again",
    errno.EDQUOT: "your share of that disk is used up: make room, and try again",
    errno.EACCES: "see that you may read and write there, and try again",
    errno.EPERM: "see that you may change it, and try again",
    errno.EROFS: "that disk can only be read: make it writable, and try again",
    errno.EIO: "try again; if it stays, that disk may be failing: see to your backups first",
    errno.ENOENT: "it may have been moved in the meantime: try again",
    errno.ENOTDIR: "a file stands where a folder has to be: move it away, and try again",
    errno.EISDIR: "a folder stands where a file has to be: move it away, and try again",
    errno.ENXIO: "a pipe or a device stands where a file has to be: move it away, and try again",
    errno.EMFILE: "too many files are open: close other programs, and try again",
    errno.ENFILE: "too many files are open: close other programs, and try again",
    errno.ENAMETOOLONG: "give it a shorter name, and try again",
}


def reason_with_type(error: BaseException) -> str:
    """The same after the error's type, for one that nobody foresaw."""
    kind, said = type(error).__name__, reason(error)
    return kind if said == kind else f"{kind}: {said}"
