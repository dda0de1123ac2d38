"""Fractal flames: maps that draw a cloud of points together, bend it and mix their colours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dreamfolio.dream.pocket.drawing.clouds import Cloud, shown
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _flame(
    rng: np.random.Generator,
    size: int,
    bend: Callable[[Cloud, Cloud], tuple[Cloud, Cloud]],
    maps: int,
    *,
    tight: tuple[float, float],
    fill: tuple[float, float] = (0.8, 1.5),
) -> Relief:
    """Draves' fractal flame: affine maps by chance, each bent, each drawing toward its shade."""
    walkers, steps, skip = 1300, 34, 12
    scale = rng.uniform(*tight, maps)
    angle = rng.uniform(-np.pi, np.pi, maps)
    around = np.arange(maps) * 2 * np.pi / maps + rng.uniform(-0.4, 0.4, maps)
    out = rng.uniform(0.35, 0.8, maps)
    matrix = np.stack([scale * np.cos(angle), scale * np.sin(angle)])
    shift = np.stack([out * np.cos(around), out * np.sin(around)])
    shades = np.linspace(0, 1, maps)
    x, y = rng.uniform(-1, 1, (2, walkers))
    shade = rng.random(walkers)
    kept = []
    for number in range(steps):
        chosen = rng.integers(0, maps, walkers)
        a, b = matrix[:, chosen]
        e, f = shift[:, chosen]
        u, v = a * x - b * y + e, b * x + a * y + f
        x, y = bend(u, v)
        shade = (shade + shades[chosen]) / 2
        if number >= skip:
            kept.append((x, y, shade))
    xs, ys, hues = (np.stack(part) for part in zip(*kept, strict=True))
    return shown(rng, size, xs, ys, hues, fill=fill)


def _swirl(rng: np.random.Generator, size: int) -> Relief:
    twist = rng.uniform(0.9, 1.6)

    def bend(x: Cloud, y: Cloud) -> tuple[Cloud, Cloud]:
        r = twist * (x * x + y * y)
        return x * np.sin(r) - y * np.cos(r), x * np.cos(r) + y * np.sin(r)

    return _flame(rng, size, bend, 2, tight=(0.5, 0.8), fill=(0.75, 1.3))


def _spiral(rng: np.random.Generator, size: int) -> Relief:
    """A cloud that is itself turned and a little shrunk, and small copies of it on its rim."""
    walkers, copies = 1100, int(rng.integers(1, 3))
    angle, shrink = rng.choice([-1, 1]) * rng.uniform(0.25, 0.75), rng.uniform(0.9, 0.955)
    turned = shrink * np.exp(1j * angle)
    around = np.exp(2j * np.pi * (np.arange(copies) / copies + rng.random()))
    part = rng.uniform(0.12, 0.2) * np.exp(2j * np.pi * rng.random())
    z = rng.uniform(-1, 1, walkers) + 1j * rng.uniform(-1, 1, walkers)
    shade = rng.random(walkers)
    kept = []
    for number in range(46):
        budded = rng.random(walkers) < 0.14
        rim = around[rng.integers(0, copies, walkers)]
        z = np.where(budded, rim * (1 + part * z), turned * z)
        shade = np.where(budded, 0.0, 0.9 * shade + 0.1)
        if number >= 18:
            kept.append((z, shade))
    places, shades = (np.stack(part) for part in zip(*kept, strict=True))
    return shown(rng, size, places.real, places.imag, shades, fill=(0.9, 1.8))


def _ring(rng: np.random.Generator, size: int) -> Relief:
    petals = int(rng.integers(3, 6))
    sign = rng.choice([-1, 1])

    def bend(x: Cloud, y: Cloud) -> tuple[Cloud, Cloud]:
        turn = (np.arctan2(y, x) + 2 * np.pi * rng.integers(0, petals, x.shape)) / petals
        r = (x * x + y * y + 1e-4) ** (sign / (2 * petals))
        return r * np.cos(turn), r * np.sin(turn)

    return _flame(rng, size, bend, 2, tight=(0.7, 1.1), fill=(0.5, 0.95))


MOTIFS = (
    Motif("flame-swirl", _swirl, ("ember", "dusk", "peacock")),
    Motif("flame-spiral", _spiral, ("sunset", "venom", "ice")),
    Motif("flame-ring", _ring, ("candy", "lagoon", "ember")),
)
