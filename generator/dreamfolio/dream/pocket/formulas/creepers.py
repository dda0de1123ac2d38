"""What creeps on many legs or none: spiders, scorpions, caterpillars, centipedes, snails."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body
from dreamfolio.dream.pocket.drawing.canvas import (
    Points,
    placed,
    polar,
    smooth,
    stroke_distance,
    waves,
)
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _crawl(rng: np.random.Generator, bend: float, points: int = 14) -> Points:
    """A winding line through the middle, its head at the end."""
    t = np.linspace(0, 1, points)
    heading = bend * np.sin(rng.uniform(4.5, 7) * t + rng.uniform(0, 2 * np.pi))
    path = np.cumsum(np.stack([np.cos(heading), np.sin(heading)], -1), axis=0)
    path = (path - (path.max(0) + path.min(0)) / 2) / np.ptp(path, axis=0).max() * 0.8
    return path.astype(np.float32)


def _spider(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.8, 1.4), shift=0.1, warp=0.04))
    spread = rng.uniform(0.9, 1.1)
    legs = (
        ((0.08, -0.16), (0.2, -0.36), (0.17, -0.48)),
        ((0.09, -0.12), (0.3, -0.24), (0.42, -0.36)),
        ((0.09, -0.08), (0.3, -0.02), (0.45, 0.08)),
        ((0.08, -0.05), (0.24, 0.2), (0.3, 0.45)),
    )
    for root, knee, foot in legs:
        path = (root, (knee[0] * spread, knee[1]), (foot[0] * spread, foot[1]))
        body.limb(path, 0.03, 0.012, 0.5, both=True, lift=0.45, rings=4)
    body.limb(((0.03, -0.2), (0.05, -0.29)), 0.028, 0.012, 0.25, both=True)
    out = body.oval((0, 0.14), 0.16, 0.2, 0.4, egg=0.15, base=0.2, lift=0.85, rim=0.35)
    chevron = smooth(0.5, 0.75, waves((body.y - 0.9 * body.half) * rng.uniform(8, 12)))
    body.mark(chevron * smooth(0.8, 0.6, out), 0.95, rise=0.06)
    body.oval((0, -0.12), 0.115, 0.12, 0.5, base=0.2, lift=0.65)
    body.eye((0.035, -0.2), 0.032, iris=0.05)
    body.eye((0.08, -0.17), 0.02, iris=0.05)
    return body.relief()


def _scorpion(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.4), shift=0.1, warp=0.04))
    side = rng.choice([-1.0, 1.0])
    for k in range(4):
        y = -0.1 + 0.07 * k
        path = ((0.06, y), (0.19, y - 0.08 + 0.05 * k), (0.25, y + 0.02 + 0.06 * k))
        body.limb(path, 0.016, 0.009, 0.35, both=True, lift=0.3, base=0.0)
    reach = rng.uniform(0.24, 0.3)
    body.limb(((0.06, -0.16), (reach, -0.2), (reach, -0.3)), 0.026, 0.026, 0.5, both=True, rings=3)
    body.oval((reach - 0.02, -0.36), 0.06, 0.085, 0.6, both=True, base=0.15)
    for tip in (-0.07, 0.035):
        claw = ((reach - 0.02 + 0.5 * tip, -0.4), (reach - 0.02 + tip, -0.44), (reach - 0.03, -0.5))
        body.limb(claw, 0.025, 0.006, 0.65, both=True, base=0.15)
    tail = np.array(((0, 0.12), (0.01, 0.27), (0.07, 0.38), (0.19, 0.4), (0.26, 0.31), (0.24, 0.2)))
    body.limb(tail * (side, 1), 0.05, 0.028, 0.55, base=0.2, lift=0.55, rings=7)
    sting = np.array(((0.24, 0.2), (0.2, 0.13), (0.13, 0.13)))
    body.limb(sting * (side, 1), 0.045, 0.004, 0.75, base=0.3)
    rings = smooth(0.3, 0.05, waves(body.y * 17))
    out = body.oval((0, 0.02), 0.11, 0.19, 0.6, base=0.2, lift=0.6)
    body.mark(rings * smooth(1.0, 0.95, out), 0.15, rise=-0.12)
    body.oval((0, -0.15), 0.095, 0.08, 0.5, base=0.25)
    body.eye((0.035, -0.17), 0.024, iris=0.05)
    return body.relief()


def _caterpillar(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.08)
    body = Body(x, y)
    path = _crawl(rng, rng.uniform(0.5, 1.1), 11)
    far, along = stroke_distance(x, y, path)
    thick, count = rng.uniform(0.075, 0.1), int(rng.integers(8, 12))
    place = along * count
    fold = np.abs((place % 1) - 0.5) * 2
    feet = smooth(0.6, 0.3, fold)
    body.part(far / (thick * (1 + 0.35 * feet)), thick, 0.25, lift=0.25, base=0.0)
    out = far / (thick * (1 - 0.16 * fold**2))
    stripe = smooth(0.15, 0.35, out) * smooth(0.7, 0.5, out)
    body.part(out, thick, 0.75 - 0.45 * stripe, base=0.1, lift=0.75, rim=0.2)
    inside = smooth(1.0, 0.95, out)
    body.mark(inside * smooth(0.7, 1.0, fold), 0.1, rise=-0.3)
    dot = np.hypot(out / 0.33, fold / 0.45)
    body.mark(smooth(1.1, 0.85, dot), 0.95, rise=0.15)
    hx, hy = (float(v) for v in path[-1])
    step = path[-1] - path[-2]
    step = step / np.hypot(*step)
    body.oval((hx, hy), thick * 1.2, thick * 1.2, 0.5, base=0.3, lift=0.7)
    for side in (-1, 1):
        aim = step * 0.55 + side * 0.6 * np.array((-step[1], step[0]))
        at = (hx + thick * aim[0], hy + thick * aim[1])
        far_at = (hx + 2.3 * thick * aim[0], hy + 2.3 * thick * aim[1])
        body.limb((at, far_at), 0.014, 0.008, 0.2, base=0.3)
        body.eye(at, thick * 0.42, both=False, iris=0.95, base=0.7)
    return body.relief()


def _centipede(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.08)
    body = Body(x, y)
    far, along = stroke_distance(x, y, _crawl(rng, rng.uniform(0.7, 1.3), 18))
    count, thick = int(rng.integers(14, 22)), rng.uniform(0.042, 0.055)
    place = along * count
    # Legs lean back: the farther out, the later along the line they lie.
    lean = np.abs(((place + far / thick * 0.3) % 1) - 0.5) * 2
    ends = smooth(0.0, 0.02, along) * smooth(1.0, 0.98, along)
    leg = np.maximum(lean / (0.5 - 0.3 * smooth(1, 2.6, far / thick)), far / (thick * 2.7))
    body.part(leg + (1 - ends) * 3, 0.012, 0.75, lift=0.4, base=0.0)
    fold = np.abs((place % 1) - 0.5) * 2
    out = far / (thick * (1 - 0.15 * fold**3) * (0.75 + 0.25 * along))
    body.part(out, thick, 0.5, base=0.25, lift=0.65, rim=0.3)
    inside = smooth(1.0, 0.95, out)
    body.mark(inside * smooth(0.6, 0.95, fold), 0.05, rise=-0.25)
    body.mark(inside * smooth(0.3, 0.1, out), 0.65)
    return body.relief()


def _snail(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.6, warp=0.04)
    body = Body((x * rng.choice([-1, 1])).astype(np.float32), y)
    foot = ((-0.44, 0.3), (-0.2, 0.26), (0.2, 0.27), (0.33, 0.15), (0.36, 0.02))
    out, _ = body.limb(foot, 0.05, 0.075, 0.6, lift=0.6)
    bumps = np.cos(body.x * 110) * np.cos(body.y * 110)
    body.mark(smooth(1.0, 0.8, out) * smooth(0.3, 0.8, bumps), 0.8, rise=0.08)
    for tip in ((0.31, -0.19), (0.46, -0.16)):
        body.limb(((0.36, 0.0), tip), 0.022, 0.013, 0.6, base=0.2)
        body.eye(tip, 0.032, both=False, iris=0.9)
    at = (-0.06, 0.03)
    shell = body.oval(at, 0.28, 0.27, 0.5, base=0.25, lift=0.5, rim=0.3)
    far, around = polar(body.x - at[0], body.y - at[1])
    turn = np.log(np.clip(far, 0.012, 1) / 0.28) / np.log(1 / rng.uniform(1.9, 2.3))
    coil = (turn + around / (2 * np.pi)) % 1
    inside = smooth(1.0, 0.96, shell)
    whorl = np.sqrt(np.clip(1 - (2 * coil - 1) ** 2, 0, 1))
    ribs = waves(around / (2 * np.pi) * rng.integers(14, 26))
    body.mark(inside, 0.15 + 0.5 * whorl + 0.3 * ribs * whorl)
    body.height += (inside * (0.4 * whorl + 0.1 * ribs - 0.2)).astype(np.float32)
    return body.relief()


def _worms(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.8, 1.3)))
    for _ in range(int(rng.integers(6, 9))):
        path = _crawl(rng, rng.uniform(0.8, 1.6), 9)
        c, s = np.cos(a := rng.uniform(0, 2 * np.pi)), np.sin(a)
        path = path @ np.array(((c, s), (-s, c)), np.float32) + rng.uniform(-0.2, 0.2, 2)
        far, along = stroke_distance(body.x, body.y, path.astype(np.float32))
        thick = rng.uniform(0.045, 0.065)
        out = far / (thick * (0.45 + 0.55 * smooth(0, 0.12, along) * smooth(1, 0.88, along)))
        ring = waves(along * 17)
        saddle = smooth(0.1, 0.04, np.abs(along - 0.68))
        tone = 0.35 + 0.25 * ring + 0.35 * saddle + rng.uniform(-0.1, 0.1)
        body.part(out, thick, tone, base=0.1 + 0.15 * rng.random(), lift=0.7, rim=0.4)
        body.mark(smooth(1.0, 0.8, out) * (1 - ring), 0.25, rise=-0.1)
    return body.relief()


MOTIFS = (
    Motif("spider", _spider, ("ink", "blood", "rust", "amethyst")),
    Motif("scorpion", _scorpion, ("gold", "ink", "copper")),
    Motif("caterpillar", _caterpillar, ("leaf", "venom", "candy")),
    Motif("centipede", _centipede, ("ember", "rust", "sunset")),
    Motif("snail", _snail, ("sand", "copper", "moss", "opal")),
    Motif("worms", _worms, ("flesh", "coral", "petal")),
)
