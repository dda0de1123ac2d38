"""How deep in its network a dream's layer lies, as far as that is known without the network."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dreamfolio.dream.networks.catalogue import Catalogue, percent_deep
from dreamfolio.dream.networks.known import catalogue_of, known_networks
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import Target, motif_of
from dreamfolio.errors import DreamfolioError


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer of ``network``, or a motif that the network knows (``motif`` is its name then).

    ``depth`` is its place among the network's ``of`` layers, from 1; both are None where that is
    not known, and of motifs. ``likes`` are the motifs that a layer of the embedded network
    responds to most.
    """

    network: str
    name: str
    motif: str | None = None
    depth: int | None = None
    of: int | None = None
    likes: tuple[str, ...] = ()

    @property
    def percent(self) -> int | None:
        """How deep it lies, 0 at the first layer and 100 at the last."""
        if self.depth is None or self.of is None:
            return None
        return percent_deep(self.depth - 1, self.of)

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts from shallow to deep; where no depth is known by name, its numbers as numbers."""
        parts = re.split(r"(\d+)", self.name.casefold())
        natural = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
        return (self.depth is None, self.depth or 0, natural, self.name)


def layer_view(layer: str, network: str, asked: NetworkReference) -> LayerView:
    """What is known of ``layer`` of the network called ``network``; ``asked`` is the manifest's
    network, which may be another one by now."""
    motif = motif_of(layer)
    catalogue = _catalogue(network, asked)
    info = catalogue.by_name.get(layer) if catalogue else None
    if motif is not None or catalogue is None or info is None:
        return LayerView(network, layer, motif)
    return LayerView(
        network, layer, depth=info.depth + 1, of=len(catalogue.layers), likes=info.likes
    )


def decisive(targets: Iterable[Target], views: Iterable[LayerView]) -> LayerView | None:
    """The one of ``views``, which belong to ``targets``, that says most about the dream: that of
    the greatest weight, the deepest of equals; None where there is none."""
    ranked = sorted(
        zip(targets, views, strict=True), key=lambda pair: (abs(pair[0].weight), pair[1].order)
    )
    return ranked[-1][1] if ranked else None


@functools.lru_cache(maxsize=64)
def _catalogue(network: str, asked: NetworkReference) -> Catalogue | None:
    if asked.label != network:
        if network not in known_networks():
            return None
        asked = NetworkReference(name=network)
    try:
        return catalogue_of(asked)
    except (DreamfolioError, OSError):
        # Pictures can be shown without the network they came from; planning tells of it.
        return None
