"""The files beside the pages that only other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dreamfolio.publish.site.atom import feed, feed_address
from dreamfolio.publish.site.pages import MANIFEST, NOT_FOUND, ROBOTS, SITEMAP
from dreamfolio.publish.site.sitemap import robots, sitemap
from dreamfolio.publish.site.theme_view import ThemeView
from dreamfolio.publish.site.views import SiteView
from dreamfolio.publish.site.web_manifest import web_manifest


def metadata(site: SiteView, pages: Iterable[str], theme: ThemeView) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of each. Without the site's ``url``, which all of them but the manifest
    name things by, there is the manifest alone."""
    yield MANIFEST, web_manifest(site, theme)
    if site.url is None:
        return
    if address := feed_address(site):
        yield address, feed(site, site.url, theme.icon)
    yield SITEMAP, sitemap(site, [page for page in pages if page != NOT_FOUND], site.url)
    yield ROBOTS, robots(site.url)
