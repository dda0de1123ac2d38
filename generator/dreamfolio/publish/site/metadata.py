"""The files beside the pages that only programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dreamfolio.publish.site.all_pieces import all_pieces
from dreamfolio.publish.site.atom import feed, feed_address
from dreamfolio.publish.site.pages import MANIFEST, NOT_FOUND, PIECES_INDEX, ROBOTS, SITEMAP
from dreamfolio.publish.site.pieces_index import pieces_index
from dreamfolio.publish.site.sitemap import robots, sitemap
from dreamfolio.publish.site.theme_view import ThemeView
from dreamfolio.publish.site.views import SiteView
from dreamfolio.publish.site.web_manifest import web_manifest


def metadata(site: SiteView, pages: Iterable[str], theme: ThemeView) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of each. Without the site's ``url``, which the others name things by, there
    are the manifest and the index of pieces alone."""
    yield MANIFEST, web_manifest(site, theme)
    if index := pieces_index(all_pieces(site)):
        yield PIECES_INDEX, index
    if site.url is None:
        return
    if address := feed_address(site):
        yield address, feed(site, site.url, theme.icon)
    yield SITEMAP, sitemap(site, [page for page in pages if page != NOT_FOUND], site.url)
    yield ROBOTS, robots(site.url)
