"""MP4 and QuickTime: boxes in boxes, each with its length and its name (ISO 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from dreamfolio.pictures.parts.blank import Blank
from dreamfolio.pictures.parts.part import Damaged, size_of, take
from dreamfolio.pictures.refused import Refused

_FIRST = (b"ftyp", b"styp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")

# All that pictures and sound depend on; the boxes of the rest are blanked.
_SEEN_FILE = frozenset({b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"mfra", b"sidx", b"ssix"})
_SEEN_MOVIE = frozenset({b"mvhd", b"iods", b"trak", b"mvex"})
_SEEN_TRACK = frozenset({b"tkhd", b"edts", b"mdia", b"tapt", b"trgr"})
_TELLING = frozenset({b"udta", b"meta", b"uuid"})
_SHOWN = (b"vide", b"soun")

_MOST_BOXES = 1_000_000
_MOST_TABLE = 64_000_000


def is_mp4(head: bytes) -> bool:
    """Whether a file begins so."""
    return head[4:8] in _FIRST


def blanks(file: BinaryIO) -> Iterator[Blank]:
    """What of ``file`` neither pictures nor sound depend on: texts, places, the data that a camera
    took down, and unused room, where such things stood. Raises ``Damaged``."""
    yield from _Reader(file).of_file()


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    content: int
    end: int

    def blank(self) -> Blank:
        # Its length stays as it was written: in the long form, too.
        head = 4 if self.content - self.start == 8 else 16
        name = self.kind.decode("latin-1")
        where = "".join(c for c in name if c.isprintable())
        size = self.end - self.start
        if head == 16:
            return Blank(self.start, size, where, b"\0\0\0\1free" + struct.pack(">Q", size))
        return Blank(self.start, size, where, struct.pack(">I", size) + b"free")


@dataclass
class _Reader:
    file: BinaryIO
    count: int = 0
    fragmented: bool = False
    found: bool = False
    hidden: list[Blank] = field(default_factory=list)
    rest: list[Blank] = field(default_factory=list)

    def of_file(self) -> Iterator[Blank]:
        for box in self.boxes(0, size_of(self.file), whole=False):
            if box.kind == b"moov":
                self.found = True
                yield from self.of_movie(box)
            elif box.kind == b"moof":
                self.fragmented = True
                for part in self.boxes(box.content, box.end):
                    yield from self.inside(part)
            elif box.kind not in _SEEN_FILE:
                yield box.blank()
        if self.hidden and self.fragmented:
            raise Refused("has a track of data in fragments", "export it with its pictures alone")
        yield from (*self.hidden, *self.rest)

    def of_movie(self, movie: _Box) -> Iterator[Blank]:
        for box in self.boxes(movie.content, movie.end):
            if box.kind == b"trak":
                yield from self.of_track(box)
            elif box.kind not in _SEEN_MOVIE:
                if box.kind == b"cmov":
                    raise Refused(
                        "has its index packed, as nobody does any more", "export it again"
                    )
                yield box.blank()

    def of_track(self, track: _Box) -> Iterator[Blank]:
        parts = list(self.boxes(track.content, track.end))
        media = [one for box in parts if box.kind == b"mdia" for one in self.boxes_in(box)]
        handlers = [take(self.file, one.content, 12)[8:] for one in media if one.kind == b"hdlr"]
        if handlers and handlers[0] not in _SHOWN:
            self.hidden += self.samples(media)
            yield track.blank()
            return
        for box in parts:
            if box.kind not in _SEEN_TRACK:
                yield box.blank()
        for box in media:
            if box.kind == b"hdlr":
                yield from self.of_name(box)
            elif box.kind == b"minf":
                for one in self.boxes_in(box):
                    if one.kind == b"hdlr":
                        yield from self.of_name(one)
                    elif one.kind == b"dinf":
                        yield from self.of_data_places(one)
                    else:
                        yield from self.inside(one)
            elif box.kind in _TELLING:
                yield box.blank()

    def of_name(self, handler: _Box) -> Iterator[Blank]:
        """What a handler calls itself."""
        start = handler.content + 24
        if handler.end > start:
            yield Blank(start, handler.end - start, "hdlr")

    def of_data_places(self, places: _Box) -> Iterator[Blank]:
        """The files that the samples are in: the path of each, where it was another one."""
        for table in self.boxes_in(places):
            if table.kind == b"dref":
                for entry in self.boxes(table.content + 8, table.end):
                    if entry.end > entry.content + 4:
                        start = entry.content + 4
                        yield Blank(start, entry.end - start, "dref")

    def inside(self, box: _Box) -> Iterator[Blank]:
        """Of a box that is kept, but for what in it tells."""
        if box.kind in _TELLING:
            yield box.blank()
        elif box.kind in (b"stbl", b"traf"):
            for one in self.boxes_in(box):
                if one.kind in _TELLING:
                    yield one.blank()

    def samples(self, media: list[_Box]) -> list[Blank]:
        """Where the data of a track lies that is not shown."""
        tables: dict[bytes, _Box] = {}
        for box in media:
            if box.kind == b"minf":
                for one in self.boxes_in(box):
                    if one.kind == b"stbl":
                        tables.update((table.kind, table) for table in self.boxes_in(one))
        kind = self.sample_kind(tables.get(b"stsd"))
        wide = b"co64" in tables
        places = self.numbers(tables.get(b"co64" if wide else b"stco"), 8, 8 if wide else 4)
        runs = self.numbers(tables.get(b"stsc"), 8, 4)
        sizes = self.sizes(tables.get(b"stsz"))
        found, sample, run = [], 0, 0
        end = size_of(self.file)
        for number, start in enumerate(places, start=1):
            while run + 3 < len(runs) and runs[run + 3] <= number:
                run += 3
            count = runs[run + 1] if runs else 0
            size = sum(sizes[sample : sample + count])
            sample += count
            if start + size > end:
                raise Damaged("it is cut short")
            if size:
                found.append(Blank(start, size, f"a track of {kind} data"))
        return found

    def sample_kind(self, table: _Box | None) -> str:
        if table is None or table.end - table.content < 16:
            return "unknown"
        name = take(self.file, table.content + 12, 4).decode("latin-1").strip()
        return name if name.isalnum() else "unknown"

    def sizes(self, table: _Box | None) -> list[int]:
        if table is None:
            raise Damaged("a track of data has no sizes")
        one, count = struct.unpack(">II", take(self.file, table.content + 4, 8))
        if one:
            if count * 4 > _MOST_TABLE:
                raise Damaged("a table is too long")
            return [one] * int(count)
        return self.numbers(table, 12, 4)

    def numbers(self, table: _Box | None, head: int, width: int) -> list[int]:
        """The numbers of a table, ``width`` bytes each, after its ``head``."""
        if table is None:
            return []
        size = (table.end - table.content - head) // width * width
        if not 0 <= size <= _MOST_TABLE:
            raise Damaged("a table is too long")
        data = take(self.file, table.content + head, size)
        return list(struct.unpack(f">{size // width}{'Q' if width == 8 else 'I'}", data))

    def boxes_in(self, box: _Box) -> Iterator[_Box]:
        return self.boxes(box.content, box.end)

    def boxes(self, start: int, end: int, *, whole: bool = True) -> Iterator[_Box]:
        while start < end:
            if end - start < 8:
                # QuickTime may end a list with four zeros.
                self.rest.append(Blank(start, end - start, "unused room"))
                return
            self.count += 1
            if self.count > _MOST_BOXES:
                raise Damaged(f"it has more than {_MOST_BOXES} boxes")
            length, kind = struct.unpack(">I4s", take(self.file, start, 8))
            content = start + 8
            if length == 1:
                (length,) = struct.unpack(">Q", take(self.file, content, 8))
                content += 8
            elif length == 0:
                length = end - start
            after = start + length
            if after > end and not whole and (self.found or kind == b"mdat"):
                # What is there of the frames can be played. Behind them, some cameras put data of
                # their own that is in no box.
                after, kind = end, kind if kind == b"mdat" else b"skip"
            if after < content or after > end:
                raise Damaged("it is cut short, or a box in it lies about its length")
            yield _Box(kind, start, content, after)
            start = after
