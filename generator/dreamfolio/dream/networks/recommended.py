"""The layer of a network to begin with."""

from __future__ import annotations

import re
from itertools import pairwise

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.kinds import ACTIVATIONS, MERGES
from dreamfolio.dream.pocket import BEST_LAYER, EMBEDDED

# Where motifs have formed and have not yet grown into whole objects.
_DEPTH = 0.6
# What prepares, scales or gates: dreamed, it shows the layer before it, or nothing.
_HELPING = re.compile(
    r".*(Padding2D|Cropping2D|Normalization|Dropout\w*|Noise|Pooling2D|Pool2D)|Dense|LayerScale"
    r"|Identity|Multiply|Rescaling|Reshape"
)


def recommended(catalogue: Catalogue) -> LayerInfo:
    """A layer in the upper middle that hands a block's work on.

    A merge, or the activation right behind it; else an activation; else the last layer before the
    picture shrinks, as in VGG16, whose convolutions hold their activations in them.
    """
    if catalogue.label == EMBEDDED and BEST_LAYER in catalogue.by_name:
        return catalogue.by_name[BEST_LAYER]
    # Without a stride it is a global mean, or what gates by one.
    pictures = [layer for layer in catalogue.layers if layer.stride is not None]
    computing = [layer for layer in pictures if not _HELPING.fullmatch(layer.kind)]
    choices = (
        _block_outputs(pictures),
        [layer for layer in pictures if layer.kind in ACTIVATIONS],
        [layer for layer, after in pairwise(computing) if layer.stride != after.stride],
        computing,
        catalogue.layers,
    )
    wanted = _DEPTH * (len(catalogue.layers) - 1)
    best = next(layers for layers in choices if layers)
    return min(best, key=lambda layer: (abs(layer.depth - wanted), layer.depth))


def _block_outputs(layers: list[LayerInfo]) -> list[LayerInfo]:
    behind = {one.name: other for one, other in pairwise(layers)}
    outputs = []
    for layer in layers:
        if layer.kind in MERGES:
            after = behind.get(layer.name)
            activated = after is not None and after.kind in ACTIVATIONS
            outputs.append(after if after is not None and activated else layer)
    return outputs
