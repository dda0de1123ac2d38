"""What templates are told of the theme that they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from dreamfolio.content.theme_forms import Colour


@dataclass(frozen=True, slots=True)
class IconView:
    """The site's icon as a square PNG of ``size`` pixels. A ``maskable`` one fills its square, for
    phones that cut it to a shape of their own."""

    address: str
    size: int
    maskable: bool


@dataclass(frozen=True, slots=True)
class ThemeView:
    """The theme. ``ground`` is what pages stand on by day (``ground.light``) and by night
    (``ground.dark``), the same twice where an option ``scheme`` has chosen one; ``icon`` is the
    site's icon, an SVG. None for what its ``theme.yaml`` does not say. ``icons`` are the same icon
    as PNG files, the smallest first, as far as it is there. ``files`` are the addresses of its
    static files, those made by templates included."""

    name: str
    ground: Colour | None = None
    icon: str | None = None
    icons: tuple[IconView, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def touch_icon(self) -> IconView | None:
        """The one for a phone's home screen."""
        whole = [icon for icon in self.icons if icon.maskable]
        return next((icon for icon in whole if icon.size >= 180), None)
