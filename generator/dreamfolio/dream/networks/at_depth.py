"""The layers of one network that answer to those of another: of a like kind, and as deep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.kinds import ACTIVATIONS, MERGES
from dreamfolio.dream.target import Target


def at_depth(
    targets: Sequence[Target], of: Catalogue | None, to: Catalogue
) -> tuple[Target, ...] | None:
    """``targets``, layers of the network ``of``, as layers of the network ``to``.

    A network that has layers of all these names takes those. A single channel is of no other
    network, and its whole layer stands for it. Else each layer is taken at the same
    share of the depth: the nearest one of its kind (an activation, a convolution, a merge), or of
    any of these kinds where its own is another or has none there. Layers that fall together count
    with their weights added. None where there is no such layer, as for motifs, and where nobody
    knows how deep they lie (``of`` is None).
    """
    if all(target.layer in to.by_name for target in targets):
        return tuple(targets)
    layers = [of.layer_of(target.layer) if of and not target.motif else None for target in targets]
    weights: dict[str, float] = defaultdict(float)
    for layer, target in zip(layers, targets, strict=True):
        if of is None or layer is None or not to.layers:
            return None
        weights[_nearest(layer, of, to).name] += target.weight
    return tuple(Target(layer, weight) for layer, weight in weights.items())


def _nearest(layer: LayerInfo, of: Catalogue, to: Catalogue) -> LayerInfo:
    kind = _kind(layer)
    # What has no stride is of one pixel, or its size is unknown: nothing of a picture is in it.
    spatial = [one for one in to.layers if one.stride is not None] or list(to.layers)
    telling = [one for one in spatial if _kind(one) is not None]
    alike = [one for one in telling if _kind(one) == kind]
    # Depths as shares of the whole, in whole numbers, so that equally near ones are just that;
    # the less deep one is then taken.
    last_of, last_to = _last(of), _last(to)
    return min(
        alike or telling or spatial,
        key=lambda one: (abs(one.depth * last_of - layer.depth * last_to), one.depth),
    )


def _kind(layer: LayerInfo) -> str | None:
    """The kinds that tell something; None for pooling, padding, normalisation and the like."""
    if layer.kind in ACTIVATIONS:
        return "activation"
    if layer.kind in MERGES:
        return "merge"
    return "convolution" if "Conv2D" in layer.kind else None


def _last(catalogue: Catalogue) -> int:
    return max(one.depth for one in catalogue.layers)
