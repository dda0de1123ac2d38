"""Resizing, the same on every backend: Pillow's Lanczos filter, which averages when it shrinks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def resize(picture: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """A float picture (H, W, channels), or several (n, H, W, channels), at another size; at its own
    size it is returned as it is.

    Lanczos overshoots at hard edges, so the values may lie a little outside their old range.
    """
    if picture.shape[-3:-1] == (height, width):
        return picture
    if picture.ndim == 4:
        return np.stack([resize(one, height, width) for one in picture])
    channels = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(picture[..., channel])).resize(
                (width, height), Image.Resampling.LANCZOS
            )
        )
        for channel in range(picture.shape[2])
    ]
    return np.stack(channels, axis=-1)


def shrink(pixels: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """A picture of bytes (H, W, 3 or 4) at a smaller size, its alpha with it."""
    if pixels.shape[:2] == (height, width):
        return pixels
    image = Image.fromarray(pixels)
    return np.asarray(image.resize((width, height), Image.Resampling.LANCZOS))
