"""What buildings are made of: bodies turned about an axis, walls, windows, and rows of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, smooth
from dreamfolio.dream.pocket.drawing.geometry import (
    archway,
    bare,
    form,
    inside,
    over,
    repeated,
    ridge,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Relief

Build = Callable[[np.random.Generator, Field, Field], Relief]
"""Draws a building on x and y: its top near y = -0.45, its axis at x = 0, no foot in sight."""


def row(
    rng: np.random.Generator, size: int, build: Build, *, most: int = 3, apart: float = 0.34
) -> Relief:
    """One to ``most`` buildings side by side, each of its own size, the large ones in front."""
    x, y = placed(rng, size, shift=0.08, turn=0.12)
    count = int(rng.integers(1, most + 1))
    grown = (1.55, 1.15, 0.9, 0.75)[count - 1]
    sizes = np.sort(rng.uniform(0.75, 1.25, count)) * grown
    spots = rng.permutation(count) - (count - 1) / 2
    page = bare(size)
    for number, (large, spot) in enumerate(zip(sizes, spots, strict=True)):
        aside = spot * apart * (1.1, 1.1, 0.9, 0.75)[count - 1] + rng.uniform(-0.04, 0.04)
        low = (large - 0.95) * 0.45 + rng.uniform(-0.05, 0.05)
        part = build(
            rng, ((x - aside) / large).astype(np.float32), ((y - low) / large).astype(np.float32)
        )
        near = 0.55 + 0.45 * (number + 1) / count
        page = over(page, form(part.height * near, part.tone * (0.4 + 0.6 * near), part.cover))
    return page


def turned(
    x: Field, y: Field, outline: Sequence[tuple[float, float]]
) -> tuple[Field, Field, Field]:
    """A body turned on a lathe: its half width at heights y, from the top down.

    Gives the half width, the place across, -1 to 1, and the cover. It goes on down at its last
    width.
    """
    at, wide = zip(*outline, strict=True)
    half = np.interp(y, at, wide, left=0).astype(np.float32)
    across = (x / np.maximum(half, 1e-3)).astype(np.float32)
    cover = inside(np.abs(x) - half) * (y > at[0])
    return half, across, cover.astype(np.float32)


def windows(
    rise: ArrayLike, along: ArrayLike, *, wide: float, tall: float, head: float = 0.0
) -> tuple[Field, Field]:
    """Openings about the origin of each cell: how dark within, and the frame about each."""
    u, v = np.asarray(along, np.float32), np.asarray(rise, np.float32)
    edge = archway(u, v + tall * 0.4, wide, tall, head)
    soft = wide * 0.15
    return inside(edge, soft), ridge(edge - wide * 0.35, wide * 0.4)


def stones(u: Field, v: Field, wide: float, tall: float) -> Field:
    """Masonry in a running bond: 1 on each stone, 0 in the joints."""
    off, course = repeated(v, tall)
    side, _ = repeated(u + (course % 2) * wide / 2, wide)
    joint = np.minimum(wide / 2 - np.abs(side), tall / 2 - np.abs(off))
    return smooth(0.0, 0.16 * tall, joint)


def round_of(across: Field) -> tuple[Field, Field]:
    """On a round body: how far it stands out, and the angle about its axis in quarter turns."""
    at = np.clip(across, -1, 1)
    return dome(np.abs(at), 1.02), (np.arcsin(at) * 2 / np.pi).astype(np.float32)
