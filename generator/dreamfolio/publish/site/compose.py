"""From a portfolio and its published pictures to what the templates show."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pydantic import ValidationError

from dreamfolio.content.labels import one_each
from dreamfolio.content.objects import Collection, Piece, Portfolio, Variant
from dreamfolio.dream.recipe import Recipe
from dreamfolio.pictures.animation_names import movie_of
from dreamfolio.pictures.video import TYPES
from dreamfolio.publish import words
from dreamfolio.publish.prose import to_html, to_text
from dreamfolio.publish.site.depth import decisive, layer_view
from dreamfolio.publish.site.making import Making
from dreamfolio.publish.site.pages import Addresses
from dreamfolio.publish.site.pictures import Published, Rendition, readable, shape
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

Pictures = Mapping[Path, Published]
Locks = Mapping[str, Mapping[str, "Entry"]]

_SUMMARY = 200  # characters: about what search engines and cards show


def compose(
    portfolio: Portfolio,
    addresses: Addresses,
    published: Pictures,
    locks: Locks,
    made: Making,
    say: Wording,
    archives: Mapping[str, ArchiveView],
    videos: Mapping[Path, Video],
) -> SiteView:
    """All that is to be shown. ``published`` and ``videos`` hold what could be published, by the
    path of its original; a piece without any is left out, and a video without either. ``archives``
    go by the slug of their collection."""
    views: dict[str, CollectionView] = {}
    parents = {each.slug: _parent(each.slug, addresses) for each in portfolio.collections}
    # Innermost first, so that a parent finds its children made.
    for collection in sorted(portfolio.collections, key=lambda each: -each.slug.count("/")):
        children = tuple(
            views[each.slug]
            for each in portfolio.collections
            if parents[each.slug] == collection.slug
        )
        lock = locks.get(collection.slug)
        pieces = _pieces(collection, addresses, published, lock, made, say, videos)
        views[collection.slug] = CollectionView(
            address=addresses.collections[collection.slug],
            title=collection.title,
            description=Markup(to_html(collection.description)),
            summary=to_text(collection.description, _SUMMARY),
            trail=_trail(parents[collection.slug], parents, portfolio, addresses),
            pieces=pieces,
            children=children,
            date=collection.date,
            archive=archives.get(collection.slug),
        )
    return SiteView(
        title=portfolio.title,
        author=portfolio.author,
        description=Markup(to_html(portfolio.description)),
        summary=to_text(portfolio.description, _SUMMARY),
        language=portfolio.language,
        url=portfolio.url,
        collections=tuple(
            views[each.slug] for each in portfolio.collections if parents[each.slug] is None
        ),
    )


def _parent(slug: str, addresses: Addresses) -> str | None:
    """The nearest ancestor that is a collection itself: a folder between may hold no pictures."""
    while "/" in slug:
        slug = slug.rpartition("/")[0]
        if slug in addresses.collections:
            return slug
    return None


def _trail(
    slug: str | None,
    parents: Mapping[str, str | None],
    portfolio: Portfolio,
    addresses: Addresses,
) -> tuple[LinkView, ...]:
    titles = {each.slug: each.title for each in portfolio.collections} if slug else {}
    trail: list[LinkView] = []
    while slug is not None:
        trail.insert(0, LinkView(addresses.collections[slug], titles[slug]))
        slug = parents[slug]
    return tuple(trail)


def _pieces(
    collection: Collection,
    addresses: Addresses,
    published: Pictures,
    lock: Mapping[str, Entry] | None,
    made: Making,
    say: Wording,
    videos: Mapping[Path, Video],
) -> tuple[PieceView, ...]:
    pieces = [
        _piece(
            collection,
            piece,
            addresses.pieces[collection.slug, piece.slug],
            published,
            lock,
            made,
            say,
            videos,
        )
        for piece in collection.pieces
    ]
    shown = [piece for piece in pieces if piece.source or piece.variants]
    links = [None, *(LinkView(piece.address, piece.title) for piece in shown), None]
    return tuple(
        replace(piece, previous=links[place], next=links[place + 2])
        for place, piece in enumerate(shown)
    )


def _piece(
    collection: Collection,
    piece: Piece,
    address: str,
    published: Pictures,
    lock: Mapping[str, Entry] | None,
    made: Making,
    say: Wording,
    videos: Mapping[Path, Video],
) -> PieceView:
    source = published.get(collection.folder / piece.picture)
    video = videos.get(collection.folder / piece.source)
    if piece.video and video is None:
        source = None  # A poster alone would promise what is not there.
    render = made.renders.get(collection.folder / piece.source)
    taken: set[str] = set()
    return PieceView(
        address=address,
        title=piece.title,
        description=Markup(to_html(piece.description)),
        summary=to_text(piece.description, _SUMMARY),
        source=_picture(words.source_alt(piece), source) if source else None,
        variants=tuple(
            replace(
                _variant(piece, variant, shown, lock, taken, say),
                lines=made.lines.get(collection.folder / variant.file),
                **_moving(variant, collection.folder, videos),
            )
            for variant in piece.variants
            if (shown := published.get(collection.folder / variant.file))
        ),
        render=render,
        dated=piece.date or (None if render and render.made else collection.date),
        tags=one_each((*piece.tags, *collection.tags)),
        video=_video_view(video) if video else None,
    )


def _moving(variant: Variant, folder: Path, videos: Mapping[Path, Video]) -> dict[str, Any]:
    motion = videos.get(folder / variant.animated.file) if variant.animated else None
    if motion is None or variant.animated is None:
        return {}
    movie = videos.get(folder / movie_of(variant.animated.file))
    return {"motion": motion.address, "movie": _video_view(movie) if movie else None}


def _video_view(video: Video) -> VideoView:
    return VideoView(video.address, TYPES[PurePath(video.address).suffix])


def _variant(
    piece: Piece,
    variant: Variant,
    shown: Published,
    lock: Mapping[str, Entry] | None,
    taken: set[str],
    say: Wording,
) -> VariantView:
    """What ``variant`` is: the lock's word where there is one, for the manifest may have moved on
    since the picture was dreamed; else the manifest's."""
    entry = lock.get(variant.file) if lock is not None else None
    targets = entry.layers if entry else variant.targets
    # A picture that the lock does not know, or that was taken in by its name alone, was there
    # before; by what recipe it was dreamed nobody can tell.
    unrecorded = lock is not None or variant.recipe_asked is None
    adopted = entry.adopted if entry else unrecorded
    asked = entry.asked if entry else variant.asked
    network = entry.network if entry else variant.network.label
    terms = tuple(layer_view(target.layer, network, variant.network) for target in targets)
    return VariantView(
        id=_anchor([*(target.layer for target in targets), variant.name or ""], taken),
        picture=_picture(words.variant_alt(piece, replace(variant, targets=targets), say), shown),
        network=network,
        layers=words.layers_text(targets),
        recipe=None if adopted else _recipe(variant, entry, say),
        asked=asked,
        adopted=adopted,
        terms=terms,
        layer=decisive(targets, terms),
    )


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
