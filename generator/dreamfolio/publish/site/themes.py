"""A theme: templates, static files and words, each of which a portfolio may replace by its own.

Which folders they are looked for in is `dreamfolio.content.themes`' word. A template can build upon
the one it replaces, ``{% extends "shipped/piece.html.j2" %}``, and upon one of a theme that ships,
``{% include "gallery/head.html.j2" %}``. A static file whose name ends in ``.j2`` is a template
itself; what comes to nothing is not published.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jinja2
import jinja2.sandbox
from jinja2 import nodes
from markupsafe import Markup

from dreamfolio.content.layout import PORTFOLIO
from dreamfolio.content.objects import Portfolio
from dreamfolio.content.theme_forms import Colour
from dreamfolio.content.themes import BASE, Declared, declared, shipped_themes
from dreamfolio.errors import ContentError, ContentErrors, Place
from dreamfolio.publish import wording
from dreamfolio.publish.prose import to_html
from dreamfolio.publish.site.colours import readable
from dreamfolio.publish.site.theme_view import IconView, ThemeView
from dreamfolio.publish.wording import Wording

__all__ = ["STATIC", "Theme", "load", "shipped_themes"]

STATIC = "static"
_SUFFIX = ".j2"
_PAGE = f".html{_SUFFIX}"
_PARTS_AT_ONCE = 4096  # a template's own parts are a few letters each
_TEMPLATES = ("home", "pieces", "atlas", "about", "collection", "piece", "404")


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates ready to be rendered, the words they say, what they are told of the theme itself,
    the values of its options by name, and the folders of its files, the last one winning."""

    environment: jinja2.Environment
    folders: tuple[Path, ...]
    wording: Wording
    view: ThemeView
    options: Mapping[str, Any] = field(default_factory=dict)

    def render(self, name: str, **context: Any) -> Iterator[bytes]:
        """The page that template ``name`` (such as ``piece``) makes of ``context``, part by part:
        that of all pieces of a large portfolio has many megabytes.

        Taking them raises ``ContentError``, placed at the template's line.
        """
        return self._render(f"{name}.html.j2", context)

    def static_files(self) -> dict[str, Path]:
        """The theme's static files by their address in the site, less those that are templates.
        Hidden files are left out."""
        return {address: path for address, path in self._static() if path.suffix != _SUFFIX}

    def rendered_files(self) -> Iterator[tuple[str, bytes]]:
        """Address and bytes of the static files that are templates. Raises ``ContentError``."""
        for address, path in self._static():
            if path.suffix == _SUFFIX:
                made = b"".join(self._render(f"{address}{_SUFFIX}", {}))
                if made.strip():
                    yield address, made

    def _static(self) -> list[tuple[str, Path]]:
        files = {}
        for folder in self.folders:
            for path in (folder / STATIC).rglob("*"):
                inside = path.relative_to(folder)
                if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                    files[inside.as_posix().removesuffix(_SUFFIX)] = path
        return sorted(files.items())

    def _render(self, name: str, context: Mapping[str, Any]) -> Iterator[bytes]:
        given = {"say": self.wording, "theme": self.view, "options": self.options}
        try:
            parts = self.environment.get_template(name).stream({**given, **context})
            parts.enable_buffering(_PARTS_AT_ONCE)
            for part in parts:
                # A file name that is no Unicode may have become a title.
                yield part.encode("utf-8", "replace")
        except Exception as error:
            raise _template_error(error) from error


def load(portfolio: Portfolio) -> Theme:
    """The portfolio's theme, each template parsed, so that a mistake in one is found before any
    work is done. Raises ``ContentError`` or ``ContentErrors``."""
    place = Place(portfolio.root / PORTFOLIO)
    try:
        parts = declared(portfolio.root, portfolio.theme)
        values = parts.values(portfolio.theme_options)
    except ContentErrors:
        raise
    except ContentError as error:
        raise ContentError(error.message, place=error.place or place, mend=error.mend) from None
    folders = tuple(reversed(parts.folders))
    # Words are the same under any look: a theme has to say only what it says otherwise.
    words = wording.load((shipped_themes() / BASE, *folders), portfolio.language)
    view = ThemeView(portfolio.theme, _ground(parts, values), parts.icon)
    shown = {name: _as_shown(value, parts, name) for name, value in values.items()}
    theme = Theme(_environment(folders), folders, words, view, shown)
    pages = (f"{one}{_PAGE}" for one in _TEMPLATES)
    for template in dict.fromkeys((*pages, *_own_templates(folders))):
        try:
            _parse(theme.environment, template)
        except jinja2.TemplateError as error:
            raise _template_error(error) from error
    static = theme.static_files()
    view = replace(view, icons=_icons(static, parts.icon))
    files = sorted({*static, *dict(replace(theme, view=view).rendered_files())})
    return replace(theme, view=replace(view, files=tuple(files)))


