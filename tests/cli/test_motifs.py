"""``dreamfolio layers pocket --motifs``: names by family, and a page with pictures of each."""

from __future__ import annotations

import io
import json
import re
import webbrowser
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.cli import browser
from dreamfolio.dream.pocket.card import Card
from dreamfolio.dream.pocket.formulas import FAMILIES
from helpers.home import Home

FEW = {
    "sea_creatures": [FAMILIES["shells"][0].name, FAMILIES["scales"][0].name],
    "tentacles": ["tentacle"],
}
NAMES = [name for names in FEW.values() for name in names]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card of three motifs, so that drawing takes a blink."""
    card = Card(**{**vars(Card.read()), "families": FEW})
    monkeypatch.setattr(Card, "read", lambda *_: card)


def pages(folder: Path) -> str:
    return (folder / "index.html").read_text("utf-8")


def test_names_by_family_and_a_page_in_a_place_that_is_told(home: Home) -> None:
    said = home.run("layers", "pocket", "--motifs", "--no-open")
    assert said.code == 0
    assert said.out.splitlines()[0] == "Sea creatures"
    assert all(name in said.out for name in NAMES)
    page = home.root / ".dreamfolio/motifs/index.html"
    assert page.is_file()
    assert str(page) in said.err
    assert "3 motifs. In a manifest: motifs: [" in said.err


def test_names_as_json_draw_nothing(home: Home) -> None:
    before = home.tree()
    said = home.run("layers", "--motifs", "--json")
    assert json.loads(said.out) == FEW
    assert home.tree() == before


def test_page_has_every_motif_with_pictures_and_the_line_to_copy(
    home: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "page"
    assert home.run("layers", "pocket", "--motifs", "--out", str(folder)).code == 0
    html = pages(folder)
    assert "Sea creatures</h2>" in html
    for name in NAMES:
        assert f'data-line="motifs: [{name}]"' in html
        assert f'src="pictures/{name}.webp"' in html
        with Image.open(io.BytesIO((folder / f"pictures/{name}.webp").read_bytes())) as picture:
            assert picture.size == (3 * picture.height, picture.height)
            shown = picture.convert("RGB")
        side = shown.height
        three = {shown.crop((i * side, 0, (i + 1) * side, side)).tobytes() for i in range(3)}
        assert len(three) == 3, "three samples, not one three times"
    assert "prefers-color-scheme: dark" in html
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html), "it needs nothing from outside"


def test_nothing_is_drawn_twice(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "page"
    again = ("layers", "pocket", "--motifs", "--out", str(folder))
    assert "drawing 3 motifs" in home.run(*again).err
    (folder / "pictures/tentacle.webp").unlink()
    assert "drawing 1 motif\n" in home.run(*again).err
    times = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    assert "drawing" not in home.run(*again).err
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == times


def test_pictures_of_other_formulas_are_drawn_anew(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "page"
    again = ("layers", "pocket", "--motifs", "--out", str(folder))
    home.run(*again)
    page = folder / "index.html"
    page.write_text(re.sub(r'"formulas" content="\w+"', '"formulas" content="old"', pages(folder)))
    assert "drawing 3 motifs" in home.run(*again).err


def test_what_somebody_made_is_not_written_over(home: Home, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/index.html").write_text("<p>mine</p>")
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "mine", tmp_path / "file", home.root / "collections/motifs"):
        said = home.run("layers", "pocket", "--motifs", "--out", str(out))
        assert said.code == 2, said.everything
        assert "--out" in said.err
        assert said.err.count("error: ") == 1
    assert (tmp_path / "mine/index.html").read_text() == "<p>mine</p>"
    assert not (home.root / "collections/motifs").exists()


@pytest.mark.parametrize("network", ["vgg16", "networks/tiny.keras", "no_such"])
def test_other_networks_have_none(home: Home, network: str) -> None:
    said = home.run("layers", network, "--motifs")
    assert said.code == 2
    assert f"{network} has no motifs" in said.err
    assert "dreamfolio layers pocket --motifs" in said.err


def test_a_folder_for_no_page(home: Home, tmp_path: Path) -> None:
    said = home.run("layers", "pocket", "--out", str(tmp_path / "page"))
    assert said.code == 2
    assert "--motifs" in said.err


def test_a_browser_is_started_only_where_somebody_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(browser.sys, "platform", "linux")
    screen: dict[str, str] = {}
    monkeypatch.setattr(browser.os, "environ", screen)
    for terminal in (False, True):
        monkeypatch.setattr(browser.sys, "stderr", _Stream(terminal))
        browser.show_page(Path("/page.html"))
    assert opened == []
    screen["DISPLAY"] = ":0"
    browser.show_page(Path("/page.html"))
    assert opened == ["file:///page.html"]


class _Stream(io.StringIO):
    def __init__(self, terminal: bool):
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal
