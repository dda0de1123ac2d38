"""What the shown sources tell of their rendering."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import PictureError
from dreamfolio.pictures.render_facts import RenderFacts, render_facts
from dreamfolio.publish.site.pictures import Original


def renders(
    portfolio: Portfolio,
    originals: Mapping[Path, Original],
    known: Mapping[str, RenderFacts],
) -> Mapping[Path, RenderFacts]:
    """The facts of each piece's source that is a picture. Those ``known``, by the digest of the
    file, spare opening it; one that cannot be read tells nothing."""
    facts: dict[Path, RenderFacts] = {}
    for collection in portfolio.collections:
        for piece in collection.pieces:
            path = collection.folder / piece.source
            if (original := originals.get(path)) and piece.video is None:
                facts[path] = known.get(original.digest) or _read(path)
    return facts


def _read(path: Path) -> RenderFacts:
    try:
        return render_facts(path)
    except PictureError:
        return RenderFacts()  # Whoever publishes its pixels tells what is wrong with it.
