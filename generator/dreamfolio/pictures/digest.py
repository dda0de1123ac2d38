"""Pictures known by their pixels, whatever file format and metadata they come in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


def pixels_digest(image: Image.Image) -> str:
    """SHA-256, in hex, over the mode, the size and the 8-bit pixels of ``image`` (RGB or RGBA).

    The ICC profile does not count: the engine sees the numbers, not the colours.
    """
    if image.mode not in ("RGB", "RGBA"):
        raise ValueError(f"a decoded picture is RGB or RGBA, not {image.mode}")
    digest = hashlib.sha256(f"{image.mode} {image.width} {image.height}\n".encode())
    digest.update(image.tobytes())
    return digest.hexdigest()
