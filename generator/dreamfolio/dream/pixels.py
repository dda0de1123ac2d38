"""Between a picture's bytes and the [-1, 1] that it dreams in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def to_dream(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Bytes in [0, 255] as float32 in [-1, 1]."""
    return pixels.astype(np.float32) / np.float32(127.5) - np.float32(1)


def from_dream(picture: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Floats in [-1, 1] as the nearest bytes: every byte comes back from ``to_dream`` as it was.

    TensorFlow's tutorial cuts off here, which would darken a picture that never dreamed.
    """
    levels = np.clip(picture, -1, 1)
    levels += np.float32(1)
    levels *= np.float32(127.5)
    pixels: NDArray[np.uint8] = np.rint(levels, out=levels).astype(np.uint8)
    return pixels
