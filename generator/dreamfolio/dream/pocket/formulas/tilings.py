"""Tiles that fill the plane, each with an edge and a light of its own."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import chance, folded, form, repeated, ridge
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _girih(rng: np.random.Generator, size: int) -> Relief:
    """Stars in a square or a hexagonal net, their bands running on from one to the next."""
    x, y = placed(rng, size, scale=(1.0, 1.7), shift=0.3)
    square = rng.random() < 0.5
    count, period = (8, 0.42) if square else (6, 0.42)
    tall = period if square else period * np.sqrt(3)
    at = [(0.0, 0.0)] if square else [(0.0, 0.0), (period / 2, tall / 2)]
    cells = [(repeated(x + dx, period), repeated(y + dy, tall)) for dx, dy in at]
    (u, _), (v, _) = cells[0]
    if not square:
        (p, _), (q, _) = cells[1]
        closer = np.hypot(p, q) < np.hypot(u, v)
        u, v = np.where(closer, p, u), np.where(closer, q, v)
    r, a = polar(u, v)
    angle, _ = folded(a, count)
    lean = rng.uniform(0.85, 1.25) if square else rng.uniform(0.8, 1.2)
    edge = r * np.cos(np.abs(angle) - lean) - period / 2 * np.cos(lean)
    middle, _ = folded(a + np.pi / count, count)
    core = r * np.cos(np.abs(middle) - lean * 0.9) - period * 0.27 * np.cos(lean * 0.9)
    bands = np.maximum(ridge(edge, 0.026), ridge(core, 0.02))
    inlay = np.where(core < 0, 0.75, np.where(edge < 0, 0.35, 0.08))
    height = 0.8 * bands + 0.25 * smooth(0.0, 0.05, np.abs(edge)) * (edge < 0)
    return form(height, np.where(bands > 0.2, 0.55 + 0.45 * bands, inlay))


def _quasicrystal(rng: np.random.Generator, size: int) -> Relief:
    """Five families of parallel lines, whose crossings make stars that never repeat."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.5)
    level, edge = np.zeros_like(x), np.full_like(x, 9.0)
    pitch = rng.uniform(0.2, 0.29)
    for k in range(5):
        lean = k * np.pi * 2 / 5
        across = x * np.cos(lean) + y * np.sin(lean) + rng.uniform(0, 1) * pitch
        off, _ = repeated(across, pitch)
        edge = np.minimum(edge, pitch / 2 - np.abs(off))
        level = level + np.cos(2 * np.pi * across / pitch)
    facet = smooth(0.0, 0.02, edge)
    swell = np.clip((level + 2) / 6, 0, 1)
    tone = facet * (0.2 + 0.8 * swell) + (1 - facet) * 0.95 * swell
    return form(0.25 + 0.8 * facet * swell, tone)


def _cubes(rng: np.random.Generator, size: int) -> Relief:
    """Stacked cubes in isometry, some with a hollow."""
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, turn=0.5)
    step = rng.uniform(0.17, 0.24)
    wide, tall = step * np.sqrt(3), step * 3
    one = (repeated(x, wide), repeated(y, tall))
    two = (repeated(x + wide / 2, wide), repeated(y + tall / 2, tall))
    closer = np.hypot(one[0][0], one[1][0]) < np.hypot(two[0][0], two[1][0])
    u = np.where(closer, one[0][0], two[0][0]) / step
    v = np.where(closer, one[1][0], two[1][0]) / step
    name = chance(
        one[0][1] * closer + two[0][1] * ~closer, one[1][1] * closer + two[1][1] * ~closer
    )
    a = np.arctan2(v, u)
    tilt, face = folded(a + np.pi / 2, 3)
    r = np.hypot(u, v)
    down = r * np.cos(tilt)
    side = r * np.sin(tilt)
    # Each rhombus in coordinates along its own two edges, 0 to 1.
    p, q = down - side / np.sqrt(3), down + side / np.sqrt(3)
    rim = np.minimum(np.minimum(p, 1 - p), np.minimum(q, 1 - q))
    hollow = np.where(name < 0.5, smooth(0.22, 0.27, rim), 0.0)
    shade = np.where(np.abs(face) < 0.5, 0.8, np.where(face > 0, 0.5, 0.25))
    height = 1.0 - 0.75 * down + 0.3 * smooth(0.0, 0.1, rim) - 0.45 * hollow
    tone = shade + 0.15 * (name - 0.5) - 0.25 * hollow + 0.15 * smooth(0.1, 0.03, rim)
    return form(height * 0.9, tone)


def _truchet(rng: np.random.Generator, size: int) -> Relief:
    """Square tiles with two quarter rings, turned by chance: tubes that wind and close."""
    x, y = placed(rng, size, scale=(0.7, 1.6), shift=0.3)
    step = rng.uniform(0.17, 0.25)
    u, column = repeated(x / step, 1.0)
    v, row = repeated(y / step, 1.0)
    u = np.where(chance(column, row, rng.integers(0, 99)) < 0.5, u, -u)
    far = np.minimum(np.hypot(u + 0.5, v + 0.5), np.hypot(u - 0.5, v - 0.5))
    wide = rng.uniform(0.17, 0.27)
    off = far - 0.5
    body = ridge(off, wide)
    stripe = ridge(off, wide * rng.uniform(0.25, 0.45))
    tone = np.where(body > 0, 0.3 + 0.3 * body + 0.4 * stripe, 0.08 + 0.2 * (far < 0.5))
    return form(body, tone)


