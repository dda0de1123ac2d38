"""Parts that repeat over a canvas: overlapping scales, bricks, honeycomb, balls; and what is told
of each: where a pixel lies in its part, and a value by chance that the whole part shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import Points, nearest
from dreamfolio.dream.pocket.drawing.relief import Field, Relief


@dataclass(frozen=True, eq=False)
class Parts:
    """Where each pixel lies in its part: ``u`` across in [-1, 1], ``v`` along in [0, 1], ``edge``
    from 0 on the part's border to about 1 at its heart, and ``chance`` in [0, 1], one a part."""

    u: Field
    v: Field
    edge: Field
    chance: Field


def relief(height: ArrayLike, tone: ArrayLike, cover: ArrayLike | None = None) -> Relief:
    """A relief of fields of any precision, held within range."""
    return Relief(
        np.clip(np.asarray(height, np.float32), -0.4, 1.5),
        np.clip(np.asarray(tone, np.float32), 0, 1),
        None if cover is None else np.clip(np.asarray(cover, np.float32), 0, 1),
    )


def chances(rng: np.random.Generator, row: ArrayLike, column: ArrayLike) -> Field:
    """A value in [0, 1] by chance for each row and column, the same for the same two."""
    table = rng.random((37, 41), np.float32)
    rows, columns = np.asarray(row).astype(int) % 37, np.asarray(column).astype(int) % 41
    return np.asarray(table[rows, columns], np.float32)


def shingles(
    rng: np.random.Generator,
    x: Field,
    y: Field,
    across: float,
    outline: Callable[[Field], Field],
    *,
    aspect: float = 1.0,
    rows: int = 2,
) -> Parts:
    """Overlapping parts in staggered rows, each lying over the row below it.

    About ``across`` parts to a width, their rows ``aspect`` widths of a part apart; a part is
    ``rows`` rows long. ``outline`` gives half its width, in [0, 1], for how far below its last
    covered row it is, in [0, 1].
    """
    u, v = x * across, y * across / aspect
    top = np.floor(v)
    shape = x.shape
    across_it, along = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    inside, row, column = np.ones(shape, np.float32), top, np.zeros(shape, np.float32)
    for step in range(rows):
        here = top - step
        shifted = u + 0.5 * (here % 2)
        cell = np.floor(shifted)
        side = 2 * (shifted - cell) - 1
        place = (v - here) / rows
        # Only the last row's length tapers: above it the neighbours close ranks.
        half = outline(np.clip(place * rows - rows + 1, 0, 1)) if step == rows - 1 else 1.0 + 0 * u
        over = np.abs(side) < half
        across_it = np.where(over, side, across_it)
        along, row = np.where(over, place, along), np.where(over, here, row)
        column = np.where(over, cell, column)
        inside = np.where(over, half - np.abs(side), inside)
    edge = np.minimum(inside, rows * (1 - along))
    return Parts(across_it, along, edge, chances(rng, row, column))


def bricks(
    rng: np.random.Generator, x: Field, y: Field, across: float, *, aspect: float = 1.0
) -> Parts:
    """Rectangles in staggered rows, about ``across`` to a width, ``aspect`` as high as wide."""
    v = y * across / aspect
    row = np.floor(v)
    u = x * across + 0.5 * (row % 2)
    column = np.floor(u)
    side, place = 2 * (u - column) - 1, v - row
    edge = np.minimum(1 - np.abs(side), (1 - np.abs(2 * place - 1)) * aspect)
    return Parts(side, place, edge, chances(rng, row, column))


def hexagons(rng: np.random.Generator, x: Field, y: Field, across: float) -> Parts:
    """Honeycomb's cells; ``u`` and ``v`` are the way from a cell's heart, in its half widths."""
    u, v = x * across, y * across
    high = np.sqrt(3, dtype=np.float32)
    row_a, column_a = np.round(v / high), np.round(u)
    row_b, column_b = np.floor(v / high), np.floor(u)
    ua, va = u - column_a, v - row_a * high
    ub, vb = u - column_b - 0.5, v - (row_b + 0.5) * high
    first = ua * ua + va * va < ub * ub + vb * vb
    du, dv = np.where(first, ua, ub), np.where(first, va, vb)
    far = np.maximum(np.abs(du), 0.5 * np.abs(du) + high / 2 * np.abs(dv)) * 2
    row, column = np.where(first, 2 * row_a, 2 * row_b + 1), np.where(first, column_a, column_b)
    return Parts(2 * du, 2 * dv, 1 - far, chances(rng, row, column))


def voronoi(
    rng: np.random.Generator, x: Field, y: Field, points: Points
) -> tuple[Field, Field, Field]:
    """The way to the nearest point's border, the distance to that point, and the cell's chance.

    The first two in widths of the canvas, the first 0 on the border.
    """
    first, second, index = nearest(x, y, points)
    border = ((second - first) / 2).astype(np.float32)
    return border, first, rng.random(len(points), np.float32)[index]


def balls(
    x: Field, y: Field, centres: Points, radii: NDArray[np.float32], lift: ArrayLike = 0.0
) -> tuple[Field, Field, Field, NDArray[np.int64]]:
    """Balls that hide each other: height of the foremost in widths of the canvas, how far from
    its heart in its radii, cover, and its number. ``lift`` raises single balls."""
    far = (x[..., None] - centres[:, 0]) ** 2 + (y[..., None] - centres[:, 1]) ** 2
    out = np.sqrt(np.maximum(radii**2 - far, 0)) + np.asarray(lift, np.float32)
    out = np.where(far < radii**2, out, -1)
    index = np.argmax(out, axis=-1)
    height = np.take_along_axis(out, index[..., None], -1)[..., 0]
    away = np.sqrt(np.take_along_axis(far, index[..., None], -1)[..., 0]) / radii[index]
    away = np.minimum(away, 1).astype(np.float32)
    cover = (height > -1).astype(np.float32)
    return np.maximum(height, 0).astype(np.float32), away, cover, index
