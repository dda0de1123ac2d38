"""A theme: templates, static files and words, each of which a portfolio may replace by its own.

They are looked for in the portfolio's ``themes/<name>/``, then in the theme of that name that
ships with dreamfolio, then in ``gallery``, so that a theme of one's own may be a single file. A
template can build upon the one it replaces: ``{% extends "shipped/piece.html.j2" %}``.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

import dreamfolio
from dreamfolio.content.layout import PORTFOLIO, THEMES
from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import ContentError, Place
from dreamfolio.publish.site import wording
from dreamfolio.publish.site.wording import Wording
from dreamfolio.suggest import did_you_mean

STATIC = "static"
_BASE = "gallery"
_TEMPLATES = ("home", "pieces", "atlas", "about", "collection", "piece", "404")


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates ready to be rendered, the words they say, and the folders of static files, the
    last one winning."""

    environment: jinja2.Environment
    folders: tuple[Path, ...]
    wording: Wording

    def render(self, name: str, **context: Any) -> bytes:
        """The page that template ``name`` (such as ``piece``) makes of ``context``.

        Raises ``ContentError``, placed at the template's line.
        """
        try:
            page = self.environment.get_template(f"{name}.html.j2").render(
                {"say": self.wording, **context}
            )
        except Exception as error:
            raise _template_error(error) from error
        # A file name that is no Unicode may have become a title.
        return page.encode("utf-8", "replace")

    def static_files(self) -> dict[str, Path]:
        """The theme's static files by their address in the site. Hidden files are left out."""
        files = {}
        for folder in self.folders:
            for path in sorted((folder / STATIC).rglob("*")):
                inside = path.relative_to(folder)
                if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                    files[inside.as_posix()] = path
        return dict(sorted(files.items()))


def load(portfolio: Portfolio) -> Theme:
    """The portfolio's theme, each template parsed, so that a mistake in one is found before any
    work is done. Raises ``ContentError``."""
    shipped = shipped_themes()
    name = portfolio.theme
    own = portfolio.root / THEMES
    if not _is_theme(own, name) and not _is_theme(shipped, name):
        known = sorted({path.name for place in (own, shipped) for path in _folders(place)})
        raise ContentError(
            f"there is no theme {name!r}",
            place=Place(portfolio.root / PORTFOLIO),
            mend=did_you_mean(
                name, known, f"make themes/{name}/ or take one of these: {', '.join(known)}"
            ),
        )
    folders = [shipped / _BASE, shipped / name, own / name]
    folders = [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
    words = wording.load(folders, portfolio.language)
    theme = Theme(_environment(folders, shipped), tuple(folders), words)
    for template in _TEMPLATES:
        try:
            theme.environment.get_template(f"{template}.html.j2")
        except jinja2.TemplateError as error:
            raise _template_error(error) from error
    return theme


def shipped_themes() -> Path:
    """The folder of the themes that come with dreamfolio: in the package where it was installed
    from a wheel, at the repository's root in a checkout."""
    package = Path(dreamfolio.__file__).parent
    inside = package / THEMES
    return inside if inside.is_dir() else package.parents[1] / THEMES


def _is_theme(themes: Path, name: str) -> bool:
    # A name is one folder's: `../elsewhere` is none.
    return name in {path.name for path in _folders(themes)}


def _folders(themes: Path) -> list[Path]:
    return [path for path in themes.iterdir() if path.is_dir()] if themes.is_dir() else []


def _environment(folders: list[Path], shipped: Path) -> jinja2.Environment:
    below = [folder for folder in folders if folder.parent == shipped]
    loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(list(reversed(folders)))]
    loaders.append(jinja2.PrefixLoader({"shipped": jinja2.FileSystemLoader(list(reversed(below)))}))
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _template_error(error: Exception) -> ContentError:
    mend = "mend the template; the names a template may use are listed in dreamfolio's site views"
    if isinstance(error, jinja2.TemplateNotFound):
        return ContentError(f"the theme has no template {error.name}", mend="add it")
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(Path(error.filename or error.name or "template"), error.lineno)
        return ContentError(f"the template is wrong: {error.message}", place=place, mend=mend)
    # Jinja names the template's own file and line in the traceback of what a template raised.
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    where = Place(Path(frames[-1].filename), frames[-1].lineno) if frames else None
    return ContentError(f"the template cannot be rendered: {error}", place=where, mend=mend)
