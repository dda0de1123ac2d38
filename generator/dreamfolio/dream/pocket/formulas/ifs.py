"""Forms that hold smaller copies of themselves: gaskets, trees of squares, carpets."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, rounded, smooth, waves
from dreamfolio.dream.pocket.drawing.fractals import soft
from dreamfolio.dream.pocket.drawing.outlines import Path, filled, laid
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _sierpinski(rng: np.random.Generator, size: int) -> Relief:
    corners, _ = laid(rng, np.exp(2j * np.pi * np.arange(3) / 3), (0.85, 2.0), 0.15)
    depth = int(rng.integers(4, 6))
    shapes = [(corners, 255)]
    holes = corners[None]
    levels = []
    for level in range(depth):
        middles = (holes + np.roll(holes, -1, axis=1)) / 2
        levels += [(middle, 25 * level) for middle in middles]
        holes = np.concatenate([(holes + holes[:, k : k + 1]) / 2 for k in range(3)])
    picture = filled(size, shapes + levels, 3)
    solid = smooth(0.6, 0.95, picture)
    whole = smooth(0.02, 0.3, filled(size, shapes))
    floor = picture * (1 - solid)
    height = 0.75 * rounded(solid, 0.04) + 0.4 * floor
    tone = 0.4 * solid + 0.35 * soft(solid, 3) + 0.1 + 0.5 * floor
    return Relief(height.astype(np.float32), tone.astype(np.float32), whole)


def _pythagoras(rng: np.random.Generator, size: int) -> Relief:
    """Squares on the legs of a right triangle, again and again."""
    lean = rng.uniform(0.35, 0.65)
    legs = np.cos(np.pi / 2 * lean), np.sin(np.pi / 2 * lean)
    base = rng.uniform(0.17, 0.24)
    foot = np.array([rng.uniform(-0.1, 0.1) - base / 2 + 0.45j], complex)
    side = np.array([base * np.exp(1j * rng.uniform(-0.2, 0.2))], complex)
    shapes: list[tuple[Path, int]] = []
    for level in range(9):
        up = -1j * side
        squares = np.stack([foot, foot + side, foot + side + up, foot + up], 1)
        inner = squares.mean(1, keepdims=True) + 0.6 * (squares - squares.mean(1, keepdims=True))
        for square, core in zip(squares, inner, strict=True):
            shapes.append((square, 80 + 14 * level))
            if level < 6:
                shapes.append((core, 130 + 14 * level))
        left = side * legs[0] * np.exp(-1j * np.pi / 2 * lean)
        right = side - left
        foot = np.concatenate([foot + up, foot + up + left])
        side = np.concatenate([left, right])
    picture = filled(size, shapes)
    solid = smooth(0.05, 0.3, picture)
    height = 0.45 * rounded(solid, 0.05) + 0.5 * picture
    return Relief(height.astype(np.float32), np.clip(picture * 1.5 - 0.4, 0, 1), solid)


def _gasket(rng: np.random.Generator, size: int) -> Relief:
    """Apollonius' circles: each gap of three takes the one that touches all (Descartes)."""
    ratio = 2 / np.sqrt(3)
    spots = np.exp(2j * np.pi * np.arange(3) / 3 + 2j * np.pi * rng.random())
    bends = [-1.0] + [1 + ratio] * 3
    places = [0j, *(spots * (1 - 1 / (1 + ratio)))]
    queue: list[tuple[int, ...]] = [(0, 1, 2), (0, 2, 3), (0, 1, 3), (1, 2, 3)]
    # Of each trio that touch, the circle known to touch them: the next is the other one.
    seen: dict[tuple[int, ...], int] = {(0, 1, 2): 3, (0, 2, 3): 1, (0, 1, 3): 2, (1, 2, 3): 0}
    found = list(zip(places[1:], [1 / bend for bend in bends[1:]], strict=True))
    while queue and len(found) < 110:
        trio = queue.pop(0)
        old = seen[trio]
        bend = 2 * sum(bends[k] for k in trio) - bends[old]
        place = (2 * sum(bends[k] * places[k] for k in trio) - bends[old] * places[old]) / bend
        if bend > 45:
            continue
        bends.append(bend)
        places.append(place)
        found.append((place, 1 / bend))
        new = len(bends) - 1
        for gone in trio:
            after = tuple(sorted([k for k in trio if k != gone] + [new]))
            seen[after] = gone
            queue.append(after)
    return _balls(rng, size, found)


