"""``sitemap.xml`` and ``robots.txt``: which pages there are, for search engines."""

from __future__ import annotations

from collections.abc import Iterable

from dreamfolio.publish.site.pages import SITEMAP, absolute
from dreamfolio.publish.site.views import PictureView, SiteView
from dreamfolio.publish.site.xml_text import xml_text


def sitemap(site: SiteView, pages: Iterable[str], url: str) -> bytes:
    """Every address of ``pages``, the pieces with their pictures and, where known, their date."""
    pieces = {piece.address: piece for piece in site.pieces}
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">',
    ]
    for address in pages:
        piece = pieces.get(address)
        pictures = [variant.picture for variant in piece.variants] if piece else []
        if piece and piece.source:
            pictures.append(piece.source)
        date = f"<lastmod>{piece.date.iso}</lastmod>" if piece and piece.date else ""
        images = "".join(_image(picture, url) for picture in pictures)
        lines.append(f"<url><loc>{xml_text(absolute(address, url))}</loc>{date}{images}</url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()


def robots(url: str) -> bytes:
    """Everybody may read everything. Crawlers look for this file at a server's root only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {absolute(SITEMAP, url)}\n".encode()


def _image(picture: PictureView, url: str) -> str:
    location = xml_text(absolute(picture.preview.address, url))
    return f"<image:image><image:loc>{location}</image:loc></image:image>"
