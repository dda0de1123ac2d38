"""What the ground is made of: stone, sand, lava, ice, mud."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    noise,
    normal,
    placed,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.lattices import relief, voronoi
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _marble(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.5)
    u = x + 0.25 * (noise(rng, size, 4, 3) - 0.5)
    v = y + 0.25 * (noise(rng, size, 4, 3) - 0.5)
    cloud = noise(rng, size, 2.5, 4)
    tone = 0.5 + 0.5 * cloud
    height = 0.6 + 0.2 * cloud
    for count, width in ((1.3, 0.22), (2.6, 0.13), (4.5, 0.1)):
        lean = rng.uniform(-0.5, 0.5)
        line = np.abs((count * (v + lean * u) + 0.2 * cloud + rng.random()) % 1 * 2 - 1)
        # A vein is dark at its core, hazed about, and comes and goes.
        some = noise(rng, size, 3) ** 0.5
        vein = smooth(1.0, 0.0, line / (0.6 * width * some + 0.02))
        tone = tone - 0.6 * vein * some - 0.25 * smooth(3 * width, 0.0, line) * some
        height = height - 0.3 * vein
    return relief(height, tone)


def _strata(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, turn=0.6)
    fold = 0.25 * rng.uniform(0.3, 1) * np.sin(x * rng.uniform(3, 7) + rng.uniform(0, 6))
    fold = fold + 0.08 * noise(rng, size, 3, 2, stretch=2)
    fault = np.where(x > rng.uniform(-0.2, 0.2) + 0.3 * y, rng.uniform(-0.14, 0.14), 0)
    level = (y + fold + fault + 2) * rng.uniform(7, 11)
    level = level + 0.7 * np.sin(level * 1.3)
    layer = np.floor(level)
    shade = rng.random(97, np.float32)[layer.astype(int) % 97]
    hard = rng.random(97, np.float32)[layer.astype(int) % 97]
    inside = level - layer
    grain = noise(rng, size, 14, 2, stretch=4)
    height = 0.15 + 0.5 * hard * dome(2 * np.abs(inside - 0.5), 1.1) + 0.25 * grain
    tone = 0.1 + 0.75 * shade + 0.2 * (grain - 0.5) - 0.2 * smooth(0.15, 0.0, inside)
    return relief(height + 0.2 * smooth(0.6, 0.95, inside) * hard, tone)


def _dunes(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.25)
    count = rng.uniform(5, 8)
    phase = (
        y * count + 1.4 * noise(rng, size, 2.5) + 0.5 * noise(rng, size, 5) + 0.3 * np.sin(6 * x)
    )
    saw = phase % 1
    crest = np.where(saw < 0.72, (saw / 0.72) ** 1.4, (1 - saw) / 0.28)
    ripple = waves(x * rng.uniform(16, 24) + 3 * noise(rng, size, 3) + phase * 0.7)
    ripple = ripple * (saw < 0.72)
    tone = 0.25 + 0.5 * crest + 0.12 * ripple - 0.25 * (saw > 0.74)
    return relief(0.85 * crest + 0.1 * ripple * crest, tone)


def _cobbles(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.12)
    points = scattered(rng, rng.uniform(3.5, 5.5), even=0.68)
    border, _, chance = voronoi(rng, x, y, points)
    rough = noise(rng, size, 16, 3)
    body = np.sqrt(np.clip((border - 0.008) / 0.06, 0, 1))
    stone = smooth(0.005, 0.02, border)
    specks = smooth(0.62, 0.8, noise(rng, size, 30))
    height = 0.8 * body + 0.2 * (rough - 0.5) * stone
    tone = (0.2 + 0.55 * chance + 0.25 * (rough - 0.3) - 0.2 * specks) * stone + 0.08
    return relief(height, tone + 0.1 * body)


def _cracked_mud(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2)
    x = x + 0.05 * (noise(rng, size, 8, 2) - 0.5)
    y = y + 0.05 * (noise(rng, size, 8, 2) - 0.5)
    border, _, chance = voronoi(rng, x, y, scattered(rng, rng.uniform(2.5, 3.5), even=0.55))
    small, _, _ = voronoi(rng, x, y, scattered(rng, 7, even=0.5))
    plate = smooth(0.006, 0.02, border)
    curl = smooth(0.09, 0.015, border)
    hair = smooth(0.006, 0.0, small) * (1 - curl)
    height = plate * (0.4 + 0.5 * curl) - 0.2 * hair
    grain = noise(rng, size, 24, 2)
    tone = plate * (0.35 + 0.35 * curl + 0.15 * grain + 0.2 * (chance - 0.5)) - 0.2 * hair
    return relief(height, tone + 0.06)


def _lava(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, warp=0.4)
    x = x + 0.1 * (noise(rng, size, 6, 2) - 0.5)
    y = y * rng.uniform(1.0, 1.8) + 0.1 * (noise(rng, size, 6, 2) - 0.5)
    border, _, chance = voronoi(rng, x, y.astype(np.float32), scattered(rng, 3.6, even=0.4))
    wide = 0.01 + 0.04 * noise(rng, size, 2)
    glow = 1 - np.clip(border / (1.6 * wide), 0, 1)
    crust = smooth(0.0, 1.0, (border - wide) / 0.012)
    ropy = waves(border * rng.uniform(18, 26) + 1.2 * noise(rng, size, 6, 2))
    height = crust * (0.45 + 0.25 * ropy + 0.2 * np.sqrt(np.clip(border / 0.1, 0, 1)))
    bright = 0.6 + 0.45 * glow - 0.1 * waves(y * 8 + 3 * noise(rng, size, 4))
    tone = np.where(crust > 0.5, 0.04 + 0.14 * ropy + 0.5 * glow + 0.08 * chance, bright)
    return relief(height, tone)


def _ice_cracks(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.25)
    tone = 0.3 + 0.3 * noise(rng, size, 3, 2)
    height = 0.3 + 0.2 * noise(rng, size, 4)
    for across, deep in ((1.6, 1.0), (2.6, 0.6)):
        u = x + 0.12 / across * (noise(rng, size, 9, 2) - 0.5)
        v = y + 0.12 / across * (noise(rng, size, 9, 2) - 0.5)
        border, _, chance = voronoi(rng, u, v, scattered(rng, across, even=0.25))
        line = smooth(0.012 * deep, 0.0, border)
        # A crack is a white wall going down aslant: its haze lies on one side of it.
        wall = np.clip(1 - border / 0.09, 0, 1) * (chance > 0.4) * deep
        tone = (
            tone + 0.7 * line * deep + 0.35 * wall * (0.4 + 0.6 * noise(rng, size, 22, stretch=3))
        )
        tone = tone + 0.2 * deep * (chance - 0.5)
        height = height + 0.35 * deep * chance - 0.3 * line
    bubbles = smooth(0.74, 0.86, noise(rng, size, 26))
    return relief(normal(height) * 0.9 + 0.2 * bubbles, tone + 0.3 * bubbles)


MOTIFS = (
    Motif("marble", _marble, ("opal", "leaf", "bone", "ink")),
    Motif("strata", _strata, ("rust", "sunset", "candy")),
    Motif("dunes", _dunes, ("sand", "dusk", "gold")),
    Motif("cobbles", _cobbles, ("ink", "moss", "flesh")),
    Motif("cracked-mud", _cracked_mud, ("sand", "rust", "opal")),
    Motif("lava", _lava, ("ember", "blood", "sunset")),
    Motif("ice-cracks", _ice_cracks, ("ice", "sea", "lagoon")),
)
