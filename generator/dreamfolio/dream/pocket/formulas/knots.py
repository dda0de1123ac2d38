"""Cords before a background: twisted, plaited, knotted, and worked into nets and lace."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, noise, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.lattices import relief
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _plait(
    phase: Field, across: Field, strands: int, reach: float, width: float, slope: float
) -> tuple[Field, Field, Field]:
    """Strands that swing over and under each other: height, how far off a strand's middle in its
    widths (1 and more: none here), and the strand's number in [0, 1].

    ``phase`` runs along the plait, one round a swing; ``across`` is 0 on its middle; ``slope`` is
    how steep a strand runs at most, by which it would look thin.
    """
    height, off = np.zeros_like(across), np.full_like(across, 2.0)
    number = np.zeros_like(across)
    for k in range(strands):
        angle = 2 * np.pi * (phase + k / strands)
        steep = np.hypot(1, slope * np.sin(angle))
        far = np.abs(across - reach * np.cos(angle)) / (width * steep)
        body = dome(far, 1.0)
        raised = np.where(body > 0, 0.3 + 0.45 * body + 0.25 * np.sin((strands - 1) * angle), 0)
        front = raised > height
        height, off = np.where(front, raised, height), np.where(front, far, off)
        number = np.where(front, k / max(1, strands - 1), number)
    return height, off, number


def _rope(rng: np.random.Generator, size: int) -> Relief:
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    for _ in range(int(rng.integers(1, 4))):
        x, y = placed(rng, size, scale=(0.8, 1.4), shift=0.25, warp=0.35)
        radius = rng.uniform(0.12, 0.19)
        side = y / radius
        round_it = dome(side, 1.0)
        lay = x / radius * 0.55 + 0.5 * np.arcsin(np.clip(side, -1, 1)) / 1.57
        strand = np.abs(lay % 1 * 2 - 1)
        fibre = waves(5 * lay - 3.5 * side)
        body = 0.55 * round_it + 0.35 * dome(strand, 1.05) * round_it + 0.06 * fibre
        here = smooth(1.02, 0.96, np.abs(side))
        paint = 0.15 + 0.5 * dome(strand, 1.05) + 0.2 * fibre + 0.1 * round_it
        height = np.where(here > 0.5, body + 0.1, height * (1 - 0.3 * smooth(1.5, 1, np.abs(side))))
        tone, cover = np.where(here > 0.5, paint, tone), np.maximum(cover, here)
    return relief(height, tone, cover)


def _braid(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.15, warp=0.35)
    reach, pitch = rng.uniform(0.13, 0.17), rng.uniform(0.55, 0.75)
    slope = 2 * np.pi * reach / pitch
    height, off, number = _plait(x / pitch, y, 3, reach, 0.1, slope)
    hairs = waves(off * rng.uniform(1.5, 2.5) + x * 3) * noise(rng, size, 8)
    tone = 0.2 + 0.4 * dome(off, 1.02) + 0.25 * hairs + 0.3 * (number - 0.4)
    return relief(height + 0.08 * hairs, tone, smooth(1.03, 0.95, off))


def _celtic_knot(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15, warp=0.05)
    radius, angle = polar(x, y)
    strands = int(rng.integers(2, 5))
    lobes = int(rng.choice([n for n in (5, 7, 9, 11) if np.gcd(n, strands) == 1 and n > strands]))
    middle, reach = 0.3, 0.11
    slope = reach * lobes / strands / middle
    width = 0.05 if strands < 4 else 0.036
    turns = angle / (2 * np.pi) * lobes / strands

    # Every winding of the one cord, each a whole round further along it.
    height, off, number = _plait(
        turns.astype(np.float32), radius - middle, strands, reach, width, slope
    )
    boss = dome(radius, 0.11)
    spiral = waves(radius * 22 + 3 * angle / (2 * np.pi))
    heart = smooth(0.115, 0.105, radius)
    frame = np.abs(radius - 0.455)
    band = smooth(0.034, 0.028, frame)
    beads = waves(angle / (2 * np.pi) * lobes * 4) * band
    tone = 0.25 + 0.3 * number + 0.4 * smooth(0.35, 0.55, off) - 0.3 * smooth(0.85, 1.0, off)
    tone = np.where(heart > 0.5, 0.2 + 0.7 * spiral, np.where(band > 0.5, 0.4 + 0.5 * beads, tone))
    body = np.maximum(height, 0.5 * boss + 0.15 * spiral * heart)
    body = np.maximum(body, dome(frame, 0.034) * (0.3 + 0.3 * beads))
    return relief(body, tone, np.maximum(smooth(1.03, 0.93, off), np.maximum(heart, band)))


def _lace(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.7), shift=0.2, warp=0.06)
    radius, angle = polar(x, y)
    petals = int(rng.integers(6, 13))
    turn = angle / (2 * np.pi) * petals
    side = turn % 1 * 2 - 1
    thread = np.zeros_like(x)
    for inner, outer in ((0.06, 0.22), (0.18, 0.34), (0.31, 0.47)):
        place = np.clip((radius - inner) / (outer - inner), 0, 1)
        arch = np.abs(np.abs(side) - 0.95 * np.sqrt(np.clip(1 - place**2, 0, 1)))
        line = dome(arch * np.maximum(radius, 0.1) * 3.1 / petals, 0.013) * (place > 0)
        rim = dome(np.abs(radius - inner), 0.012)
        thread = np.maximum(thread, np.maximum(line * (place < 1), rim))
        side = (side + 2) % 2 - 1
    mesh = rng.uniform(20, 26)
    hoops = dome(np.abs(radius * mesh % 1 - 0.5), 0.22)
    spokes = dome(np.abs(turn * rng.choice([3, 4]) % 1 - 0.5), 0.16) * (radius > 0.12)
    web = np.maximum(hoops, spokes)
    knots = dome(np.hypot((radius - 0.41) * 11, np.abs(side) * 1.1 * 8 / petals), 0.3)
    dots = dome(np.hypot((radius - 0.12) * 18, np.abs(side)), 0.4)
    leaf = smooth(0.5, 0.4, np.hypot((radius - 0.26) * 9, (1 - np.abs(side)) * 8 / petals))
    out = smooth(0.475, 0.465, radius - 0.02 * np.abs(np.sin(np.pi * turn)))
    solid = np.maximum.reduce([thread, knots, dots, leaf * (0.6 + 0.3 * waves(radius * 70))])
    height = np.maximum(solid, 0.35 * web) * out
    cover = np.maximum(smooth(0.05, 0.3, solid), 0.75 * smooth(0.1, 0.6, web))
    return relief(height, 0.3 + 0.65 * height, out * cover)


def _net(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.25)
    a, b = (x * 1.2 + y) * 3, (x * 1.2 - y) * 3
    da, db = np.abs(a % 1 - 0.5) * 2, np.abs(b % 1 - 0.5) * 2
    width = rng.uniform(0.17, 0.26)
    first, second = dome(1 - da, width), dome(1 - db, width)
    twist = np.where(first > second, waves(b * 5 + a * 4), waves(a * 5 - b * 4))
    knot = dome(np.hypot(1 - da, 1 - db), 0.38)
    loop = waves(np.hypot(1 - da, (1 - db) * 1.6) * 5)
    cord = np.maximum(first, second)
    height = np.maximum(cord * (0.45 + 0.12 * twist), knot * (0.8 + 0.15 * loop))
    tone = np.where(knot > 0.1, 0.55 + 0.4 * loop, 0.3 + 0.4 * twist)
    return relief(height, tone, smooth(0.02, 0.25, np.maximum(cord, knot)))


MOTIFS = (
    Motif("rope", _rope, ("sand", "copper", "lagoon")),
    Motif("braid", _braid, ("gold", "rust", "dusk")),
    Motif("celtic-knot", _celtic_knot, ("leaf", "gold", "peacock", "copper")),
    Motif("lace", _lace, ("bone", "petal", "ice")),
    Motif("net", _net, ("lagoon", "sand", "coral")),
)
