"""Which pictures of a collection its README tables show, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dreamfolio.content.objects import Collection, Piece, Variant
from dreamfolio.content.settings import ReadmeSettings
from dreamfolio.publish.wording import Wording
from dreamfolio.publish.words import layers_text, normalize_space, source_alt, variant_alt


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture (its name in the collection's folder), its alt text and its caption. It links to
    the ``video`` that it shows; where there is no poster, it is named as the picture too."""

    picture: str
    alt: str
    title: str
    detail: str = ""
    video: str | None = None


@dataclass(frozen=True, slots=True)
class Shows:
    """The pictures of a collection's table, and those of a second one of its sources."""

    main: tuple[Shown, ...]
    sources: tuple[Shown, ...] = ()


def choose(
    collection: Collection, settings: ReadmeSettings, exists: Callable[[str], bool], say: Wording
) -> Shows:
    """What the tables show of the pictures that ``exists`` says are there, and what is said of them
    in the words of ``say``.

    A piece that has not dreamed yet is shown by its source. With ``show: both``, the second
    table falls away where it would repeat the first.
    """

    def stands(piece: Piece) -> bool:
        return exists(piece.source) and (piece.poster is None or exists(piece.poster))

    sources = tuple(_source(piece) for piece in collection.pieces if stands(piece))
    if settings.show == "sources":
        return Shows(sources)
    dreamed = [
        [_variant(piece, variant, say) for variant in piece.variants if exists(variant.file)]
        or ([_source(piece)] if stands(piece) else [])
        for piece in collection.pieces
    ]
    main = tuple(shown for of_piece in dreamed for shown in of_piece)
    if settings.show == "variants" or main == sources:
        return Shows(main)
    if settings.sources == "table":
        # Both tables are open to see: there is no need to show an undreamed piece twice.
        again = set(sources)
        main = tuple(shown for shown in main if shown not in again)
    return Shows(main, sources)


def _source(piece: Piece) -> Shown:
    title = normalize_space(piece.title)
    return Shown(piece.picture, source_alt(piece), title, video=piece.video)


def _variant(piece: Piece, variant: Variant, say: Wording) -> Shown:
    detail = layers_text(variant.targets)
    if variant.name:
        detail = " · ".join(filter(None, (detail, normalize_space(variant.name))))
    alt = variant_alt(piece, variant, say)
    return Shown(variant.file, alt, normalize_space(piece.title), detail)
