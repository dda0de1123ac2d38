"""Which mean pools can change places with the convolution that follows them.

A pool over each channel and a convolution of 1 × 1 are both linear, one across the picture and one
across the channels, so it makes no difference which is first. Where the convolution leaves fewer
channels, as in a branch of an Inception, the pool has as much less to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dreamfolio.dream.networks.feeds import feeds, uses


def movable(part: Any) -> Mapping[str, str]:
    """The mean pools of a Keras model that cost less behind the convolution that each feeds, by the
    name of that convolution.

    Not where anything else uses the pool's activations, be it an output of the model.
    """
    import keras

    fed, used = feeds(part), uses(part)
    layers = {layer.name: layer for layer in part.layers}  # A mere operation is none.
    found = {}
    for convolution in part.layers:
        below = fed.get(convolution.name, [])
        if not isinstance(convolution, keras.layers.Conv2D) or len(below) != 1:
            continue
        if used[below[0]] != 1:
            continue
        pool = layers.get(below[0])
        if (
            isinstance(pool, keras.layers.AveragePooling2D)
            and pool.data_format == convolution.data_format == "channels_last"
            and tuple(convolution.kernel_size) == tuple(convolution.strides) == (1, 1)
            and convolution.activation is keras.activations.linear
            and convolution.filters < pool.input.shape[-1]
        ):
            found[convolution.name] = pool.name
    return found
