"""From the objective's gradient to the direction of a step."""

from __future__ import annotations

from typing import Any

from dreamfolio.dream.chroma import calmed
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.smoothing import blended


def shaped(gradient: Any, recipe: Recipe) -> Any:
    """What a step of length 1 adds to the picture: ``gradient``, (1, height, width, 3), smoothed
    and calmed as ``recipe`` says, over its own standard deviation."""
    from keras import ops

    gradient = calmed(blended(gradient, recipe.smooth), recipe.chroma)
    return gradient / (ops.std(gradient) + 1e-8)
