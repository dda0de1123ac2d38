"""Pictures known by their pixels, whatever file format and metadata they come in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


def pixels_digest(image: Image.Image) -> str:
    """SHA-256, in hex, over the mode, the size and the 8-bit pixels of ``image`` (RGB or RGBA).

    A colour profile counts, too: by it the same numbers are other colours, and a dream carries
    its source's on. No other metadata does.
    """
    if image.mode not in ("RGB", "RGBA"):
        raise ValueError(f"a decoded picture is RGB or RGBA, not {image.mode}")
    digest = hashlib.sha256(f"{image.mode} {image.width} {image.height}\n".encode())
    digest.update(image.tobytes())
    profile = image.info.get("icc_profile")
    if profile:
        digest.update(b"ICC profile\n" + profile)
    return digest.hexdigest()
