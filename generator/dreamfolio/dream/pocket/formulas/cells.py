"""Coats and skins made of cells: plants', bubbles, hides, wings' veins."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    nearest,
    noise,
    placed,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.lattices import balls, relief, voronoi
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _plant_cells(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.25)
    y = (y * rng.uniform(1.0, 1.6)).astype(np.float32)
    points = scattered(rng, 4.2, even=0.65)
    border, far, chance = voronoi(rng, x, y, points)
    wall = smooth(0.016, 0.006, border)
    grains = points + rng.uniform(-0.04, 0.04, points.shape).astype(np.float32)
    core, _, _ = nearest(x, y, grains)
    nucleus = dome(core, 0.045)
    spot = smooth(0.022, 0.014, core)
    rim = smooth(0.035, 0.018, border) * (1 - wall)
    height = 0.45 * np.sqrt(np.clip(border / 0.08, 0, 1)) + 0.3 * wall + 0.4 * nucleus
    tone = 0.25 + 0.3 * chance + 0.25 * rim + 1.2 * far * (1 - wall)
    tone = np.where(nucleus > 0, 0.9 - 0.75 * spot, tone * (1 - wall) + 0.08 * wall)
    return relief(height, tone)


def _bubbles(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.25)
    count = 75
    sizes = (0.02 + 0.16 * rng.random(count) ** 2.6).astype(np.float32)
    centres = rng.uniform(-0.72, 0.72, (count, 2)).astype(np.float32)
    _, away, cover, index = balls(x, y, centres, sizes, 0.6 - 2 * sizes)
    hue = rng.random(count, np.float32)[index]
    dx, dy = x - centres[index, 0], y - centres[index, 1]
    lit = rng.uniform(0, 2 * np.pi)
    toward = (np.cos(lit) * dx + np.sin(lit) * dy) / sizes[index]
    # A soap film: thin and dark in the middle, rimmed, with a window mirrored on each side.
    rim = smooth(0.72, 0.95, away)
    window = smooth(0.28, 0.2, np.abs(away - 0.68)) * smooth(0.45, 0.6, np.abs(toward))
    film = waves(1.3 * away + 0.5 * toward + hue)
    tone = 0.12 + 0.3 * film + 0.55 * rim + 0.4 * window * (toward > 0) + 0.2 * window
    height = 0.85 * dome(away, 1.02) * cover
    return relief(height, np.where(cover > 0, tone, 0.03))


def _giraffe(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.2)
    x = x + 0.035 * (noise(rng, size, 7, 2) - 0.5)
    y = y * 0.85 + 0.035 * (noise(rng, size, 7, 2) - 0.5)
    border, far, chance = voronoi(
        rng, x, y.astype(np.float32), scattered(rng, rng.uniform(3, 4), even=0.6)
    )
    patch = smooth(0.012, 0.024, border)
    hair = noise(rng, size, 34, stretch=4)
    star = smooth(0.08, 0.0, far) * noise(rng, size, 8, 2)
    height = 0.5 * patch * np.sqrt(np.clip(border / 0.05, 0, 1)) + 0.12 * hair + 0.3
    tone = 0.92 - patch * (0.45 + 0.25 * chance + 0.3 * star) + 0.1 * (hair - 0.5)
    return relief(height, tone)


def _leopard(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.25)
    x = x + 0.022 * (noise(rng, size, 8, 2) - 0.5)
    y = (y + 0.022 * (noise(rng, size, 8, 2) - 0.5)).astype(np.float32)
    points = scattered(rng, rng.uniform(4, 5), even=0.62)
    far, _, index = nearest(x, y, points)
    wide = rng.uniform(0.06, 0.085, len(points)).astype(np.float32)[index]
    radius = far / wide
    angle = np.arctan2(y - points[index, 1], x - points[index, 0])
    parts = rng.integers(2, 5, len(points))[index]
    gap = waves(angle / (2 * np.pi) * parts + rng.random(len(points), np.float32)[index])
    ring = smooth(0.36, 0.24, np.abs(radius - 0.78)) * smooth(0.02, 0.12, gap)
    dots = smooth(0.78, 0.84, noise(rng, size, 18)) * (radius > 1.25)
    dark = np.maximum(ring, dots)
    hair = noise(rng, size, 36, stretch=4)
    tone = 0.8 - 0.25 * smooth(0.8, 0.5, radius) - 0.72 * dark + 0.15 * (hair - 0.5)
    return relief(0.4 + 0.25 * dark + 0.15 * hair + 0.15 * dome(radius, 1.2), tone)


def _zebra(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.3)
    phase = rng.uniform(5, 7) * y + 1.1 * noise(rng, size, 2) + 0.7 * np.abs(x) ** 1.3
    # Where both noises pass their middle the angle winds once about: there stripes fork.
    across, along = noise(rng, size, 2.6) - 0.5, noise(rng, size, 2.6) - 0.5
    angle = np.arctan2(across, along) / (2 * np.pi)
    stripe = np.sin(2 * np.pi * (phase + angle))
    black = smooth(-0.12, 0.12, stripe - 0.15 * np.sin(9 * x))
    shadow = smooth(-0.75, -0.95, stripe)
    hair = noise(rng, size, 36, stretch=3)
    tone = 0.92 - 0.85 * black - 0.2 * shadow + 0.12 * (hair - 0.5)
    return relief(0.35 + 0.25 * black * dome(1 - np.clip(stripe, 0, 1), 1.0) + 0.2 * hair, tone)


def _dragonfly_wing(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.95, 1.9), shift=0.12, warp=0.06)
    place = np.clip(x + 0.5, 0, 1)
    upper = -0.2 - 0.03 * np.sin(3 * place)
    lower = upper + 0.5 * np.sqrt(place * (1.03 - place)).clip(0) * (1.1 - 0.35 * place) * 1.6
    inside = np.minimum(y - upper, lower - y)
    points = scattered(rng, 8, even=0.6)
    border, _, chance = voronoi(rng, x, (y * 1.1).astype(np.float32), points)
    down = np.clip((y - upper) / (lower - upper + 1e-3), 0, 1)
    long = np.abs((down * 5 + 0.3 * np.sin(4 * place)) % 1 - 0.5) * (lower - upper) / 5
    front = dome(y - upper - 0.018, 0.02) + dome(np.abs(y - upper - 0.065), 0.012)
    vein = np.maximum(dome(border, 0.007), np.maximum(dome(long, 0.009), np.minimum(front, 1)))
    vein = np.maximum(vein, dome(np.abs(inside), 0.014))
    spot = smooth(0.06, 0.05, np.abs(x - 0.28)) * smooth(0.045, 0.035, np.abs(y - upper - 0.035))
    sheen = waves(1.2 * x + 1.5 * down + 0.5 * noise(rng, size, 3))
    tone = 0.35 + 0.5 * sheen + 0.3 * (chance - 0.5)
    tone = tone * (1 - smooth(0.2, 0.6, vein)) + 0.06 - 0.3 * spot
    wing = smooth(-0.012, -0.004, inside) * (x < 0.5)
    return relief(0.25 + 0.5 * vein + 0.15 * sheen, tone, wing * (1 - 0.2 * (vein < 0.2)))


MOTIFS = (
    Motif("plant-cells", _plant_cells, ("leaf", "venom", "petal")),
    Motif("bubbles", _bubbles, ("opal", "sea", "lagoon", "amethyst")),
    Motif("giraffe", _giraffe, ("sand", "rust", "sunset")),
    Motif("leopard", _leopard, ("gold", "sand", "coral")),
    Motif("zebra", _zebra, ("ink", "bone", "candy")),
    Motif("dragonfly-wing", _dragonfly_wing, ("ice", "peacock", "opal")),
)
