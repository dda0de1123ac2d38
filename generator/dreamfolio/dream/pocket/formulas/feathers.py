"""Feathers: one, a wing of them, a fan of them."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body
from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.plumage import plume
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _feather(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.9, 1.5), shift=0.08, warp=0.05)
    x = x + rng.uniform(-0.5, 0.5) * y**2
    wide = rng.uniform(0.13, 0.18)
    width = wide * np.sqrt(np.clip(1 - ((y + 0.08) / 0.38) ** 2, 0, 1)) * (1 + 0.5 * y)
    slant = y + np.abs(x) * 0.9
    # A barb or two lies apart from the rest.
    split = smooth(0.9, 0.97, waves(slant * rng.uniform(2.5, 4) + rng.random()))
    split = split * smooth(0.2, 0.6, np.abs(x) / (width + 1e-3))
    vane = smooth(1.02, 0.95, np.abs(x) / (width + 1e-3)) * (1 - split)
    barb = waves(slant * rng.uniform(26, 34))
    bars = smooth(0.4, 0.6, waves(slant * rng.uniform(3, 6)))
    height = vane * (0.25 + 0.3 * dome(np.abs(x), width + 1e-3) + 0.16 * barb)
    tone = 0.2 + 0.55 * bars + 0.22 * barb - 0.1 * np.abs(x) / wide
    thick = 0.02 * np.clip(1 - (y + 0.4), 0.25, 1)
    stem = np.abs(x) / thick + 30 * np.clip(np.abs(y) - 0.46, 0, None)
    on = smooth(1.1, 0.8, stem)
    height = np.maximum(height, on * (0.45 + 0.45 * dome(stem, 1.0)))
    tone = tone * (1 - on) + 0.97 * on
    cover = np.maximum(vane, on)
    return Relief(height.astype(np.float32), np.clip(tone, 0, 1).astype(np.float32), cover)


def _wing(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.35), shift=0.08, warp=0.04)
    body = Body((x * rng.choice([-1, 1])).astype(np.float32), y)
    root = np.array((-0.32, -0.18))
    fan, count = rng.uniform(1.25, 1.6), int(rng.integers(9, 12))
    for row, (long, wide) in enumerate(((0.62, 0.05), (0.42, 0.05), (0.26, 0.048))):
        for k in range(count - row):
            t = k / (count - row - 1)
            at = root + np.array((0.34 * (1 - t), -0.02 * t))
            angle = 0.08 + fan * t
            stretch = long * (1.0 - 0.35 * t)
            plume(
                body, (at[0], at[1]), angle, stretch, wide, 0.15 + 0.22 * row, base=0.05 + 0.2 * row
            )
    arm = ((-0.34, -0.12), (-0.24, -0.24), (0.05, -0.2), (0.22, -0.15))
    out, along = body.limb(arm, 0.07, 0.045, 0.8, base=0.5, lift=0.4)
    body.mark(smooth(1.0, 0.9, out) * waves(along * 13), 0.55, rise=0.08)
    return body.relief()


def _peacock_fan(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.3), shift=0.06, turn=0.5, warp=0.02)
    body = Body(x, y)
    far, _ = polar(x, y - 0.25)
    angle = np.arctan2(x, -(y - 0.25))
    reach = rng.uniform(1.5, 1.9)
    count = int(rng.integers(9, 13))
    for row, radius in enumerate((0.66, 0.5, 0.35)):
        step = 2 * reach / (count - row)
        place = (angle + reach) / step
        off = (place % 1 - 0.5) * step * far
        inside = smooth(reach, reach - 0.03, np.abs(angle))
        half = 0.45 * step * radius
        out = np.hypot(off / half, (far - radius + 0.07) / 0.085)
        stalk = np.where(far < radius - 0.07, np.abs(off) / half, 9)
        barb = waves((far - 0.7 * np.abs(off)) * 40)
        hold = 9 * (1 - inside)
        body.part(
            np.minimum(out * 0.85, stalk * 1.2) + hold,
            half,
            0.4 + 0.25 * barb,
            lift=0.3,
            base=0.1 + 0.12 * row,
            rim=0.4,
        )
        on = inside * smooth(1.0, 0.9, out)
        body.mark(on, 0.92, rise=0.06)
        body.mark(on * smooth(0.74, 0.62, out), 0.55, rise=0.05)
        heart = np.hypot(off / half, (far - radius + 0.055) / 0.085)
        body.mark(on * smooth(0.5, 0.4, heart), 0.06, rise=0.1)
    body.oval((0, 0.27), 0.08, 0.17, 0.3 + 0.15 * waves(y * 22), egg=0.3, base=0.5, lift=0.6)
    body.oval((0, 0.06), 0.045, 0.05, 0.3, base=0.7)
    body.eye((0.022, 0.05), 0.014, iris=1.0, base=0.9)
    for k in (-1, 0, 1):
        body.limb(((0, 0.02), (0.04 * k, -0.07)), 0.006, 0.011, 0.9, base=0.6)
    return body.relief()


MOTIFS = (
    Motif("feather", _feather, ("peacock", "copper", "opal", "sea")),
    Motif("feathered-wing", _wing, ("ice", "gold", "sunset")),
    Motif("peacock-fan", _peacock_fan, ("peacock", "lagoon", "amethyst")),
)
