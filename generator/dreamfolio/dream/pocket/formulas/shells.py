"""Shells that wind: nautilus, ammonite and turban; and those with a pattern, cowrie and cone."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, noise, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.marine import fibres, formed, whorls
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _either_hand(rng: np.random.Generator, x: Field) -> Field:
    return x if rng.random() < 0.5 else -x


def _nautilus(rng: np.random.Generator, size: int) -> Relief:
    """Cut open: the wall of the spiral, and the curved walls of its chambers."""
    x, y = placed(rng, size, scale=(0.95, 1.9), shift=0.1)
    r, a = polar(_either_hand(rng, x) - 0.1, y + 0.03)
    within, turn = whorls(r, a, rng.uniform(2.5, 3.2))
    chambers = int(rng.integers(11, 18))
    part = np.mod(-turn * chambers + 1.2 * (within - 0.5) ** 2 * 2.2, 1)
    shut = smooth(-0.3, -0.33, turn)
    septum = dome(np.abs(part - 0.5), 0.13) * shut
    wall = dome(np.minimum(within, 1 - within), 0.13)
    ridge = np.maximum(septum, wall)
    hollow = (1 - ridge) * (0.35 + 0.65 * smooth(0.0, 0.5, np.mod(part + 0.5, 1)))
    tone = 0.95 * ridge + (1 - ridge) * (0.15 + 0.55 * np.mod(part + 0.5, 1) * shut + 0.12 * within)
    height = 0.25 + 0.75 * ridge - 0.25 * hollow + 0.15 * within
    return formed(height, tone, (turn < 0.0) * smooth(0.004, 0.012, r) + smooth(0.02, 0.01, r))


def _ammonite(rng: np.random.Generator, size: int) -> Relief:
    """From outside: whorls as round as ropes, with ribs that fork toward the rim."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.14)
    r, a = polar(_either_hand(rng, x), y)
    within, turn = whorls(r, a, rng.uniform(1.55, 1.95))
    count = int(rng.integers(20, 34))
    sweep = rng.uniform(0.3, 0.9) * (within - 0.5) ** 2
    fine = waves(count * turn + sweep)
    coarse = waves(count / 2 * turn + sweep / 2)
    fork = smooth(0.45, 0.65, within)
    rib = fine * fork + coarse * (1 - fork)
    swell = dome(np.abs(within - 0.5), 0.52)
    height = 0.1 + 0.65 * swell + 0.3 * rib * swell
    tone = 0.1 + 0.45 * rib * swell + 0.3 * swell + 0.15 * waves(1.5 * turn)
    return formed(height, tone, (turn < 0.0).astype(np.float32) * smooth(0.0, 0.012, r))


def _turban(rng: np.random.Generator, size: int) -> Relief:
    """From the side: whorls that widen downward, banded, with the dark of the mouth."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.1)
    x = _either_hand(rng, x)
    wide = rng.uniform(0.5, 0.85)
    down = np.maximum(y + 0.46 - 0.22 * x, 1e-3)
    growth = rng.uniform(1.35, 1.6)
    whorl = np.mod(np.log(down / 0.9) / np.log(growth), 1)
    bulge = dome(np.abs(whorl - 0.5), 0.55)
    half = wide * (down * 0.62) * (0.82 + 0.2 * bulge) * smooth(0.99, 0.82, down)
    t = np.abs(x) / np.maximum(half, 1e-3)
    around = np.arcsin(np.clip(x / np.maximum(half, 1e-3), -1, 1))
    cords = waves(rng.integers(3, 6) * whorl + 0.25)
    flames = waves(rng.uniform(1.4, 2.2) * around + 0.5 * whorl + rng.random())
    knobs = waves(2.6 * around) * smooth(0.3, 0.1, np.abs(whorl - 0.45))
    height = 0.55 * dome(t, 1.03) + 0.35 * bulge + 0.1 * cords + 0.12 * knobs - 0.1
    tone = 0.12 + 0.45 * bulge + 0.25 * smooth(0.35, 0.65, flames) + 0.18 * cords
    mouth = np.hypot((x - 0.1 * wide + 0.3 * (y - 0.27)) / (0.13 * wide + 0.015), (y - 0.27) / 0.14)
    lip = dome(np.abs(mouth - 1.08), 0.22)
    hole = smooth(1.02, 0.9, mouth)
    height = height * (1 - hole) + hole * (0.25 - 0.3 * dome(mouth, 1.1)) + 0.3 * lip * (1 - hole)
    tone = tone * (1 - hole) + hole * 0.6 * np.clip(0.5 + (x - 0.1 * wide) / (0.3 * wide), 0, 1)
    tone = tone + (0.95 - tone) * lip * 0.8
    cover = np.maximum(smooth(1.03, 0.96, t), smooth(1.3, 1.24, mouth)) * (down > 0.012)
    cover = cover * smooth(0.003, 0.01, half)
    return formed(height, tone, cover)


def _cowrie(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.14)
    r = np.hypot(x / (rng.uniform(0.27, 0.33) * (1 + 0.35 * y)), y / 0.44)
    middle = 0.03 * np.sin(5 * y + rng.uniform(-0.5, 0.5))
    off = x - middle
    slit = np.abs(off) - 0.032 * smooth(0.4, 0.3, np.abs(y)) * (1 + 0.8 * y)
    teeth = waves(rng.uniform(15, 22) * y + 0.5 * (off > 0))
    reach = np.exp(-((np.clip(slit, 0, 1) / 0.075) ** 2)) * smooth(0.42, 0.36, np.abs(y))
    bite = 0.022 * teeth
    hole = smooth(0.004, -0.008, slit + bite)
    spots = noise(rng, size, rng.uniform(9, 14))
    spots = smooth(0.5, 0.6, spots) * smooth(0.45, 0.7, r)
    height = 0.85 * dome(r, 1.02) + 0.3 * teeth * reach - 0.75 * hole - 0.15 * np.exp(-slit * 14)
    tone = 0.55 + 0.35 * dome(r, 1.0) - 0.45 * spots - 0.35 * (1 - teeth) * reach
    tone = tone + 0.35 * teeth * reach
    return formed(height, tone * (1 - 0.95 * hole), smooth(1.0, 0.96, r))


def _cone(rng: np.random.Generator, size: int) -> Relief:
    """Painted with tents, as the shells of the genus Conus are, by Wolfram's rule 30."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.1)
    x = _either_hand(rng, x)
    shoulder = -0.22
    half = rng.uniform(0.22, 0.3) * np.clip((0.46 - y) / 0.68, 0, 1) ** 0.85
    spire = rng.uniform(0.16, 0.22)
    half = np.where(y < shoulder, 0.97 * half.max() * (y - shoulder + spire) / spire, half)
    half = np.clip(half, 0, 0.3)
    t = np.abs(x) / np.maximum(half, 1e-3)
    rows, columns = 64, 64
    cells = np.zeros((rows, columns), np.float32)
    line = rng.random(columns) < 0.12
    for row in range(rows):
        cells[row] = line
        line = np.roll(line, 1) ^ (line | np.roll(line, -1))
    around = np.arcsin(np.clip(x / np.maximum(half, 1e-3), -1, 1)) / np.pi + 0.5
    coarse = rng.uniform(0.45, 0.8)
    row_at = np.clip(((y + 0.5) * rows * coarse), 0, rows - 1).astype(np.int64)
    column_at = np.clip(around * columns * coarse * 0.8, 0, columns - 1).astype(np.int64)
    tent = cells[row_at, column_at]
    step = np.mod((y + 0.1 * x - shoulder) * 17, 1)
    top = smooth(shoulder + 0.01, shoulder - 0.01, y)
    band = waves(3 * y + rng.random())
    height = 0.85 * dome(t, 1.02) + 0.05 * tent + top * 0.25 * (dome(np.abs(step - 0.5), 0.5) - 0.5)
    tone = 0.9 - 0.6 * tent - 0.18 * band
    tone = tone * (1 - top) + top * (0.85 - 0.6 * smooth(0.6, 0.9, step) - 0.3 * tent)
    lip = dome(np.abs(x - 0.75 * half), 0.03) * (1 - top)
    return formed(height - 0.35 * lip, tone - 0.4 * lip, smooth(1.04, 0.96, t) * (half > 0.004))


