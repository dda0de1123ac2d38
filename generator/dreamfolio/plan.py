"""Planning: what is wanted, what is recorded and what is there, compared.

Pure: values in, tasks out. Nothing is read or written here, and no network is loaded. First each
variant is judged by the lock and the disk; then what is to be dreamed is looked for in the cache.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Collection, Portfolio, Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.pictures.animation_names import MOVIE_SUFFIX, movie_of
from dreamfolio.staleness import changes, standing_in, stood_in
from dreamfolio.store.key import variant_key
from dreamfolio.store.lock import Entry, Lock


class State(StrEnum):
    """How a variant stands."""

    CURRENT = "current"
    MISSING = "missing"
    STALE = "stale"
    RESTORABLE = "restorable"
    RETOUCHED = "retouched"
    ADOPTED = "adopted"
    PENDING = "pending"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source on disk: the SHA-256 of its bytes and the digest of its pixels.

    ``problem`` says why it cannot be read, where it cannot; ``pixels`` is then ``None``.
    """

    file: str | None
    pixels: str | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """A network on this machine: its weights' digest, ``None`` where they are not here.

    ``obtainable`` says whether they are here or can be fetched; ``word`` what there is to say.
    """

    digest: str | None
    obtainable: bool
    word: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is, beside the content: all that a plan rests on.

    Files are named by collection slug and file name; ``outputs`` holds the digests of the
    variants on disk.
    """

    locks: Mapping[str, Lock] = field(default_factory=dict)
    sources: Mapping[tuple[str, str], SourceFacts] = field(default_factory=dict)
    outputs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    networks: Mapping[NetworkReference, NetworkFacts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """One variant, how it stands and why.

    ``variant`` is ``None`` for an orphan. ``key`` is ``None`` where it cannot be known (the
    source cannot be read, the network was never here). ``network_digest`` is that of the weights,
    as they are here or as they once were. ``output`` is the digest of the picture on disk,
    ``movie`` that of the MP4 beside it where it is an animation, ``twin`` a picture on disk
    (collection and file) that is the same dream, ``problem`` what stands in the way of dreaming it.
    ``of_network`` is the end of the reason that is about getting the network, which only matters to
    a dream. ``alternatives`` are the tasks of those fallbacks whose dreams serve as well: of
    networks that go before all that are here.
    """

    collection: str
    file: str
    source: str
    state: State
    reason: str
    variant: Variant | None = None
    entry: Entry | None = None
    key: str | None = None
    network_digest: str | None = None
    output: str | None = None
    movie: str | None = None
    twin: tuple[str, str] | None = None
    problem: str | None = None
    of_network: str = ""
    alternatives: tuple[Task, ...] = ()

    @property
    def suffix(self) -> str:
        """The picture's suffix, in lower case: which of a key's encodings is wanted."""
        return PurePath(self.file).suffix.lower()

    @property
    def moves(self) -> bool:
        """Whether it is an animation."""
        return self.variant is not None and self.variant.animation is not None

    @property
    def is_there(self) -> bool:
        """Whether the picture on disk is this very dream, as recorded."""
        entry = self.entry
        return entry is not None and (self.key, self.output) == (entry.key, entry.output)

    @property
    def lacks_movie(self) -> bool:
        """Whether all is well but for the MP4 that was made with it, and is gone."""
        made = self.entry.movie if self.entry else None
        return self.state is State.CURRENT and made is not None and self.movie is None

    @property
    def asks_for(self) -> str:
        """The suffix of what of it the cache is asked for."""
        return MOVIE_SUFFIX if self.lacks_movie else self.suffix


# What a build has to do something about, by dreaming or from the cache.
TO_DO = frozenset({State.MISSING, State.STALE, State.RESTORABLE, State.PENDING})


def plan(portfolio: Portfolio, facts: Facts) -> tuple[Task, ...]:
    """A task for every variant there is or should be, in the order of the content."""
    known = _known_networks(facts.locks)
    tasks = [
        task
        for collection in portfolio.collections
        for task in _collection(portfolio, collection, facts, known)
    ]
    if all(task.state not in TO_DO and not task.alternatives for task in tasks):
        return tuple(tasks)
    dreamed = _dreamed(facts)
    return tuple(_settled(_each(task, lambda one: _with_twin(one, dreamed))) for task in tasks)


def look_in_cache(tasks: Iterable[Task], cached: Mapping[tuple[str, str], str]) -> tuple[Task, ...]:
    """The tasks again, knowing the cache: ``cached`` maps key and suffix to the entry's digest."""
    return tuple(_settled(_each(task, lambda one: _with_cache(one, cached))) for task in tasks)


