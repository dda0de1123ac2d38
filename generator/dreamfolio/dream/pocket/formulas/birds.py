"""Birds: at rest, face to face, in flight."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    placed,
    polar,
    smooth,
    stroke_distance,
    waves,
)
from dreamfolio.dream.pocket.drawing.plumage import plume
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _sideways(rng: np.random.Generator, size: int, turn: float = 0.5, largest: float = 1.4) -> Body:
    x, y = placed(rng, size, scale=(0.8, largest), shift=0.08, turn=turn, warp=0.04)
    return Body((x * rng.choice([-1, 1])).astype(np.float32), y)


def _scales(body: Body, across: float) -> Field:
    """Rows of small overlapping feathers: 1 in the middle of one, 0 on its edge."""
    row = np.floor(body.y * across)
    u = (body.x * across + 0.5 * (row % 2)) % 1 - 0.5
    v = (body.y * across) % 1
    return dome(np.hypot(u * 1.7, v * 0.95), 1.0)


def _songbird(rng: np.random.Generator, size: int) -> Relief:
    body = _sideways(rng, size, turn=0.35)
    for k in range(3):
        plume(body, (-0.15, 0.08), np.pi - 0.45 + 0.14 * k, 0.36, 0.05, 0.2)
    for dx in (-0.02, 0.07):
        body.limb(((dx, 0.2), (dx + 0.03, 0.34), (dx + 0.09, 0.38)), 0.013, 0.009, 0.35, base=0.0)
    body.oval((0.37, -0.17), 0.12, 0.04, 0.85, base=0.1, turn=0.15)
    body.part(oval(body.x, body.y, (0.38, -0.135), 0.08, 0.028), 0.03, 0.65, base=0.05)
    fluff = 0.12 * _scales(body, 16)
    belly = smooth(-0.05, 0.2, body.y + 0.6 * body.x)
    tone = 0.35 + 0.4 * belly + fluff
    body.oval((0.02, 0.06), 0.26, 0.19, tone, turn=-0.35, egg=0.0, lift=0.75, rim=0.3)
    body.oval((0.2, -0.14), 0.14, 0.135, 0.5 + fluff, base=0.15, lift=0.75, fused=True, rim=0.3)
    for k in range(4):
        plume(
            body,
            (0.14, 0.0),
            np.pi - 0.65 + 0.16 * k,
            0.42 - 0.05 * k,
            0.07,
            0.12 + 0.09 * k,
            base=0.6,
        )
    body.oval((0.1, 0.0), 0.11, 0.08, 0.5 + 0.3 * _scales(body, 20), turn=-0.4, base=0.7, lift=0.3)
    body.eye((0.25, -0.17), 0.04, both=False, iris=0.9, base=0.8)
    return body.relief()


def _owl(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.5), shift=0.08, turn=0.4, warp=0.03))
    coat = _scales(body, rng.uniform(11, 14))
    body.limb(((0.2, -0.22), (0.28, -0.46)), 0.1, 0.02, 0.3, both=True)
    body.oval((0, 0.32), 0.33, 0.3, 0.2 + 0.5 * coat, lift=0.5)
    body.oval((0, -0.06), 0.38, 0.33, 0.25 + 0.4 * coat, lift=0.6, base=0.2)
    body.height += (0.12 * coat * body.cover).astype(np.float32)
    at = (0.165, -0.08)
    _, around = polar(body.half - at[0], body.y - at[1])
    rays = waves(around / (2 * np.pi) * 26)
    body.oval(at, 0.18, 0.19, 0.6 + 0.35 * rays, both=True, base=0.55, lift=-0.25, rim=0.6)
    iris = rng.uniform(0.7, 1.0)
    body.eye(at, rng.uniform(0.085, 0.11), iris=iris, base=0.55)
    body.limb(((0, -0.06), (0, 0.13)), 0.05, 0.012, 0.75, base=0.55, lift=0.5)
    brow = ((0.03, -0.12), (0.13, -0.25), (0.3, -0.36))
    body.limb(brow, 0.035, 0.02, 0.9, both=True, base=0.6, lift=0.25)
    return body.relief()


def _swan(rng: np.random.Generator, size: int) -> Relief:
    body = _sideways(rng, size, turn=0.25)
    tone = rng.uniform(0.7, 0.9)
    body.oval((-0.1, 0.24), 0.32, 0.17, tone - 0.1, lift=0.7, turn=-0.1)
    neck = ((0.14, 0.26), (0.27, 0.12), (0.24, -0.06), (0.15, -0.2), (0.17, -0.33), (0.27, -0.36))
    body.limb(neck, 0.075, 0.042, tone, base=0.25, lift=0.6, rim=0.35)
    body.limb(((0.33, -0.34), (0.46, -0.27)), 0.036, 0.014, 0.35, base=0.2)
    body.oval((0.28, -0.36), 0.075, 0.058, tone, base=0.35, lift=0.55)
    body.oval((0.345, -0.35), 0.03, 0.025, 0.05, base=0.5)
    body.eye((0.3, -0.37), 0.02, both=False, iris=0.1, base=0.8)
    for row in range(3):
        for k in range(4):
            at = (0.08 - 0.06 * k, 0.2 + 0.03 * row)
            plume(body, at, np.pi + 0.55 - 0.2 * row - 0.08 * k, 0.3, 0.055, tone - 0.35, base=0.6)
    return body.relief()


def _eagle(rng: np.random.Generator, size: int) -> Relief:
    body = _sideways(rng, size, turn=0.4, largest=1.5)
    ruff = _scales(body, rng.uniform(9, 12))
    body.oval((-0.2, 0.33), 0.32, 0.36, 0.25 + 0.35 * ruff, turn=0.3, lift=0.5)
    lower = ((0.02, 0.08), (0.2, 0.1), (0.29, 0.12))
    body.limb(lower, 0.07, 0.03, 0.7, base=0.1)
    hook = ((0.08, -0.05), (0.24, -0.07), (0.36, -0.01), (0.4, 0.1), (0.375, 0.19))
    body.limb(hook, 0.12, 0.012, 0.9, base=0.2, lift=0.6, rim=0.4)
    body.oval((-0.07, -0.08), 0.24, 0.2, 0.6 + 0.3 * ruff, base=0.25, lift=0.65)
    body.height += (0.13 * ruff * body.cover * smooth(0.2, 0.05, body.x)).astype(np.float32)
    body.mark(smooth(1.1, 0.8, oval(body.x, body.y, (0.19, -0.06), 0.035, 0.014)), 0.05, rise=-0.2)
    gape, _ = stroke_distance(
        body.x, body.y, np.array(((0.0, 0.05), (0.2, 0.05), (0.32, 0.08)), np.float32)
    )
    body.mark(smooth(0.016, 0.006, gape), 0.05, rise=-0.25)
    body.eye((0.01, -0.1), 0.065, both=False, iris=0.95, base=0.75)
    body.limb(((-0.12, -0.17), (0.1, -0.12)), 0.035, 0.02, 0.4, base=0.95, lift=0.25)
    return body.relief()


def _flock(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.9, 1.2))
    body = Body(x, y)
    for k in range(int(rng.integers(6, 9))):
        around, far = 2.4 * k + rng.uniform(-0.3, 0.3), 0.16 * np.sqrt(k + 0.2)
        at = (far * np.cos(around), far * np.sin(around))
        long, beat = rng.uniform(0.16, 0.21), rng.uniform(-0.35, 0.35)
        lx, ly = np.abs(x - at[0]), y - at[1]
        path = np.array(((0, 0.03), (0.5, -0.25 + beat * 0.5), (1, 0.12 + beat)), np.float32) * long
        far_off, along = stroke_distance(lx, ly, path)
        out = far_off / (long * 0.27 * (1.05 - along))
        body.part(out, long * 0.1, 0.35 + 0.5 * along, base=0.2, lift=0.4)
        trunk = oval(x, y, (at[0], at[1] + long * 0.12), long * 0.14, long * 0.4, egg=-0.3)
        body.part(trunk, long * 0.14, 0.8, base=0.3, lift=0.5)
    return body.relief()


MOTIFS = (
    Motif("songbird", _songbird, ("candy", "leaf", "sea", "sunset")),
    Motif("owl", _owl, ("sand", "rust", "dusk")),
    Motif("swan", _swan, ("ice", "opal", "petal", "bone")),
    Motif("eagle", _eagle, ("gold", "sand", "copper")),
    Motif("flock", _flock, ("ink", "dusk", "ice")),
)
