"""Eyes: of people, cats, dragons, owls and insects, of feathers, and many at once."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    grid,
    nearest,
    noise,
    placed,
    polar,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.marine import comb, fibres, field, formed
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _iris(rng: np.random.Generator, x: Field, y: Field, radius: float, slit: bool) -> Field:
    """The tone of an eyeball about (0, 0): pupil 0, fibres between, the white 0.95."""
    r, a = polar(x, y)
    t = r / radius
    lines = fibres(rng, a, int(rng.integers(18, 34)), 0.03 * np.sin(9 * t))
    collar = np.exp(-(((t - 0.55) / 0.12) ** 2))
    tone = 0.3 + 0.4 * lines * smooth(0.2, 0.6, t) + 0.3 * collar
    tone = tone * (1 - 0.75 * smooth(0.8, 0.97, t))
    tone = tone + (0.95 - tone) * smooth(1.0, 1.1, t)
    if slit:
        hole = np.hypot(x / (radius * rng.uniform(0.13, 0.3)), y / (radius * 0.9))
    else:
        hole = t / rng.uniform(0.3, 0.48)
    tone = tone * smooth(0.92, 1.06, hole)
    glint = np.hypot(x + 0.33 * radius, y + 0.36 * radius) / radius
    return field(np.maximum(tone, smooth(0.2, 0.14, glint)))


def _eye(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.1, turn=0.7)
    wide, upper, lower = 0.36, rng.uniform(0.17, 0.24), rng.uniform(0.11, 0.17)
    bow = 1 - (x / wide) ** 2
    lid = np.where(y < 0, -y - upper * bow, y - lower * bow)
    look = rng.uniform(-0.07, 0.07)
    white = _iris(rng, x - look, y + 0.02, rng.uniform(0.15, 0.18), False)
    opened = smooth(0.012, -0.006, lid)
    lash = smooth(0.5, 0.8, waves(9 * x / (0.55 + 0.5 * np.abs(x)) + 14 * np.sign(y) * lid * x))
    lash = lash * smooth(0.13, 0.03, lid) * smooth(0.015, 0.03, lid)
    rim = dome(np.abs(lid - 0.03), 0.04)
    fold = dome(np.abs(lid - 0.115), 0.03)
    skin = 0.55 + 0.25 * rim + 0.15 * fold - 0.5 * lash
    height = opened * (0.35 + 0.45 * dome(np.hypot(x, y), 0.4))
    height = height + (1 - opened) * (0.35 + 0.5 * rim + 0.28 * fold + 0.15 * lash)
    shadow = 1 - 0.5 * smooth(-0.07, 0.0, lid) * (y < 0)
    edge = np.hypot(x / 0.47, (y + 0.02) / (upper + 0.17))
    return formed(height, white * shadow * opened + skin * (1 - opened), smooth(1.03, 0.97, edge))


def _slit_eye(rng: np.random.Generator, size: int) -> tuple[Field, Field, Field, Field, Field]:
    """x, y, the distance out of the lids, and the height and tone of the ball between them."""
    x, y = placed(rng, size, scale=(0.75, 1.6), shift=0.12)
    bow = np.clip(1 - (np.abs(x) / 0.36) ** 2.2, -1, 1)
    lid = np.abs(y + 0.04 * x) - rng.uniform(0.21, 0.3) * bow
    ball = _iris(rng, x, y, rng.uniform(0.27, 0.31), True)
    ball = ball * (0.35 + 0.65 * smooth(0.0, -0.06, lid))
    return x, y, lid.astype(np.float32), 0.25 + 0.6 * dome(np.hypot(x, y), 0.4), ball


def _cat(rng: np.random.Generator, size: int) -> Relief:
    x, y, lid, bulge, ball = _slit_eye(rng, size)
    opened = smooth(0.01, -0.01, lid)
    fur = fibres(rng, np.arctan2(y, x), 60, 0.02 * np.sin(40 * np.hypot(x, y)))
    tuft = waves(7 * np.hypot(x, y) + 0.5 * fur)
    rim = smooth(0.05, 0.03, lid)
    tone = (0.4 + 0.5 * fur * tuft + 0.1 * tuft) * (1 - 0.9 * rim)
    height = 0.4 + 0.3 * fur * (1 - rim) + 0.3 * dome(np.abs(lid - 0.02), 0.04)
    height, tone = (
        opened * inner + (1 - opened) * outer for inner, outer in ((bulge, height), (ball, tone))
    )
    return formed(height, tone, smooth(0.2, 0.13, lid - 0.08 * fur))


def _dragon(rng: np.random.Generator, size: int) -> Relief:
    _, _, lid, bulge, ball = _slit_eye(rng, size)
    gx, gy = grid(size)
    first, second, index = nearest(gx, gy, scattered(rng, rng.uniform(7, 11), even=0.75))
    scale = smooth(0.0, 0.04, second - first)
    shade = rng.uniform(0, 0.35, int(index.max()) + 1).astype(np.float32)[index]
    opened = smooth(0.01, -0.01, lid)
    brow = dome(np.abs(lid - 0.05), 0.06)
    height = 0.15 + 0.45 * scale * (1 - 0.5 * brow) + 0.55 * brow
    tone = 0.1 + scale * (0.35 + shade) + 0.25 * brow
    return formed(opened * bulge + (1 - opened) * height, opened * ball + (1 - opened) * tone, None)


def _compound(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.7), shift=0.2)
    x = x * rng.uniform(1.0, 1.35)
    r = np.hypot(x, y) / 0.42
    bulge = np.arcsin(np.clip(r, 0, 1)) / np.maximum(r, 1e-3)
    across = rng.uniform(9, 15)
    wall, _ = comb(x * bulge * across, y * bulge * across)
    lens = np.sqrt(np.clip(1 - wall**2, 0, 1))
    dark = smooth(0.35, 0.1, np.hypot(x - rng.uniform(-0.1, 0.1), y - rng.uniform(-0.1, 0.1)))
    bands = waves(rng.uniform(2, 4) * y / 0.42)
    tone = (0.15 + 0.65 * lens) * (1 - 0.5 * dark) + 0.25 * bands * lens
    return formed(0.85 * dome(r, 1.02) + 0.28 * lens, tone, smooth(1.0, 0.96, r))


def _owl(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12, turn=0.5)
    side = np.abs(x) - 0.185
    r, a = polar(field(side), y)
    radius = rng.uniform(0.105, 0.14)
    t = r / radius
    rings = fibres(rng, a, 40, 0.0) * 0.35
    eye = (0.62 + rings) * smooth(0.5, 0.56, t) * (1 - 0.9 * smooth(0.86, 0.96, t))
    eye = np.maximum(eye, smooth(0.2, 0.14, np.hypot(side + 0.03, y + 0.04) / radius))
    barbs = fibres(rng, a, 44, 0.01 * np.sin(30 * r))
    layers = np.mod(r * rng.uniform(11, 15) + 0.25 * barbs, 1)
    tone = 0.35 + 0.35 * layers + 0.3 * barbs - 0.3 * smooth(0.21, 0.28, r)
    height = 0.35 + 0.3 * layers + 0.12 * barbs
    inside = smooth(1.05, 0.97, t)
    tone = inside * eye + (1 - inside) * tone
    rim = dome(np.abs(t - 1.12), 0.2)
    height = inside * (0.45 + 0.45 * dome(r, radius * 1.1)) + (1 - inside) * (height + 0.3 * rim)
    beak = np.abs(x) / 0.062 + np.maximum(-(y - 0.02) / 0.09, (y - 0.02) / 0.2)
    on = smooth(1.06, 0.94, beak)
    height = height * (1 - on) + on * (0.55 + 0.6 * (1 - beak) + 0.4 * dome(x, 0.07))
    tone = tone * (1 - on) + on * (0.12 + 0.75 * dome(x, 0.05))
    disc = np.minimum(r - 0.02 * barbs, np.hypot(x, (y + 0.14) * 1.5) - 0.03)
    return formed(height, tone, smooth(0.275, 0.26, disc))


def _cluster(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, warp=0.1)
    step = rng.uniform(2.3, 4.6)
    points = scattered(rng, step, even=0.7)
    r, second, index = nearest(x, y, points)
    radius = (rng.uniform(0.3, 0.5, len(points)).astype(np.float32) / step)[index]
    gaze = (rng.uniform(-0.16, 0.16, (len(points), 2)) / step).astype(np.float32)
    to_x = x - points[index, 0] - gaze[index, 0]
    to_y = y - points[index, 1] - gaze[index, 1]
    away, a = polar(to_x, to_y)
    t = away / (radius * 0.62)
    tone = (0.3 + 0.4 * waves(a * 16 / (2 * np.pi)) * smooth(0.4, 0.8, t)) * smooth(0.42, 0.52, t)
    tone = tone * (1 - 0.8 * smooth(0.8, 0.95, t))
    tone = tone + (0.97 - tone) * smooth(1.0, 1.12, t)
    glint = np.hypot(to_x + 0.2 * radius, to_y + 0.22 * radius) / radius
    tone = np.maximum(tone, smooth(0.16, 0.1, glint))
    out = smooth(0.97, 1.05, r / radius)
    lid = dome(np.abs(r / radius - 1.12), 0.22)
    flesh = 0.2 + 0.3 * lid + 0.25 * smooth(0, 0.12, second - r)
    height = (1 - out) * dome(r, radius * 1.05) + out * (0.15 + 0.45 * lid)
    return formed(height, tone * (1 - out) + flesh * out)


def _peacock(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.75, 1.6), shift=0.1, warp=0.06)
    y = y - 0.03
    r = np.hypot(x * rng.uniform(1.1, 1.3), y * (1 + 0.25 * smooth(0, 0.4, y)))
    a = np.arctan2(x, 0.45 - y)
    barbs = waves(rng.uniform(9, 13) * 2 * a + 3 * np.abs(x))
    kidney = np.maximum(np.hypot(x, y + 0.02) / 0.12, 1.1 - np.hypot(x * 1.3, y - 0.13) / 0.13)
    tone = 0.55 + 0.2 * np.sin(22 * r)
    for at, shade in ((0.36, 0.75), (0.3, 0.45), (0.255, 0.95), (0.2, 0.55), (0.165, 0.3)):
        tone = tone + (shade - tone) * smooth(at + 0.01, at - 0.01, r)
    tone = tone + (0.02 - tone) * smooth(1.06, 0.94, kidney)
    barbs = 0.5 + (barbs - 0.5) * smooth(0.02, 0.2, np.hypot(x, 0.45 - y))
    tone = tone + 0.28 * (barbs - 0.5) * smooth(0.16, 0.3, r)
    shaft = dome(np.abs(x), 0.022) * smooth(0.1, 0.16, y)
    height = 0.35 + 0.35 * dome(r, 0.3) + 0.22 * barbs * smooth(0.14, 0.26, r) + 0.4 * shaft
    cover = smooth(0.47, 0.4, r - 0.09 * barbs + 0.04 * noise(rng, size, 8))
    return formed(height, tone + 0.4 * shaft, np.maximum(cover, smooth(0.3, 0.6, shaft)))


def _iris_alone(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.15)
    r, a = polar(x, y)
    t = r / 0.44
    hole = rng.uniform(0.2, 0.34)
    frill = fibres(rng, a, 14)
    collar = hole + 0.2 + 0.07 * frill
    outer = fibres(rng, a, 36, 0.02 * np.sin(12 * t))
    inner = fibres(rng, a, 52)
    lines = np.where(t < collar, inner, outer)
    crypt = smooth(0.6, 0.75, waves(a * 9 / (2 * np.pi)) * waves(5.5 * t))
    crypt = crypt * smooth(0, 0.1, t - collar)
    ridge = dome(np.abs(t - collar), 0.07)
    furrow = 0.12 * waves(9 * t)
    height = 0.3 + 0.35 * lines + 0.35 * ridge - 0.35 * crypt + furrow
    tone = 0.25 + 0.45 * lines + 0.3 * ridge - 0.35 * crypt + 0.3 * smooth(hole + 0.2, hole, t)
    tone = tone * (1 - 0.8 * smooth(0.85, 1.0, t)) * smooth(hole - 0.02, hole + 0.02, t)
    height = height * smooth(hole - 0.03, hole + 0.04, t)
    return formed(height, tone, smooth(1.03, 0.99, t))


MOTIFS = (
    Motif("eye", _eye, ("sea", "flesh", "leaf", "copper")),
    Motif("cat-eye", _cat, ("gold", "venom", "ink")),
    Motif("dragon-eye", _dragon, ("ember", "moss", "lagoon")),
    Motif("compound-eye", _compound, ("peacock", "blood", "amethyst")),
    Motif("owl-eyes", _owl, ("gold", "bone", "rust")),
    Motif("eye-cluster", _cluster, ("flesh", "candy", "ice")),
    Motif("peacock-eye", _peacock, ("peacock", "lagoon", "candy")),
    Motif("iris", _iris_alone, ("sea", "opal", "sunset", "leaf")),
)