def _each(task: Task, judge: Callable[[Task], Task]) -> Task:
    """The task and its alternatives, each as ``judge`` has it."""
    if not task.alternatives:
        return judge(task)
    return replace(judge(task), alternatives=tuple(judge(one) for one in task.alternatives))


def _settled(task: Task) -> Task:
    """The first of the task's alternatives that serves, where the task itself needs a dream."""
    if task.state in (State.CURRENT, State.RESTORABLE):
        return task
    for one in task.alternatives:
        if one.state is State.CURRENT and one.variant:
            return replace(one, reason=standing_in(one.variant))
        if one.state is State.RESTORABLE and one.variant and task.state in TO_DO:
            return replace(one, reason=f"{one.reason}, {standing_in(one.variant)}")
    return task


def asks_cache(task: Task) -> bool:
    """Whether the cache could change what is to be done."""
    return (
        task.key is not None
        and (task.state not in (State.CURRENT, State.ORPHAN) or task.lacks_movie)
        and task.twin is None
    )


def forced(task: Task) -> Task:
    """The task as ``--force`` has it: dreamed again, though it was retouched or is current."""
    if task.variant is None or task.state is State.ADOPTED or task.state in TO_DO:
        return task
    return replace(task, state=State.STALE, reason="forced")


def _known_networks(locks: Mapping[str, Lock]) -> dict[str, str]:
    """The digests of networks once used here, by what was asked: one that is not at hand now
    still has its key, so that its variants are current, or come back from the cache."""
    return {
        _one_text(entry.model): entry.network_digest
        for lock in locks.values()
        for entry in lock.values()
        if entry.network_digest
    }


def _dreamed(facts: Facts) -> dict[tuple[str, str], tuple[str, str]]:
    """Key and suffix of every whole dream on disk → its collection and file."""
    return {
        (entry.key, PurePath(file).suffix.lower()): (slug, file)
        for slug, lock in facts.locks.items()
        for file, entry in lock.items()
        if entry.key and facts.outputs.get((slug, file)) == entry.output
    }


def _with_twin(task: Task, dreamed: Mapping[tuple[str, str], tuple[str, str]]) -> Task:
    # So that a renamed source costs nothing, even in a fresh clone that has no cache yet.
    twin = dreamed.get((task.key, task.suffix)) if task.key and task.state in TO_DO else None
    if twin is None:
        return task
    return replace(
        task, state=State.RESTORABLE, reason=f"{_first(task)}: the same as {twin[1]}", twin=twin
    )


def _first(task: Task) -> str:
    # What was said of the network does not matter once nothing needs to be dreamed.
    return task.reason.removesuffix(task.of_network)


def _collection(
    portfolio: Portfolio, collection: Collection, facts: Facts, known: Mapping[str, str]
) -> Iterator[Task]:
    lock = facts.locks.get(collection.slug, {})
    # A source is none of ours to drop, though a manifest once called it a variant.
    wanted = {piece.source for piece in collection.pieces}
    for piece in collection.pieces:
        for named in piece.dreams:
            variant = _having_seen(named, collection, facts)
            entry = lock.get(variant.file)
            if variant.recipe_asked is None and entry and not entry.adopted:
                continue  # Taken in by its name alone, but it is ours: nothing asks for it now.
            wanted.add(variant.file)
            yield _judge_all(portfolio, collection, variant, entry, facts, known)
    for file, entry in sorted(lock.items()):
        if file not in wanted:
            yield from _orphans(collection.slug, file, entry, facts)


def _orphans(slug: str, file: str, entry: Entry, facts: Facts) -> Iterator[Task]:
    """What is there of a picture that nothing asks for, with the MP4 made with it."""
    output = facts.outputs.get((slug, file))
    if output is not None:
        yield Task(
            collection=slug,
            file=file,
            source=entry.source,
            state=State.ORPHAN,
            reason="adopted, but no longer a variant of a source here; "
            "to show it as a picture of its own, list it under pieces"
            if entry.adopted
            else "no manifest asks for it any more",
            entry=entry,
            output=output,
        )
    movie = facts.outputs.get((slug, movie_of(file))) if entry.movie else None
    if movie is not None and movie == entry.movie:
        yield Task(
            collection=slug,
            file=movie_of(file),
            source=entry.source,
            state=State.ORPHAN,
            reason="no manifest asks for it any more",
            entry=entry,
            output=movie,
        )


