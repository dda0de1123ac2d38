"""From views to pages: every page's address and the bytes its template makes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dreamfolio.publish.site.pages import HOME, NOT_FOUND, absolute, relative
from dreamfolio.publish.site.themes import Theme
from dreamfolio.publish.site.views import PageView, PictureView, SiteView


def render(site: SiteView, theme: Theme) -> Iterator[tuple[str, bytes]]:
    """Every page's address and bytes. Raises ``ContentError`` where a template is wrong."""

    def page(
        template: str,
        address: str,
        title: str,
        summary: str,
        cover: PictureView | None,
        **more: object,
    ) -> tuple[str, bytes]:
        view = PageView(
            address=address,
            title=title,
            summary=summary,
            canonical=absolute(address, site.url) if site.url else None,
            image=absolute(cover.preview.address, site.url) if site.url and cover else None,
            image_alt=cover.alt if cover else None,
        )
        link = partial(relative, page=address)
        if template == "404" and site.url:
            # Served at whatever depth the visitor went astray, where relative links mislead.
            link = partial(absolute, url=site.url)
        return address, theme.render(template, site=site, page=view, link=link, **more)

    yield page("home", HOME, site.title, site.summary, site.cover)
    yield page("404", NOT_FOUND, "Not found", "", None)
    for collection in (each for top in site.collections for each in top.walk()):
        yield page(
            "collection",
            collection.address,
            collection.title,
            collection.summary or site.summary,
            collection.cover,
            collection=collection,
        )
        for piece in collection.pieces:
            cover = piece.tiles[0].picture
            summary = piece.summary or cover.alt
            yield page(
                "piece",
                piece.address,
                piece.title,
                summary,
                cover,
                piece=piece,
                collection=collection,
            )
