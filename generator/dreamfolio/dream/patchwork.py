"""A patchwork of motifs: smooth regions of the picture, each growing toward another one."""

from __future__ import annotations

import math
from typing import Any

from dreamfolio.dream.part import WHOLE, Part

_MOTIFS = 9
# How many swells a region's field has across the picture, and how sharply regions part.
_WAVES, _SHARPNESS = 1.6, 10.0


def patchwork(logits: Any, seed: int, part: Part = WHOLE) -> Any:
    """The logit of the motif that each region is given: (1, height, width).

    ``logits`` are (1, height, width, motifs), of ``part`` of the picture. Which motifs, and where,
    follows from ``seed``; the regions are laid out in parts of the picture's sides, so they are
    the same in every octave.
    """
    import numpy as np
    from keras import ops

    rng = np.random.default_rng((seed, 1))
    count = int(logits.shape[-1])
    chosen = rng.choice(count, size=min(_MOTIFS, count), replace=False)
    _, height, width, _ = ops.shape(logits)
    down, across = part.places(height, width)
    fields = [_field(down[:, None], across[None, :], rng) for _ in chosen]
    shares = ops.softmax(_SHARPNESS * ops.stack(fields, axis=-1), axis=-1)
    return ops.sum(ops.take(logits, chosen, axis=-1) * shares, axis=-1)


def _field(down: Any, across: Any, rng: Any) -> Any:
    """A smooth field of some waves in all directions, (height, width)."""
    from keras import ops

    total = 0.0
    for _ in range(4):
        angle, phase = rng.uniform(0, 2 * math.pi, 2)
        waves = _WAVES * rng.uniform(0.5, 1.3) * 2 * math.pi
        total = total + ops.cos(
            waves * (math.cos(angle) * across + math.sin(angle) * down) + float(phase)
        )
    return total / 2
