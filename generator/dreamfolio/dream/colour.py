"""The colours of a dream beside those of its source."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from dreamfolio.dream.recipe import Color

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.float32]

# How much each channel counts for light (ITU-R BT.709).
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def coloured(source: Picture, dreamed: Picture, region: Picture, color: Color) -> Picture:
    """``dreamed`` in the colours that a recipe's ``color`` leaves it.

    The pictures are (height, width, 3) in [-1, 1], ``region`` is (height, width) in [0, 1].
    """
    match color:
        case "free":
            return dreamed
        case "keep":
            return kept(source, dreamed)
        case "steady":
            return steadied(source, dreamed, region)


def kept(source: Picture, dreamed: Picture) -> Picture:
    """``dreamed``'s light with ``source``'s colours; both are (height, width, 3) in [-1, 1].

    What a pixel's channels differ by from its light is the source's. Where that would leave the
    range, it is less, but of the same hue.
    """
    light = np.clip(_light(dreamed), -1, 1)
    hue = source - _light(source)
    return light + hue * _share_in_range(light, hue)


def steadied(source: Picture, dreamed: Picture, region: Picture) -> Picture:
    """``dreamed`` as light and as colourful as ``source``, both on the mean over ``region``.

    Light is BT.709 luma, how colourful a pixel is the root mean square of its channels less their
    light. The dream's light is bent, so that black stays black and white white, and its colours
    are weighed, in their own hues. ``region`` is (height, width), in [0, 1]; where it is 0 nothing
    counts, and if it is so everywhere nothing is done.
    """
    if not region.any():
        return dreamed

    def mean(values: Picture) -> float:
        return float(np.average(values[..., 0], weights=region))

    lifted = (_light(dreamed).clip(-1, 1) + 1) / 2

    def bent(darkness: float) -> Picture:
        light: Picture = (2 * lifted ** (2.0**darkness) - 1).astype(np.float32)
        return light

    darkness = _solved(lambda at: -mean(bent(at)), -mean(_light(source)), -3.0, 3.0)
    light = bent(darkness)
    hue = dreamed - _light(dreamed)

    def coloured(weight: float) -> Picture:
        own = hue * np.float32(weight)
        return light + own * _share_in_range(light, own)

    weight = _solved(
        lambda weight: mean(_colourfulness(coloured(weight))),
        mean(_colourfulness(source)),
        0.0,
        4.0,
    )
    return coloured(weight)


def _light(picture: Picture) -> Picture:
    light: Picture = (picture @ _LUMA)[..., None]
    return light


def _colourfulness(picture: Picture) -> Picture:
    off = picture - _light(picture)
    size: Picture = np.sqrt(np.square(off).mean(axis=-1, keepdims=True))
    return size


def _share_in_range(light: Picture, hue: Picture) -> Picture:
    """How much of ``hue`` can be added to ``light`` in [-1, 1] before a channel leaves that range:
    (height, width, 1) in [0, 1]."""
    room = np.where(hue > 0, 1 - light, 1 + light)
    share: Picture = np.min(room / np.maximum(np.abs(hue), 1e-6), axis=-1, keepdims=True)
    return np.clip(share, 0, 1).astype(np.float32)


def _solved(rising: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Where ``rising`` comes to ``wanted`` between ``low`` and ``high``; else the nearer end."""
    for _ in range(24):
        middle = (low + high) / 2
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
