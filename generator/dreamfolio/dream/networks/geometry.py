"""What of the input each position of a layer sees, and where: what tiles must overlap by.

As in ``field``, but with places: Araujo, Norris and Sim, *Computing Receptive Fields of
Convolutional Neural Networks* (Distill, 2019). Rows and columns are followed apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreamfolio.dream.networks.feeds import nodes


@dataclass(frozen=True, slots=True)
class Sight:
    """Position p along one axis sees the input from p × ``stride`` + ``first`` to p × ``stride`` +
    ``last``, both included."""

    stride: int = 1
    first: int = 0
    last: int = 0

    @property
    def extent(self) -> int:
        """The receptive field, in pixels."""
        return self.last - self.first + 1

    def narrowed(self, share: float) -> Sight:
        """The middle of what is seen, ``share`` of its extent."""
        cut = math.floor((self.last - self.first) * (1 - share) / 2)
        return Sight(self.stride, self.first + cut, self.last - cut)


Sights = tuple[Sight, Sight]
"""Down and across."""


def sights(model: Any) -> list[Sights] | None:
    """What each output of a Keras model sees; None where that is not known or the whole picture,
    as behind a global mean."""
    seen = _followed(model)
    found = [seen.get(id(tensor)) for tensor in model.outputs]
    return None if None in found else [one for one in found if one is not None]


def floats_per_pixel(model: Any) -> float:
    """How many activations a Keras model has for each pixel of its input, over all its layers; of
    those whose stride is not known, none."""
    seen = _followed(model)
    total = 0.0
    for node in nodes(model):
        if _is_model(node.operation):
            (taken,) = node.input_tensors
            total += floats_per_pixel(node.operation) / _pixels_of(seen.get(id(taken)))
        else:
            total += sum(int(one.shape[-1]) / _pixels_of(seen.get(id(one))) for one in _held(node))
    return total


def floats_at(model: Any, height: int, width: int) -> int:
    """How many activations a Keras model has for a picture of just this size, whatever its layers
    see of it."""
    return _floats(model, (1, height, width, 3))


def _floats(model: Any, *taken: tuple[int, ...]) -> int:
    import keras

    tensors = [one for node in nodes(model) for one in (*node.input_tensors, *node.outputs)]
    specs = keras.Model(model.inputs, tensors).compute_output_spec(
        [keras.KerasTensor(shape) for shape in taken]
    )
    shapes = {id(one): spec.shape for one, spec in zip(tensors, specs, strict=True)}
    return sum(
        _floats(node.operation, *(shapes[id(one)] for one in node.input_tensors))
        if _is_model(node.operation)
        else sum(math.prod(side or 1 for side in shapes[id(one)]) for one in _held(node))
        for node in nodes(model)
    )


def _held(node: Any) -> Sequence[Any]:
    """What an operation gives that is held beside what it takes: not the parts of what it splits,
    since these are held in the place of the whole."""
    parts = type(node.operation).__name__ == "Split"
    outputs: Sequence[Any] = [] if parts else node.outputs
    return outputs


def _pixels_of(sights: Sights | None) -> float:
    """How many pixels of the input there are for each position."""
    return sights[0].stride * sights[1].stride if sights else math.inf


def _followed(model: Any) -> dict[int, Sights]:
    """What each tensor of the model sees, by its id."""
    seen: dict[int, Sights] = {id(model.inputs[0]): (Sight(), Sight())}
    for node in nodes(model):
        found = _behind(node, [seen.get(id(tensor)) for tensor in node.input_tensors])
        if found is not None:
            seen.update((id(tensor), found) for tensor in node.outputs)
    return seen


def _behind(node: Any, inputs: Sequence[Sights | None]) -> Sights | None:
    known = [one for one in inputs if one is not None]
    if not known or len(known) < len(inputs):
        return None
    if _is_model(node.operation):
        return _through(known[0], sights(node.operation))
    kind, config = type(node.operation).__name__, _config(node.operation)
    if config.get("data_format") == "channels_first":
        return None
    if kind in _POINTWISE or (kind in _CHOOSING and _chooses_channels(node)):
        return known[0]
    if kind == "LayerNormalization":
        return known[0] if set(_listed(config["axis"])) <= {-1, 3} else None
    if kind in _MERGING:
        return _merged([one[0] for one in known], [one[1] for one in known])
    if kind == "ZeroPadding2D":
        pads = config["padding"]
        return _each(known[0], lambda axis, sight: _moved(sight, int(pads[axis][0])))
    if kind == "Cropping2D":
        # What is cut off is not seen, but a tile is cut, too, so it must hold that as well.
        cuts = config["cropping"]
        return _each(known[0], lambda axis, sight: _windowed(sight, sum(cuts[axis]) + 1, 1, False))
    size = config.get("pool_size") if kind in _POOLING else config.get("kernel_size")
    if size is None or kind not in _POOLING | _CONVOLUTIONS:
        return None
    steps = config.get("strides") or size
    spread = config.get("dilation_rate") or 1
    padded = config["padding"] == "same"
    return _each(
        known[0],
        lambda axis, sight: _windowed(
            sight, (_at(size, axis) - 1) * _at(spread, axis) + 1, _at(steps, axis), padded
        ),
    )


def _is_model(operation: Any) -> bool:
    """Whether it is a network within the network, from one tensor to one."""
    import keras

    return (
        isinstance(operation, keras.Model) and len(operation.inputs) == len(operation.outputs) == 1
    )


def _through(outer: Sights, inner: list[Sights] | None) -> Sights | None:
    """Behind a network within the network, which sees ``inner`` of what it takes."""
    if inner is None:
        return None
    return _each(
        outer,
        lambda axis, sight: Sight(
            sight.stride * inner[0][axis].stride,
            sight.first + inner[0][axis].first * sight.stride,
            sight.last + inner[0][axis].last * sight.stride,
        ),
    )


def _windowed(sight: Sight, size: int, step: int, padded: bool) -> Sight:
    """Behind a window of ``size`` that goes by ``step``."""
    # How much goes before depends on the picture's side: every case is covered.
    before = [_pad_before(size, step, rest) for rest in range(step)] if padded else [0]
    return Sight(
        sight.stride * step,
        sight.first - max(before) * sight.stride,
        sight.last + (size - 1 - min(before)) * sight.stride,
    )


def _pad_before(size: int, step: int, rest: int) -> int:
    return max(size - (rest or step), 0) // 2


def _moved(sight: Sight, by: int) -> Sight:
    return Sight(sight.stride, sight.first - by * sight.stride, sight.last - by * sight.stride)


def _merged(downs: Sequence[Sight], acrosses: Sequence[Sight]) -> Sights | None:
    merged = []
    for along in (downs, acrosses):
        if len({sight.stride for sight in along}) > 1:
            return None
        first, last = min(one.first for one in along), max(one.last for one in along)
        merged.append(Sight(along[0].stride, first, last))
    return merged[0], merged[1]


def _each(both: Sights, change: Any) -> Sights:
    return change(0, both[0]), change(1, both[1])


def _at(size: Any, axis: int) -> int:
    return int(size[axis] if isinstance(size, list | tuple) else size)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _config(operation: Any) -> Mapping[str, Any]:
    try:
        config: Mapping[str, Any] = operation.get_config()
    except (NotImplementedError, AttributeError):  # An operation, not a layer.
        return {}
    return config


def _chooses_channels(node: Any) -> bool:
    """Whether ``[…]``, ``split`` or ``take`` picks channels, not rows or columns."""
    axis = getattr(node.operation, "axis", None)
    if axis is not None:
        return axis in (-1, 3)
    key = [*node.arguments.args, *node.arguments.kwargs.values()][-1]
    return isinstance(key, tuple) and len(key) == 2 and key[0] is Ellipsis


# Unlike for receptive fields, a group's mean over the whole picture counts here.
_POINTWISE = {
    "Activation",
    "ActivityRegularization",
    "AlphaDropout",
    "BatchNormalization",
    "Dense",
    "Dropout",
    "ELU",
    "GaussianDropout",
    "GaussianNoise",
    "Identity",
    "LayerScale",
    "LeakyReLU",
    "Normalization",
    "PReLU",
    "ReLU",
    "Rescaling",
    "Softmax",
    "SpatialDropout2D",
    "StochasticDepth",
} | {  # Operations, as in ``ops.relu(x / 255)``.
    "Absolute",
    "Divide",
    "Elu",
    "Gelu",
    "LeakyRelu",
    "Negative",
    "Relu",
    "Relu6",
    "Sigmoid",
    "Silu",
    "Softplus",
    "Square",
    "Tanh",
    "TrueDivide",
}
_CHOOSING = {"GetItem", "Split", "Take"}
_MERGING = {
    "Add",
    "Average",
    "Concatenate",
    "CustomScaleLayer",
    "Maximum",
    "Minimum",
    "Multiply",
    "Subtract",
}
_CONVOLUTIONS = {"Conv2D", "DepthwiseConv2D", "SeparableConv2D"}
_POOLING = {"AveragePooling2D", "MaxPooling2D"}
