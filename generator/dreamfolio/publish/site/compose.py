"""From a portfolio and its published pictures to what the templates show."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pydantic import ValidationError

from dreamfolio.content.labels import one_each
from dreamfolio.content.objects import Collection, Piece, Portfolio, Variant
from dreamfolio.dream.recipe import Recipe
from dreamfolio.pictures.animation_names import movie_of
from dreamfolio.pictures.render_facts import RenderFacts
from dreamfolio.pictures.video import TYPES
from dreamfolio.publish import words
from dreamfolio.publish.prose import to_html, to_text
from dreamfolio.publish.site.depth import decisive, layer_view
from dreamfolio.publish.site.making import making_lines
from dreamfolio.publish.site.pages import Addresses
from dreamfolio.publish.site.pictures import Pictures, Published, Rendition, readable, shape
from dreamfolio.publish.site.videos import Video
from dreamfolio.publish.site.views import (
    ArchiveView,
    CollectionView,
    FileView,
    FormatView,
    LinkView,
    PictureView,
    PieceView,
    SiteView,
    VariantView,
    VideoView,
)
from dreamfolio.publish.wording import Wording

if TYPE_CHECKING:
    from dreamfolio.store.lock import Entry

Locks = Mapping[str, Mapping[str, "Entry"]]

_SUMMARY = 200  # characters: about what search engines and cards show


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to show of a ``portfolio``: of ``pictures`` and ``videos`` (by the path of the
    original) what could be published, of ``renders`` what sources tell, by the digest of their
    file; ``archives`` and ``locks`` by the slug of their collection. A piece without any picture is
    left out, and a video without either poster or film."""

    portfolio: Portfolio
    addresses: Addresses
    pictures: Pictures
    videos: Mapping[Path, Video]
    renders: Mapping[str, RenderFacts]
    archives: Mapping[str, ArchiveView]
    locks: Locks
    say: Wording


def compose(shown: Shown) -> SiteView:
    """All that is to be shown."""
    parents = _parents(shown)
    views: dict[str, CollectionView] = {}
    everything = shown.portfolio.collections
    # Innermost first, so that a parent finds its children made.
    for collection in sorted(everything, key=lambda each: -each.slug.count("/")):
        inside = (views[each.slug] for each in everything if parents[each.slug] == collection.slug)
        alone = _collection(shown, collection, parents)
        views[collection.slug] = replace(alone, children=tuple(inside))
    outermost = (views[each.slug] for each in everything if parents[each.slug] is None)
    return replace(frame(shown), collections=tuple(outermost))


def frame(shown: Shown) -> SiteView:
    """The site without its collections."""
    portfolio = shown.portfolio
    return SiteView(
        title=portfolio.title,
        author=portfolio.author,
        description=Markup(to_html(portfolio.description)),
        summary=to_text(portfolio.description, _SUMMARY),
        language=portfolio.language,
        url=portfolio.url,
        collections=(),
    )


def each_alone(shown: Shown) -> Iterator[CollectionView]:
    """Every collection without those nested in it, one at a time: for who need not have them all
    at once. How they are nested, their trails tell."""
    parents = _parents(shown)
    for collection in shown.portfolio.collections:
        yield _collection(shown, collection, parents)


def _collection(
    shown: Shown, collection: Collection, parents: Mapping[str, str | None]
) -> CollectionView:
    return CollectionView(
        address=shown.addresses.collections[collection.slug],
        title=collection.title,
        description=Markup(to_html(collection.description)),
        summary=to_text(collection.description, _SUMMARY),
        trail=_trail(parents[collection.slug], parents, shown),
        pieces=_pieces(shown, collection),
        children=(),
        date=collection.date,
        archive=shown.archives.get(collection.slug),
    )


def _parents(shown: Shown) -> dict[str, str | None]:
    return {each.slug: _parent(each.slug, shown.addresses) for each in shown.portfolio.collections}


def _parent(slug: str, addresses: Addresses) -> str | None:
    """The nearest ancestor that is a collection itself: a folder between may hold no pictures."""
    while "/" in slug:
        slug = slug.rpartition("/")[0]
        if slug in addresses.collections:
            return slug
    return None


def _trail(
    slug: str | None, parents: Mapping[str, str | None], shown: Shown
) -> tuple[LinkView, ...]:
    titles = {each.slug: each.title for each in shown.portfolio.collections} if slug else {}
    trail: list[LinkView] = []
    while slug is not None:
        trail.insert(0, LinkView(shown.addresses.collections[slug], titles[slug]))
        slug = parents[slug]
    return tuple(trail)


