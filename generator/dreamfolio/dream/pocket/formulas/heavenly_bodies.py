"""Suns, planets, moons, a hole in the light."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, noise, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _f32(field: object) -> Field:
    return np.asarray(field, np.float32)


def _sunburst(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.2)
    r, angle = polar(x, y)
    rays, disc = int(rng.integers(9, 19)), rng.uniform(0.1, 0.18)
    curl = rng.choice([0.0, 0.0, 1.0]) * rng.uniform(-0.25, 0.25)
    turn = angle / (2 * np.pi) * rays + curl * 12 * r
    part = np.abs(turn - np.round(turn)) * 2
    other = np.round(turn) % 2
    reach = np.where(other > 0, 0.32, 0.46) if rays % 2 == 0 else np.float32(0.42)
    width = np.clip((reach - r) / (reach - disc), 0, 1)
    beam = smooth(width, width - 0.12, part) * (r > disc)
    crest = np.clip(1 - part / np.maximum(width, 0.02), 0, 1) * beam
    sun = smooth(disc + 0.008, disc - 0.008, r)
    rim = np.exp(-(((r - disc * 0.8) / 0.012) ** 2)) * sun
    height = np.maximum(0.75 * dome(r, disc * 1.05), 0.55 * crest * width**0.4) + 0.2 * rim
    tone = 0.25 * beam + 0.45 * crest + 0.2 * beam * other
    tone = tone * (1 - sun) + sun * (0.45 + 0.45 * waves(r / disc * 1.5)) + 0.05
    return Relief(_f32(height), _f32(tone), _f32(np.maximum(beam, sun)))


def _planet(rng: np.random.Generator, size: int) -> Relief:
    """A banded ball with storms, its ring before and behind it."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15)
    radius = 0.27
    r = np.hypot(x, y) / radius
    ball = smooth(1.02, 0.98, r)
    lift = dome(r, 1.0)
    swirl = 0.16 * (noise(rng, size, 6, 2) - 0.5)
    latitude = np.arcsin(np.clip(y / radius + 0.25 * lift, -1, 1)) + swirl
    bands = np.interp(latitude, np.linspace(-1.7, 1.7, 19), rng.random(19))
    spot = np.hypot((x / radius - rng.uniform(-0.4, 0.4)) * 1.0, y / radius - 0.35) / 0.2
    bands = np.where(spot < 1, 0.15 + 0.8 * waves(spot), bands)
    tilt = rng.uniform(0.15, 0.4)
    far = np.hypot(x, y / tilt)
    ring = smooth(0.34, 0.36, far) * smooth(0.5, 0.48, far)
    gaps = np.interp(far, np.linspace(0.34, 0.5, 12), rng.uniform(0.25, 1, 12))
    front = ring * np.where((y > 0) | (r > 1), 1, 0)
    height = lift * ball * (1 - front) + front * (0.55 + 0.3 * gaps)
    tone = (0.1 + 0.75 * bands) * (1 - front) + front * (0.2 + 0.75 * gaps)
    shade = np.exp(-(((y / tilt / 0.36 + 0.6) / 0.2) ** 2)) * ball * (1 - front)
    return Relief(_f32(height), _f32(tone - 0.3 * shade), _f32(np.maximum(ball, front)))


