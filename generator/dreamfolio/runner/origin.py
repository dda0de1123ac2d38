"""Where a picture came from: what is told of it in the lock and within its own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dreamfolio.content.objects import Variant
from dreamfolio.plan.facts import SourceFacts
from dreamfolio.plan.task import Task
from dreamfolio.store.lock import Entry, adopted


@dataclass(frozen=True, slots=True)
class Origin:
    """What a picture was dreamed with: its key, the network's digest, the versions at work.

    ``versions`` may be empty where the picture itself can tell them. ``seed`` is the dream's: of an
    animation, that of the still which it is of.
    """

    key: str
    network_digest: str
    versions: Mapping[str, str]
    seed: int = 0


def provenance(variant: Variant, origin: Origin) -> dict[str, Any]:
    """What a picture says of itself; nothing of the artist's disk."""
    return {**told(variant, origin.key), "versions": dict(origin.versions)}


def told(variant: Variant, key: str) -> dict[str, Any]:
    """The same, where the versions at work are not known yet."""
    return {
        "network": variant.network.label,
        "layers": {target.layer: target.weight for target in variant.targets},
        "recipe": variant.recipe_asked,
        "resolved": variant.resolved,
        "key": key,
    }


def dreamed_entry(
    task: Task, variant: Variant, source: SourceFacts, model: Any, output: str, origin: Origin
) -> Entry:
    """The lock's line for a dream; ``model`` is the network as asked, ``output`` the digest of
    the picture's bytes."""
    return Entry(
        key=origin.key,
        source=task.source,
        source_file=source.file or "",
        source_pixels=source.pixels or "",
        network=variant.network.label,
        network_digest=origin.network_digest,
        model=model,
        preprocess=variant.preprocess,
        layers=variant.targets,
        recipe_asked=variant.recipe_asked,
        recipe=variant.resolved,
        output=output,
        versions=dict(origin.versions),
        asked=_asked(variant),
    )


def _asked(variant: Variant) -> str | None:
    wanted = variant.wanted
    if wanted is variant:
        return variant.asked
    return f"{wanted.asked or ', '.join(wanted.layers)} of {wanted.network.label}"


def adopted_entry(
    task: Task, variant: Variant, source: SourceFacts, model: Any, output: str
) -> Entry:
    """The lock's line for a picture from before dreamfolio, whose recipe nobody knows."""
    return adopted(
        source=task.source,
        source_file=source.file or "",
        source_pixels=source.pixels or "",
        network=variant.network.label,
        model=model,
        preprocess=variant.preprocess,
        layers=variant.targets,
        output=output,
        asked=variant.asked,
    )
