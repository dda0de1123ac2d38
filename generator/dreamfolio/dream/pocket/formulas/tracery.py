"""Tracery and glass: windows between bars, stars of bands, shards in a mirror."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import nearest, placed, polar, scattered, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import (
    archway,
    chance,
    folded,
    form,
    inside,
    over,
    repeated,
    ridge,
)
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _gothic_window(rng: np.random.Generator, size: int) -> Relief:
    """Lancets under a pointed arch, foils in its head, coloured glass between the bars."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.12, turn=0.1)
    w, point = rng.uniform(0.22, 0.28), rng.uniform(0.5, 1.1)
    spring = -0.02
    outer = archway(x, y - spring, w, 0.5, point)
    pair = int(rng.choice([2, 3]))
    u, light = repeated(x + (0 if pair == 3 else w / pair), 2 * w / pair)
    inner = archway(u, y - spring - 0.06, w / pair, 0.6, point)
    eye = polar(x, y - spring + w * (0.62 + 0.35 * point))
    foils = int(rng.choice([4, 5, 6]))
    around = w * (0.34 + 0.06 * point)
    lobe, _ = folded(eye[1], foils)
    foil = np.hypot(eye[0] * np.cos(lobe) - around * 0.5, eye[0] * np.sin(lobe)) - around * 0.36
    foil = np.minimum(foil, eye[0] - around * 0.4)
    ring = eye[0] - around
    mullion = ridge(np.where(ring < 0, 9.0, inner), 0.02)
    tracery = np.maximum(np.maximum(mullion, ridge(ring, 0.022)), ridge(foil, 0.018))
    lead_u, col = repeated((x + y) / 0.075, 1.0)
    lead_v, line = repeated((x - y) / 0.075, 1.0)
    lead = smooth(0.5, 0.4, np.maximum(np.abs(lead_u), np.abs(lead_v)))
    pane = 0.15 + 0.6 * chance(col, line, light) + 0.2 * inside(foil)
    height = np.maximum(0.1 * lead, 0.8 * tracery)
    tone = np.where(tracery > 0.1, 0.45 + 0.45 * tracery, pane * lead)
    page = form(height, tone, inside(outer))
    frame = np.maximum(ridge(outer - 0.02, 0.032), 0.8 * ridge(outer - 0.07, 0.025))
    return over(
        page, form(0.2 + 0.9 * frame, 0.4 + 0.5 * frame, inside(outer - 0.1) * (outer > -0.01))
    )


