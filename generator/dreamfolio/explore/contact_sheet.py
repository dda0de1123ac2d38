"""The whole sheet as one picture: to be sent, printed or pinned up."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dreamfolio.explore.dreaming import shown
from dreamfolio.explore.exploration import Exploration, Tile
from dreamfolio.explore.words import depth_of, kind_of, looked_at, name_of
from dreamfolio.pictures.flatten import flatten
from dreamfolio.pictures.web import resize, to_srgb

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

_WALL = (18, 19, 21)
_PLATE = (28, 30, 33)
_INK = (236, 235, 231)
_QUIET = (160, 157, 150)
_GAP = 28
_MARGIN = 56
_LABEL = 62
_HEAD = 96
# The longer side of a tile; at six in a row the sheet is some 2,000 pixels wide.
_SIDE = 320


def contact_sheet(
    exploration: Exploration, tiles: Sequence[Tile], source: Image.Image
) -> Image.Image:
    """Source and tiles in rows from shallow to deep, each above its layer's name; mode RGB."""
    from PIL import Image, ImageDraw

    scale = _SIDE / max(source.size)
    width, height = (max(1, round(side * scale)) for side in source.size)
    columns = _columns(len(tiles) + 1, width, height + _LABEL)
    rows = math.ceil((len(tiles) + 1) / columns)
    # A narrow picture still needs room for its layer's name.
    pitch = max(width, 150) + _GAP
    sheet = Image.new(
        "RGB",
        (2 * _MARGIN + columns * pitch - _GAP, 2 * _MARGIN + _HEAD + rows * (height + _LABEL)),
        _WALL,
    )
    draw = ImageDraw.Draw(sheet)
    name = exploration.subject.picture.name
    _write(draw, (_MARGIN, _MARGIN - 8), name, 34, _INK, sheet.width - 2 * _MARGIN)
    through = f"through {exploration.network.label}: {looked_at(exploration, tiles)}"
    _write(draw, (_MARGIN, _MARGIN + 38), through, 18, _QUIET, sheet.width - 2 * _MARGIN)
    for i, tile in enumerate((None, *tiles)):
        left = _MARGIN + i % columns * pitch
        top = _MARGIN + _HEAD + i // columns * (height + _LABEL)
        picture = source if tile is None else shown(tile.picture) if tile.picture else None
        if picture is None:
            draw.rectangle((left, top, left + width - 1, top + height - 1), fill=_PLATE)
        else:
            small = resize(flatten(to_srgb(picture), _WALL), width)
            sheet.paste(small.resize((width, height)), (left, top))
        label, below = ("source", "") if tile is None else _words(tile, exploration)
        _write(draw, (left, top + height + 8), label, 18, _INK, pitch - _GAP)
        _write(draw, (left, top + height + 31), below, 14, _QUIET, pitch - _GAP)
    return sheet


def encoded(sheet: Image.Image) -> bytes:
    """The sheet as PNG."""
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _columns(count: int, width: int, height: int) -> int:
    """How many in a row make a sheet about half as wide again as it is high."""
    return max(1, min(count, round(math.sqrt(1.5 * count * height / width))))


def _words(tile: Tile, exploration: Exploration) -> tuple[str, str]:
    depth = depth_of(tile, exploration)
    said = tile.problem or kind_of(tile, exploration)
    return name_of(tile, exploration), said if depth is None else f"{depth} % · {said}"


def _write(
    draw: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    size: int,
    colour: tuple[int, int, int],
    room: int,
) -> None:
    """Text on one line, cut with an ellipsis where there is no room for it."""
    font = _font(size)
    whole = text
    while text and draw.textlength(_ended(text, whole), font=font) > room:
        text = text[:-1]
    draw.text(place, _ended(text, whole), fill=colour, font=font)


def _ended(text: str, whole: str) -> str:
    return text if text == whole else f"{text.rstrip()}…"


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    from PIL import ImageFont

    # Pillow's own, so that a sheet looks the same on every machine.
    return ImageFont.load_default(size)
