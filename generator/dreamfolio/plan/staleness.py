"""Why a dream is stale: what changed since it was recorded, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dreamfolio.content.objects import Variant
from dreamfolio.dream.beside import briefly
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
    recorded, recipe = dict(entry.recipe), variant.resolved
    moved, moves = recorded.pop("animate", {}), recipe.pop("animate", {})
    if recipe != recorded:
        told = True
        yield f"recipe: {_difference(recorded, recipe)}"
    if moves != moved:
        told = True
        yield f"animation: {_difference(moved, moves)}"
    if network_digest != entry.network_digest or variant.preprocess != entry.preprocess:
        told = True
        yield f"the network changed ({variant.network.label})"
    if not told:
        look = entry.versions.get("look", "?")
        yield f"dreamed by an engine with look {look}, now {LOOK}"


def stood_in(
    stand_in: Variant, entry: Entry, pixels: str | None, network_digest: str | None
) -> Iterator[str]:
    """Why the dream in ``entry``, which is a stand-in's, is not kept: what else changed since.

    ``network_digest`` is that of the stand-in's network.
    """
    as_recorded = replace(stand_in, preprocess=entry.preprocess)
    same = (
        pixels == entry.source_pixels
        and sorted(stand_in.targets) == sorted(entry.layers)
        and stand_in.resolved == entry.recipe
        and network_digest in (None, entry.network_digest)
    )
    if not same:
        yield from changes(as_recorded, entry, pixels, network_digest or entry.network_digest)
    yield standing_in(stand_in)


def standing_in(stand_in: Variant) -> str:
    """``dreamed by pocket, standing in for inception_v3``."""
    asked = stand_in.wanted.network.label
    return f"dreamed by {stand_in.network.label}, standing in for {asked}"


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    def shown(values: Mapping[str, Any], name: str) -> str:
        # A canonical recipe leaves out what is as in the classic.
        value = values.get(name, getattr(NAMED["classic"], name, None))
        return "none" if value is None else briefly(value)

    return ", ".join(
        f"{name} {shown(old, name)} → {shown(new, name)}"
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )
