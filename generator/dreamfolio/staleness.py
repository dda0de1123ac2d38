"""Why a dream is stale: what changed since it was recorded, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dreamfolio.content.objects import Variant
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.recipe import NAMED
from dreamfolio.store.lock import Entry


def changes(
    variant: Variant, entry: Entry, pixels: str | None, network_digest: str | None
) -> Iterator[str]:
    """What makes the dream recorded in ``entry`` another than ``variant``; never nothing.

    ``pixels`` and ``network_digest`` are those of the source and the network as they are now.
    """
    told = False
    if pixels != entry.source_pixels:
        told = True
        yield f"{variant.source} changed"
    if sorted(variant.targets) != sorted(entry.layers):
        told = True
        yield "its layers' weights changed"
    recipe = variant.recipe.canonical()
    if recipe != entry.recipe:
        told = True
        yield f"recipe: {_difference(entry.recipe, recipe)}"
    if network_digest != entry.network_digest or variant.preprocess != entry.preprocess:
        told = True
        yield f"the network changed ({variant.network.label})"
    if not told:
        look = entry.versions.get("look", "?")
        yield f"dreamed by an engine with look {look}, now {LOOK}"


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    def shown(values: Mapping[str, Any], name: str) -> str:
        # A canonical recipe leaves out what is as in the classic.
        value = values.get(name, getattr(NAMED["classic"], name, None))
        return "none" if value is None else str(value)

    return ", ".join(
        f"{name} {shown(old, name)} → {shown(new, name)}"
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )
