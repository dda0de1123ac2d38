"""Hides and roofs of overlapping or tiling scales."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, noise, placed, smooth, waves
from dreamfolio.dream.pocket.drawing.lattices import bricks, chances, relief, shingles, voronoi
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _fish_scales(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.2)
    s = shingles(rng, x, y, 6, lambda q: np.sqrt(1 - q * q), aspect=0.5)
    rings = waves(rng.uniform(3, 5) * np.hypot(s.u, 2 * s.v - 1))
    rim = smooth(0.2, 0.04, s.edge)
    height = 0.25 + 0.5 * s.v + 0.25 * dome(s.u, 1.05) - 0.25 * smooth(0.08, 0.0, s.edge)
    tone = 0.2 + 0.4 * s.v + 0.15 * rings + 0.35 * rim + 0.25 * (s.chance - 0.5)
    return relief(height, tone)


def _dragon_scales(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.2)
    taper = rng.uniform(0.7, 1.1)
    s = shingles(rng, x, y, 4.5, lambda q: (1 - q) ** taper, aspect=0.75)
    keel = smooth(0.3, 0.0, np.abs(s.u))
    height = 0.65 * s.v + 0.35 * (1 - np.abs(s.u)) + 0.15 * keel
    dark = smooth(0.14, 0.02, s.edge)
    tone = 0.15 + 0.35 * s.v + 0.45 * keel * s.v - 0.3 * dark + 0.3 * (s.chance - 0.5)
    return relief(height - 0.3 * dark, tone + 0.1 * (s.u > 0))


def _pangolin(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.3, warp=0.22)
    s = shingles(rng, x, y, 3.6, lambda q: (1 - q**2.2) ** 0.8, aspect=0.55)
    grooves = waves(rng.uniform(5, 7) * s.u * (1.3 - 0.5 * s.v)) * smooth(0.95, 0.7, s.v)
    lip = smooth(0.12, 0.03, s.edge)
    height = 0.15 + 0.65 * s.v + 0.2 * dome(s.u, 1.1) + 0.1 * grooves - 0.15 * lip
    tone = 0.12 + 0.4 * s.v + 0.2 * grooves + 0.35 * lip + 0.15 * (s.chance - 0.5)
    return relief(height, tone)


def _snake_skin(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.4, warp=0.2)
    count = 9.0
    a, b = (x * 1.25 + y * 0.8) * count, (x * 1.25 - y * 0.8) * count
    i, j = np.floor(a), np.floor(b)
    edge = np.minimum(0.5 - np.abs(a - i - 0.5), 0.5 - np.abs(b - j - 0.5)) * 2
    keel = smooth(0.25, 0.0, np.abs((a - i) - (b - j)))
    # The great diamonds are coloured scale by scale, as a snake's are.
    across, along = (i + j + 1) / count / 2.5, (i - j) / count / 1.6
    wide = rng.uniform(1.5, 2.1)
    saddle = np.abs((across * wide + 0.5) % 1 - 0.5) + np.abs((along * 1.25 + 0.5) % 1 - 0.5)
    tone = 0.75 - 0.5 * smooth(0.46, 0.4, saddle) + 0.45 * smooth(0.24, 0.18, saddle)
    tone = tone - 0.35 * smooth(0.06, 0.02, np.abs(saddle - 0.47))
    height = 0.2 + 0.6 * dome(1 - edge, 1.0) + 0.15 * keel * edge
    tone = tone * (0.55 + 0.45 * smooth(0.05, 0.3, edge)) + 0.12 * (chances(rng, i, j) - 0.5)
    return relief(height, tone)


def _crocodile(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.2)
    # Broad plates along the back, ever smaller ones down the sides.
    x = (np.arcsinh(x * rng.uniform(3, 5)) / 2.2).astype(np.float32)
    x = x + 0.03 * (noise(rng, size, 7) - 0.5)
    s = bricks(rng, x, y + 0.03 * (noise(rng, size, 7) - 0.5), 5, aspect=0.75)
    ridge = smooth(0.5, 0.0, np.abs(s.u)) * smooth(0.0, 0.75, s.v)
    grain = noise(rng, size, 22, 2)
    seam = smooth(0.02, 0.3, s.edge)
    height = 0.45 * np.sqrt(seam) + 0.5 * ridge * seam + 0.12 * grain
    tone = 0.05 + 0.3 * seam + 0.4 * ridge * seam + 0.2 * grain + 0.25 * (s.chance - 0.5)
    return relief(height, tone)


def _roof_tiles(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, turn=0.4, warp=0.08)
    across = rng.uniform(5, 7)
    u, v = x * across, y * rng.uniform(4, 6)
    column = np.floor(u)
    side = 2 * (u - column) - 1
    hump = np.abs(side) < 0.62
    v = v + np.where(hump, 0.12 * side * side, 0.45)
    row = np.floor(v)
    along = v - row
    height = 0.5 * along + np.where(hump, 0.3 + 0.55 * dome(side, 0.62), 0.25 * (side**2 - 0.4))
    lip = smooth(0.84, 0.9, along)
    chance = chances(rng, row, column * 2 + hump)
    tone = 0.2 + 0.45 * chance + np.where(hump, 0.15, -0.1) + 0.25 * lip
    return relief(height - 0.2 * smooth(0.12, 0.0, along), tone - 0.2 * smooth(0.15, 0.0, along))


def _plumage(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.2)
    s = shingles(rng, x, y, 3.4, lambda q: (1 - q**2) ** 0.6, aspect=0.8)
    shaft = smooth(0.09, 0.03, np.abs(s.u))
    barbs = waves(9 * s.v - 4 * np.abs(s.u) + 0.3 * s.chance)
    eye = np.hypot(s.u, (s.v - 0.72) * 4)
    height = 0.5 * s.v + 0.3 * dome(s.u, 1.1) + 0.12 * barbs + 0.15 * shaft
    if rng.random() < 0.5:
        mark = 0.4 * smooth(0.75, 0.65, eye) - 0.65 * smooth(0.42, 0.34, eye)
    else:
        mark = 0.45 * smooth(0.4, 0.6, waves(rng.uniform(1.5, 2.5) * np.hypot(s.u, 2 * s.v)))
    tone = 0.2 + 0.15 * s.v + mark + 0.1 * barbs + 0.3 * shaft + 0.25 * smooth(0.12, 0.04, s.edge)
    return relief(height - 0.15 * smooth(0.06, 0.0, s.edge), tone)


def _turtle_shell(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.7), shift=0.12, warp=0.06)
    x = (x * rng.uniform(1.05, 1.3)).astype(np.float32)
    spine = np.array([(0, v) for v in (-0.34, -0.17, 0, 0.17, 0.34)])
    ribs = np.array([(s * 0.2, v) for s in (-1, 1) for v in (-0.255, -0.085, 0.085, 0.255)])
    angle = np.arange(22) * 2 * np.pi / 22
    margin = np.stack([0.4 * np.cos(angle), 0.46 * np.sin(angle)], -1)
    points = np.concatenate([spine, ribs, margin]).astype(np.float32)
    border, far, chance = voronoi(rng, x, y, points)
    out = np.hypot(x / 0.43, y / 0.49)
    seam = smooth(0.002, 0.014, border)
    rings = waves(border * rng.uniform(40, 60))
    rays = waves(np.arctan2(y, x) * 8) * smooth(0.0, 0.06, far)
    height = 0.5 * dome(out, 1.05) + 0.3 * np.sqrt(np.clip(border / 0.09, 0, 1)) * seam
    tone = 0.75 - 5.0 * far + 0.15 * rings + 0.25 * rays + 0.2 * (chance - 0.5)
    return relief(height + 0.1 * rings, np.clip(tone, 0.1, 1) * seam, smooth(1.01, 0.99, out))


MOTIFS = (
    Motif("fish-scales", _fish_scales, ("lagoon", "coral", "peacock")),
    Motif("dragon-scales", _dragon_scales, ("ember", "venom", "amethyst")),
    Motif("pangolin", _pangolin, ("copper", "bone", "dusk")),
    Motif("snake-skin", _snake_skin, ("venom", "sand", "candy")),
    Motif("crocodile", _crocodile, ("moss", "leaf", "rust")),
    Motif("roof-tiles", _roof_tiles, ("rust", "blood", "sunset")),
    Motif("plumage", _plumage, ("peacock", "orchid", "sea", "gold")),
    Motif("turtle-shell", _turtle_shell, ("gold", "leaf", "rust")),
)
