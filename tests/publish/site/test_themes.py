"""Themes: a portfolio replaces what it likes of one, file by file."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import ContentError
from dreamfolio.publish.site.themes import load
from helpers.site import (
    broken_links,
    collection,
    parse,
    piece,
    portfolio,
    publish,
    tree,
    variant,
)


def example(root: Path) -> Portfolio:
    return portfolio(root, collection(root, "fog", piece("one.png")))


def own(root: Path, name: str, text: str, theme: str = "gallery") -> Path:
    path = root / "themes" / theme / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_one_template_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    own(tmp_path, "home.html.j2", "<p>{{ site.title }}, mine</p>")
    publish(example(tmp_path))
    assert (tmp_path / "site/index.html").read_text() == "<p>Dreams, mine</p>"
    assert parse(tmp_path / "site/fog/index.html").all("li", "tile")


def test_a_template_may_build_upon_the_one_it_replaces(tmp_path: Path) -> None:
    own(
        tmp_path,
        "piece.html.j2",
        '{% extends "shipped/piece.html.j2" %}{% block main %}{{ super() }}<p id=mine></p>'
        "{% endblock %}",
    )
    publish(example(tmp_path))
    page = (tmp_path / "site/fog/one.html").read_text()
    assert "<figure" in page
    assert "<p id=mine>" in page


def test_one_static_file_is_replaced_and_new_ones_come_along(tmp_path: Path) -> None:
    own(tmp_path, "static/style.css", "body { color: red }")
    own(tmp_path, "static/fonts/mine.txt", "a font")
    own(tmp_path, "static/.hidden", "not this")
    publish(example(tmp_path))
    static = tmp_path / "site/static"
    assert (static / "style.css").read_text() == "body { color: red }"
    assert (static / "fonts/mine.txt").read_text() == "a font"
    assert (static / "shapes.css").exists()
    assert not (static / ".hidden").exists()


def test_a_theme_of_ones_own_stands_on_the_gallery(tmp_path: Path) -> None:
    own(tmp_path, "404.html.j2", "<p>lost</p>", theme="mine")
    publish(replace(example(tmp_path), theme="mine"))
    assert (tmp_path / "site/404.html").read_text() == "<p>lost</p>"
    assert parse(tmp_path / "site/index.html").all("article", "card")


def test_a_theme_of_ones_own_may_stand_on_plain_or_on_nothing(tmp_path: Path) -> None:
    own(tmp_path, "404.html.j2", "<p>lost</p>", theme="mine")
    own(tmp_path, "theme.yaml", "extends: plain\n", theme="mine")
    site = replace(example(tmp_path), theme="mine")
    publish(site)
    assert (tmp_path / "site/404.html").read_text() == "<p>lost</p>"
    assert (tmp_path / "site/static/plain.css").exists()
    own(tmp_path, "theme.yaml", "extends: nothing\n", theme="mine")
    with pytest.raises(ContentError, match=r"no template home\.html\.j2"):
        publish(site)


def test_themes_that_extend_each_other_are_an_error(tmp_path: Path) -> None:
    own(tmp_path, "theme.yaml", "extends: two\n", theme="one")
    own(tmp_path, "theme.yaml", "extends: one\n", theme="two")
    with pytest.raises(ContentError, match="extends itself"):
        publish(replace(example(tmp_path), theme="one"))


def test_plain_brings_its_own_and_nothing_of_the_gallery_and_runs_no_script(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"), variant("one.png", "mixed5"))
    site = portfolio(tmp_path, collection(tmp_path, "fog", one), url="https://example.org/")
    publish(replace(site, theme="plain"))
    assert {
        path.name for path in (tmp_path / "site/static").rglob("*") if path.suffix != ".png"
    } == {
        "plain.css",
        "icon.svg",
    }
    for page in (tmp_path / "site").rglob("*.html"):
        html = parse(page)
        scripts = html.all("script")
        assert all(s.attributes.get("type") == "application/ld+json" for s in scripts), page
        assert not html.all("button"), page
        styles = [e for e in html.all("link") if e.attributes["rel"] == "stylesheet"]
        assert len(styles) == 1, page
    assert broken_links(tmp_path / "site") == []


def test_plain_shows_the_source_beside_its_dreams_with_how_each_was_made(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"), variant("one.png", "mixed5"))
    publish(replace(portfolio(tmp_path, collection(tmp_path, "fog", one)), theme="plain"))
    figures = parse(tmp_path / "site/fog/one.html").all("figure")
    assert [figure.all("h2")[0].text for figure in figures] == ["Source", "Dream 1", "Dream 2"]
    assert "layers: [mixed5]" in figures[2].all("pre")[0].text
    assert {d.all("dt")[0].text: d.all("dd")[0].text for d in figures[2].all("div")} == {
        "Layers": "mixed5",
        "Network": "inception_v3, 53 % deep",
        "Recipe": "classic",
    }


def test_going_over_to_another_theme_takes_the_old_ones_files_away(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    publish(replace(site, theme="plain"))
    left = tree(tmp_path / "site")
    publish(replace(site, root=tmp_path, theme="plain"), out=tmp_path / "fresh")
    assert left == tree(tmp_path / "fresh")


def test_words_in_a_replaced_template_are_escaped_too(tmp_path: Path) -> None:
    own(tmp_path, "home.html.j2", "{{ site.title }}")
    publish(replace(example(tmp_path), title="<script>"))
    assert (tmp_path / "site/index.html").read_text() == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("text", "line"),
    [("fine\n{% if %}", 2), ("a\nb\n{{ site.titel }}", 3), ("{{ 1 / 0 }}", 1)],
)
def test_a_wrong_template_is_named_with_its_line_and_no_page_is_written(
    tmp_path: Path, text: str, line: int
) -> None:
    path = own(tmp_path, "home.html.j2", text)
    with pytest.raises(ContentError) as caught:
        publish(example(tmp_path))
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == (path, line)
    assert not list((tmp_path / "site").rglob("*.html"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("atlas.html.j2", "a\n{{ 1 | rund }}"),
        ("mine.html.j2", "a\n{% if 1 is eeven %}{% endif %}"),
    ],
)
def test_a_filter_that_is_not_there_is_named_before_any_work_is_done(
    tmp_path: Path, name: str, text: str
) -> None:
    path = own(tmp_path, name, text)
    with pytest.raises(ContentError, match=r"'rund'|'eeven'") as caught:
        load(example(tmp_path))
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == (path, 2)


@pytest.mark.parametrize("name", ["galery", "../gallery", "", "."])
def test_an_unknown_theme_is_an_error_with_a_suggestion(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match="gallery"):
        publish(replace(example(tmp_path), theme=name))
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "sly",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ link.func.__globals__ }}",
        "{{ say.__init__.__globals__['__builtins__'] }}",
        "{{ self.__init__ }}",
        "{{ site.title.format.__self__.__class__ }}",
        "{{ ('{0.__class__}').format(site) }}",
        "{% set x = site.collections.append(1) %}",
    ],
)
def test_a_theme_of_somebody_s_runs_no_python(tmp_path: Path, sly: str) -> None:
    own(tmp_path, "home.html.j2", f"<p>{sly}</p>")
    with pytest.raises(ContentError) as caught:
        publish(example(tmp_path))
    said = str(caught.value)
    assert "home.html.j2:1" in said
    assert "\n" not in said


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "static/../../../secret.txt"])
def test_a_template_includes_nothing_from_elsewhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("nobody's business")
    own(tmp_path, "home.html.j2", f"<p>{{% include '{name}' %}}</p>")
    with pytest.raises(ContentError, match="has no template"):
        publish(example(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize(
    "name", ["static/x.txt", "static/x", "static", "home.html.j2", "", "words"]
)
def test_a_theme_that_leads_out_of_the_portfolio_is_refused(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.txt").write_text("nobody's business")
    root = tmp_path / "portfolio"
    made = example(root)
    link = root / "themes/gallery" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(secret / "x.txt" if "." in name else secret)
    with pytest.raises(ContentError, match="is a link that leads out of the portfolio") as caught:
        publish(made)
    assert caught.value.place is not None
    assert caught.value.place.file == link.relative_to(root)
    assert not (root / "site").exists()
    link.unlink()
    inside = root / "mine"
    inside.mkdir()
    (inside / "x.txt").write_text("<p>mine</p>")
    link.symlink_to(inside / "x.txt" if "." in name else inside)
    publish(made)
