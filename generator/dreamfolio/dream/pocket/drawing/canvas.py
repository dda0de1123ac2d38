"""Tools that formulas share: coordinates, noise, distances, strokes, and what makes relief of them.

All lengths are in widths of the canvas: coordinates run over [-0.5, 0.5], x to the right and y
down, and a radius of 0.5 touches the border.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw, ImageFilter

from dreamfolio.dream.pocket.drawing.relief import Field

Points = NDArray[np.floating[Any]]
"""(n, 2) of x and y."""


@lru_cache(maxsize=8)
def grid(size: int) -> tuple[Field, Field]:
    """x and y of every pixel's centre."""
    axis = ((np.arange(size, dtype=np.float32) + 0.5) / size - 0.5).astype(np.float32)
    x, y = np.meshgrid(axis, axis)
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def placed(
    rng: np.random.Generator,
    size: int,
    *,
    scale: tuple[float, float] = (1.0, 1.0),
    shift: float = 0.0,
    turn: bool | float = True,
    warp: float = 0.0,
) -> tuple[Field, Field]:
    """Coordinates of a form that lies turned, shifted, scaled and bent on the canvas.

    A form drawn on them with a radius of 0.4 is 0.4 × ``scale`` large; ``shift`` is the most it
    is moved, ``turn`` any angle (True) or the most it is turned, in radians, ``warp`` how far
    smooth noise bends it.
    """
    x, y = grid(size)
    if warp:
        amount = warp * float(rng.uniform(0.3, 1.0))
        x = x + amount * (noise(rng, size, 2.5) - 0.5)
        y = y + amount * (noise(rng, size, 2.5) - 0.5)
    dx, dy = rng.uniform(-shift, shift, 2)
    most = np.pi if turn is True else float(turn)
    angle = rng.uniform(-most, most)
    factor = np.exp(rng.uniform(np.log(scale[0]), np.log(scale[1])))
    c, s = np.cos(angle) / factor, np.sin(angle) / factor
    x, y = x - dx, y - dy
    return (c * x + s * y).astype(np.float32), (c * y - s * x).astype(np.float32)


def polar(x: Field, y: Field) -> tuple[Field, Field]:
    """Radius, and angle in [-π, π]."""
    return np.hypot(x, y), np.arctan2(y, x)


def noise(
    rng: np.random.Generator, size: int, waves: float, octaves: int = 1, *, stretch: float = 1.0
) -> Field:
    """Smooth noise in [0, 1], with about ``waves`` swells across the canvas.

    Each further octave is twice as fine and half as strong; ``stretch`` > 1 draws the swells out
    along x.
    """
    total = np.zeros((size, size), np.float32)
    for octave in range(octaves):
        across = waves * 2**octave
        columns = max(2, round(across / stretch)) + 3
        rows = max(2, round(across)) + 3
        # One cell more on each side, cut off at random: noise that knows no border.
        cells = Image.fromarray(rng.random((rows, columns), np.float32))
        wide = max(2.0, across / stretch)
        x0, y0 = rng.uniform(0, columns - wide), rng.uniform(0, rows - max(2.0, across))
        box = (x0, y0, x0 + wide, y0 + max(2.0, across))
        layer = cells.resize((size, size), Image.Resampling.BICUBIC, box=box)
        total += np.asarray(layer, np.float32) / 2**octave
    return normal(total)


def normal(field: ArrayLike) -> Field:
    """``field`` stretched to [0, 1]; all 0.5 where it is flat."""
    values = np.asarray(field, np.float32)
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-9:
        return np.full_like(values, 0.5)
    return ((values - low) / (high - low)).astype(np.float32)


