"""What a dream climbs: how much the targets are excited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.patchwork import patchwork
from dreamfolio.dream.recipe import Objective, Recipe
from dreamfolio.dream.target import PATCHWORK, Target


def objective_of(network: Network, recipe: Recipe, seed: int = 0) -> Callable[[Any], Any]:
    """How much a picture, (1, height, width, 3) in [-1, 1], excites the network's targets: a
    function to a scalar tensor, to be differentiated. ``seed`` shapes a patchwork."""

    def objective(picture: Any) -> Any:
        activations = network.activations(_fill_up(picture, network.multiple))
        return excitement(activations, network.targets, recipe.objective, seed)

    return objective


def excitement(
    outputs: Sequence[Any], targets: Sequence[Target], objective: Objective, seed: int = 0
) -> Any:
    """Σ weight × the excitement of each target's activations: a scalar tensor.

    ``outputs`` are the activations, (1, height, width, channels) each; those of a motif are its
    logits, in one channel. Every term is a mean, so a large layer counts no more than a small
    one. ``seed`` shapes a patchwork.
    """
    terms = [
        target.weight * _of_target(activations, target, objective, seed)
        for activations, target in zip(outputs, targets, strict=True)
    ]
    return sum(terms[1:], start=terms[0])


def _of_target(activations: Any, target: Target, objective: Objective, seed: int) -> Any:
    from keras import ops

    if target.motif == PATCHWORK:
        return patchwork(activations, seed)
    if target.motif is not None:
        # A logit is negative where its motif is not: squared, that would count for it.
        return ops.mean(activations)
    return _of_layer(activations, objective)


def _of_layer(activations: Any, objective: Objective) -> Any:
    from keras import ops

    match objective:
        case "mean":
            return ops.mean(activations)
        case "l2":
            return ops.mean(ops.square(activations))
        case "rms":
            # The root keeps one loud channel from outshouting the rest. The root of nothing has
            # an infinite slope, hence the floor under it.
            power = ops.mean(ops.square(activations), axis=(0, 1, 2))
            return ops.mean(ops.sqrt(power + 1e-8))


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
