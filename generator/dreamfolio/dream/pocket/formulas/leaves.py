"""Single leaves, and leaves in heaps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import nearest, noise, placed, scattered, smooth, waves
from dreamfolio.dream.pocket.drawing.heap import Form, Values, heaped, pieces, somewhere
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief

# A lobe: where its vein starts, its angle, its length, its width, and its form as in heap.petal.
Lobe = tuple[float, float, float, float, float, float, float]


def _lobed(x: Values, y: Values, lobes: Sequence[Lobe], *, ribs: float, teeth: float) -> Relief:
    """One blade of many lobes, each with a vein; ``ribs`` side veins and teeth along each."""
    inside = np.full(x.shape, -1, np.float32)
    vein = np.full(x.shape, 1, np.float32)
    side = np.zeros(x.shape, np.float32)
    for ax, ay, angle, long, wide, toward, point in lobes:
        c, s = np.cos(angle), np.sin(angle)
        u, v = c * (x - ax) + s * (y - ay), np.abs(c * (y - ay) - s * (x - ax))
        t = np.clip(u / long, 0, 1)
        slant = (u - 0.7 * v) * ribs
        half = wide / 2 * np.abs(np.sin(np.pi * t**toward)) ** point
        half = half - teeth * (slant % 1) * smooth(0.1, 0.3, t)
        within = half - v - np.maximum(np.abs(u / long - 0.5) - 0.5, 0) * long
        better = within > inside
        side = np.where(better, waves(slant) ** 4, side)
        inside = np.maximum(inside, within)
        on = np.where((u > 0) & (u < long), v + 0.006 * t, 1)
        vein = np.minimum(vein, on)
    main = np.exp(-((vein / 0.009) ** 2))
    pillow = np.sqrt(np.clip(inside / 0.07, 0, 1))
    height = 0.3 * pillow + 0.25 * smooth(0, 0.08, vein) - 0.12 * side + 0.3 * main
    tone = 0.3 + 0.35 * smooth(0.1, 0.0, vein) - 0.2 * side + 0.4 * main - 0.2 * pillow
    cover = smooth(-0.004, 0.004, inside)
    return Relief(height.astype(np.float32), (tone + 0.15).astype(np.float32), cover)


def _with_stalk(long: float, lobes: list[Lobe]) -> list[Lobe]:
    return [*lobes, (0.0, 0.0, np.pi / 2, long, 0.03, 1.0, 0.1)]


def _maple(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.1, warp=0.06)
    y = y - 0.12
    lobes: list[Lobe] = []
    stretch = rng.uniform(0.9, 1.1)
    rows = ((0.0, 0.52, 0.22), (0.85, 0.46, 0.2), (1.75, 0.3, 0.14))
    for spread, long, wide in rows:
        for sign in (-1, 1) if spread else (1,):
            angle = -np.pi / 2 + sign * spread * stretch
            lobes.append((0, 0, angle, long, wide, 0.75, 0.9))
            ax, ay = 0.4 * long * np.cos(angle), 0.4 * long * np.sin(angle)
            for branch in (-0.6, 0.6):
                lobes.append((ax, ay, angle + branch, 0.4 * long, 0.45 * wide, 0.8, 1.0))
    return _lobed(x, y, _with_stalk(0.3, lobes), ribs=rng.uniform(14, 20), teeth=0.008)


def _oak(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.1, warp=0.1)
    y = y - 0.32
    lobes: list[Lobe] = [(0, 0, -np.pi / 2, 0.74, 0.24, 1.2, 0.8)]
    count = int(rng.integers(4, 6))
    for row in range(count):
        t = (row + 0.6) / count
        long = 0.27 * np.sin(np.pi * (0.15 + 0.75 * t**1.1))
        for sign in (-1, 1):
            at = -0.66 * t + 0.1 + rng.uniform(-0.01, 0.01)
            lobes.append((0, at, -np.pi / 2 + sign * 0.95, long, 0.13, 1.6, 0.35))
    return _lobed(x, y, _with_stalk(0.14, lobes), ribs=rng.uniform(12, 18), teeth=0.0)


def _monstera(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.1, warp=0.08)
    side, down = np.abs(x), y + 0.02
    t = np.clip((down + 0.42) / 0.86, 0, 1)
    # A heart: its point up, two round lobes below.
    half = 0.44 * np.sin(np.pi * t**1.25 * 0.93) ** 0.75
    heart = np.minimum(half - side, 0.42 - down)
    heart = np.minimum(heart, np.hypot(side, (down - 0.42) * 0.6) - 0.09)
    ribs = rng.uniform(5.0, 7.0)
    phase = (down + 0.55 * side) * ribs + 0.08 * noise(rng, size, 4)
    slot = np.abs(phase % 1 - 0.5) * 2
    cut = smooth(0.7, 0.8, slot) * smooth(0.19, 0.22, side + 0.05 * np.sin(np.floor(phase) * 5))
    hole = smooth(0.6, 0.75, slot) * smooth(0.035, 0.02, np.abs(side - 0.1))
    blade = smooth(-0.004, 0.004, heart)
    cover = blade * (1 - cut) * (1 - hole)
    vein = smooth(0.16, 0.06, slot) * smooth(0.0, 0.03, side)
    middle = smooth(0.018, 0.008, side) * (down > -0.4)
    swell = np.sqrt(np.clip(1 - slot**2, 0, 1))
    height = 0.55 * swell + 0.25 * middle - 0.1 * vein + 0.2 * smooth(0.0, 0.2, side)
    tone = 0.35 + 0.3 * swell + 0.4 * np.maximum(vein, middle) - 0.25 * smooth(0.1, 0.4, side)
    return Relief(height.astype(np.float32), tone.astype(np.float32), cover.astype(np.float32))


def _ginkgo_leaf(cleft: float, count: float) -> Form:
    def form(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = np.hypot(u + 0.18, v), np.arctan2(v, u + 0.18)
        frill = 0.02 * np.sin(13 * around + number) + 0.015 * np.sin(29 * around + 2 * number)
        edge = 0.62 + frill - cleft * np.exp(-((around / 0.07) ** 2))
        fan = np.minimum(edge - far, (1.15 - np.abs(around)) * far)
        stalk = np.minimum(0.018 - np.abs(v + 0.15 * (u + 0.18) ** 2), -0.1 - u)
        fold = waves(around * count) ** 2
        t = np.clip(far / 0.62, 0, 1)
        height = 0.15 + 0.3 * t + 0.18 * fold * t + 0.15 * waves(around * 1.2 + 0.25)
        tone = 0.45 + 0.35 * t - 0.25 * fold * t + 0.25 * smooth(0.06, 0.01, edge - far)
        return height, tone, np.maximum(fan, stalk)

    return form


def _ginkgo(rng: np.random.Generator, size: int) -> Relief:
    count = int(rng.integers(1, 6))
    long = rng.uniform(0.75, 0.95) if count < 2 else rng.uniform(0.5, 0.65)
    far = 0.0 if count < 2 else 0.2
    spin = np.arange(count) * 2 * np.pi / count + rng.uniform(-0.3, 0.3, count)
    heap = pieces(
        far * np.cos(spin), far * np.sin(spin), spin, long, 0.15 * np.arange(count) % 0.5
    )  # fmt: skip
    leaf = _ginkgo_leaf(rng.uniform(0.1, 0.3), rng.uniform(7, 10))
    return heaped(size, somewhere(rng, (0.9, 1.4), 0.12).of(heap), leaf)


def _ivy_leaf(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
    far, around = np.hypot(u + 0.15, v), np.arctan2(v, u + 0.15)
    lobe = np.abs(((around + 0.03) / 0.95 + 0.5) % 1 - 0.5) * 2
    edge = (0.43 + 0.24 * (1 - lobe) ** 1.2) * (1.0 - 0.16 * np.abs(around) ** 0.9)
    edge = edge * smooth(3.1, 2.5, np.abs(around))
    t = np.clip(far / np.maximum(edge, 0.02), 0, 1)
    vein = np.exp(-((lobe * far / 0.02) ** 2)) * (np.abs(around) < 2.4)
    net = waves(far * 13 + 1.6 * lobe) ** 3
    height = 0.15 + 0.35 * np.sqrt(1 - 0.9 * t**2) - 0.2 * vein + 0.06 * net
    tone = 0.25 + 0.15 * net + 0.55 * vein + 0.3 * smooth(0.8, 1.0, t)
    return height, tone, edge - far


def _ivy(rng: np.random.Generator, size: int) -> Relief:
    many = rng.uniform(1.7, 3.0)
    spots = scattered(rng, many, even=0.7)
    spots = spots[np.argsort(rng.random(len(spots)))]
    angle = rng.uniform(-np.pi, np.pi) + rng.normal(0, 0.7, len(spots))
    long = rng.uniform(1.1, 1.5, len(spots)) / many
    heap = pieces(spots[:, 0], spots[:, 1], angle, long, rng.uniform(0, 0.6, len(spots)))
    return heaped(size, heap, _ivy_leaf)


def _leaf_pile(rng: np.random.Generator, size: int) -> Relief:
    many = rng.uniform(1.9, 2.8)
    spots = scattered(rng, many, even=0.6)
    spots = np.concatenate([spots, spots[::-1] + np.float32(0.5 / many)])
    shade = rng.uniform(-0.25, 0.25, len(spots)).astype(np.float32)
    slim = rng.uniform(0.36, 0.5)
    ribs = rng.uniform(8, 12)

    def leaf(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        bent = v + 0.12 * (u**2 - 0.1) * np.sign(shade[number])
        t = np.clip(u + 0.5, 0, 1)
        half = slim / 2 * np.abs(np.sin(np.pi * t**0.85)) ** 0.9
        middle = np.exp(-((bent / 0.014) ** 2))
        side = waves((u - 0.8 * np.abs(bent)) * ribs) ** 3
        height = 0.35 + 0.9 * np.abs(bent) - 1.8 * bent**2 - 0.07 * side + 0.12 * middle
        tone = 0.4 + shade[number] + 0.35 * middle + 0.2 * side - 0.35 * np.abs(bent) / slim
        inside = np.maximum(half, 0.012 * (u < -0.2)) - np.abs(bent)
        return height, tone, inside - np.maximum(np.abs(u) - 0.5, 0)

    angle = rng.uniform(-np.pi, np.pi, len(spots))
    long = rng.uniform(1.2, 1.5, len(spots)) / many
    heap = pieces(spots[:, 0], spots[:, 1], angle, long, rng.uniform(0, 0.5, len(spots)))
    return heaped(size, heap, leaf)


def _leaf_veins(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.4), shift=0.15, warp=0.12)
    cells = scattered(rng, rng.uniform(8, 10), even=0.55)
    first, second, _ = nearest(x, y, cells)
    gap = second - first
    fine = smooth(0.025, 0.005, gap)
    ribs = rng.uniform(3.5, 5)
    phase = (y + 0.6 * np.abs(x) - 0.35 * x**2) * ribs + 0.25 * (x > 0)
    slot = np.abs(phase % 1 - 0.5) * 2
    wide = 0.2 - 0.15 * np.clip(np.abs(x) / 0.6, 0, 1)
    side = smooth(0.05, -0.05, slot - wide)
    middle = smooth(0.034, 0.024, np.abs(x))
    main = np.maximum(side * 0.8, middle)
    pillow = np.sqrt(np.clip(gap / 0.09, 0, 1)) * smooth(0.05, 0.4, slot)
    height = 0.35 * pillow + 0.35 * smooth(0.1, 0.9, slot) + 0.6 * main - 0.1 * fine
    tone = 0.2 + 0.3 * pillow + 0.15 * slot + 0.3 * fine * (1 - main) + 0.6 * main
    return Relief(height.astype(np.float32), tone.astype(np.float32))


MOTIFS = (
    Motif("maple-leaf", _maple, ("ember", "sunset", "rust")),
    Motif("oak-leaf", _oak, ("leaf", "gold", "copper")),
    Motif("monstera", _monstera, ("leaf", "lagoon", "moss")),
    Motif("ginkgo", _ginkgo, ("gold", "venom", "sunset")),
    Motif("ivy", _ivy, ("moss", "leaf", "peacock")),
    Motif("leaf-pile", _leaf_pile, ("rust", "ember", "sunset", "candy")),
    Motif("leaf-veins", _leaf_veins, ("leaf", "venom", "lagoon", "opal")),
)