def _maze(rng: np.random.Generator, size: int) -> Relief:
    """Square tiles with a diagonal wall, one way or the other."""
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3)
    step = rng.uniform(0.11, 0.16)
    u, column = repeated(x / step, 1.0)
    v, row = repeated(y / step, 1.0)
    u = np.where(chance(column, row, rng.integers(0, 99)) < 0.5, u, -u)
    wall = np.abs(u - v) / np.sqrt(2)
    wall = np.minimum(wall, np.minimum(*(np.hypot(u - s, v + s) for s in (0.5, -0.5))))
    wide = rng.uniform(0.16, 0.22)
    block = smooth(wide, wide * 0.6, wall)
    return form(0.8 * block, 0.1 + 0.6 * block + 0.25 * ridge(wall, wide * 0.35))


def _pinwheel(rng: np.random.Generator, size: int) -> Relief:
    """Paper windmills in a net: folded vanes about pins."""
    x, y = placed(rng, size, scale=(0.7, 1.6), shift=0.3)
    step = rng.uniform(0.28, 0.4)
    u, column = repeated(x / step, 1.0)
    v, row = repeated(y / step, 1.0)
    hand = np.where((column + row) % 2 > 0, 1, -1)
    r, a = polar(u, v * hand)
    angle, vane = folded(a, 4)
    fx, fy = r * np.cos(angle), r * np.sin(angle)
    fold = fy > 0
    slope = np.where(fold, fx - fy, fx + fy) * 1.4
    rim = np.minimum(np.minimum(0.5 - fx, np.abs(fy)), fx - np.abs(fy) + 0.03)
    tint = chance(column, row, rng.integers(0, 99)) * 0.25
    shade = np.where(fold, 0.65, 0.15) + tint + 0.2 * slope + 0.1 * (vane % 2)
    pin = dome(r, 0.09)
    height = np.where(fold, 0.2 + 1.0 * slope, 0.15 + 0.15 * slope) * smooth(0.0, 0.03, rim + 0.02)
    return form(np.maximum(height, pin), np.where(pin > 0, 0.5 + 0.5 * pin, shade))


def _flower_of_life(rng: np.random.Generator, size: int) -> Relief:
    """Overlapping rings about a hexagonal net: lens-shaped petals, six and six."""
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3)
    radius = rng.uniform(0.25, 0.36)
    rings, count = np.zeros_like(x), np.zeros_like(x)
    for dx, dy in ((0.0, 0.0), (0.5, np.sqrt(3) / 2)):
        column = np.floor(x / radius - dx + 0.5)
        row = np.floor((y / radius - dy) / np.sqrt(3) + 0.5)
        for i in (-1, 0, 1):
            for j in (-1, 0, 1) if i == 0 else (0,):
                far = np.hypot(
                    x / radius - dx - column - i, y / radius - dy - (row + j) * np.sqrt(3)
                )
                rings = np.maximum(rings, ridge(far - 1, 0.075))
                count = count + smooth(1.04, 0.96, far)
    petal = smooth(3.4, 4.0, count)
    tone = np.where(rings > 0.15, 0.55 + 0.4 * rings, 0.1 + 0.5 * petal)
    return form(0.6 * rings + 0.5 * petal, tone)


def _mosaic(rng: np.random.Generator, size: int) -> Relief:
    """Small stones in courses that follow a bend, in bands of colour."""
    x, y = placed(rng, size, scale=(0.7, 1.4), shift=0.2, warp=0.35)
    r, a = polar(x, y + rng.uniform(0.1, 0.7))
    step = rng.uniform(0.075, 0.11)
    off, course = repeated(r / step, 1.0)
    around = np.maximum(np.round(2 * np.pi * course), 3)
    side, stone = repeated(a / (2 * np.pi) * around + chance(course), 1.0)
    lean = (chance(course, stone, 3) - 0.5) * 0.25
    edge = 0.5 - np.maximum(np.abs(off + lean * side), np.abs(side - lean * off))
    body = smooth(0.06, 0.2, edge)
    band = waves(course * rng.uniform(0.09, 0.16) + rng.random())
    tone = body * (0.15 + 0.6 * band + 0.25 * chance(course, stone, rng.integers(0, 99)))
    return form(body * (0.6 + 0.25 * chance(course, stone)), tone)


MOTIFS = (
    Motif("girih", _girih, ("lagoon", "peacock", "gold")),
    Motif("quasicrystal", _quasicrystal, ("amethyst", "ice", "venom")),
    Motif("stacked-cubes", _cubes, ("copper", "opal", "sea", "sunset")),
    Motif("truchet-tubes", _truchet, ("candy", "venom", "coral")),
    Motif("diagonal-maze", _maze, ("ink", "ember", "sand")),
    Motif("pinwheels", _pinwheel, ("candy", "sunset", "petal")),
    Motif("flower-of-life", _flower_of_life, ("gold", "dusk", "orchid")),
    Motif("mosaic", _mosaic, ("lagoon", "rust", "peacock")),
)
