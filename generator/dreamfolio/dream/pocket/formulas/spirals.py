"""Lines that wind about a point: coils, arms, scrolls, and a helix."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    dome,
    placed,
    polar,
    smooth,
    stroke_distance,
    waves,
)
from dreamfolio.dream.pocket.drawing.geometry import folded, form, inside, repeated, ridge
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _coil(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.7), shift=0.15, warp=0.08)
    r, a = polar(x, y)
    pitch = rng.uniform(0.09, 0.14)
    off, turn = repeated(r / pitch - a / (2 * np.pi), 1.0)
    middle = pitch * (turn + a / (2 * np.pi))
    along = np.pi * middle**2 / pitch**2
    strands = waves(rng.uniform(2.0, 3.2) * along + off * rng.uniform(0.8, 1.4))
    body = dome(np.abs(off), 0.5)
    turns = rng.integers(3, 5)
    cover = smooth(0.02, 0.0, middle - turns * pitch) * smooth(0.5, 0.46, np.abs(off))
    height = body * (0.65 + 0.3 * strands)
    return form(height, 0.15 + 0.35 * body + 0.4 * strands + 0.05 * turn, cover)


def _spiral_arms(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15, warp=0.05)
    r, a = polar(x, y)
    arms = int(rng.integers(3, 8))
    u = np.log(r + 0.012)
    twist = rng.choice([-1, 1]) * rng.uniform(0.45, 1.1) * arms / 4
    off, _ = repeated(arms * a / (2 * np.pi) + twist * u, 1.0)
    ramp = off + 0.5
    blade = smooth(0.0, 0.14, ramp) * (1 - ramp) ** 0.8
    ribs = waves(rng.uniform(3, 5) * u * 1.6 - ramp * 0.7) * smooth(0.1, 0.3, ramp)
    height = blade * (0.8 + 0.3 * ribs) + 0.5 * dome(r, 0.05)
    tone = 0.1 + 0.75 * blade + 0.25 * ribs * (1 - blade) + 0.2 * smooth(0.06, 0.02, r)
    return form(height, tone, smooth(0.5, 0.46, r))


def _ball_spiral(rng: np.random.Generator, size: int) -> Relief:
    """Doyle's spiral: a hexagonal packing of balls, laid on the plane by the exponential."""
    x, y = placed(rng, size, scale=(0.9, 1.5), shift=0.2)
    r, a = polar(x, y)
    p, q = int(rng.integers(4, 10)), int(rng.integers(2, 8))
    corner = np.exp(1j * np.pi / 3)
    w = (np.log(r + 1e-4) + 1j * a) * ((p + q * corner) / (2j * np.pi))
    best = np.full(r.shape, 9.0)
    hue = np.zeros(r.shape)
    for at_x, at_y in ((0.0, 0.0), (0.5, np.sqrt(3) / 2)):
        column, row = np.round(w.real - at_x), np.round((w.imag - at_y) / np.sqrt(3))
        far = np.hypot(w.real - at_x - column, w.imag - at_y - row * np.sqrt(3))
        j = 2 * row + (at_x > 0)
        i = column - row
        hue = np.where(far < best, i * q - j * p, hue)
        best = np.minimum(far, best)
    ball = dome(best, 0.5)
    tone = 0.15 + 0.3 * ball + 0.45 * waves(hue * 0.371) + 0.1 * smooth(0.2, 0.1, best)
    return form(ball * np.minimum(1.0, 0.3 + 2.5 * r), tone, smooth(0.52, 0.47, best))


def _scroll(rng: np.random.Generator, size: int) -> Relief:
    """Two volutes at the ends of one stem, as an S or as a C."""
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.1)
    turn = np.linspace(0, 1, 27) ** 1.4 * rng.uniform(1.5, 1.9) * 2 * np.pi
    pace = np.exp(-rng.uniform(0.17, 0.22) * turn) * np.gradient(turn)
    half = np.cumsum(np.stack([np.cos(turn), np.sin(turn)], -1) * pace[:, None], axis=0)
    half = half + (rng.uniform(0.3, 0.45) * np.ptp(half[:, 0]), 0)
    other = half * (-1, rng.choice([-1, 1]))
    path = np.vstack([other[::-1], half])
    path = (path - (path.max(0) + path.min(0)) / 2) / np.ptp(path, axis=0).max() * 0.95
    points: Points = path.astype(np.float32)
    far, along = stroke_distance(x, y, points)
    middle = 1 - np.abs(2 * along - 1)
    width = 0.016 + rng.uniform(0.04, 0.055) * middle**0.7
    across = far / width
    groove = ridge(across - 0.45, 0.2)
    height = 0.9 * dome(across, 1.0) - 0.25 * groove
    eyes = np.maximum(*(dome(np.hypot(x - e[0], y - e[1]), 0.05) for e in (points[0], points[-1])))
    tone = 0.35 + 0.35 * middle - 0.35 * groove + 0.15 * dome(across, 0.4)
    cover = np.maximum(smooth(1.05, 0.9, across), smooth(0.0, 0.2, eyes))
    return form(np.maximum(height, eyes * 1.1), np.where(eyes > 0.1, 0.6 + 0.4 * eyes, tone), cover)


