"""The lines of a manifest that ask for what a tile shows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dreamfolio.content.defaults import EMBEDDED_NETWORK
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import motif_of

_CHANNEL = re.compile(r"'([A-Za-z_]\w*:\d+)'")


def variant_written(
    target: str,
    network: NetworkReference,
    holds: NetworkReference | None,
    folder: Path | None,
    recipe: Any,
) -> dict[str, Any]:
    """A variant as a manifest in ``folder`` writes it, or one that may lie anywhere.

    ``target`` is a layer, a single channel or a motif. The network is named where it is not the
    one that ``holds`` there anyway, nor the one that motifs go without saying; ``recipe`` where
    there is one.
    """
    motif = motif_of(target) if network == EMBEDDED_NETWORK else None
    written: dict[str, Any] = {"motifs": [motif]} if motif else {"layers": [target]}
    if network != (EMBEDDED_NETWORK if motif else holds):
        written["model"] = _model(network, folder)
    if recipe is not None:
        written["recipe"] = recipe
    return written


def as_lines(value: Any, indent: int = 0) -> str:
    """A list or map as lines of YAML: lists of maps in blocks, all else on one line."""
    return "".join(f"{' ' * indent}{line}\n" for line in _lines(value))


def as_flow(value: Any) -> str:
    """Any value as YAML on one line."""
    text: str = yaml.safe_dump(
        [value], default_flow_style=True, sort_keys=False, allow_unicode=True, width=1_000_000
    )
    text = text.strip()[1:-1]
    # PyYAML quotes every colon in a list; nobody writes a channel so, and it is read without.
    bare = _CHANNEL.sub(r"\1", text)
    return bare if _means(bare, value) else text


def _means(text: str, value: Any) -> bool:
    try:
        return bool(yaml.safe_load(f"[{text}]") == [value])
    except yaml.YAMLError:  # What looked like a channel stood within a text.
        return False


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            lines = list(_lines(item))
            yield f"- {lines[0]}"
            yield from (f"  {line}" for line in lines[1:])
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner):
                yield f"{as_flow(key)}:"
                yield from (f"  {line}" for line in _lines(inner))
            else:
                yield f"{as_flow(key)}: {as_flow(inner)}"
    else:
        yield as_flow(value)


def _model(network: NetworkReference, folder: Path | None) -> Any:
    if network.file is not None:
        named = {"file": _relative(network.file, folder)}
        return named | ({"preprocess": network.preprocess} if network.preprocess else {})
    if network.weights is not None:
        return {"name": network.name, "weights": _relative(network.weights, folder)}
    return network.name


def _relative(file: Path, folder: Path | None) -> str:
    if folder is None:
        return file.as_posix()
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # On Windows, another drive.
        return file.as_posix()
