"""A network as a manifest names it: what a lock records, and what a reader may write again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dreamfolio.dream.networks.reference import NetworkReference


def model_asked(network: NetworkReference, root: Path) -> Any:
    """The network as a manifest names it, as a JSON value with paths relative to ``root``."""
    if network.file is not None:
        return {"file": _written(network.file, root), "preprocess": network.preprocess}
    if network.weights is not None:
        return {"name": network.name, "weights": _written(network.weights, root)}
    return network.name


def _written(path: Path, root: Path) -> str:
    # Outside the portfolio only the name is told: a lock is committed, a disk is private.
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
