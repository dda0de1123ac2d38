"""The spike of a protein, grown in numpy: its form and what its skin is told."""

from __future__ import annotations

import numpy as np
from earth import clouded
from sculpt import Array, cell_distance, ease, smooth_max, smooth_min, surface

GRAIN = 0.0085  # edge of a voxel of a spike of height 1


def spike_form(seed: int) -> tuple[Array, Array, dict[str, Array]]:
    """A protein's spike of height 1: three strands, wound into a stalk that bends, open into a
    trumpet of three lobes with a knob on each and beads all over; roots spread below."""
    chance = np.random.default_rng(seed)
    low, high = np.array([-0.42, -0.42, -0.16]), np.array([0.42, 0.42, 1.14])
    axes = [np.arange(a, b, GRAIN, dtype=np.float32) for a, b in zip(low, high, strict=True)]
    p = np.stack([g.ravel() for g in np.meshgrid(*axes, indexing="ij")], axis=1)
    z = p[:, 2]
    x, y = straightened(p, bend := chance.uniform(-0.09, 0.09, (2, 2)))
    wind = chance.uniform(2.5, 5.0) * chance.choice((-1, 1))
    form = smooth_min(stalk(x, y, z, wind), crown(x, y, z, wind, chance), 0.04)
    near = np.flatnonzero(np.abs(form) < 0.04)
    q = p[near] + np.float32(seed)
    beads = np.sqrt(np.maximum(0.021**2 - cell_distance(q, 17) ** 2, 0))
    form[near] -= (beads * ease(0.024, 0.0, form[near]) + clouded(q, 9, 3) * 0.009) * ease(
        0.02, 0.3, z[near]
    )
    vertices, quads = surface(form.reshape([len(a) for a in axes]), low, GRAIN)
    v = vertices.astype(np.float32)
    told = {
        "up": v[:, 2],
        "bead": ease(0.024, 0.008, cell_distance(v + np.float32(seed), 17)),
        "throat": ease(0.13, 0.05, np.hypot(*straightened(v, bend))) * ease(0.64, 0.7, v[:, 2]),
    }
    return vertices, quads, told


def straightened(p: Array, bend: Array) -> Array:
    """The x and y that points would have, were the spike not bent."""
    along = np.clip(p[:, 2], 0, 1.1)
    return p[:, :2].T - bend @ np.stack([np.sin(3.2 * along), along**2])


def stalk(x: Array, y: Array, z: Array, wind: float) -> Array:
    reach = 0.026 + 0.15 * np.exp(-np.maximum(z + 0.14, 0) / 0.07) + 0.05 * ease(0.35, 0.8, z)
    thick = 0.03 + 0.016 * np.exp(-np.maximum(z, 0) / 0.1) + 0.012 * ease(0.3, 0.7, z)
    form = np.full(len(z), 9.0, np.float32)
    for k in range(3):
        turn = 2 * np.pi * k / 3 + wind * z
        strand = np.hypot(x - reach * np.cos(turn), y - reach * np.sin(turn)) - thick
        form = smooth_min(form, np.maximum(strand, z - 0.72), 0.022)
    return form


def crown(x: Array, y: Array, z: Array, wind: float, chance: np.random.Generator) -> Array:
    """The trumpet: a hollow cup whose rim is drawn out into three lobes."""
    flare, lobed = chance.uniform(0.17, 0.25), chance.uniform(0.22, 0.38)
    r, turn = np.hypot(x, y), np.arctan2(y, x) - wind * np.minimum(z, 0.95)
    three = np.cos(3 * turn)
    bell = 0.045 + flare * ease(0.42, 1.1, z) * (1 + lobed * three)
    rim = 0.93 + 0.05 * three
    cup = smooth_max((r - bell) * 0.8, np.maximum(z - rim, 0.5 - z), 0.05)
    cup = smooth_max(cup, -np.maximum((r - bell) * 0.8 + 0.055, 0.66 - z), 0.04)
    for k in range(3):
        at = 2 * np.pi * k / 3 + wind * 0.95
        size = chance.uniform(0.75, 1.2)
        out = flare * (1 + lobed) * 0.82
        knob = ball(x, y, z, at, out, 0.93, 0.072 * size, 1.25)
        wart = ball(x, y, z, at + np.pi / 3, out * 0.62, 0.72, 0.066 * size, 1.0)
        cup = smooth_min(cup, smooth_min(knob, wart, 0.02), 0.05)
    return cup


def ball(
    x: Array, y: Array, z: Array, turn: float, out: float, up: float, r: float, long: float
) -> Array:
    """An egg at ``turn`` about the axis, ``long`` times as high as wide."""
    return np.hypot(np.hypot(x - out * np.cos(turn), y - out * np.sin(turn)), (z - up) / long) - r
