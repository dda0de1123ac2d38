"""Shapes with straight edges and true circles: folds, repeats, distances and what lies over what.

A distance is negative inside its shape; lengths are in widths of the canvas, as in ``canvas``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dreamfolio.dream.pocket.drawing.canvas import dome, smooth
from dreamfolio.dream.pocket.drawing.relief import Field, Relief


def form(height: ArrayLike, tone: ArrayLike, cover: ArrayLike | None = None) -> Relief:
    """A relief of fields of any float type, kept in the range that light and colour take.

    A ``cover`` that leaves next to nothing of the canvas bare is none.
    """

    def kept(field: ArrayLike, low: float, high: float) -> Field:
        return np.clip(np.asarray(field, np.float32), low, high).astype(np.float32)

    seen = None if cover is None else kept(cover, 0, 1)
    return Relief(kept(height, -0.4, 1.5), kept(tone, 0, 1), _unless_full(seen))


def _unless_full(cover: Field | None) -> Field | None:
    return None if cover is not None and cover.mean() > 0.98 else cover


def over(back: Relief, front: Relief) -> Relief:
    """``front`` where it covers, ``back`` elsewhere."""
    if front.cover is None:
        return front
    seen = front.cover
    height = back.height + (front.height - back.height) * seen
    tone = back.tone + (front.tone - back.tone) * seen
    cover = None if back.cover is None else _unless_full(np.maximum(back.cover, seen))
    return Relief(height.astype(np.float32), tone.astype(np.float32), cover)


def bare(size: int, height: float = 0.0, tone: float = 0.0) -> Relief:
    """A plain with nothing on it, to lay forms over."""
    flat = np.zeros((size, size), np.float32)
    return Relief(flat + np.float32(height), flat + np.float32(tone), flat)


def inside(distance: ArrayLike, soft: float = 0.008) -> Field:
    """1 inside a shape and 0 outside it, with a border ``soft`` wide to either side."""
    return smooth(soft, -soft, distance)


def ridge(distance: ArrayLike, width: ArrayLike) -> Field:
    """A rounded bar along a shape's border, or along 0 of any field; ``width`` is half its own."""
    return dome(np.abs(np.asarray(distance, np.float32)), width)


def box(x: Field, y: Field, half_width: ArrayLike, half_height: ArrayLike) -> Field:
    """The distance to an upright rectangle about the origin, that of the nearer pair of sides."""
    return np.asarray(np.maximum(np.abs(x) - half_width, np.abs(y) - half_height), np.float32)


def archway(x: Field, y: Field, half_width: float, foot: float, point: float = 0.0) -> Field:
    """The distance to an arch that springs at y = 0 and stands at y = ``foot``.

    ``point`` 0 is a round arch; at 1 each side is struck from beyond the other.
    """
    apart = point * half_width
    head = np.hypot(np.abs(x) + apart, np.minimum(y, 0)) - (half_width + apart)
    return np.asarray(np.maximum(head, y - foot), np.float32)


def repeated(x: ArrayLike, period: float) -> tuple[Field, Field]:
    """``x`` folded to [-period/2, period/2], and the number of each repeat."""
    values = np.asarray(x, np.float32)
    number = np.floor(values / period + 0.5)
    return (values - number * period).astype(np.float32), number.astype(np.float32)


def folded(angle: ArrayLike, count: int) -> tuple[Field, Field]:
    """An angle folded to ``count`` equal sectors about their middles, and each sector's number."""
    return repeated(angle, 2 * np.pi / count)


def chance(*numbers: ArrayLike) -> Field:
    """A fraction in [0, 1) for whole numbers, the same for the same: a colour for a tile."""
    total = np.float64(0.0) + sum(
        weight * np.asarray(number, np.float64)
        for weight, number in zip((12.9898, 78.233, 37.719), numbers, strict=False)
    )
    return np.asarray(np.mod(np.sin(total) * 4375.85453, 1.0), np.float32)
