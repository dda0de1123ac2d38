"""JPEG: a row of segments, between which lie the coded pixels (ITU-T T.81, annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from dreamfolio.pictures.parts.part import Damaged, Part, size_of, take

MAGIC = b"\xff\xd8\xff"

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP = range(0xE0, 0xF0)
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))

_FIRST_BLOCK, _LAST_BLOCK = 1 << 12, 1 << 20

# Within coded pixels 0xFF is followed by 0, or by a marker that resets the decoder.
# However long a row of 0xFF is, it is looked at once.
_MARKER = re.compile(rb"(?<!\xff)\xff++([^\x00\xd0-\xd7])")

# Which application segments change how pixels look, by how they begin.
_SEEN = {"APP0": b"JFIF\0", "APP2": b"ICC_PROFILE\0", "APP14": b"Adobe"}


def parts(file: BinaryIO) -> Iterator[Part]:
    """The segments of ``file``, its coded pixels, and what follows its end; raises
    ``Damaged``."""
    size = size_of(file)
    yield Part("SOI", 0, 2, 2, 0, metadata=False)
    start = 2
    while True:
        marker, head = _marker(file, start)
        if marker == _EOI:
            yield Part("EOI", start, head, head, 0, metadata=False)
            start += head
            break
        if marker in _ALONE:
            yield Part("alone", start, head, head, 0, metadata=False)
            start += head
            continue
        length = int.from_bytes(take(file, start + head, 2), "big")
        end = start + head + length
        if length < 2 or end > size:
            raise Damaged("it is cut short")
        kind = _kind(marker)
        begins = take(file, start + head + 2, min(length - 2, 12))
        metadata = kind == "COM" or (
            marker in _APP and not (kind in _SEEN and begins.startswith(_SEEN[kind]))
        )
        yield Part(kind, start, end - start, head + 2, 0, metadata)
        start = end
        if marker == _SOS:
            end = _end_of_pixels(file, start)
            yield Part("pixels", start, end - start, 0, 0, metadata=False)
            start = end
    if start < size:
        # Of a multi-picture file, the other pictures, with metadata of their own.
        yield Part("trailer", start, size - start, 0, 0, metadata=True)


def joined(kept: list[tuple[str, bytes]], exif: bytes | None) -> bytes:
    """A file of the parts ``kept``, by kind, with ``exif`` after the heads that come first."""
    if exif:
        content = b"Exif\0\0" + exif
        segment = b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content
        place = 2 if len(kept) > 1 and kept[1][0] == "APP0" else 1
        kept = [*kept[:place], ("APP1", segment), *kept[place:]]
    return b"".join(data for _, data in kept)


def _marker(file: BinaryIO, start: int) -> tuple[int, int]:
    """The marker at ``start``, and how many bytes it takes with what fills up before it."""
    head = 1
    if take(file, start, 1) != b"\xff":
        raise Damaged("there is no segment where one should begin")
    while (code := take(file, start + head, 1)) == b"\xff":
        head += 1
    return code[0], head + 1


def _kind(marker: int) -> str:
    if marker in _APP:
        return f"APP{marker - _APP.start}"
    return {_COM: "COM", _SOS: "SOS"}.get(marker, f"{marker:02X}")


def _end_of_pixels(file: BinaryIO, start: int) -> int:
    """Where the next marker begins, or what fills up before it. A block is read at a time: a file
    may have thousands of scans."""
    file.seek(start)
    at, filling = start, None  # where the row of 0xFF began that the last block ended in
    size = _FIRST_BLOCK
    while block := file.read(size):
        # Of a row that goes on one byte tells as much as all of them.
        data = block if filling is None else b"\xff" + block
        base = at + len(block) - len(data)
        if found := _MARKER.search(data):
            return filling if filling is not None and not found.start() else base + found.start()
        kept = len(data.rstrip(b"\xff"))
        if kept == len(data):
            filling = None
        elif kept or filling is None:
            filling = base + kept
        at += len(block)
        size = min(2 * size, _LAST_BLOCK)
    raise Damaged("it is cut short")
