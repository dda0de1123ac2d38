"""Lights of the sky: galaxies, nebulae, lightning, aurora."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    blur,
    drawn,
    noise,
    normal,
    placed,
    polar,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.fractals import soft
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _f32(field: object) -> Field:
    return np.asarray(field, np.float32)


def _stars(rng: np.random.Generator, size: int, many: int) -> Field:
    """Points of light, few of them large."""
    field = np.zeros((size, size), np.float32)
    spots = rng.integers(0, size, (2, many))
    field[spots[0], spots[1]] = rng.random(many) ** 2 * 2
    return np.clip(soft(field) * 2.5, 0, 1)


def _galaxy(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15)
    y = y / np.float32(rng.uniform(0.5, 1))
    r, angle = polar(x, y)
    arms, wind = int(rng.integers(2, 5)), rng.choice([-1, 1]) * rng.uniform(0.5, 0.9)
    clumps = noise(rng, size, 9, 3)
    phase = arms * angle / (2 * np.pi) + wind * arms * np.log(r + 0.03) * 0.9
    arm = waves(phase + 0.25 * (clumps - 0.5)) ** 1.6
    lane = waves(phase + 0.22) ** 6
    fade = np.exp(-((r / 0.42) ** 2))
    core = np.exp(-((r / 0.09) ** 2))
    light = arm * (0.6 + 0.9 * clumps) * fade
    knots = smooth(0.62, 0.85, clumps) * arm * fade
    stars = _stars(rng, size, 50)
    height = 0.6 * light + 0.7 * core + 0.35 * knots - 0.2 * lane * fade + 0.3 * stars
    tone = 0.02 + 0.65 * light + 0.75 * core + 0.4 * knots - 0.15 * lane * fade + 0.7 * stars
    return Relief(_f32(np.clip(height, -0.3, 1.4)), _f32(np.clip(tone, 0, 1)))


def _nebula(rng: np.random.Generator, size: int) -> Relief:
    """Pillars of lit cloud before a glow, with stars."""
    x, y = placed(rng, size)
    ridged = np.zeros((size, size), np.float32)
    for octave in range(3):
        ridged += (1 - np.abs(2 * noise(rng, size, 2.5 * 2**octave) - 1)) ** 2 / 2**octave
    ridged = normal(ridged)
    billow = noise(rng, size, 3, 4)
    glow = np.exp(-6 * (x * x + y * y + 0.3 * (billow - 0.5)))
    dark = smooth(0.5, 0.62, billow)
    stars = _stars(rng, size, 25) * (1 - 0.8 * dark)
    height = 0.55 * ridged + 0.5 * dark * billow + 0.4 * stars
    tone = 0.05 + 0.55 * ridged * (1 - dark) + 0.4 * glow * (1 - 0.7 * dark) + 0.8 * stars
    return Relief(_f32(height), _f32(np.clip(tone, 0, 1)))


def _lightning(rng: np.random.Generator, size: int) -> Relief:
    strokes: list[tuple[list[tuple[float, float]], float]] = []

    def bolt(x: float, y: float, heading: float, length: float, width: float) -> None:
        path = [(x, y)]
        gone = 0.0
        while gone < length:
            step = float(rng.uniform(0.03, 0.07))
            way = heading + float(rng.normal(0, 0.55))
            x, y = x + step * np.cos(way), y + step * np.sin(way)
            path.append((float(x), float(y)))
            gone += step
            if width > 0.007 and rng.random() < 0.4:
                side = heading + float(rng.choice([-1, 1]) * rng.uniform(0.4, 0.9))
                bolt(x, y, side, 0.5 * (length - gone) + 0.08, width * 0.55)
        strokes.append((path, width))

    for _ in range(int(rng.integers(1, 3))):
        down = np.pi / 2 + rng.uniform(-0.4, 0.4)
        bolt(float(rng.uniform(-0.3, 0.3)), -0.55, down, 1.2, float(rng.uniform(0.016, 0.03)))
    mark = drawn(size, strokes)
    glow = soft(blur(mark, 0.03))
    clouds = noise(rng, size, 4, 3)
    light = np.clip(3.5 * glow, 0, 1)
    height = 0.35 * clouds + 0.75 * np.maximum(soft(mark), 0.4 * light)
    tone = 0.03 + 0.22 * clouds + 0.4 * light + 0.5 * mark
    return Relief(_f32(height), _f32(np.clip(tone, 0, 1)))


def _aurora(rng: np.random.Generator, size: int) -> Relief:
    """Curtains of light, sharp below and drawn out upward, folded along their way."""
    x, y = placed(rng, size, turn=0.35, scale=(0.8, 1.5))
    tone = 0.08 * noise(rng, size, 2, 2) + _stars(rng, size, 30)
    height = 0.3 * tone
    for number in range(int(rng.integers(2, 4))):
        fold = rng.uniform(0.05, 0.13)
        pitch, phase = rng.uniform(1, 2.2), rng.uniform(0, 6)
        hem = 0.28 - 0.3 * number + fold * np.sin(2 * np.pi * pitch * x + phase)
        hem = hem + 0.35 * fold * np.sin(2 * np.pi * 2.7 * pitch * x + 2 * phase)
        above = hem - y
        lie = x + 0.25 * fold * np.cos(2 * np.pi * pitch * x + phase)
        rays = np.interp(lie * 40 % 64, np.arange(65), rng.random(65))
        length = 0.12 + 0.3 * rays
        veil = smooth(-0.012, 0.012, above) * np.exp(-np.maximum(above, 0) / length)
        height = np.maximum(height, veil * (0.5 + 0.5 * rays))
        tone = np.maximum(tone, veil * (0.45 + 0.55 * rays))
    return Relief(soft(_f32(height)), _f32(np.clip(tone, 0, 1)))


MOTIFS = (
    Motif("spiral-galaxy", _galaxy, ("dusk", "sea", "sunset")),
    Motif("nebula", _nebula, ("petal", "candy", "peacock")),
    Motif("lightning", _lightning, ("amethyst", "ice", "venom")),
    Motif("aurora", _aurora, ("venom", "lagoon", "orchid")),
)
