"""PNG: a signature and a row of chunks (https://www.w3.org/TR/png-3/)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from dreamfolio.pictures.parts.part import Damaged, Part, size_of, take

MAGIC = b"\x89PNG\r\n\x1a\n"

# All that pixels, their colours, their size on paper and their movement depend on.
_SEEN = frozenset(
    {
        *("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "bKGD", "hIST", "pHYs", "sPLT"),
        *("cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI"),
        *("acTL", "fcTL", "fdAT"),
    }
)


def parts(file: BinaryIO) -> Iterator[Part]:
    """The chunks of ``file``, and what follows its end; raises ``Damaged``."""
    size = size_of(file)
    yield Part("signature", 0, len(MAGIC), 0, 0, metadata=False)
    start = len(MAGIC)
    while True:
        length, name = struct.unpack(">I4s", take(file, start, 8))
        kind = name.decode("latin-1")
        if not (kind.isascii() and kind.isalpha()):
            raise Damaged("there is no chunk where one should begin")
        end = start + 12 + length
        if end > size:
            raise Damaged("it is cut short")
        if kind not in _SEEN and kind[0].isupper():
            raise Damaged(f"it needs a chunk {kind} that is not in the standard")
        yield Part(kind, start, end - start, 8, 4, metadata=kind not in _SEEN)
        start = end
        if kind == "IEND":
            break
    if start < size:
        yield Part("trailer", start, size - start, 0, 0, metadata=True)


def joined(kept: list[tuple[str, bytes]], exif: bytes | None) -> bytes:
    """A file of the parts ``kept``, by kind, with ``exif`` before the pixels."""
    if exif:
        place = next((i for i, (kind, _) in enumerate(kept) if kind == "IDAT"), len(kept))
        kept = [*kept[:place], ("eXIf", _chunk(b"eXIf", exif)), *kept[place:]]
    return b"".join(data for _, data in kept)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
