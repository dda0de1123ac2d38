"""What a sheet says of its tiles, on the page and in the picture of it."""

from __future__ import annotations

from collections.abc import Sequence

from dreamfolio.dream.networks.catalogue import percent_deep
from dreamfolio.dream.target import motif_of
from dreamfolio.explore.exploration import Exploration, Tile


def is_motif(tile: Tile, exploration: Exploration) -> bool:
    """Whether the tile is of a motif."""
    return tile.layer in exploration.catalogue.motifs


def is_channel(tile: Tile, exploration: Exploration) -> bool:
    """Whether the tile is of a single channel."""
    return tile.layer.name not in exploration.catalogue.by_name


def name_of(tile: Tile, exploration: Exploration) -> str:
    """The name of a layer, ``mixed4``, of a single channel, ``mixed4:12``, or a motif's own."""
    motif = motif_of(tile.layer.name) if is_motif(tile, exploration) else None
    return motif or tile.layer.name


def kind_of(tile: Tile, exploration: Exploration) -> str:
    """``motif``, ``channel``, or the kind of the layer."""
    return "channel" if is_channel(tile, exploration) else tile.layer.kind


def depth_of(tile: Tile, exploration: Exploration) -> int | None:
    """How deep in its network the tile's layer lies, in percent; None for a motif."""
    if is_motif(tile, exploration):
        return None
    return percent_deep(tile.layer.depth, len(exploration.catalogue.layers))


def facts_of(tile: Tile, exploration: Exploration) -> str:
    """What is known of what is dreamed toward, in a few words."""
    layer = tile.layer
    if is_motif(tile, exploration):
        return f"also written {layer.name}"
    facts = []
    if is_channel(tile, exploration):
        facts.append(f"one of {layer.channels} channels" if layer.channels else "one channel")
    else:
        facts.append(layer.kind)
        if layer.channels:
            facts.append(f"{layer.channels} channels")
    if layer.stride:
        facts.append(f"stride {layer.stride}")
    return " · ".join(facts)


def looked_at(exploration: Exploration, tiles: Sequence[Tile]) -> str:
    """``24 of its 311 layers, from shallow to deep; 2 motifs``."""
    motifs = sum(is_motif(tile, exploration) for tile in tiles)
    channels = sum(is_channel(tile, exploration) for tile in tiles)
    layers = len(tiles) - motifs - channels
    said = []
    if layers:
        said.append(f"{layers} of its {len(exploration.catalogue.layers)} layers")
        if layers > 1:
            said.append("from shallow to deep")
        if channels:
            each = "each followed by those" if layers > 1 else "followed by those"
            said.append(f"{each} of its channels that the picture itself excites most")
    if motifs:
        said.append(f"{motifs} motif{'s' if motifs > 1 else ''}")
    return ", ".join(said[:-1]) + "; " + said[-1] if layers and motifs else ", ".join(said)
