"""Colour against light: how much of a step may change what a pixel's colour is."""

from __future__ import annotations

from typing import Any


def calmed(gradient: Any, chroma: float) -> Any:
    """``gradient``, (n, height, width, 3) in RGB, with its part that changes colour × ``chroma``.

    The part that changes all three channels alike, light, is kept as it is. In pictures of the
    world channels move together, in a gradient they do not: taken whole, it drives each channel to
    its own end, and the dream to red, green and blue.
    """
    from keras import ops

    if chroma == 1:
        return gradient
    light = ops.mean(gradient, axis=-1, keepdims=True)
    return light + chroma * (gradient - light)
