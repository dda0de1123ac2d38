"""From views to pages: every page's address and the bytes its template makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from dreamfolio.publish.site import json_ld, parts
from dreamfolio.publish.site.about import example
from dreamfolio.publish.site.all_pieces import AllPieces, all_pieces
from dreamfolio.publish.site.atlas import AtlasGroup, atlas, places, stretches, strip
from dreamfolio.publish.site.atom import feed_address
from dreamfolio.publish.site.opening import opening
from dreamfolio.publish.site.pages import (
    ABOUT,
    ALL_PIECES,
    ATLAS,
    HOME,
    NOT_FOUND,
    PIECES_INDEX,
    absolute,
    relative,
)
from dreamfolio.publish.site.parts import PartView, cut, part_views
from dreamfolio.publish.site.themes import Theme
from dreamfolio.publish.site.views import (
    CollectionView,
    DreamView,
    LinkView,
    PageView,
    PictureView,
    SiteView,
)

Page = tuple[str, Iterator[bytes]]


def render(site: SiteView, theme: Theme) -> Iterator[Page]:
    """Every page's address and bytes, part by part. Raises ``ContentError`` where a template is
    wrong, at the latest when the last part is taken."""
    every, dreams = all_pieces(site), site.dreams
    press = _Press(site, theme, tuple(_sections(every, dreams, theme)), feed_address(site))
    yield from _overviews(press, every, dreams)
    del every, dreams  # The rest, which may be much, needs none of them.
    yield from _collections(press)


def _sections(every: AllPieces, dreams: Sequence[DreamView], theme: Theme) -> Iterator[LinkView]:
    if every.pictures:
        yield LinkView(ALL_PIECES, theme.wording("pieces_link"))
    if dreams:
        yield LinkView(ATLAS, theme.wording("atlas_link"))
        yield LinkView(ABOUT, theme.wording("about_link"))


@dataclass(frozen=True, slots=True)
class _Press:
    """What all pages have in common."""

    site: SiteView
    theme: Theme
    sections: tuple[LinkView, ...]
    feed: str | None

    def page(
        self,
        template: str,
        address: str,
        title: str,
        summary: str,
        cover: PictureView | None,
        *,
        kind: str = "website",
        data: Markup | None = None,
        part: PartView | None = None,
        **more: object,
    ) -> Page:
        """The page at ``address``, of which ``template`` is told ``more``."""
        url = self.site.url
        view = PageView(
            address=address,
            title=title,
            summary=summary,
            kind=kind,
            canonical=absolute(address, url) if url else None,
            cover=cover,
            data=data,
            part=part,
        )
        link = partial(relative, page=address)
        public = partial(absolute, url=url) if url else None
        if template == "404" and public:
            # Served at whatever depth the visitor went astray, where relative links mislead.
            link = public
        return address, self.theme.render(
            template,
            site=self.site,
            page=view,
            sections=self.sections,
            feed=self.feed,
            link=link,
            public=public,
            **more,
        )

    def long_page(
        self,
        template: str,
        title: str,
        summary: str,
        cover: PictureView | None,
        views: Sequence[PartView],
        contents: Sequence[Mapping[str, Any]],
    ) -> Iterator[Page]:
        """A page in parts, each of which is told what is in it; one part is a page as any other."""
        of = len(views)
        for part, more in zip(views, contents, strict=True):
            named = title
            if part.number > 1:
                say = self.theme.wording
                named = say("part_title", title=title, n=part.number, of=of)
            shown = part if of > 1 else None
            yield self.page(template, part.address, named, summary, cover, part=shown, **more)


def _overviews(press: _Press, every: AllPieces, dreams: Sequence[DreamView]) -> Iterator[Page]:
    site, say = press.site, press.theme.wording
    groups = atlas(dreams)
    yield press.page(
        "home",
        HOME,
        site.title,
        site.summary,
        site.cover,
        data=json_ld.of_site(site, site.url) if site.url else None,
        strip=strip(groups),
        opening=opening(site),
    )
    yield press.page("404", NOT_FOUND, say("lost_title"), "", None)
    if every.pictures:
        yield from _pieces(press, every)
    if dreams:
        cover = dreams[0].variant.picture
        yield from _atlas(press, groups, cover)
        yield press.page(
            "about",
            ABOUT,
            say("about_title"),
            say("about_summary", title=site.title),
            cover,
            example=example(site),
            networks=every.networks,
        )


def _pieces(press: _Press, every: AllPieces) -> Iterator[Page]:
    hung = cut(every.pictures, parts.MOST)
    known = {"all_pieces": every, "index": PIECES_INDEX if len(hung) > 1 else None}
    contents = [{**known, "pictures": each} for each in hung]
    views = part_views(ALL_PIECES, len(hung))
    say, site = press.theme.wording, press.site
    title, summary = say("pieces_title"), say("pieces_summary", title=site.title)
    return press.long_page("pieces", title, summary, site.cover, views, contents)


def _atlas(press: _Press, groups: Sequence[AtlasGroup], cover: PictureView) -> Iterator[Page]:
    hung = stretches(groups, parts.MOST)
    views = part_views(ATLAS, len(hung))
    known = {"atlas": groups, "places": places(hung, views[0].addresses)}
    contents = [{**known, "stretches": each} for each in hung]
    say = press.theme.wording
    title, summary = say("atlas_title"), say("atlas_summary", title=press.site.title)
    return press.long_page("atlas", title, summary, cover, views, contents)


def _collections(press: _Press) -> Iterator[Page]:
    site = press.site
    for collection, onward in _in_a_ring(site):
        hung = cut(collection.tiles, parts.MOST)
        known = {"collection": collection, "onward": onward}
        data = json_ld.of_collection(collection, site, site.url) if site.url else None
        yield from press.long_page(
            "collection",
            collection.title,
            collection.summary or site.summary,
            collection.cover,
            part_views(collection.address, len(hung)),
            [
                {**known, "tiles": each, "data": None if number else data}
                for number, each in enumerate(hung)
            ],
        )
        around = (None, *collection.pieces, None)
        for place, piece in enumerate(collection.pieces):
            cover = piece.tiles[0].picture
            yield press.page(
                "piece",
                piece.address,
                piece.title,
                piece.summary or cover.alt,
                cover,
                kind="article",
                data=json_ld.of_piece(piece, collection, site, site.url) if site.url else None,
                piece=piece,
                collection=collection,
                before=around[place],
                after=around[place + 2],
                onward=onward,
            )


def _in_a_ring(site: SiteView) -> Iterator[tuple[CollectionView, CollectionView | None]]:
    """Every collection, and the one to go on with: the next that shows pieces of its own, the first
    after the last; None where there is no other."""
    everything = [each for top in site.collections for each in top.walk()]
    shown = [each for each in everything if each.pieces]
    passed = 0
    for collection in everything:
        passed += bool(collection.pieces)
        onward = shown[passed % len(shown)] if shown else None
        yield collection, None if onward is collection else onward
