"""What of a video's file is to be blanked: the rest keeps its place, to the byte.

A video is an index of places in its own file. Nothing is taken out, then, which would move them:
what only tells of it is overwritten, by what the format has for bytes without a meaning.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from dreamfolio.pictures.parts.part import MOST_BYTES, Damaged

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Blank:
    """``size`` bytes from ``start``, found in ``where``: ``head`` and zeros are to take their
    place."""

    start: int
    size: int
    where: str
    head: bytes = b""

    def content(self, file: BinaryIO) -> bytes:
        """What stands there, at most ``MOST_BYTES`` of it."""
        file.seek(self.start)
        return file.read(min(self.size, MOST_BYTES))


def in_order(blanks: Iterable[Blank]) -> list[Blank]:
    """By their place; raises ``Damaged`` where they overlap."""
    ordered = sorted(blanks, key=lambda one: (one.start, one.size))
    for one, following in itertools.pairwise(ordered):
        if one.start + one.size > following.start:
            raise Damaged("its parts lie over each other")
    return ordered


def blanked(file: BinaryIO, blanks: Sequence[Blank]) -> Iterator[bytes]:
    """The whole of ``file``, a piece at a time, with ``blanks``, in order, in their places."""
    size = file.seek(0, os.SEEK_END)
    at = 0
    for blank in blanks:
        yield from _as_it_is(file, at, blank.start)
        yield blank.head
        left = blank.size - len(blank.head)
        while left > 0:
            yield bytes(min(left, _PIECE))
            left -= _PIECE
        at = blank.start + blank.size
    yield from _as_it_is(file, at, size)


def _as_it_is(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end:
        piece = file.read(min(end - start, _PIECE))
        if not piece:
            raise Damaged("it is cut short")
        yield piece
        start += len(piece)
