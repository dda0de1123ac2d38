"""Flowers that open toward the eye."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import dome, grid, polar, scattered, smooth, waves
from dreamfolio.dream.pocket.drawing.heap import (
    GOLDEN,
    Form,
    Pieces,
    Place,
    Values,
    ball,
    heaped,
    joined,
    petal,
    pieces,
    ring,
    somewhere,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _beads(place: Place, count: int, radius: float, base: float, size: int, on: Relief) -> Relief:
    """A button of ``count`` beads by the golden angle, domed."""
    r = np.sqrt((np.arange(count) + 0.5) / count)[::-1]
    angle = np.arange(count) * GOLDEN
    rise = base + 0.35 * np.sqrt(1.01 - r**2)
    x, y = radius * r * np.cos(angle), radius * r * np.sin(angle)
    heap = pieces(x, y, angle, 2.4 * radius / np.sqrt(count), rise)
    return heaped(size, place.of(heap), ball, on)


def _stamens(
    place: Place, rng: np.random.Generator, count: int, far: float, size: int, on: Relief
) -> Relief:
    """Threads from the middle, each with an anther at its end."""
    long = far * rng.uniform(0.75, 1.0, count)
    turn = rng.normal(0, 0.1, count)
    threads = ring(count, 0.0, long, 0.7, turn=turn)
    thin = petal(0.09, toward=0.8, point=0.3, lift=0.1, low=0.75, high=0.9)
    flower = heaped(size, place.of(threads), thin, on)
    ends = pieces(
        long * np.cos(threads.angle), long * np.sin(threads.angle), threads.angle, 0.045, 0.8
    )  # fmt: skip
    return heaped(size, place.of(ends), ball, flower)


def _daisy(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.7, 1.5), 0.2)
    count, core = int(rng.integers(11, 20)), rng.uniform(0.1, 0.15)
    leaf = petal(
        rng.uniform(3.0, 3.8) / count, toward=1.5, point=0.45, vein=0.25, lift=0.15,
        low=0.6, high=1.0, rim=-0.15,
    )  # fmt: skip
    flower = heaped(size, place.of(ring(count, core * 0.7, 0.46 - core * 0.7)), leaf)
    flower = _beads(place, int(rng.integers(40, 70)), core, 0.3, size, flower)
    x, y = place.at(*grid(size))
    shade = np.where(np.hypot(x, y) < core * 1.1, flower.tone * 0.45, flower.tone)
    return Relief(flower.height, shade.astype(np.float32), flower.cover)


def _rose(rng: np.random.Generator, size: int) -> Relief:
    count = int(rng.integers(17, 26))
    k = np.arange(count)[::-1] / count
    angle = np.arange(count) * (GOLDEN + rng.uniform(-0.2, 0.2))
    long = 0.12 + 0.42 * k
    far = 0.02 + 0.21 * k
    heap = pieces(far * np.cos(angle), far * np.sin(angle), angle, long, 0.55 * (1 - k))
    frill = rng.uniform(0.01, 0.03)

    def leaf(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        around = np.arctan2(v, u + 0.12)
        far = np.hypot(u + 0.12, v * 0.92)
        edge = 0.58 + frill * np.sin(7 * around + number) - 0.06 * np.cos(2 * around)
        t = np.clip(far / edge, 0, 1)
        curl = smooth(0.78, 0.93, t) * smooth(1.02, 0.95, t)
        height = 0.12 + 0.4 * t**2 + 0.15 * curl
        tone = 0.12 + 0.5 * t**2 + 0.3 * curl
        return height, tone, edge - far

    return heaped(size, somewhere(rng, (0.75, 1.4), 0.12).of(heap), leaf)


def _lotus(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.75, 1.4), 0.12)
    count = int(rng.integers(7, 10))
    rows = [
        ring(count, 0.02, 0.46 - 0.1 * row, 0.18 * row, turn=row * np.pi / count + 0.1 * row)
        for row in range(3)
    ]
    leaf = petal(
        rng.uniform(0.4, 0.5), toward=1.15, point=0.95, cup=0.7, thick=0.35, lift=0.4,
        low=0.95, high=0.35, rim=0.15,
    )  # fmt: skip
    flower = heaped(size, place.of(joined(*rows)), leaf)
    flower = _stamens(place, rng, 22, 0.12, size, flower)
    return _beads(place, 9, 0.06, 0.65, size, flower)


def _lily(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.5), 0.12)
    freckles = rng.uniform(7, 10)
    base = petal(
        rng.uniform(0.44, 0.56), toward=0.85, point=0.85, lift=0.1, thick=0.4, vein=0.6,
        low=0.9, high=0.75, rim=0.3,
    )  # fmt: skip

    def leaf(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, tone, inside = base(u, v, number)
        spot = waves(freckles * u) * waves(2.2 * freckles * v + (np.rint(freckles * u) % 2) / 2)
        spot = smooth(0.6, 0.8, spot) * smooth(0.2, 0.0, u)
        arch = 0.35 * np.sin(np.pi * np.clip(u + 0.5, 0, 1))
        return height + arch + 0.1 * spot, tone - 0.65 * spot, inside

    rows = joined(ring(3, 0.0, 0.47), ring(3, 0.0, 0.46, 0.1, turn=np.pi / 3))
    return _stamens(place, rng, 6, 0.27, size, heaped(size, place.of(rows), leaf))


def _orchid(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.1, 0.6)
    up = -np.pi / 2
    striped = rng.uniform(5, 9)

    def veined(form: Form) -> Form:
        def leaf(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
            height, tone, inside = form(u, v, number)
            lines = waves(striped * np.arctan2(v, u + 0.7) * 2) ** 3
            return height, tone - 0.3 * lines, inside

        return leaf

    def fan(angles: list[float], long: float, base: float) -> Pieces:
        a = np.array(angles)
        return pieces(long / 2 * np.cos(a), long / 2 * np.sin(a), a, long, base)

    slim = veined(petal(0.55, toward=1.0, point=0.75, thick=0.3, low=0.75, high=0.6, rim=0.2))
    broad = veined(petal(1.1, toward=0.9, point=0.55, thick=0.35, low=0.7, high=0.85, rim=0.2))
    lip = petal(0.75, toward=1.5, point=0.6, cup=0.9, thick=0.6, low=0.0, high=0.4, rim=0.25)
    flower = heaped(size, place.of(fan([up, up + 2.25, up - 2.25], 0.46, 0.0)), slim)
    flower = heaped(size, place.of(fan([-0.18, np.pi + 0.18], 0.47, 0.2)), broad, flower)
    lips = fan([0.75, np.pi - 0.75, np.pi / 2], rng.uniform(0.2, 0.26), 0.4)
    flower = heaped(size, place.of(lips), lip, flower)
    column = pieces([0, 0], [0, -0.03], up, [0.14, 0.08], [0.5, 0.8])
    return heaped(size, place.of(column), ball, flower)


def _poppy(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.6), 0.12)
    creases = int(rng.integers(9, 14))

    def leaf(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        around = np.arctan2(v, u + 0.5)
        far = np.hypot(u + 0.5, v)
        edge = 0.93 + 0.03 * np.sin(17 * around + 2 * number) - 0.28 * around**4
        t = np.clip(far / np.maximum(edge, 0.1), 0, 1)
        fold = waves(creases * around / 2 + 0.3 * np.sin(5 * t + number)) * t
        blotch = smooth(0.42, 0.3, t + 0.04 * np.sin(9 * around))
        height = 0.15 + 0.35 * t**1.5 + 0.2 * fold
        tone = 0.4 + 0.25 * t + 0.2 * fold - 0.6 * blotch
        return height, tone, edge - far

    under = ring(2, -0.02, 0.5, 0.0)
    upper = ring(2, -0.02, 0.45, 0.2, turn=np.pi / 2 + rng.uniform(-0.3, 0.3))
    flower = heaped(size, place.of(joined(under, upper)), leaf)
    flower = _stamens(place, rng, 26, 0.14, size, flower)
    x, y = place.at(*grid(size))
    far, around = polar(x, y)
    pod = smooth(0.075, 0.065, far)
    rays = waves(around / 2 / np.pi * 9) ** 2
    height = flower.height + pod * (0.9 + 0.3 * dome(far, 0.08) + 0.12 * rays - flower.height)
    tone = flower.tone + pod * (0.45 + 0.5 * rays - flower.tone)
    return Relief(height.astype(np.float32), tone.astype(np.float32), flower.cover)


def _blossoms(rng: np.random.Generator, size: int) -> Relief:
    many = rng.uniform(1.7, 3.2)
    spots = scattered(rng, many, even=0.75)
    spots = spots[np.argsort(rng.random(len(spots)))]
    across = float(rng.uniform(1.1, 1.35) / many)
    turn = rng.uniform(0, 6.3, len(spots)).astype(np.float32)

    def bloom(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = np.hypot(u, v), np.arctan2(v, u)
        lobe = np.abs((around * 5 / (2 * np.pi)) % 1 - 0.5) * 2
        edge = 0.5 * (np.sqrt(np.clip(1 - lobe**2.6, 0, 1)) * 0.72 + 0.26)
        edge = edge - 0.08 * np.clip(1 - lobe / 0.16, 0, 1)
        t = np.clip(far / np.maximum(edge, 0.02), 0, 1)
        threads = waves(around / (2 * np.pi) * 15) ** 2 * smooth(0.26, 0.22, far) * (far > 0.05)
        heads = waves(around / (2 * np.pi) * 15) ** 4 * np.exp(-(((far - 0.23) / 0.03) ** 2))
        height = 0.15 + 0.3 * (1 - lobe**2) * np.sqrt(t) + 0.15 * threads + 0.3 * heads
        tone = 0.35 + 0.6 * smooth(0.1, 0.45, far) - 0.2 * lobe**4 + 0.3 * threads - 0.5 * heads
        return height, tone, edge - far

    heap = pieces(spots[:, 0], spots[:, 1], turn, across, rng.uniform(0, 0.5, len(spots)))
    return heaped(size, heap, bloom)


MOTIFS = (
    Motif("daisy", _daisy, ("ice", "gold", "sea")),
    Motif("rose", _rose, ("blood", "petal", "coral", "flesh")),
    Motif("lotus", _lotus, ("petal", "dusk", "orchid")),
    Motif("lily", _lily, ("sunset", "coral", "opal")),
    Motif("orchid", _orchid, ("orchid", "amethyst", "candy")),
    Motif("poppy", _poppy, ("ember", "blood", "sunset")),
    Motif("cherry-blossom", _blossoms, ("petal", "coral", "opal", "ice")),
)
