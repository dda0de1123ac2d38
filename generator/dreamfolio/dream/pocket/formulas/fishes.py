"""Fish and their kin: one with its scales, a school, the manta ray, the seahorse."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    dome,
    grid,
    nearest,
    noise,
    placed,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.marine import Skin, curve, field, formed, swept
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief

Some = NDArray[Any]


def _scales(x: Some, y: Some, across: float) -> Field:
    """Scales that overlap toward +x: 1 at the free edge's middle, 0 in the gaps."""
    best = np.zeros(x.shape, np.float32)
    for row in (1, 0, 2):
        u = x * across + row * 0.5
        v = y * across + (row % 2) * 0.5
        du, dv = u - np.floor(u), v - np.round(v)
        best = np.maximum(best, smooth(1.0, 0.55, np.hypot(du * 0.95, dv * 1.5)) * du)
    return field(best)


def _fish(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.7), shift=0.12, warp=0.06)
    tall = rng.uniform(0.15, 0.25)
    t = np.clip((x + 0.4) / 0.6, 0, 1)
    half = tall * (np.sqrt(t) * (1 - t) ** 0.8 * 1.95 + 0.16 * t)
    body = np.abs(y) / np.maximum(half, 1e-3)
    on = smooth(1.03, 0.97, body) * (x < 0.205) * (x > -0.4)
    tail_x = np.clip((x - 0.16) / 0.28, 0, 1.2)
    fork = rng.uniform(0.3, 0.8) * (1 - np.abs(y) / 0.2)
    tail = np.abs(y) / (0.03 + 0.2 * tail_x**0.8)
    tail_on = smooth(1.03, 0.95, tail) * smooth(1.03, 1.0, tail_x + fork * 0.5)
    tail_on = tail_on * (x > 0.16)
    sail = (np.abs(y) - half) / (
        rng.uniform(0.07, 0.15) * np.clip(1 - ((x + 0.02) / 0.2) ** 2, 0, 1) + 1e-3
    )
    reach = 1 + 0.12 * waves(22 * x + 9 * np.abs(y))
    sail_on = smooth(reach.min(), reach.min() - 0.08, sail / reach) * (np.abs(x + 0.02) < 0.2)
    rays = waves(22 * x + 9 * np.abs(y))
    spread = waves(9 * np.arctan2(y, x - 0.1))
    fin = np.where(x > 0.16, spread, rays)
    scale = _scales(x, y, rng.uniform(13, 19)) * smooth(-0.24, -0.21, x)
    stripes = smooth(0.35, 0.65, waves(rng.uniform(3, 6) * (x + 0.25 * y * rng.uniform(-1, 1))))
    gill = np.hypot(x + 0.34, y * 0.9) - 0.12
    lid = dome(np.abs(gill), 0.02)
    eye = np.hypot(x + 0.31, y + 0.03 * tall / 0.2) / 0.036
    eyes = smooth(1.08, 0.95, eye)
    mouth = smooth(0.012, 0.004, np.abs(y - 0.03)) * smooth(-0.345, -0.36, x)
    height = 0.2 + 0.6 * dome(body, 1.02) + 0.3 * scale + 0.2 * lid - 0.4 * mouth
    tone = 0.15 + 0.4 * scale + 0.3 * stripes + 0.15 * body * (y > 0) + 0.3 * lid - 0.3 * mouth
    height = height * (1 - eyes) + eyes * (0.7 + 0.4 * dome(eye, 1.1))
    tone = tone * (1 - eyes) + eyes * smooth(0.5, 0.62, eye)
    fins = np.maximum(tail_on, sail_on) * (1 - on)
    height = on * height + fins * (0.15 + 0.25 * fin)
    tone = on * tone + fins * (0.3 + 0.55 * fin)
    return formed(height, tone, np.maximum(on, fins))


