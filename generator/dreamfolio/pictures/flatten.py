"""Transparency laid over a plain background, for formats that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


def flatten(image: Image.Image, background: tuple[int, int, int] = (255, 255, 255)) -> Image.Image:
    """``image`` (RGB or RGBA) as RGB, laid over ``background`` (0 to 255 each)."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    from PIL import Image

    ground = Image.new("RGBA", image.size, (*background, 255))
    return Image.alpha_composite(ground, image).convert("RGB")
