"""The layers of a saved network, read off its config: shapes are followed as Keras would."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from dreamfolio.dream.networks import field as receptive
from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.dream.networks.field import Field

_FLATTENING = {"Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GlobalAvgPool2D"}
_NESTED = {"Functional", "Model", "Sequential"}
_POOLING = {"MaxPooling2D", "AveragePooling2D", "MaxPool2D", "AvgPool2D"}


@dataclass(frozen=True)
class _Shape:
    """What is known of a tensor: rank and channels as far as they are, stride None if unknown."""

    rank: int | None = None
    channels: int | None = None
    stride: float | None = None
    field: Field = receptive.UNKNOWN


def list_layers(config: Mapping[str, Any]) -> tuple[LayerInfo, ...]:
    """The dreamable layers of a saved model's config, in the model's own order.

    Configs of Keras 3 and of Keras 2 are read; KeyError or TypeError where it is neither.
    """
    shapes = _shapes(config)
    dreamable = [
        layer
        for layer in _layers(config)
        if layer["class_name"] != "InputLayer" and shapes[_name(layer)].rank == 4
    ]
    return tuple(
        LayerInfo(
            name=_name(layer),
            kind=layer["class_name"].rpartition(">")[2],
            depth=depth,
            stride=_whole(shapes[_name(layer)].stride),
            channels=shapes[_name(layer)].channels,
            field=shapes[_name(layer)].field.side,
        )
        for depth, layer in enumerate(dreamable)
    )


def automatic_counters(config: Mapping[str, Any]) -> Mapping[str, tuple[int, int]]:
    """The prefixes that Keras numbered, each with its first number and how many there are.

    A prefix counts as automatic where it is the class's own name in snake case and its numbers
    run on without a gap, as one build in one process leaves them.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    for layer in _layers(config):
        prefix = snake_case(layer["class_name"])
        found = re.fullmatch(rf"{re.escape(prefix)}(?:_([1-9]\d*))?", _name(layer))
        if found and prefix != "input_layer":
            numbers[prefix].append(int(found[1] or 0))
    return MappingProxyType(
        {
            prefix: (min(seen), len(seen))
            for prefix, seen in sorted(numbers.items())
            if sorted(seen) == list(range(min(seen), min(seen) + len(seen)))
        }
    )


def first_kind(config: Mapping[str, Any]) -> str | None:
    """The class of the layer that the input goes to first."""
    kinds = (layer["class_name"] for layer in _layers(config))
    return next((str(kind) for kind in kinds if kind != "InputLayer"), None)


def snake_case(kind: str) -> str:
    """A class's name as Keras writes it in automatic names: ``LeakyReLU`` → ``leaky_re_lu``."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def _layers(config: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    layers = config["config"]["layers"]
    if not isinstance(layers, list):
        raise TypeError("its layers are no list")
    return layers


def _name(layer: Mapping[str, Any]) -> str:
    return str(layer.get("name") or layer["config"]["name"])


def _shapes(config: Mapping[str, Any]) -> dict[str, _Shape]:
    sequential = config["class_name"] == "Sequential"
    recorded = dict(_recorded(config["config"]["layers"]))
    shapes: dict[str, _Shape] = {}
    before = _Shape(rank=4, channels=3, stride=1.0, field=receptive.PIXEL)
    for layer in _layers(config):
        if sequential:
            inputs = [before]
        else:
            inputs = [shapes.get(name, _Shape()) for name in _inbound(layer)]
        shape = _output(layer["class_name"].rpartition(">")[2], layer["config"], inputs)
        name = _name(layer)
        if name in recorded:
            known = recorded[name]
            shape = replace(shape, rank=len(known), channels=known[-1])
        shapes[name] = before = shape
    return shapes


def _output_of_model(config: Mapping[str, Any]) -> _Shape:
    """The shape that a whole model gives, as a layer of another one."""
    shapes = _shapes(config)
    output: Any = config["config"].get("output_layers") or [list(shapes)[-1]]
    while isinstance(output, list):  # [name, node, tensor], or a list of such
        output = output[0]
    return shapes[output]


def _output(kind: str, options: Mapping[str, Any], inputs: Sequence[_Shape]) -> _Shape:
    """The shape a layer gives, by what its class does to rank, channels and size."""
    if kind == "InputLayer":
        shape = options.get("batch_shape") or options.get("batch_input_shape") or [None]
        return _Shape(len(shape), shape[-1], 1.0, receptive.PIXEL)
    if not inputs:
        return _Shape()
    field = receptive.follow(kind, options, [(one.field, one.stride) for one in inputs])
    first = replace(inputs[0], field=field)
    # A global mean that gates a picture has no stride of its own; the picture's is the sum's.
    stride = max((one.stride for one in inputs if one.stride), default=None)
    shape = replace(first, stride=stride)
    if kind in _NESTED:
        inner = _output_of_model({"class_name": kind, "config": options})
        whole = stride and inner.stride and stride * inner.stride
        within = receptive.within(inputs[0].field, stride, inner.field)
        return replace(inner, stride=whole, field=within)
    if kind in _FLATTENING:
        # Kept at 1 × 1, a global mean is still a picture; its stride is that of the whole.
        return _Shape(4 if options.get("keepdims") else 2, first.channels, None, field)
    if kind == "Reshape":
        target = options["target_shape"]
        return _Shape(len(target) + 1, target[-1], None, field)
    if kind in _POOLING:
        factor = _side(options.get("strides") or options["pool_size"])
        return replace(shape, stride=stride and stride * factor)
    if kind == "UpSampling2D":
        return replace(shape, stride=stride and stride / _side(options["size"]))
    if kind == "Conv2DTranspose":
        step = _side(options["strides"])
        return replace(shape, channels=options["filters"], stride=stride and stride / step)
    if "Conv2D" in kind:
        channels = options.get("filters")
        if channels is None and first.channels is not None:
            channels = first.channels * options.get("depth_multiplier", 1)
        step = _side(options["strides"])
        return replace(shape, channels=channels, stride=stride and stride * step)
    if kind == "Dense":
        return replace(shape, channels=options["units"])
    if kind == "Concatenate":
        each = [one.channels for one in inputs]
        known = [channels for channels in each if channels is not None]
        return replace(shape, channels=sum(known) if len(known) == len(each) else None)
    return shape


def _inbound(layer: Mapping[str, Any]) -> list[str]:
    """The layers whose outputs the first use of ``layer`` takes."""
    nodes = layer.get("inbound_nodes") or []
    if not nodes:
        return []
    if isinstance(nodes[0], list):  # Keras 2: [[name, node, tensor, options], …]
        return [str(entry[0]) for entry in nodes[0]]
    return [history[0] for history, _ in _tensors(nodes[0])]


def _recorded(layers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[int | None]]]:
    """The output shapes that Keras 3 wrote down, with the layers they belong to."""
    for layer in layers:
        for history, shape in _tensors(layer.get("inbound_nodes") or []):
            yield history[0], shape


def _tensors(value: Any) -> Iterator[tuple[list[Any], list[int | None]]]:
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            yield value["config"]["keras_history"], value["config"]["shape"]
        else:
            for part in value.values():
                yield from _tensors(part)
    elif isinstance(value, list):
        for part in value:
            yield from _tensors(part)


def _side(size: Any) -> int:
    return int(size[0] if isinstance(size, list | tuple) else size)


def _whole(stride: float | None) -> int | None:
    return None if stride is None else max(1, math.floor(stride))