def _having_seen(variant: Variant, collection: Collection, facts: Facts) -> Variant:
    """The variant whose recipe knows what is in the pictures that it names, if all can be read."""
    if not variant.recipe.pictures:
        return variant
    digests = {
        role: facts.sources.get((collection.slug, name), _UNREAD).pixels
        for role, name in variant.recipe.pictures.items()
    }
    known = {role: digest for role, digest in digests.items() if digest}
    if len(known) < len(digests) or not known:
        return variant
    return replace(variant, recipe=variant.recipe.having_seen(known))


def _judge_all(
    portfolio: Portfolio,
    collection: Collection,
    variant: Variant,
    entry: Entry | None,
    facts: Facts,
    known: Mapping[str, str],
) -> Task:
    """The variant by the network asked for; its fallbacks are the alternatives."""

    def judge(one: Variant, network: NetworkFacts) -> Task:
        return _judge(portfolio, collection, one, entry, facts, known, network)

    asked = (variant.network, *(one.network for one in variant.fallbacks))
    networks = [facts.networks.get(network, _UNSEEN) for network in asked]
    if not variant.fallbacks:
        return judge(variant, networks[0])
    task = judge(variant, _or_fallback(variant, networks))
    stand_ins = [
        judge(_as_recorded(one, entry, portfolio.root), network)
        for one, network in zip(variant.stand_ins, networks[1:], strict=True)
    ]
    dreamer = next((one for one in stand_ins if _dreamed_by(one, portfolio.root)), None)
    stale = task.state in (State.STALE, State.PENDING) and task.output and not task.problem
    if stale and entry and dreamer and dreamer.variant:
        pixels = facts.sources[collection.slug, variant.source].pixels
        told = stood_in(dreamer.variant, entry, pixels, dreamer.network_digest)
        task = replace(task, reason="; ".join(told) + task.of_network)
    here = next((i for i, network in enumerate(networks) if network.digest), len(networks))
    return replace(task, alternatives=tuple(stand_ins[:here]))


def _or_fallback(variant: Variant, networks: Sequence[NetworkFacts]) -> NetworkFacts:
    """What there is of the network asked for, and which one dreams where it cannot be had."""
    first, *others = networks
    found = zip(variant.fallbacks, others, strict=True)
    label = next((one.network.label for one, facts in found if facts.obtainable), None)
    if first.digest or label is None:
        return first
    joint = ", or" if first.obtainable else ":"
    return NetworkFacts(None, obtainable=True, word=f"{first.word}{joint} {label} stands in")


def _as_recorded(stand_in: Variant, entry: Entry | None, root: Path) -> Variant:
    """The stand-in with the layers it was dreamed by, where its network cannot be asked."""
    if stand_in.targets or entry is None or entry.model != model_asked(stand_in.network, root):
        return stand_in
    return replace(stand_in, targets=entry.layers)


def _dreamed_by(task: Task, root: Path) -> bool:
    """Whether the lock says that the task's own network dreamed it."""
    if task.variant is None or task.entry is None or task.entry.adopted:
        return False
    return bool(task.entry.model == model_asked(task.variant.network, root))


def _judge(
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
    """The source's facts, with the problem of a picture that its recipe needs."""
    source = facts.sources.get((collection.slug, variant.source), _UNREAD)
    for role, name in variant.recipe.pictures.items():
        problem = facts.sources.get((collection.slug, name), _UNREAD).problem
        if problem and not source.problem:
            source = replace(source, problem=f"its {role} {name}: {problem}")
    return source


_UNREAD = SourceFacts(None, None, "it was not found")
_UNSEEN = NetworkFacts(None, obtainable=False, word="the network was not looked for")


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


def _with_cache(task: Task, cached: Mapping[tuple[str, str], str]) -> Task:
    if task.key is None or not asks_cache(task):
        return task
    digest = cached.get((task.key, task.asks_for))
    if digest is None:
        return task
    if task.lacks_movie:
        return replace(task, state=State.RESTORABLE, reason="its MP4 was deleted: in the cache")
    adopted = task.entry is not None and task.entry.adopted
    if digest == task.output and not adopted:
        # An interrupted build wrote the picture and did not come to record it.
        return replace(task, state=State.CURRENT, reason="as in the cache")
    if task.state in TO_DO and task.twin is None:
        return replace(task, state=State.RESTORABLE, reason=f"{_first(task)}: in the cache")
    return task
