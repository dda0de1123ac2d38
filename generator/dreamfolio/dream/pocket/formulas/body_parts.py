"""Parts of the human body that stand alone: lips, ear, open hand."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, Path, oval
from dreamfolio.dream.pocket.drawing.canvas import placed, smooth, stroke_distance, waves
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _lips(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.9, 1.5), shift=0.08, warp=0.05))
    x, y, half = body.x, body.y, body.half
    part = rng.uniform(0.015, 0.085)
    u = np.clip(half / 0.44, 0, 1)
    roof = (0.21 - 0.05 * np.exp(-((half / 0.06) ** 2))) * (1 - u**1.6) + 0.004
    floor = 0.25 * np.sqrt(np.clip(1 - u**2, 0, 1)) ** 1.5 + 0.004
    slit = part * (1 - u**2)
    crease = waves(np.arctan2(x, 0.35) * 24 + 0.3 * np.sin(y * 30))
    mouth = np.maximum(-y / (roof * 0.8), y / (floor * 0.8)) + 9 * smooth(0.43, 0.44, half)
    body.part(mouth.astype(np.float32), 0.1, 0.03, base=0.0, lift=0.0)
    if part > 0.04:
        teeth = smooth(0.25, 0.5, np.abs(np.sin(x * 36)))
        row = smooth(0.0, -0.02, np.abs(y) - slit) * smooth(part * 0.4, part * 0.2, y) * body.cover
        body.mark(row, 0.6 + 0.4 * teeth, rise=0.25)
    for sign, edge in ((-1, roof), (1, floor)):
        v = (sign * y - slit) / np.clip(edge - slit, 0.004, 1)
        out = np.abs(2 * v - 0.95) / 1.05 + 9 * smooth(0.43, 0.45, half)
        body.part(
            out.astype(np.float32),
            0.08,
            0.45 + 0.3 * crease * smooth(1, 0.2, out),
            base=0.15,
            lift=0.85,
            rim=0.3,
        )
        body.mark(0.8 * smooth(0.35, 0.0, np.hypot(v - 0.45, (half - 0.12) * 4)), 0.95)
    return body.relief()


def _ear(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.45), shift=0.08, warp=0.05)
    body = Body((x * rng.choice([-1, 1])).astype(np.float32), y)
    skin = rng.uniform(0.5, 0.65)
    shape = oval(body.x, body.y, (0.0, -0.02), 0.28, 0.42, egg=-0.3, turn=-0.12)
    body.part(shape, 0.25, skin - 0.15, lift=0.45)
    helix = (
        (-0.06, 0.0),
        (-0.17, -0.08),
        (-0.2, -0.24),
        (-0.08, -0.37),
        (0.08, -0.38),
        (0.2, -0.26),
        (0.22, -0.08),
        (0.16, 0.1),
        (0.08, 0.24),
    )
    body.limb(helix, 0.035, 0.055, skin + 0.2, base=0.3, lift=0.55, rim=0.35)
    body.oval((0.0, 0.29), 0.11, 0.12, skin + 0.25, base=0.35, lift=0.5, rim=0.3)
    anti: Path = ((0.02, -0.26), (0.08, -0.15), (0.11, 0.0), (0.06, 0.13), (-0.03, 0.19))
    body.limb(anti, 0.03, 0.045, skin + 0.15, base=0.3, lift=0.45)
    body.mark(smooth(1.2, 0.6, oval(body.x, body.y, (-0.02, 0.05), 0.085, 0.1)), 0.02, rise=-0.6)
    body.oval((-0.12, 0.09), 0.06, 0.075, skin + 0.2, base=0.35, lift=0.45)
    return body.relief()


def _hands(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.4), shift=0.08, warp=0.05))
    spread = rng.uniform(0.8, 1.1)
    skin = rng.uniform(0.5, 0.65)
    body.limb(((0, 0.5), (0, 0.28)), 0.1, 0.1, skin - 0.1, lift=0.6)
    fingers = (
        (-0.2, 0.32, 0.13),
        (-0.12, 0.42, -0.08),
        (-0.04, 0.46, -0.1),
        (0.05, 0.44, -0.09),
        (0.13, 0.36, -0.05),
    )
    for k, (root, long, top) in enumerate(fingers):
        aim = (-1.0, -0.28, -0.08, 0.13, 0.4)[k] * spread
        at = np.array((root * 0.9, top + 0.1))
        end = at + long * np.array((np.sin(aim), -np.cos(aim)))
        mid = (at + end) / 2 + 0.01
        out, along = body.limb(
            (tuple(at), tuple(mid), tuple(end)), 0.055, 0.04, skin, base=0.2, lift=0.6, rim=0.4
        )
        crease = smooth(0.018, 0.006, np.minimum(np.abs(along - 0.42), np.abs(along - 0.7)))
        body.mark(crease * smooth(1, 0.8, out), 0.1, rise=-0.12)
        nail = np.hypot(body.x - end[0], body.y - end[1]) / 0.03
        body.mark(smooth(1.1, 0.85, nail), 0.98, rise=0.06)
    body.oval((0, 0.16), 0.19, 0.19, skin + 0.05, base=0.15, lift=0.7, rim=0.2)
    body.oval((-0.11, 0.2), 0.09, 0.13, skin + 0.15, base=0.5, lift=0.4, turn=-0.5, fused=True)
    for path in (
        ((-0.05, 0.02), (-0.03, 0.15), (-0.06, 0.3)),
        ((-0.12, 0.06), (0.0, 0.1), (0.14, 0.17)),
        ((-0.02, 0.06), (0.08, 0.06), (0.16, 0.03)),
    ):
        far, _ = stroke_distance(body.x, body.y, np.array(path, np.float32))
        body.mark(smooth(0.014, 0.006, far), 0.08, rise=-0.15)
    return body.relief()


MOTIFS = (
    Motif("lips", _lips, ("blood", "petal", "coral")),
    Motif("ear", _ear, ("flesh", "coral", "orchid")),
    Motif("open-hand", _hands, ("flesh", "sand", "sea", "orchid")),
)
