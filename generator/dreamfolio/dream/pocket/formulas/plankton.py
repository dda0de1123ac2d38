"""The lattices of glass that the smallest creatures of the sea build."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    dome,
    grid,
    placed,
    polar,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.marine import Skin, comb, formed, spokes, swept
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

Some = NDArray[Any]


def _radiolarian(rng: np.random.Generator, size: int) -> Relief:
    scale = np.exp(rng.uniform(-0.2, 0.45))
    middle = rng.uniform(-0.1, 0.1, 2)
    tubes: list[tuple[Points, ArrayLike, Skin]] = []

    def thorn(along: Some, across: Some) -> tuple[Some, Some]:
        keel = dome(across, 1.05)
        return 0.2 + 0.5 * keel + 0 * along, 0.35 + 0.5 * keel + 0.15 * along

    count = int(rng.integers(7, 15))
    for angle in np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.uniform(0, 6):
        way = np.array([np.cos(angle), np.sin(angle)])
        path = np.stack([middle + way * 0.24 * scale, middle + way * scale * rng.uniform(0.4, 0.5)])
        tubes.append((path.astype(np.float32), np.array([0.026, 0.014, 0.004]) * scale, thorn))
    height, tone, cover = swept(size, tubes)
    x, y = grid(size)
    turn = rng.uniform(0, 6)
    x, y = (x - middle[0]) / scale, (y - middle[1]) / scale
    x, y = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    r = np.hypot(x, y) / 0.3
    bulge = np.arcsin(np.clip(r, 0, 1)) / np.maximum(r, 1e-3)
    across = rng.uniform(7.5, 11)
    wall, _ = comb(x * bulge * across, y * bulge * across)
    bar = smooth(0.55, 0.75, wall)
    core_wall, _ = comb(x * 22, y * 22)
    core = dome(r, 0.5)
    ball = smooth(1.0, 0.96, r)
    inner = 0.1 + 0.35 * core * smooth(0.9, 0.6, core_wall)
    height = height * (1 - ball) + ball * (0.8 * dome(r, 1.03) + 0.35 * bar - 0.1)
    tone = tone * (1 - ball) + ball * (bar * (0.6 + 0.35 * dome(r, 1.0)) + (1 - bar) * inner)
    return formed(height, tone, np.maximum(cover, ball))


def _diatom(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.14)
    r, a = polar(x, y)
    sides = int(rng.choice([3, 4, 5, 6, 8]))
    t = r / (0.37 * (1 + 0.32 / (sides - 1.6) * np.cos(sides * a)))
    count = int(rng.integers(5, 8)) * sides
    rings = rng.uniform(7, 10)
    ring = np.floor(rings * t)
    bead = np.hypot(
        2 * np.mod(rings * t, 1) - 1, spokes(a + np.pi / count * np.mod(ring, 2), count)
    )
    pore = smooth(0.8, 0.5, bead) * smooth(0.28, 0.32, t) * smooth(0.9, 0.86, t)
    rim = dome(np.abs(t - 0.95), 0.07)
    stripes = waves(count * 2 * a / (2 * np.pi))
    rib = smooth(0.3, 0.05, spokes(a, sides) * np.maximum(r, 0.05) * 4) * smooth(0.25, 0.3, t)
    star = waves(sides * a / (2 * np.pi) + 0.25) * smooth(0.28, 0.1, t)
    boss = dome(t, 0.14)
    height = 0.3 + 0.25 * smooth(0.2, 0.9, t) - 0.3 * pore + 0.4 * rim + 0.25 * rib + 0.35 * boss
    tone = 0.6 - 0.5 * pore + 0.25 * rim * stripes + 0.2 * rib - 0.4 * star + 0.3 * boss
    tone = tone - 0.3 * smooth(0.3, 0.28, t) * (1 - boss)
    return formed(height + 0.2 * star, tone, smooth(1.02, 0.99, t))


MOTIFS = (
    Motif("radiolarian", _radiolarian, ("ice", "lagoon", "bone")),
    Motif("diatom", _diatom, ("leaf", "opal", "copper", "peacock")),
)
