"""Which batch normalisations can be folded into the convolution below them, and its weights then.

A frozen normalisation scales and shifts each channel, which a convolution can do itself: half the
layers of an InceptionV3 cost nothing any more, neither forward nor back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.networks.feeds import feeds, uses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def foldable(part: Any) -> Mapping[str, Any]:
    """The normalisations of a Keras model that can be folded, by the name of the convolution that
    each follows.

    Not where anything else uses the convolution's raw activations, be it an output of the model.
    """
    import keras

    convolutions = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)
    fed, used = feeds(part), uses(part)
    # What goes into a layer may be a mere operation, such as ``x / 255``, and no layer itself.
    layers = {layer.name: layer for layer in part.layers}
    found = {}
    for normalisation in part.layers:
        if not isinstance(normalisation, keras.layers.BatchNormalization):
            continue
        below = fed.get(normalisation.name, [])
        if len(below) != 1 or used[below[0]] != 1:
            continue
        convolution = layers.get(below[0])
        if (
            isinstance(convolution, convolutions)
            and convolution.activation is keras.activations.linear
            and convolution.data_format == "channels_last"
            and normalisation.axis in (-1, 3)
        ):
            found[convolution.name] = normalisation
    return found


def folded_weights(convolution: Any, normalisation: Any) -> list[NDArray[np.float32]]:
    """Kernel and bias of ``convolution`` with ``normalisation``, as it is when it does not train,
    within them."""
    import numpy as np
    from keras import ops

    def numbers(weight: Any) -> NDArray[np.float64]:
        return np.asarray(ops.convert_to_numpy(weight), np.float64)

    scale = 1 / np.sqrt(numbers(normalisation.moving_variance) + normalisation.epsilon)
    if normalisation.scale:
        scale = scale * numbers(normalisation.gamma)
    shift = -numbers(normalisation.moving_mean) * scale
    if normalisation.center:
        shift = shift + numbers(normalisation.beta)
    if convolution.use_bias:
        shift = shift + numbers(convolution.bias) * scale
    kernel = numbers(convolution.kernel)
    # A depthwise kernel's last two axes, (channels, multiplier), are what comes out.
    channels = kernel.shape[-1] if kernel.shape[-1] == scale.size else kernel.shape[-2:]
    return [(kernel * scale.reshape(channels)).astype("float32"), shift.astype("float32")]
