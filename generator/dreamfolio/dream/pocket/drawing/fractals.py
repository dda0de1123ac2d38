"""Tools that fractals share: orbits that escape, clouds of points as densities, softening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.relief import Field

Plane = NDArray[np.complex64]
"""A complex number a pixel, (size, size), or a point, (n,)."""


@dataclass(frozen=True, eq=False)
class Orbits:
    """What became of every pixel's orbit.

    ``rounds`` is how many steps it took to escape, made smooth, the most there were where it did
    not; ``distance`` about how far the set is, in units of the plane, 0 inside; ``trap`` how near
    the orbit came to 0; ``inside`` 1 where it never escaped.
    """

    rounds: Field
    distance: Field
    trap: Field
    inside: Field


def escape(
    start: Plane,
    seed: Plane | complex,
    rounds: int,
    *,
    power: int = 2,
    memory: float = 0.0,
    fold: Callable[[Plane], Plane] | None = None,
) -> Orbits:
    """Follow z → fold(z)^power + seed + memory · (the z before), from ``start``.

    Where ``seed`` is an array it is the parameter plane (Mandelbrot), else a Julia set.
    """
    shape, count = start.shape, start.size
    z = start.ravel()
    parameter = isinstance(seed, np.ndarray)
    c = seed.ravel() if isinstance(seed, np.ndarray) else np.full(count, seed, np.complex64)
    slope = np.zeros(count, np.complex64) if parameter else np.ones(count, np.complex64)
    before = np.zeros_like(z)
    at = np.arange(count)
    steps = np.full(count, rounds, np.float32)
    distance = np.zeros(count, np.float32)
    trap = np.full(count, 4, np.float32)
    nearest = trap.copy()
    for step in range(rounds):
        folded = fold(z) if fold else z
        lower = folded
        for _ in range(power - 2):
            lower = lower * folded
        slope = power * lower * slope + parameter
        z, before = lower * folded + c + memory * before, z
        size = z.real**2 + z.imag**2
        np.minimum(nearest, size, out=nearest)
        out = size > 400
        if not out.any():
            continue
        where, far = at[out], np.log(size[out]) / 2
        steps[where] = step + 1 - np.log(far / np.log(20)) / np.log(power)
        distance[where] = np.exp(far) * far / np.maximum(np.abs(slope[out]), 1e-6)
        trap[where] = nearest[out]
        keep = ~out
        z, c, slope, before = z[keep], c[keep], slope[keep], before[keep]
        nearest, at = nearest[keep], at[keep]
        if not len(at):
            break
    trap[at] = nearest
    inside = np.zeros(count, np.float32)
    inside[at] = 1
    fields = (steps, distance, np.sqrt(trap), inside)
    return Orbits(*(np.asarray(field, np.float32).reshape(shape) for field in fields))


def density(
    size: int, x: NDArray[np.floating], y: NDArray[np.floating], shade: NDArray[np.floating]
) -> tuple[Field, Field]:
    """How thick a cloud of points lies, in [0, 1] by its logarithm, and its mean ``shade``."""
    column = np.floor((x.ravel() + 0.5) * size)
    row = np.floor((y.ravel() + 0.5) * size)
    with np.errstate(invalid="ignore"):
        seen = (column >= 0) & (column < size) & (row >= 0) & (row < size)
    spot = row[seen].astype(np.int64) * size + column[seen].astype(np.int64)
    hits = np.bincount(spot, minlength=size * size).reshape(size, size)
    shades = np.bincount(spot, shade.ravel()[seen], size * size).reshape(size, size)
    many, total = soft(hits.astype(np.float32)), soft(shades.astype(np.float32))
    thick = np.log1p(many * (60 / max(1e-6, float(np.percentile(many, 99)))))
    thick = np.clip(thick / np.log(61), 0, 1.15)
    return thick.astype(np.float32), (total / np.maximum(many, 1e-3)).astype(np.float32)


def soft(field: Field, times: int = 1) -> Field:
    """A blur by one pixel, ``times`` over."""
    for _ in range(times):
        wide = np.pad(field, 1, mode="edge")
        down = wide[:-2] + 2 * wide[1:-1] + wide[2:]
        field = (down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]) / np.float32(16)
    return field.astype(np.float32)
