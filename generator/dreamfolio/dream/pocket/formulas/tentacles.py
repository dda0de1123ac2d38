"""Arms that bend and taper: tentacles with suckers, alone, massed or close up; bare tendrils."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    dome,
    noise,
    placed,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.marine import Skin, curve, formed, swept
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


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


def _coil(rng: np.random.Generator, turns: float, sway: float) -> NDArray[np.float64]:
    """How an arm's heading changes, in radians: swaying first, then wound up to its tip."""
    t = np.linspace(0, 1, 40)
    wound = rng.choice([-1, 1]) * turns * 2 * np.pi * t ** rng.uniform(2, 3.2)
    return wound + sway * np.sin(rng.uniform(3, 6) * t)


def _tentacle(rng: np.random.Generator, size: int) -> Relief:
    """One or two great arms that reach in and curl."""
    tubes: list[tuple[Points, ArrayLike, Skin]] = []
    scale = np.exp(rng.uniform(-0.2, 0.35))
    angle = rng.uniform(0, 2 * np.pi)
    for _ in range(int(rng.choice([1, 1, 2]))):
        bends = _coil(rng, rng.uniform(0.7, 1.6), rng.uniform(0.1, 0.5))
        taper = 1 - 0.75 * np.linspace(0, 1, len(bends))
        heading = bends + angle
        step = np.stack([np.cos(heading), np.sin(heading)], -1) * taper[:, None]
        path = np.cumsum(step, axis=0)
        middle = (path.max(0) + path.min(0)) / 2
        path = (path - middle) / np.ptp(path, axis=0).max() * 0.85 * scale
        path = path + rng.uniform(-0.1, 0.1, 2)
        width = rng.uniform(0.1, 0.14) * scale * (1 - 0.93 * np.linspace(0, 1, 16) ** 0.9)
        side = float(np.sign(bends[-1]))
        tubes.append((path.astype(np.float32), width, _sucked(rng.uniform(11, 16), side)))
        angle += rng.uniform(1.2, 5)
    return formed(*swept(size, tubes))


def _tendril(rng: np.random.Generator, size: int) -> Relief:
    """A climber's ringed stem, with tendrils that wind into spirals to both sides."""
    tubes: list[tuple[Points, ArrayLike, Skin]] = []
    scale = np.exp(rng.uniform(-0.1, 0.4))
    angle = rng.uniform(0, 2 * np.pi)
    out = np.array([np.cos(angle), np.sin(angle)])
    t = np.linspace(0, 1, 40)

    def ringed(rings: float) -> Skin:
        def skin(along: NDArray[Any], across: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
            body, ring = dome(across, 1.04), waves(rings * along + 0.1 * across)
            return 0.15 + body * (0.5 + 0.25 * ring), 0.2 + 0.35 * body + 0.2 * ring + 0.2 * along

        return skin

    sway = rng.uniform(0.4, 0.9) * np.sin(rng.uniform(4, 7) * t + rng.uniform(0, 6))
    root = -0.55 * out * scale
    stem = curve((float(root[0]), float(root[1])), angle, sway, 1.15 * scale)
    side = rng.choice([-1, 1])
    for place in np.linspace(6, 30, int(rng.integers(3, 6))).astype(int):
        long = rng.uniform(0.75, 1.2) * scale
        # Curvature that grows like 1 / (what is left) winds the tip into a log spiral.
        bends = side * (0.8 - rng.uniform(2.2, 3.2) * np.log(1 - 0.95 * t))
        path = curve(
            (float(stem[place, 0]), float(stem[place, 1])), angle + sway[place], bends, long
        )
        width = scale * np.linspace(0.034, 0.016, 16)
        tubes.append((path, width, ringed(rng.uniform(16, 24))))
        side = -side
    tubes.append((stem, scale * np.linspace(0.05, 0.02, 16), ringed(rng.uniform(22, 32))))
    return formed(*swept(size, tubes))


def _mass(rng: np.random.Generator, size: int) -> Relief:
    """Many arms that come in from all sides, curl, and lie over each other."""
    tubes: list[tuple[Points, ArrayLike, Skin]] = []
    t = np.linspace(0, 1, 26)
    count = int(rng.integers(9, 16))
    thick = rng.uniform(0.07, 0.11) * (12 / count) ** 0.5
    for angle in rng.permutation(count) * 2 * np.pi / count + rng.uniform(0, 6):
        out = rng.uniform(0.48, 0.75)
        root = (float(out * np.cos(angle)), float(out * np.sin(angle)))
        turn = rng.choice([-1, 1])
        bends = turn * rng.uniform(2, 7) * t**2 + rng.uniform(-0.9, 0.9) * np.sin(5 * t)
        heading = float(angle + np.pi + rng.normal(0, 0.6))
        path = curve(root, heading, bends, rng.uniform(0.85, 1.3))
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
