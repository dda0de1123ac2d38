"""What a page tells search engines of itself: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from dreamfolio.publish.site.pages import HOME, absolute
from dreamfolio.publish.site.views import (
    CollectionView,
    LinkView,
    PictureView,
    PieceView,
    SiteView,
    VideoView,
)

_Node = dict[str, Any]

# What could end the script or open a comment in it stands as an escape, which JSON reads alike.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def of_piece(piece: PieceView, collection: CollectionView, site: SiteView, url: str) -> Markup:
    """A ``VisualArtwork`` with all its pictures, and the way to it. ``url`` is the site's."""
    networks = dict.fromkeys(variant.network for variant in piece.variants)
    pictures = [variant.picture for variant in piece.variants]
    artwork: _Node = {
        "@type": "VisualArtwork",
        "@id": absolute(piece.address, url),
        "url": absolute(piece.address, url),
        "name": piece.title,
        "description": piece.summary,
        "artform": "Digital art",
        "artMedium": f"DeepDream ({', '.join(networks)})" if networks else "",
        "creator": _person(site),
        "dateCreated": piece.date.iso if piece.date else "",
        "keywords": ", ".join(piece.tags),
        "inLanguage": site.language,
        "isPartOf": {
            "@type": "Collection",
            "name": collection.title,
            "url": absolute(collection.address, url),
        },
        "image": [_image(one, url) for one in [*pictures, *filter(None, [piece.source])]],
        "video": _video(piece, piece.video, url) if piece.video else None,
    }
    trail = (*collection.trail, LinkView(collection.address, collection.title))
    return _script([artwork, _trail(trail, piece.title, site, url)])


def of_collection(collection: CollectionView, site: SiteView, url: str) -> Markup:
    """A ``CollectionPage`` and the way to it."""
    page: _Node = {
        "@type": "CollectionPage",
        "@id": absolute(collection.address, url),
        "url": absolute(collection.address, url),
        "name": collection.title,
        "description": collection.summary,
        "dateCreated": collection.date.iso if collection.date else "",
        "author": _person(site),
        "inLanguage": site.language,
        "primaryImageOfPage": _image(collection.cover, url) if collection.cover else None,
    }
    return _script([page, _trail(collection.trail, collection.title, site, url)])


def of_site(site: SiteView, url: str) -> Markup:
    """A ``WebSite``."""
    page: _Node = {
        "@type": "WebSite",
        "@id": absolute(HOME, url),
        "url": absolute(HOME, url),
        "name": site.title,
        "description": site.summary,
        "author": _person(site),
        "inLanguage": site.language,
    }
    return _script([page])


def _script(nodes: list[_Node]) -> Markup:
    told = [{key: value for key, value in node.items() if value} for node in nodes]
    graph = {"@context": "https://schema.org", "@graph": told}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))


def _person(site: SiteView) -> _Node | None:
    return {"@type": "Person", "name": site.author} if site.author else None


def _image(picture: PictureView, url: str) -> _Node:
    file = picture.preview
    return {
        "@type": "ImageObject",
        "contentUrl": absolute(file.address, url),
        "width": file.width,
        "height": file.height,
        "caption": picture.alt,
    }


def _video(piece: PieceView, video: VideoView, url: str) -> _Node:
    told = {
        "@type": "VideoObject",
        "name": piece.title,
        "description": piece.summary or (piece.source.alt if piece.source else ""),
        "contentUrl": absolute(video.address, url),
        "encodingFormat": video.type,
        "thumbnailUrl": absolute(piece.source.preview.address, url) if piece.source else "",
        "uploadDate": piece.date.iso if piece.date else "",
    }
    return {key: value for key, value in told.items() if value}


def _trail(links: tuple[LinkView, ...], here: str, site: SiteView, url: str) -> _Node:
    above = [(site.title, absolute(HOME, url))]
    above += [(link.title, absolute(link.address, url)) for link in links]
    items: list[_Node] = [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate(above, start=1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": here})
    return {"@type": "BreadcrumbList", "itemListElement": items}
