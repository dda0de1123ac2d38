"""The layer atlas: every dream at the layer it was dreamed through, from strokes to objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dreamfolio.publish.site.depth import LayerView
from dreamfolio.publish.site.pictures import readable
from dreamfolio.publish.site.views import DreamView


@dataclass(frozen=True, slots=True)
class AtlasRow:
    """A layer and its dreams, in the portfolio's order. ``id`` is its anchor on the page. Of
    dreams whose layers nobody recorded ``layer`` is None."""

    id: str
    layer: LayerView | None
    dreams: tuple[DreamView, ...]


@dataclass(frozen=True, slots=True)
class AtlasGroup:
    """A network's layers, from shallow to deep, or (``motifs``) the motifs dreamed of with it."""

    id: str
    network: str
    motifs: bool
    rows: tuple[AtlasRow, ...]

    @property
    def layer_count(self) -> int | None:
        """How many layers the network has; None where that is not known."""
        return next((row.layer.of for row in self.rows if row.layer and row.layer.of), None)

    @property
    def dream_count(self) -> int:
        """How many dreams hang in it."""
        return sum(len(row.dreams) for row in self.rows)

    @property
    def placed(self) -> tuple[AtlasRow, ...]:
        """The rows whose depth is known."""
        return tuple(row for row in self.rows if row.layer and row.layer.depth is not None)


def atlas(dreams: Iterable[DreamView]) -> tuple[AtlasGroup, ...]:
    """``dreams`` by network in the order met, the motifs of each after its layers."""
    groups: dict[str, tuple[dict[LayerView | None, list[DreamView]], ...]] = {}
    for dream in dreams:
        layer = dream.variant.layer
        layers, motifs = groups.setdefault(dream.variant.network, ({}, {}))
        rows = motifs if layer and layer.motif is not None else layers
        rows.setdefault(layer, []).append(dream)
    names = _Names()
    return tuple(
        _group(network, bool(part), rows, names)
        for network, parts in groups.items()
        for part, rows in enumerate(parts)
        if rows
    )


def strip(groups: Iterable[AtlasGroup], longest: int = 5) -> tuple[DreamView, ...]:
    """A few dreams from shallow to deep, of the network whose layers were dreamed through most:
    from one piece each, as far as there are others. None where that is too little to tell."""
    rows = max((group.placed for group in groups), key=len, default=())
    if len(rows) < 3:
        return ()
    count = min(longest, len(rows))
    chosen: list[DreamView] = []
    for place in range(count):
        dreams = rows[round(place * (len(rows) - 1) / (count - 1))].dreams
        seen = {one.piece.address for one in chosen}
        chosen.append(next((one for one in dreams if one.piece.address not in seen), dreams[0]))
    return tuple(chosen)


def _group(
    network: str, motifs: bool, rows: dict[LayerView | None, list[DreamView]], names: _Names
) -> AtlasGroup:
    known = sorted((layer for layer in rows if layer), key=lambda layer: layer.order)
    group = names.name(f"{network} motifs" if motifs else network)
    return AtlasGroup(
        id=group,
        network=network,
        motifs=motifs,
        rows=tuple(
            AtlasRow(names.name(f"{network} {layer.name if layer else ''}"), layer, (*rows[layer],))
            for layer in (*known, *([None] if None in rows else []))
        ),
    )


class _Names:
    """Anchors for one page, each given out once."""

    def __init__(self) -> None:
        self._taken = {"main"}

    def name(self, wanted: str) -> str:
        stem = readable(wanted)
        name, number = stem, 1
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name)
        return name
