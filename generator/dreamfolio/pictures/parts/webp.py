"""WebP: chunks in a RIFF container (RFC 9649)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from dreamfolio.pictures.parts.part import Damaged, Part, size_of, take

_SEEN = frozenset(("VP8X", "VP8 ", "VP8L", "ALPH", "ICCP", "ANIM", "ANMF"))
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def is_webp(head: bytes) -> bool:
    """Whether a file begins so."""
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def parts(file: BinaryIO) -> Iterator[Part]:
    """The chunks of ``file``, and what follows its end; raises ``Damaged``."""
    size = size_of(file)
    end = 8 + int.from_bytes(take(file, 4, 4), "little")
    if end > size:
        raise Damaged("it is cut short")
    yield Part("RIFF", 0, 12, 12, 0, metadata=False)
    start = 12
    while start < end:
        name, length = struct.unpack("<4sI", take(file, start, 8))
        kind = name.decode("latin-1")
        odd = length & 1
        after = start + 8 + length + odd
        if after > end:
            raise Damaged("it is cut short")
        yield Part(kind, start, after - start, 8, odd, metadata=kind not in _SEEN)
        start = after
    if end < size:
        yield Part("trailer", end, size - end, 0, 0, metadata=True)


def joined(kept: list[tuple[str, bytes]], exif: bytes | None) -> bytes:
    """A file of the parts ``kept``, by kind, with ``exif`` at its end."""
    chunks = [data for kind, data in kept if kind != "RIFF"]
    if exif:
        chunks.append(b"EXIF" + len(exif).to_bytes(4, "little") + exif + b"\0" * (len(exif) & 1))
    if chunks and chunks[0].startswith(b"VP8X"):
        head = bytearray(chunks[0])
        head[8] = head[8] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if exif else 0)
        chunks[0] = bytes(head)
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