def _scallop(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.14)
    y = 0.38 - y
    r, a = np.hypot(x, y), np.arctan2(x, y)
    spread = rng.uniform(0.95, 1.15)
    ribs = int(rng.integers(9, 15)) + 0.5
    rib = waves(ribs * a / (2 * spread) + 0.25)
    edge = 0.76 * np.cos(np.clip(a * 0.62, -1.4, 1.4)) ** 0.8 + 0.03 * rib
    t = r / np.maximum(edge, 1e-3)
    fan = smooth(1.02, 0.99, t) * smooth(spread, spread - 0.04, np.abs(a))
    rings = waves(rng.uniform(5, 8) * t**1.6 + 0.06 * rib)
    ear = np.maximum(np.abs(x) / 0.2 - 0.25 * y, np.abs(y - 0.055) / 0.075)
    ear_on = smooth(1.03, 0.95, ear) * (1 - fan)
    height = 0.1 + 0.5 * dome(np.abs(t - 0.42), 0.62) + 0.35 * rib * smooth(0.05, 0.5, t)
    tone = 0.15 + 0.35 * rib + 0.3 * smooth(0.3, 0.7, rings) + 0.2 * t
    height = height * fan + ear_on * (0.3 + 0.15 * waves(28 * x))
    tone = tone * fan + ear_on * (0.35 + 0.35 * waves(28 * x))
    return formed(height + 0.06 * rings * fan, tone, np.maximum(fan, ear_on))


def _limpet(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.16, warp=0.05)
    x = x * rng.uniform(1.0, 1.3)
    r, a = polar(x, y)
    count = int(rng.integers(9, 16))
    rib = waves(count * a / (2 * np.pi) + rng.random()) ** 0.8
    fine = fibres(rng, a, count * 3)
    edge = 0.37 + rng.uniform(0.035, 0.07) * rib + 0.012 * fine
    t = r / edge
    ring = np.mod(rng.uniform(4, 7) * t + 0.25 * rib, 1)
    peak = smooth(0.2, 0.1, t)
    height = 1.05 * (1 - t) + 0.28 * rib * smooth(0.1, 0.6, t) + 0.1 * ring + 0.1 * fine * t
    tone = 0.15 + 0.45 * rib * t + 0.25 * ring + 0.15 * fine + peak * (0.5 - 0.2 * ring)
    return formed(height, tone, smooth(1.01, 0.97, t))


MOTIFS = (
    Motif("nautilus", _nautilus, ("bone", "sunset", "coral", "opal")),
    Motif("ammonite", _ammonite, ("rust", "copper", "gold")),
    Motif("turban-shell", _turban, ("opal", "lagoon", "petal")),
    Motif("cowrie", _cowrie, ("sand", "flesh", "amethyst")),
    Motif("cone-shell", _cone, ("copper", "ember", "bone")),
    Motif("scallop", _scallop, ("coral", "sunset", "orchid")),
    Motif("limpet", _limpet, ("moss", "ice", "candy")),
)
