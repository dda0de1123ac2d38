"""From the objective's gradient to the direction of a step."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from dreamfolio.dream.chroma import calmed
from dreamfolio.dream.dividing import FLOOR, floored, over
from dreamfolio.dream.laplacian import levelled
from dreamfolio.dream.recipe import Norm, Recipe
from dreamfolio.dream.smoothing import blended


def shaped(gradient: Any, recipe: Recipe) -> Any:
    """What a step of length 1 adds to the pictures: ``gradient``, (n, height, width, 3), levelled,
    smoothed and calmed as ``recipe`` says, that of each picture over its own size."""
    gradient = blended(levelled(gradient, recipe.laplacian), recipe.smooth)
    gradient = calmed(gradient, recipe.chroma)
    size = _size(gradient, recipe.norm)
    return gradient / (size + FLOOR) if recipe.is_classic else over(gradient, size)


def shaping_of(recipe: Recipe) -> Hashable:
    """All of ``recipe`` that ``shaped`` heeds."""
    return recipe.laplacian, recipe.smooth, recipe.chroma, recipe.norm, recipe.is_classic


def is_plain(recipe: Recipe) -> bool:
    """Whether all that is done to a gradient is to divide it by its deviation."""
    own = recipe.laplacian, recipe.smooth, recipe.chroma, recipe.norm
    return own == (0, (), 1.0, "std")


def divisor(deviation: float, recipe: Recipe) -> float:
    """What ``shaped`` divides a gradient of this ``deviation`` by, where it does no more."""
    return deviation + FLOOR if recipe.is_classic else floored(deviation)


def _size(gradient: Any, norm: Norm) -> Any:
    from keras import ops

    match norm:
        case "std":
            return ops.std(gradient, axis=(1, 2, 3), keepdims=True)
        case "mean-abs":
            return ops.mean(ops.abs(gradient), axis=(1, 2, 3), keepdims=True)
