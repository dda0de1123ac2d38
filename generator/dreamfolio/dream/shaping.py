"""From the objective's gradient to the direction of a step."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from dreamfolio.dream.chroma import calmed
from dreamfolio.dream.floors import FLOOR, floor_at, floor_under
from dreamfolio.dream.laplacian import levelled
from dreamfolio.dream.recipe import Norm, Recipe
from dreamfolio.dream.smoothing import blended


def shaped(gradient: Any, recipe: Recipe) -> Any:
    """What a step of length 1 adds to the pictures: ``gradient``, (n, height, width, 3), levelled,
    smoothed and calmed as ``recipe`` says, that of each picture over its own size."""
    gradient = blended(levelled(gradient, recipe.laplacian), recipe.smooth)
    gradient = calmed(gradient, recipe.chroma)
    floor = FLOOR if recipe.is_classic else floor_under(gradient)
    return gradient / (_size(gradient, recipe.norm) + floor)


def shaping_of(recipe: Recipe) -> Hashable:
    """All of ``recipe`` that ``shaped`` heeds."""
    return recipe.laplacian, recipe.smooth, recipe.chroma, recipe.norm, recipe.is_classic


def is_plain(recipe: Recipe) -> bool:
    """Whether all that is done to a gradient is to divide it by its deviation."""
    own = recipe.laplacian, recipe.smooth, recipe.chroma, recipe.norm
    return own == (0, (), 1.0, "std")


def floor_of(recipe: Recipe, height: int, width: int) -> float:
    """What ``shaped`` adds to the deviation that it divides by, for a picture of this size."""
    return FLOOR if recipe.is_classic else floor_at(height, width)


def _size(gradient: Any, norm: Norm) -> Any:
    from keras import ops

    match norm:
        case "std":
            return ops.std(gradient, axis=(1, 2, 3), keepdims=True)
        case "mean-abs":
            return ops.mean(ops.abs(gradient), axis=(1, 2, 3), keepdims=True)