def _rose_window(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.15)
    r, a = polar(x, y)
    count = int(rng.choice([8, 10, 12]))
    angle, petal = folded(a, count)
    fx, fy = r * np.cos(angle), r * np.sin(angle)
    reach = 0.31
    bulb = reach * np.sin(np.pi / count)
    light = np.hypot(np.maximum(fx - reach, 0), fy) - bulb * np.clip(fx / reach, 0, 1)
    rim, _ = folded(a + np.pi / count, count)
    small = np.hypot(r * np.cos(rim) - 0.405, r * np.sin(rim)) - 0.16 / count * 3
    bars = np.maximum(ridge(light, 0.017), ridge(small, 0.016))
    bars = np.maximum(bars, ridge(r - 0.12, 0.02))
    heart, _ = folded(a, count // 2)
    foil = np.hypot(r * np.cos(heart) - 0.06, r * np.sin(heart)) - 0.032
    bars = np.maximum(bars, ridge(foil, 0.012))
    ring = np.maximum(ridge(r - 0.46, 0.03), ridge(r - 0.495, 0.02))
    glass = np.where(r < 0.12, 0.85, np.where(light < 0, 0.35 + 0.3 * (petal % 2), 0.0))
    glass = glass + 0.75 * (small < 0) - 0.35 * (foil > 0) * (r < 0.12)
    lead = waves(r * rng.uniform(10, 16)) ** 4
    body = np.maximum(bars, ring)
    stone = (light > 0) & (small > 0) & (r > 0.12)
    height = np.maximum(body, 0.35 * stone + 0.08 * lead)
    tone = np.where(body > 0.1, 0.45 + 0.5 * body, np.where(stone, 0.3, glass * (0.7 + 0.3 * lead)))
    return form(height, tone, inside(r - 0.51))


def _star_rosette(rng: np.random.Generator, size: int) -> Relief:
    """Interlaced bands of star polygons, with inlays between them."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15)
    r, a = polar(x, y)
    count = int(rng.choice([5, 6, 7, 8, 10]))
    bands, inlay = np.zeros_like(r), np.zeros_like(r)
    for out, turn in ((0.46, 0.0), (0.46, 0.5), (0.26, 0.25), (0.12, 0.0)):
        angle, _ = folded(a + turn * 2 * np.pi / count, count)
        lean = min(1.28, np.pi / count * rng.uniform(1.9, 2.9))
        edge = r * np.cos(np.abs(angle) - lean) - out * np.cos(lean)
        bands = np.maximum(bands, ridge(edge, 0.022))
        inlay = inlay + (edge < 0)
    rim = ridge(r - 0.47, 0.03)
    bands = np.maximum(bands, rim)
    tone = np.where(bands > 0.15, 0.6 + 0.4 * bands, 0.08 + 0.17 * (inlay % 4))
    return form(0.1 + 0.8 * bands + 0.06 * inlay, tone, inside(r - 0.5))


def _kaleidoscope(rng: np.random.Generator, size: int) -> Relief:
    """Shards of glass, mirrored in every wedge."""
    x, y = placed(rng, size, scale=(0.9, 1.5), shift=0.15)
    r, a = polar(x, y)
    angle, _ = folded(a, int(rng.choice([5, 6, 8, 10])))
    fx, fy = r * np.cos(angle), np.abs(r * np.sin(angle))
    code, edge = np.zeros_like(r), np.full_like(r, 9.0)
    for number in range(8):
        lean = rng.uniform(-np.pi, np.pi)
        cut = fx * np.cos(lean) + fy * np.sin(lean) - rng.uniform(0.02, 0.5) * np.cos(lean)
        code = code + 2**number * (cut > 0)
        edge = np.minimum(edge, np.abs(cut))
    glass = chance(code, rng.integers(0, 99))
    bevel = smooth(0.0, 0.03, edge)
    slant = waves((fx + glass * fy) * 2 + glass)
    height = bevel * (0.35 + 0.5 * glass + 0.2 * slant)
    return form(height, bevel * (0.1 + 0.8 * glass + 0.15 * slant), inside(r - 0.52, 0.01))


def _stained_glass(rng: np.random.Generator, size: int) -> Relief:
    """Leaded glass: panes of chance shape, each with its own colour, in rounded cames."""
    x, y = placed(rng, size, shift=0.1, warp=0.05)
    points = scattered(rng, rng.uniform(3.0, 5.0), even=0.45)
    first, second, pane = nearest(x, y, points)
    gap = second - first
    lead = ridge(gap, rng.uniform(0.035, 0.05))
    glass = chance(pane, rng.integers(0, 99))
    ripple = waves(x * np.cos(glass * 9) * 6 + y * np.sin(glass * 9) * 6)
    tone = np.where(lead > 0.05, 0.05 + 0.1 * lead, 0.3 + 0.6 * glass + 0.1 * ripple)
    return form(np.maximum(lead, 0.15 + 0.12 * ripple), tone)


MOTIFS = (
    Motif("gothic-window", _gothic_window, ("sea", "blood", "candy")),
    Motif("rose-window", _rose_window, ("amethyst", "peacock", "petal")),
    Motif("star-rosette", _star_rosette, ("lagoon", "gold", "sea")),
    Motif("kaleidoscope", _kaleidoscope, ("candy", "opal", "peacock")),
    Motif("stained-glass", _stained_glass, ("candy", "sea", "blood", "leaf")),
)
