"""Pixels as videos hold them: BT.709 in limited range, colour at half the size (YUV 4:2:0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# How much red, green and blue weigh in luma (ITU-R BT.709).
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
# What is left of 255 levels for luma and for chroma.
_LUMA, _CHROMA = 219 / 255, 224 / 255
_BY_BLUE, _BY_RED = _CHROMA / (2 - 2 * _BLUE), _CHROMA / (2 - 2 * _RED)

# fmt: off
_MATRIX = (
    _LUMA * _RED, _LUMA * _GREEN, _LUMA * _BLUE, 16.0,
    _BY_BLUE * -_RED, _BY_BLUE * -_GREEN, _BY_BLUE * (1 - _BLUE), 128.0,
    _BY_RED * (1 - _RED), _BY_RED * -_GREEN, _BY_RED * -_BLUE, 128.0,
)
# fmt: on


def to_yuv420(image: Image.Image) -> tuple[Image.Image, Image.Image, Image.Image]:
    """``image`` (RGB, both sides even) as luma, Cb and Cr (each mode L), which are the planes of
    FFmpeg's ``yuv420p``.

    Not by FFmpeg, whose own conversion gives other bytes on other processors.
    """
    luma, cb, cr = image.convert("RGB", _MATRIX).split()
    return luma, _halved(cb), _halved(cr)


def _halved(plane: Image.Image) -> Image.Image:
    """Half as high and wide, each sample level with the left one of its two columns and between
    its two rows, where H.264 has it unless told otherwise."""
    from PIL import Image

    width, height = plane.size
    shifted = Image.new("L", (width + 1, height))
    for left in (0, 1):
        shifted.paste(plane, (left, 0))
    box = (0.5, 0, width + 0.5, height)
    return shifted.resize((width // 2, height // 2), Image.Resampling.BILINEAR, box=box)


def evened(image: Image.Image) -> Image.Image:
    """``image`` with its last column and its last row once more where their number is odd."""
    from PIL import Image

    across, down = (side % 2 for side in image.size)
    grown = Image.new(image.mode, (image.width + across, image.height + down))
    for corner in ((across, down), (across, 0), (0, down), (0, 0)):
        grown.paste(image, corner)
    return grown
