"""The feather that wings, tails and birds are layered of."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body
from dreamfolio.dream.pocket.drawing.canvas import smooth, waves


def plume(
    body: Body,
    root: tuple[float, float],
    angle: float,
    long: float,
    wide: float,
    tone: float,
    *,
    base: float = 0.1,
    lift: float = 0.35,
) -> None:
    """A feather from ``root`` along ``angle`` (0 is to the right, clockwise)."""
    c, s = np.cos(angle), np.sin(angle)
    u = (c * (body.x - root[0]) + s * (body.y - root[1])) / long
    v = (c * (body.y - root[1]) - s * (body.x - root[0])) / wide
    out = np.hypot((u - 0.5) * 2, v / np.clip(0.55 + 0.6 * u, 0.2, 1.2)).astype(np.float32)
    barb = waves((u * long - np.abs(v) * wide * 0.8) * 30)
    quill = smooth(0.2, 0.08, np.abs(v))
    mask = body.part(out, wide, tone + 0.2 * barb + 0.15 * u, lift=lift, base=base, rim=0.5)
    body.mark(mask * quill, min(tone + 0.5, 1.0), rise=0.12)
