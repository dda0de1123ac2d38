"""What the shown sources tell of their rendering."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import PictureError
from dreamfolio.pictures.render_facts import RenderFacts, render_facts
from dreamfolio.publish.site.pictures import Originals


def renders(
    portfolio: Portfolio, originals: Originals, known: Mapping[str, RenderFacts]
) -> dict[str, RenderFacts]:
    """The facts of each piece's source that is a picture, by the digest of its file. Those
    ``known`` spare opening it; one that cannot be read tells nothing."""
    return {
        original.digest: known.get(original.digest) or _read(original.path)
        for collection in portfolio.collections
        for piece in collection.pieces
        if piece.video is None and (original := originals[collection.slug].get(piece.source))
    }


def _read(path: Path) -> RenderFacts:
    try:
        return render_facts(path)
    except PictureError:
        return RenderFacts()  # Whoever publishes its pixels tells what is wrong with it.
