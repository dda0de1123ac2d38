"""Creatures of the sea that live in rings: stars, urchins, anemones, jellyfish, octopuses."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import Points, dome, grid, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.marine import Skin, curve, formed, spokes, swept
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

Some = NDArray[Any]


def _starfish(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.14, warp=0.14)
    r, a = polar(x, y)
    arms = int(rng.choice([5, 5, 5, 6, 7]))
    away = spokes(a, arms) * np.pi / arms
    along, across = r * np.cos(away), r * np.sin(away)
    taper = np.clip(1 - along / 0.49, 0, 1)
    wide = 0.65 / arms * rng.uniform(0.9, 1.2) * taper**0.75 + 0.05 * np.sqrt(taper)
    t = np.maximum(across / np.maximum(wide, 1e-3), 0)
    t = np.minimum(t, r / 0.12)
    spine = np.exp(-((across / 0.022) ** 2)) * waves(rng.uniform(14, 19) * along)
    knob = waves(15 * along) * waves(15 * across + 0.25) * smooth(0.15, 0.4, t) * smooth(1, 0.7, t)
    margin = dome(np.abs(t - 0.9), 0.16) * waves(22 * along)
    height = 0.15 + 0.55 * dome(t, 1.05) + 0.3 * spine + 0.4 * knob * (t < 1) + 0.1 * margin
    tone = 0.3 + 0.12 * dome(t, 1) + 0.5 * spine + 0.7 * knob + 0.4 * margin - 0.15 * t
    return formed(height, tone, smooth(1.04, 0.96, t) * (wide > 0.008))


def _urchin(rng: np.random.Generator, size: int) -> Relief:
    middle = rng.uniform(-0.1, 0.1, 2)
    scale = np.exp(rng.uniform(-0.3, 0.4))
    tubes: list[tuple[Points, ArrayLike, Skin]] = []
    thick = rng.uniform(0.018, 0.03) * scale
    count = int(rng.integers(60, 85))
    tilt = np.sqrt((np.arange(count) + 0.5) / count)[::-1]
    angle = np.arange(count) * 2.39996 + rng.uniform(0, 6.28)
    bands = rng.integers(2, 5)
    for lean, heading in zip(tilt, angle, strict=True):
        way = np.array([np.cos(heading), np.sin(heading)])
        root, tip = middle + way * 0.2 * lean * scale, middle + way * (0.07 + 0.41 * lean) * scale
        path = np.linspace(root, tip, 2).astype(np.float32)
        tubes.append((path, np.linspace(thick, thick * 0.25, 12), _spine(lean, int(bands))))
    height, tone, cover = swept(size, tubes)
    x, y = grid(size)
    body = dome(np.hypot(x - middle[0], y - middle[1]), 0.26 * scale) * (1 - cover)
    return formed(height + 0.6 * body, tone + 0.25 * body, np.maximum(cover, smooth(0, 0.2, body)))


def _spine(lean: float, bands: int) -> Skin:
    def skin(along: Some, across: Some) -> tuple[Some, Some]:
        out = 0.9 - 0.75 * lean + 0.25 * along * (1 - lean)
        ring = waves(bands * along)
        return out + 0.3 * dome(across, 1.05), 0.1 + 0.45 * along + 0.4 * ring * dome(across, 1.2)

    return skin


def _anemone(rng: np.random.Generator, size: int) -> Relief:
    middle = rng.uniform(-0.12, 0.12, 2)
    scale = np.exp(rng.uniform(-0.25, 0.4))
    curl = rng.uniform(-1.6, 1.6)
    thick = rng.uniform(0.026, 0.038) * scale
    tubes: list[tuple[Points, ArrayLike, Skin]] = []
    rings = ((25, 0.16, 0.32, 0.1), (18, 0.12, 0.25, 0.35), (13, 0.085, 0.17, 0.55))
    for count, start, long, lift in rings:
        for heading in np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.random():
            heading = heading + rng.normal(0, 0.08)
            t = np.linspace(0, 1, 10)
            bends = (curl + rng.normal(0, 0.5)) * t**1.5
            way = np.array([np.cos(heading), np.sin(heading)]) * start * scale
            path = curve(tuple(middle + way), heading, bends, long * scale * rng.uniform(0.8, 1.1))
            width = thick * np.concatenate([np.linspace(1, 0.62, 9), [0.75, 0.6, 0.35]])
            tubes.append((path, width, _finger(lift)))
    height, tone, cover = swept(size, tubes)
    x, y = grid(size)
    r, a = polar((x - np.float32(middle[0])), (y - np.float32(middle[1])))
    t = r / (0.1 * scale)
    disc = smooth(1.05, 0.9, t)
    fold = waves(12 * a / (2 * np.pi)) * smooth(0.1, 0.5, t)
    mouth = smooth(0.25, 0.12, np.hypot((x - middle[0]), 2.2 * (y - middle[1])) / (0.1 * scale))
    under = smooth(0.2, 0.17, r / scale) * (1 - cover)
    height = height + under * 0.1
    height = height * (1 - disc) + disc * (0.45 + 0.15 * t + 0.2 * fold - 0.35 * mouth)
    tone = tone * (1 - disc) + disc * (0.35 + 0.4 * fold + 0.15 * t - 0.4 * mouth)
    return formed(height, tone, np.maximum(np.maximum(cover, under), disc))


def _finger(lift: float) -> Skin:
    def skin(along: Some, across: Some) -> tuple[Some, Some]:
        body = dome(across, 1.06)
        tip = smooth(0.8, 0.92, along)
        return (
            lift + 0.15 * np.sin(np.pi * along) + 0.4 * body,
            0.12 + 0.35 * body + 0.2 * along + 0.35 * tip * body,
        )

    return skin


def _brittle_star(rng: np.random.Generator, size: int) -> Relief:
    middle = rng.uniform(-0.12, 0.12, 2)
    scale = np.exp(rng.uniform(-0.1, 0.4))
    turn = rng.uniform(0, 6.28)
    rings = int(rng.integers(16, 24))
    tubes: list[tuple[Points, ArrayLike, Skin]] = []

    def skin(along: Some, across: Some) -> tuple[Some, Some]:
        plate = waves(rings * along)
        spine = smooth(0.5, 0.6, np.abs(across))
        body = dome(across, 0.6)
        height = 0.15 + 0.5 * body * (0.75 + 0.25 * plate) * (1 - spine) + 0.25 * spine * plate
        gap = 0.5 + 0.5 * np.sign(np.sin(8 * np.pi * along))
        tone = 0.2 + 0.4 * body + 0.25 * plate + 0.15 * gap
        return height, tone * (1 - spine) + spine * (0.1 + 0.85 * plate)

    for arm in range(5):
        t = np.linspace(0, 1, 24)
        bends = rng.uniform(0.7, 1.6) * np.sin(t * rng.uniform(5, 8) + rng.uniform(0, 6)) * t**0.5
        bends = bends + rng.uniform(-1.2, 1.2) * t**2
        heading = turn + arm * 2 * np.pi / 5
        path = curve(tuple(middle), heading, bends - bends[0], 0.62 * scale)
        tubes.append((path, np.linspace(0.068, 0.018, 12) * scale, skin))
    height, tone, cover = swept(size, tubes)
    x, y = grid(size)
    r, a = polar(x - np.float32(middle[0]), y - np.float32(middle[1]))
    t = r / (scale * (0.11 + 0.012 * np.cos(5 * (a - turn - np.pi / 5))))
    disc = smooth(1.03, 0.95, t)
    petal = smooth(0.5, 0.3, spokes(a - turn - 0.6, 5)) * smooth(0.25, 0.5, t) * smooth(1, 0.8, t)
    rosette = waves(2.4 * t) * 0.4
    height = height * (1 - disc) + disc * (0.55 + 0.3 * dome(t, 1.05) + 0.2 * petal)
    tone = tone * (1 - disc) + disc * (0.25 + rosette + 0.4 * petal)
    return formed(height, tone, np.maximum(cover, disc))


def _jellyfish(rng: np.random.Generator, size: int) -> Relief:
    scale = np.exp(rng.uniform(-0.25, 0.4))
    lean = rng.uniform(-0.7, 0.7)
    x, y = grid(size)
    shift = rng.uniform(-0.1, 0.1, 2)
    c, s = np.cos(lean) / scale, np.sin(lean) / scale
    x, y = x - np.float32(shift[0]), y - np.float32(shift[1])
    x, y = c * x + s * y, c * y - s * x + 0.13
    wide, high = rng.uniform(0.25, 0.32), rng.uniform(0.24, 0.3)
    tubes: list[tuple[Points, ArrayLike, Skin]] = []

    def thread(along: Some, across: Some) -> tuple[Some, Some]:
        return 0.1 + 0.3 * dome(across, 1.1) + 0 * along, 0.65 - 0.4 * along + 0.2 * dome(across, 1)

    def ruffle(along: Some, across: Some) -> tuple[Some, Some]:
        wave = waves(7 * along + 0.35 * across)
        return 0.3 + 0.35 * wave + 0.1 * dome(across, 1), 0.3 + 0.6 * wave * (1 - 0.4 * along)

    bends = np.linspace(0, 1, 14)
    sway, beat = rng.uniform(0.3, 0.7), rng.uniform(5, 8)
    for place in np.concatenate([np.linspace(-0.95, 0.95, 9), [-0.3, 0.3, 0.0]]):
        inner = len(tubes) >= 9
        at = np.array([place * wide, 0.01])
        bend = sway * np.sin(beat * bends + rng.uniform(0, 1.5)) - 0.3 * place * bends
        path = curve(tuple(at), np.pi / 2, bend, rng.uniform(0.42, 0.62) * (0.75 if inner else 1))
        path = path - (0, 0.13)
        back = np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
        path = (path * scale @ back + shift).astype(np.float32)
        if inner:
            tubes.append((path, np.linspace(0.055, 0.02, 12) * scale, ruffle))
        else:
            tubes.append((path, np.linspace(0.014, 0.007, 12) * scale, thread))
    height, tone, cover = swept(size, tubes)
    lobes = int(rng.integers(9, 14))
    around = np.arcsin(np.clip(x / wide, -1, 1))
    scallop = 0.035 * np.abs(np.sin(lobes / 2 * around))
    rim = y - scallop - 0.03 * dome(x, wide)
    t = np.where(y < 0, np.hypot(x / wide, y / high), np.abs(x) / wide)
    bell = smooth(1.02, 0.97, t) * smooth(0.012, -0.006, rim)
    lon = np.arcsin(np.clip(x / np.maximum(wide * dome(y, high), 0.02), -1, 1))
    rib = waves(lobes * lon / np.pi + 0.25)
    up = np.clip(-y / high, 0, 1)
    spot = smooth(0.4, 0.2, np.abs(up - 0.45)) * smooth(0.6, 0.85, rib)
    band = dome(np.abs(rim + 0.03), 0.03)
    body = 0.35 + 0.7 * dome(t, 1.03) + 0.12 * rib * (1 - up) + 0.15 * band
    shade = 0.25 + 0.3 * rib * (1 - up) + 0.3 * up + 0.3 * spot + 0.35 * band
    height = height * (1 - bell) + bell * body
    tone = tone * (1 - bell) + bell * shade
    return formed(height, tone, np.maximum(cover, bell))


MOTIFS = (
    Motif("starfish", _starfish, ("ember", "sunset", "amethyst")),
    Motif("sea-urchin", _urchin, ("amethyst", "ink", "petal")),
    Motif("anemone", _anemone, ("orchid", "venom", "candy")),
    Motif("brittle-star", _brittle_star, ("sand", "copper", "lagoon")),
    Motif("jellyfish", _jellyfish, ("opal", "dusk", "sea")),
)
