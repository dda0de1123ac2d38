"""A dream's own ascent as frames: from the source to the dream, and back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def evenly(states: Sequence[Pixels], count: int) -> list[Pixels]:
    """``count`` pictures (2 or more) from the first of ``states`` to the last, at even changes.

    ``states`` are of one shape. What counts is how far a state is from the first, on the mean over
    its pixels: early octaves change much in a few steps, late ones little in many. Between two
    states their mixture is taken; the first and the last are those of ``states``.
    """
    start = states[0].astype(np.float32)
    away = [float(np.abs(state - start).mean()) for state in states]
    # A step back is a pause: the animation goes one way only.
    way = np.maximum.accumulate(np.minimum(away, away[-1]))
    # Of states that are as far away the last counts: else the dream would jump at its end.
    marks, back = np.unique(way[::-1], return_index=True)
    apart = [states[len(states) - 1 - one] for one in back]
    at = np.interp(np.linspace(0, way[-1], count), marks, range(len(apart)))
    between = [_mixed(apart, float(one)) for one in at[1:-1]]
    return [states[0], *between, states[-1]]


def forth_and_back(frames: Sequence[Pixels]) -> list[Pixels]:
    """The loop through ``frames`` and back again, each end shown once."""
    return [*frames, *frames[-2:0:-1]]


def _mixed(states: Sequence[Pixels], at: float) -> Pixels:
    low = int(at)
    return mix(states[low], states[low + 1], at - low) if at > low else states[low]


def mix(one: Pixels, other: Pixels, share: float) -> Pixels:
    """``one`` with so much of ``other`` over it, in [0, 1]; equal bytes stay what they are."""
    start = one.astype(np.float32)
    mixed: Pixels = np.rint(start + np.float32(share) * (other - start)).astype(np.uint8)
    return mixed
