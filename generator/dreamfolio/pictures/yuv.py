"""Pixels as videos hold them: BT.709 in limited range, colour at half the size (YUV 4:2:0)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# How much red, green and blue weigh in luma (ITU-R BT.709).
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722


def to_yuv420(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``pixels``, (height, width, 3) in RGB, both sides even, as (height × 3/2, width): luma, then
    Cb, then Cr, which is FFmpeg's ``yuv420p``.

    The same pixels give the same bytes whatever processor converts them, which FFmpeg's own
    conversion does not promise.
    """
    height, width = pixels.shape[:2]
    red, green, blue = np.moveaxis(pixels.astype(np.float32), -1, 0)
    luma = _RED * red + _GREEN * green + _BLUE * blue
    chroma = [(blue - luma) / (2 - 2 * _BLUE), (red - luma) / (2 - 2 * _RED)]
    planes = [16 + 219 / 255 * luma, *(128 + 224 / 255 * _halved(plane) for plane in chroma)]
    flat = np.concatenate([plane.ravel() for plane in planes])
    yuv: NDArray[np.uint8] = np.rint(flat).astype(np.uint8).reshape(height * 3 // 2, width)
    return yuv


def _halved(plane: NDArray[np.floating]) -> NDArray[np.floating]:
    """Half as high and wide, each sample level with the left one of its two columns and between
    its two rows, where H.264 has it unless told otherwise."""
    left = np.concatenate([plane[:, :1], plane[:, 1:-1:2]], axis=1)
    wide = (left + 2 * plane[:, ::2] + plane[:, 1::2]) / 4
    halved: NDArray[np.floating] = (wide[::2] + wide[1::2]) / 2
    return halved
