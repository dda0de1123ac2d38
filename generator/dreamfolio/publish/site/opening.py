"""What home opens with: one render and its dream in one frame."""

from __future__ import annotations

from dataclasses import dataclass

from dreamfolio.publish.site.views import DreamView, PictureView, SiteView


@dataclass(frozen=True, slots=True)
class Opening:
    """A render, and a dream of it that has its shape."""

    source: PictureView
    dream: DreamView


def opening(site: SiteView) -> Opening | None:
    """The first dream that fills a wide frame together with its source, of a piece that no card on
    home shows; None where there is none, or only one collection, whose card is as large."""
    if len(site.collections) < 2:
        return None
    cards = [collection.cover for collection in site.collections]
    for piece in site.pieces:
        if any(tile.picture in cards for tile in piece.tiles):
            continue
        for variant in piece.variants:
            source, picture = piece.source, variant.picture
            wide = 120 <= picture.shape < 220 and not picture.small
            if source and wide and source.shape == picture.shape:
                return Opening(source, DreamView(variant, piece))
    return None
