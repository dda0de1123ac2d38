"""What grows in rings, needles and facets: agate, geode, crystal, timber."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    noise,
    normal,
    placed,
    polar,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.lattices import relief, voronoi
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _ramp(rng: np.random.Generator, place: Field, steps: int) -> Field:
    """Bands of uneven width and unlike shade; ``place`` in [0, 1]."""
    edges = np.cumsum(np.exp(rng.normal(0, 0.8, steps)))
    shade = rng.random(steps, np.float32)
    return np.interp(place, edges / edges[-1], shade).astype(np.float32)


def _geode(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.35), shift=0.15, warp=0.45)
    radius, _ = polar(x, y)
    radius = radius * (1 + 0.5 * (noise(rng, size, 5, 2) - 0.5) * smooth(0.5, 0.0, radius))
    inner = rng.uniform(0.14, 0.22)
    place = np.clip((0.45 - radius) / (0.45 - inner), 0, 1).astype(np.float32)
    bands = _ramp(rng, place, 22)
    hollow = smooth(inner + 0.004, inner - 0.008, radius)
    border, far, chance = voronoi(rng, x, y, scattered(rng, 9, even=0.45))
    # The way to each neighbour's border is a plane: a cell of them is a faceted point.
    crystal = np.clip(border / 0.05, 0, 1)
    rind = smooth(0.4, 0.44, radius)
    height = (0.55 + 0.12 * bands) * (1 - hollow) + hollow * (0.05 + 0.8 * crystal)
    tone = 0.1 + 0.85 * bands + 0.35 * smooth(0.9, 1.0, place)
    tone = np.where(hollow > 0.5, 0.2 + 0.4 * chance + 0.5 * crystal - 2 * far, tone)
    tone = tone * (1 - 0.85 * rind) + 0.1 * rind * noise(rng, size, 20)
    return relief(height + 0.15 * rind * noise(rng, size, 12), tone, smooth(0.47, 0.455, radius))


def _agate(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.25, warp=0.4)
    points = scattered(rng, 1.7, even=0.5)
    far = np.hypot(x[..., None] - points[:, 0], y[..., None] - points[:, 1])
    grown = -np.log(np.exp(-11 * far).sum(-1)) / 11
    grown = normal(grown + 0.09 * noise(rng, size, 4, 2))
    # Scalloped bands, finer than a geode's, round several hearts.
    bands = _ramp(rng, grown, int(rng.integers(20, 30)))
    fine = waves(grown * rng.uniform(25, 40))
    tone = 0.08 + 0.8 * bands + 0.14 * fine
    return relief(0.25 + 0.45 * bands + 0.1 * fine + 0.2 * grown, tone)


def _crystals(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.95, 1.8), shift=0.12)
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    count = int(rng.integers(9, 15))
    angles = rng.permutation(np.arange(count)) * 2 * np.pi / count + rng.normal(0, 0.12, count)
    fan = rng.choice([1.0, 0.5])
    for angle in angles * fan:
        long, wide = rng.uniform(0.26, 0.5), rng.uniform(0.05, 0.085)
        c, s = float(np.cos(angle)), float(np.sin(angle))
        along, side = c * x + s * y, (c * y - s * x) / wide
        tip = (long - along) / (wide * rng.uniform(1.2, 2.2))
        half = np.minimum(1.0, tip)
        here = smooth(0.0, 0.06, half - np.abs(side)) * (along > -0.04)
        ridge = rng.uniform(-0.3, 0.3)
        left = side < ridge * np.minimum(1, np.maximum(half, 0))
        tapered = tip < 1
        # Three faces of the shaft are seen, two of the point, each of one shade.
        face = rng.random(4)
        shade = np.where(
            tapered, np.where(left, face[0], face[1]), np.where(left, face[2], face[3])
        )
        slope = np.where(left, (side + 1) / (ridge + 1), (1 - side) / (1 - ridge))
        body = 0.3 + 0.45 * np.clip(slope, 0, 1) * np.clip(half, 0, 1) + 0.3 * along
        glow = smooth(0.12, 0.0, np.abs(side - ridge)) * np.clip(tip, 0, 1)
        paint = 0.1 + 0.45 * shade + 0.6 * np.clip(along, 0, 1) + 0.3 * glow
        on = here > 0.5
        height, tone = np.where(on, body, height), np.where(on, paint, tone)
        cover = np.maximum(cover, here)
    return relief(height, tone, cover)


def _wood_grain(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.08)
    flow = y * rng.uniform(9, 14) + 1.3 * noise(rng, size, 3, stretch=3)
    knots = np.zeros_like(x)
    for _ in range(int(rng.integers(1, 4))):
        ex, ey = rng.uniform(-0.4, 0.4, 2).astype(np.float32)
        away = np.hypot((x - ex) * 0.62, y - ey)
        push = np.exp(-((away / 0.11) ** 2))
        flow = flow + np.sign(y - ey) * push * 0.8
        rings = rng.uniform(25, 34) * away
        weight = smooth(0.12, 0.085, away)
        flow = flow * (1 - weight) + rings * weight
        knots = np.maximum(knots, smooth(0.045, 0.03, away))
    year = flow % 1
    line = smooth(0.3, 0.95, year) * smooth(1.0, 0.94, year)
    fibre = noise(rng, size, 40, stretch=9) * (1 - knots)
    height = 0.5 - 0.35 * line + 0.2 * fibre + 0.25 * knots
    tone = 0.7 - 0.5 * line + 0.25 * (fibre - 0.5) - 0.45 * knots
    return relief(height, tone)


MOTIFS = (
    Motif("geode", _geode, ("amethyst", "lagoon", "petal")),
    Motif("agate", _agate, ("candy", "sea", "sunset", "coral")),
    Motif("crystals", _crystals, ("amethyst", "ice", "venom", "petal")),
    Motif("wood-grain", _wood_grain, ("rust", "copper", "gold")),
)
