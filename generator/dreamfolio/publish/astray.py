"""Sources that nobody may open, since they are links out of the portfolio."""

from __future__ import annotations

from collections.abc import Iterator

from dreamfolio.content.inside import refused
from dreamfolio.content.objects import Collection
from dreamfolio.errors import PictureError


def astray(collection: Collection) -> Iterator[PictureError]:
    """What is said of each source, and poster, in ``collection`` that leads out; of variants
    planning tells, as of those that are missing."""
    if collection.astray:
        for piece in collection.pieces:
            for name in dict.fromkeys((piece.source, piece.picture)):
                if name in collection.astray:
                    yield refused(collection.folder / name)
