"""Clouds of points, such as a chaotic map leaves, and what makes a relief of one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import smooth
from dreamfolio.dream.pocket.drawing.fractals import density, soft
from dreamfolio.dream.pocket.drawing.relief import Relief

Cloud = NDArray[np.float64]
"""The x, or the y, or the shade, of every walker at every step kept."""


def shown(
    rng: np.random.Generator,
    size: int,
    x: Cloud,
    y: Cloud,
    shade: Cloud,
    *,
    fill: tuple[float, float] = (0.8, 1.5),
    low: float = 0.08,
) -> Relief:
    """A cloud fitted to the canvas, turned; thick where points lie close."""
    ok = np.isfinite(x) & np.isfinite(y) & (np.abs(x) < 1e3) & (np.abs(y) < 1e3)
    x, y, shade = x[ok], y[ok], shade[ok]
    ends_x, ends_y = np.percentile(x, (2, 98)), np.percentile(y, (2, 98))
    wide = max(float(np.ptp(ends_x)), float(np.ptp(ends_y)), 1e-6)
    zoom = np.exp(rng.uniform(*np.log(fill))) / wide
    x, y = (x - ends_x.mean()) * zoom, (y - ends_y.mean()) * zoom
    angle = rng.uniform(-np.pi, np.pi)
    c, s = np.cos(angle), np.sin(angle)
    dx, dy = rng.uniform(-0.12, 0.12, 2)
    thick, mean = density(size, c * x - s * y + dx, s * x + c * y + dy, shade)
    ends = np.percentile(shade, (3, 97))
    hue = np.clip((mean - ends[0]) / max(1e-6, float(np.ptp(ends))), 0, 1)
    height = 0.2 * thick + 0.8 * soft(thick) ** 1.3
    tone = 0.08 + 0.55 * hue * smooth(0, 0.4, thick) + 0.4 * thick
    return Relief(height.astype(np.float32), tone.astype(np.float32), smooth(low, low + 0.3, thick))
