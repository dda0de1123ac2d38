"""Themes: a portfolio replaces what it likes of one, file by file."""

from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import ContentError
from helpers.site import collection, parse, piece, portfolio, publish


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


@pytest.mark.parametrize("name", ["galery", "../gallery", "", "."])
def test_an_unknown_theme_is_an_error_with_a_suggestion(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match="gallery"):
        publish(replace(example(tmp_path), theme=name))
    assert not (tmp_path / "site").exists()
