"""``themes/README.md`` tells of every name that templates get, and of none that they do not."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dreamfolio.content import day, theme_forms
from dreamfolio.content.themes import declared, shipped_themes
from dreamfolio.pictures import render_facts
from dreamfolio.publish.site import (
    about,
    all_pieces,
    atlas,
    depth,
    opening,
    parts,
    theme_view,
    themes,
    views,
)
from helpers.awkward import awkward
from helpers.site import collection, parse, piece, portfolio, publish

GUIDE = (shipped_themes() / "README.md").read_text("utf-8")
MODULES = (
    views,
    depth,
    opening,
    about,
    all_pieces,
    atlas,
    parts,
    theme_view,
    theme_forms,
    render_facts,
    day,
)


def given(module: ModuleType) -> dict[str, type]:
    """What a module of views defines."""
    return {
        name: kind
        for name, kind in vars(module).items()
        if inspect.isclass(kind)
        and kind.__module__ == module.__name__
        and dataclasses.is_dataclass(kind)
    }


def names(kind: Any) -> set[str]:
    """What a template may ask of a value of that kind."""
    fields = {field.name for field in dataclasses.fields(kind)}
    more = {
        name
        for name, value in vars(kind).items()
        if not name.startswith("_") and (isinstance(value, property) or inspect.isfunction(value))
    }
    return fields | more


def table(below: str) -> list[list[str]]:
    """The names in the first column of the first table after ``below``, and the second column."""
    rows = GUIDE.partition(below)[2].partition("| --- |")[2].partition("\n\n")[0]
    return re.findall(r"(?m)^\| `([^`]+)` \| (.+) \|$", rows)


VIEWS: Mapping[str, type] = {
    name: kind for module in MODULES for name, kind in given(module).items()
}


def test_every_view_has_its_table() -> None:
    assert set(re.findall(r"(?m)^### `(\w+)`$", GUIDE)) == set(VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_a_views_table_holds_its_names(name: str) -> None:
    told = [row[0] for row in table(f"### `{name}`\n")]
    assert len(told) == len(set(told))
    assert set(told) == names(VIEWS[name])


def test_each_template_gets_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got: dict[str, set[str]] = {}
    render = themes.Theme._render

    def listening(theme: themes.Theme, name: str, context: Mapping[str, Any]) -> bytes:
        got.setdefault(name, set()).update(context)
        return render(theme, name, context)

    monkeypatch.setattr(themes.Theme, "_render", listening)
    publish(awkward(tmp_path))
    always = {row[0].partition("(")[0] for row in table("Every page gets:\n")}
    besides = {row[0]: set(re.findall(r"`(\w+)`:", row[1])) for row in table("And besides:\n")}
    assert always >= {"theme", "options", "say"}
    pages = {name: names for name, names in got.items() if name.endswith(".html.j2")}
    assert pages == {
        name: always - {"theme", "options", "say"} | more for name, more in besides.items()
    }


def test_every_option_of_the_themes_that_ship_is_told(tmp_path: Path) -> None:
    told = {
        (theme, option) for theme, option in re.findall(r"(?m)^\| `(\w+)` \| `(\w+)` \|", GUIDE)
    }
    shipped = [path.name for path in shipped_themes().iterdir() if path.is_dir()]
    assert told == {
        (theme, option) for theme in shipped for option in declared(tmp_path, theme).options
    }


def test_the_example_is_a_theme(tmp_path: Path) -> None:
    folder = tmp_path / "themes/postcard"
    folder.mkdir(parents=True)
    text = GUIDE.partition("`themes/postcard/`")[2]
    settings, template = re.findall(r"```\w+\n(.*?)```", text, re.DOTALL)[:2]
    (folder / "theme.yaml").write_text(settings)
    (folder / "piece.html.j2").write_text(template)
    fog = collection(tmp_path, "fog", piece("one.png"))
    publish(portfolio(tmp_path, fog, theme="postcard"))
    page = parse(tmp_path / "site/fog/one.html")
    assert page.all("figcaption")[0].text == "Wish you were here"
    assert len(page.all("img")) == 1
