"""WebM: elements in elements, each with its number and its length (RFC 8794, RFC 9559)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dreamfolio.pictures.parts.blank import Blank
from dreamfolio.pictures.parts.part import Damaged, size_of, take
from dreamfolio.pictures.refused import Refused

MAGIC = b"\x1a\x45\xdf\xa3"

_HEAD, _SEGMENT = 0x1A45DFA3, 0x18538067
_SEEK, _INFO, _TRACKS, _CLUSTER, _CUES = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B
_CHAPTERS, _ATTACHMENTS, _TAGS = 0x1043A770, 0x1941A469, 0x1254C367
_FIRST_LEVEL = {_SEEK, _INFO, _TRACKS, _CLUSTER, _CUES, _CHAPTERS, _ATTACHMENTS, _TAGS}
_VOID = 0xEC
_TRACK, _TRACK_TYPE, _TRACK_NAME = 0xAE, 0x83, 0x536E
_CHECKSUM = 0xBF
# The scale of time, how long it takes, and the day: numbers all.
_SEEN_INFO = {0x2AD7B1, 0x4489, 0x4461}
# The programs that wrote it, which it has to name.
_PROGRAMS = {0x4D80, 0x5741}
_SHOWN = (1, 2)

_NAMES = {_CHAPTERS: "chapters", _ATTACHMENTS: "attachments", _TAGS: "tags"}
_MOST_ELEMENTS = 1_000_000


def blanks(file: BinaryIO) -> Iterator[Blank]:
    """What of ``file`` neither pictures nor sound depend on. Raises ``Damaged``."""
    yield from _Reader(file).of_file()


@dataclass(frozen=True, slots=True)
class _Element:
    number: int
    start: int
    content: int
    end: int
    open: bool = False

    def blank(self, where: str) -> Blank:
        return _void(self.start, self.end - self.start, where)

    def emptied(self, where: str) -> Iterator[Blank]:
        """Of an element that has to be there: what is in it."""
        if self.end > self.content:
            yield _void(self.content, self.end - self.content, where)


def _void(start: int, size: int, where: str) -> Blank:
    if size < 2:
        raise Damaged("an element in it is too short")
    if size <= 128:
        return Blank(start, size, where, bytes([_VOID, 0x80 | (size - 2)]))
    return Blank(start, size, where, bytes([_VOID, 0x01]) + (size - 9).to_bytes(7, "big"))


@dataclass
class _Reader:
    file: BinaryIO
    count: int = 0

    def of_file(self) -> Iterator[Blank]:
        size = size_of(self.file)
        for element in self.elements(0, size):
            if element.number == _SEGMENT:
                yield from self.of_segment(element)
            elif element.number != _HEAD:
                yield element.blank("unused room")

    def of_segment(self, segment: _Element) -> Iterator[Blank]:
        at = segment.content
        while at < segment.end:
            element = self.element(at, segment.end)
            at = element.end
            if element.number == _CLUSTER and element.open:
                at = self.end_of_open(element)
            elif element.number == _INFO:
                yield from self.of_info(element)
            elif element.number == _TRACKS:
                yield from self.of_tracks(element)
            elif element.number in _NAMES:
                yield from element.emptied(_NAMES[element.number])
            elif element.number not in _FIRST_LEVEL:
                yield element.blank("unused room")

    def of_info(self, info: _Element) -> Iterator[Blank]:
        for element in self.elements(info.content, info.end):
            if element.number in _PROGRAMS:
                if element.end > element.content:
                    yield Blank(element.content, element.end - element.content, "the program")
            elif element.number not in _SEEN_INFO:
                yield element.blank("info")

    def of_tracks(self, tracks: _Element) -> Iterator[Blank]:
        for track in self.elements(tracks.content, tracks.end):
            if track.number != _TRACK:
                yield track.blank("tracks")
                continue
            for element in self.elements(track.content, track.end):
                if element.number == _TRACK_TYPE:
                    kind = int.from_bytes(take(self.file, element.content, 1), "big")
                    if kind not in _SHOWN:
                        raise Refused("has a track of data", "export it with its pictures alone")
                elif element.number in (_TRACK_NAME, _CHECKSUM):
                    yield element.blank("the name of a track")

    def end_of_open(self, cluster: _Element) -> int:
        """Where a cluster of unknown length ends: at the next element of its own level."""
        at = cluster.content
        while at < cluster.end:
            element = self.element(at, cluster.end)
            if element.number in _FIRST_LEVEL:
                return at
            at = element.end
        return at

    def elements(self, start: int, end: int) -> Iterator[_Element]:
        while start < end:
            element = self.element(start, end)
            yield element
            start = element.end

    def element(self, start: int, end: int) -> _Element:
        self.count += 1
        if self.count > _MOST_ELEMENTS:
            raise Damaged(f"it has more than {_MOST_ELEMENTS} elements")
        number, after = self.vint(start, keep_marker=True)
        length, content = self.vint(after, keep_marker=False)
        unknown = length == (1 << 7 * (content - after)) - 1
        if unknown and number not in (_SEGMENT, _CLUSTER):
            raise Damaged("an element in it has no length")
        stop = end if unknown else content + length
        if stop > end:
            raise Damaged("it is cut short, or an element in it lies about its length")
        return _Element(number, start, content, stop, unknown)

    def vint(self, at: int, *, keep_marker: bool) -> tuple[int, int]:
        """A number of variable length, and where it ends."""
        first = take(self.file, at, 1)[0]
        width = 9 - first.bit_length()
        if not 1 <= width <= (4 if keep_marker else 8):
            raise Damaged("there is no element where one should begin")
        value = int.from_bytes(take(self.file, at, width), "big")
        return value if keep_marker else value & ((1 << 7 * width) - 1), at + width
