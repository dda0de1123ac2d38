"""Fungi and lichens."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, scattered, smooth, waves
from dreamfolio.dream.pocket.drawing.heap import Values, heaped, pieces, rod, somewhere
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _mushrooms(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.12, 0.3)
    count = int(rng.integers(3, 7))
    spread = np.linspace(-0.28, 0.28, count) + rng.normal(0, 0.03, count)
    tall = 0.2 - 0.8 * np.abs(spread) * rng.uniform(0.3, 0.7) + rng.normal(0, 0.05, count)
    order = np.argsort(-tall)
    spread, tall = spread[order], tall[order]
    long = rng.uniform(0.46, 0.58) * (0.75 + 0.25 * rng.random(count))
    flat = rng.uniform(0.75, 0.95)
    spots = rng.uniform(4, 6)
    stems = []
    t = np.linspace(0, 1, 16)
    for x, y in zip(spread, tall, strict=True):
        sx = x * (0.45 + 0.55 * t)
        stems.append(pieces(sx, 0.46 - t * (0.5 + y), -np.pi / 2, 0.12 - 0.04 * t, 0.1))

    def cap(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        half = 0.48 * np.sqrt(np.clip(1 - ((u + 0.12) / (0.55 * flat)) ** 2, 0, 1))
        half = np.where(u < -0.12, 0.48 * np.sqrt(np.clip(1 - ((u + 0.12) / 0.1) ** 2, 0, 1)), half)
        across = np.clip(v / np.maximum(half, 0.02), -1, 1)
        lift = np.clip((u + 0.14) / 0.55, 0, 1)
        round_ = np.sqrt(np.clip(1 - (v / 0.5) ** 2 - (lift * 0.9) ** 2, 0, 1))
        a, b = np.arcsin(across) * spots / 2, u * spots * 1.6 + number
        knob = np.hypot(a - np.rint(a), b - np.rint(b))
        spot = smooth(0.32, 0.22, knob) * (u > -0.08)
        under = smooth(-0.09, -0.12, u)
        gills = waves(np.arcsin(across) * 6) * under
        height = 0.3 + 0.6 * round_ + 0.12 * spot - 0.25 * under + 0.1 * gills
        tone = 0.25 + 0.25 * round_ + 0.5 * spot + under * (0.35 - 0.4 * gills)
        return height, tone, np.where(half > 0, half, -0.1) - np.abs(v)

    stalk = rod(3, 0.12)

    def foot(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, tone, inside = stalk(u, v, number)
        return height, 0.6 + 0.4 * tone, inside

    plant: Relief | None = None
    for k, stem in enumerate(stems):
        plant = heaped(size, place.of(stem), foot, plant)
        top = pieces(spread[k], -0.04 - tall[k] - 0.02, -np.pi / 2 + 0.8 * spread[k], long[k], 0.2)
        plant = heaped(size, place.of(top), cap, plant)
    assert plant is not None
    return plant


def _gills(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.4), shift=0.2, warp=0.14)
    far, around = polar(x, y)
    turn = around / (2 * np.pi)
    count = int(rng.integers(16, 24))
    sway = 0.12 * np.sin(14 * far + rng.uniform(0, 6))
    # Between whole gills stand shorter ones, which begin further out.
    first = smooth(0.45, 0.95, waves(count * turn + sway))
    second = smooth(0.5, 0.95, waves(count * turn + sway + 0.5)) * smooth(0.17, 0.22, far)
    third = smooth(0.6, 0.95, waves(2 * count * turn + 2 * sway + 0.25)) * smooth(0.3, 0.35, far)
    blade = np.maximum(np.maximum(first, second), 0.85 * third)
    edge = 0.45 + 0.015 * np.sin(5 * around)
    rim = smooth(-0.035, -0.015, far - edge)
    core = smooth(0.105, 0.09, far)
    grain = waves(far * 40)
    height = 0.15 + 0.6 * blade * (1 - 0.5 * far) + 0.5 * smooth(0.3, 0.05, far)
    tone = 0.15 + 0.6 * blade + 0.3 * smooth(0.3, 0.45, far)
    height = height + rim * (0.55 - height) + core * (1.1 + 0.2 * dome(far, 0.11) - height)
    tone = tone + rim * (0.3 - tone) + core * (0.75 + 0.2 * grain - tone)
    cover = smooth(0.006, -0.006, far - edge)
    return Relief(height.astype(np.float32), tone.astype(np.float32), cover)


def _brackets(rng: np.random.Generator, size: int) -> Relief:
    many = rng.uniform(1.9, 3.0)
    spots = scattered(rng, many, even=0.7)
    spots = spots[np.argsort(-spots[:, 1])]
    bands = rng.uniform(3.0, 4.5)

    def shelf(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = np.hypot(u + 0.25, v * 0.85), np.arctan2(v * 0.85, u + 0.25)
        frill = 0.025 * np.sin(8 * around + number) + 0.015 * np.sin(17 * around + 2 * number)
        t = far / (0.66 + frill)
        band = waves(bands * t + 0.1)
        rim = smooth(0.88, 0.96, t)
        height = 0.1 + 0.45 * t + 0.12 * band + 0.1 * waves(around * 3)
        tone = 0.1 + 0.35 * t + 0.4 * band + 0.4 * rim
        return height, tone, np.minimum(0.66 + frill - far, (1.75 - np.abs(around)) * far)

    angle = np.pi / 2 + rng.normal(0, 0.35, len(spots))
    long = rng.uniform(1.1, 1.5, len(spots)) / many
    heap = pieces(spots[:, 0], spots[:, 1], angle, long, rng.uniform(0.1, 0.4, len(spots)))
    return heaped(size, somewhere(rng, (1.0, 1.1), 0.0).of(heap), shelf)


def _lichen(rng: np.random.Generator, size: int) -> Relief:
    many = rng.uniform(1.6, 2.6)
    spots = scattered(rng, many, even=0.65)
    spots = spots[np.argsort(rng.random(len(spots)))]
    lobes = int(rng.integers(9, 14))
    cups = rng.uniform(9, 13)

    def rosette(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = np.hypot(u, v), np.arctan2(v, u)
        turn = around / (2 * np.pi) * lobes + 0.25 * np.sin(12 * far + number)
        lobe = np.abs(np.sin(np.pi * turn)) ** 0.6
        fork = np.abs(np.sin(2 * np.pi * turn)) ** 0.6
        leaf = np.where(far > 0.33, 0.4 * lobe + 0.6 * fork, lobe)
        edge = 0.36 + 0.13 * leaf
        a, b = u * cups, v * cups + (np.rint(u * cups) % 2) / 2
        bowl = np.hypot(a - np.rint(a), b - np.rint(b))
        near = smooth(0.26, 0.2, far)
        rim = np.exp(-(((bowl - 0.36) / 0.1) ** 2)) * near
        pit = smooth(0.3, 0.2, bowl) * near
        out = smooth(0.18, 0.3, far)
        height = 0.15 + 0.35 * leaf * out + 0.3 * rim + 0.1 * near
        tone = 0.35 + 0.35 * leaf * out + 0.4 * rim - 0.3 * pit
        tone = tone + 0.2 * smooth(0.06, 0.0, edge - far)
        return height, tone, edge - far

    angle = rng.uniform(-np.pi, np.pi, len(spots))
    long = rng.uniform(0.9, 1.35, len(spots)) / many
    heap = pieces(spots[:, 0], spots[:, 1], angle, long, rng.uniform(0, 0.2, len(spots)))
    return heaped(size, heap, rosette)


def _morel(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.12, 0.5)
    t = np.linspace(0, 1, 14)
    stem = pieces(0.01 * np.sin(6 * t), 0.46 - 0.34 * t, -np.pi / 2, 0.24 - 0.05 * t, 0.1)
    stalk = rod(2.5, 0.1)

    def foot(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, tone, inside = stalk(u, v, number)
        return height, 0.65 + 0.3 * tone, inside

    rows, slim = rng.uniform(7, 9), rng.uniform(0.25, 0.32)

    def cap(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        t = np.clip(u + 0.5, 0, 1)
        half = slim * np.abs(np.sin(np.pi * (0.12 + 0.88 * t))) ** 0.6
        across = np.clip(v / np.maximum(half, 0.02), -1, 1)
        a = np.arcsin(across) * 2.0 + 0.15 * np.sin(9 * u)
        b = u * rows + 0.25 * np.sin(5 * v)
        a = a + (np.floor(b) % 2) / 2
        cell = np.maximum(np.abs(a % 1 - 0.5), np.abs(b % 1 - 0.5)) * 2
        wall = smooth(0.5, 0.85, cell)
        body = np.sqrt(1 - across**2)
        height = 0.2 + 0.6 * body + 0.35 * wall - 0.1
        tone = 0.05 + 0.75 * wall + 0.15 * body
        return height, tone, half - np.abs(v) - np.maximum(np.abs(u) - 0.5, 0)

    head = pieces(0.0, -0.13, -np.pi / 2, 0.64, 0.2)
    return heaped(size, place.of(head), cap, heaped(size, place.of(stem), foot))


MOTIFS = (
    Motif("mushrooms", _mushrooms, ("blood", "ember", "coral", "candy")),
    Motif("mushroom-gills", _gills, ("flesh", "bone", "dusk")),
    Motif("bracket-fungus", _brackets, ("copper", "rust", "peacock", "sunset")),
    Motif("lichen", _lichen, ("opal", "venom", "gold", "rust")),
    Motif("morel", _morel, ("sand", "copper", "bone")),
)
