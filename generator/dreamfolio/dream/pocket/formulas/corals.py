"""Corals and sponges: mazes, branches, nets, tubes, cups and bubbles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    dome,
    nearest,
    noise,
    placed,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.marine import Skin, curve, formed, maze, spokes, swept
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

Some = NDArray[Any]


def _brain(rng: np.random.Generator, size: int) -> Relief:
    count = rng.uniform(5, 9.5)
    folds = maze(rng, size, count, 0.16)
    ridge = smooth(-0.5, 0.15, folds)
    seam = dome(np.maximum(0.75 - folds, 0), 0.45) * smooth(0.45, 0.7, folds)
    teeth = waves(noise(rng, size, 3) * count * 2.5)
    slope = ridge * (1 - ridge) * 4
    height = 0.1 + 0.6 * np.sqrt(ridge) - 0.3 * seam + 0.1 * teeth * slope
    tone = 0.08 + 0.62 * ridge - 0.25 * seam + 0.25 * teeth * slope
    if rng.random() < 0.5:
        return formed(height, tone)
    x, y = placed(rng, size, scale=(0.9, 1.4), shift=0.12, warp=0.1)
    r = np.hypot(x, y * rng.uniform(1, 1.2)) / 0.44
    return formed(0.55 * height + 0.8 * dome(r, 1.02), tone, smooth(1.0, 0.97, r))


def _branching(rng: np.random.Generator, size: int) -> Relief:
    scale = np.exp(rng.uniform(-0.05, 0.4))
    lean = rng.uniform(-np.pi, np.pi)
    knobs = rng.uniform(20, 30)
    tubes: list[tuple[Points, ArrayLike, Skin]] = []

    def bark(long: float, width: float, last: bool) -> Skin:
        def skin(along: Some, across: Some) -> tuple[Some, Some]:
            body = dome(across, 1.04)
            around = np.arcsin(np.clip(across, -1, 1))
            rows = np.floor(along * long * knobs * 1.6)
            bump = waves(along * long * knobs * 1.6 - 0.25)
            bump = bump * waves(around * 1.1 + 0.5 * np.mod(rows, 2)) * body
            tip = smooth(0.7, 1.0, along) if last else 0.0
            height = 0.15 + 0.5 * body + 0.35 * bump
            return height, 0.15 + 0.25 * body + 0.4 * bump + 0.35 * tip * body

        return skin

    def grow(root: Points, heading: float, long: float, width: float, left: int) -> None:
        bends = rng.uniform(-0.5, 0.5) * np.linspace(0, 1, 8)
        path = curve((float(root[0]), float(root[1])), heading, bends, long)
        tip = left == 0
        widths = np.linspace(width, width * 0.72, 12)
        if tip:
            widths = width * np.concatenate([np.linspace(1, 0.75, 10), [0.6, 0.3]])
        if left:
            spread = rng.uniform(0.35, 0.6)
            ways = (-spread, spread) if rng.random() < 0.6 else (-spread * 1.5, 0.05, spread * 1.5)
            for way in ways:
                turn = float(heading + bends[-1] + way + rng.normal(0, 0.1))
                grow(path[-1], turn, long * rng.uniform(0.7, 0.95), width * 0.76, left - 1)
        tubes.append((path, widths, bark(long / scale, width, tip)))

    out = np.array([np.cos(lean), np.sin(lean)])
    grow((-0.46 * out).astype(np.float32), lean, 0.25 * scale, 0.062 * scale, 3)
    return formed(*swept(size, tubes))


def _sea_fan(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.4), shift=0.08, warp=0.12)
    y = 0.44 - y
    r, a = np.hypot(x, y), np.arctan2(x, y)
    spread = rng.uniform(0.8, 1.15)
    lobes = 0.82 - 0.1 * np.cos(a * rng.uniform(5, 9) + rng.uniform(0, 6)) * (0.3 + np.abs(a))
    across = rng.uniform(8, 12)
    points = scattered(rng, across, even=0.6)
    u, v = a * 0.5 * np.sqrt(r + 0.05), (r - 0.45) * 0.62
    first, second, _ = nearest(u, v, points)
    wall = (second - first) * across
    net = smooth(0.42, 0.2, wall)
    vein = dome(spokes(a * 2 * np.pi / spread, 7), 0.2 / (0.25 + 2.2 * r))
    fork = dome(spokes(a * 2 * np.pi / spread + 3.1416, 7), 0.1 / (0.2 + 2 * r)) * (r > 0.3)
    vein = np.maximum(vein, fork)
    inside = smooth(1.0, 0.97, r / lobes) * smooth(spread, spread - 0.05, np.abs(a))
    stem = smooth(0.06, 0.04, np.abs(x)) * (y < 0.16) * (y > -0.04)
    cover = np.maximum(np.maximum(net, smooth(0.1, 0.4, vein)) * inside, stem)
    height = 0.15 + 0.4 * np.sqrt(np.clip(1 - wall / 0.42, 0, 1)) + 0.5 * vein
    tone = 0.25 + 0.35 * r + 0.25 * net - 0.2 * vein + 0.2 * noise(rng, size, 4)
    return formed(height * cover, tone, cover)


def _tube_sponge(rng: np.random.Generator, size: int) -> Relief:
    lean = rng.uniform(-0.4, 0.4)
    scale = np.exp(rng.uniform(-0.25, 0.35))
    tubes: list[tuple[Points, ArrayLike, Skin]] = []
    grooves = int(rng.integers(5, 9))

    def wall(along: Some, across: Some) -> tuple[Some, Some]:
        around = np.arcsin(np.clip(across, -1, 1)) / np.pi
        groove = waves(grooves * around + 0.25 + 0.15 * np.sin(9 * along))
        pores = waves(9 * along + 0.2 * np.sin(20 * around)) * groove
        body = dome(across, 1.04)
        return (
            0.1 + 0.65 * body + 0.15 * groove + 0.12 * pores,
            0.1 + 0.35 * body + 0.2 * groove + 0.2 * pores + 0.25 * along,
        )

    def mouth(along: Some, across: Some) -> tuple[Some, Some]:
        far = np.hypot((2 * along - 1), across * np.sqrt(np.clip(1 - (2 * along - 1) ** 2, 0, 1)))
        rim = dome(np.abs(far - 0.86), 0.2)
        hole = smooth(0.85, 0.6, far)
        return 0.7 + 0.35 * rim - 0.9 * hole, 0.5 + 0.5 * rim - 0.5 * hole

    count = int(rng.integers(4, 8))
    order = np.sort(rng.uniform(0, 1, count))
    for depth, place in zip(order, rng.permutation(np.linspace(-0.33, 0.33, count)), strict=True):
        tall = rng.uniform(0.45, 0.85) * (1.1 - 0.5 * depth) * scale
        wide = rng.uniform(0.075, 0.115) * scale
        root = np.array([place * 0.7 * scale, 0.5])
        bends = np.linspace(0, 1, 8) * rng.uniform(-0.35, 0.35) + place * 0.8
        path = curve((float(root[0]), float(root[1])), -np.pi / 2, bends, tall)
        way = -np.pi / 2 + bends[-1]
        side = np.array([-np.sin(way), np.cos(way)]) * wide
        ring = np.stack([path[-1] - side, path[-1] + side])
        turn = np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
        widths = wide * np.array([0.7, 0.85, 1.0, 1.05, 0.98, 1.0])
        tubes.append(((path @ turn).astype(np.float32), widths, wall))
        oval = 0.45 * wide * dome(np.linspace(-1, 1, 40), 1.01)
        tubes.append(((ring @ turn).astype(np.float32), oval, mouth))
    return formed(*swept(size, tubes))


def _cup(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, warp=0.12)
    step = rng.uniform(1.8, 3.6)
    points = scattered(rng, step, even=0.75)
    r, second, index = nearest(x, y, points)
    number = len(points)
    radius = (rng.uniform(0.36, 0.47, number) / step)[index]
    a = np.arctan2(y - points[index, 1], x - points[index, 0]) + rng.uniform(0, 6, number)[index]
    t = r / radius
    count = int(rng.integers(10, 15))
    main, lesser = spokes(a, count), spokes(a + np.pi / count, count)
    blade = np.maximum(smooth(0.5, 0.2, main), smooth(0.35, 0.1, lesser) * smooth(0.45, 0.6, t))
    blade = blade * smooth(0.22, 0.35, t) * smooth(1.15, 1.0, t)
    rim = dome(np.abs(t - 0.95), 0.22)
    heart = dome(t, 0.3)
    height = 0.2 + 0.45 * rim + 0.3 * blade * (0.4 + 0.6 * t) + 0.3 * heart
    height = height - 0.2 * smooth(0.95, 0.3, t) * (1 - blade)
    gap = smooth(0.0, 0.12 / step, second - r)
    tone = 0.2 + 0.4 * blade + 0.4 * rim * gap + 0.5 * heart - 0.1 * smooth(0.9, 0.4, t)
    return formed(height * (0.5 + 0.5 * gap), tone)


def _bubble(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, warp=0.08)
    scale = np.exp(rng.uniform(-0.3, 0.35))
    points = scattered(rng, 4.6 / scale, even=0.55)
    height = np.zeros((size, size), np.float32)
    tone = np.full((size, size), 0.05, np.float32)
    for px, py in points[rng.permutation(len(points))]:
        radius = rng.uniform(0.09, 0.2) * scale
        if max(abs(px), abs(py)) > 0.6 + radius:
            continue
        far = np.hypot(x - px, (y - py) * rng.uniform(0.85, 1.2)) / radius
        lift = 0.15 + 2.2 * radius * dome(far, 1.0) / scale + rng.uniform(0, 0.25)
        above = (far < 1) & (lift > height)
        vein = waves(2.6 * far + rng.uniform(0, 1)) * 0.25
        shade = 0.06 + 0.5 * dome(far, 1.02) ** 2 + vein + rng.uniform(-0.05, 0.15)
        height = np.where(above, lift, height)
        tone = np.where(above, shade, tone)
    return formed(height, tone)


MOTIFS = (
    Motif("brain-coral", _brain, ("coral", "moss", "amethyst")),
    Motif("branching-coral", _branching, ("coral", "sunset", "opal")),
    Motif("sea-fan", _sea_fan, ("blood", "dusk", "gold")),
    Motif("tube-sponge", _tube_sponge, ("dusk", "gold", "lagoon")),
    Motif("cup-coral", _cup, ("orchid", "ember", "candy")),
    Motif("bubble-coral", _bubble, ("opal", "venom", "petal")),
)
