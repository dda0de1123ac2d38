"""Parts of machines that turn: gears, clocks, turbines, lenses."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import folded, form, inside, over, ridge
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _gear(x: Field, y: Field, radius: float, teeth: int, phase: float, spokes: int) -> Relief:
    """A gear whose teeth stand half in, half out of ``radius``; ``phase`` in teeth."""
    r, a = polar(x, y)
    tooth = np.cos(a * teeth - 2 * np.pi * phase)
    depth = 2.2 * radius / teeth
    edge = r - radius - depth * smooth(-0.45, 0.45, tooth) + depth / 2
    angle, _ = folded(a, spokes)
    spoke = np.abs(r * np.sin(angle)) - radius * 0.09
    spoke = np.where(np.cos(angle) > 0, spoke, 9.0)
    hub = r - radius * 0.26
    solid = np.where(r > radius * 0.62, -1.0, np.minimum(spoke, hub))
    cover = inside(edge) * smooth(0.012, 0.0, solid) * smooth(radius * 0.07, radius * 0.1, r)
    bevel = smooth(0.0, -0.02, edge)
    height = 0.3 + 0.3 * bevel + 0.3 * ridge(r - radius * 0.7, radius * 0.08)
    height = height + 0.5 * dome(r, radius * 0.3) - 0.15 * ridge(r - radius * 0.85, 0.012)
    tone = 0.3 + 0.35 * bevel + 0.25 * ridge(r - radius * 0.7, radius * 0.08)
    tone = tone + 0.3 * inside(hub) - 0.2 * (r < radius * 0.15)
    return form(height, tone, cover)


def _gears(rng: np.random.Generator, size: int) -> Relief:
    """Gears of one module that mesh with one in their midst."""
    x, y = placed(rng, size, scale=(0.7, 1.4), shift=0.2)
    module = rng.uniform(0.013, 0.018)
    teeth, phase = int(rng.integers(11, 20)), float(rng.random())
    radius = module * teeth
    page = _gear(x, y, radius, teeth, phase, int(rng.integers(3, 7)))
    lean, count = rng.uniform(0, 2 * np.pi), int(rng.integers(3, 5))
    for number in range(count):
        around = lean + 2 * np.pi * number / count
        other = int(rng.integers(9, 20))
        reach = radius + module * other
        # Where the middle one has a tooth on the line of centres, this one has a gap.
        here = around * teeth / (2 * np.pi) - phase
        turned = (around + np.pi) * other / (2 * np.pi) + here + 0.5
        at_x, at_y = (x - reach * np.cos(around), y - reach * np.sin(around))
        spokes = int(rng.integers(3, 7))
        part = _gear(
            at_x.astype(np.float32), at_y.astype(np.float32), module * other, other, turned, spokes
        )
        page = over(page, form(part.height, part.tone + 0.1 * (number % 2) - 0.1, part.cover))
    return page


def _clock(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15, turn=0.4)
    r, a = polar(x, y)
    hour, _ = folded(a, 12)
    minute, _ = folded(a, 60)
    face = form(
        0.15 + 0 * r, 0.85 - 0.3 * smooth(0.1, 0.4, r) + 0.06 * waves(r * 30), inside(r - 0.44)
    )
    fx, fy = r * np.cos(hour), np.abs(r * np.sin(hour))
    numeral = np.maximum(np.abs(fx - 0.31) - 0.04, np.minimum(np.abs(fy - 0.016), fy) - 0.008)
    tick = np.maximum(np.abs(r - 0.39) - 0.014, np.abs(np.sin(minute)) * r - 0.004)
    mark = np.maximum(inside(numeral, 0.005), inside(tick, 0.004))
    page = over(face, form(0.3 * mark, 0.05 + 0 * r, mark))
    page = over(page, form(ridge(r - 0.17, 0.012), 0.5 + 0 * r, inside(np.abs(r - 0.17) - 0.012)))
    for long, wide in ((0.22, 0.035), (0.36, 0.024)):
        lean = rng.uniform(-np.pi, np.pi)
        u, v = x * np.cos(lean) + y * np.sin(lean), y * np.cos(lean) - x * np.sin(lean)
        t = np.clip(u / long, 0, 1)
        half = wide * (1.1 - t) * (0.6 + 0.6 * np.exp(-(((t - 0.65) / 0.12) ** 2)) * 1.8)
        hand = np.maximum(np.abs(v) - half, np.maximum(u - long, -u - 0.05))
        page = over(
            page, form(0.6 + 0.4 * dome(np.abs(v), half + 0.004), 0.1 + 0 * r, inside(hand))
        )
    page = over(page, form(0.7 + 0.4 * dome(r, 0.04), 0.7 + 0 * r, inside(r - 0.035)))
    rim = ridge(r - 0.455, 0.045)
    knurl = waves(a / (2 * np.pi) * 60)
    return over(page, form(rim * (0.9 + 0.15 * knurl), 0.3 + 0.45 * rim + 0.1 * knurl, rim > 0.05))


def _turbine(rng: np.random.Generator, size: int) -> Relief:
    """Curved blades that overlap round a hub with a spiral mark, in a nacelle's ring."""
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.15)
    r, a = polar(x, y)
    count = int(rng.integers(14, 26))
    sweep = rng.choice([-1, 1]) * rng.uniform(0.5, 1.3)
    off, blade = folded(a + sweep * (r / 0.4) ** 1.5, count)
    t = off * count / (2 * np.pi) + 0.5
    lift = smooth(0.0, 0.12, t) * (1 - t) ** 0.7
    t_out = smooth(0.12, 0.42, r)
    height = 0.1 + 0.7 * lift
    tone = 0.08 + 0.75 * lift * (0.6 + 0.4 * t_out) + 0.06 * (blade % 2)
    page = form(height, tone, inside(r - 0.42))
    rim = ridge(r - 0.45, 0.05)
    page = over(page, form(0.3 + 0.8 * rim, 0.3 + 0.6 * rim, rim > 0.05))
    cone = dome(r, 0.13)
    mark = ridge(np.mod(r / 0.13 * 0.8 - a / (2 * np.pi), 1) - 0.5, 0.13)
    return over(page, form(0.4 + 0.9 * cone, 0.35 + 0.25 * cone + 0.5 * mark, inside(r - 0.125)))


