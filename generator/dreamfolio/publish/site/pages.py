"""Which pages a site has, their addresses, and how one links to another.

An address is a file's path below the site's folder, ``/`` between, as on disk: not encoded.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.portable import RESERVED

HOME = "index.html"
NOT_FOUND = "404.html"
ALL_PIECES = "pieces.html"
PIECES_INDEX = "pieces.js"
ATLAS = "atlas.html"
ABOUT = "about.html"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MANIFEST = "site.webmanifest"
RECORD = ".dreamfolio.json"

_OURS = {HOME, NOT_FOUND, ALL_PIECES, PIECES_INDEX, ATLAS, ABOUT, FEED, SITEMAP, ROBOTS, MANIFEST}
# And the parts of those, and of a collection's page, that are too long for one.
_PART = re.compile(r"(page|pieces|atlas)-[0-9]+\.html")

# Refused by Windows, by macOS or by the artifact that GitHub Pages is published from; or unseen, so
# that an address reads as another one.
_REFUSED = re.compile(
    r'[<>:"|?*\\/\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]+'
)
_LONGEST = 200  # bytes; the common file systems end at 255, and `.html` and a number come on top


@dataclass(frozen=True, slots=True)
class Addresses:
    """The address of each collection's page, by slug, and each piece's, by both slugs."""

    collections: Mapping[str, str]
    pieces: Mapping[tuple[str, str], str]


@dataclass(slots=True)
class _Folder:
    """The names given out in one folder. Names that differ only in case are one name where the
    file system says so, hence the second gets a number. None is that of a long page's part."""

    taken: set[str] = field(default_factory=set)

    def name(self, wanted: str, suffix: str = "") -> str:
        # What stands for other characters in an address, some servers decode twice.
        stem = re.sub("[%#]+", "-", file_name(wanted))
        # What is called as a long page is, is numbered otherwise than that page's parts are.
        dash = "--" if _PART.fullmatch(f"{stem}-2.html".casefold()) else "-"
        name, number = stem + suffix, 1
        while name.casefold() in self.taken or _PART.fullmatch(name.casefold()):
            number += 1
            name = f"{stem}{dash}{number}{suffix}"
        self.taken.add(name.casefold())
        return name


def addresses(portfolio: Portfolio) -> Addresses:
    """Where every page stands: ``<slug>/index.html`` and ``<slug>/<piece>.html``."""
    folders: dict[str, _Folder] = {"": _Folder({*_OURS, RECORD})}
    paths: dict[str, str] = {"": ""}

    def folder_of(slug: str) -> str:
        if slug not in paths:
            parent_slug, _, last = slug.rpartition("/")
            parent = folder_of(parent_slug)
            paths[slug] = posixpath.join(parent, folders[parent].name(last))
            folders[paths[slug]] = _Folder({HOME})
        return paths[slug]

    # All folders before any piece: a piece `x.html` must not push a folder of that name aside.
    collections = {
        collection.slug: posixpath.join(folder_of(collection.slug), HOME)
        for collection in portfolio.collections
    }
    pieces = {
        (collection.slug, piece.slug): posixpath.join(
            paths[collection.slug], folders[paths[collection.slug]].name(piece.slug, ".html")
        )
        for collection in portfolio.collections
        for piece in collection.pieces
    }
    return Addresses(collections, pieces)


def file_name(wanted: str) -> str:
    """``wanted`` as a name that every file system and web server takes; readable, never empty."""
    name = unicodedata.normalize("NFC", wanted.encode("utf-8", "replace").decode())
    name = _REFUSED.sub("-", name).strip(". ")
    if RESERVED.fullmatch(name):
        first, dot, rest = name.partition(".")
        name = f"{first}-{dot}{rest}"
    while len(name.encode()) > _LONGEST:
        name = name[:-1]
    return name.rstrip(". ") or "-"


def relative(address: str, page: str) -> str:
    """The link from the page at ``page`` to ``address``, percent-encoded.

    It works from ``file://``, from a server's root and from any path below it.
    """
    # `posixpath.relpath` would say the same in three times the time, and a large site has hundreds
    # of thousands of links.
    here, there = page.split("/")[:-1], address.split("/")
    shared = 0
    for ours, theirs in zip(here, there[:-1], strict=False):
        if ours != theirs:
            break
        shared += 1
    return quote("/".join([*[".."] * (len(here) - shared), *there[shared:]]))


def absolute(address: str, url: str) -> str:
    """The public address of ``address`` on a site that stands at ``url``, percent-encoded.

    A page ``index.html`` is known by its folder, which is what visitors and servers show.
    """
    if posixpath.basename(address) == HOME:
        address = address.removesuffix(HOME)
    return f"{url.rstrip('/')}/{quote(address)}"
