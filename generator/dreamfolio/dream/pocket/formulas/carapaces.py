"""Armour of plates and tests: trilobite, chiton, barnacles, sand dollar."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    nearest,
    noise,
    placed,
    polar,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.marine import fibres, formed, spokes
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _trilobite(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.72, 1.5), shift=0.12, warp=0.06)
    wide = rng.uniform(0.24, 0.3)
    half = wide * np.where(
        y < -0.14,
        np.sqrt(np.clip(1 - ((y + 0.14) / 0.31) ** 2, 0, 1)) * 1.1,
        np.clip(1 - ((y + 0.14) / 0.6) ** 2, 0, 1) ** 0.6,
    )
    axis = 0.36 * half + 0.012
    off = np.abs(x)
    rings = rng.uniform(19, 26)
    slant = y - 0.35 * np.clip(off - axis, 0, 1) - 0.5 * np.clip(axis - off, 0, 1)
    segment = np.mod(slant * rings, 1)
    plate = dome(np.abs(segment - 0.55), 0.6) * smooth(0.0, 0.12, segment)
    thorax = smooth(-0.155, -0.14, y - 0.15 * (off - 0.1))
    spiny = half + 0.05 * plate * thorax * smooth(0.42, 0.2, y)
    spiny = np.where(y > 0.44, 0, spiny)
    t = off / np.maximum(spiny, 1e-3)
    lobe = dome(off, axis)
    pleura = dome(np.abs(off - (axis + half) / 2), (half - axis) / 2 + 0.01)
    bulb = np.hypot(x / 0.1, (y + 0.28) / 0.14)
    cheek = np.hypot((off - 0.15) / 0.045, (y + 0.25 + 0.3 * (off - 0.15)) / 0.075)
    furrow = waves(18 * y) * smooth(1.0, 0.8, bulb) * smooth(0.02, 0.05, off)
    rim = dome(np.abs(t - 0.95), 0.09)
    head = 0.2 + 0.5 * dome(bulb, 1.0) + 0.5 * dome(cheek, 1.0) + 0.25 * rim - 0.12 * furrow
    lens = waves(60 * y) * waves(60 * x) * smooth(1, 0.9, cheek)
    head_tone = 0.2 + 0.35 * dome(bulb, 1.0) + 0.3 * rim - 0.2 * furrow
    head_tone = head_tone + (0.75 - head_tone + 0.25 * lens) * smooth(1, 0.8, cheek)
    body = 0.1 + 0.45 * lobe + 0.25 * pleura + 0.35 * plate
    body_tone = 0.12 + 0.3 * lobe + 0.45 * plate + 0.15 * waves(rings / 4 * y)
    height = thorax * body + (1 - thorax) * head
    tone = thorax * body_tone + (1 - thorax) * head_tone
    return formed(height, tone, smooth(1.04, 0.97, t) * (half > 0.01))


def _chiton(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.12, warp=0.12)
    t = np.hypot(x / rng.uniform(0.25, 0.31), y / 0.45)
    inner = t / rng.uniform(0.74, 0.82)
    bend = rng.uniform(0.3, 0.6)
    at = (y - bend * np.abs(x) + 0.4) * 10
    valve = np.mod(at, 1)
    number = np.clip(np.floor(at) + 3, 0, 15).astype(np.int64)
    shade = rng.uniform(-0.15, 0.2, 16).astype(np.float32)[number]
    keel = dome(np.abs(x), 0.1)
    growth = waves(4 * valve + 2 * np.abs(x))
    wedge = smooth(-0.02, 0.03, np.abs(x) - 0.16 * (1 - valve) - 0.02)
    ribs = waves(rng.uniform(34, 46) * x) * (1 - wedge)
    on = smooth(1.02, 0.97, inner)
    scales = waves(26 * t) * waves(34 * np.arctan2(y, x) / (2 * np.pi) * 2)
    girdle = dome(np.abs(t - 0.88), 0.16)
    height = on * (0.3 + 0.35 * dome(inner, 1.05) + 0.4 * valve + 0.15 * keel + 0.06 * ribs)
    height = height + (1 - on) * (0.1 + 0.4 * girdle + 0.2 * scales)
    tone = 0.15 + shade + 0.45 * valve + 0.2 * keel + 0.2 * wedge * growth + 0.15 * ribs
    stripe = smooth(0.4, 0.6, waves(9 * np.arctan2(y, x) / np.pi))
    tone = on * tone + (1 - on) * (0.2 + 0.35 * stripe + 0.4 * scales)
    return formed(height, tone, smooth(1.02, 0.98, t))


def _barnacles(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, warp=0.14)
    step = rng.uniform(2.1, 4.2)
    points = scattered(rng, step, even=0.65)
    r, second, index = nearest(x, y, points)
    number = len(points)
    lean = (rng.uniform(-0.12, 0.12, (number, 2)) / step)[index]
    to_x, to_y = x - points[index, 0], y - points[index, 1]
    a = np.arctan2(to_y, to_x) + rng.uniform(0, 6, number)[index]
    border = (second - r) * step
    radius = r * step
    plates = spokes(a, 6)
    ridges = fibres(rng, a, 26)
    top_x, top_y = (to_x - lean[..., 0]) * step, (to_y - lean[..., 1]) * step
    to_top = np.hypot(top_x, top_y)
    opening = (rng.uniform(0.16, 0.25, number))[index]
    top = to_top / (opening * (1 + 0.12 * np.cos(6 * np.arctan2(top_y, top_x))))
    hole = smooth(1.05, 0.9, top)
    seam = smooth(0.82, 0.96, plates)
    slope = dome(radius, 0.62)
    lids = dome(np.abs(np.abs(top_x) / opening - 0.38), 0.36) * dome(to_top, opening * 0.95)
    foot = smooth(0.0, 0.1, border)
    height = 0.15 + 0.75 * slope + 0.16 * ridges * foot - 0.25 * seam
    height = foot * height * (1 - hole) + hole * (0.0 + 0.5 * lids)
    tone = 0.3 + 0.4 * ridges + 0.3 * slope - 0.35 * seam
    tone = foot * tone * (1 - hole) + hole * (0.05 + 0.6 * lids)
    return formed(height, tone)


def _sand_dollar(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.14)
    r, a = polar(x, y)
    edge = 0.4 * (1 + 0.03 * np.cos(5 * a))
    t = r / edge
    away = spokes(a, 5) * np.pi / 5
    along, across = r * np.cos(away), r * np.sin(away)
    long = rng.uniform(0.24, 0.29)
    place = np.clip((along - 0.035) / long, 0, 1)
    wide = rng.uniform(0.05, 0.07) * np.sqrt(np.sin(np.pi * place**0.8) + 1e-6)
    petal = np.abs(across) - wide
    outline = dome(np.abs(petal), 0.014) * (place > 0) * (place < 1)
    slits = waves(rng.uniform(24, 34) * along) * smooth(0.025, 0.0, np.abs(petal)) * (wide > 0.015)
    hole_at = rng.uniform(0.29, 0.33)
    between = (np.pi / 5) - away
    hole = np.hypot((r * np.cos(between) - hole_at) / 0.065, r * np.sin(between) / 0.02)
    lunule = smooth(1.1, 0.8, hole) * float(rng.random() < 0.7)
    grain = smooth(0.45, 0.75, noise(rng, size, 26))
    inside = smooth(0.005, -0.01, petal) * (place > 0) * (place < 1)
    star = dome(r, 0.035)
    height = 0.2 + 0.65 * dome(t, 1.05) + 0.3 * outline - 0.25 * slits + 0.1 * grain + 0.25 * star
    tone = 0.45 + 0.15 * grain + 0.35 * outline - 0.4 * slits - 0.2 * inside + 0.3 * star
    tone = tone + 0.25 * dome(np.abs(t - 0.96), 0.06)
    return formed(height - 0.6 * lunule, tone - 0.5 * lunule, smooth(1.01, 0.98, t))


MOTIFS = (
    Motif("trilobite", _trilobite, ("rust", "ink", "copper")),
    Motif("chiton", _chiton, ("leaf", "lagoon", "petal")),
    Motif("barnacles", _barnacles, ("ice", "sand", "amethyst")),
    Motif("sand-dollar", _sand_dollar, ("sand", "dusk", "opal")),
)
