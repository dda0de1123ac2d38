"""What hangs and runs: folded cloth and melting drips."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, noise, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.lattices import relief
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _folds(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2, turn=0.9, warp=0.25)
    if rng.random() < 0.5:
        # Gathered at a pin, falling open like a fan.
        radius, angle = polar(x, y + 0.6)
        lane = angle * rng.uniform(3.5, 5) + 0.4 * noise(rng, size, 2.5) + 0.5 * np.sin(4 * radius)
    else:
        # Hung from two pins: swags one below the other.
        sag = rng.uniform(1.2, 2.2)
        lane = (y + sag * x * x) * rng.uniform(4, 6) + 0.5 * noise(rng, size, 2)
    lane = lane + 0.12 * np.sin(2 * np.pi * lane + 1)
    fold = np.abs(np.sin(np.pi * lane))
    crest = fold**0.7
    second = np.abs(np.sin(np.pi * (2.3 * lane + 0.7 * noise(rng, size, 2)))) ** 0.8
    hem = waves(lane * 0.5)
    height = 0.75 * crest + 0.25 * second * fold
    tone = 0.1 + 0.55 * crest + 0.15 * second + 0.2 * hem
    return relief(height, tone)


def _drips(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12, turn=0.3, warp=0.05)
    brim = rng.uniform(-0.4, -0.22) + 0.03 * np.sin(x * 9 + rng.uniform(0, 6))
    # Distances run together where drips meet the brim, as a liquid's skin does.
    total = np.exp(-(y - brim) / 0.022)
    count = int(rng.integers(5, 9))
    places = np.linspace(-0.6, 0.6, count) + rng.uniform(-0.03, 0.03, count)
    for place in places:
        wide, long = rng.uniform(0.04, 0.075), rng.uniform(0.15, 0.72)
        end = brim.mean() + long
        down = np.clip((y - brim.mean()) / long, 0, 1)
        neck = np.abs(x - place) - wide * (0.75 - 0.25 * waves(down * 0.5 - 0.25))
        neck = np.where(y < end, neck, np.hypot(x - place, y - end) - 0.5 * wide)
        drop = np.hypot((x - place) * 1.1, y - end) - wide
        skin = np.minimum(neck, drop)
        total = total + np.exp(-np.clip(skin, -0.12, 0.4) / 0.022)
        if rng.random() < 0.35:
            fallen = np.hypot(x - place, (y - end - rng.uniform(0.13, 0.2)) * 0.75) - 0.75 * wide
            total = total + np.exp(-np.clip(fallen, -0.12, 0.4) / 0.012)
    inside = 0.022 * np.log(total)
    body = np.sqrt(np.clip(inside / 0.05, 0, 1))
    glint = smooth(0.25, 0.1, np.abs(inside - 0.03) / 0.03) * waves(x * 3 + 2 * y)
    bands = waves(inside * 22 + y * 1.5)
    tone = 0.15 + 0.4 * body + 0.12 * bands + 0.35 * glint
    height = 0.8 * body * (0.75 + 0.25 * dome(np.abs(y - 0.2), 0.9))
    return relief(height, tone, smooth(-0.003, 0.006, inside))


MOTIFS = (
    Motif("draped-folds", _folds, ("blood", "petal", "amethyst", "sand")),
    Motif("drips", _drips, ("candy", "venom", "gold", "blood")),
)