def _balls(rng: np.random.Generator, size: int, found: list[tuple[complex, float]]) -> Relief:
    x, y = placed(rng, size, scale=(0.36, 0.7), shift=0.2)
    height = np.zeros((size, size), np.float32)
    tone = np.full((size, size), 0.1, np.float32)
    rings = rng.uniform(1.5, 3.5)
    for number, (place, radius) in enumerate(found):
        far = np.hypot(x - place.real, y - place.imag) / np.float32(radius)
        inside = far < 1
        swell = dome(far[inside], 1.0)
        height[inside] = np.maximum(height[inside], swell * min(1, 0.35 + radius))
        tone[inside] = 0.2 + 0.15 * (number % 4) + 0.35 * waves(rings * far[inside])
    cover = smooth(1.02, 0.98, np.hypot(x, y))
    rim = np.exp(-(((np.hypot(x, y) - 1) / 0.03) ** 2))
    return Relief(soft((height + 0.3 * rim).astype(np.float32)), tone, cover)


def _carpet(rng: np.random.Generator, size: int) -> Relief:
    """Menger's sponge seen from the front: square holes around square holes, the larger deeper."""
    x, y = placed(rng, size, scale=(0.8, 1.8), shift=0.3, warp=0.1)
    height = np.ones((size, size), np.float32)
    tone = np.full((size, size), 0.7, np.float32)
    for level in range(3):
        cell = 3.0**-level
        u = np.abs((x / cell + 0.5) % 1 - 0.5)
        v = np.abs((y / cell + 0.5) % 1 - 0.5)
        hole = smooth(1 / 6 + 0.012 / cell, 1 / 6, np.maximum(u, v))
        lip = smooth(1 / 4, 1 / 6, np.maximum(u, v)) * (1 - hole)
        deep = (0.85, 0.6, 0.4)[level]
        height = np.minimum(height, 1 - deep * hole)
        tone = np.where(hole > 0, np.minimum(tone, 0.7 - 0.7 * deep * hole), tone + 0.12 * lip)
    return Relief(soft(height.astype(np.float32)), tone.astype(np.float32))


def _rosette(rng: np.random.Generator, size: int) -> Relief:
    """A kaleidoscope: mirrored wedges, folded over and over."""
    x, y = placed(rng, size, scale=(0.9, 1.8), shift=0.15)
    sides = int(rng.integers(5, 10))
    move, zoom = rng.uniform(0.12, 0.22), rng.uniform(1.35, 1.7)
    grown = 1.0
    tone = np.zeros((size, size), np.float32)
    height = np.zeros((size, size), np.float32)
    for level in range(4):
        r, angle = polar(x, y)
        wedge = np.abs((angle / (2 * np.pi) * sides) % 1 - 0.5) * 2 * np.pi / sides
        x, y = r * np.cos(wedge) - move, r * np.sin(wedge)
        x, y = (x * zoom).astype(np.float32), (y * zoom).astype(np.float32)
        grown *= zoom
        ball = dome(np.hypot(x, y), 0.13 + 0.03 * level)
        ball = ball * (1.05 - 0.2 * level)
        tone = np.where(ball > height, 0.08 + 0.22 * level, tone)
        height = np.maximum(height, ball)
        sides = max(3, sides - 1)
    veins = waves(np.hypot(x, y) * 2.2 / np.sqrt(grown))
    tone = np.where(height > 0.02, tone + 0.25 * height, 0.05 + 0.35 * veins)
    return Relief(soft(np.maximum(height, 0.3 * veins)), tone.astype(np.float32))


MOTIFS = (
    Motif("sierpinski-triangle", _sierpinski, ("gold", "rust", "amethyst")),
    Motif("pythagoras-tree", _pythagoras, ("leaf", "moss", "sunset")),
    Motif("apollonian-gasket", _gasket, ("opal", "candy", "copper")),
    Motif("menger-carpet", _carpet, ("rust", "sand", "dusk")),
    Motif("bead-rosette", _rosette, ("petal", "peacock", "orchid")),
)
