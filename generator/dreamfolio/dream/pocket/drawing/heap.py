"""Plants are many like pieces: petals, scales, leaves and seeds laid over each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import Points, waves
from dreamfolio.dream.pocket.drawing.relief import Field, Relief

GOLDEN = float(np.pi * (3 - np.sqrt(5)))
"""The angle between a leaf and the next on a stem, in radians."""

Values = NDArray[np.floating[Any]]

Form = Callable[[Field, Field, NDArray[np.int16]], tuple[Values, Values, Values]]
"""One piece, by its own coordinates: ``form(u, v, number)`` gives height, tone and how far inside.

u runs along the piece and v across it, both in lengths of the piece with its middle at 0, so that
a petal's root is at u = -0.5 and its tip at 0.5; ``number`` tells which piece it is, and all have
shapes that broadcast to (m, k, k). Inside is the distance to the border, positive within.
"""

# Pieces drawn at once, and how far from its middle a piece may reach, in lengths.
_AT_ONCE, _REACH = 12, 0.6


@dataclass(frozen=True, eq=False)
class Pieces:
    """``at`` (n, 2) are middles in widths of the canvas; ``angle``, ``long`` and ``base`` (n,).

    ``base`` is the height that a piece lies at. Later ones lie upon earlier ones.
    """

    at: Points
    angle: NDArray[np.float32]
    long: NDArray[np.float32]
    base: NDArray[np.float32]


def pieces(
    x: ArrayLike, y: ArrayLike, angle: ArrayLike, long: ArrayLike, base: ArrayLike
) -> Pieces:
    """Pieces of numbers and rows that broadcast to (n,)."""
    rows = np.broadcast_arrays(*(np.asarray(v, np.float32) for v in (x, y, angle, long, base)))
    x, y, angle, long, base = (np.atleast_1d(row) for row in rows)
    return Pieces(np.stack([x, y], -1), angle, long, base)


def ring(
    count: int, start: float, long: ArrayLike, base: ArrayLike = 0.0, *, turn: ArrayLike = 0.0
) -> Pieces:
    """``count`` pieces around the middle that point outward, with their roots at ``start``."""
    angle = np.arange(count) * (2 * np.pi / count) + np.asarray(turn)
    far = start + np.asarray(long) / 2
    return pieces(far * np.cos(angle), far * np.sin(angle), angle, long, base)


def joined(*parts: Pieces) -> Pieces:
    """All pieces in one heap, the last part on top."""
    return Pieces(
        np.concatenate([part.at for part in parts]),
        np.concatenate([part.angle for part in parts]),
        np.concatenate([part.long for part in parts]),
        np.concatenate([part.base for part in parts]),
    )


@dataclass(frozen=True)
class Place:
    """Where a whole plant stands: moved, turned and scaled, as ``canvas.placed`` does."""

    dx: float
    dy: float
    angle: float
    factor: float

    def of(self, heap: Pieces) -> Pieces:
        """``heap`` at this place."""
        c, s = np.cos(self.angle), np.sin(self.angle)
        x, y = heap.at[:, 0] * self.factor, heap.at[:, 1] * self.factor
        at = np.stack([c * x - s * y + self.dx, s * x + c * y + self.dy], -1)
        turned = (heap.angle + self.angle).astype(np.float32)
        long = (heap.long * self.factor).astype(np.float32)
        return Pieces(at.astype(np.float32), turned, long, heap.base)

    def at(self, x: Field, y: Field) -> tuple[Field, Field]:
        """The canvas's coordinates ``x`` and ``y`` as the plant's own."""
        c, s = np.cos(self.angle) / self.factor, np.sin(self.angle) / self.factor
        x, y = x - self.dx, y - self.dy
        return (c * x + s * y).astype(np.float32), (c * y - s * x).astype(np.float32)


def somewhere(
    rng: np.random.Generator,
    scale: tuple[float, float] = (0.7, 1.5),
    shift: float = 0.12,
    turn: float = np.pi,
) -> Place:
    """A place by chance: ``shift`` and ``turn`` are the most that it is moved and turned."""
    dx, dy = rng.uniform(-shift, shift, 2)
    factor = np.exp(rng.uniform(np.log(scale[0]), np.log(scale[1])))
    return Place(float(dx), float(dy), float(rng.uniform(-turn, turn)), float(factor))


def heaped(size: int, heap: Pieces, form: Form, under: Relief | None = None) -> Relief:
    """``heap`` on an empty canvas, or upon a relief."""
    seen = np.flatnonzero((np.abs(heap.at) < 0.5 + _REACH * heap.long[:, None]).all(1))
    most = int(np.ceil(heap.long.max() * _REACH * size)) + 1
    pad = 2 * most + 2
    if under is None:
        height, tone, cover = (np.zeros((size + 2 * pad,) * 2, np.float32) for _ in range(3))
    else:
        whole = np.ones((size, size), np.float32) if under.cover is None else under.cover
        height, tone, cover = (np.pad(f, pad) for f in (under.height, under.tone, whole))
    for first in range(0, len(seen), _AT_ONCE):
        some = seen[first : first + _AT_ONCE]
        long = heap.long[some][:, None, None]
        half = int(np.ceil(float(long.max()) * _REACH * size)) + 1
        middle = np.floor((heap.at[some] + 0.5) * size).astype(np.int64)
        steps = np.arange(-half, half + 1)
        near = (middle[:, None, :] + steps[:, None] + 0.5) / size - 0.5 - heap.at[some][:, None, :]
        dx, dy = near[:, None, :, 0], near[:, :, None, 1]
        c, s = np.cos(heap.angle[some])[:, None, None], np.sin(heap.angle[some])[:, None, None]
        u = ((c * dx + s * dy) / long).astype(np.float32)
        v = ((c * dy - s * dx) / long).astype(np.float32)
        rise, shade, inside = form(u, v, some[:, None, None].astype(np.int16))
        there = np.clip(inside * (long * size) + 0.5, 0, 1).astype(np.float32)
        rise = rise + heap.base[some][:, None, None]
        for k, (column, row) in enumerate(middle + pad):
            spot = (slice(row - half, row + half + 1), slice(column - half, column + half + 1))
            height[spot] += (rise[k] - height[spot]) * there[k]
            tone[spot] += (shade[k] - tone[spot]) * there[k]
            cover[spot] += (1 - cover[spot]) * there[k]
    inner = (slice(pad, -pad), slice(pad, -pad))
    height, tone, cover = (f[inner].astype(np.float32) for f in (height, tone, cover))
    return Relief(height, tone, None if under is not None and under.cover is None else cover)


def petal(
    wide: float,
    *,
    toward: float = 1.0,
    point: float = 0.6,
    cup: float = 0.0,
    lift: float = 0.3,
    thick: float = 0.35,
    vein: float = 0.0,
    low: float = 0.25,
    high: float = 0.85,
    rim: float = 0.0,
) -> Form:
    """A petal, leaf or scale that is half ``wide`` to each side.

    ``toward`` > 1 moves its widest place to the tip, ``point`` > 1 draws its ends out. ``cup``
    hollows it, ``lift`` raises its tip, ``vein`` cuts a groove along its middle; its tone goes
    from ``low`` at the root to ``high`` at the tip and changes by ``rim`` at the edges.
    """

    def form(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        t = np.clip(u + 0.5, 0, 1)
        half = wide / 2 * np.abs(np.sin(np.pi * t**toward)) ** point
        across = np.clip(np.abs(v) / np.maximum(half, 1e-3), 0, 1)
        swell = np.sqrt(1 - across**2) * (1 - cup) + across**2 * cup
        groove = np.exp(-((v / (0.05 * wide + 0.01)) ** 2)) * vein
        height = thick * swell + lift * t - 0.3 * groove
        tone = low + (high - low) * t + rim * across**3 - 0.5 * groove
        inside = half - np.abs(v) - np.maximum(np.abs(u) - 0.5, 0)
        return height, tone, inside

    return form


def ball(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
    """A round berry or bead, as long as it is wide."""
    far = 2 * np.hypot(u, v)
    height = 0.5 * np.sqrt(np.clip(1 - far**2, 0, 1))
    tone = 0.85 - 0.6 * far**2
    return height, tone, 0.5 - far / 2


def rod(stripes: float, deep: float) -> Form:
    """A link of a round limb with ``stripes`` along it; many of them make a smooth limb."""

    def form(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        across = np.clip(2 * v, -1, 1)
        line = waves(stripes * np.arcsin(across) / np.pi + 0.25)
        height = 0.6 * np.sqrt(1 - across**2) * (1 - deep * (1 - line))
        tone = 0.2 + 0.55 * line + 0.15 * across
        return height, tone, 0.5 - np.hypot(u, v)

    return form
