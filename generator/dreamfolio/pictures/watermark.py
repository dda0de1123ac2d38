"""A mark laid over published pictures: a line of text, or a picture with transparency."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dreamfolio.errors import PictureError, Place, reason
from dreamfolio.pictures import decode

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFont import FreeTypeFont

Position = Literal["top-left", "top-right", "bottom-left", "bottom-right", "center"]

MARKING = 1
"""Raised when the same mark comes out otherwise than before."""

_MARGIN = 0.02  # of the picture's shorter side
_WIDEST = 0.9  # of the picture's width
_SMALLEST = 6  # pixels: nobody can read less


@dataclass(frozen=True, slots=True)
class Mark:
    """``text`` in the ``font`` (None: one that comes along, for ASCII and ©), or the picture in
    ``file``. ``opacity`` is within (0, 1]; ``size`` is the mark's height in hundredths of the
    picture's shorter side. ``key`` stands for all that decides how it looks."""

    text: str | None
    file: Path | None
    font: Path | None
    position: Position
    opacity: float
    size: float
    key: str


def marked(image: Image.Image, mark: Mark) -> Image.Image:
    """A copy of ``image`` (RGB or RGBA) with ``mark`` on it; where it is too small for one that
    can be read, ``image`` itself. Raises ``PictureError``."""
    short = min(image.size)
    height = round(short * mark.size / 100)
    margin = round(short * _MARGIN)
    room = round(image.width * _WIDEST)
    if height < _SMALLEST or room < _SMALLEST:
        return image
    stamp = _stamp(mark, height, room)
    left, top = _corner(image.size, stamp.size, mark.position, margin)
    box = (left, top, left + stamp.width, top + stamp.height)
    ground = image.crop(box).convert("RGBA")
    ground.alpha_composite(stamp)
    result = image.copy()
    result.paste(ground.convert(image.mode), box)
    return result


def check(mark: Mark) -> None:
    """Raise ``PictureError`` where the font or the picture of ``mark`` cannot be had, or the font
    lacks a character of its text."""
    _stamp(mark, 32, 10_000)
    if mark.text:
        missing = [one for one in dict.fromkeys(mark.text) if _is_missing(one, mark)]
        if missing:
            raise PictureError(
                f"the watermark's font has no {' '.join(missing)}",
                place=Place(mark.font) if mark.font else None,
                mend="name another font under watermark:, such as font: fonts/Mine.ttf",
            )


@functools.lru_cache(maxsize=8)
def _stamp(mark: Mark, height: int, room: int) -> Image.Image:
    """The mark alone, RGBA, at most ``height`` high and ``room`` wide."""
    stamp = _drawn(mark, mark.text, height, room) if mark.text else _scaled(mark, height, room)
    stamp.putalpha(stamp.getchannel("A").point(lambda alpha: alpha * mark.opacity))
    return stamp


def _drawn(mark: Mark, text: str, height: int, room: int) -> Image.Image:
    """White, with a dark edge, so that it can be read on any ground."""
    from PIL import Image, ImageDraw

    def box_of(size: float) -> tuple[float, float, float, float]:
        return pen.textbbox((0, 0), text, font=_font(mark, size), stroke_width=edge)

    edge = max(1, height // 16)
    pen = ImageDraw.Draw(Image.new("RGBA", (1, 1)))
    size: float = height
    left, _, right, _ = box_of(size)
    if right - left > room:
        size *= room / (right - left)
    left, top, right, bottom = box_of(size)
    stamp = Image.new("RGBA", (max(1, round(right - left)), max(1, round(bottom - top))))
    ImageDraw.Draw(stamp).text(
        (-left, -top),
        text,
        font=_font(mark, size),
        fill=(255, 255, 255, 255),
        stroke_width=edge,
        stroke_fill=(0, 0, 0, 140),
    )
    return stamp


def _scaled(mark: Mark, height: int, room: int) -> Image.Image:
    from PIL.Image import Resampling

    picture = _picture(mark)
    scale = min(height / picture.height, room / picture.width)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Resampling.LANCZOS)


@functools.lru_cache(maxsize=2)
def _picture(mark: Mark) -> Image.Image:
    from dreamfolio.pictures.web import to_srgb

    assert mark.file is not None
    return to_srgb(decode.decode(mark.file)).convert("RGBA")


# By the mark, whose key tells one content of the font's file from another.
@functools.lru_cache(maxsize=32)
def _font(mark: Mark, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    path = mark.font
    try:
        if path is not None:
            return ImageFont.truetype(path, size)
        font = ImageFont.load_default(size)
    except OSError as error:
        place = Place(path) if path else None
        raise PictureError(
            f"is no font that can be read ({reason(error)})", place=place, mend="name a .ttf file"
        ) from error
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def _is_missing(character: str, mark: Mark) -> bool:
    """Whether the font shows what it shows for a character that no font has."""
    font = _font(mark, 32)
    return bytes(font.getmask(character)) == bytes(font.getmask("\uffff"))


def _corner(
    size: tuple[int, int], stamp: tuple[int, int], position: Position, margin: int
) -> tuple[int, int]:
    """Where the mark's upper left corner goes."""
    free = (size[0] - stamp[0], size[1] - stamp[1])
    if position == "center":
        return free[0] // 2, free[1] // 2
    down, across = position.split("-")
    left = min(margin, free[0]) if across == "left" else max(0, free[0] - margin)
    top = min(margin, free[1]) if down == "top" else max(0, free[1] - margin)
    return left, top
