"""Human faces: open-eyed, asleep, from the side, carved."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import placed, smooth, waves
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _upright(rng: np.random.Generator, size: int, turn: float = 0.4, largest: float = 1.4) -> Body:
    return Body(*placed(rng, size, scale=(0.85, largest), shift=0.08, turn=turn, warp=0.04))


def _almond(x: Field, y: Field, at: tuple[float, float], wide: float, high: float) -> Field:
    """How far out in a pointed eye each pixel lies: 0 along its middle line, 1 on its lids."""
    u = np.abs(x - at[0]) / wide
    lid = high * np.clip(1 - u * u, 0.02, 1)
    return (np.abs(y - at[1]) / lid + 4 * np.clip(u - 0.95, 0, None)).astype(np.float32)


def _mouth(body: Body, y: float, wide: float, tone: float, base: float) -> None:
    """Two lips with a bow, and the dark line between them."""
    bow = 0.16 * wide * np.cos(np.clip(body.half / wide, 0, 1) * 2 * np.pi)
    upper = oval(body.x, body.y + 0.4 * bow, (0, y - 0.13 * wide), wide, 0.3 * wide)
    body.part(upper, 0.03, tone, base=base, lift=0.25, rim=0.2)
    body.part(
        oval(body.x, body.y, (0, y + 0.2 * wide), wide * 0.78, 0.33 * wide),
        0.03,
        tone + 0.1,
        base=base,
        lift=0.35,
        rim=0.2,
    )
    line = np.abs(body.y - y + 0.5 * bow - 0.02 * wide) / 0.012 + 9 * smooth(
        0.9, 1, body.half / wide
    )
    body.mark(smooth(1.2, 0.6, line), 0.03, rise=-0.25)


def _face(body: Body, skin: float, *, asleep: bool) -> None:
    """A face, about 0.3 wide and 0.42 high, at the middle."""
    body.oval((0, 0.0), 0.3, 0.4, skin, egg=-0.22, base=0.05, lift=0.8, rim=0.35)
    for at, r in (((0.15, 0.09), 0.11), ((0.0, 0.33), 0.09), ((0.0, -0.24), 0.16)):
        swell = smooth(1.0, 0.1, oval(body.half, body.y, at, r, r * 0.85))
        body.mark(swell, skin + 0.2, rise=0.16)
    hollow = oval(body.half, body.y, (0.125, -0.05), 0.1, 0.07)
    body.mark(smooth(1.1, 0.4, hollow), skin - 0.25, rise=-0.25)
    body.limb(((0, -0.1), (0, 0.08)), 0.026, 0.044, skin + 0.15, base=0.8, lift=0.4, rim=0.25)
    body.oval((0.04, 0.085), 0.03, 0.026, skin + 0.05, both=True, base=0.8, lift=0.25)
    body.mark(smooth(1.2, 0.7, oval(body.half, body.y, (0.024, 0.105), 0.016, 0.009)), 0, rise=-0.2)
    eye = _almond(body.half, body.y, (0.125, -0.045), 0.085, 0.05)
    if asleep:
        body.oval((0.125, -0.045), 0.08, 0.05, skin + 0.1, both=True, base=0.65, lift=0.3)
        arc = np.abs(
            body.y + 0.03 - 0.045 * np.sqrt(np.clip(1 - ((body.half - 0.125) / 0.085) ** 2, 0, 1))
        )
        lash = smooth(0.016, 0.006, arc) * smooth(0.085, 0.075, np.abs(body.half - 0.125))
        body.mark(lash, 0.02, rise=-0.2)
    else:
        body.part(eye / 1.25, 0.05, 0.05, base=0.65, lift=0.05, rim=0)
        body.part(eye, 0.045, 1.0, base=0.65, lift=0.2, rim=0.3)
        inside = smooth(1.0, 0.9, eye)
        iris = np.hypot(body.half - 0.125, body.y + 0.05)
        body.mark(inside * smooth(0.046, 0.038, iris), 0.45)
        body.mark(inside * smooth(0.026, 0.018, iris), 0.0)
        body.mark(smooth(0.014, 0.008, np.hypot(body.half - 0.112, body.y + 0.065)), 1.0)
    brow = ((0.045, -0.115), (0.13, -0.15), (0.22, -0.11))
    body.limb(brow, 0.024, 0.01, skin - 0.45, both=True, base=0.8, lift=0.15, rim=0)
    _mouth(body, 0.205, 0.1, 0.3, 0.72)


def _human(rng: np.random.Generator, size: int) -> Relief:
    body = _upright(rng, size)
    strand = waves(body.half * 17 + body.y * rng.uniform(-4, 4) + np.sin(body.y * 9))
    body.oval((0, 0.0), rng.uniform(0.34, 0.4), 0.46, 0.08 + 0.3 * strand, lift=0.4, base=0.0)
    body.height += (0.12 * strand * body.cover).astype(np.float32)
    body.limb(((0, 0.3), (0, 0.5)), 0.12, 0.14, 0.5, base=0.1)
    _face(body, rng.uniform(0.58, 0.7), asleep=False)
    return body.relief()


def _sleeper(rng: np.random.Generator, size: int) -> Relief:
    body = _upright(rng, size)
    body.oval((0.31, 0.05), 0.05, 0.13, 0.6, both=True, base=0.0)
    curls = np.cos(body.x * 75) * np.cos(body.y * 75)
    body.oval((0, -0.38), 0.14, 0.12, 0.25 + 0.3 * curls, base=0.1)
    _face(body, rng.uniform(0.55, 0.68), asleep=True)
    cap = smooth(0.0, 0.02, 0.9 * body.half**2 - body.y - 0.235) * body.cover
    body.mark(cap, 0.25 + 0.35 * np.clip(curls, 0, 1))
    body.height += (0.18 * cap * (0.5 + curls)).astype(np.float32)
    body.mark(smooth(0.028, 0.02, np.hypot(body.x, body.y + 0.19)), 1.0, rise=0.15)
    return body.relief()


def _mask(rng: np.random.Generator, size: int) -> Relief:
    body = _upright(rng, size)
    x, y, half = body.x, body.y, body.half
    for k in range(7):
        aim = -np.pi / 2 + 0.34 * k
        tip = (0.45 * np.cos(aim), -0.05 + 0.45 * np.sin(aim))
        body.limb(
            ((tip[0] * 0.5, tip[1] * 0.5), tip),
            0.05,
            0.03,
            0.25 + 0.5 * (k % 2),
            both=True,
            lift=0.4,
        )
    out = body.oval((0, 0.02), 0.27, 0.39, 0.45, egg=-0.2, base=0.2, lift=0.65)
    inside = smooth(0.97, 0.93, out)
    stripes = smooth(0.4, 0.6, waves(np.hypot(half - 0.13, y + 0.06) * rng.uniform(14, 19)))
    body.mark(inside * stripes * smooth(0.06, 0.09, half), 0.95, rise=0.06)
    eye = _almond(half, y + 0.25 * (half - 0.12), (0.12, -0.06), 0.09, rng.uniform(0.035, 0.06))
    body.part(eye / 1.5, 0.06, 0.9, base=0.75, lift=0.25, flat=0.5)
    body.mark(smooth(1.05, 0.9, eye), 0.0, rise=-0.9)
    body.limb(((0, -0.3), (0, 0.1)), 0.022, 0.05, 0.7, base=0.8, lift=0.4)
    mouth = oval(x, y, (0, 0.235), rng.uniform(0.07, 0.12), rng.uniform(0.04, 0.075))
    body.part(mouth / 1.45, 0.08, 0.85, base=0.7, lift=0.25, flat=0.5)
    body.mark(smooth(1.05, 0.9, mouth), 0.0, rise=-0.7)
    teeth = smooth(0.3, 0.6, np.abs(np.cos(x * 75))) * smooth(0.2, 0.5, np.abs(y - 0.235) / 0.055)
    body.mark(teeth * smooth(0.98, 0.85, mouth), 1.0, rise=0.4)
    return body.relief()


def _profile(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.35), shift=0.08, turn=0.4, warp=0.03)
    body = Body((x * rng.choice([-1, 1])).astype(np.float32), y)
    skin = rng.uniform(0.55, 0.7)
    # The line of forehead, brow, nose, lips and chin, as places of x down y.
    down = (
        -0.5,
        -0.4,
        -0.28,
        -0.17,
        -0.12,
        0.03,
        0.07,
        0.1,
        0.135,
        0.165,
        0.185,
        0.22,
        0.25,
        0.33,
        0.39,
        0.42,
        0.5,
    )
    out_to = (
        0.0,
        0.13,
        0.2,
        0.215,
        0.19,
        0.33,
        0.33,
        0.24,
        0.265,
        0.26,
        0.225,
        0.255,
        0.215,
        0.235,
        0.19,
        0.06,
        0.04,
    )
    for lag in range(3):
        edge = np.interp(body.y, down, out_to) - 0.2 * lag
        inside = np.clip((edge - body.x) / body.pixel + 0.5, 0, 1).astype(np.float32)
        mask = (inside * smooth(0.46, 0.45, np.abs(body.y)) * smooth(-0.46, -0.45, body.x)).astype(
            np.float32
        )
        deep = np.clip((edge - body.x) / 0.17, 0, 1)
        round_ = np.sqrt(1 - (1 - deep) ** 2)
        level = 0.25 * lag + 0.55 * round_
        body.height = (body.height + (level - body.height) * mask).astype(np.float32)
        tone = skin + 0.2 - 0.3 * deep - 0.25 * smooth(0.12, 0.0, deep) - 0.08 * lag
        body.tone = (body.tone + (tone - body.tone) * mask).astype(np.float32)
        body.cover = np.maximum(body.cover, mask)
        dx = -0.2 * lag
        eye = np.hypot((body.x - 0.15 - dx) / 0.05, (body.y + 0.1) / 0.032)
        body.mark(mask * smooth(1.3, 1.1, eye), 0.1)
        body.mark(mask * smooth(1.0, 0.9, eye), 1.0)
        pupil = np.hypot(body.x - 0.165 - dx, body.y + 0.1) / 0.026
        body.mark(mask * smooth(1.1, 0.8, pupil) * smooth(1.2, 1.0, eye), 0.0)
        brow = np.hypot(np.clip(np.abs(body.x - 0.13 - dx) - 0.05, 0, None), body.y + 0.165)
        body.mark(mask * smooth(0.016, 0.01, brow), 0.05, rise=0.1)
        lip = np.abs(body.y - 0.183) / 0.008 + 9 * smooth(0.1, 0.09, body.x - 0.04 - dx)
        body.mark(mask * smooth(1.5, 0.6, lip), 0.02, rise=-0.2)
        red = smooth(0.055, 0.04, np.abs(body.y - 0.183)) * smooth(0.15, 0.17, body.x - dx)
        body.mark(mask * red * 0.5, 0.3)
    return body.relief()


def _totem(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.1, turn=0.3, warp=0.02)
    count = rng.uniform(2.2, 3.4)
    place = y * count + rng.random()
    row = np.floor(place)
    v = ((place % 1) - 0.5).astype(np.float32)
    body = Body((x * count * 0.85).astype(np.float32), v)
    odd = (row % 2).astype(np.float32)
    trunk = np.maximum(body.half / (0.43 - 0.05 * odd), np.abs(v) / 0.49)
    body.part(trunk.astype(np.float32), 0.4, 0.4 + 0.15 * odd, lift=0.5)
    wing = np.hypot((body.half - 0.48) / 0.2, (v + 0.05) / 0.3) + 9 * (1 - odd)
    body.part(wing, 0.2, 0.85 - 0.5 * waves(v * 7), lift=0.45, flat=0.5)
    brow = oval(body.half, v, (0.2, -0.2), 0.2, 0.16, turn=0.25)
    body.part(brow, 0.15, 0.2, base=0.45, lift=0.3, flat=0.4)
    eye = oval(body.half, v, (0.2, -0.14), 0.145, 0.105 + 0.03 * odd)
    body.part(eye, 0.1, 0.98, base=0.6, lift=0.2, flat=0.3)
    body.mark(smooth(0.62, 0.52, eye), 0.02, rise=0.1)
    nose = oval(body.x, v, (0, 0.04), 0.085 + 0.05 * odd, 0.17, egg=0.5)
    body.part(nose, 0.08, 0.75, base=0.6, lift=0.5)
    mouth = oval(body.x, v, (0, 0.31), 0.31, 0.13)
    body.part(mouth, 0.1, 0.85, base=0.5, lift=0.3, flat=0.6)
    inner = smooth(0.68, 0.6, mouth)
    teeth = smooth(0.35, 0.6, np.abs(np.sin(body.x * 24))) * smooth(0.012, 0.02, np.abs(v - 0.31))
    body.mark(inner, 0.03 + 0.95 * teeth, rise=-0.15)
    return body.relief()


MOTIFS = (
    Motif("human-face", _human, ("flesh", "sand", "coral", "dusk")),
    Motif("sleeping-face", _sleeper, ("gold", "copper", "ice")),
    Motif("tribal-mask", _mask, ("rust", "candy", "ember")),
    Motif("profiles", _profile, ("flesh", "opal", "sunset", "amethyst")),
    Motif("totem", _totem, ("rust", "candy", "leaf")),
)