def _lens(rng: np.random.Generator, size: int) -> Relief:
    """A camera's lens: knurled rings, a blade iris, glass with two lights in it."""
    x, y = placed(rng, size, scale=(0.85, 1.7), shift=0.15)
    r, a = polar(x, y)
    grip = waves(a / (2 * np.pi) * rng.integers(44, 64)) * smooth(0.41, 0.43, r)
    page = form(
        0.5 + 0.3 * ridge(r - 0.46, 0.05) + 0.25 * grip, 0.25 + 0.3 * grip, inside(r - 0.49)
    )
    for at in (0.395, 0.34, 0.29):
        ring = ridge(r - at, 0.028)
        page = over(page, form(at + 0.5 * ring, 0.12 + 0.6 * ring * at * 2, inside(r - at - 0.028)))
    dial, _ = folded(a, 36)
    tick = np.maximum(np.abs(r - 0.368) - 0.012, np.abs(np.sin(dial)) * r - 0.005)
    page = over(page, form(0.5 + 0 * r, 0.95 + 0 * r, inside(tick, 0.004)))
    page = over(page, form(0.1 + 0.25 * (1 - r / 0.26), 0.55 - r, inside(r - 0.265)))
    blades = int(rng.integers(5, 9))
    open_ = rng.uniform(0.07, 0.14)
    best = np.full_like(r, -9.0)
    shade = np.zeros_like(r)
    for k in range(blades):
        lean = 2 * np.pi * k / blades
        edge = x * np.cos(lean) + y * np.sin(lean) - open_
        along = y * np.cos(lean) - x * np.sin(lean)
        seen = (edge > 0) & (along > -open_ * 0.7)
        best = np.where(seen, edge, best)
        shade = np.where(seen, 0.25 + 0.3 * (k % 2) + along, shade)
    iris = form(0.2 + 0.3 * smooth(0.0, 0.05, best), shade, (best > 0) & (r < 0.25))
    page = over(page, iris)
    pupil = form(0.2 + 0.4 * dome(r, 0.25), 0.5 * (r / open_) ** 2, (best < 0) & (r < 0.25))
    page = over(page, pupil)
    for at, wide in ((-0.08, 0.045), (0.1, 0.025)):
        spot = np.hypot(x - at, y - at)
        page = over(page, form(page.height, 0.95 + 0 * r, 0.8 * smooth(wide, wide * 0.6, spot)))
    return page


MOTIFS = (
    Motif("gears", _gears, ("copper", "gold", "rust", "ink")),
    Motif("clock-dial", _clock, ("bone", "gold", "ice")),
    Motif("turbine", _turbine, ("ice", "copper", "dusk")),
    Motif("camera-lens", _lens, ("amethyst", "ink", "sea")),
)
