"""A part of a picture's file, as its format divides it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO

MOST_BYTES = 4_000_000
"""What is read of one part to see what it tells: more is no text."""


@dataclass(frozen=True, slots=True)
class Part:
    """``size`` bytes from ``start``, called ``kind`` in the format's words. Its content lies
    between a ``head`` and a ``tail`` that belong to the format. ``metadata`` says that the pixels
    look the same without it."""

    kind: str
    start: int
    size: int
    head: int
    tail: int
    metadata: bool

    def whole(self, file: BinaryIO) -> bytes:
        """The part as it stands in ``file``."""
        file.seek(self.start)
        return file.read(self.size)

    def content(self, file: BinaryIO) -> bytes:
        """What is in it, at most ``MOST_BYTES``."""
        file.seek(self.start + self.head)
        return file.read(min(self.size - self.head - self.tail, MOST_BYTES))


class Damaged(ValueError):
    """A file that does not keep to its format: what is wrong."""


def size_of(file: BinaryIO) -> int:
    """How many bytes ``file`` has."""
    return file.seek(0, os.SEEK_END)


def take(file: BinaryIO, start: int, count: int) -> bytes:
    """``count`` bytes from ``start``; raises ``Damaged`` where there are fewer."""
    file.seek(start)
    data = file.read(count)
    if len(data) < count:
        raise Damaged("it is cut short")
    return data
