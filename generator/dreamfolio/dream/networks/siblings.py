"""Which convolutions of one input can be made as one, whose channels are parted afterwards.

Each hands back a gradient of that input, and these are added up: where a branched block, such as an
Inception's, has few channels for each of many that it takes, that costs more than to part what one
wide convolution gives and to join its gradients. The wide one is the faster, too: it reads its
input once, and back it has one sum in place of several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.networks.feeds import nodes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Family = tuple[str, ...]
"""The names of siblings."""


def families(part: Any, pools: Mapping[str, str]) -> Sequence[Family]:
    """The convolutions of a Keras model that cost less as one. ``pools`` are those that will be
    moved behind the convolution that they feed, by its name, so that it takes what they took.

    Any of them, and what is behind it, may be an output of the model: all keep their activations.
    """
    import keras

    calls = [(node.operation, node.input_tensors) for node in nodes(part)]
    times = Counter(operation.name for operation, _ in calls)
    taken = {operation.name: tensors[0] for operation, tensors in calls}
    found: dict[Any, list[Any]] = defaultdict(list)
    for convolution, _ in calls:
        if (
            type(convolution) is not keras.layers.Conv2D
            or times[convolution.name] != 1
            or convolution.activation not in (keras.activations.linear, keras.activations.relu)
            or convolution.groups != 1
            or convolution.data_format != "channels_last"
        ):
            continue
        source = taken[pools.get(convolution.name, convolution.name)]
        found[id(source), _window(convolution)].append(convolution)
    return [
        tuple(convolution.name for convolution in siblings)
        for siblings in found.values()
        if _is_worth_it(siblings)
    ]


def as_one(siblings: Sequence[Any]) -> Any:
    """One Keras layer for convolutions, whose channels are theirs in turn, with biases."""
    import keras

    config = siblings[0].get_config()
    config["name"] = "_and_".join(one.name for one in siblings)
    config["filters"] = sum(one.filters for one in siblings)
    config["use_bias"] = True
    return keras.layers.Conv2D.from_config(config)


def parted(activations: Any, siblings: Sequence[Any]) -> Mapping[str, Any]:
    """What the one layer of all gives, as that of each, by name."""
    from keras import ops

    ends = [sum(one.filters for one in siblings[:count]) for count in range(1, len(siblings))]
    # What is split is joined again on the way back; of slices each would be filled up with zeros.
    parts = ops.split(activations, ends, axis=-1)
    return {one.name: part for one, part in zip(siblings, parts, strict=True)}


def joined_weights(weights: Sequence[Sequence[NDArray[np.float32]]]) -> list[NDArray[np.float32]]:
    """Kernel and bias of the one layer, of the kernel, and the bias where there is one, of each."""
    import numpy as np

    kernels = [kernel for kernel, *_ in weights]
    biases = [
        bias[0] if bias else np.zeros(kernel.shape[-1], "float32") for kernel, *bias in weights
    ]
    return [np.concatenate(kernels, axis=-1), np.concatenate(biases)]


def _window(convolution: Any) -> tuple[Any, ...]:
    """What siblings must have in common."""
    return (
        tuple(convolution.kernel_size),
        tuple(convolution.strides),
        tuple(convolution.dilation_rate),
        convolution.padding,
        convolution.activation,
    )


def _is_worth_it(siblings: Sequence[Any]) -> bool:
    """Whether fewer numbers are moved: n gradients of the input and their sum, against what is
    parted and what is joined, each read and written."""
    taken = int(siblings[0].kernel.shape[2])
    given = sum(one.filters for one in siblings)
    return len(siblings) > 1 and (len(siblings) + 1) * taken > 4 * given