def _triskelion(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.1)
    r, a = polar(x, y)
    angle, _ = folded(a, 3)
    fx, fy = r * np.cos(angle) - 0.245, r * np.sin(angle)
    hand = int(rng.choice([-1, 1]))
    near, around = polar(fx, fy * hand)
    pitch = rng.uniform(0.055, 0.075)
    off, turn = repeated(near / pitch - around / (2 * np.pi), 1.0)
    coil = dome(np.abs(off), 0.42) * inside(near - 0.2)
    arm = dome(np.abs(off), 0.42)
    rim = ridge(r - 0.47, 0.03)
    knob = dome(r, 0.07)
    height = np.maximum(np.maximum(0.8 * coil, rim), knob)
    tone = 0.12 + 0.5 * arm * (coil > 0) + 0.1 * turn + 0.5 * np.maximum(rim, knob)
    return form(0.1 + height, tone, inside(r - 0.5))


def _helix_ribbon(rng: np.random.Generator, size: int) -> Relief:
    """A broad ribbon wound about an axis: its light side in front, its dark side behind."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.15, warp=0.25)
    pitch, swell = rng.uniform(0.2, 0.3), rng.uniform(0.0, 0.4)
    half = rng.uniform(0.19, 0.26) * (1 - swell * waves(x * rng.uniform(0.7, 1.3)))
    at = np.clip(y / half, -1, 1)
    lean, bulge = np.arcsin(at) / np.pi, np.sqrt(1 - at * at)
    height, tone = np.full_like(x, -0.3), np.zeros_like(x)
    cover = np.zeros_like(x)
    broad = rng.uniform(0.26, 0.34)
    for side, low in ((-1, 0.0), (1, 0.45)):
        off, _ = repeated(x / pitch + side * lean / 2 + (0.5 if side < 0 else 0.0), 1.0)
        on = inside(np.abs(off) - broad, 0.03) * (np.abs(y) < half)
        hem = ridge(np.abs(off) - broad * 0.82, 0.05)
        stripe = waves(off / broad * 1.5)
        raised = low + side * 0.5 * bulge + 0.15 * hem + 0.45 * (side < 0)
        shade = 0.1 + (0.4 + 0.2 * stripe) * (side > 0) + 0.25 * bulge * (side > 0) + 0.25 * hem
        height = height + (raised - height) * on
        tone = tone + (shade - tone) * on
        cover = np.maximum(cover, on)
    return form(height, tone, cover)


def _spiral_stair(rng: np.random.Generator, size: int) -> Relief:
    """A stair seen down its well: steps round and round, each turn smaller."""
    x, y = placed(rng, size, scale=(1.0, 1.7), shift=0.12)
    r, a = polar(x, y)
    shrink = rng.uniform(0.5, 0.64)
    off, _ = repeated(np.log(r + 1e-3) / -np.log(shrink) - a / (2 * np.pi) + 0.5, 1.0)
    t = off + 0.5
    steps = int(rng.integers(12, 20))
    step, number = repeated(a * steps / (2 * np.pi), 1.0)
    tread = 0.5 + step
    rail = ridge(t - 0.1, 0.1)
    height = 0.35 * tread + 0.25 * smooth(0.15, 0.4, t) + 0.7 * rail
    tone = 0.15 + 0.5 * tread * (0.4 + 0.6 * t) + 0.12 * (number % 2)
    tone = np.where(rail > 0, 0.55 + 0.4 * rail, tone) * smooth(0.0, 0.16, r)
    return form(height * smooth(0.0, 0.1, r), tone)


def _nested_squares(rng: np.random.Generator, size: int) -> Relief:
    """Polygons within polygons, each turned against the last: a spiral of straight lines."""
    x, y = placed(rng, size, scale=(0.9, 1.7), shift=0.12)
    sides = int(rng.choice([3, 4, 4, 5]))
    turn = rng.choice([-1, 1]) * rng.uniform(0.1, 0.22) * 4 / sides
    half = np.pi / sides
    shrink = np.cos(half) / np.cos(half - abs(turn))
    r, a = polar(x, y)
    within, level = np.zeros_like(r), np.zeros_like(r)
    side = 0.44
    for count in range(16):
        angle, _ = folded(a - count * turn, sides)
        gap = side - r * np.cos(angle)
        within = np.where(gap > 0, gap / side, within)
        level = np.where(gap > 0, count + 1, level)
        side *= shrink
    bevel = smooth(0.0, 0.13, within)
    height = bevel * 0.55 + 0.4 * smooth(0.3, 0.0, within)
    tone = 0.12 + 0.6 * (level % 2) * bevel + 0.3 * smooth(0.3, 0.05, within)
    return form(height, tone, level > 0)


MOTIFS = (
    Motif("coiled-rope", _coil, ("sand", "gold", "coral")),
    Motif("spiral-arms", _spiral_arms, ("dusk", "sunset", "peacock")),
    Motif("ball-spiral", _ball_spiral, ("candy", "amethyst", "lagoon")),
    Motif("scroll", _scroll, ("copper", "gold", "petal")),
    Motif("triskelion", _triskelion, ("moss", "copper", "ice")),
    Motif("helix-ribbon", _helix_ribbon, ("candy", "blood", "peacock", "sea")),
    Motif("spiral-stair", _spiral_stair, ("bone", "rust", "amethyst")),
    Motif("nested-squares", _nested_squares, ("ember", "sea", "orchid")),
)
