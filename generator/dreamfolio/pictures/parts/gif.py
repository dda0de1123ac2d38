"""GIF: blocks, each of which says what it is (GIF89a, appendix A)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dreamfolio.pictures.parts.part import Damaged, Part, size_of, take

MAGIC = (b"GIF87a", b"GIF89a")

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_COMMENT, _TIMING, _APPLICATION = 0xFE, 0xF9, 0xFF

# Applications whose blocks say how often an animation is repeated, or in which colours it is.
_SEEN = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def parts(file: BinaryIO) -> Iterator[Part]:
    """The blocks of ``file``, and what follows its end; raises ``Damaged``."""
    size = size_of(file)
    start = 13 + _colours(take(file, 10, 1)[0])
    yield Part("screen", 0, start, start, 0, metadata=False)
    while True:
        what = take(file, start, 1)[0]
        if what == _END:
            yield Part("end", start, 1, 1, 0, metadata=False)
            start += 1
            break
        if what == _EXTENSION:
            label, length = take(file, start + 1, 2)
            end = _end_of_row(file, start + 2)
            seen = label == _TIMING or (
                label == _APPLICATION and take(file, start + 3, min(length, 11)) in _SEEN
            )
            kind = {_COMMENT: "COM", _APPLICATION: "APP"}.get(label, f"{label:02X}")
            yield Part(kind, start, end - start, 2, 0, metadata=not seen)
        elif what == _IMAGE:
            # Nine bytes of its place, its own colours, and how many bits a code begins with.
            end = _end_of_row(file, start + 11 + _colours(take(file, start + 9, 1)[0]))
            yield Part("pixels", start, end - start, 0, 0, metadata=False)
        else:
            raise Damaged("there is no block where one should begin")
        start = end
    if start < size:
        yield Part("trailer", start, size - start, 0, 0, metadata=True)


def joined(kept: list[tuple[str, bytes]], exif: bytes | None) -> bytes:
    """A file of the parts ``kept``, by kind; a GIF is never turned, and takes no ``exif``."""
    return b"".join(data for _, data in kept)


def unrowed(content: bytes) -> bytes:
    """The bytes of a row of sub-blocks, each after its length, without the lengths."""
    found, start = [], 0
    while start < len(content) and content[start]:
        found.append(content[start + 1 : start + 1 + content[start]])
        start += 1 + content[start]
    return b"".join(found)


def _colours(flags: int) -> int:
    """How many bytes a table of colours takes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_row(file: BinaryIO, start: int) -> int:
    while length := take(file, start, 1)[0]:
        start += 1 + length
    return start + 1
