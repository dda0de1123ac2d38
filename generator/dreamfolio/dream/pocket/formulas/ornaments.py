"""Bands and nets that craftsmen repeat: keys, fans, paisley, and the traces of a circuit."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    placed,
    polar,
    smooth,
    stroke_distance,
    waves,
)
from dreamfolio.dream.pocket.drawing.geometry import bare, box, chance, form, over, repeated, ridge
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

_KEY = (
    "........",
    ".######.",
    ".#....#.",
    ".#.##.#.",
    ".#..#.#.",
    ".####.#.",
    "......#.",
    "#######.",
)


def _meander(rng: np.random.Generator, size: int) -> Relief:
    """The Greek key, in bands one over another, a bead moulding between."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.3, warp=0.06)
    cell = rng.uniform(0.05, 0.066)
    tall = 11 * cell
    v, row = repeated(y, tall)
    x = x * np.where(row % 2 > 0, -1, 1)
    key = np.array([[c == "#" for c in line] for line in _KEY])
    column, line = np.floor(x / cell).astype(int), np.floor(v / cell + 4).astype(int)
    on_band = (line >= 0) & (line < 8)
    # The distance to the middle lines of the key, which run from cell to cell.
    u, w = x / cell - column - 0.5, v / cell + 4 - line - 0.5
    far = np.full_like(x, 9.0)

    def filled(dx: int, dy: int) -> np.ndarray:
        return key[np.clip(line + dy, 0, 7), (column + dx) % 8] & (line + dy >= 0) & (line + dy < 8)

    here = filled(0, 0) & on_band
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        out, side = u * dx + w * dy, u * dy + w * dx
        arm = np.maximum(np.abs(side), -out)
        far = np.where(here & filled(dx, dy), np.minimum(far, arm), far)
    body = smooth(0.5, 0.28, far)
    rail = ridge(np.abs(v) - 4.55 * cell, 0.4 * cell)
    bead, _ = repeated(x / cell / 1.3, 1.0)
    bead = dome(np.hypot(bead * 1.3, (np.abs(v) - tall / 2) / cell), 0.55)
    height = np.maximum(np.maximum(0.8 * body, rail), bead)
    tone = np.where(body > 0.3, 0.75 + 0.2 * ridge(far, 0.2), 0.12) + 0.4 * rail + 0.6 * bead
    return form(height, tone)


