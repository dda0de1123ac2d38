"""Encoding animations of dreams."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dreamfolio.pictures.encode import exif_of
from dreamfolio.pictures.provenance import xmp_packet

if TYPE_CHECKING:
    from PIL import Image

# Tried in this order until the file is small enough.
_QUALITIES = (80, 70, 60, 50, 40, 30)
_MOST_BYTES = 5_000_000


def encode_animation(
    frames: Sequence[Image.Image],
    durations: Sequence[int],
    provenance: Mapping[str, Any],
    icc: bytes | None = None,
) -> bytes:
    """``frames`` (RGB or RGBA, of one size) as an animated WebP that loops for ever.

    ``durations`` are in milliseconds, one a frame; ``provenance`` and ``icc`` as in ``encode``.
    It is lossy, in the best quality that keeps it below 5 MB, else in the least. The same input
    gives the same bytes.
    """
    from PIL import Image

    bare = [Image.frombytes(frame.mode, frame.size, frame.tobytes()) for frame in frames]
    data = b""
    for quality in _QUALITIES:
        data = _encoded(bare, durations, quality, provenance, icc)
        if len(data) < _MOST_BYTES:
            break
    return data


def _encoded(
    frames: Sequence[Image.Image],
    durations: Sequence[int],
    quality: int,
    provenance: Mapping[str, Any],
    icc: bytes | None,
) -> bytes:
    buffer = io.BytesIO()
    frames[0].save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=list(durations),
        loop=0,
        quality=quality,
        method=4,
        exif=exif_of(provenance),
        xmp=xmp_packet(provenance),
        icc_profile=icc,
    )
    return buffer.getvalue()
