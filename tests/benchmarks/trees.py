"""Makes portfolios to measure with: pictures like renders, in as many collections as asked.

As a script it leaves one for experiments: ``trees.py FOLDER --pieces 10000 --collections 200``.
"""

from __future__ import annotations

import argparse
import io
import random
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

RENDER = (1920, 1080)
_BASES = 12


def portfolio(
    root: Path,
    pieces: int,
    collections: int,
    *,
    size: tuple[int, int] = RENDER,
    dreams: bool = False,
    renders: Sequence[Path] = (),
    seed: int = 0,
) -> None:
    """A portfolio of ``pieces`` in ``collections`` of equal size at ``root``.

    The pictures are those of ``renders`` in turn (PNG), else drawn, ``size`` pixels wide and
    high; no two files are the same, for each holds its number. With ``dreams``, a dream that was
    there before lies beside each piece. Every second collection has a manifest that names its
    pieces.
    """
    bases = [path.read_bytes() for path in renders] or drawn(size, seed)
    root.mkdir(parents=True, exist_ok=True)
    (root / "portfolio.yaml").write_text("title: Benchmark\n")
    for number in range(collections):
        folder = root / "collections" / f"collection_{number:03}"
        folder.mkdir(parents=True)
        mine = range(number, pieces, collections)
        for piece in mine:
            data = bases[piece % len(bases)]
            (folder / f"render_{piece}.png").write_bytes(numbered(data, piece))
            if dreams:
                (folder / f"render_{piece}_mixed3.png").write_bytes(numbered(data, -1 - piece))
        if number % 2:
            listed = "".join(
                f"  - source: render_{piece}.png\n    title: Piece {piece}\n" for piece in mine
            )
            (folder / "collection.yaml").write_text(f"title: Number {number}\npieces:\n{listed}")


def numbered(png: bytes, number: int) -> bytes:
    """``png`` with a line of text before its end: other bytes, the same picture."""
    chunk = b"tEXtNumber\0" + str(number).encode()
    end = png.rindex(b"IEND") - 4
    packed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:end] + packed + png[end:]


def drawn(size: tuple[int, int], seed: int) -> list[bytes]:
    """PNG files of shaded bodies with some texture and grain: at 1920×1080, 1 to 1.6 MB, and 30 to
    40 KB as WebP 1600 wide, as denoised renders of Cycles are. Every third stands before black,
    as renders do that have no world around them."""
    chance = random.Random(seed)
    files = []
    for number in range(_BASES):
        buffer = io.BytesIO()
        scene(size, chance, black=number % 3 == 0).save(buffer, "PNG", compress_level=6)
        files.append(buffer.getvalue())
    return files


def scene(size: tuple[int, int], chance: random.Random, *, black: bool) -> Image.Image:
    """Balls of several colours, lit from one side, before a sky or before nothing; RGBA, as
    Blender writes it."""
    width, height = size
    light = Image.linear_gradient("L").rotate(180).resize(size)
    sky = Image.new("RGB", size) if black else ImageOps.colorize(light, _dark(chance), "#cdd8e4")
    picture = sky
    for _ in range(7):
        radius = chance.randint(height // 9 + 1, height // 3 + 1)
        place = (chance.randint(-radius, width), chance.randint(-radius, height))
        body, mask = _ball(radius, chance)
        picture.paste(body, place, mask)
    grain = _noise(size, 2, chance)
    lit = ImageChops.add(picture, Image.merge("RGB", (grain, grain, grain)), 1, -128)
    if black:  # Nothing is there, and so no grain either.
        lit.paste((0, 0, 0), mask=picture.convert("L").point(lambda value: 255 * (value == 0)))
    return lit.convert("RGBA")


def _ball(radius: int, chance: random.Random) -> tuple[Image.Image, Image.Image]:
    across = 2 * radius
    shade = ImageOps.invert(Image.radial_gradient("L")).resize((3 * radius, 3 * radius))
    shade = shade.crop((radius, radius // 2, radius + across, radius // 2 + across))
    texture = _noise((across, across), 60, chance).filter(ImageFilter.GaussianBlur(4))
    shade = ImageChops.add(shade, texture, 1, -128)
    mask = Image.new("L", (across, across))
    ImageDraw.Draw(mask).ellipse((0, 0, across - 1, across - 1), fill=255)
    return ImageOps.colorize(shade, "#050505", "#f4efe2", mid=_bright(chance)), mask


def _noise(size: tuple[int, int], sigma: float, chance: random.Random) -> Image.Image:
    # Pillow's own noise cannot be seeded: a tile of it, by the one asked for, can.
    tile = Image.new("L", (256, 256))
    tile.putdata([min(255, max(0, round(chance.gauss(128, sigma)))) for _ in range(256 * 256)])
    whole = Image.new("L", size)
    for left in range(0, size[0], 256):
        for top in range(0, size[1], 256):
            whole.paste(tile.rotate(90 * chance.randrange(4)), (left, top))
    return whole


def _dark(chance: random.Random) -> tuple[int, int, int]:
    return chance.randint(10, 60), chance.randint(10, 60), chance.randint(10, 80)


def _bright(chance: random.Random) -> tuple[int, int, int]:
    return chance.randint(60, 230), chance.randint(40, 200), chance.randint(40, 220)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pieces", type=int, default=99)
    parser.add_argument("--collections", type=int, default=3)
    parser.add_argument("--width", type=int, default=RENDER[0])
    parser.add_argument("--height", type=int, default=RENDER[1])
    parser.add_argument("--dreams", action="store_true", help="a dream beside each piece")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    portfolio(
        asked.folder,
        asked.pieces,
        asked.collections,
        size=(asked.width, asked.height),
        dreams=asked.dreams,
        seed=asked.seed,
    )


if __name__ == "__main__":
    main()
