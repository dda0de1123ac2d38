"""The sizes a picture is dreamed at, smallest first."""

from __future__ import annotations

import math

from dreamfolio.dream.recipe import Recipe


def octave_sizes(recipe: Recipe, height: int, width: int) -> tuple[tuple[int, int], ...]:
    """(height, width) of each octave, growing by ``recipe.scale`` up to the picture's own.

    ``height`` and ``width`` are those of the source; the last octave is it, shrunk to
    ``recipe.max_size`` where that says so.
    """
    height, width = fit(recipe.max_size, height, width)
    sizes = [
        (
            max(1, round(height / recipe.scale**octave)),
            max(1, round(width / recipe.scale**octave)),
        )
        for octave in reversed(range(_count(recipe, height, width)))
    ]
    return tuple(dict.fromkeys(sizes))  # a picture of a few pixels cannot shrink for ever


def fit(max_size: int | None, height: int, width: int) -> tuple[int, int]:
    """``height`` and ``width`` with the long side no longer than ``max_size``, in proportion."""
    if max_size is None or max(height, width) <= max_size:
        return height, width
    ratio = max_size / max(height, width)
    return max(1, round(height * ratio)), max(1, round(width * ratio))


def _count(recipe: Recipe, height: int, width: int) -> int:
    if recipe.octaves != "auto":
        return recipe.octaves
    halvings = math.log(min(height, width) / recipe.min_size) / math.log(recipe.scale)
    return 1 + max(0, round(halvings))
