"""Leaves of many leaflets, and what climbs: ferns, palms, croziers, vines, bamboo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import dome, noise, placed, scattered, smooth, waves
from dreamfolio.dream.pocket.drawing.heap import (
    Pieces,
    Values,
    ball,
    heaped,
    joined,
    petal,
    pieces,
    somewhere,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _curve(
    rng: np.random.Generator, count: int, bend: float
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """x, y and heading of points along an arc across the canvas."""
    t = np.linspace(0, 1, count)
    heading = rng.choice([-1, 1]) * rng.uniform(0.2, 1) * bend * (t - 0.4)
    x, y = np.cumsum(np.cos(heading)) / count, np.cumsum(np.sin(heading)) / count
    x, y = x - x.mean(), y - y.mean()
    return x.astype(np.float32), y.astype(np.float32), heading.astype(np.float32)


def _stem(x: Values, y: Values, heading: Values, wide: float, base: float) -> Pieces:
    return pieces(x, y, heading, wide * np.linspace(1.0, 0.45, len(x)), base)


def _fern(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.9, 1.6), 0.12)
    count = int(rng.integers(15, 22))
    x, y, heading = _curve(rng, count, 1.5)
    t = np.linspace(0, 1, count)
    long = rng.uniform(0.32, 0.4) * (1 - t) ** 0.75 * smooth(-0.15, 0.15, t) + 0.03
    lobes = rng.uniform(6, 9)

    def pinna(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        t = np.clip(u + 0.5, 0, 1)
        phase = lobes * (t - 0.9 * np.abs(v))
        scallop = np.abs(np.sin(np.pi * phase))
        half = (0.15 * (1 - t) ** 0.6 + 0.015) * (0.35 + 0.65 * scallop**0.7) * smooth(0, 0.08, t)
        rib = np.exp(-((v / 0.018) ** 2))
        height = 0.2 + 0.3 * scallop * np.sqrt(np.clip(1 - (v / 0.17) ** 2, 0, 1)) + 0.2 * rib
        tone = 0.3 + 0.3 * scallop + 0.35 * t - 0.2 * rib
        return height, tone, half - np.abs(v) - np.maximum(np.abs(u) - 0.5, 0)

    sides = []
    for sign in (-1, 1):
        angle = heading + sign * (1.25 - 0.45 * t)
        sides.append(
            pieces(x + long / 2 * np.cos(angle), y + long / 2 * np.sin(angle), angle, long, 0.0)
        )
    frond = heaped(size, place.of(joined(*sides)), pinna)
    dense = np.linspace(0, 1, 3 * count)
    line = [np.interp(dense, t, row) for row in (x, y, heading)]
    return heaped(size, place.of(_stem(line[0], line[1], line[2], 0.035, 0.3)), ball, frond)


def _palm(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.9, 1.6), 0.1)
    count = int(rng.integers(17, 24))
    x, y, heading = _curve(rng, count, 1.8)
    t = np.linspace(0, 1, count)
    long = rng.uniform(0.4, 0.5) * (0.55 + 0.45 * np.sin(np.pi * t**0.8)) * (1 - 0.45 * t)
    blade = petal(
        rng.uniform(0.12, 0.16), toward=0.7, point=0.8, vein=0.8, thick=0.5, lift=-0.15,
        low=0.3, high=0.9,
    )  # fmt: skip
    sides = []
    for sign in (-1, 1):
        angle = heading + sign * (1.0 - 0.6 * t) + rng.normal(0, 0.06, count)
        sides.append(
            pieces(x + long / 2 * np.cos(angle), y + long / 2 * np.sin(angle), angle, long, 0.1)
        )
    frond = heaped(size, place.of(joined(*sides)), blade)
    return heaped(size, place.of(_stem(x, y, heading, 0.075, 0.3)), ball, frond)


def _fan_palm(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.9, 1.6), shift=0.12, warp=0.06)
    x = x + 0.1
    far, around = np.hypot(x, y), np.arctan2(y, x)
    count = int(rng.integers(9, 13))
    spread = rng.uniform(2.3, 2.8)
    phase = around / spread * count
    fold = np.abs(phase % 1 - 0.5) * 2
    edge = 0.36 + 0.18 * (1 - fold) ** 0.8 - 0.03 * np.abs(around)
    split = np.clip((far - 0.24) / 0.3, 0, 1) * 0.9
    cover = smooth(0.0, 0.012, edge - far) * smooth(0.02, -0.02, fold - 1.02 + 0.55 * split)
    cover = cover * smooth(spread, spread - 0.03, np.abs(around))
    stalk = smooth(0.026, 0.018, np.abs(y)) * (x < 0.02)
    height = 0.2 + 0.6 * (1 - fold) * smooth(0.0, 0.15, far) + 0.3 * smooth(0.4, 0.0, far)
    tone = 0.25 + 0.45 * (1 - fold) + 0.6 * np.clip(far - 0.2, 0, 1)
    height = np.where(stalk > cover, dome(y, 0.026) * 0.5, height)
    return Relief(
        height.astype(np.float32), tone.astype(np.float32), np.maximum(cover, stalk)
    )  # fmt: skip


def _crozier(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.5), 0.1)
    turns = rng.uniform(2.0, 2.8)
    t = np.linspace(0, 1, 90)
    angle = turns * 2 * np.pi * t**0.85
    radius = 0.34 * (1 - t) ** 0.8 + 0.012
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    heading = np.arctan2(np.gradient(y), np.gradient(x))
    foot = np.linspace(0.62, 0.02, 14)
    x, y = np.r_[0.34 + 0 * foot, x], np.r_[-foot, y]
    heading = np.r_[np.pi / 2 + 0 * foot, heading]
    wide = np.linspace(0.14, 0.035, len(x))
    leaflet = petal(0.5, toward=1.3, point=0.5, thick=0.4, lift=0.2, low=0.2, high=0.85, rim=-0.2)
    every = slice(6, None, 2)
    out = heading[every] - 1.1
    long = wide[every] * rng.uniform(0.9, 1.3)
    far = wide[every] * 0.35 + long / 2
    curls = pieces(x[every] + far * np.cos(out), y[every] + far * np.sin(out), out + 0.5, long, 0.0)
    plant = heaped(size, place.of(curls), leaflet)

    def rod(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, _, inside = ball(u, v, number)
        return 0.2 + 1.2 * height, 0.3 + 0.6 * height + 0.5 * v, inside

    return heaped(size, place.of(pieces(x, y, heading, wide, 0.0)), rod, plant)


def _vine(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.15, warp=0.12)
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    pitch, swing = rng.uniform(1.1, 1.7), rng.uniform(0.12, 0.17)
    count = int(rng.integers(2, 4))
    for strand in range(count):
        phase = 2 * np.pi * (pitch * x + strand / count)
        middle, front = swing * np.sin(phase), np.cos(phase)
        slope = swing * 2 * np.pi * pitch * np.cos(phase)
        far = np.abs(y - middle) / np.sqrt(1 + slope**2)
        wide = 0.085 - 0.012 * strand
        bark = waves((y - middle) * 26 + 0.7 * np.sin(phase * 3) + noise(rng, size, 6))
        level = 0.35 * (front + 1) + 0.65 * dome(far, wide) + 0.08 * bark
        on = smooth(wide + 0.005, wide - 0.005, far)
        shown = on * smooth(-0.02, 0.02, level - height * cover)
        height += shown * (level - height)
        tone += shown * (0.2 + 0.4 * bark + 0.2 * front + 0.15 * strand - tone)
        cover = np.maximum(cover, on)
    return Relief((0.8 * height).astype(np.float32), tone.astype(np.float32), cover)


def _bamboo(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.2, turn=0.4, warp=0.06)
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    count = int(rng.integers(3, 6))
    for stalk, at in enumerate(np.linspace(-0.45, 0.45, count)[rng.permutation(count)]):
        lean = rng.uniform(-0.2, 0.2)
        far = np.abs(x - at - lean * y)
        node = y * rng.uniform(2.2, 3.2) + rng.random()
        ring = np.exp(-(((node % 1 - 0.5) / 0.035) ** 2))
        groove = np.exp(-(((node % 1 - 0.56) / 0.02) ** 2))
        wide = rng.uniform(0.06, 0.1) * (1 + 0.16 * ring)
        on = smooth(wide + 0.005, wide - 0.005, far)
        level = 0.1 * stalk + 0.55 * dome(far, wide) + 0.18 * ring - 0.2 * groove
        shade = 0.35 + 0.3 * (node % 1) + 0.35 * ring - 0.5 * groove - 0.06 * stalk
        height, tone = height + on * (level - height), tone + on * (shade - tone)
        cover = np.maximum(cover, on)
    stand = Relief(height.astype(np.float32), tone.astype(np.float32), cover)
    blade = petal(0.17, toward=0.75, point=0.9, vein=0.5, low=0.4, high=0.95)
    tuft = rng.uniform(-0.4, 0.4, (3, 2))
    angle = rng.uniform(0.2, 1.2, (3, 4)) * rng.choice([-1, 1], (3, 1)) + np.pi / 2
    long = rng.uniform(0.2, 0.32, (3, 4))
    leaves = pieces(
        (tuft[:, :1] + long / 2 * np.cos(angle)).ravel(),
        (tuft[:, 1:] + long / 2 * np.sin(angle)).ravel(),
        angle.ravel(), long.ravel(), 0.6,
    )  # fmt: skip
    return heaped(size, leaves, blade, stand)


def _lily_pads(rng: np.random.Generator, size: int) -> Relief:
    many = rng.uniform(1.7, 3.0)
    spots = scattered(rng, many, even=0.75)
    spots = spots[np.argsort(rng.random(len(spots)))]
    rays = int(rng.integers(9, 14))

    def pad(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = np.hypot(u, v), np.arctan2(v, u)
        t = far / 0.5
        notch = (np.abs(around) - 0.28) * far
        vein = smooth(0.22, 0.1, np.abs((around / (2 * np.pi) * rays) % 1 - 0.5)) * smooth(
            0, 0.2, t
        )
        rim = smooth(0.84, 0.95, t)
        height = 0.15 + 0.2 * (1 - vein) * np.sqrt(np.clip(1 - t**2, 0, 1)) + 0.35 * rim
        tone = 0.3 + 0.3 * t + 0.35 * vein - 0.3 * rim + 0.3 * smooth(0.15, 0.05, t)
        return height, tone, np.minimum(0.5 - far, notch)

    angle = rng.uniform(-np.pi, np.pi, len(spots))
    long = rng.uniform(0.85, 1.35, len(spots)) / many
    heap = pieces(spots[:, 0], spots[:, 1], angle, long, rng.uniform(0, 0.3, len(spots)))
    return heaped(size, heap, pad)


MOTIFS = (
    Motif("fern", _fern, ("leaf", "moss", "lagoon")),
    Motif("palm-frond", _palm, ("leaf", "gold", "peacock")),
    Motif("fan-palm", _fan_palm, ("venom", "lagoon", "sunset")),
    Motif("fern-crozier", _crozier, ("moss", "venom", "copper", "orchid")),
    Motif("twisted-vine", _vine, ("rust", "bone", "moss")),
    Motif("bamboo", _bamboo, ("leaf", "venom", "gold")),
    Motif("lily-pads", _lily_pads, ("lagoon", "peacock", "moss", "coral")),
)
