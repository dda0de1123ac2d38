"""The Atom feed (RFC 4287): an entry for each of the latest pieces, with its pictures.

Atom wants a date of every entry and of the feed. A build's own would make the same portfolio
another feed each time, and a file's changes with every checkout. So an undated piece goes by the
earliest date that is known around it, which newer work does not move: readers, who tell entries by
their id, neither see it on top nor take it for changed. Where nothing is dated, no date is true,
and there is no feed.
"""

from __future__ import annotations

import html
from datetime import datetime

from dreamfolio.publish.site.pages import FEED, HOME, absolute
from dreamfolio.publish.site.views import (
    CollectionView,
    PictureView,
    PieceView,
    SiteView,
    VideoView,
)
from dreamfolio.publish.site.xml_text import xml_text

# Readers fetch all of it every hour.
_LATEST = 200


def feed_address(site: SiteView) -> str | None:
    """Where the feed of ``site`` stands; None where there is none, since the site has no address of
    its own or nothing in it is dated."""
    return FEED if site.url and any(piece.date for piece in site.pieces) else None


def feed(site: SiteView, url: str, icon: str | None) -> bytes:
    """The feed of ``site``, which stands at ``url`` and holds a dated piece: the latest pieces
    first, those of one date in the order shown, undated ones last, no more than 200. An entry's id
    is the public address of its piece, which no rebuild changes. ``icon`` is the address of the
    site's icon."""
    collections = [each for top in site.collections for each in top.walk()]
    earliest = min(piece.date.begins for piece in site.pieces if piece.date)
    dated: list[_Dated] = []
    undated: list[_Dated] = []
    for collection in collections:
        own = (piece.date.begins for piece in collection.pieces if piece.date)
        around = min(own, default=earliest)
        for piece in collection.pieces:
            if piece.date:
                dated.append((piece, collection, piece.date.begins))
            else:
                undated.append((piece, collection, around))
    dated.sort(key=lambda entry: entry[2], reverse=True)
    author = xml_text(site.author or site.title)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(site.language)}">',
        f"<id>{xml_text(absolute(HOME, url))}</id>",
        f"<title>{xml_text(site.title)}</title>",
        *([f"<subtitle>{xml_text(site.summary)}</subtitle>"] if site.summary else []),
        f"<updated>{_date(dated[0][2])}</updated>",
        f"<author><name>{author}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{xml_text(absolute(FEED, url))}"/>',
        f'<link rel="alternate" type="text/html" href="{xml_text(absolute(HOME, url))}"/>',
        *([f"<icon>{xml_text(absolute(icon, url))}</icon>"] if icon else []),
        "<generator>dreamfolio</generator>",
        *(
            _entry(piece, collection, when, url)
            for piece, collection, when in [*dated, *undated][:_LATEST]
        ),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


_Dated = tuple[PieceView, CollectionView, datetime]


def _entry(piece: PieceView, collection: CollectionView, when: datetime, url: str) -> str:
    address = xml_text(absolute(piece.address, url))
    return "\n".join(
        [
            "<entry>",
            f"<id>{address}</id>",
            f"<title>{xml_text(piece.title)}</title>",
            f"<updated>{_date(when)}</updated>",
            *([f"<published>{_date(when)}</published>"] if piece.date else []),
            f'<link rel="alternate" type="text/html" href="{address}"/>',
            *([_enclosure(piece.video, url)] if piece.video else []),
            *(f'<category term="{xml_text(one)}"/>' for one in (collection.title, *piece.tags)),
            *([f"<summary>{xml_text(piece.summary)}</summary>"] if piece.summary else []),
            # Links in a description are relative to the piece's own page.
            f'<content type="html" xml:base="{address}">{xml_text(_content(piece, url))}</content>',
            "</entry>",
        ]
    )


def _content(piece: PieceView, url: str) -> str:
    pictures = [variant.picture for variant in piece.variants]
    if not pictures and piece.source:
        pictures = [piece.source]
    shown = "".join(f"<p>{_image(picture, url)}</p>" for picture in pictures)
    return f"{shown}{piece.description}"


def _image(picture: PictureView, url: str) -> str:
    file = picture.preview
    source = html.escape(absolute(file.address, url))
    alt = html.escape(picture.alt)
    return f'<img src="{source}" width="{file.width}" height="{file.height}" alt="{alt}">'


def _enclosure(video: VideoView, url: str) -> str:
    address = xml_text(absolute(video.address, url))
    return f'<link rel="enclosure" type="{video.type}" href="{address}"/>'


def _date(date: datetime) -> str:
    # The artist's clock names no zone; taken for UTC, a date is off by hours at most.
    return f"{date.isoformat(timespec='seconds')}Z"
