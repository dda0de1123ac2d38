"""A picture's file, opened so that nothing that only bears its name can hang or flood whoever
reads it."""

from __future__ import annotations

import io
import math
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dreamfolio.pictures.refused import Refused

# Far more than metadata takes, and little enough to hold.
_MOST_BESIDE_PIXELS = 100_000_000
_MOST_AT_ONCE = 1_000_000_000
_MOST_BYTES_A_PIXEL = 16

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class PictureFile(io.BufferedReader):
    """A file that is read through its own methods alone, and for no more than it may hold.

    It has no number to map into memory by: one that is saved anew meanwhile would end the process
    (SIGBUS), where a read merely comes short. ``Refused`` is raised by a read too many.
    """

    def __init__(self, raw: io.FileIO):
        super().__init__(raw)
        self._left: float = math.inf

    def expect(self, pixels: int) -> None:
        """From here on let no more be read than so many ``pixels`` need, and their metadata."""
        self._left = _MOST_BESIDE_PIXELS + pixels * _MOST_BYTES_A_PIXEL

    def fileno(self) -> int:
        raise io.UnsupportedOperation("its pictures are read, not mapped")

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            # Readers that take the file whole: WebP's, and that of compressed TIFFs.
            if os.fstat(super().fileno()).st_size > _MOST_AT_ONCE:
                raise Refused(f"has more than {_MOST_AT_ONCE / 1e9:.0f} GB", "export it smaller")
            return super().read()
        data = super().read(size)
        self._left -= len(data)
        if self._left < 0:
            raise Refused(
                f"holds more than {_MOST_BESIDE_PIXELS / 1e6:.0f} MB that are no pixels",
                "export it again, without its metadata",
            )
        return data


@contextmanager
def opened(path: Path) -> Iterator[PictureFile]:
    """The regular file at ``path``. Raises ``OSError``, and ``Refused`` for anything else than a
    file: a pipe is not waited for."""
    # Windows has no such pipes, and names its files for reading bytes.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        if kind := special(path):  # A socket cannot be opened at all.
            raise refused(kind) from None
        raise
    with PictureFile(io.FileIO(number, "rb")) as file:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(path)
        if not stat.S_ISREG(mode):
            raise refused(_kind(mode))
        yield file


def special(path: Path) -> str | None:
    """What stands at ``path`` where that is neither a file nor a folder: ``a named pipe``."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # A link to nowhere, say: its piece is told to be unreadable.
        return None
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else _kind(mode)


def refused(kind: str) -> Refused:
    """What is said of a picture that is ``special``."""
    return Refused(f"is {kind}, not a picture", "take it out of the collection")


def _kind(mode: int) -> str:
    return next((kind for test, kind in _KINDS if test(mode)), "no regular file")
