"""What templates are told of the theme that they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from dreamfolio.content.theme_forms import Colour


@dataclass(frozen=True, slots=True)
class ThemeView:
    """The theme. ``ground`` is what pages stand on by day (``ground.light``) and by night
    (``ground.dark``), the same twice where an option ``scheme`` has chosen one; ``icon`` is the
    site's icon, an SVG. None for what its ``theme.yaml`` does not say. ``files`` are the addresses
    of its static files, those made by templates included."""

    name: str
    ground: Colour | None = None
    icon: str | None = None
    files: tuple[str, ...] = ()
