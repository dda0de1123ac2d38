"""What a microscope shows: viruses, cells, phages, animalcules."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body
from dreamfolio.dream.pocket.drawing.canvas import (
    nearest,
    noise,
    placed,
    polar,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _virus(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.4), shift=0.12, warp=0.03)
    body = Body(x, y)
    core, count = rng.uniform(0.22, 0.27), int(rng.integers(11, 16))
    reach = core + rng.uniform(0.1, 0.16)
    far, around = polar(x, y)
    step = 2 * np.pi / count
    off = ((around / step) % 1 - 0.5) * step * far
    body.part(
        np.where(far < reach, np.abs(off) / 0.016, 9).astype(np.float32), 0.016, 0.45, lift=0.35
    )
    head = np.hypot(off / 0.048, (far - reach) / 0.036)
    body.part(head, 0.04, 0.95, lift=0.5, rim=0.4)
    ball = far / core
    body.part(ball, core, 0.35, base=0.1, lift=1.1, rim=0.3)
    # Spikes seen from their tips, evenly over the ball as on a sunflower.
    k = np.arange(46)
    z = 1 - (k + 0.5) / 46 * 0.92
    rim = np.sqrt(1 - z * z) * core
    spots = np.stack([rim * np.cos(2.4 * k), rim * np.sin(2.4 * k)], -1).astype(np.float32)
    first, _, _ = nearest(x, y, spots)
    knob = first / (core * 0.155)
    inside = smooth(1.0, 0.93, ball)
    body.mark(inside * smooth(1.2, 1.0, knob), 0.08)
    body.mark(inside * smooth(0.95, 0.8, knob), 0.85)
    body.height += (inside * 0.22 * smooth(1.0, 0.2, knob)).astype(np.float32)
    return body.relief()


def _cell(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.1, warp=0.2)
    body = Body(x, y)
    far, around = polar(x, y)
    wall = far / (0.4 * (1 + 0.06 * np.sin(around * rng.integers(3, 6) + rng.uniform(0, 6))))
    body.part(wall.astype(np.float32), 0.3, 0.3 + 0.15 * noise(rng, size, 12), lift=0.25, rim=0)
    ring = np.abs(wall - 0.96) / 0.07
    body.part(ring.astype(np.float32), 0.025, 0.9, base=0.25, lift=0.4)
    inside = smooth(0.9, 0.84, wall)
    dots = scattered(rng, 9)
    grain, _, _ = nearest(x, y, dots)
    body.mark(inside * smooth(0.024, 0.014, grain), 0.85, rise=0.1)
    at = rng.uniform(-0.06, 0.06, 2)
    for k in range(6):
        aim = k * np.pi / 3 + rng.uniform(-0.2, 0.2)
        spot = (at[0] * 0.5 + 0.28 * np.cos(aim), at[1] * 0.5 + 0.28 * np.sin(aim))
        out = body.oval(spot, 0.034, 0.068, 0.7, turn=aim + rng.uniform(-0.7, 0.7), base=0.25)
        fold = waves(body.x * 20 + body.y * 24)
        body.mark(smooth(0.8, 0.6, out) * fold, 0.15)
    nucleus = np.hypot(x - at[0], y - at[1])
    for k, tone in ((3, 0.55), (2, 0.15), (1, 0.6)):
        body.part(nucleus / (0.125 + 0.028 * k), 0.1, tone, base=0.25, lift=0.1 + 0.1 * (3 - k))
    thread = smooth(0.06, 0.02, np.abs(noise(rng, size, 9) - 0.5))
    body.part(nucleus / 0.14, 0.13, 0.45 - 0.35 * thread, base=0.3, lift=0.8)
    body.oval((at[0] + 0.035, at[1] - 0.03), 0.05, 0.05, 0.98, base=0.95, lift=0.3)
    return body.relief()


def _phage(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.8, 1.4), shift=0.1, warp=0.03))
    knee = rng.uniform(0.05, 0.14)
    for spread, foot in ((0.42, 0.44), (0.28, 0.47), (0.13, 0.49)):
        leg = ((0.02, 0.26), (spread * 0.75, knee + 0.02), (spread, foot))
        body.limb(leg, 0.018, 0.014, 0.5, both=True, base=0.0 if spread > 0.4 else 0.15)
        body.oval((spread * 0.75, knee + 0.02), 0.024, 0.024, 0.8, both=True, base=0.2)
    body.oval((0, 0.27), 0.1, 0.035, 0.85, base=0.3)
    body.limb(((0, -0.06), (0, 0.25)), 0.055, 0.055, 0.6, base=0.25, lift=0.55, rings=9)
    body.oval((0, -0.06), 0.085, 0.025, 0.9, base=0.4)
    # The head: an icosahedron seen on an edge, each of its faces a plane of its own.
    x, y = body.x, body.y + 0.26
    hull = np.maximum.reduce([np.abs(x), np.abs(0.5 * x + 0.866 * y), np.abs(0.5 * x - 0.866 * y)])
    out = (hull / 0.17).astype(np.float32)
    mask = body.part(out, 0.17, 0.5, base=0.45, lift=0.3, flat=1.0, rim=0.1)
    core = np.maximum(-2 * y, 1.732 * np.abs(x) + y) / 0.17
    plane = np.where(core < 1, 0.95, 0.35 + 0.3 * waves(polar(x, y)[1] / (2 * np.pi) * 3))
    edge = smooth(0.12, 0.03, np.abs(core - 1))
    body.mark(mask * smooth(1.0, 0.96, out), plane - 0.35 * edge)
    slope = np.clip(1.9 - core, -0.2, 0.9) * 0.35
    body.height += (mask * np.minimum(slope + 0.08 * edge, 0.45)).astype(np.float32)
    return body.relief()


def _water_bear(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.7, warp=0.08)
    body = Body((x * rng.choice([-1, 1])).astype(np.float32), y)
    for k in range(4):
        root = (-0.24 + 0.15 * k, 0.08)
        foot = (root[0] + rng.uniform(-0.04, 0.04), 0.3 + 0.03 * (k % 2))
        body.limb((root, foot), 0.085, 0.055, 0.45, lift=0.6, rings=2)
        for toe in (-0.04, 0.0, 0.04):
            claw = ((foot[0] + toe, foot[1] + 0.03), (foot[0] + 1.5 * toe + 0.015, foot[1] + 0.1))
            body.limb(claw, 0.014, 0.004, 0.95, base=0.3)
    for k, (wide, high) in enumerate(((0.12, 0.15), (0.14, 0.2), (0.15, 0.23), (0.15, 0.22))):
        at = (-0.29 + 0.14 * k, -0.02 - 0.02 * (k % 3))
        wrinkle = waves(body.x * 24 + 3 * body.y)
        body.oval(at, wide, high, 0.5 + 0.15 * wrinkle, base=0.15, lift=0.75, rim=0.35)
    body.oval((0.29, 0.0), 0.13, 0.15, 0.65, base=0.3, lift=0.7, rim=0.3)
    body.oval((0.4, 0.04), 0.06, 0.07, 0.75, base=0.5, lift=0.5)
    snout = np.hypot(body.x - 0.42, body.y - 0.045)
    body.mark(smooth(0.034, 0.026, snout), 0.05, rise=-0.4)
    teeth = smooth(0.5, 0.8, np.cos(polar(body.x - 0.42, body.y - 0.045)[1] * 8))
    body.mark(teeth * smooth(0.014, 0.02, snout) * smooth(0.032, 0.026, snout), 0.95)
    body.eye((0.3, -0.05), 0.034, both=False, iris=0.1, base=0.9)
    return body.relief()


MOTIFS = (
    Motif("virus", _virus, ("venom", "candy", "ember", "lagoon")),
    Motif("bacteriophage", _phage, ("lagoon", "amethyst", "ember")),
    Motif("water-bear", _water_bear, ("sand", "moss", "orchid")),
    Motif("cell", _cell, ("orchid", "lagoon", "amethyst", "peacock")),
)
