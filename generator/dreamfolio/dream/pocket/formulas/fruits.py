"""Fruits, whole and cut."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import (
    nearest,
    placed,
    polar,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.heap import (
    Values,
    ball,
    heaped,
    joined,
    petal,
    pieces,
    ring,
    rod,
    somewhere,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _egg(rng: np.random.Generator, long: float, wide: float, step: float) -> tuple[Values, Values]:
    """Spots packed on an egg that stands upright, the hindmost first."""
    x, y = [], []
    for row, at in enumerate(np.arange(-0.5 * long, 0.5 * long, step * 0.8)):
        half = wide * np.sqrt(max(0.0, 1 - (2 * at / long) ** 2)) * (1 - 0.5 * at / long)
        reach = max(1, round(2 * half / step))
        side = (np.arange(reach) - (reach - 1) / 2) * step + (row % 2) * 0.1 * step
        for s in sorted(side, key=abs, reverse=True):
            x.append(s + rng.normal(0, 0.06 * step))
            y.append(at + rng.normal(0, 0.06 * step))
    return np.array(x), np.array(y)


def _berry(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.5), 0.15)
    step = rng.uniform(0.11, 0.14)
    x, y = _egg(rng, 0.78, 0.34, step)
    base = 0.6 * np.sqrt(np.clip(1 - (x / 0.42) ** 2 - (y / 0.5) ** 2, 0, 1))

    def drupelet(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, tone, inside = ball(u, v, number)
        hair = smooth(0.07, 0.03, np.hypot(u, v))
        return height, 0.75 * tone + 0.35 * hair, inside

    berry = heaped(size, place.of(pieces(x, y, 0.0, step * 1.45, base)), drupelet)
    sepal = petal(0.36, toward=0.8, point=0.9, lift=0.4, low=0.7, high=1.0, vein=0.5)
    crown = ring(6, 0.0, 0.2, 0.6)
    crown = pieces(crown.at[:, 0], crown.at[:, 1] * 0.5 - 0.4, crown.angle, crown.long, 0.6)
    return heaped(size, place.of(crown), sepal, berry)


def _grapes(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.12, 0.6)
    step = rng.uniform(0.12, 0.155)
    rows = np.linspace(-0.28, 0.44, int(0.72 / step / 0.62))
    x: list[float] = []
    y: list[float] = []
    for row in rows[::-1]:
        half = 0.3 * np.sqrt(np.clip((0.5 - row) / 0.78, 0, 1))
        some = np.arange(-half, half + 1e-3, step * 0.8) + rng.normal(0, 0.02)
        x.extend(some + rng.normal(0, 0.015, len(some)))
        y.extend(row + rng.normal(0, 0.015, len(some)))
    level = rng.uniform(0, 0.45, len(x))
    order = np.argsort(level)
    bloom = rng.uniform(-0.12, 0.12, len(x)).astype(np.float32)

    def grape(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far = 2 * np.hypot(u, v)
        glow = np.exp(-(((u + 0.15) ** 2 + (v - 0.15) ** 2) / 0.02))
        height = 0.7 * np.sqrt(np.clip(1 - far**2, 0, 1))
        return height, 0.5 - 0.35 * far**2 + bloom[number] + 0.4 * glow, 0.5 - far / 2

    stalk = pieces(0.0, np.linspace(-0.5, -0.22, 14), np.pi / 2, 0.05, 0.2)
    arms = pieces(np.linspace(-0.12, 0.12, 12), -0.4, 0.0, 0.04, 0.2)
    plant = heaped(size, place.of(joined(stalk, arms)), rod(1.5, 0.1))
    heap = pieces(np.array(x)[order], np.array(y)[order], 0.0, step * 1.2, level[order])
    return heaped(size, place.of(heap), grape, plant)


def _pomegranate(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15, warp=0.06)
    far, around = polar(x, y)
    seeds = scattered(rng, rng.uniform(10, 13), even=0.72)
    first, second, index = nearest(x, y, seeds)
    gap = second - first
    ways = int(rng.integers(5, 8))
    wall = (
        np.abs(((around + 0.3 * np.sin(8 * far)) / (2 * np.pi) * ways) % 1 - 0.5) * far * 6.3 / ways
    )
    flesh = np.maximum(smooth(0.028, 0.012, wall), smooth(0.35, 0.38, far))
    seed = smooth(0.0, 0.012, gap) * (1 - flesh)
    glow = smooth(0.035, 0.01, first)
    body = np.sqrt(np.clip(gap / 0.07, 0, 1))
    skin = smooth(0.41, 0.425, far)
    shade = rng.random(len(seeds)).astype(np.float32)[index]
    height = 0.1 + seed * (0.3 + 0.55 * body) + 0.45 * flesh
    tone = seed * (0.25 + 0.15 * shade + 0.2 * body + 0.25 * glow) + 0.9 * flesh
    tone = tone - 0.55 * skin
    crown = 0.455 + 0.02 * np.sin(3 * around)
    return Relief(
        height.astype(np.float32), tone.astype(np.float32), smooth(0.006, -0.006, far - crown)
    )


def _citrus(rng: np.random.Generator, size: int) -> Relief:
    count = int(rng.integers(8, 12))
    pulp = rng.uniform(2.5, 4.0)

    def slice_(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = 2 * np.hypot(u, v), np.arctan2(v, u)
        phase = around / (2 * np.pi) * count + 0.3 * number
        side = np.abs(phase % 1 - 0.5)
        gap = (0.5 - side) * far * 2 * np.pi / count
        inside = np.minimum(np.minimum(gap - 0.03, 0.83 - far), far - 0.1)
        cell = smooth(0.0, 0.05, inside)
        drop = waves(pulp * far**2 * 2 + np.floor(phase * 5) * 0.4) * waves(phase * 5)
        rind = smooth(0.9, 0.94, far)
        height = 0.3 + cell * (0.15 + 0.3 * drop) + 0.25 * rind
        tone = 0.95 - cell * (0.5 - 0.35 * drop) - 0.5 * rind
        return height, tone, (1 - far) / 2

    several = int(rng.choice([1, 1, 3, 5]))
    spin = rng.uniform(0, 6.3) + np.arange(several) * 2 * np.pi / several
    out = 0.0 if several == 1 else 0.3
    long = rng.uniform(0.75, 0.95) if several == 1 else rng.uniform(0.45, 0.55)
    heap = pieces(out * np.cos(spin), out * np.sin(spin), spin, long, 0.1 * np.arange(several))
    return heaped(size, somewhere(rng, (0.8, 1.35), 0.15).of(heap), slice_)


def _pumpkin(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.12, 0.5)
    ribs, squat = rng.uniform(4, 6), rng.uniform(0.7, 0.9)

    def body(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        y = v / squat
        half = np.sqrt(np.clip(0.25 - y**2, 0, 1)) + 1e-3
        lean = np.arcsin(np.clip(u / half, -1, 1))
        rib = np.abs(np.cos(lean * ribs)) ** 0.6
        top = 0.06 * np.exp(-((u / 0.13) ** 2))
        far = np.hypot(u, y + 0.25 * top) * (1 + 0.05 * (1 - rib))
        height = 0.75 * np.sqrt(np.clip(1 - (far / 0.5) ** 2, 0, 1)) + 0.3 * rib
        tone = 0.15 + 0.5 * rib + 0.15 * waves(lean * ribs * 3) - 0.25 * y
        return height, tone, np.minimum(0.5 - far, y + 0.5 - top)

    fruit = heaped(size, place.of(pieces(0.0, 0.06, 0.0, 0.88, 0.0)), body)
    t = np.linspace(0, 1, 14)
    stalk = pieces(0.14 * t**2, -0.24 - 0.2 * t, -1.57 + 0.9 * t, 0.13 - 0.05 * t, 0.6)

    def green(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, tone, inside = rod(3, 0.3)(u, v, number)
        return height, 0.5 + 0.5 * tone, inside

    return heaped(size, place.of(stalk), green, fruit)


MOTIFS = (
    Motif("berry", _berry, ("blood", "petal", "dusk")),
    Motif("grapes", _grapes, ("amethyst", "dusk", "venom")),
    Motif("pomegranate", _pomegranate, ("blood", "coral", "petal")),
    Motif("citrus", _citrus, ("sunset", "gold", "venom", "ember")),
    Motif("pumpkin", _pumpkin, ("ember", "sunset", "rust")),
)
