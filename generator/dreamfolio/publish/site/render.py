"""From views to pages: every page's address and the bytes its template makes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from dreamfolio.publish.site import json_ld
from dreamfolio.publish.site.about import example
from dreamfolio.publish.site.all_pieces import all_pieces
from dreamfolio.publish.site.atlas import atlas, strip
from dreamfolio.publish.site.atom import feed_address
from dreamfolio.publish.site.opening import opening
from dreamfolio.publish.site.pages import (
    ABOUT,
    ALL_PIECES,
    ATLAS,
    HOME,
    NOT_FOUND,
    absolute,
    relative,
)
from dreamfolio.publish.site.themes import Theme
from dreamfolio.publish.site.views import CollectionView, LinkView, PageView, PictureView, SiteView

Page = tuple[str, Iterator[bytes]]


def render(site: SiteView, theme: Theme) -> Iterator[Page]:
    """Every page's address and bytes, part by part. Raises ``ContentError`` where a template is
    wrong, at the latest when the last part is taken."""
    say = theme.wording
    dreams = site.dreams
    feed = feed_address(site)
    groups = atlas(dreams)
    every = all_pieces(site)
    sections = (
        *([LinkView(ALL_PIECES, say("pieces_link"))] if every.pictures else []),
        *(
            [LinkView(ATLAS, say("atlas_link")), LinkView(ABOUT, say("about_link"))]
            if dreams
            else []
        ),
    )

    def page(
        template: str,
        address: str,
        title: str,
        summary: str,
        cover: PictureView | None,
        *,
        kind: str = "website",
        data: Markup | None = None,
        **more: object,
    ) -> Page:
        view = PageView(
            address=address,
            title=title,
            summary=summary,
            kind=kind,
            canonical=absolute(address, site.url) if site.url else None,
            cover=cover,
            data=data,
        )
        link = partial(relative, page=address)
        public = partial(absolute, url=site.url) if site.url else None
        if template == "404" and public:
            # Served at whatever depth the visitor went astray, where relative links mislead.
            link = public
        return address, theme.render(
            template,
            site=site,
            page=view,
            sections=sections,
            feed=feed,
            link=link,
            public=public,
            **more,
        )

    yield page(
        "home",
        HOME,
        site.title,
        site.summary,
        site.cover,
        data=json_ld.of_site(site, site.url) if site.url else None,
        strip=strip(groups),
        opening=opening(site),
    )
    yield page("404", NOT_FOUND, say("lost_title"), "", None)
    if every.pictures:
        summary = say("pieces_summary", title=site.title)
        yield page("pieces", ALL_PIECES, say("pieces_title"), summary, site.cover, all_pieces=every)
    if dreams:
        summary = say("atlas_summary", title=site.title)
        cover = dreams[0].variant.picture
        yield page("atlas", ATLAS, say("atlas_title"), summary, cover, atlas=groups)
        yield page(
            "about",
            ABOUT,
            say("about_title"),
            say("about_summary", title=site.title),
            cover,
            example=example(site),
            networks=every.networks,
        )
    del dreams, groups, every  # The rest, which may be much, needs none of them.
    for collection, onward in _in_a_ring(site):
        yield page(
            "collection",
            collection.address,
            collection.title,
            collection.summary or site.summary,
            collection.cover,
            data=json_ld.of_collection(collection, site, site.url) if site.url else None,
            collection=collection,
            onward=onward,
        )
        around = (None, *collection.pieces, None)
        for place, piece in enumerate(collection.pieces):
            cover = piece.tiles[0].picture
            yield page(
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
