"""What flows in strands and billows: flames, locks, fur, smoke, foam, clouds."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    dome,
    noise,
    placed,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.lattices import balls, relief, shingles, voronoi
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _flames(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12, turn=0.35, warp=0.25)
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    up = 0.5 - y
    count = int(rng.integers(6, 11))
    for long in np.sort(rng.uniform(0.35, 1.0, count))[::-1]:
        start, wide = rng.uniform(-0.34, 0.34), rng.uniform(0.08, 0.13)
        t = np.clip(up / long, 0, 1)
        sway = rng.uniform(0.05, 0.12) * np.sin(rng.uniform(5, 8) * up + rng.uniform(0, 6)) * t
        lick = start * (1 - 0.45 * t) + sway + rng.uniform(-0.2, 0.2) * t**3
        half = wide * (1 - t) ** 0.8 * (0.55 + 1.3 * np.sqrt(t)) + 1e-4
        side = np.abs(x - lick) / half
        here = smooth(1.05, 0.9, side) * (up > -0.02) * (t < 1)
        body = dome(side, 1.0)
        on = here > 0.5
        fire = 0.3 + 0.7 * body * (1 - 0.6 * t) - 0.25 * smooth(0.75, 0.95, side)
        height = np.where(on, 0.25 + 0.6 * body, height)
        tone, cover = np.where(on, fire, tone), np.maximum(cover, here)
    return relief(height, tone, cover)


def _curls(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.2)
    centres = scattered(rng, 2.6, even=0.6)
    count = len(centres)
    radii = rng.uniform(0.15, 0.34, count).astype(np.float32)
    # The lift alone settles which ringlet lies over which.
    order, away, cover, index = balls(x, y, centres, radii, 2 * rng.random(count, np.float32))
    hand = rng.choice([-1, 1], count).astype(np.float32)
    start = rng.random(count, np.float32)
    dx, dy = x - centres[index, 0], y - centres[index, 1]
    angle = hand[index] * np.arctan2(dy, dx) / (2 * np.pi) + start[index]
    # Ever closer laps toward the heart: a lock that tapers as it winds itself up.
    lap = -rng.uniform(1.3, 1.8) * np.log(away + 0.04) - angle
    side = lap % 1 * 2 - 1
    hair = 0.6 * waves(side * 1.6) + 0.4 * waves(side * 3.3)
    shine = waves(2 * angle + 0.25 * side) * dome(side, 1.0)
    between = noise(rng, size, 2.5) * 3 + y
    strand = waves(between * 4)
    body = 0.2 + 0.65 * dome(side, 1.04) * (1 - 0.4 * away) + 0.12 * hair
    body = body + 0.05 * (order % 1)
    tone = 0.12 + 0.3 * hair + 0.45 * shine - 0.2 * smooth(0.8, 1.0, np.abs(side))
    on = cover > 0.5
    return relief(np.where(on, body, 0.15 * strand), np.where(on, tone, 0.05 + 0.25 * strand))


def _fur(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.45)
    patch = smooth(0.45, 0.6, noise(rng, size, 2.5))
    x = x + 0.02 * (noise(rng, size, 9) - 0.5)
    s = shingles(rng, x, y, rng.uniform(9, 12), lambda q: (1 - q) ** 0.8, aspect=2.2)
    fine = shingles(rng, x, y, 26, lambda q: 1 - q, aspect=4.5)
    tip = s.v**1.5
    height = 0.5 * tip + 0.25 * dome(s.u, 1.05) + 0.2 * dome(fine.u, 1.05) + 0.1 * fine.v
    tone = 0.08 + 0.3 * patch + 0.4 * tip + 0.2 * (s.chance - 0.5) + 0.3 * (fine.chance - 0.3)
    return relief(height, tone - 0.15 * smooth(0.15, 0.0, s.edge))


def _twisted(
    x: Field, y: Field, hearts: Points, turns: Points, reach: float
) -> tuple[Field, Field]:
    """Coordinates wound up about each of ``hearts`` by the first of its ``turns``, in radians."""
    for (hx, hy), turn in zip(hearts, turns[:, 0], strict=True):
        dx, dy = x - hx, y - hy
        angle = turn * np.exp(-(dx * dx + dy * dy) / reach**2)
        c, s = np.cos(angle), np.sin(angle)
        x, y = hx + c * dx - s * dy, hy + s * dx + c * dy
    return x.astype(np.float32), y.astype(np.float32)


def _smoke(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12, turn=0.7, warp=0.3)
    rows = np.arange(5)
    side = np.where(rows % 2, 1.0, -1.0) * rng.choice([-1, 1])
    hearts = np.stack([0.1 * side, 0.4 - 0.22 * rows + rng.normal(0, 0.02, 5)], -1)
    turns = (side * rng.uniform(3.5, 5.5, 5))[:, None]
    u, v = _twisted(x, y, hearts.astype(np.float32), turns.astype(np.float32), 0.16)
    u = u + 0.03 * (noise(rng, size, 5, 2) - 0.5)
    half = 0.19 - 0.1 * v
    film = waves(u / half * rng.uniform(1.4, 2.2) + 0.6 * noise(rng, size, 3))
    side_of = np.abs(u) / half
    veil = smooth(1.15, 0.75, side_of)
    height = 0.3 * film * veil + 0.5 * dome(side_of, 1.1)
    return relief(height, 0.25 + 0.65 * film, veil * (0.6 + 0.4 * film))


def _paint_swirls(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.3)
    hearts = scattered(rng, 1.5, even=0.6)
    hearts = hearts[rng.permutation(len(hearts))[:9]]
    turns = rng.choice([-1, 1], (len(hearts), 1)) * rng.uniform(4, 8, (len(hearts), 1))
    u, v = _twisted(x, y, hearts, turns.astype(np.float32), rng.uniform(0.2, 0.26))
    lane = u * rng.uniform(6, 9) + 0.6 * np.sin(3 * v)
    stripe = np.floor(lane)
    inside = np.abs(lane - stripe - 0.5) * 2
    shade = rng.random(41, np.float32)[stripe.astype(int) % 41]
    bristle = waves(lane * 4)
    height = 0.7 * dome(inside, 1.08) + 0.12 * bristle
    return relief(height, 0.1 + 0.75 * shade + 0.12 * bristle - 0.15 * smooth(0.8, 1, inside))


def _sea_foam(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.4)
    y = (y * rng.uniform(1.0, 1.8)).astype(np.float32)
    much = noise(rng, size, 2)
    swell = waves(y * 2.5 + 0.5 * noise(rng, size, 2))
    large, _, _ = voronoi(rng, x, y, scattered(rng, 3.6, even=0.4))
    small, _, _ = voronoi(rng, x, y, scattered(rng, 9, even=0.4))
    lace = smooth(1.0, 0.4, large / (0.008 + 0.05 * much))
    beads = smooth(1.0, 0.3, small / (0.004 + 0.022 * much)) * smooth(0.3, 0.6, much)
    foam = np.maximum(lace * (1 - 0.6 * smooth(0.008, 0.02, small)), beads)
    height = 0.3 * swell + 0.55 * foam
    return relief(height, 0.12 + 0.28 * swell + 0.65 * foam)


def _clouds(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15, turn=0.25, warp=0.2)
    x = x + 0.025 * (noise(rng, size, 12, 2) - 0.5)
    y = y + 0.025 * (noise(rng, size, 12, 2) - 0.5)
    count = 46
    across = np.clip(rng.normal(0, 0.2, count), -0.42, 0.42)
    top = rng.uniform(0.25, 0.5) * np.exp(-((across / 0.25) ** 2)) + 0.05
    rise = rng.random(count) ** 0.8 * top
    radii = (rng.uniform(0.05, 0.1, count) + 0.05 * (top - rise)).astype(np.float32)
    centres = np.stack([across, 0.25 - rise], -1).astype(np.float32)
    # Lower billows stand before higher ones.
    lift = (0.25 * (top - rise)).astype(np.float32)
    body, away, cover, _ = balls(x.astype(np.float32), y.astype(np.float32), centres, radii, lift)
    flat = smooth(0.285, 0.265, y)
    puff = noise(rng, size, 14, 2)
    height = body * 5 + 0.15 * puff
    tone = 0.35 + 0.5 * np.sqrt(1 - 0.9 * away**2) + 0.5 * (0.15 - y) * 0.6 + 0.12 * (puff - 0.5)
    return relief(height, tone, cover * flat * smooth(1.0, 0.9, away))


MOTIFS = (
    Motif("flames", _flames, ("ember", "sunset", "lagoon")),
    Motif("curls", _curls, ("gold", "copper", "dusk", "candy")),
    Motif("fur", _fur, ("bone", "rust", "orchid")),
    Motif("smoke", _smoke, ("ink", "opal", "dusk")),
    Motif("paint-swirls", _paint_swirls, ("candy", "peacock", "sea", "orchid")),
    Motif("sea-foam", _sea_foam, ("sea", "lagoon", "ice")),
    Motif("clouds", _clouds, ("opal", "sunset", "sea", "dusk")),
)
