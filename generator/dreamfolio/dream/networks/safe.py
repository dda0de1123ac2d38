"""A saved network may hold only layers of Keras itself: no code of its own is ever run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dreamfolio.errors import NetworkError, Place

# Layers that carry code, or open other files, though they are Keras's own.
_CARRIERS = {"Lambda", "__lambda__", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"}
_CARRIERS |= {"StringLookup", "IntegerLookup", "IndexLookup", "TextVectorization"}
# Values that Keras writes down as it does objects.
_VALUES = {"__tensor__", "__keras_tensor__", "__numpy__", "__bytes__", "__ellipsis__", "__slice__"}
_VALUES |= {"__none__", "__tuple__"}
# How far a layer reaches or grows what it is given: what is larger than this, no memory holds.
_FURTHEST = 1024
_REACHES = ("size", "strides", "padding", "kernel_size", "pool_size", "dilation_rate", "cropping")

# Where Keras keeps what a network may be made of; elsewhere it has functions that read and fetch.
_ROOMS = {"activations", "constraints", "dtype_policies", "initializers", "layers", "models"}
_ROOMS |= {"ops", "quantizers", "regularizers"}

ELSEWHERE = (
    ("keras.src.applications.convnext", "LayerScale"),
    ("keras.src.applications.convnext", "StochasticDepth"),
    ("keras.src.applications.inception_resnet_v2", "CustomScaleLayer"),
)
"""Layers of Keras, (module, class), that it keeps elsewhere, with the networks made with them."""


def refuse_code(config: dict[str, Any], file: Path) -> None:
    """Raise NetworkError if a network's config has anything in it but plain layers of Keras.

    How it was trained (``compile_config``) is passed over, since that is never loaded.
    """
    for node in _nodes({key: part for key, part in config.items() if key != "compile_config"}):
        refused = _refused(node)
        if refused is not None:
            raise NetworkError(
                f"the network is refused: {_printable(refused)}; none but plain layers are loaded",
                place=Place(file),
                mend="save it again with layers of Keras only",
            )


def _refused(node: dict[str, Any]) -> str | None:
    """What is wrong with one serialised object; None if nothing is."""
    kind, module, registered = (
        node.get("class_name"),
        node.get("module"),
        node.get("registered_name"),
    )
    if not isinstance(kind, str):
        # What has a module is to be made of something.
        return f"it has a class {str(kind)[:60]!r}" if kind is not None or module else None
    if kind.startswith("__") and kind not in _VALUES | {"__lambda__"}:
        return f"it has a {kind.strip('_')[:60]}"
    if kind in _CARRIERS:
        return f"it has a {kind.strip('_')} layer" if kind != "__lambda__" else "it has a lambda"
    if module is not None and not (_is_kerass_own(module) or (module, kind) in ELSEWHERE):
        return f"its {kind[:60]} comes from {str(module)[:60]!r}"
    if kind == "function" and module != "keras.activations":
        return f"it has a function of its own, {str(node.get('config'))[:60]!r}"
    for name in (kind, registered):
        if isinstance(name, str) and ">" in name and not name.startswith("keras"):
            return f"its {name[:60]} is a class of its own"
    return _too_far(kind, node.get("config"))


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _too_far(kind: str, options: Any) -> str | None:
    for option in _REACHES if isinstance(options, dict) else ():
        if max(_numbers(options.get(option)), default=0) > _FURTHEST:
            return f"the {option} of its {kind[:60]} is more than {_FURTHEST}"
    return None


def _numbers(value: Any) -> Iterator[int | float]:
    """The numbers in a value such as ``[[1, 1], [2, 2]]``."""
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, list):
        for part in value[:8]:
            yield from _numbers(part)


def _is_kerass_own(module: object) -> bool:
    parts = str(module).split(".")
    if parts[0] != "keras":
        return False
    room = parts[2:3] if parts[1:2] in (["src"], ["api"]) else parts[1:2]
    return not room or room[0] in _ROOMS


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object within ``value``, however deep."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