def _parse(environment: jinja2.Environment, name: str) -> None:
    """See that a template can be read, and that the filters and tests it names are there. Compiling
    it takes four times as long, and is for those that something is made of."""
    assert environment.loader is not None
    source, file, _ = environment.loader.get_source(environment, name)
    for node in environment.parse(source, name, file).find_all((nodes.Filter, nodes.Test)):
        known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
        if node.name not in known:
            kind = type(node).__name__.lower()
            raise jinja2.TemplateAssertionError(
                f"no {kind} is called {node.name!r}",
                node.lineno,
                name,
                file,
            )


def _own_templates(folders: Iterable[Path]) -> Iterator[str]:
    """What the portfolio's own folders hold beside whole pages: what those include and import."""
    for folder in folders:
        if folder.parent != shipped_themes():
            yield from sorted(path.name for path in folder.glob(f"*{_PAGE}"))


def _icons(static: Mapping[str, Path], icon: str | None) -> tuple[IconView, ...]:
    """``icon-192.png`` and ``icon-maskable-512.png`` beside ``icon.svg``, in the very same folder:
    those of the theme beneath would show another picture."""
    if icon is None or icon not in static:
        return ()
    name = re.compile(re.escape(icon.removesuffix(".svg")) + r"-(maskable-)?([1-9]\d*)\.png")
    found = [
        IconView(address, int(match[2]), match[1] is not None)
        for address, path in static.items()
        if (match := name.fullmatch(address)) and path.parent == static[icon].parent
    ]
    return tuple(sorted(found, key=lambda one: (one.size, one.maskable)))


def _ground(parts: Declared, values: Mapping[str, Any]) -> Colour | None:
    """What the pages stand on. An option ``scheme`` may have chosen one ground for good."""
    if parts.ground is None:
        return None
    light, dark = parts.ground.light, parts.ground.dark
    match values.get("scheme"):
        case "light":
            return Colour(light, light)
        case "dark":
            return Colour(dark, dark)
    return Colour(light, dark)


def _as_shown(value: Any, parts: Declared, name: str) -> Any:
    if isinstance(value, Colour) and parts.ground:
        return readable(value, Colour(parts.ground.light, parts.ground.dark))
    if isinstance(value, str) and parts.options[name].type == "prose":
        return Markup(to_html(value))
    return value


def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    shipped = shipped_themes()
    below = [folder for folder in folders if folder.parent == shipped]
    by_name = {
        folder.name: jinja2.FileSystemLoader(folder)
        for folder in sorted(shipped.iterdir())
        if folder.is_dir()
    }
    loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(list(reversed(folders)))]
    loaders.append(
        jinja2.PrefixLoader({"shipped": jinja2.FileSystemLoader(list(reversed(below))), **by_name})
    )
    # A theme may be anybody's: its templates see what they are given, and run no Python.
    foreign = len(below) < len(folders)
    kind = jinja2.sandbox.SandboxedEnvironment if foreign else jinja2.Environment
    return kind(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _template_error(error: Exception) -> ContentError:
    mend = "mend the template; themes/README.md lists the names that a template may use"
    if isinstance(error, jinja2.TemplateNotFound):
        return ContentError(f"the theme has no template {error.name}", mend="add it")
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(Path(error.filename or error.name or "template"), error.lineno)
        return ContentError(f"the template is wrong: {error.message}", place=place, mend=mend)
    # Jinja names the template's own file and line in the traceback of what a template raised.
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    where = Place(Path(frames[-1].filename), frames[-1].lineno) if frames else None
    return ContentError(f"the template cannot be rendered: {error}", place=where, mend=mend)
