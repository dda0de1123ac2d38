"""Batches: which dreams can climb together, and how many of them do.

A fast device is not kept busy by a small picture: several of one size take it little longer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

from dreamfolio.dream.commission import Commission
from dreamfolio.dream.computing import Batch, Tile
from dreamfolio.dream.device import device
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import PATCHWORK, Strongest, Target
from dreamfolio.dream.tile_size import fitting, tile_side

T = TypeVar("T")

# More pictures at a time make no device faster that these have not filled.
_MOST = 16


def climbing(recipe: Recipe) -> Recipe:
    """All of ``recipe`` that a climb heeds, in which the dreams of a batch must agree: not the
    seed, nor where and how much of the dream shows."""
    return recipe.model_copy(update={"seed": None, "mask": "none", "strength": 1.0})


def common_recipe(commissions: Sequence[Commission]) -> Recipe:
    """What these dreams climb by. ValueError where they do not climb alike, from the same sizes to
    the same size."""
    recipes = {climbing(one.recipe) for one in commissions}
    sizes = {octave_sizes(one.recipe, *one.pixels.shape[:2]) for one in commissions}
    if len(recipes) != 1 or len(sizes) != 1:
        raise ValueError("these dreams do not climb alike")
    return recipes.pop()


def batch_size(
    network: Network, recipe: Recipe, height: int, width: int, batch: Batch, tile: Tile
) -> int:
    """How many pictures of this size are dreamed at once; ``batch`` and ``tile`` are as in
    ``Computing``.

    One, where each picture has a graph of its own: it chooses its channels, is laid out by its seed
    or has a guide; or where one is too large to be dreamed at once.
    """
    if batch == "none" or recipe.guide is not None or any(map(_is_its_own, network.targets)):
        return 1
    if tile_side(network, height, width, tile) is not None:
        return 1
    if batch != "auto":
        return batch
    # One picture keeps a CPU busy: only those of some 200 pixels would gain, a third of their time,
    # and the last bits of each would hang on what else is dreamed.
    return 1 if device().is_cpu else min(_MOST, fitting(network, height, width))


def parted(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """``items`` in as few batches of at most ``most`` as may be, all of one size but the last,
    which may be smaller."""
    count = max(1, math.ceil(len(items) / most))
    size = max(1, math.ceil(len(items) / count))
    return [items[first : first + size] for first in range(0, len(items), size)]


def _is_its_own(target: Target) -> bool:
    return target.motif == PATCHWORK or isinstance(target.channels, Strongest)
