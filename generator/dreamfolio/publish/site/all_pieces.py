"""The page of all pieces: every picture of the portfolio, and by what one can choose among them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from dreamfolio.content.labels import one_each
from dreamfolio.publish.site.depth import LayerView
from dreamfolio.publish.site.views import CollectionView, SiteView, TileView


@dataclass(frozen=True, slots=True)
class CollectionChoice:
    """A collection that can be chosen: ``key`` stands in the page's address, ``level`` says how
    deep it is nested, from 0."""

    key: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """A layer that can be chosen, told from another network's of that name by its ``key``."""

    key: str
    layer: LayerView


@dataclass(frozen=True, slots=True)
class TagChoice:
    """A tag that can be chosen; its ``key`` is the same however it is capitalised."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Choosable:
    """A picture and what it goes by: the keys of its collection, of its ancestors, its network's
    name, the keys of its layers and of its tags. A source that has no dream has no network and no
    layers."""

    tile: TileView
    collections: tuple[str, ...]
    network: str | None
    layers: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllPieces:
    """All pictures in the order shown, and the choices among them."""

    pictures: tuple[Choosable, ...]
    collections: tuple[CollectionChoice, ...]
    networks: tuple[str, ...]
    layers: tuple[LayerChoice, ...]
    tags: tuple[TagChoice, ...]

    @property
    def video_count(self) -> int:
        """How many of the pictures are posters of videos."""
        return sum(one.tile.video for one in self.pictures)

    @property
    def choices(self) -> bool:
        """Whether there is anything to choose between."""
        several = (self.collections, self.networks, self.layers)
        return bool(self.tags) or any(len(each) > 1 for each in several)


def all_pieces(site: SiteView) -> AllPieces:
    """Everything that ``site`` shows."""
    pictures: list[Choosable] = []
    layers: dict[str, LayerView] = {}
    choices: list[CollectionChoice] = []
    for collection, above in _walk(site.collections, ()):
        if not collection.piece_count:
            continue
        keys = (*above, _key(collection))
        choices.append(CollectionChoice(keys[-1], collection.title, len(above)))
        for piece in collection.pieces:
            tags = tuple(tag.lower() for tag in piece.tags)
            for tile, variant in zip(piece.tiles, piece.variants or (None,), strict=True):
                own = {_layer_key(layer): layer for layer in variant.terms} if variant else {}
                layers.update(own)
                network = variant.network if variant else None
                pictures.append(Choosable(tile, keys, network, tuple(own), tags))
    networks = tuple(dict.fromkeys(one.network for one in pictures if one.network))
    ordered = sorted(
        layers.items(), key=lambda item: (networks.index(item[1].network), *item[1].order)
    )
    spellings = one_each(tag for piece in site.pieces for tag in piece.tags)
    return AllPieces(
        tuple(pictures),
        tuple(choices),
        networks,
        tuple(LayerChoice(*item) for item in ordered),
        tuple(TagChoice(tag.lower(), tag) for tag in sorted(spellings, key=str.lower)),
    )


def _walk(
    collections: tuple[CollectionView, ...], above: tuple[str, ...]
) -> Iterator[tuple[CollectionView, tuple[str, ...]]]:
    for collection in collections:
        yield collection, above
        yield from _walk(collection.children, (*above, _key(collection)))


def _key(collection: CollectionView) -> str:
    return posixpath.dirname(collection.address)


def _layer_key(layer: LayerView) -> str:
    return f"{layer.network}/{layer.name}"
