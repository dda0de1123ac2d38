"""Why there is nothing to dream, for those who have just begun."""

from __future__ import annotations

from dreamfolio.content.objects import Portfolio
from dreamfolio.survey import Survey


def why_nothing(surveyed: Survey) -> str | None:
    """What to do in a portfolio without a single variant; in any other, nothing."""
    return None if surveyed.tasks else _why(surveyed.portfolio)


def _why(portfolio: Portfolio) -> str:
    if not portfolio.collections:
        return "There are no collections yet. Drop pictures into collections/NAME/."
    pieces = [piece for collection in portfolio.collections for piece in collection.pieces]
    if not pieces:
        return "No collection holds a picture yet. Drop some into collections/NAME/."
    if all(piece.video for piece in pieces):
        return "There are only videos, and they are shown as they are."
    return (
        "Nothing is to be dreamed: no layers are named. "
        "Write dream: {layers: […]} into portfolio.yaml, or layers: […] into a collection.yaml."
    )