def _moon(rng: np.random.Generator, size: int) -> Relief:
    """A moon with craters, most of it in its own shadow."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12)
    radius = 0.42
    r = np.hypot(x, y) / radius
    height = 0.6 * dome(r, 1.0) + 0.08 * noise(rng, size, 9, 3)
    tone = 0.5 + 0.3 * noise(rng, size, 3, 3)
    for _ in range(26):
        hole = radius * float(0.04 + 0.2 * rng.random() ** 3)
        at_x, at_y = rng.uniform(-radius, radius, 2)
        far = np.hypot(x - at_x, y - at_y) / hole
        near = far < 1.5
        bowl = -0.9 * smooth(0.95, 0.2, far[near]) + np.exp(-(((far[near] - 1.05) / 0.2) ** 2))
        height[near] += np.float32(2.2 * hole) * bowl
        tone[near] += 0.16 * bowl
    offset = rng.uniform(0.35, 0.9) * radius
    bite = smooth(0.98, 1.06, np.hypot(x - offset, y) / (radius * 0.97))
    whole = smooth(1.02, 0.98, r)
    return Relief(
        _f32(np.clip(height, -0.4, 1.4) * bite),
        _f32(np.clip(tone, 0, 1)),
        _f32(whole * bite),
    )


def _eclipse(rng: np.random.Generator, size: int) -> Relief:
    """A black disc before the sun, its corona in streamers."""
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.15)
    r, angle = polar(x, y)
    disc = 0.17
    around = np.interp(angle, np.linspace(-np.pi, np.pi, 49), np.resize(rng.random(48), 49))
    broad = 0.5 + 0.5 * np.cos(2 * angle + 0.6 * np.sin(3 * angle))
    reach = 0.05 + 0.09 * around + 0.14 * broad
    outside = np.maximum(r - disc, 0)
    flame = np.exp(-outside / reach)
    threads = waves(angle / (2 * np.pi) * 46 + 3 * around + 2 * r) * smooth(0.0, 0.12, outside)
    dark = smooth(disc + 0.006, disc - 0.006, r)
    ring = np.exp(-((outside / 0.016) ** 2))
    light = flame * (1 - 0.45 * threads)
    height = (0.6 * light + 0.4 * ring) * (1 - dark) + 0.25 * dark * dome(r, disc)
    tone = (0.8 * light + 0.25 * ring) * (1 - dark)
    cover = np.maximum(smooth(0.06, 0.3, flame), dark)
    return Relief(_f32(height), _f32(np.clip(tone, 0, 1)), _f32(cover))


def _black_hole(rng: np.random.Generator, size: int) -> Relief:
    """A dark ball, light bent round it, and the disc of glowing threads it feeds on."""
    x, y = placed(rng, size, scale=(1.1, 2.2), shift=0.15)
    r = np.hypot(x, y)
    tilt = rng.uniform(0.16, 0.34)
    hole = 0.13
    disc = np.hypot(x, y / tilt)
    threads = np.interp(disc, np.linspace(0.15, 0.5, 26), rng.uniform(0.2, 1, 26))
    spread = smooth(0.17, 0.2, disc) * smooth(0.52, 0.34, disc)
    front = spread * ((y > 0) | (r > hole * 1.25))
    bent = np.interp(r, np.linspace(0.13, 0.24, 9), rng.uniform(0.3, 1, 9))
    halo = smooth(hole - 0.005, hole + 0.012, r) * smooth(hole * 1.85, hole * 1.2, r)
    halo = halo * (1 - front)
    dark = smooth(hole + 0.004, hole - 0.004, r) * (1 - front)
    beam = 0.8 + 0.35 * np.sin(np.arctan2(y, x))
    height = front * (0.35 + 0.5 * threads) + halo * (0.3 + 0.55 * bent)
    height = height + 0.15 * dark * dome(r, hole)
    tone = (front * (0.35 + 0.65 * threads) + halo * (0.4 + 0.6 * bent)) * beam
    cover = np.maximum(np.maximum(front, halo), dark)
    return Relief(_f32(height), _f32(np.clip(tone, 0, 1)), _f32(cover))


MOTIFS = (
    Motif("sunburst", _sunburst, ("gold", "ember", "sunset")),
    Motif("ringed-planet", _planet, ("copper", "sand", "opal")),
    Motif("crescent-moon", _moon, ("bone", "ink", "gold")),
    Motif("eclipse", _eclipse, ("ember", "ice", "coral")),
    Motif("black-hole", _black_hole, ("ember", "amethyst", "gold")),
)
