"""What a portfolio sets of its theme: taken over, checked, and told with its place where wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dreamfolio.content.theme_forms import Colour
from dreamfolio.errors import ContentErrors
from dreamfolio.publish.site.colours import READABLE, contrast, readable
from helpers.portfolio import Tree
from helpers.site import collection, parse, piece, portfolio, publish, tree

GROUND = Colour("#f7f6f3", "#121315")


@pytest.fixture
def home(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def built(root: Path, theme: str = "gallery", **options: Any) -> Path:
    fog = collection(root, "fog", *(piece(f"{name}.png") for name in "abc"))
    publish(replace(portfolio(root, fog), theme=theme, theme_options=options))
    return root / "site"


def test_without_options_there_is_no_file_for_them(tmp_path: Path) -> None:
    site = built(tmp_path)
    assert not (site / "static/options.css").exists()
    assert "options.css" not in (site / "index.html").read_text()


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_an_accent_reaches_the_style_sheet_in_a_shade_that_can_be_read(
    tmp_path: Path, theme: str
) -> None:
    site = built(tmp_path, theme, accent="#FA0")
    css = (site / "static" / ("options.css" if theme == "gallery" else "plain.css")).read_text()
    shades = re.findall(r"--accent: (#[0-9a-f]{6});", css)
    assert len(shades) == 3
    light, dark = ("#f7f6f3", "#121315") if theme == "gallery" else ("#ffffff", "#161616")
    assert contrast(shades[0], light) >= READABLE
    assert contrast(shades[1], dark) >= READABLE
    assert "#ffaa00" in shades


@pytest.mark.parametrize("theme", ["gallery", "plain"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scheme_holds_for_every_visitor(tmp_path: Path, theme: str, scheme: str) -> None:
    for page in built(tmp_path, theme, scheme=scheme).rglob("*.html"):
        html = parse(page)
        assert html.all("html")[0].attributes["data-scheme"] == scheme
        assert not html.all("button", "scheme")
        metas = [e.attributes for e in html.all("meta")]
        assert len({meta["content"] for meta in metas if meta.get("name") == "theme-color"}) == 1


def test_a_footer_is_markdown_that_can_do_no_harm(tmp_path: Path) -> None:
    words = "© 2026 [Jane](https://example.org)<script>alert(1)</script>"
    foot = parse(built(tmp_path, footer=words) / "fog/index.html").all("footer")[0]
    assert foot.all("a")[0].attributes["href"] == "https://example.org"
    assert foot.text.startswith("© 2026 Jane")
    assert not foot.all("script")


def test_tiles_and_measure_are_set_where_they_are_used(tmp_path: Path) -> None:
    assert "--row" in (built(tmp_path / "a", tiles="large") / "static/options.css").read_text()
    plain = built(tmp_path / "b", "plain", measure=44)
    assert "--measure: 44rem;" in (plain / "static/plain.css").read_text()


def test_a_theme_of_ones_own_declares_options_beside_those_it_stands_on(tmp_path: Path) -> None:
    theme = tmp_path / "themes/mine"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text(
        "options:\n  motto: {type: text, description: Above all., default: Sleep}\n"
    )
    (theme / "home.html.j2").write_text("{{ options.motto }} {{ options.scheme }}")
    assert (built(tmp_path, "mine") / "index.html").read_text() == "Sleep auto"
    assert (built(tmp_path, "mine", motto="<b>") / "index.html").read_text() == "&lt;b&gt; auto"


def test_two_builds_with_options_are_one(tmp_path: Path) -> None:
    options = {"accent": {"light": "#c2410c", "dark": "#fdba74"}, "tiles": "small"}
    assert tree(built(tmp_path / "a", **options)) == tree(built(tmp_path / "b", **options))


@pytest.mark.parametrize(
    ("theme", "place", "says"),
    [
        ("{name: galery}", "1:15", 'there is no theme "galery"; did you mean gallery?'),
        ("galery", "1:8", "did you mean gallery?"),
        ("{name: a b}", "1:15", "name a folder"),
        ("[gallery]", "1:8", "a theme is a name, or"),
        ("{acent: '#fff'}", "1:9", 'the theme has no option "acent"; did you mean accent?'),
        ("{accent: red}", "1:17", 'accent is a colour, not "red"; write "#rrggbb"'),
        ("{accent: {light: '#fff'}}", "1:17", "accent is a colour"),
        ("{scheme: drak}", "1:17", "did you mean dark?"),
        ("{footer: [a]}", "1:17", "footer is a text"),
        ("{name: plain, measure: 90}", "1:31", "measure is a number from 20 up to 60, not 90"),
        ("{name: plain, measure: '40'}", "1:31", "write it without quotes or unit"),
        ("{name: plain, measure: .nan}", "1:31", "measure is a number, not .nan"),
        ('{accent: "#c2410c\\n"}', "1:17", "accent is a colour"),
        ("{name: plain, tiles: small}", "1:22", "known here: name, accent, scheme, measure"),
    ],
)
def test_a_mistake_is_told_with_its_place(home: Tree, theme: str, place: str, says: str) -> None:
    home.write("portfolio.yaml", f"theme: {theme}\n")
    (problem,) = home.problems()
    assert problem.startswith(f"portfolio.yaml:{place}: ")
    assert says in problem


def test_a_colour_that_yaml_takes_for_a_comment_is_told(home: Tree) -> None:
    home.write("portfolio.yaml", "theme:\n  name: gallery\n  accent: #c2410c\n  scheme: dim\n")
    colour, scheme = home.problems()
    assert 'put it in quotes: "#c2410c"' in colour
    assert scheme.startswith("portfolio.yaml:4:11: ")


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("extend: gallery\n", "1:1", "did you mean extends?"),
        ("extends: galery\n", "1:1", "did you mean gallery?"),
        ("options:\n  a: {type: text, descripton: B}\n", "2:19", "did you mean description?"),
        ("options:\n  a: {type: color, description: B}\n", "2:13", "did you mean colour?"),
        ("options:\n  a: {type: choice, description: B}\n", "2:6", "it needs some"),
        ("options:\n  a: {type: number, description: B, default: x}\n", "2:6", "default does not"),
        ("ground: {light: white, dark: '#000'}\n", "1:17", "ground.light"),
    ],
)
def test_a_mistake_in_a_theme_is_told_in_its_own_file(
    home: Tree, text: str, place: str, says: str
) -> None:
    home.write("portfolio.yaml", "theme: mine\n")
    home.write("themes/mine/theme.yaml", text)
    shown = "portfolio.yaml:1:8" if "galery" in text else f"themes/mine/theme.yaml:{place}"
    assert any(one.startswith(f"{shown}: ") and says in one for one in home.problems())


@pytest.mark.parametrize("value", [".inf", "-.inf", ".nan"])
def test_what_no_style_sheet_can_hold_is_no_number(home: Tree, value: str) -> None:
    home.write("portfolio.yaml", f"theme: {{name: mine, gap: {value}}}\n")
    home.write("themes/mine/theme.yaml", "options:\n  gap: {type: number, description: B}\n")
    (problem,) = home.problems()
    assert problem.startswith("portfolio.yaml:1:26: gap is a number, not ")


def test_what_is_read_is_what_is_built(home: Tree) -> None:
    home.write("portfolio.yaml", "theme: {name: plain, accent: '#c2410c'}\n")
    read = home.read()
    assert (read.theme, read.theme_options) == ("plain", {"accent": "#c2410c"})
    home.write("portfolio.yaml", "theme: {accent: '#c2410c'}\n")
    assert home.read().theme == "gallery"


def test_wrong_options_of_a_portfolio_made_in_code_are_refused_too(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors, match="no option"):
        built(tmp_path, acent="#fff")


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#808080", "#ffff00", "#0000ff", "#c2410c"]
)
def test_any_colour_becomes_readable_in_its_hue(colour: str) -> None:
    made = readable(Colour(colour, colour), GROUND)
    assert contrast(made.light, GROUND.light) >= READABLE
    assert contrast(made.dark, GROUND.dark) >= READABLE
    # What could be read already is not touched.
    assert colour in (made.light, made.dark) or colour == "#808080"


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