def _school(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.9, 1.3), warp=0.25)
    step = rng.uniform(3.2, 5.4)
    points = scattered(rng, step, even=0.8)
    _, _, index = nearest(x * 0.62, y, points)
    u = (x * 0.62 - points[index, 0]) / 0.62 * step
    v = (y - points[index, 1]) * step
    u = u / rng.uniform(0.8, 1.05, len(points))[index]
    v = v + 0.06 * np.sin(4 * u + index)
    t = np.clip((u + 0.68) / 1.0, 0, 1)
    half = 0.68 * np.sqrt(t) * (1 - t) ** 0.9 + 0.05 * t
    body = np.abs(v) / np.maximum(half, 1e-3)
    on = smooth(1.08, 0.92, body) * (u > -0.68) * (u < 0.34)
    tail_x = np.clip((u - 0.24) / 0.42, 0, 1.2)
    tail = np.abs(v) / (0.03 + 0.3 * tail_x)
    tail_on = smooth(1.1, 0.9, tail) * smooth(0.05, -0.05, tail_x - 0.6 - np.abs(v)) * (u > 0.24)
    eye = np.hypot(u + 0.5, v + 0.05) / 0.065
    band = smooth(0.3, 0.1, np.abs(v + 0.02) / 0.2)
    tone = 0.25 + 0.5 * smooth(-0.15, 0.2, v) + 0.25 * band + 0.15 * waves(3 * u)
    tone = np.where(eye < 1, smooth(0.5, 0.65, eye), tone)
    tail_on = tail_on * (1 - on)
    height = on * (0.25 + 0.6 * dome(body, 1.05)) + tail_on * (0.15 + 0.2 * waves(7 * v))
    return formed(height, on * tone + tail_on * (0.3 + 0.4 * tail), np.maximum(on, tail_on))


def _manta(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.12, warp=0.08)
    out = np.abs(x) / 0.48
    tip = np.clip(1 - out, 0, 1)
    sweep = rng.uniform(0.0, 0.22)
    middle = sweep * out**2 - 0.08
    front = middle - 0.2 * tip**0.75 - 0.02 * np.cos(out * 20) * smooth(0.25, 0.1, out)
    back = middle + 0.25 * tip ** rng.uniform(1.0, 1.5)
    inside = np.minimum(y - front, back - y)
    on = smooth(-0.006, 0.008, inside) * (out < 1)
    horn = np.hypot(np.abs(x) - 0.075 + 0.2 * (y + 0.3), 0.28 * (y + 0.31)) / 0.026
    horn_on = smooth(1.05, 0.9, horn)
    tail = np.abs(x + 0.03 * np.sin(12 * y)) / (0.02 * np.clip(1.3 - 2.2 * y, 0.2, 1))
    tail_on = smooth(1.1, 0.8, tail) * (y > 0.1) * smooth(0.5, 0.48, y)
    spots = noise(rng, size, rng.uniform(12, 17))
    spots = smooth(0.56, 0.66, spots) * smooth(0.0, 0.05, inside)
    ridge = waves(rng.uniform(9, 13) * np.arctan2(np.abs(x), 0.32 - y))
    back_bone = dome(x, 0.11)
    gill = dome(np.abs(np.mod(y * 24, 1) - 0.5), 0.35) * (np.abs(np.abs(x) - 0.085) < 0.03)
    gill = gill * (np.abs(y + 0.09) < 0.09)
    height = 0.15 + 1.6 * np.clip(inside, 0, 0.22) + 0.4 * back_bone + 0.1 * ridge - 0.3 * gill
    tone = 0.15 + 0.2 * back_bone + 0.2 * ridge + 0.5 * spots + 0.5 * smooth(0.035, 0.0, inside)
    tone = tone - 0.35 * gill
    other = np.maximum(horn_on, tail_on) * (1 - on)
    height = on * height + other * 0.4 * np.maximum(dome(horn, 1.1), dome(tail, 1.2))
    return formed(height, on * tone + other * 0.5, np.maximum(on, other))


