"""How each picture was made, as far as that is told on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Collection, Portfolio, Variant
from dreamfolio.pictures.render_facts import RenderFacts
from dreamfolio.publish.site.manifest_lines import manifest_lines

if TYPE_CHECKING:
    from dreamfolio.store.lock import Entry


@dataclass(frozen=True, slots=True)
class Making:
    """By the path of the picture: what sources tell of their ``renders``, and the ``lines`` of a
    manifest that make a variant again, which those of unknown recipe have not."""

    renders: Mapping[Path, RenderFacts] = field(default_factory=dict)
    lines: Mapping[Path, str] = field(default_factory=dict)


def making(
    portfolio: Portfolio,
    locks: Mapping[str, Mapping[str, Entry]],
    renders: Mapping[Path, RenderFacts],
) -> Making:
    """What is told of all pictures of ``portfolio``; ``locks`` hold each collection's by slug."""
    lines: dict[Path, str] = {}
    for collection in portfolio.collections:
        lock = locks.get(collection.slug)
        for piece in collection.pieces:
            for variant in piece.variants:
                entry = lock.get(variant.file) if lock is not None else None
                unknown = entry.adopted if entry else lock is not None
                if not unknown and variant.recipe_asked is not None:
                    path = collection.folder / variant.file
                    lines[path] = _lines(portfolio, collection, variant, entry)
    return Making(renders, lines)


def _lines(
    portfolio: Portfolio, collection: Collection, variant: Variant, entry: Entry | None
) -> str:
    """By the lock's word where there is one: the manifest may have moved on."""
    return manifest_lines(
        collection=portfolio.relative(collection.folder),
        targets=entry.layers if entry else variant.targets,
        model=entry.model if entry else model_asked(variant.network, portfolio.root),
        recipe=entry.recipe_asked if entry else variant.recipe_asked,
        name=variant.name,
    )