def _pieces(shown: Shown, collection: Collection) -> tuple[PieceView, ...]:
    made = [_piece(shown, collection, piece) for piece in collection.pieces]
    pieces = [piece for piece in made if piece.source or piece.variants]
    links = [None, *(LinkView(piece.address, piece.title) for piece in pieces), None]
    return tuple(
        replace(piece, previous=links[place], next=links[place + 2])
        for place, piece in enumerate(pieces)
    )


def _piece(shown: Shown, collection: Collection, piece: Piece) -> PieceView:
    pictures = shown.pictures[collection.slug]
    source = pictures.get(piece.picture)
    video = shown.videos.get(collection.folder / piece.source)
    render = None
    if piece.video and video is None:
        source = None  # A poster alone would promise what is not there.
    elif source and not piece.video:
        render = shown.renders.get(source.original.digest)
    taken: set[str] = set()
    return PieceView(
        address=shown.addresses.pieces[collection.slug, piece.slug],
        title=piece.title,
        description=Markup(to_html(piece.description)),
        summary=to_text(piece.description, _SUMMARY),
        source=_picture(words.source_alt(piece), source) if source else None,
        variants=tuple(
            _variant(shown, collection, piece, variant, picture, taken)
            for variant in piece.variants
            if (picture := pictures.get(variant.file))
        ),
        render=render,
        dated=piece.date or (None if render and render.made else collection.date),
        tags=one_each((*piece.tags, *collection.tags)),
        video=_video_view(video) if video else None,
    )


def _variant(
    shown: Shown,
    collection: Collection,
    piece: Piece,
    variant: Variant,
    picture: Published,
    taken: set[str],
) -> VariantView:
    """What ``variant`` is: the lock's word where there is one, for the manifest may have moved on
    since the picture was dreamed; else the manifest's."""
    lock = shown.locks.get(collection.slug)
    entry = lock.get(variant.file) if lock is not None else None
    targets = entry.layers if entry else variant.targets
    # A picture that the lock does not know, or that was taken in by its name alone, was there
    # before; by what recipe it was dreamed nobody can tell.
    unrecorded = lock is not None or variant.recipe_asked is None
    adopted = entry.adopted if entry else unrecorded
    asked = entry.asked if entry else variant.asked
    network = entry.network if entry else variant.network.label
    terms = tuple(layer_view(target.layer, network, variant.network) for target in targets)
    alt = words.variant_alt(piece, replace(variant, targets=targets), shown.say)
    return VariantView(
        id=_anchor([*(target.layer for target in targets), variant.name or ""], taken),
        picture=_picture(alt, picture),
        network=network,
        layers=words.layers_text(targets),
        recipe=None if adopted else _recipe(variant, entry, shown.say),
        asked=asked,
        adopted=adopted,
        strongest=entry.versions.get("strongest") if entry else None,
        terms=terms,
        layer=decisive(targets, terms),
        lines=making_lines(shown.portfolio, collection, variant, lock),
        **_moving(variant, collection.folder, shown.videos),
    )


def _moving(variant: Variant, folder: Path, videos: Mapping[Path, Video]) -> dict[str, Any]:
    motion = videos.get(folder / variant.animated.file) if variant.animated else None
    if motion is None or variant.animated is None:
        return {}
    movie = videos.get(folder / movie_of(variant.animated.file))
    return {"motion": motion.address, "movie": _video_view(movie) if movie else None}


def _video_view(video: Video) -> VideoView:
    return VideoView(video.address, TYPES[PurePath(video.address).suffix])


def _recipe(variant: Variant, entry: Entry | None, say: Wording) -> str:
    if entry is not None:
        try:
            recipe = Recipe.model_validate(entry.recipe)
            return words.recipe_text(recipe, entry.recipe_asked, say)
        except ValidationError:
            # Written by a later version with fields this one cannot put into words.
            pass
    return words.recipe_text(variant.recipe, variant.recipe_asked, say)


def _anchor(parts: Iterable[str], taken: set[str]) -> str:
    stem = f"dream-{readable('-'.join(parts))}"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def _picture(alt: str, picture: Published) -> PictureView:
    on_pages = [file for file in picture.files if not file.zoom]
    formats = tuple(
        FormatView(f"image/{form}", tuple(map(_file, group)))
        for form, group in itertools.groupby(on_pages, key=lambda file: file.format)
    )
    widest = formats[0].files[-1]
    # The last of them is in the format that most browsers read.
    whole = next((file for file in reversed(picture.files) if file.whole), None)
    return PictureView(
        alt=alt,
        formats=formats,
        shape=shape(widest.width, widest.height),
        full=_file(whole) if whole else None,
        blur=picture.blur,
    )


def _file(file: Rendition) -> FileView:
    return FileView(file.address, file.width, file.height)
