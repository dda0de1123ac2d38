"""How one variant stands, by one network: the lock, the disk and the manifest compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dreamfolio.content.inside import refused
from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Collection, Portfolio, Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.pictures.animation_names import movie_of
from dreamfolio.plan.facts import UNREAD, Facts, NetworkFacts, SourceFacts
from dreamfolio.plan.staleness import changes
from dreamfolio.plan.task import TO_DO, State, Task
from dreamfolio.store.key import variant_key
from dreamfolio.store.lock import Entry, Lock


def known_networks(locks: Mapping[str, Lock]) -> dict[str, str]:
    """The digests of networks once used here, by what was asked: one that is not at hand now
    still has its key, so that its variants are current, or come back from the cache."""
    return {
        _one_text(entry.model): entry.network_digest
        for lock in locks.values()
        for entry in lock.values()
        if entry.network_digest
    }


def having_seen(variant: Variant, collection: Collection, facts: Facts) -> Variant:
    """The variant whose recipe knows what is in the pictures that it names, if all can be read."""
    if not variant.recipe.pictures:
        return variant
    digests = {
        role: facts.sources.get((collection.slug, name), UNREAD).pixels
        for role, name in variant.recipe.pictures.items()
    }
    known = {role: digest for role, digest in digests.items() if digest}
    if len(known) < len(digests) or not known:
        return variant
    return replace(variant, recipe=variant.recipe.having_seen(known))


def judge(
    portfolio: Portfolio,
    collection: Collection,
    variant: Variant,
    entry: Entry | None,
    facts: Facts,
    known: Mapping[str, str],
    network: NetworkFacts,
) -> Task:
    source = _with_pictures(collection, variant, facts)
    digest = network.digest or _recorded_digest(portfolio, variant, entry, known)
    if entry and _is_as_asked(variant.network, entry, digest, portfolio.root):
        # Without the file nothing else tells, and the same weights take the same input.
        variant = replace(variant, preprocess=entry.preprocess)
    key = None
    if source.pixels and digest and variant.recipe_asked is not None and not source.problem:
        key = variant_key(
            pixels=source.pixels,
            recipe=variant.recipe,
            targets=variant.targets,
            preprocess=variant.preprocess,
            network=digest,
            animation=variant.animation,
        )
    output = facts.outputs.get((collection.slug, variant.file))
    movie = None
    if variant.animation:
        movie = facts.outputs.get((collection.slug, movie_of(variant.file)))
    state, reason = _state(variant, entry, output, key, source, digest)
    if state is State.CURRENT and entry and entry.movie and movie is None:
        reason = f"{reason}, but its MP4 was deleted: it comes with the next dream"
    if variant.asked:
        reason = f"{reason} (asked for as {variant.asked})"
    of_network = ""
    if state in TO_DO and source.problem is None and network.digest is None:
        if not network.obtainable:
            state = State.PENDING
        of_network = f"; {network.word}" if network.word else ""
    return Task(
        collection=collection.slug,
        file=variant.file,
        source=variant.source,
        state=state,
        reason=reason + of_network,
        of_network=of_network,
        variant=variant,
        entry=entry,
        key=key,
        network_digest=digest,
        output=output,
        movie=movie,
        problem=source.problem,
    )


def _with_pictures(collection: Collection, variant: Variant, facts: Facts) -> SourceFacts:
    """The source's facts, with the problem of a picture that its recipe needs, or of what stands
    where it belongs itself."""
    source = facts.sources.get((collection.slug, variant.source), UNREAD)
    for file in (variant.file, *([movie_of(variant.file)] if variant.animation else [])):
        if file in collection.astray and not source.problem:
            word = refused(collection.folder / file).without_place
            source = replace(source, problem=f"its variant {file}: {word}")
    for role, name in variant.recipe.pictures.items():
        problem = facts.sources.get((collection.slug, name), UNREAD).problem
        if problem and not source.problem:
            source = replace(source, problem=f"its {role} {name}: {problem}")
    return source


def _is_as_asked(network: NetworkReference, entry: Entry, digest: str | None, root: Path) -> bool:
    """Whether a network that tells itself what its input takes is the one that was recorded."""
    tells = network.file is not None and network.preprocess is None
    return tells and entry.network_digest == digest and entry.model == model_asked(network, root)


def _recorded_digest(
    portfolio: Portfolio, variant: Variant, entry: Entry | None, known: Mapping[str, str]
) -> str | None:
    asked = model_asked(variant.network, portfolio.root)
    if entry and entry.network_digest and entry.model == asked:
        return entry.network_digest
    return known.get(_one_text(asked))


def _one_text(model: Any) -> str:
    """Equal for equal JSON values, whatever order their keys come in."""
    if isinstance(model, str):  # Most often, and then the name will do.
        return model
    return json.dumps(model, sort_keys=True)


def _state(
    variant: Variant,
    entry: Entry | None,
    output: str | None,
    key: str | None,
    source: SourceFacts,
    digest: str | None,
) -> tuple[State, str]:
    if output is None:
        if source.problem:
            return State.MISSING, f"{variant.source} cannot be dreamed"
        return State.MISSING, "it was deleted" if entry else "not dreamed yet"
    if entry is None:
        return State.ADOPTED, "it was here before: kept"
    if entry.adopted:
        return State.ADOPTED, "adopted: kept"
    if output != entry.output:
        return State.RETOUCHED, "changed by hand since it was dreamed: kept"
    if source.problem:
        return State.STALE, f"{variant.source} cannot be dreamed"
    if key is not None and key == entry.key:
        return State.CURRENT, "as recorded"
    return State.STALE, "; ".join(changes(variant, entry, source.pixels, digest))
