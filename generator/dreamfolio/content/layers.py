"""From layers as a manifest names them to the canonical targets of a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from dreamfolio.content.defaults import Defaults, Written
from dreamfolio.content.forms import Layers, RandomLayers, with_channels
from dreamfolio.content.one_line import one_line, quoted
from dreamfolio.dream.networks import names
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.known import UnknownNetwork, catalogue_of
from dreamfolio.dream.networks.random_layers import pick
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import Target, channel_target, motif_of, motif_target, parted
from dreamfolio.errors import ContentError, NetworkError, Place


class Resolved(NamedTuple):
    """Targets, and what was asked for where that reads otherwise."""

    targets: tuple[Target, ...]
    asked: str | None


def catalogue_at(network: NetworkReference, at: Written | None) -> Catalogue | None:
    """The network's layers, or ``None`` where they cannot be listed (its file is not here).

    Raises ``ContentError`` for a network that does not exist. A damaged file is no error of the
    manifest: it costs its variants when they are dreamed.
    """
    try:
        return catalogue_of(network)
    except UnknownNetwork as error:
        place = at.place if at else None
        raise ContentError(_quoting(error), place=place, mend=_network_meant(error)) from None
    except NetworkError:
        return None


def _network_meant(error: UnknownNetwork) -> str | None:
    """What to write for a name that is none: a manifest names a file in a form of its own."""
    if PurePath(error.name).suffix.lower() in {".keras", ".h5", ".hdf5"}:
        return f"a file is named so: model: {{file: {one_line(error.name)}}}"
    return error.mend


def _quoting(error: UnknownNetwork | names.UnknownLayer) -> str:
    """The message, its name quoted as all messages on manifests quote, and on one line."""
    return error.message.replace(repr(error.name), quoted(error.name))


def resolve(defaults: Defaults, catalogue: Catalogue | None) -> Resolved:
    """The targets that ``defaults.layers`` name; raises ``ContentError`` at the layer's place."""
    layers, at = defaults.layers, defaults.layers_at
    if isinstance(layers, RandomLayers):
        return _random(layers, defaults.network, catalogue, at)
    if isinstance(layers, tuple) and len(layers) == 1:
        (layers,) = layers
    if isinstance(layers, str) and catalogue is not None and layers in catalogue.by_name:
        return _as_most_are(layers)
    together = _told_together(layers, catalogue)
    if together:
        asked = str(layers) if layers != "+".join(together) else None
        return Resolved(told_targets(together), asked)
    pairs = _pairs(layers)
    named = [name for name, _ in pairs]
    canonical = _canonical(named, catalogue, at)
    targets = tuple(
        Target(name, weight) for name, (_, weight) in zip(canonical, pairs, strict=True)
    )
    told = [_as_told(name) for name in named]
    return Resolved(targets, ", ".join(named) if told != canonical else None)


@lru_cache(maxsize=1000)
def _as_most_are(layer: str) -> Resolved:
    """One whole layer: one value for all that are dreamed by it, where there are thousands."""
    return Resolved((Target(layer),), None)


def _as_told(name: str) -> str:
    """A layer with channels in one spelling, ``mixed4:3,17``."""
    return channel_target(*parted(name))


def _told_together(layers: Layers | None, catalogue: Catalogue | None) -> tuple[str, ...]:
    """Several layers in one word, as variants' names have them, ``a+b`` or once run together."""
    if not isinstance(layers, str) or catalogue is None or layers in catalogue.by_name:
        return ()
    told = names.split(layers, catalogue) or ()
    return told if len(told) > 1 else ()


def told_targets(layers: Iterable[str]) -> tuple[Target, ...]:
    """Targets from a variant's name; a layer that the name tells twice counts twice."""
    return tuple(Target(layer, float(times)) for layer, times in Counter(layers).items())


def _pairs(layers: Layers | None) -> list[tuple[str, float]]:
    if isinstance(layers, str):
        return [(layers, 1.0)]
    if isinstance(layers, dict):
        return list(layers.items())
    if isinstance(layers, tuple):
        return [(name, 1.0) for name in layers]
    return []


def _canonical(asked: list[str], catalogue: Catalogue | None, at: Written | None) -> list[str]:
    try:
        found = names.resolve(asked, catalogue) if catalogue else tuple(map(_as_told, asked))
    except names.UnknownLayer as error:
        assert catalogue is not None  # Without one, no layer is unknown.
        motif = any(motif_of(name) == error.name for name in asked)
        raise ContentError(
            _quoting(error),
            place=_place_of(motif_target(error.name) if motif else error.name, at),
            mend=error.mend or f"{catalogue.listed_by}{' --motifs' if motif else ''} lists them",
        ) from None
    except NetworkError as error:
        raise ContentError(error.message, place=_place_of(None, at), mend=error.mend) from None
    for i, name in enumerate(found):
        if name in found[:i]:
            raise ContentError(
                f"{quoted(asked[i])} names the layer {one_line(name)} a second time",
                place=_place_of(asked[i], at, i),
                mend="name each layer once, with a weight where it should count for more",
            )
    return list(found)


def _random(
    layers: RandomLayers,
    network: NetworkReference,
    catalogue: Catalogue | None,
    at: Written | None,
) -> Resolved:
    place = _place_of(None, at)
    if catalogue is None:
        raise ContentError(
            f"layers cannot be picked at random: {network.label} is not here to be asked",
            place=place,
            mend="put the network's file in its place, or name the layers",
        )
    if layers.random > len(catalogue.layers):
        raise ContentError(
            f"{network.label} has only {len(catalogue.layers)} layers to pick from", place=place
        )
    picked = pick(layers.random, layers.seed, catalogue)
    return Resolved(
        tuple(Target(name) for name in picked), f"random: {layers.random}, seed: {layers.seed}"
    )


def _place_of(layer: str | None, at: Written | None, index: int | None = None) -> Place | None:
    """Where ``layer``, the one at ``index``, stands within the setting written at ``at``."""
    if at is None:
        return None
    if at.path[-1] == "motifs" and layer is not None:
        layer = motif_of(layer)  # As it is written there.
    value = at.document.data
    for step in at.path:
        value = value[step] if not isinstance(value, str) else value
    named = list(with_channels(value)) if isinstance(value, list | dict) else []
    if layer not in named:
        return at.document.place(at.path)
    nth = named.index(layer) if index is None else index
    if isinstance(value, dict):
        return at.document.place((*at.path, list(value)[nth]), key=True)
    return at.document.place((*at.path, nth))