def smooth(low: float, high: float, field: ArrayLike) -> Field:
    """0 up to ``low``, 1 from ``high`` on, an S between; ``low`` may be the larger one."""
    t = np.clip((np.asarray(field, np.float32) - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def dome(distance: ArrayLike, radius: ArrayLike) -> Field:
    """The height of a ball or a rounded ridge: 1 at distance 0, and 0 from ``radius`` on."""
    t = np.clip(np.asarray(distance, np.float32) / np.asarray(radius, np.float32), 0, 1)
    return np.sqrt(1 - t * t).astype(np.float32)


def waves(phase: ArrayLike) -> Field:
    """A sine in [0, 1]; ``phase`` in whole rounds."""
    return (0.5 + 0.5 * np.sin(2 * np.pi * np.asarray(phase, np.float32))).astype(np.float32)


def blur(field: Field, sigma: float) -> Field:
    """A Gaussian blur; ``sigma`` in widths of the canvas."""
    # Three box blurs along each axis are a Gaussian to the eye.
    sigma = sigma * field.shape[0]
    radius = max(1, round((np.sqrt(4 * sigma * sigma + 1) - 1) / 2))
    out: Field = field.astype(np.float32)
    for axis in (0, 1):
        for _ in range(3):
            pad = [(0, 0), (0, 0)]
            pad[axis] = (radius + 1, radius)
            total = np.cumsum(np.pad(out, pad, mode="edge"), axis=axis, dtype=np.float64)
            width = 2 * radius + 1
            upper = np.take(total, np.arange(width, total.shape[axis]), axis=axis)
            lower = np.take(total, np.arange(0, total.shape[axis] - width), axis=axis)
            out = ((upper - lower) / width).astype(np.float32)
    return out


def nearest(x: Field, y: Field, points: Points) -> tuple[Field, Field, NDArray[np.int64]]:
    """Of the nearest of ``points``: its distance, that of the next, and its number.

    (size, size) each; for up to some hundred points. ``next - nearest`` is about 0 on the borders
    of Voronoi's cells.
    """
    far = (x[..., None] - points[:, 0]) ** 2 + (y[..., None] - points[:, 1]) ** 2
    index = np.argmin(far, axis=-1)
    first = np.take_along_axis(far, index[..., None], -1)[..., 0]
    np.put_along_axis(far, index[..., None], np.inf, -1)
    return np.sqrt(first), np.sqrt(far.min(axis=-1)), index


def scattered(rng: np.random.Generator, across: float, *, even: float = 0.8) -> Points:
    """Points over the canvas and a little beyond, about ``across`` to a side, none too close.

    ``even`` 1 is a grid, 0 pure chance.
    """
    step = 1 / across
    axis = np.arange(-0.5 - 1.5 * step, 0.5 + 1.5 * step, step, dtype=np.float32)
    x, y = np.meshgrid(axis, axis)
    every_other = (np.arange(len(axis)) % 2)[:, None] * step / 2
    points = np.stack([(x + every_other).ravel(), y.ravel()], -1) + rng.uniform(-0.5, 0.5, 2) * step
    spread = (1 - even) * step
    return (points + rng.uniform(-spread, spread, points.shape)).astype(np.float32)


def stroke_distance(x: Field, y: Field, path: Points) -> tuple[Field, Field]:
    """The distance to a line through the points of ``path``, and how far along it, in [0, 1]."""
    start, end = path[:-1], path[1:]
    step = end - start
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)
    before = np.concatenate([[0], np.cumsum(length)])
    best = np.full(x.shape, np.inf, np.float32)
    along = np.zeros(x.shape, np.float32)
    for (ax, ay), (dx, dy), long, so_far in zip(start, step, length, before, strict=False):
        t = np.clip(((x - ax) * dx + (y - ay) * dy) / long**2, 0, 1)
        far = np.hypot(x - ax - t * dx, y - ay - t * dy)
        closer = far < best
        best = np.where(closer, far, best).astype(np.float32)
        along = np.where(closer, (so_far + t * long) / before[-1], along).astype(np.float32)
    return best, along


def drawn(
    size: int,
    strokes: Iterable[tuple[Sequence[tuple[float, float]], float]],
    *,
    finer: int = 3,
) -> Field:
    """Lines, each through points and of a width, rasterised with round ends: 1 on them, 0 off.

    The quick way for trees, roots and lightning, where there are too many for
    ``stroke_distance``; ``finer`` pixels are drawn along each side of one.
    """
    n = size * finer
    image = Image.new("L", (n, n))
    pen = ImageDraw.Draw(image)
    for points, width in strokes:
        spots = [((px + 0.5) * n, (py + 0.5) * n) for px, py in points]
        wide = max(1, round(width * n))
        pen.line(spots, fill=255, width=wide, joint="curve")
        if wide > 2:
            for px, py in (spots[0], spots[-1]):
                r = wide / 2
                pen.ellipse((px - r, py - r, px + r, py + r), fill=255)
    small = image.resize((size, size), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / 255


def rounded(mask: Field, radius: float) -> Field:
    """The height of a body that swells from the border of ``mask`` inward over ``radius``."""
    image = Image.fromarray((np.clip(mask, 0, 1) * 255).astype(np.uint8))
    pixels = radius * mask.shape[0]
    total = np.zeros_like(mask, np.float32)
    for part in (0.25, 0.5, 1.0):
        soft = image.filter(ImageFilter.GaussianBlur(max(0.5, pixels * part)))
        total += np.clip(np.asarray(soft, np.float32) / 255 * 2 - 1, 0, 1)
    return (np.sqrt(total / 3) * mask).astype(np.float32)
