"""Creatures of the sea with many limbs or frills: crabs, slugs, octopuses."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    dome,
    grid,
    noise,
    placed,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.marine import Skin, curve, formed, swept
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

Some = NDArray[Any]


def _crab(rng: np.random.Generator, size: int) -> Relief:
    scale = np.exp(rng.uniform(-0.2, 0.4))
    turn = rng.uniform(-np.pi, np.pi)
    back = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shift = rng.uniform(-0.08, 0.08, 2)
    tubes: list[tuple[Points, ArrayLike, Skin]] = []

    def limb(points: list[tuple[float, float]], width: list[float], side: int) -> None:
        path = np.array(points) * (side, 1)
        tubes.append(
            ((path @ back * scale + shift).astype(np.float32), np.array(width) * scale, shell)
        )

    def shell(along: Some, across: Some) -> tuple[Some, Some]:
        body = dome(across, 1.05)
        knee = waves(3 * along - 0.25)
        return 0.15 + 0.45 * body, 0.2 + 0.3 * body + 0.4 * knee * body + 0 * along

    step = rng.uniform(-0.03, 0.03, 8)
    for side in (-1, 1):
        for leg in range(4):
            low = -0.02 + 0.05 * leg + step[leg + 2 * (side + 1)]
            knee = (0.3 + 0.02 * leg, low - 0.09 + 0.065 * leg)
            foot = (0.42 - 0.03 * leg, low + 0.03 + 0.09 * leg)
            limb([(0.13, 0.02 * leg - 0.02), knee], [0.03, 0.027, 0.022], side)
            limb([knee, foot], [0.024, 0.02, 0.006], side)
        open_ = rng.uniform(0.0, 0.05)
        limb([(0.13, -0.06), (0.25, -0.16)], [0.035, 0.035], side)
        limb([(0.25, -0.16), (0.2, -0.27)], [0.04, 0.062, 0.07, 0.06], side)
        limb([(0.21, -0.26), (0.22 + open_, -0.35), (0.13, -0.43)], [0.045, 0.035, 0.008], side)
        limb(
            [(0.18, -0.26), (0.11 - open_, -0.3), (0.1 - open_, -0.39)], [0.03, 0.024, 0.006], side
        )
    height, tone, cover = swept(size, tubes)
    x, y = grid(size)
    x, y = (x - np.float32(shift[0])) / scale, (y - np.float32(shift[1])) / scale
    x, y = x * back[0, 0] + y * back[0, 1], x * back[1, 0] + y * back[1, 1]
    edge = 1 + 0.05 * waves(11 * np.arctan2(y, np.abs(x)) / np.pi) * (y < 0)
    t = np.hypot(x / 0.225, (y - 0.02) / (0.165 - 0.12 * np.abs(x))) / edge
    disc = smooth(1.03, 0.96, t)
    bumps = waves(16 * np.abs(x)) * waves(15 * y)
    groove = dome(np.abs(np.abs(x) - 0.07 - 0.6 * (y - 0.02) ** 2), 0.015)
    height = height * (1 - disc) + disc * (0.3 + 0.6 * dome(t, 1.03) + 0.18 * bumps - 0.2 * groove)
    tone = tone * (1 - disc) + disc * (0.3 + 0.3 * dome(t, 1) + 0.4 * bumps - 0.3 * groove)
    eye = np.hypot(np.abs(x) - 0.07, y + 0.155) / 0.028
    seen = smooth(1.1, 0.95, eye)
    height = height * (1 - seen) + seen * (0.7 + 0.4 * dome(eye, 1.1))
    tone = tone * (1 - seen) + seen * smooth(0.55, 0.75, eye)
    return formed(height, tone, np.maximum(np.maximum(cover, disc), seen))


def _slug(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.12)
    y = y - rng.uniform(0.04, 0.1) * np.sin(rng.uniform(5, 8) * x + rng.uniform(0, 6))
    body = 0.1 * np.sqrt(np.clip(1 - (x / 0.42) ** 2, 0, 1)) * (1 - 0.4 * x)
    count = rng.uniform(8, 12)
    lace = waves(count * x + 0.15 * np.sin(30 * x))
    mantle = np.abs(y) - body
    wide = (0.07 + 0.035 * lace) * smooth(0.46, 0.36, np.abs(x))
    t = mantle / np.maximum(wide, 1e-3)
    frill = smooth(1.04, 0.94, t) * smooth(0.002, 0.02, wide)
    fold = waves(count * x + 0.15 * np.sin(30 * x) + 2.0 * np.clip(mantle, 0, 1))
    within = smooth(0.01, -0.01, mantle) * smooth(0.42, 0.41, np.abs(x))
    rim = dome(np.abs(t - 0.85), 0.2)
    line = dome(np.abs(mantle + 0.02), 0.016) + dome(y, 0.012)
    spot = smooth(0.55, 0.7, waves(13 * x) * waves(13 * y + 0.25))
    plume = np.hypot(x - 0.2, y)
    petal = waves(8 * np.arctan2(y, x - 0.2) / (2 * np.pi)) * smooth(0.1, 0.07, plume)
    petal = petal * smooth(0.01, 0.03, plume)
    horn = np.hypot((x + 0.31 - 0.4 * np.abs(y)) * 0.7, np.abs(y) - 0.045) / 0.022
    horned = smooth(1.1, 0.9, horn)
    height = within * (0.45 + 0.4 * dome(y, np.maximum(body, 1e-3))) + (1 - within) * (
        0.15 + 0.4 * fold
    )
    height = height + 0.25 * spot * within + 0.4 * petal + 0.4 * horned * dome(horn, 1.2)
    tone = within * (0.3 + 0.3 * spot + 0.3 * line) + (1 - within) * (0.35 + 0.3 * fold + 0.4 * rim)
    tone = tone + (0.95 - tone) * np.maximum(petal, horned) * 0.9
    return formed(height, tone, np.maximum(frill, within))


def _octopus(rng: np.random.Generator, size: int) -> Relief:
    scale = np.exp(rng.uniform(-0.2, 0.4))
    turn = rng.uniform(-np.pi, np.pi)
    shift = rng.uniform(-0.08, 0.08, 2)
    beads = rng.integers(11, 16)
    tubes: list[tuple[Points, ArrayLike, Skin]] = []

    def arm(along: Some, across: Some) -> tuple[Some, Some]:
        cup = np.hypot(2 * (np.mod(along * beads, 1) - 0.5), (across - 0.45) / 0.42)
        ring, hole = smooth(1.0, 0.8, cup), smooth(0.55, 0.4, cup)
        height = 0.1 + 0.5 * dome(across, 1.05) + 0.2 * ring - 0.25 * hole
        return height, 0.2 + 0.3 * dome(across, 1.0) + 0.45 * ring - 0.5 * hole

    t = np.linspace(0, 1, 26)
    for number in rng.permutation(8):
        heading = turn + (number + 0.5) * 2 * np.pi / 8 + rng.normal(0, 0.1)
        curl = rng.choice([-1, 1]) * rng.uniform(1.5, 6.5) * t**2.2
        bends = curl + rng.uniform(-0.5, 0.5) * np.sin(6 * t)
        path = curve(tuple(shift), heading, bends, rng.uniform(0.6, 0.8) * scale)
        tubes.append((path, np.linspace(0.08, 0.008, 12) * scale, arm))
    height, tone, cover = swept(size, tubes)
    x, y = grid(size)
    x, y = (x - np.float32(shift[0])) / scale, (y - np.float32(shift[1])) / scale
    x, y = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    head = np.minimum(
        np.hypot((x - 0.1) / 0.18, y / (0.14 - 0.1 * (x - 0.1))), np.hypot(x, y) / 0.135
    )
    on = smooth(1.04, 0.96, head)
    warts = smooth(0.5, 0.75, noise(rng, size, 13))
    eye = np.hypot(x + 0.02, np.abs(y) - 0.085) / 0.045
    eyes = smooth(1.1, 0.95, eye)
    slit = np.hypot((x + 0.02) / 0.034, (np.abs(y) - 0.085) / 0.011)
    bump = 0.45 + 0.65 * dome(head, 1.03) + 0.15 * warts
    height = height * (1 - on) + on * bump
    tone = tone * (1 - on) + on * (0.3 + 0.3 * dome(head, 1.0) + 0.35 * warts)
    height = height * (1 - eyes) + eyes * (0.8 + 0.4 * dome(eye, 1.1))
    tone = tone * (1 - eyes) + eyes * 0.95 * smooth(0.8, 1.1, slit) * smooth(1.05, 0.8, eye)
    return formed(height, tone, np.maximum(cover, on))


MOTIFS = (
    Motif("crab", _crab, ("blood", "rust", "coral")),
    Motif("sea-slug", _slug, ("candy", "orchid", "petal")),
    Motif("octopus", _octopus, ("coral", "dusk", "ember")),
)
