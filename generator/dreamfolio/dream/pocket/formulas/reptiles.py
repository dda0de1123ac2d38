"""Cold-blooded beasts: snakes, geckos, frogs, tortoises, dragons."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    nearest,
    placed,
    scattered,
    smooth,
    stroke_distance,
    waves,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _scaled(body: Body, across: float) -> Field:
    """Diamond scales: 1 in the middle of one, 0 on its edge."""
    u, v = (body.x + body.y) * across, (body.x - body.y) * across
    return dome(np.hypot(u % 1 - 0.5, v % 1 - 0.5), 0.62)


def _snake(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.45), shift=0.08, warp=0.05))
    t = np.linspace(0, 1, 26)
    angle = rng.uniform(1.7, 2.2) * 2 * np.pi * t
    reach = 0.41 - 0.27 * t
    path = np.stack([reach * np.cos(angle), reach * np.sin(angle)], -1).astype(np.float32)
    far, along = stroke_distance(body.x, body.y, path)
    thick = rng.uniform(0.062, 0.074)
    out = far / (thick * (0.12 + 0.88 * smooth(0.0, 0.45, along)))
    pattern = np.abs((along * rng.uniform(16, 22)) % 1 - 0.5) * 2
    diamond = smooth(0.1, -0.1, pattern + out * 0.8 - 0.75)
    edge = smooth(0.22, 0.1, np.abs(pattern + out * 0.8 - 0.75))
    tone = 0.6 - 0.4 * diamond + 0.35 * edge
    body.part(out, thick, tone, lift=0.85, rim=0.35)
    grain = _scaled(body, 26)
    body.height += (0.1 * grain * body.cover).astype(np.float32)
    tip, step = path[-1], path[-1] - path[-2]
    step = step / np.hypot(*step)
    side = np.array((-step[1], step[0]))
    aim = float(np.arctan2(step[1], step[0]))
    head = tip + step * thick * 0.9
    for s in (-1, 1):
        fork = (tip + step * 0.2, tip + step * 0.25 + side * 0.03 * s)
        body.limb((tuple(head), *(tuple(p) for p in fork)), 0.012, 0.008, 0.95, base=0.6)
    body.oval(
        (head[0], head[1]),
        thick * 1.45,
        thick * 2.0,
        0.55,
        turn=aim + np.pi / 2,
        egg=0.35,
        base=0.55,
        lift=0.6,
        rim=0.35,
    )
    for s in (-1, 1):
        at = head + step * thick * 0.35 + side * s * thick * 0.8
        body.eye((at[0], at[1]), thick * 0.5, both=False, iris=0.95, base=0.95)
    return body.relief()


def _gecko(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.45), shift=0.08, warp=0.08))
    swing = rng.choice([-1, 1]) * rng.uniform(0.6, 1.2)
    tail = np.array(((0, 0.1), (0.03, 0.24), (0.12, 0.35), (0.21, 0.38), (0.27, 0.3))) * (swing, 1)
    body.limb(tail, 0.075, 0.01, 0.6, lift=0.55, rings=8)
    for knee, foot in (((0.22, -0.1), (0.27, -0.27)), ((0.22, 0.1), (0.3, 0.24))):
        root = (0.06, knee[1] * 0.7)
        body.limb((root, knee, foot), 0.038, 0.026, 0.6, both=True, lift=0.5)
        for k in range(4):
            aim = np.arctan2(foot[1] - knee[1], foot[0] - knee[0]) + 0.55 * (k - 1.5)
            toe = (foot[0] + 0.085 * np.cos(aim), foot[1] + 0.085 * np.sin(aim))
            body.limb((foot, toe), 0.013, 0.02, 0.8, both=True, base=0.15)
    body.oval((0, 0.0), 0.1, 0.21, 0.6, base=0.1, lift=0.7)
    body.oval((0, -0.3), 0.1, 0.13, 0.65, egg=0.35, base=0.2, lift=0.6)
    spots = scattered(rng, 9)
    first, _, _ = nearest(body.x, body.y, spots)
    dot = smooth(0.042, 0.03, first) * smooth(0.5, 0.7, body.cover)
    body.mark(dot * smooth(0.25, 0.3, body.height), rng.choice([0.08, 1.0]), rise=0.08)
    body.eye((0.075, -0.29), 0.042, slit=True, iris=0.95)
    return body.relief()


def _frog(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.4, warp=0.04))
    body.oval((0, 0.34), 0.3, 0.2, 0.75, lift=0.5)
    body.limb(((0.2, 0.3), (0.36, 0.36), (0.3, 0.46)), 0.07, 0.045, 0.5, both=True, base=0.2)
    body.oval((0, 0.05), 0.38, 0.24, 0.5, egg=0.15, base=0.15, lift=0.75)
    chin = smooth(0.07, 0.13, body.y - 0.25 * body.half**2)
    body.mark(0.7 * chin * smooth(1.0, 0.9, oval(body.x, body.y, (0, 0.05), 0.38, 0.24)), 0.95)
    grin = np.array(((0, 0.115), (0.12, 0.11), (0.24, 0.075), (0.34, 0.0)), np.float32)
    far, _ = stroke_distance(body.half, body.y, grin)
    body.mark(smooth(0.02, 0.01, far), 0.02, rise=-0.35)
    spots = scattered(rng, 8)
    first, _, _ = nearest(body.x, body.y, spots)
    wart = smooth(0.035, 0.02, first) * smooth(0.03, -0.03, body.y) * body.cover
    body.mark(wart, 0.2, rise=0.12)
    body.oval((0.19, -0.16), 0.135, 0.135, 0.55, both=True, base=0.3, lift=0.6)
    body.eye((0.2, -0.18), 0.095, iris=0.9, base=0.7)
    nostril = oval(body.half, body.y, (0.045, -0.02), 0.018, 0.013)
    body.mark(smooth(1.2, 0.8, nostril), 0.02, rise=-0.2)
    return body.relief()


def _tortoise(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.4), shift=0.08, warp=0.04))
    for foot in ((0.34, -0.31), (0.33, 0.35)):
        root = (foot[0] * 0.45, foot[1] * 0.45)
        out, _ = body.limb((root, foot), 0.07, 0.06, 0.5, both=True, lift=0.5)
        body.mark(smooth(1.0, 0.9, out), 0.25 + 0.5 * _scaled(body, 22))
    body.limb(((0, 0.3), (0.02, 0.46)), 0.04, 0.008, 0.5)
    body.limb(((0, -0.28), (0, -0.38)), 0.06, 0.07, 0.55, base=0.15)
    body.oval((0, -0.41), 0.08, 0.085, 0.6, base=0.2, lift=0.5)
    body.eye((0.055, -0.43), 0.025, iris=0.1)
    body.oval((0, 0.0), 0.31, 0.35, 0.3, base=0.15, lift=0.4)
    out = body.oval((0, 0.0), 0.285, 0.325, 0.5, base=0.25, lift=0.95)
    rows = [(0.0, y) for y in (-0.24, -0.09, 0.08, 0.24)]
    rows += [(s * 0.15, y) for s in (-1, 1) for y in (-0.17, 0.0, 0.17)]
    around = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    rows += [(0.31 * np.cos(a), 0.35 * np.sin(a)) for a in around]
    first, second, _ = nearest(body.x, body.y, np.array(rows, np.float32))
    gap = second - first
    inside = smooth(1.0, 0.95, out)
    rings = waves(gap * rng.uniform(18, 26))
    body.mark(inside, 0.2 + 0.35 * rings + 0.4 * smooth(0.0, 0.14, gap))
    body.mark(inside * smooth(0.018, 0.006, gap), 0.02, rise=-0.25)
    body.height += (inside * 0.18 * smooth(0, 0.12, gap)).astype(np.float32)
    return body.relief()


def _dragon(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.4, warp=0.04)
    body = Body(x, y)
    horn = np.array(((0.12, -0.14), (0.24, -0.26), (0.34, -0.34), (0.34, -0.47)))
    body.limb(horn * (rng.uniform(0.9, 1.1), 1), 0.07, 0.008, 0.85, both=True, lift=0.6, rings=7)
    for k in range(3):
        tip = (0.44 - 0.05 * k, -0.08 + 0.13 * k)
        body.limb(((0.2, 0.07 * k), tip), 0.055, 0.006, 0.35, both=True, lift=0.4)
    body.oval((0, 0.29), 0.15, 0.16, 0.35, base=0.1)
    body.oval((0, -0.06), 0.27, 0.21, 0.5, base=0.15, lift=0.65)
    body.oval((0, 0.18), 0.155, 0.24, 0.55, egg=-0.1, base=0.25, lift=0.7)
    scale = _scaled(body, 17)
    shown = body.cover * smooth(0.2, 0.4, body.height) * smooth(0.34, 0.26, body.half)
    body.mark(0.7 * shown, 0.2 + 0.55 * scale)
    body.height += (0.12 * shown * scale).astype(np.float32)
    for k in range(4):
        at, r = (0.0, -0.2 + 0.095 * k), 0.05 - 0.006 * k
        body.oval(at, r * 0.7, r * 1.2, 0.85, egg=0.5, base=0.75, lift=0.4)
    body.limb(((0.05, -0.03), (0.15, -0.11), (0.28, -0.14)), 0.04, 0.02, 0.75, both=True, base=0.7)
    body.eye((0.155, -0.045), 0.058, slit=True, iris=1.0, base=0.6)
    nose = oval(body.half, y, (0.075, 0.28), 0.042, 0.026, turn=-0.5)
    body.part(nose / 1.5, 0.05, 0.65, base=0.75, lift=0.25)
    body.mark(smooth(1.1, 0.8, nose), 0.0, rise=-0.5)
    for k in range(3):
        side = 0.045 + 0.045 * k
        fang = ((side, 0.39 - 0.03 * k), (side + 0.005, 0.46 - 0.03 * k))
        body.limb(fang, 0.018, 0.004, 1.0, both=True, base=0.6)
    return body.relief()


def _cobra(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.5, warp=0.05))
    for y, wide in ((0.44, 0.38), (0.35, 0.3)):
        coil = body.oval((0, y), wide, 0.1, 0.35, base=0.0 if wide > 0.35 else 0.1, lift=0.6)
        ticks = smooth(0.4, 0.6, waves(body.x * 12 + y * 30))
        body.mark(smooth(1.0, 0.9, coil) * ticks, 0.65)
    wide = rng.uniform(0.24, 0.31)
    hood = oval(body.x, body.y, (0, -0.06), wide, 0.31, egg=-0.25)
    stem = body.half / 0.09 + 9 * smooth(0.36, 0.4, np.abs(body.y))
    out = np.minimum(hood, stem).astype(np.float32)
    scale = _scaled(body, 24)
    body.part(out, 0.2, 0.4 + 0.2 * scale, base=0.2, lift=0.5, flat=0.4, rim=0.35)
    body.height += (0.1 * scale * smooth(1.0, 0.9, out)).astype(np.float32)
    mark = np.abs(np.hypot(body.half - 0.15, body.y + 0.02) - 0.055)
    body.mark(smooth(0.026, 0.016, mark) * smooth(1.0, 0.95, out), 1.0, rise=0.08)
    belly = np.maximum(body.half / 0.085, np.abs(body.y - 0.1) / 0.32).astype(np.float32)
    plates = waves(body.y * 17)
    body.part(belly, 0.085, 0.6 + 0.35 * plates, base=0.5, lift=0.35)
    body.height += (0.1 * plates * smooth(1.0, 0.9, belly)).astype(np.float32)
    for side in (-1, 1):
        body.limb(((0, -0.12), (0, -0.02), (0.035 * side, 0.07)), 0.012, 0.007, 0.05, base=0.95)
    body.oval((0, -0.24), 0.125, 0.15, 0.55, egg=-0.25, base=0.6, lift=0.6, rim=0.3)
    body.eye((0.085, -0.24), 0.042, slit=True, iris=1.0, base=0.95)
    nostril = oval(body.half, body.y, (0.03, -0.14), 0.014, 0.01)
    body.mark(smooth(1.2, 0.8, nostril), 0.0, rise=-0.2)
    return body.relief()


MOTIFS = (
    Motif("snake", _snake, ("venom", "gold", "ember", "peacock")),
    Motif("gecko", _gecko, ("lagoon", "candy", "orchid", "leaf")),
    Motif("frog", _frog, ("moss", "venom", "sea")),
    Motif("tortoise", _tortoise, ("moss", "sand", "rust")),
    Motif("cobra", _cobra, ("gold", "peacock", "sunset")),
    Motif("dragon-head", _dragon, ("ember", "amethyst", "blood", "lagoon")),
)
