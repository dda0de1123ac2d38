"""``dreamfolio site``."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser

import pytest

from helpers.home import Home


def test_site_alone(home: Home) -> None:
    home.run("dream")
    said = home.run("site")
    assert said.code == 0
    assert "files written" in said.err
    assert str(home.root / "site/index.html") in said.err
    assert not (home.root / "README.md").exists()
    seen: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.extend(value or "" for name, value in attrs if name in ("src", "href"))

    Links().feed((home.root / "site/index.html").read_text(encoding="utf-8"))
    assert any("orbs" in link for link in seen)


def test_second_time_does_nothing_and_a_lost_site_comes_back(home: Home) -> None:
    home.run("build")
    before = home.works()
    said = home.run("site")
    assert "site/: up to date" in said.err
    assert home.works() == before
    shutil.rmtree(home.root / "site")
    assert home.run("site").code == 0
    assert {name: data for name, (_, data) in home.works().items()} == {
        name: data for name, (_, data) in before.items()
    }


def test_undreamed_pieces_are_shown_by_their_sources(home: Home) -> None:
    assert home.run("site").code == 0
    assert list((home.root / "site").rglob("*.webp"))


def test_unreadable_source_costs_its_piece(home: Home) -> None:
    whole = home.read("collections/orbs/orb_2.png")
    home.write("collections/orbs/orb_2.png", whole[:200])
    said = home.run("site")
    assert said.code == 1
    [error] = [line for line in said.err.splitlines() if line.startswith("error:")]
    assert "orb_2.png" in error
    assert (home.root / "site/index.html").is_file()


@pytest.mark.parametrize("command", ["site", "build"])
def test_unknown_theme_is_told_before_anything_is_done(home: Home, command: str) -> None:
    home.write("portfolio.yaml", home.read("portfolio.yaml").decode() + "theme: galery\n")
    before = home.works()
    said = home.run(command)
    assert said.code == 2
    assert "did you mean gallery?" in said.err
    assert home.works() == before


def test_watermark_that_cannot_be_had_is_told_before_anything_is_dreamed(home: Home) -> None:
    text = home.read("portfolio.yaml").decode()
    home.write("portfolio.yaml", f"{text}site: {{watermark: {{file: logo.png}}}}\n")
    said = home.run("build")
    assert said.code == 2
    assert "logo.png: the watermark cannot be read" in said.err
    assert not (home.root / "site").exists()
    assert set(home.states().values()) == {"missing"}
