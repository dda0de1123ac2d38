"""Insects seen from above: wings, shells, stripes and legs."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _body(rng: np.random.Generator, size: int, largest: float = 1.45) -> Body:
    return Body(*placed(rng, size, scale=(0.8, largest), shift=0.1, warp=0.04))


def _legs(body: Body, rng: np.random.Generator, tone: float, width: float, reach: float) -> None:
    """Three pairs of jointed legs, spread from about the centre."""
    for root, knee, foot in ((-0.1, -0.2, -0.3), (0.0, -0.02, 0.06), (0.1, 0.18, 0.36)):
        out = reach * rng.uniform(0.9, 1.1)
        path = ((0.05, root), (out * 0.65, knee), (out, foot))
        body.limb(path, width, width * 0.5, tone, both=True, lift=0.3, base=0.0)


def _feelers(body: Body, root: float, tip: tuple[float, float], tone: float, knob: bool) -> None:
    path = ((0.01, root), (tip[0] * 0.35, (root + tip[1]) / 2), tip)
    body.limb(path, 0.012, 0.009, tone, both=True, lift=0.3)
    if knob:
        body.oval(tip, 0.02, 0.02, tone, both=True)


def _wing(body: Body, out: Field, radius: float, rng: np.random.Generator, veins: float) -> None:
    """A patterned wing: veins from its root, bright bands, a dark border with pale spots."""
    _, around = polar(body.half, body.y)
    band = waves(out * rng.uniform(0.9, 1.5) + veins)
    ribs = smooth(0.82, 0.98, np.cos(around * 17 + 2 * veins))
    tone = 0.4 + 0.5 * band - 0.35 * ribs
    border = smooth(0.72, 0.8, out)
    dots = smooth(0.25, 0.6, np.sin(around * 22)) * smooth(0.1, 0.05, np.abs(out - 0.88))
    tone = tone * (1 - border) + border * (0.06 + 0.9 * dots)
    ripple = 0.08 * np.cos(around * 17)
    body.part(out, radius, tone + ripple, lift=0.45, flat=0.4, rim=0.1)
    body.mark(ribs * smooth(1.0, 0.9, out), 0.1, rise=0.1)


def _butterfly(rng: np.random.Generator, size: int) -> Relief:
    body = _body(rng, size, 1.35)
    veins, span = rng.random(), rng.uniform(0.2, 0.25)
    _, around = polar(body.half, body.y)
    scallop = 1 + rng.uniform(0.0, 0.06) * np.cos(around * 22)
    low = oval(body.half, body.y, (0.17, 0.18), span * 0.72, 0.2, turn=-0.7, egg=0.25) * scallop
    _wing(body, low, 0.17, rng, veins)
    high = oval(body.half, body.y, (0.21, -0.13), 0.17, span * 1.15, turn=-2.2, egg=-0.4) * scallop
    _wing(body, high, 0.17, rng, veins)
    for at, r in (((0.25, -0.17), 0.055), ((0.17, 0.2), 0.045)):
        ring = oval(body.half, body.y, at, r, r)
        body.mark(smooth(1.1, 0.9, ring), 0.95, rise=0.12)
        body.mark(smooth(0.75, 0.6, ring), 0.05)
        body.mark(smooth(0.3, 0.2, ring), 1.0)
    _feelers(body, -0.2, (0.13, -0.4), 0.15, knob=True)
    body.limb(((0, -0.16), (0, 0.24)), 0.035, 0.018, 0.3, lift=0.6, base=0.4, rings=7)
    body.oval((0, -0.19), 0.038, 0.038, 0.3, base=0.4)
    return body.relief()


def _moth(rng: np.random.Generator, size: int) -> Relief:
    body = _body(rng, size, 1.35)
    droop = rng.uniform(-2.0, -1.8)
    zigzag = 0.06 * np.abs(((body.half * rng.uniform(12, 18)) % 2) - 1)
    for at, wide, high, turn in (
        ((0.16, 0.14), 0.13, 0.2, -0.8),
        ((0.24, -0.02), 0.15, 0.27, droop + 0.55),
    ):
        out = oval(body.half, body.y, at, wide, high, turn=turn, egg=0.35)
        bands = waves((np.hypot(body.half, body.y) + zigzag) * rng.uniform(7, 10))
        body.part(out, wide, 0.2 + 0.6 * bands, lift=0.4, flat=0.5, rim=0.25)
        body.mark(smooth(1.0, 0.85, out) * bands, 0.75, rise=0.08)
    body.eye((0.27, 0.0), 0.06, base=0.4, iris=0.95)
    out, along = body.limb(((0.02, -0.17), (0.1, -0.3), (0.22, -0.38)), 0.035, 0.02, 0.2, both=True)
    body.mark(smooth(1.0, 0.9, out) * waves(along * 16), 0.9, rise=0.15)
    fur = waves(body.y * 22 + 6 * body.half)
    body.oval((0, 0.08), 0.085, 0.21, 0.35 + 0.4 * fur, base=0.3, lift=0.7)
    body.oval((0, -0.12), 0.095, 0.09, 0.7, base=0.35, lift=0.65)
    body.eye((0.06, -0.18), 0.03, iris=0.1)
    return body.relief()


def _beetle(rng: np.random.Generator, size: int) -> Relief:
    body = _body(rng, size)
    _legs(body, rng, 0.15, 0.02, 0.36)
    wide = rng.uniform(0.18, 0.23)
    jaw = ((0.03, -0.32), (0.12, -0.38), (0.1, -0.46), (0.03, -0.47))
    body.limb(jaw, 0.03, 0.008, 0.3, both=True)
    body.oval((0, -0.29), 0.09, 0.07, 0.3)
    body.eye((0.085, -0.3), 0.028, iris=0.1)
    body.oval((0, -0.18), wide * 0.85, 0.1, 0.45, egg=0.2, base=0.2)
    out = body.oval((0, 0.12), wide, 0.27, 0.6, egg=-0.15, base=0.2, lift=0.75, rim=0.4)
    inside = smooth(1.0, 0.92, out)
    grooves = waves(body.half / wide * rng.integers(3, 6) + 0.25)
    body.mark(inside * smooth(0.35, 0.1, grooves), 0.3, rise=-0.12)
    seam = smooth(0.016, 0.006, body.half) * inside
    body.mark(seam, 0.02, rise=-0.3)
    return body.relief()


def _ladybird(rng: np.random.Generator, size: int) -> Relief:
    body = _body(rng, size)
    _legs(body, rng, 0.08, 0.022, 0.36)
    _feelers(body, -0.3, (0.1, -0.42), 0.1, knob=True)
    body.oval((0, -0.28), 0.11, 0.09, 0.08)
    body.eye((0.07, -0.32), 0.032, iris=0.9)
    body.oval((0, -0.21), 0.19, 0.09, 0.1, base=0.2)
    spot = oval(body.half, body.y, (0.12, -0.22), 0.05, 0.035)
    body.mark(smooth(1.1, 0.9, spot), 0.95)
    out = body.oval((0, 0.08), 0.29, 0.29, 0.65, base=0.2, lift=0.95, rim=0.3)
    inside = smooth(1.0, 0.95, out)
    for row, y in enumerate(np.linspace(-0.09, 0.25, 3)):
        at = (0.1 + 0.06 * (row == 1) + rng.uniform(-0.01, 0.02), float(y))
        r = rng.uniform(0.042, 0.065)
        dot = oval(body.half, body.y, at, r, r)
        body.mark(inside * smooth(1.1, 0.9, dot), 0.03)
    body.mark(inside * smooth(0.016, 0.008, body.half), 0.02, rise=-0.3)
    return body.relief()


def _dragonfly(rng: np.random.Generator, size: int) -> Relief:
    body = _body(rng, size, 1.4)
    for at, turn in (((0.26, -0.16), 1.42), ((0.25, 0.0), 1.85)):
        out = oval(
            body.half, body.y, at, 0.062, 0.25, turn=turn + rng.uniform(-0.12, 0.12), egg=-0.3
        )
        cells = np.sin(body.x * 90) * np.sin(body.y * 90 + 40 * body.half)
        net = smooth(0.5, 0.1, np.abs(cells) * 1.6)
        body.part(out, 0.06, 0.85 - 0.5 * net, lift=0.25, flat=0.7, rim=0.7)
        body.mark(smooth(1.0, 0.85, out) * net, 0.4, rise=0.08)
        tip = oval(body.half, body.y, (0.42, at[1] * 1.15), 0.035, 0.03)
        body.mark(smooth(1.1, 0.8, tip), 0.1)
    tail = ((0, -0.02), (rng.uniform(-0.03, 0.03), 0.2), (0, 0.45))
    body.limb(tail, 0.034, 0.024, 0.7, lift=0.6, base=0.3, rings=8)
    body.oval((0, -0.1), 0.07, 0.12, 0.5, base=0.3, lift=0.6)
    body.oval((0, -0.25), 0.05, 0.05, 0.3, base=0.3)
    body.eye((0.055, -0.26), 0.058, iris=0.7)
    return body.relief()


def _bee(rng: np.random.Generator, size: int) -> Relief:
    body = _body(rng, size)
    _legs(body, rng, 0.1, 0.018, 0.28)
    _feelers(body, -0.28, (0.11, -0.42), 0.08, knob=False)
    stripes = smooth(0.35, 0.6, waves((body.y + 0.3 * body.half**2) * rng.uniform(8.5, 11)))
    body.oval((0, 0.16), 0.16, 0.26, 0.08 + 0.75 * stripes, egg=-0.2, base=0.1, lift=0.8, rim=0.1)
    fuzz = 0.12 * np.cos(body.x * 130) * np.cos(body.y * 130)
    body.oval((0, -0.1), 0.14, 0.13, 0.7 + fuzz, base=0.25, lift=0.7, rim=0.4)
    body.oval((0, -0.26), 0.1, 0.075, 0.15, base=0.2)
    body.eye((0.08, -0.26), 0.042, iris=0.2)
    for at, high, turn in (((0.23, 0.06), 0.2, -1.15), ((0.17, 0.17), 0.15, -0.75)):
        out = body.oval(
            at,
            0.075,
            high,
            0.9,
            turn=turn,
            egg=0.3,
            both=True,
            base=0.35,
            lift=0.2,
            flat=0.7,
            rim=0.65,
        )
        ribs = smooth(0.8, 1.0, np.cos(polar(body.half, body.y)[1] * 24))
        body.mark(smooth(1.0, 0.9, out) * ribs, 0.45, rise=0.06)
    return body.relief()


def _ant(rng: np.random.Generator, size: int) -> Relief:
    body = _body(rng, size, 1.5)
    _legs(body, rng, 0.25, 0.017, 0.37)
    _feelers(body, -0.28, (0.19, -0.46), 0.25, knob=False)
    jaw = ((0.04, -0.33), (0.08, -0.41), (0.02, -0.44))
    body.limb(jaw, 0.022, 0.008, 0.45, both=True)
    bands = waves(body.y * 11)
    body.oval((0, 0.27), 0.14, 0.19, 0.35 + 0.3 * bands, egg=-0.2, lift=0.8, rim=0.35)
    body.oval((0, 0.06), 0.035, 0.05, 0.5)
    body.oval((0, -0.06), 0.075, 0.13, 0.5, egg=-0.25, lift=0.6)
    body.oval((0, -0.26), 0.125, 0.11, 0.6, egg=-0.2, base=0.2, lift=0.7)
    body.eye((0.09, -0.27), 0.032, iris=0.1)
    return body.relief()


MOTIFS = (
    Motif("butterfly", _butterfly, ("sunset", "peacock", "candy", "sea")),
    Motif("moth", _moth, ("sand", "opal", "dusk", "bone")),
    Motif("beetle", _beetle, ("peacock", "venom", "copper", "amethyst")),
    Motif("ladybird", _ladybird, ("ember", "candy", "gold")),
    Motif("dragonfly", _dragonfly, ("lagoon", "ice", "opal", "leaf")),
    Motif("bee", _bee, ("gold", "sunset", "ember")),
    Motif("ant", _ant, ("rust", "ink", "blood")),
)