def _seahorse(rng: np.random.Generator, size: int) -> Relief:
    scale = np.exp(rng.uniform(-0.05, 0.5))
    lean, side = rng.uniform(-0.6, 0.6), rng.choice([-1, 1])
    shift = rng.uniform(-0.08, 0.08, 2)
    back = np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
    rings = rng.uniform(20, 28)
    t = np.linspace(0, 1, 48)
    bends = 1.1 - 2.1 * smooth(0.0, 0.4, t) + 0.9 * smooth(0.4, 0.6, t)
    bends = bends + rng.uniform(6, 9) * np.clip((t - 0.55) / 0.45, 0, 1) ** 1.7
    spine = curve((-0.02, -0.27), np.pi / 2, bends, 1.05)
    belly = rng.uniform(0.095, 0.125)
    width = np.interp(t, [0, 0.1, 0.27, 0.48, 0.8, 1], [0.055, 0.06, belly, 0.05, 0.025, 0.01])
    tubes: list[tuple[Points, ArrayLike, Skin]] = []

    def lay(path: Some, radius: ArrayLike, skin: Skin) -> None:
        placed_path = (path * (side, 1)) @ back * scale + shift
        tubes.append((placed_path.astype(np.float32), np.asarray(radius) * scale, skin))

    def plates(along: Some, across: Some) -> tuple[Some, Some]:
        ring = waves(rings * along + 0.1 * np.cos(3 * across))
        keel = dome(np.abs(np.abs(across) - 0.5), 0.25)
        body = dome(across, 1.03)
        return (
            0.2 + 0.5 * body + 0.2 * ring * body + 0.2 * keel * ring,
            0.15 + 0.3 * body + 0.3 * ring + 0.3 * keel * ring,
        )

    def fan(along: Some, across: Some) -> tuple[Some, Some]:
        ray = waves(6 * across)
        return 0.15 + 0.2 * ray + 0 * along, 0.4 + 0.4 * ray + 0.2 * along

    def bare(along: Some, across: Some) -> tuple[Some, Some]:
        body = dome(across, 1.03)
        return 0.35 + 0.5 * body + 0 * along, 0.3 + 0.4 * body + 0.2 * waves(3 * along)

    lay(spine[15] + np.array([[0.0, 0.0], [0.17, -0.03]]), np.linspace(0.03, 0.09, 10), fan)
    lay(spine, width, plates)
    for spike in (-0.5, 0.0, 0.5):
        tip = np.array([0.04 + 0.09 * np.sin(spike), -0.4 - 0.04 * np.cos(2 * spike)])
        lay(np.stack([(0.0, -0.32), tip]), np.linspace(0.022, 0.004, 10), bare)
    lay(np.array([(-0.04, -0.28), (-0.23, -0.2)]), np.linspace(0.035, 0.024, 10), bare)
    skull = 0.085 * dome(np.linspace(-0.97, 0.97, 24), 1)
    lay(np.array([(0.05, -0.32), (-0.09, -0.265)]), skull, bare)
    height, tone, cover = swept(size, tubes)
    x, y = grid(size)
    at = (np.array([-0.045, -0.295]) * (side, 1)) @ back * scale + shift
    eye = np.hypot(x - at[0], y - at[1]) / (0.03 * scale)
    on = smooth(1.1, 0.95, eye)
    height = height * (1 - on) + on * (0.8 + 0.4 * dome(eye, 1.1))
    return formed(height, tone * (1 - on) + on * smooth(0.5, 0.65, eye), cover)


MOTIFS = (
    Motif("fish", _fish, ("sunset", "peacock", "candy")),
    Motif("fish-school", _school, ("sea", "ice", "ember")),
    Motif("manta-ray", _manta, ("ink", "lagoon", "sea")),
    Motif("seahorse", _seahorse, ("gold", "venom", "flesh")),
)
