"""Tells the renders of a folder from the dreams made of them, by their names alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from dreamfolio.content.discover import natural
from dreamfolio.content.names import render_of
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.names import LEGACY_NETWORK, networks_for, split
from dreamfolio.dream.networks.reference import NetworkReference


@dataclass(frozen=True, slots=True)
class Dream:
    """A picture whose name says that it was dreamed.

    ``source`` is the render's file name, ``None`` where there is no such render. ``asked`` are
    the layers as the name spells them, ``layers`` the canonical ones, ``network`` one that has
    them. ``name`` is what follows a ``~``.
    """

    file: str
    source: str | None
    asked: str
    layers: tuple[str, ...]
    network: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Sorting:
    """The pictures of a folder, told apart; both in natural order.

    ``sources`` are renders: all that is no dream, and dreams that were dreamed again. ``dreams``
    without a source are among them, since the folder has nothing else to stand for them.
    """

    sources: tuple[str, ...]
    dreams: tuple[Dream, ...]


def sort_out(names: Iterable[str]) -> Sorting:
    """Tell sources from dreams among picture file names.

    A dream is ``<stem>_<layers>.<suffix>``, where ``<stem>`` is another picture's and
    ``<layers>`` is wholly layers of one network, by canonical or running names. Where several
    stems fit, the longest is meant.
    """
    ordered = sorted(set(names), key=lambda name: (natural(name), name))
    by_stem: dict[str, list[str]] = {}
    for name in ordered:
        by_stem.setdefault(PurePath(name).stem, []).append(name)
    readings = {name: found for name in ordered if (found := _reading(name, by_stem))}
    network = _most_common(readings.values())
    dreams = tuple(_dream(name, found, network) for name, found in readings.items())
    used = {dream.source for dream in dreams}
    lost = {dream.file for dream in dreams if dream.source is None}
    sources = (name for name in ordered if name not in readings or name in used | lost)
    return Sorting(tuple(sources), dreams)


@dataclass(frozen=True, slots=True)
class _Reading:
    source: str | None
    asked: str
    networks: tuple[str, ...]


def _reading(name: str, by_stem: dict[str, list[str]]) -> _Reading | None:
    """How ``name`` reads as a dream: of the longest stem there is, else of one that is lost."""
    stem = PurePath(name).stem
    cuts = [at for at in range(len(stem) - 1, 0, -1) if stem[at] == "_"]
    cuts.sort(key=lambda at: stem[:at] not in by_stem)  # stable: known stems first, longest first
    for at in cuts:
        networks = _networks(stem[at + 1 :].split("~")[0])
        if networks:
            return _Reading(render_of(name, by_stem.get(stem[:at], ())), stem[at + 1 :], networks)
    return None


@lru_cache(maxsize=4096)
def _networks(layers: str) -> tuple[str, ...]:
    """The networks that have all of ``layers``; the one of old portfolios alone if it is one."""
    catalogue = catalogue_of(NetworkReference(name=LEGACY_NETWORK))
    if catalogue is not None and split(layers, catalogue):
        return (LEGACY_NETWORK,)
    # Some networks have layers called `add` or `multiply`, and so have painters' passes.
    return networks_for(layers) if any(letter.isdigit() for letter in layers) else ()


def _most_common(readings: Iterable[_Reading]) -> str:
    votes = Counter(network for reading in readings for network in reading.networks)
    return votes.most_common(1)[0][0] if votes else LEGACY_NETWORK


def _dream(name: str, found: _Reading, preferred: str) -> Dream:
    network = preferred if preferred in found.networks else found.networks[0]
    catalogue = catalogue_of(NetworkReference(name=network))
    asked, _, distinction = found.asked.partition("~")
    layers = split(asked, catalogue) if catalogue is not None else None
    return Dream(name, found.source, asked, layers or (), network, distinction or None)
