"""Arms that bend and taper: tentacles with suckers, bare tendrils."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.canvas import Points, dome, placed, smooth, stroke_distance, waves
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
    width = rng.uniform(0.07, 0.11) * (1 - 0.85 * along) + 0.006
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


MOTIFS = (
    Motif("tentacle", _tentacle, ("coral", "petal", "dusk")),
    Motif("tendril", _tendril, ("leaf", "moss", "venom")),
)
