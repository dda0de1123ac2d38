"""The layer atlas: every dream at the layer it was dreamed through, from strokes to objects.

Of thousands of dreams it is hung on several pages, each a stretch of a network's depth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dreamfolio.publish.site.depth import LayerView
from dreamfolio.publish.site.parts import cut
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


@dataclass(frozen=True, slots=True)
class AtlasStretch:
    """What hangs on one page of a ``group``: ``rows`` of it, whose dreams may go on on the next."""

    group: AtlasGroup
    rows: tuple[AtlasRow, ...]


def stretches(groups: Iterable[AtlasGroup], most: int) -> list[tuple[AtlasStretch, ...]]:
    """``groups`` in order, page by page, with no more than ``most`` dreams on a page: a layer's
    stay together unless they fill pages themselves. At least one page, which may be empty."""
    pages: list[tuple[AtlasStretch, ...]] = []
    for page in _filled(_cut_rows(groups, most), most):
        together = groupby(page, key=lambda piece: piece[0].id)
        of_each = [[*pieces] for _, pieces in together]
        pages.append(tuple(AtlasStretch(of[0][0], tuple(row for _, row in of)) for of in of_each))
    return pages


def places(pages: Sequence[Iterable[AtlasStretch]], addresses: Sequence[str]) -> Mapping[str, str]:
    """On which page each group and each row begins, by its anchor."""
    found: dict[str, str] = {}
    for page, address in zip(pages, addresses, strict=True):
        for stretch in page:
            for anchor in (stretch.group.id, *(row.id for row in stretch.rows)):
                found.setdefault(anchor, address)
    return found


_Hung = tuple[AtlasGroup, AtlasRow]


def _cut_rows(groups: Iterable[AtlasGroup], most: int) -> Iterator[_Hung]:
    for group in groups:
        for row in group.rows:
            for dreams in cut(row.dreams, most):
                yield group, replace(row, dreams=tuple(dreams))


def _filled(rows: Iterable[_Hung], most: int) -> Iterator[list[_Hung]]:
    page: list[_Hung] = []
    count = 0
    for group, row in rows:
        if page and count + len(row.dreams) > most:
            yield page
            page, count = [], 0
        page.append((group, row))
        count += len(row.dreams)
    yield page


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
