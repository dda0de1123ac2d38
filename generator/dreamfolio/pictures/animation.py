"""Animations of dreams: what their files are called, and their encoding."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

SUFFIX = ".anim.webp"
"""What the name of an animation ends in, which no other picture's may."""

MOVIE = ".anim.mp4"
"""What the name of the same as an MP4 ends in, which no other video's may."""

MOVIE_SUFFIX = ".mp4"
"""What tells the MP4 from the animation under the same key."""

# Tried in this order until the file is small enough.
_QUALITIES = (80, 70, 60, 50, 40, 30)
_MOST_BYTES = 5_000_000


def is_animation(name: str) -> bool:
    """Whether a file is named like an animation of a dream, or like its MP4."""
    return name.lower().endswith((SUFFIX, MOVIE))


def movie_of(name: str) -> str:
    """The MP4 that lies beside the animation ``name``."""
    return f"{name.removesuffix(SUFFIX)}{MOVIE}"


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
    from dreamfolio.pictures.encode import exif_of
    from dreamfolio.pictures.provenance import xmp_packet

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
