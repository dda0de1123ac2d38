"""What the page about DeepDream shows: one render, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from dreamfolio.publish.site.views import DreamView, PictureView, PieceView, SiteView


@dataclass(frozen=True, slots=True)
class Example:
    """A render, and its shallowest and its deepest dream, or the only one."""

    source: PictureView
    piece: PieceView
    dreams: tuple[DreamView, ...]


def example(site: SiteView) -> Example | None:
    """The piece whose dreams lie farthest apart in a network's depth, the first of equals; None
    where no source is shown beside a dream."""
    found = [
        (source, piece) for piece in site.pieces if piece.variants and (source := piece.source)
    ]
    if not found:
        return None
    source, piece = max(found, key=lambda one: _span(one[1]))
    ranked = _by_depth(piece)
    return Example(source, piece, (ranked[0], ranked[-1])[: len(ranked)])


def _by_depth(piece: PieceView) -> list[DreamView]:
    dreams = [DreamView(variant, piece) for variant in piece.variants]
    placed = [one for one in dreams if one.variant.layer and one.variant.layer.depth is not None]
    return sorted(placed, key=_percent) or dreams[:1]


def _percent(dream: DreamView) -> int:
    layer = dream.variant.layer
    return (layer.percent if layer else None) or 0


def _span(piece: PieceView) -> tuple[int, int]:
    dreams = _by_depth(piece)
    return _percent(dreams[-1]) - _percent(dreams[0]), min(len(dreams), 2)
