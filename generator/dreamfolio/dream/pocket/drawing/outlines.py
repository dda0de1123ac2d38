"""Lines and polygons by their corners in the complex plane, and how they come to a canvas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dreamfolio.dream.pocket.drawing.relief import Field

Path = NDArray[np.complex128]
"""The corners of a line, as x + iy."""


def laid(
    rng: np.random.Generator, path: Path, fill: tuple[float, float], shift: float = 0.1
) -> tuple[Path, float]:
    """A path fitted to the canvas, turned; and how much larger it became."""
    middle = complex(
        np.ptp(path.real) / 2 + path.real.min(), np.ptp(path.imag) / 2 + path.imag.min()
    )
    wide = max(np.ptp(path.real), np.ptp(path.imag))
    zoom = float(np.exp(rng.uniform(*np.log(fill))) / wide)
    turn = np.exp(2j * np.pi * rng.random())
    dx, dy = rng.uniform(-shift, shift, 2)
    return (path - middle) * zoom * turn + dx + 1j * dy, zoom


def pairs(path: Path) -> list[tuple[float, float]]:
    """x and y of each corner."""
    return list(zip(path.real.tolist(), path.imag.tolist(), strict=True))


def filled(size: int, shapes: list[tuple[Path, int]], finer: int = 2) -> Field:
    """Polygons, each with its grey from 0 to 255, one over another."""
    n = size * finer
    image = Image.new("L", (n, n))
    pen = ImageDraw.Draw(image)
    for path, grey in shapes:
        pen.polygon(pairs((path + 0.5 + 0.5j) * n), fill=grey)
    return np.asarray(image.resize((size, size), Image.Resampling.BOX), np.float32) / 255