def _deco_fans(rng: np.random.Generator, size: int) -> Relief:
    """Fans in overlapping rows, each of rays within rings."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.3, turn=0.4)
    radius = rng.uniform(0.28, 0.4)
    height, tone = np.zeros_like(x), np.zeros_like(x)
    rays = int(rng.integers(7, 12))
    above = np.floor(y / radius * 2)
    for base in (above + 1, above + 2):
        u, _ = repeated(x / (2 * radius) + np.where(base % 2 > 0, 0.5, 0.0), 1.0)
        r, a = np.hypot(2 * u, base / 2 - y / radius), np.arctan2(base / 2 - y / radius, 2 * u)
        ray, number = repeated(a / np.pi * rays + 0.5, 1.0)
        leaf = dome(np.abs(ray), 0.5) * smooth(0.3, 0.36, r) * smooth(0.82, 0.78, r)
        rings = ridge(r - 0.92, 0.08) + ridge(r - 0.25, 0.07) + dome(r, 0.14)
        raised = 0.2 + 0.5 * leaf + 0.55 * rings - 0.15 * r
        shade = 0.12 + (0.35 + 0.2 * (number % 2)) * leaf + 0.75 * rings
        front = r < 1
        height, tone = np.where(front, raised, height), np.where(front, shade, tone)
    return form(height, tone)


def _paisley(rng: np.random.Generator, size: int) -> Relief:
    """Curled drops, outline within outline, each with a flower at its heart."""
    page = bare(size, 0.05, 0.1)
    for _ in range(int(rng.integers(1, 4))):
        x, y = placed(rng, size, scale=(0.6, 1.25), shift=0.25)
        t = np.linspace(0, 1, 12)
        bend = rng.choice([-1, 1]) * (0.2 + 4.2 * t**1.6)
        path = np.cumsum(np.stack([np.sin(bend), -np.cos(bend)], -1) * (1 - 0.5 * t)[:, None], 0)
        path = path / np.ptp(path, axis=0).max() * 0.42 + (0, 0.2)
        far, along = stroke_distance(x, y, path.astype(np.float32))
        across = far / (0.21 * (1 - along) ** 0.8 + 0.012)
        rim = ridge(across - 0.9, 0.1)
        line = ridge(across - 0.62, 0.07)
        r, a = polar(x - path[0, 0], y - path[0, 1])
        pearls = waves(along * 16 + a * 1.6) * ridge(across - 0.76, 0.09)
        petals = smooth(0.0, 0.3, 0.06 + 0.03 * np.cos(a * 7) - r) + dome(r, 0.03)
        flower = smooth(0.0, 0.02, 0.07 + 0.035 * np.cos(a * 7) - r)
        height = 0.3 + 0.5 * rim + 0.35 * line + 0.4 * pearls + 0.4 * flower * (0.6 + petals)
        tone = 0.25 + 0.2 * smooth(0.6, 0.0, across) + 0.5 * rim + 0.4 * line + 0.5 * pearls
        tone = np.where(flower > 0.5, 0.7 + 0.3 * dome(r, 0.1) - 0.6 * smooth(0.03, 0.02, r), tone)
        page = over(page, form(height, tone, smooth(1.05, 0.98, across)))
    return page


def _circuit(rng: np.random.Generator, size: int) -> Relief:
    """Traces in bundles with 45-degree turns, pads at their ends, and chips with legs."""
    x, y = placed(rng, size, scale=(0.8, 1.4), shift=0.2, turn=0.0)
    if rng.random() < 0.5:
        x, y = y, x
    pitch = rng.uniform(0.045, 0.06)
    kink = rng.uniform(0.08, 0.16)
    start = rng.uniform(-0.3, 0.1)
    bent = y + np.clip(x - start, 0, kink) - np.clip(x - start - rng.uniform(0.2, 0.4), 0, kink)
    off, lane = repeated(bent, pitch)
    luck = chance(lane, rng.integers(0, 99))
    on = luck < 0.72
    gap = (luck * 7.3) % 1 - 0.5
    hole = np.abs(x - gap) - 0.07
    wire = ridge(off, pitch * 0.26) * on * (hole > 0)
    pad = np.hypot(hole, off)
    via = np.where(on, smooth(pitch * 0.5, pitch * 0.42, pad), 0.0)
    drill = np.where(on, smooth(pitch * 0.24, pitch * 0.16, pad), 0.0)
    copper = np.maximum(wire > 0, via)
    height = 0.15 + 0.4 * np.maximum(wire, via) - 0.5 * drill
    tone = 0.2 + 0.65 * copper - 0.7 * drill + 0.08 * waves(x * 3 + y * 2) * (1 - copper)
    for _ in range(int(rng.integers(1, 3))):
        cx, cy = rng.uniform(-0.35, 0.35, 2)
        half, high = rng.uniform(0.1, 0.17), rng.uniform(0.08, 0.15)
        u, v = x - cx, y - cy
        leg, _n = repeated(u, 0.045)
        legs = box(leg, v, 0.012, high + 0.035)
        legs = np.where(np.abs(u) < half - 0.01, legs, 9.0)
        body = box(u, v, half, high)
        tone = np.where(legs < 0, 0.95, tone)
        height = np.where(legs < 0, 0.55, height)
        rise = smooth(0.0, -0.02, body)
        mark = dome(np.hypot(u - half + 0.035, v - high + 0.035), 0.02)
        print_ = (np.abs(v) < 0.012) & (np.abs(u) < half * 0.6)
        height = np.where(body < 0, 0.6 + 0.5 * rise - 0.2 * mark, height)
        tone = np.where(body < 0, 0.04 + 0.1 * rise + 0.5 * print_ + 0.3 * mark, tone)
    return form(height, tone)


MOTIFS = (
    Motif("greek-key", _meander, ("bone", "sea", "copper")),
    Motif("deco-fans", _deco_fans, ("gold", "lagoon", "dusk")),
    Motif("paisley", _paisley, ("petal", "sunset", "peacock")),
    Motif("circuit-board", _circuit, ("leaf", "venom", "peacock")),
)
