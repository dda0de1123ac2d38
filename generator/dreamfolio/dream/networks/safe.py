"""A saved network may hold only layers of Keras itself: no code of its own is ever run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dreamfolio.errors import NetworkError, Place

# Layers that carry code, or open other files, though they are Keras's own.
_CARRIERS = {"Lambda", "__lambda__", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"}

# Where Keras keeps what a network may be made of; elsewhere it has functions that read and fetch.
_ROOMS = {"activations", "constraints", "dtype_policies", "initializers", "layers", "models"}
_ROOMS |= {"ops", "quantizers", "regularizers"}


def refuse_code(config: dict[str, Any], file: Path) -> None:
    """Raise NetworkError if a network's config has anything in it but plain layers of Keras.

    How it was trained (``compile_config``) is passed over, since that is never loaded.
    """
    for node in _nodes({key: part for key, part in config.items() if key != "compile_config"}):
        refused = _refused(node)
        if refused is not None:
            raise NetworkError(
                f"the network is refused: {refused}, and saved code is never run",
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
        return None
    if kind in _CARRIERS:
        return f"it has a {kind.strip('_')} layer" if kind != "__lambda__" else "it has a lambda"
    if module is not None and not _is_kerass_own(module):
        return f"its {kind} comes from {module!r}"
    if kind == "function" and module != "keras.activations":
        return f"it has a function of its own, {node.get('config')!r}"
    for name in (kind, registered):
        if isinstance(name, str) and ">" in name and not name.startswith("keras"):
            return f"its {name} is a class of its own"
    return None


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
