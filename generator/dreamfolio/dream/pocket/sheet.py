"""A contact sheet of motifs: ``python -m dreamfolio.dream.pocket.sheet shells sheet.png``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from dreamfolio.dream.pocket.drawing.paint import picture
from dreamfolio.dream.pocket.drawing.relief import Motif
from dreamfolio.dream.pocket.formulas import FAMILIES

_LABEL = 14


def sheet(motifs: Sequence[Motif], seed: int, size: int = 96, samples: int = 8) -> Image.Image:
    """A row of ``samples`` pictures a motif, its name above it."""
    page = Image.new("RGB", (samples * size, len(motifs) * (size + _LABEL)), "white")
    pen = ImageDraw.Draw(page)
    for row, motif in enumerate(motifs):
        rng = np.random.default_rng((seed, row))
        top = row * (size + _LABEL)
        started = time.process_time()
        for column in range(samples):
            tile = Image.fromarray(picture(motif, rng, size))
            page.paste(tile, (column * size, top + _LABEL))
        took = (time.process_time() - started) / samples * 1000
        pen.text((2, top + 1), f"{motif.name}  ({took:.0f} ms)", fill="black")
    return page


def overview(motifs: Sequence[Motif], seed: int, size: int = 64, columns: int = 20) -> Image.Image:
    """One picture of every motif, close together, in their order."""
    rows = -(-len(motifs) // columns)
    page = Image.new("RGB", (columns * size, rows * size))
    for number, motif in enumerate(motifs):
        tile = Image.fromarray(picture(motif, np.random.default_rng((seed, number)), 2 * size))
        row, column = divmod(number, columns)
        page.paste(tile.resize((size, size), Image.Resampling.LANCZOS), (column * size, row * size))
    return page


def main() -> None:
    """Draw the sheet of one family, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=[*FAMILIES, "all"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=96, help="pixels along a side")
    parser.add_argument("--samples", type=int, default=8)
    asked = parser.parse_args()
    families = list(FAMILIES) if asked.family == "all" else [asked.family]
    motifs = [motif for family in families for motif in FAMILIES[family]]
    sheet(motifs, asked.seed, asked.size, asked.samples).save(asked.file)


if __name__ == "__main__":
    main()
