"""What stands in a picture's place until it is there: the colours of its four quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LEVELS = (0x18, 0x4C, 0x80, 0xB4, 0xE8)
"""What each channel is rounded to: 125 colours, so that a style sheet can hold them all."""

COLOURS = len(LEVELS) ** 3

Blur = tuple[int, int, int, int]
"""The numbers, 0 to 124, of the colours at the top left, top right, bottom left, bottom right."""


def blur(image: Image.Image) -> Blur | None:
    """The mean colours of the quarters of ``image`` (RGB or RGBA); ``None`` where it has
    transparency, through which they would be seen for good."""
    if image.mode != "RGB":
        return None
    from PIL.Image import Resampling

    # The gap of 1 averages by whole pixels first: no detail could be seen, and it takes no time.
    quarters = image.resize((2, 2), Resampling.BOX, reducing_gap=1.0)
    pixels = [quarters.getpixel((x, y)) for y in (0, 1) for x in (0, 1)]
    a, b, c, d = (_number(pixel) for pixel in pixels if isinstance(pixel, tuple))
    return a, b, c, d


def colour(number: int) -> str:
    """The colour of that ``number``, as style sheets write it."""
    red, green, blue = (LEVELS[number // step % len(LEVELS)] for step in (25, 5, 1))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _number(pixel: tuple[int, ...]) -> int:
    red, green, blue = (_nearest(channel) for channel in pixel[:3])
    return red * 25 + green * 5 + blue


def _nearest(value: int) -> int:
    return min(range(len(LEVELS)), key=lambda level: abs(LEVELS[level] - value))
