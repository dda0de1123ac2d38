"""What a dream climbs: how much the targets are excited.

What is excited is measured in two steps, so that a picture can be dreamed in tiles. A target's
``statistics`` are means over the positions of its activations, to which each tile gives its share;
its ``excitement`` is made of those of the whole picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.part import WHOLE, Part
from dreamfolio.dream.patchwork import patchwork
from dreamfolio.dream.recipe import Objective, Recipe
from dreamfolio.dream.target import PATCHWORK, Target

# The root of nothing has an infinite slope, hence a floor under it.
_FLOOR = 1e-8


def objective_of(network: Network, recipe: Recipe, seed: int = 0) -> Callable[[Any], Any]:
    """How much pictures, (n, height, width, 3) in [-1, 1], excite the network's targets: a
    function to a scalar tensor, to be differentiated. ``seed`` shapes a patchwork."""

    def objective(pictures: Any) -> Any:
        activations = network.activations(_fill_up(pictures, network.multiple))
        return excitement(activations, network.targets, recipe.objective, seed)

    return objective


def excitement(
    outputs: Sequence[Any], targets: Sequence[Target], objective: Objective, seed: int = 0
) -> Any:
    """Σ weight × the excitement of each target's activations: a scalar tensor.

    ``outputs`` are the activations, (n, height, width, channels) each; those of a motif are its
    logits, in one channel. Every term is a mean, so a large layer counts no more than a small
    one; over the pictures it is a sum, so each has the gradient that it has alone. ``seed`` shapes
    a patchwork.
    """
    from keras import ops

    terms = []
    for activations, target in zip(outputs, targets, strict=True):
        found = statistics(activations, target, objective, seed)
        terms.append(target.weight * _of_statistics(found, target, objective))
    return ops.sum(sum(terms[1:], start=terms[0]))


def statistics(
    activations: Any, target: Target, objective: Objective, seed: int, part: Part = WHOLE
) -> Any:
    """The share that ``part`` of each picture has in the means that ``target`` is judged by: (n,),
    or for ``rms`` (n, channels)."""
    from keras import ops

    if target.motif == PATCHWORK:
        return part.mean(patchwork(activations, seed, part)[..., None])[:, 0]
    # A logit is negative where its motif is not: squared, that would count for it.
    if target.motif is not None or objective == "mean":
        return ops.mean(part.mean(activations), axis=-1)
    power = part.mean(ops.square(activations))
    return power if objective == "rms" else ops.mean(power, axis=-1)


def slopes(found: Any, target: Target, objective: Objective) -> Any:
    """How the excitement changes with each of the target's statistics, of their shape."""
    from keras import ops

    if not _is_curved(target, objective):
        return ops.ones_like(found)
    return 0.5 / ops.sqrt(found + _FLOOR) / found.shape[-1]


def is_curved(targets: Sequence[Target], objective: Objective) -> bool:
    """Whether the slopes hang on the statistics, which must be known before them then."""
    return any(_is_curved(target, objective) for target in targets)


def _is_curved(target: Target, objective: Objective) -> bool:
    return target.motif is None and objective == "rms"


def _of_statistics(found: Any, target: Target, objective: Objective) -> Any:
    from keras import ops

    if not _is_curved(target, objective):
        return found
    # The root keeps one loud channel from outshouting the rest.
    return ops.mean(ops.sqrt(found + _FLOOR), axis=-1)


def _fill_up(picture: Any, multiple: int) -> Any:
    """The picture with its last row and column repeated until its sides are multiples."""
    from keras import ops

    if multiple == 1:
        return picture
    _, height, width, _ = ops.shape(picture)
    for axis, side in ((1, height), (2, width)):
        index = ops.minimum(ops.arange(side + -side % multiple), side - 1)
        picture = ops.take(picture, index, axis=axis)
    return picture
