"""Creatures built of a few large parts, laid one over another: ovals, limbs, eyes, markings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import Points, dome, smooth, stroke_distance
from dreamfolio.dream.pocket.drawing.relief import Field, Relief

Path = Sequence[tuple[float, float]] | Points


def oval(
    x: Field,
    y: Field,
    at: tuple[float, float],
    wide: float,
    high: float,
    *,
    turn: float = 0.0,
    egg: float = 0.0,
) -> Field:
    """How far out in an oval each pixel lies: 0 at its centre ``at``, 1 on its outline.

    ``wide`` and ``high`` are its half axes, ``turn`` radians clockwise; ``egg`` > 0 widens its
    lower end (+y before the turn) and narrows the upper.
    """
    c, s = np.cos(turn), np.sin(turn)
    u = c * (x - at[0]) + s * (y - at[1])
    v = c * (y - at[1]) - s * (x - at[0])
    if egg:
        u = u / np.clip(1 + egg * v / high, 0.15, 2)
    return np.hypot(u / wide, v / high).astype(np.float32)


class Body:
    """A form in the making, part over part, on the coordinates ``x`` and ``y``.

    ``half`` is |x|: what is laid on it appears on both sides alike. A part's ``lift`` is how high
    it swells above its ``base``, its ``rim`` how much darker its tone is at the outline.
    """

    def __init__(self, x: Field, y: Field) -> None:
        self.x, self.y, self.half = x, y, np.abs(x)
        self.height, self.tone, self.cover = (np.zeros_like(x) for _ in range(3))
        self.pixel = float(np.hypot(x[0, 1] - x[0, 0], y[0, 1] - y[0, 0]))

    def part(
        self,
        out: Field,
        radius: float,
        tone: Field | float,
        *,
        lift: float = 0.5,
        base: Field | float = 0.1,
        rim: float = 0.25,
        fused: bool = False,
        flat: float = 0.0,
    ) -> Field:
        """Lay a part where ``out`` < 1 over what is there, and give where it lies, in [0, 1].

        ``radius`` is about its half width. A ``fused`` part grows into what it lies on where that
        is higher; ``flat`` 1 makes a plate of it, 0 a ball.
        """
        mask = np.clip((1 - out) * radius / self.pixel + 0.5, 0, 1)
        swell = dome(out, 1.0)
        if flat:
            swell = (1 - flat) * swell + flat * smooth(1.0, 0.8, out)
        height = base + lift * swell
        if fused:
            # Half shown where both are as high: the seam is soft.
            mask = mask * np.clip(0.5 + (height - self.height) / 0.1, 0, 1)
        colour = tone - rim * np.clip(out, 0, 1) ** 4
        self.height = (self.height + (height - self.height) * mask).astype(np.float32)
        self.tone = (self.tone + (colour - self.tone) * mask).astype(np.float32)
        self.cover = np.maximum(self.cover, mask).astype(np.float32)
        return mask.astype(np.float32)

    def oval(
        self,
        at: tuple[float, float],
        wide: float,
        high: float,
        tone: Field | float,
        *,
        turn: float = 0.0,
        egg: float = 0.0,
        both: bool = False,
        lift: float = 0.5,
        base: float = 0.1,
        rim: float = 0.25,
        fused: bool = False,
        flat: float = 0.0,
    ) -> Field:
        """Lay an oval, on ``both`` sides or one; give how far out in it each pixel lies."""
        out = oval(self.half if both else self.x, self.y, at, wide, high, turn=turn, egg=egg)
        radius = min(wide, high)
        self.part(out, radius, tone, lift=lift, base=base, rim=rim, fused=fused, flat=flat)
        return out

    def limb(
        self,
        path: Path,
        start: float,
        end: float,
        tone: Field | float,
        *,
        both: bool = False,
        lift: float = 0.4,
        base: float = 0.1,
        rim: float = 0.25,
        rings: float = 0.0,
    ) -> tuple[Field, Field]:
        """Lay a limb along ``path``, as thick as ``start`` at first and ``end`` at last (radii).

        ``rings`` so many darker rings cross it. Gives how far out and along it pixels lie.
        """
        across = self.half if both else self.x
        far, along = stroke_distance(across, self.y, np.asarray(path, np.float32))
        out = (far / (start + (end - start) * along)).astype(np.float32)
        if rings:
            tone = tone - 0.25 * smooth(0.3, 0.9, np.cos(2 * np.pi * rings * along))
        self.part(out, (start + end) / 2, tone, lift=lift, base=base, rim=rim)
        return out, along

    def eye(
        self,
        at: tuple[float, float],
        radius: float,
        *,
        both: bool = True,
        iris: float = 0.75,
        slit: bool = False,
        base: float = 0.45,
    ) -> None:
        """Lay an eye: a ball of tone ``iris``, a dark round or slit pupil, a highlight."""
        self.oval(at, radius, radius, iris, both=both, base=base, lift=0.4, rim=0.6)
        wide = 0.25 if slit else 0.6
        pupil = oval(
            self.half if both else self.x,
            self.y,
            at,
            radius * wide,
            radius * (0.85 if slit else 0.6),
        )
        self.mark(smooth(1.15, 0.85, pupil), 0.0)
        gleam = (at[0] - 0.25 * radius, at[1] - 0.3 * radius)
        spot = oval(self.half if both else self.x, self.y, gleam, radius * 0.28, radius * 0.28)
        self.mark(smooth(1.3, 0.8, spot), 1.0)

    def mark(self, mask: Field, tone: Field | float, *, rise: float = 0.0) -> None:
        """Colour what is there by ``mask`` in [0, 1], and raise or, below 0, sink it."""
        self.tone = (self.tone + (tone - self.tone) * mask).astype(np.float32)
        if rise:
            self.height = (self.height + rise * mask).astype(np.float32)

    def relief(self) -> Relief:
        """The form as it stands."""
        height = np.clip(self.height, -0.4, 1.5).astype(np.float32)
        return Relief(height, np.clip(self.tone, 0, 1).astype(np.float32), self.cover)
