"""Flowers with a shape of their own: cups, bells, crowns of threads and fleshy stars."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import dome, grid, noise, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.heap import (
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


def _tulip(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.4), 0.1, 0.7)
    up = -np.pi / 2
    leaf = petal(0.28, toward=0.8, point=0.9, cup=0.7, low=0.2, high=0.3, vein=0.4)
    stem = petal(0.1, point=0.05, lift=0.0, low=0.25, high=0.3)
    lean = rng.uniform(0.35, 0.55, 2)
    green = pieces([0.12, -0.12], 0.34, [up + lean[0], up - lean[1]], 0.5, 0.0)
    plant = heaped(size, place.of(pieces(0, 0.35, up, 0.5, 0.0)), stem)
    plant = heaped(size, place.of(green), leaf, plant)
    flame = petal(
        rng.uniform(0.62, 0.74), toward=0.85, point=0.62, thick=0.6, lift=0.1,
        low=0.45, high=0.85, rim=0.15, vein=0.5,
    )  # fmt: skip
    wide = rng.uniform(0.09, 0.13)
    cup = pieces(
        [-wide / 2, wide / 2, -wide, wide, 0],
        [-0.15, -0.15, -0.1, -0.1, -0.08],
        [up - 0.1, up + 0.1, up - 0.12, up + 0.12, up],
        [0.46, 0.46, 0.45, 0.45, 0.4],
        [0.0, 0.02, 0.15, 0.18, 0.4],
    )

    def streaked(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, tone, inside = flame(u, v, number)
        flare = waves(9 * np.arctan2(v, u + 0.9) * 2) * smooth(0.5, -0.2, u)
        return height, tone - 0.2 * flare - 0.06 * (4 - number), inside

    return heaped(size, place.of(cup), streaked, plant)


def _passion_flower(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.5), 0.12)
    leaf = petal(
        rng.uniform(0.36, 0.44), toward=1.1, point=0.6, cup=0.4, low=0.6, high=0.85, rim=0.12
    )
    rows = joined(ring(5, 0.02, 0.46), ring(5, 0.02, 0.44, 0.15, turn=np.pi / 5))
    flower = heaped(size, place.of(rows), leaf)
    x, y = place.at(*grid(size))
    far, around = polar(x, y)
    count = int(rng.integers(36, 56))
    crown = rng.uniform(0.28, 0.34)
    wave = around / (2 * np.pi) * count + 0.25 * np.sin(14 * far + 3 * around)
    thread = smooth(0.45, 0.6, waves(wave)) * smooth(crown, crown - 0.03, far)
    bands = waves(far / crown * rng.uniform(1.6, 2.2) + 0.2)
    height = flower.height + thread * (0.55 + 0.3 * waves(wave) - flower.height)
    tone = flower.tone + thread * (0.05 + 0.9 * bands - flower.tone)
    cover = np.maximum(0 if flower.cover is None else flower.cover, thread)
    core = smooth(0.1, 0.09, far)
    height += core * (0.8 + 0.3 * dome(far, 0.1) - height)
    tone += core * (0.1 + 0.4 * waves(far * 30) - tone)
    whole = Relief(height.astype(np.float32), tone.astype(np.float32), cover)
    arm = petal(0.45, toward=1.5, point=0.5, thick=0.3, lift=0.1, low=0.6, high=0.95)
    whole = heaped(size, place.of(ring(5, 0.0, 0.2, 0.8)), arm, whole)
    club = petal(0.4, toward=1.8, point=0.4, thick=0.3, lift=0.1, low=0.1, high=0.45)
    return heaped(size, place.of(ring(3, 0.0, 0.15, 1.0, turn=0.5)), club, whole)


def _bell(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
    t = np.clip(u + 0.5, 0, 1)
    half = 0.13 + 0.13 * smooth(0.0, 0.3, t) + 0.02 * t + 0.2 * smooth(0.6, 1.0, t) ** 2
    across = np.clip(np.abs(v) / half, 0, 1)
    angle = np.arcsin(np.clip(v / half, -1, 1))
    rib = waves(angle / np.pi * 3 + 0.25 + number / 3)
    lip = 0.5 - 0.11 * (1 - rib) * (1 - 0.3 * across)
    inside = np.minimum(half - np.abs(v), np.minimum(lip - u, u + 0.5))
    height = 0.6 * np.sqrt(1 - across**2) + 0.12 * rib + 0.2 * smooth(0.6, 1.0, t)
    tone = 0.25 + 0.45 * t + 0.2 * rib + 0.25 * smooth(0.07, 0.02, lip - u) - 0.1 * across
    return height, tone, inside


def _bells(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.4), 0.1, 0.5)
    count = int(rng.integers(4, 8))
    t = np.linspace(0.05, 0.95, count)
    side = np.where(np.arange(count) % 2, 1.0, -1.0)
    bend = rng.uniform(-0.12, 0.12)
    long = rng.uniform(0.38, 0.48) * (1.05 - 0.35 * t)
    x = bend * np.sin(np.pi * t) + side * (0.09 + 0.14 * (1 - t) + 0.04)
    y = 0.34 - 0.72 * t
    angle = np.pi / 2 - side * rng.uniform(0.3, 0.7, count)
    stem_t = np.linspace(0, 1, 14)
    stem_x, stem_y = bend * np.sin(np.pi * stem_t), 0.5 - stem_t
    stem = pieces(stem_x, stem_y, -np.pi / 2, 0.12, 0.0)
    rod = petal(0.28, point=0.1, lift=0.0, low=0.2, high=0.2)
    plant = heaped(size, place.of(stem), rod)
    heads = pieces(x, y, angle, long, 0.2)
    plant = heaped(size, place.of(heads), _bell, plant)
    caps = pieces(
        x - np.cos(angle) * long * 0.5, y - np.sin(angle) * long * 0.5, angle, long * 0.3, 0.5
    )
    return heaped(size, place.of(caps), ball, plant)


def _star_flower(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.75, 1.5), shift=0.12, warp=0.05)
    far, around = polar(x, y)
    lobe = np.abs((around * 5 / (2 * np.pi)) % 1 - 0.5) * 2
    edge = 0.47 * (0.48 + 0.52 * (1 - lobe) ** rng.uniform(1.0, 1.4))
    t = far / edge
    wrinkle = waves(t * rng.uniform(7, 11) + 0.8 * (noise(rng, size, 7) - 0.5))
    band = smooth(0.17, 0.12, np.abs(far - 0.16) * 2)
    core = smooth(0.085, 0.075, far)
    points = smooth(0.4, 0.7, waves(around * 5 / (2 * np.pi) + 0.25)) * core
    body = np.sqrt(np.clip(1 - t**2, 0, 1))
    height = 0.45 * body + 0.14 * wrinkle * (t < 1) + 0.35 * band * dome(far - 0.16, 0.09)
    height += core * (0.1 - 0.5 * dome(far, 0.09) + 0.6 * points)
    tone = 0.7 - 0.5 * wrinkle * (1 - 0.6 * band) + 0.15 * (1 - t)
    tone = np.where(core > 0.5, 0.1 + 0.75 * points, tone)
    ridge = np.clip(1 - lobe * 4, 0, 1) * smooth(0.5, 0.8, t) * 0.15
    return Relief(
        (height + ridge).astype(np.float32),
        np.clip(tone, 0, 1.2).astype(np.float32),
        smooth(1.02, 0.98, t),
    )


MOTIFS = (
    Motif("tulip", _tulip, ("sunset", "candy", "ember")),
    Motif("passion-flower", _passion_flower, ("amethyst", "opal", "dusk")),
    Motif("bell-flower", _bells, ("sea", "amethyst", "ice")),
    Motif("star-flower", _star_flower, ("rust", "blood", "flesh", "copper")),
)
