"""How a picture was made, as far as that is told on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Collection, Portfolio, Variant
from dreamfolio.publish.site.manifest_lines import manifest_lines

if TYPE_CHECKING:
    from dreamfolio.store.lock import Entry


def making_lines(
    portfolio: Portfolio,
    collection: Collection,
    variant: Variant,
    lock: Mapping[str, Entry] | None,
) -> str | None:
    """The lines of a manifest that make ``variant`` again; None where its recipe is unknown.

    By the lock's word where there is one: the manifest may have moved on.
    """
    entry = lock.get(variant.file) if lock is not None else None
    unknown = entry.adopted if entry else lock is not None
    if unknown or variant.recipe_asked is None:
        return None
    return manifest_lines(
        collection=portfolio.relative(collection.folder),
        targets=entry.layers if entry else variant.targets,
        model=entry.model if entry else model_asked(variant.network, portfolio.root),
        recipe=entry.recipe_asked if entry else variant.recipe_asked,
        name=variant.name,
    )
