"""The lines of a ``collection.yaml`` that ask for a dream again."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml

from dreamfolio.dream.target import Target


def manifest_lines(
    *,
    collection: str,
    targets: tuple[Target, ...],
    model: Any,
    recipe: Any,
    name: str | None,
) -> str:
    """One item of a piece's ``variants:``, in YAML, that stands for itself: whatever the manifest
    around it says, it makes the same dream.

    ``collection`` is the folder of the manifest and ``model`` the network as asked, both as seen
    from the portfolio's root; ``recipe`` is the one asked for.
    """
    fields: list[tuple[str, Any]] = [_targets(targets)]
    if not _only_motifs(targets):
        fields.append(("model", _model(model, collection)))
    fields.append(("recipe", recipe))
    if name:
        fields.append(("name", name))
    lines = [f"{key}: {_flow(value)}" for key, value in fields]
    return "\n".join(f"{'  ' if place else '- '}{line}" for place, line in enumerate(lines)) + "\n"


def _only_motifs(targets: Iterable[Target]) -> bool:
    return all(target.motif for target in targets)


def _targets(targets: tuple[Target, ...]) -> tuple[str, Any]:
    motifs = _only_motifs(targets)
    names = [target.motif if motifs and target.motif else target.layer for target in targets]
    weights = [target.weight for target in targets]
    key = "motifs" if motifs else "layers"
    if all(weight == 1 for weight in weights):
        return key, names
    return key, dict(zip(names, weights, strict=True))


def _model(model: Any, collection: str) -> Any:
    if not isinstance(model, Mapping):
        return model
    return {
        key: _from(collection, value) if key in ("file", "weights") else value
        for key, value in model.items()
        if value is not None
    }


def _from(collection: str, path: str) -> str:
    # A bare name is all that is told of a network outside of the portfolio.
    return posixpath.relpath(path, collection) if len(PurePosixPath(path).parts) > 1 else path


def _flow(value: Any) -> str:
    text = yaml.safe_dump(
        value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=1_000_000
    )
    return str(text).removesuffix("...\n").strip()
