"""What waves draw: ripples that cross, sounding plates, light under water, eddies in smoke."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import grid, noise, normal, placed, smooth, waves
from dreamfolio.dream.pocket.drawing.fractals import density, soft
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _f32(field: object) -> Field:
    return np.asarray(field, np.float32)


def _ripples(rng: np.random.Generator, size: int) -> Relief:
    """Rings about two to four stones that fell, each through the others."""
    x, y = grid(size)
    total = np.zeros((size, size), np.float32)
    many = int(rng.integers(2, 5))
    pitch = rng.uniform(7, 15)
    for _ in range(many):
        at_x, at_y = rng.uniform(-0.45, 0.45, 2)
        r = np.hypot(x - at_x, y - at_y)
        total += np.cos(2 * np.pi * pitch * (r - rng.random() * 0.1)) * np.exp(-1.6 * r)
    level = normal(total)
    crest = smooth(0.6, 0.95, level)
    tone = 0.1 + 0.5 * level + 0.4 * crest
    return Relief(level, _f32(tone))


def _moire(rng: np.random.Generator, size: int) -> Relief:
    """Two combs of fine lines laid askew: broad ghosts of rings and bands between them."""
    x, y = placed(rng, size, shift=0.25, warp=0.04)
    pitch = rng.uniform(14, 20)
    away = rng.uniform(0.06, 0.16)
    if rng.random() < 0.6:
        first, second = np.hypot(x - away, y), np.hypot(x + away, y)
    else:
        turn = rng.uniform(0.12, 0.3)
        first = x + 0.6 * y * y
        second = x * np.cos(turn) + y * np.sin(turn) - 0.6 * y * y
    one, other = waves(pitch * first), waves(pitch * second)
    ghost = waves(pitch * (first - second))
    lines = one * other
    height = 0.55 * lines + 0.4 * ghost
    tone = 0.05 + 0.5 * ghost + 0.45 * np.maximum(one, other) * (0.4 + 0.6 * ghost)
    return Relief(_f32(height), _f32(tone))


def _chladni(rng: np.random.Generator, size: int) -> Relief:
    """Sand that gathers where a sounding plate is still."""
    x, y = placed(rng, size, scale=(0.65, 1.3), shift=0.12)
    n = int(rng.integers(3, 7))
    m = n + int(rng.choice([-2, 2, 4]))
    if rng.random() < 0.6:
        swing = np.cos(n * np.pi * (x + 0.5)) * np.cos(m * np.pi * (y + 0.5))
        sign = rng.choice([-1, 1])
        swing = swing + sign * np.cos(m * np.pi * (x + 0.5)) * np.cos(n * np.pi * (y + 0.5))
        plate = np.maximum(np.abs(x), np.abs(y))
    else:
        r = np.hypot(x, y)
        swing = np.cos(2 * n * np.arctan2(y, x)) * np.sin(np.pi * 2 * r) + np.cos(m * np.pi * 2 * r)
        plate = r
    slope_y, slope_x = np.gradient(swing)
    far = np.abs(swing) / (np.hypot(slope_x, slope_y) * size + 0.8)
    sand = soft(smooth(0.03, 0.008, far))
    whole = smooth(0.51, 0.49, plate)
    height = 0.25 * np.abs(swing) / 2 + 0.75 * sand
    tone = 0.1 + 0.25 * np.abs(swing) / 2 + 0.7 * sand
    return Relief(_f32(height * whole), _f32(tone), whole)


def _caustics(rng: np.random.Generator, size: int) -> Relief:
    """The net of light on the floor of a pool: where bent rays come together."""
    n = 230
    axis = np.linspace(-0.75, 0.75, n)
    x, y = np.meshgrid(axis, axis)
    swell = noise(rng, n, rng.uniform(4, 7), 2)
    slope_y, slope_x = np.gradient(swell, axis, axis)
    # The rays of an even grid would show as a grid where the light is dim.
    x, y = np.stack([x, y]) + rng.uniform(-0.003, 0.003, (2, n, n))
    deep = rng.uniform(0.018, 0.03)
    light, _ = density(size, x + deep * slope_x, y + deep * slope_y, swell)
    bright = smooth(0.55, 1.0, soft(light))
    depth = noise(rng, size, 2)
    height = 0.25 * depth + 0.75 * soft(bright)
    tone = 0.12 + 0.2 * depth + 0.7 * bright
    return Relief(_f32(height), _f32(tone))


def _contours(rng: np.random.Generator, size: int) -> Relief:
    """A land in terraces, as maps and rice fields have it."""
    land = noise(rng, size, rng.uniform(2, 3.5), 2)
    steps = float(rng.integers(6, 11))
    level = land * steps
    part = level - np.floor(level)
    slope_y, slope_x = np.gradient(level)
    slope = np.hypot(slope_x, slope_y) + 0.02
    rise = np.clip((part - 1) / slope / 2.2 + 1, 0, 1)
    height = 1.3 * (np.floor(level) + rise) / steps
    edge = soft(_f32(np.clip(1 - np.minimum(part, 1 - part) / slope / 1.3, 0, 1)))
    tone = 0.1 + 0.75 * np.floor(level) / steps + 0.3 * edge
    return Relief(soft(_f32(height)), _f32(tone))


def _vortices(rng: np.random.Generator, size: int) -> Relief:
    """Smoke behind a pillar: eddies to the left and right by turns, winding the stream up."""
    x, y = placed(rng, size, scale=(0.7, 1.3), shift=0.15)
    gap = rng.uniform(0.28, 0.4)
    apart = rng.uniform(0.08, 0.13)
    start = rng.random()
    for number in range(-4, 5):
        side = 1 if number % 2 else -1
        at_x, at_y = (number + start) * gap, side * apart
        dx, dy = x - np.float32(at_x), y - np.float32(at_y)
        angle = side * rng.uniform(5, 8) * np.exp(-(dx * dx + dy * dy) / (0.42 * gap) ** 2)
        c, s = np.cos(angle), np.sin(angle)
        x, y = at_x + c * dx - s * dy, at_y + s * dx + c * dy
    threads = waves(rng.uniform(5, 8) * y)
    stream = np.exp(-((y / 0.22) ** 2))
    height = 0.6 * threads + 0.4 * stream
    tone = 0.08 + 0.4 * threads + 0.5 * stream
    return Relief(soft(_f32(height)), _f32(tone))


MOTIFS = (
    Motif("ripples", _ripples, ("sea", "lagoon", "dusk")),
    Motif("moire", _moire, ("ink", "candy", "venom")),
    Motif("chladni-figure", _chladni, ("gold", "ink", "copper")),
    Motif("caustics", _caustics, ("lagoon", "sea", "peacock")),
    Motif("contour-terraces", _contours, ("leaf", "sunset", "sand")),
    Motif("vortex-street", _vortices, ("coral", "sea", "flesh")),
)
