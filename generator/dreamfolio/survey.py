"""Surveying a portfolio: gathering the facts that a plan rests on, and making the plan.

Reads and remembers, but changes nothing that an artist made. What a digest was computed for is
remembered in the state folder, so that a second look is quick.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dreamfolio import local_state
from dreamfolio.content.inside import refused
from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.content.read import read
from dreamfolio.dream.networks import weights
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import DreamfolioError, LockError, NetworkError, StoreError, reason
from dreamfolio.pictures import limits
from dreamfolio.pictures.animation_names import is_animation, movie_of
from dreamfolio.pictures.damage import picture_error
from dreamfolio.plan.elsewhere import asks_cache, look_in_cache
from dreamfolio.plan.facts import Facts, NetworkFacts, SourceFacts
from dreamfolio.plan.planning import plan
from dreamfolio.plan.task import Task
from dreamfolio.store import fetches
from dreamfolio.store import lock as locks
from dreamfolio.store.cache import Cache
from dreamfolio.store.digests import DigestMemory
from dreamfolio.store.lock import Lock


@dataclass(frozen=True)
class Survey:
    """A portfolio, what there is of it, and how each variant stands."""

    portfolio: Portfolio
    facts: Facts
    tasks: tuple[Task, ...]
    memory: DigestMemory
    cache: Cache
    problems: tuple[DreamfolioError, ...] = ()

    def digest_of(self, collection: Collection, name: str) -> str:
        """SHA-256 of the bytes of a file in the collection's folder, in hex, as it was found by
        the survey; raises ``OSError``."""
        where = (collection.slug, name)
        source = self.facts.sources.get(where)
        known = self.facts.outputs.get(where) or (source.file if source else None)
        return known or self.memory.file(collection.folder / name)


def survey(root: Path, on_lock: Callable[[LockError], None] | None = None) -> Survey:
    """Survey the portfolio at ``root``.

    Raises as ``content.read.read`` does, and ``LockError`` for a lock that cannot be read; where
    ``on_lock`` is there to hear of it, its collection is left out instead, which is only for who
    looks on. A cache that cannot be reached is a problem told in the survey, and no more.
    """
    recorded: dict[Path, Lock] = {}

    def names_in_lock(folder: Path) -> Mapping[str, bool]:
        try:
            recorded[folder] = locks.read(folder / locks.FILE)
        except LockError as error:
            if on_lock is None:
                raise
            on_lock(error)
            return {}
        return {file: entry.adopted for file, entry in recorded[folder].items()}

    portfolio = read(root, names_in_lock)
    told = tuple(one for one in portfolio.collections if one.folder in recorded)
    portfolio = replace(portfolio, collections=told)
    limits.allow(portfolio.max_pixels)
    memory = DigestMemory(portfolio.root / local_state.FOLDER / "digests.json")
    facts = _facts(portfolio, recorded, memory)
    tasks = plan(portfolio, facts)
    cache = Cache(portfolio.cache)
    problems: list[DreamfolioError] = []
    try:
        tasks = look_in_cache(tasks, _cached(tasks, cache))
    except StoreError as error:
        problems.append(error)
    memory.save()
    return Survey(portfolio, facts, tasks, memory, cache, tuple(problems))


def _facts(portfolio: Portfolio, recorded: Mapping[Path, Lock], memory: DigestMemory) -> Facts:
    lock_of = {one.slug: recorded[one.folder] for one in portfolio.collections}
    for lock in lock_of.values():
        for entry in lock.values():
            if entry.source_pixels and entry.source_file:
                memory.seed(entry.source_file, entry.source_pixels)
    sources: dict[tuple[str, str], SourceFacts] = {}
    outputs: dict[tuple[str, str], str] = {}
    networks: dict[NetworkReference, NetworkFacts] = {}
    failed = fetches.failures(portfolio.root, time.time())
    for collection in portfolio.collections:
        folder = str(collection.folder)
        for piece in collection.pieces:
            if piece.variants:
                sources[collection.slug, piece.source] = _source(collection, piece.source, memory)
            for variant in piece.dreams:
                for name in variant.recipe.pictures.values():
                    sources[collection.slug, name] = _source(collection, name, memory)
                for network in (variant.network, *(one.network for one in variant.fallbacks)):
                    if network not in networks:
                        networks[network] = _network(network, portfolio, memory, failed)
        files = _variant_files(collection, lock_of[collection.slug])
        animations = {file for file in files if is_animation(file)}
        movies = {movie_of(file) for file in animations}
        there = files.intersection(collection.pictures) | animations | movies
        for file in there - collection.astray:
            try:
                path = os.path.join(folder, file)  # noqa: PTH118
                outputs[collection.slug, file] = memory.file(path)
            except OSError:
                continue  # It vanished, or cannot be read: as good as not there.
    return Facts(locks=lock_of, sources=sources, outputs=outputs, networks=networks)


def _variant_files(collection: Collection, lock: Lock) -> set[str]:
    wanted = {variant.file for piece in collection.pieces for variant in piece.dreams}
    return wanted | set(lock)


def _source(collection: Collection, name: str, memory: DigestMemory) -> SourceFacts:
    # Paths as text, here and above: a path object each would take longer than the look.
    path = os.path.join(str(collection.folder), name)  # noqa: PTH118
    if name in collection.astray:
        return SourceFacts(None, None, refused(Path(path)).without_place)
    try:
        file = memory.file(path)
        return SourceFacts(file, memory.pixels(path, file))
    except OSError as error:
        return SourceFacts(None, None, picture_error(Path(path), error).without_place)
    except DreamfolioError as error:
        return SourceFacts(None, None, error.without_place)


def _network(
    network: NetworkReference,
    portfolio: Portfolio,
    memory: DigestMemory,
    failed: Mapping[Path, str],
) -> NetworkFacts:
    try:
        path = weights.locate(network)
    except NetworkError as error:
        return NetworkFacts(None, obtainable=False, word=str(error))
    try:
        return NetworkFacts(memory.file(path), obtainable=True)
    except FileNotFoundError:
        pass
    except OSError as error:
        return NetworkFacts(None, obtainable=False, word=f"{path} cannot be read ({reason(error)})")
    if network.name is not None and network.weights is None:
        weights_told = f"{network.label}'s weights{_size(network)}"
        if path in failed:
            word = f"{weights_told} could not be fetched ({failed[path]})"
            return NetworkFacts(None, obtainable=False, word=word)
        return NetworkFacts(None, obtainable=True, word=f"{weights_told} are fetched first")
    shown = portfolio.relative(path) if path.is_relative_to(portfolio.root) else str(path)
    return NetworkFacts(None, obtainable=False, word=f"the network {shown} is not here")


def _size(network: NetworkReference) -> str:
    try:
        listed = catalogue_of(network)
    except NetworkError:
        listed = None
    size = listed.weights.size if listed and listed.weights else None
    return f" ({size / 1e6:.0f} MB)" if size else ""


def _cached(tasks: Iterable[Task], cache: Cache) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for task in itertools.chain.from_iterable((one, *one.alternatives) for one in tasks):
        if asks_cache(task) and task.key and (task.key, task.asks_for) not in found:
            digest = cache.digest(task.key, task.asks_for)
            if digest is not None:
                found[task.key, task.asks_for] = digest
    return found
