"""What ``pocket`` has, known from its card."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.dream.pocket.card import Card
from dreamfolio.dream.target import PATCHWORK, motif_target


@cache
def embedded_catalogue() -> Catalogue:
    """The catalogue of the network that ships; its motifs in the order of its head's channels."""
    card = Card.read()
    layers = tuple(
        LayerInfo(
            one.name,
            "ReLU",
            depth,
            one.stride,
            one.channels,
            one.field,
            tuple(one.likes),
            one.called,
        )
        for depth, one in enumerate(card.layers)
    )
    names = [*card.motifs, PATCHWORK]
    return Catalogue(
        label=EMBEDDED,
        layers=layers,
        automatic=MappingProxyType({}),
        preprocess="tf",
        motifs=tuple(
            LayerInfo(motif_target(name), "motif", len(layers) + number, layers[-1].stride, 1)
            for number, name in enumerate(names)
        ),
    )
