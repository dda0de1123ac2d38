"""Tools of the sea's formulas: fibres, honeycombs, log spirals, mazes, and tubes that overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from dreamfolio.dream.pocket.drawing.canvas import Points, normal, waves
from dreamfolio.dream.pocket.drawing.relief import Field, Relief

Skin = Callable[[NDArray[Any], NDArray[Any]], tuple[NDArray[Any], NDArray[Any]]]
"""Height and tone of a tube, from the places along it, [0, 1], and across it, [-1, 1]."""


def field(values: ArrayLike) -> Field:
    """``values`` as float32."""
    return np.asarray(values, np.float32)


def formed(height: ArrayLike, tone: ArrayLike, cover: ArrayLike | None = None) -> Relief:
    """A relief, its fields brought to float32 and kept from leaving their range."""
    return Relief(
        np.clip(np.asarray(height, np.float32), -0.4, 1.5),
        np.clip(np.asarray(tone, np.float32), 0, 1),
        None if cover is None else np.clip(np.asarray(cover, np.float32), 0, 1),
    )


def fibres(rng: np.random.Generator, angle: ArrayLike, count: int, twist: ArrayLike = 0.0) -> Field:
    """Uneven spokes about a centre, in [0, 1]: some ``count``, moved by ``twist`` rounds."""
    spin = np.asarray(angle, np.float32) / (2 * np.pi) + np.asarray(twist, np.float32)
    parts = (0.6, 1.0, 1.55)
    return normal(sum(waves(round(count * part) * spin + rng.random()) for part in parts))


def spokes(angle: ArrayLike, count: int) -> Field:
    """How far the angle is from the middle of its spoke: 0 there, 1 halfway to the next."""
    phase = np.asarray(angle, np.float32) / (2 * np.pi) * count
    return field(2 * np.abs(phase - np.round(phase)))


def comb(x: ArrayLike, y: ArrayLike) -> tuple[Field, NDArray[np.float64]]:
    """How near the wall of its honeycomb cell, 0 in the middle and 1 at it, and the cell's number.

    Cells are one unit across; the number is in [0, 1), as if by chance.
    """
    step = np.array([1.0, np.sqrt(3)])
    place = np.stack([np.asarray(x, np.float64), np.asarray(y, np.float64)], -1)
    even = np.floor(place / step) * step + step / 2
    odd = np.floor((place - step / 2) / step) * step + step
    nearer = ((place - even) ** 2).sum(-1) < ((place - odd) ** 2).sum(-1)
    middle = np.where(nearer[..., None], even, odd)
    away = np.abs(place - middle)
    wall = 2 * np.maximum(away[..., 0], away[..., 0] * 0.5 + away[..., 1] * np.sqrt(3) / 2)
    return wall.astype(np.float32), np.mod(np.sin(middle @ np.array([127.1, 311.7])) * 437.5, 1)


def whorls(radius: Field, angle: Field, growth: float) -> tuple[Field, Field]:
    """A log spiral that widens by ``growth`` a turn, its outermost wall about 0.5 at angle π.

    The first field runs from 0 at a whorl's inner wall to 1 at its outer, the second tells the
    turns along the spiral, 0 at its mouth and falling inward.
    """
    turn = angle / (2 * np.pi) + 0.5
    wound = np.log(np.maximum(radius, 1e-4) / 0.5) / np.log(growth) - turn + 1
    whorl = np.floor(wound)
    return (wound - whorl).astype(np.float32), (whorl + turn).astype(np.float32)


def maze(rng: np.random.Generator, size: int, waves_across: float, band: float = 0.12) -> Field:
    """Stripes that wind and fork, as wide everywhere, in [-1, 1]; ``band`` is how unevenly wide."""
    axis = np.fft.fftfreq(size, 1 / size)
    across = np.hypot(axis[:, None], np.fft.rfftfreq(size, 1 / size)[None])
    ring = np.exp(-(((across - waves_across) / (band * waves_across)) ** 2))
    spectrum = np.fft.rfft2(rng.standard_normal((size, size))) * ring
    stripes = np.fft.irfft2(spectrum, s=(size, size))
    return field(np.clip(stripes / (1.6 * stripes.std() + 1e-9), -1, 1))


def swept(
    size: int, tubes: Iterable[tuple[Points, ArrayLike, Skin]], *, finer: int = 2
) -> tuple[Field, Field, Field]:
    """Height, tone and cover of tubes along paths, each later one lying over those before it.

    A tube is its path, its radius (a number, or some at even places along it), and its skin.
    The quick way for many arms: samples are laid on the pixels they fall on.
    """
    n = size * finer
    layers = np.zeros((3, n, n), np.float32)
    for path, radius, skin in tubes:
        long = float(np.hypot(*np.diff(path, axis=0).T).sum())
        count = int(long * n * 1.5) + 8
        place = np.linspace(0, 1, count)
        given = np.linspace(0, 1, len(path))
        x, y = (np.interp(place, given, path[:, axis]) for axis in (0, 1))
        wide = np.atleast_1d(np.asarray(radius, np.float64))
        wide = np.interp(place, np.linspace(0, 1, len(wide)), wide)
        dx, dy = np.gradient(x), np.gradient(y)
        speed = np.maximum(np.hypot(dx, dy), 1e-9)
        across = np.linspace(-1, 1, int(wide.max() * n * 3) + 5)
        column = ((x[:, None] - np.outer(dy / speed * wide, across) + 0.5) * n).astype(np.int64)
        row = ((y[:, None] + np.outer(dx / speed * wide, across) + 0.5) * n).astype(np.int64)
        height, tone = skin(place[:, None], across[None, :])
        inside = (column >= 0) & (column < n) & (row >= 0) & (row < n)
        at = (row * n + column)[inside]
        layers[0].reshape(-1)[at] = np.broadcast_to(height, inside.shape)[inside]
        layers[1].reshape(-1)[at] = np.broadcast_to(tone, inside.shape)[inside]
        layers[2].reshape(-1)[at] = 1
    small = [
        np.asarray(Image.fromarray(layer).resize((size, size), Image.Resampling.BOX), np.float32)
        for layer in layers
    ]
    cover = small[2]
    solid = np.maximum(cover, 1 / finer**2)
    return small[0], field(small[1] / solid), cover


def curve(start: tuple[float, float], heading: float, bends: NDArray[Any], length: float) -> Points:
    """A path from ``start`` whose heading, in radians, changes by ``bends`` along the way."""
    turned = heading + np.asarray(bends, np.float64)
    step = np.stack([np.cos(turned), np.sin(turned)], -1) * (length / len(turned))
    path = np.concatenate([[start], start + np.cumsum(step, 0)])
    return path.astype(np.float32)
