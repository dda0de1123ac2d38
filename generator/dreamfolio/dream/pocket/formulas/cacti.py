"""Cacti, by their ribs and spines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import smooth
from dreamfolio.dream.pocket.drawing.heap import Values, heaped, joined, pieces, rod, somewhere
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _saguaro(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.1, 0.25)
    rise = np.linspace(0.56, -0.36, 30)
    limbs = [pieces(0 * rise, rise, -np.pi / 2, rng.uniform(0.2, 0.24), 0.3)]
    for side in rng.permutation([-1, 1, -1])[: int(rng.integers(2, 4))]:
        t = np.linspace(0, 1, 30)
        at, reach, tall = rng.uniform(-0.02, 0.28), rng.uniform(0.2, 0.34), rng.uniform(0.2, 0.4)
        x = side * reach * np.clip(np.sin(np.pi / 2 * np.clip(t * 2.2, 0, 1)), 0, 1)
        y = at - tall * np.clip(t - 0.25, 0, 1) / 0.75
        heading = np.arctan2(np.gradient(y), np.gradient(x))
        limbs.insert(0, pieces(x, y, heading, rng.uniform(0.12, 0.15), 0.0))
    return heaped(size, place.of(joined(*limbs)), rod(rng.uniform(5, 7), 0.4))


def _barrel_cactus(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.5), 0.15)
    ribs = int(rng.integers(11, 17))
    twist = rng.uniform(-0.6, 0.6)

    def body(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = 2 * np.hypot(u, v), np.arctan2(v, u)
        rib = np.abs(np.sin((around + twist * far) * ribs / 2))
        edge = 0.93 + 0.07 * rib
        height = 0.7 * np.sqrt(np.clip(1 - far**2, 0, 1)) + 0.4 * rib * smooth(0, 0.3, far)
        tone = 0.1 + 0.55 * rib + 0.2 * smooth(0.25, 0.0, far)
        return height, tone, (edge - far) / 2

    globe = heaped(size, place.of(pieces(0.0, 0.0, 0.0, 0.84, 0.0)), body)
    rows = np.array([0.08, 0.14, 0.2, 0.26, 0.32, 0.38])
    spots, far = np.meshgrid((np.arange(ribs) + 0.5) * 2 * np.pi / ribs, rows)
    spots = spots - twist * far / 0.42
    stars = pieces(
        (far * np.cos(spots)).ravel(), (far * np.sin(spots)).ravel(), spots.ravel(),
        (0.05 + 0.1 * far).ravel(), 1.0,
    )  # fmt: skip

    def spines(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = 2 * np.hypot(u, v), np.arctan2(v, u)
        edge = 0.25 + 0.75 * np.abs(np.cos(2.5 * around)) ** 6
        return 0.3 - 0.2 * far, 1.0 - 0.2 * far, (edge - far) / 3

    return heaped(size, place.of(stars), spines, globe)


def _prickly_pear(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.4), 0.12, 0.5)
    x, y, angle, long = [0.0], [0.28], [-np.pi / 2], [0.42]
    for parent in range(5):
        if parent >= len(x):
            break
        for way in rng.permutation([-0.75, 0.7])[: 2 if parent < 3 else 1]:
            lean = angle[parent] + way + rng.normal(0, 0.15)
            new = long[parent] * rng.uniform(0.72, 0.9)
            root = 0.42 * long[parent]
            edge = angle[parent] + 0.8 * way
            x.append(x[parent] + root * np.cos(edge) + new * 0.42 * np.cos(lean))
            y.append(y[parent] + root * np.sin(edge) + new * 0.42 * np.sin(lean))
            angle.append(lean)
            long.append(new)
    dots = rng.uniform(4.5, 6.0)

    def pad(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        t = np.clip(u + 0.5, 0, 1)
        half = 0.33 * np.abs(np.sin(np.pi * t**1.15)) ** 0.6
        across = np.clip(np.abs(v) / np.maximum(half, 1e-3), 0, 1)
        a, b = (u + v) * dots, (u - v) * dots
        knot = np.hypot(a - np.rint(a), b - np.rint(b))
        spine = np.exp(-((knot / 0.17) ** 2)) * smooth(1.0, 0.85, across)
        height = 0.15 + 0.4 * np.sqrt(1 - across**2) + 0.3 * spine
        tone = 0.25 + 0.2 * t + 0.6 * spine + 0.25 * across**4
        return height, tone, half - np.abs(v) - np.maximum(np.abs(u) - 0.5, 0)

    heap = pieces(x, y, angle, long, 0.07 * np.arange(len(x)))
    return heaped(size, place.of(heap), pad)


MOTIFS = (
    Motif("saguaro", _saguaro, ("venom", "leaf", "sunset")),
    Motif("barrel-cactus", _barrel_cactus, ("moss", "peacock", "lagoon")),
    Motif("prickly-pear", _prickly_pear, ("lagoon", "opal", "candy")),
)
