"""Warm-blooded beasts, face to face: muzzles, ears, trunks, manes."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import placed, polar, smooth, stroke_distance, waves
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _facing(rng: np.random.Generator, size: int, largest: float = 1.4) -> Body:
    return Body(*placed(rng, size, scale=(0.85, largest), shift=0.09, turn=0.5, warp=0.04))


def _fur(body: Body, at: tuple[float, float], hairs: int) -> Field:
    """Hairs that stream away from ``at``, in [0, 1]."""
    far, around = polar(body.x - at[0], body.y - at[1])
    turn = around / (2 * np.pi)
    return waves(turn * hairs + 0.6 * np.sin(far * 38) + 0.4 * np.sin(around * 7))


def _line(body: Body, path: tuple[tuple[float, float], ...], width: float) -> Field:
    """1 on a line drawn on both sides, 0 off it."""
    far, _ = stroke_distance(body.half, body.y, np.array(path, np.float32))
    return smooth(width, width * 0.5, far)


def _nose(body: Body, y: float, wide: float, tone: float = 0.03) -> None:
    """A wet nose with nostrils and a highlight, and the cleft below it."""
    body.mark(_line(body, ((0, y), (0, y + 1.7 * wide)), 0.014), 0.02, rise=-0.2)
    body.oval((0, y), wide, wide * 0.68, tone, egg=-0.35, base=0.85, lift=0.4, rim=0.0)
    body.mark(
        smooth(
            1.2, 0.7, oval(body.x, body.y, (-wide * 0.2, y - wide * 0.3), wide * 0.4, wide * 0.16)
        ),
        0.85,
    )


def _dog(rng: np.random.Generator, size: int) -> Relief:
    body = _facing(rng, size)
    fur = _fur(body, (0, 0.0), 60)
    coat = rng.uniform(0.45, 0.6)
    body.oval((0, -0.1), 0.27, 0.27, coat + 0.12 * fur, egg=-0.1, lift=0.75)
    blaze = smooth(0.05, 0.02, body.half - 0.25 * np.clip(body.y + 0.1, 0, 1))
    body.mark(blaze * smooth(0.25, 0.35, body.height), 0.95)
    patch = oval(body.half, body.y, (0.13, -0.11), 0.1, 0.12, turn=0.4)
    body.mark(smooth(1.1, 0.8, patch) * 0.8, 0.15)
    droop = rng.uniform(0.1, 0.25)
    ear = ((0.2, -0.3), (0.33, -0.2), (0.35, droop - 0.1), (0.31, droop + 0.05))
    body.limb(ear, 0.07, 0.105, coat - 0.3 + 0.1 * fur, both=True, base=0.4, lift=0.5)
    body.oval((0, 0.36), 0.11, 0.09, coat + 0.1, base=0.2)
    if rng.random() < 0.6:
        body.limb(((0, 0.27), (0, 0.4)), 0.055, 0.065, 0.75, base=0.3, lift=0.4)
        body.mark(_line(body, ((0, 0.28), (0, 0.42)), 0.012), 0.45, rise=-0.12)
    body.oval((0, 0.1), 0.12, 0.17, 0.85, base=0.4, lift=0.5, rim=0.1)
    body.oval((0.085, 0.19), 0.105, 0.1, 0.9, both=True, base=0.45, lift=0.5, rim=0.35)
    dots = oval(body.half, body.y, (0.1, 0.2), 0.06, 0.05)
    spots = smooth(0.6, 0.9, np.cos(body.half * 190) * np.cos(body.y * 190))
    body.mark(spots * smooth(1.1, 0.9, dots), 0.1)
    body.eye((0.125, -0.08), rng.uniform(0.055, 0.068), iris=0.35, base=0.6)
    _nose(body, 0.07, 0.09)
    return body.relief()


def _cat(rng: np.random.Generator, size: int) -> Relief:
    body = _facing(rng, size)
    fur = _fur(body, (0, 0.05), 66)
    coat = rng.uniform(0.5, 0.65)
    body.limb(((0.17, -0.16), (0.28, -0.42)), 0.13, 0.012, coat, both=True, lift=0.5)
    body.limb(((0.19, -0.17), (0.265, -0.36)), 0.07, 0.008, 0.85, both=True, base=0.35, lift=-0.25)
    body.oval((0, 0.02), 0.34, 0.29, coat + 0.12 * fur, egg=0.1, base=0.15, lift=0.75)
    head = smooth(1.0, 0.95, oval(body.x, body.y, (0, 0.02), 0.34, 0.29, egg=0.1))
    top = smooth(-0.08, -0.14, body.y) * smooth(0.55, 0.75, waves(body.half * 13 - 0.25))
    cheek = smooth(0.19, 0.24, body.half) * smooth(0.6, 0.8, waves((body.y + body.half) * 10))
    body.mark(head * np.maximum(top, cheek * smooth(-0.1, 0.0, body.y)), 0.08)
    body.oval((0, 0.26), 0.08, 0.06, 0.9, base=0.4)
    body.oval((0.065, 0.17), 0.09, 0.072, 0.95, both=True, base=0.55, lift=0.45)
    body.eye((0.155, -0.03), rng.uniform(0.075, 0.09), slit=rng.random() < 0.6, iris=0.85, base=0.6)
    _nose(body, 0.1, 0.042, 0.2)
    for k in range(3):
        whisker = ((0.09, 0.17 + 0.02 * k), (0.25, 0.13 + 0.045 * k), (0.46, 0.12 + 0.09 * k))
        body.limb(whisker, 0.007, 0.004, 1.0, both=True, base=0.8, lift=0.2, rim=0.0)
    return body.relief()


def _lion(rng: np.random.Generator, size: int) -> Relief:
    body = _facing(rng, size, 1.3)
    far, around = polar(body.x, body.y)
    locks = int(rng.integers(15, 22))
    for row, reach in enumerate((0.46, 0.39, 0.32)):
        lock = np.abs(np.cos(around * locks / 2 + row * np.pi / 2 + 3 * far))
        hair = waves(around * locks / (2 * np.pi) * 3 + 2 * far)
        out = (far / (reach * (0.82 + 0.18 * lock))).astype(np.float32)
        body.part(out, 0.3, 0.08 + 0.14 * row + 0.4 * lock * hair, lift=0.3, base=0.05 + 0.15 * row)
        body.mark(smooth(1.0, 0.9, out), body.tone, rise=0.15)
    body.oval((0.2, -0.22), 0.07, 0.07, 0.6, both=True, base=0.6)
    body.oval((0, 0.02), 0.23, 0.26, 0.75, egg=-0.1, base=0.5, lift=0.5)
    body.oval((0, 0.23), 0.08, 0.06, 0.9, base=0.65)
    body.oval((0, 0.03), 0.075, 0.15, 0.8, base=0.75, lift=0.3, egg=0.3)
    body.oval((0.065, 0.16), 0.085, 0.075, 0.98, both=True, base=0.75, lift=0.4)
    body.eye((0.115, -0.05), 0.042, iris=1.0, base=0.85)
    body.limb(((0.04, -0.06), (0.1, -0.12), (0.18, -0.12)), 0.025, 0.012, 0.35, both=True, base=0.8)
    _nose(body, 0.09, 0.072, 0.12)
    return body.relief()


def _elephant(rng: np.random.Generator, size: int) -> Relief:
    body = _facing(rng, size)
    wide = rng.uniform(0.17, 0.21)
    ear = body.oval(
        (0.3, -0.1), wide, 0.27, 0.5, both=True, turn=-0.25, egg=-0.2, lift=0.35, rim=-0.2
    )
    ribs = waves(polar(body.half - 0.12, body.y + 0.1)[1] * 4)
    body.mark(smooth(0.95, 0.5, ear), 0.3 + 0.25 * ribs, rise=-0.2)
    tusk = ((0.1, 0.1), (0.16, 0.26), (0.22, 0.36), (0.3, 0.38))
    body.limb(tusk, 0.04, 0.008, 1.0, both=True, base=0.2, lift=0.5)
    body.oval((0, -0.12), 0.19, 0.25, 0.6, base=0.2, lift=0.75)
    body.oval((0.08, -0.25), 0.09, 0.1, 0.62, both=True, base=0.45, lift=0.5, fused=True)
    sway = rng.uniform(-1, 1)
    trunk = np.array(
        ((0, -0.05), (0, 0.12), (0.05 * sway, 0.28), (0.16 * sway, 0.41), (0.27 * sway, 0.42))
    )
    far, along = stroke_distance(body.x, body.y, trunk.astype(np.float32))
    folds = waves(along * rng.uniform(13, 18))
    out = (far / (0.1 - 0.055 * along)).astype(np.float32)
    body.part(out, 0.07, 0.35 + 0.35 * folds, base=0.4, lift=0.7, rim=0.35)
    body.mark(smooth(1.0, 0.9, out) * (1 - folds), 0.25, rise=-0.1)
    body.eye((0.125, -0.08), 0.032, iris=0.8, base=0.7)
    return body.relief()


def _fox(rng: np.random.Generator, size: int) -> Relief:
    body = _facing(rng, size)
    fur = _fur(body, (0, 0.3), 70)
    body.limb(((0.19, -0.12), (0.25, -0.44)), 0.12, 0.01, 0.5, both=True, lift=0.5)
    body.limb(((0.2, -0.14), (0.243, -0.37)), 0.065, 0.008, 0.1, both=True, base=0.35, lift=-0.2)
    jag = 0.05 * np.abs(((body.y * 12) % 1) - 0.5)
    cheek = body.half * 0.9 + np.abs(body.y + 0.04) * 0.85 + jag
    body.part((cheek / 0.34).astype(np.float32), 0.25, 0.92 + 0.08 * fur, lift=0.5)
    face = np.maximum(
        np.hypot(body.half, np.clip(-body.y - 0.02, 0, None) * 1.25) / 0.29,
        (body.half + 0.62 * np.clip(body.y, 0, None)) / 0.27,
    )
    inner = smooth(0.02, 0.0, body.half - 0.06 - 0.5 * np.clip(0.05 - body.y, -0.3, 0.1))
    body.part(face.astype(np.float32), 0.2, 0.5 + 0.1 * fur, base=0.2, lift=0.6)
    body.mark(smooth(0.05, 0.15, body.y) * (1 - inner) * smooth(1.1, 0.9, face), 0.95)
    body.oval((0, 0.15), 0.085, 0.25, 0.55, egg=-0.45, base=0.45, lift=0.5, rim=0.1)
    body.oval((0.055, 0.29), 0.06, 0.08, 0.95, both=True, base=0.45, lift=0.35)
    body.eye((0.125, -0.03), 0.05, slit=True, iris=0.95, base=0.6)
    body.mark(_line(body, ((0.06, 0.05), (0.1, 0.0)), 0.022), 0.08)
    _nose(body, 0.29, 0.05)
    return body.relief()


def _ape(rng: np.random.Generator, size: int) -> Relief:
    body = _facing(rng, size)
    fur = _fur(body, (0, 0.1), 64)
    body.oval((0.33, 0.0), 0.085, 0.11, 0.7, both=True, lift=0.5, rim=-0.1)
    body.oval((0.335, 0.0), 0.045, 0.065, 0.3, both=True, base=0.3, lift=-0.1)
    body.oval((0, -0.04), 0.33, 0.36, 0.15 + 0.2 * fur, lift=0.65)
    body.height += (0.12 * fur * body.cover).astype(np.float32)
    body.oval((0.11, -0.08), 0.15, 0.13, 0.65, both=True, base=0.5, lift=0.35, rim=0.1)
    body.oval((0, 0.2), 0.23, 0.17, 0.75, base=0.45, lift=0.65, rim=0.25)
    body.limb(
        ((0.0, -0.17), (0.13, -0.18), (0.23, -0.11)),
        0.05,
        0.03,
        0.5,
        both=True,
        base=0.75,
        lift=0.35,
    )
    body.eye((0.115, -0.075), 0.05, iris=0.5, base=0.65)
    body.oval((0, 0.06), 0.085, 0.06, 0.6, base=0.75, lift=0.4, egg=0.4)
    body.mark(
        smooth(1.1, 0.8, oval(body.half, body.y, (0.04, 0.085), 0.028, 0.018)), 0.0, rise=-0.4
    )
    grin = ((0, 0.24), (0.1, 0.235), (0.17, 0.2))
    if rng.random() < 0.5:
        body.part(oval(body.x, body.y, (0, 0.24), 0.15, 0.05), 0.05, 0.98, base=0.9, lift=0.2)
        seams = smooth(0.9, 1.0, np.cos(body.x * 160))
        body.mark(seams * smooth(1.0, 0.9, oval(body.x, body.y, (0, 0.24), 0.15, 0.05)), 0.1)
    body.mark(_line(body, grin, 0.02), 0.02, rise=-0.35)
    return body.relief()


MOTIFS = (
    Motif("dog-face", _dog, ("sand", "bone", "rust", "copper")),
    Motif("cat-face", _cat, ("gold", "ink", "petal", "opal")),
    Motif("lion-face", _lion, ("gold", "sunset", "ember")),
    Motif("elephant", _elephant, ("ink", "ice", "dusk", "amethyst")),
    Motif("fox-face", _fox, ("sunset", "rust", "ice")),
    Motif("ape-face", _ape, ("flesh", "rust", "candy")),
)
