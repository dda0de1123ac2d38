"""Arms that bend and taper: tentacles with suckers, alone, massed or close up; bare tendrils."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.canvas import (
    Points,
    dome,
    noise,
    placed,
    smooth,
    stroke_distance,
    waves,
)
from dreamfolio.dream.pocket.marine import Skin, curve, formed, swept
from dreamfolio.dream.pocket.relief import Field, Motif, Relief


def _arm(rng: np.random.Generator, turns: float) -> Points:
    """A line from near the border inward, its bend growing toward the tip."""
    t = np.linspace(0, 1, 28)
    bend = rng.choice([-1, 1]) * turns * 2 * np.pi
    heading = bend * t ** rng.uniform(1.5, 2.5) + rng.uniform(-0.4, 0.4) * np.sin(5 * t)
    step = np.stack([np.cos(heading), np.sin(heading)], -1) * (1 - 0.75 * t)[:, None]
    path = np.cumsum(step, axis=0)
    path = (path - path.mean(0)) / np.ptp(path, axis=0).max() * 0.85
    return path.astype(np.float32)


def _arm_relief(rng: np.random.Generator, size: int) -> tuple[Field, Field, Field, Field]:
    """Distance over width, how far along, width, and the cover, of one arm."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12)
    far, along = stroke_distance(x, y, _arm(rng, rng.uniform(0.4, 1.1)))
    width = rng.uniform(0.08, 0.13) * (1 - 0.85 * along) + 0.006
    return (far / width).astype(np.float32), along, width, smooth(1.05, 0.95, far / width)


def _tentacle(rng: np.random.Generator, size: int) -> Relief:
    across, along, _, cover = _arm_relief(rng, size)
    beads = waves(rng.uniform(9, 15) * along**0.75)
    sucker = smooth(0.55, 0.9, beads) * smooth(0.75, 0.5, np.abs(across - 0.35) / 0.6)
    hollow = smooth(0.85, 1.0, beads) * smooth(0.4, 0.2, np.abs(across - 0.35) / 0.6)
    height = 0.75 * dome(across, 1.0) + 0.3 * sucker - 0.3 * hollow
    tone = 0.3 + 0.15 * along + 0.5 * sucker - 0.4 * hollow
    return Relief(height, tone, cover)


def _tendril(rng: np.random.Generator, size: int) -> Relief:
    across, along, _, cover = _arm_relief(rng, size)
    rings = waves(rng.uniform(20, 34) * along)
    return Relief(dome(across, 1.0) * (0.8 + 0.2 * rings), 0.35 + 0.4 * along + 0.2 * rings, cover)


def _sucked(beads: float, side: float) -> Skin:
    """The skin of an arm seen aslant: suckers in a row on one side, spots on the other."""

    def skin(along: NDArray[Any], across: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        across = across * side
        phase = beads * along**0.8
        cup = np.hypot(2 * (np.mod(phase, 1) - 0.5), (across - 0.42) / 0.42)
        ring, hole = smooth(1.0, 0.8, cup), smooth(0.6, 0.4, cup)
        spot = waves(1.3 * phase) * smooth(0.3, 0.0, np.abs(across + 0.45))
        body = dome(across, 1.05)
        height = 0.05 + 0.6 * body + 0.22 * ring - 0.3 * hole + 0.08 * spot
        return height, 0.12 + 0.35 * body + 0.42 * ring - 0.5 * hole + 0.25 * spot

    return skin


def _mass(rng: np.random.Generator, size: int) -> Relief:
    """Many arms that come in from all sides, curl, and lie over each other."""
    tubes: list[tuple[Points, ArrayLike, Skin]] = []
    t = np.linspace(0, 1, 26)
    count = int(rng.integers(9, 16))
    thick = rng.uniform(0.07, 0.11) * (12 / count) ** 0.5
    for angle in rng.permutation(count) * 2 * np.pi / count + rng.uniform(0, 6):
        out = rng.uniform(0.35, 0.7)
        root = (float(out * np.cos(angle)), float(out * np.sin(angle)))
        turn = rng.choice([-1, 1])
        bends = turn * rng.uniform(2, 7) * t**2 + rng.uniform(-0.9, 0.9) * np.sin(5 * t)
        heading = float(angle + np.pi + rng.normal(0, 0.6))
        path = curve(root, heading, bends, rng.uniform(0.75, 1.15))
        width = thick * rng.uniform(0.7, 1.25) * (1 - 0.9 * np.linspace(0, 1, 16))
        tubes.append((path, width, _sucked(rng.uniform(11, 16), turn)))
    height, tone, cover = swept(size, tubes)
    if rng.random() < 0.4:
        return formed(height, tone)
    return formed(height, tone, cover)


def _rows(rng: np.random.Generator, size: int) -> Relief:
    """The underside of broad arms, side by side: two rows of suckers on each, set in turn."""
    x, y = placed(rng, size, scale=(0.8, 1.5), warp=0.2)
    y = y + rng.uniform(-0.12, 0.12) * np.sin(rng.uniform(3, 6) * x + rng.uniform(0, 6))
    arms = rng.uniform(1.3, 2.6)
    strip = y * arms + rng.uniform(0, 1)
    number = np.floor(strip)
    across = 2 * (strip - number) - 1
    step = arms * rng.uniform(1.5, 2.1)
    upper = across > 0
    phase = x * step + 0.5 * upper + 0.37 * number
    u = 2 * (np.mod(phase, 1) - 0.5)
    v = np.abs(across) - 0.43
    cup = np.hypot(u / 0.92, v / (0.85 * 0.5))
    angle = np.arctan2(v * 2, u)
    pleat = waves(7 * angle / np.pi)
    rim = dome(np.abs(cup - 0.78), 0.26)
    hollow = smooth(0.72, 0.5, cup)
    heart = dome(cup, 0.26)
    arm = dome(across, 1.03)
    wart = smooth(0.5, 0.75, noise(rng, size, 22)) * smooth(1.0, 1.15, cup)
    height = 0.1 + 0.5 * arm + 0.4 * rim - 0.3 * hollow + 0.2 * heart + 0.1 * wart
    height = height + 0.1 * pleat * hollow * (1 - heart)
    tone = 0.15 + 0.3 * arm + 0.4 * rim - 0.2 * hollow + 0.3 * heart + 0.2 * wart
    return formed(height, tone + 0.25 * pleat * hollow * (1 - heart))


MOTIFS = (
    Motif("tentacle", _tentacle, ("coral", "petal", "dusk")),
    Motif("tentacle-mass", _mass, ("coral", "lagoon", "amethyst")),
    Motif("sucker-rows", _rows, ("flesh", "orchid", "sunset")),
    Motif("tendril", _tendril, ("leaf", "moss", "venom")),
)
