"""What lies within the body: muscle, vessels, heart, bowels, the unborn."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import (
    drawn,
    noise,
    placed,
    rounded,
    smooth,
    stroke_distance,
    waves,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _muscle(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.4), shift=0.1, warp=0.1)
    body = Body(x, y)
    bulge = np.clip(1 - (y / 0.46) ** 2, 0.0, 1) ** 0.7
    wide = 0.05 + 0.28 * bulge
    u = x / wide
    count = int(rng.integers(4, 7))
    place = (u + 1) / 2 * count
    bundle = np.abs((place % 1) - 0.5) * 2
    fibre = waves(place * rng.integers(4, 6) + 0.3 * np.sin(y * 20 + np.floor(place)))
    red = 0.25 + 0.3 * fibre * smooth(1, 0.6, bundle) + 0.15 * np.sin(np.floor(place) * 2.3) ** 2
    tendon = smooth(0.26, 0.4, np.abs(y) + 0.06 * np.sin(place * 6))
    out = np.maximum(np.abs(u), np.abs(y) / 0.52)
    mask = body.part(
        out.astype(np.float32),
        0.15,
        red * (1 - tendon) + (0.8 + 0.2 * fibre) * tendon,
        lift=0.6,
        rim=0.2,
    )
    seam = mask * smooth(0.75, 1.0, bundle)
    body.height += (
        mask * (0.3 * np.sqrt(1 - bundle**2) * (1 - 0.6 * tendon) + 0.1 * fibre)
    ).astype(np.float32)
    body.mark(seam, 0.05 + 0.6 * tendon, rise=-0.1)
    return body.relief()


def _vessel_tree(rng: np.random.Generator, size: int, start: float) -> Field:
    """Where a vessel lies that comes in from the border at the angle ``start`` and forks."""
    strokes: list[tuple[list[tuple[float, float]], float]] = []

    def grow(at: tuple[float, float], aim: float, long: float, wide: float) -> None:
        spots = [at]
        for _ in range(4):
            aim += rng.normal(0, 0.25)
            at = (at[0] + long / 4 * np.cos(aim), at[1] + long / 4 * np.sin(aim))
            spots.append(at)
        strokes.append((spots, wide))
        if wide > 0.014:
            fork = rng.uniform(0.4, 0.7)
            grow(at, aim + fork, long * 0.85, wide * 0.72)
            grow(at, aim - fork * 1.2, long * 0.78, wide * 0.66)

    grow((0.5 * np.cos(start), 0.5 * np.sin(start)), start + np.pi, 0.28, rng.uniform(0.09, 0.12))
    return drawn(size, strokes, finer=2)


def _vessels(rng: np.random.Generator, size: int) -> Relief:
    # A vein below and an artery over it, of two tones.
    start = rng.uniform(0, 2 * np.pi)
    vein = _vessel_tree(rng, size, start)
    artery = _vessel_tree(rng, size, start + rng.uniform(1.8, 4.4))
    deep, high = rounded(vein, 0.05), rounded(artery, 0.05)
    height = deep * (1 - artery) + (0.3 + high) * artery
    tone = (0.08 + 0.3 * deep) * (1 - artery) + (0.5 + 0.45 * high) * artery
    return Relief(height.astype(np.float32), tone.astype(np.float32), np.maximum(vein, artery))


def _heart(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.6, warp=0.05))
    body.limb(((-0.11, 0.0), (-0.14, -0.25), (-0.13, -0.46)), 0.07, 0.06, 0.25, lift=0.6, rings=5)
    body.limb(
        ((0.06, -0.05), (0.0, -0.24), (0.2, -0.34), (0.33, -0.27)),
        0.08,
        0.055,
        0.45,
        base=0.2,
        lift=0.65,
        rings=6,
    )
    arch = ((0.0, -0.02), (-0.01, -0.22), (0.07, -0.35), (0.2, -0.33), (0.24, -0.2))
    body.limb(arch, 0.08, 0.07, 0.75, base=0.35, lift=0.65)
    for dx in (-0.005, 0.07, 0.145):
        body.limb(((dx, -0.32), (dx + 0.02, -0.47)), 0.027, 0.022, 0.75, base=0.5)
    body.oval((-0.17, -0.07), 0.13, 0.14, 0.4, base=0.3, lift=0.6)
    body.oval((0.17, -0.1), 0.11, 0.1, 0.45, base=0.35, lift=0.6)
    flesh = 0.5 + 0.14 * waves(body.x * 9 + body.y * 14)
    out = body.oval((0.02, 0.12), 0.25, 0.31, flesh, egg=-0.45, turn=-0.35, base=0.35, lift=0.85)
    inside = smooth(1.0, 0.9, out)
    branches = (
        ((-0.06, -0.1), (0.03, 0.1), (0.08, 0.36)),
        ((0.0, 0.02), (-0.1, 0.12), (-0.1, 0.22)),
        ((0.03, 0.1), (0.14, 0.12), (0.2, 0.22)),
        ((0.05, 0.2), (-0.02, 0.28)),
    )
    for path in branches:
        far, _ = stroke_distance(body.x, body.y, np.array(path, np.float32))
        body.mark(inside * smooth(0.022, 0.012, far), 0.95, rise=0.13)
    return body.relief()


def _bowels(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.8, 1.5), shift=0.1, warp=0.32))
    lanes, wide = int(rng.integers(4, 6)), 0.35
    step = 0.84 / lanes
    path = []
    for k in range(lanes):
        y, side = -0.42 + step * (k + 0.5), 1 if k % 2 else -1
        path += [
            (side * wide, y - 0.15 * step),
            (side * wide * 0.4, y),
            (-side * wide * 0.4, y),
            (-side * wide, y + 0.15 * step),
            (-side * (wide + 0.06), y + 0.5 * step),
        ]
    far, along = stroke_distance(body.x, body.y, np.array(path[:-1], np.float32))
    ring = np.abs(np.sin(np.pi * along * lanes * rng.uniform(6, 8)))
    out = far / (step * (0.42 + 0.1 * np.sqrt(ring)))
    body.part(out.astype(np.float32), step / 2, 0.4 + 0.4 * ring, lift=0.9, rim=0.4)
    inside = smooth(1.0, 0.9, out)
    body.mark(inside * smooth(0.4, 0.0, ring), 0.1, rise=-0.2)
    gleam = noise(rng, size, 9)
    body.mark(inside * smooth(0.7, 0.85, gleam) * 0.6, 0.95)
    return body.relief()


def _embryo(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.2), shift=0.1, warp=0.05)
    body = Body((x * rng.choice([-1, 1])).astype(np.float32), y)
    if rng.random() < 0.7:
        sac = oval(body.x, body.y, (0.02, 0.02), 0.46, 0.47)
        veins = smooth(0.05, 0.01, np.abs(noise(rng, size, 5) - 0.5))
        body.part(sac, 0.4, 0.2 + 0.25 * veins, lift=0.2, rim=-0.5)
    curl = ((-0.04, -0.1), (0.13, -0.04), (0.24, 0.1), (0.2, 0.24), (0.06, 0.31), (-0.07, 0.26))
    out, along = body.limb(curl, 0.13, 0.045, 0.65, base=0.3, lift=0.7)
    bead = waves(along * 15)
    body.mark(smooth(0.95, 0.7, out) * smooth(0.25, 0.6, out) * bead, 0.35)
    body.limb(((0.0, 0.12), (-0.1, 0.15), (-0.18, 0.08)), 0.04, 0.03, 0.75, base=0.6)
    body.limb(((0.08, 0.24), (-0.08, 0.17), (-0.16, 0.25)), 0.05, 0.032, 0.8, base=0.6)
    cord = ((0.02, 0.15), (-0.1, 0.33), (-0.26, 0.3), (-0.33, 0.14))
    body.limb(cord, 0.024, 0.022, 0.4, base=0.5, rings=9)
    body.oval((-0.1, -0.14), 0.21, 0.2, 0.7, base=0.45, lift=0.8, turn=0.3)
    body.oval((-0.27, -0.03), 0.04, 0.035, 0.75, base=0.6)
    body.eye((-0.2, -0.1), 0.05, both=False, iris=0.15, base=0.9)
    body.oval((-0.04, -0.06), 0.03, 0.045, 0.45, base=0.95, lift=0.2)
    return body.relief()


MOTIFS = (
    Motif("muscle", _muscle, ("blood", "flesh", "coral")),
    Motif("blood-vessels", _vessels, ("blood", "ember", "sea")),
    Motif("anatomical-heart", _heart, ("blood", "coral", "dusk")),
    Motif("bowels", _bowels, ("flesh", "coral", "petal")),
    Motif("embryo", _embryo, ("flesh", "ember", "dusk")),
)
