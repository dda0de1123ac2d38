"""The page of motifs in a real Chromium, opened from its folder: looked at, copied from."""

from __future__ import annotations

import re

import pytest
import yaml

from dreamfolio.publish.motifs.folder import write_page
from helpers import chromium

pytest.importorskip("numpy")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
FAMILIES = {"tentacles": ["tentacle", "tendril"], "sea_beasts": ["belousov-spirals"]}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("motifs")
    return write_page(folder, FAMILIES, "pocket", lambda done, total: None).as_uri()


@pytest.mark.parametrize("width", [320, 390, 1400, 2560])
def test_it_is_no_wider_than_the_window(page: chromium.Page, address: str, width: int) -> None:
    page.emulate(width, 900)
    page.open(address)
    page.show_pictures()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("[...document.images].map(i => i.naturalWidth)") == [384] * 3


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_light_and_dark(page: chromium.Page, address: str, dark: bool) -> None:
    page.emulate(1400, 900, dark=dark)
    page.open(address)
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / 3
    assert (brightness < 128) == dark


def test_a_button_copies_the_line_of_its_motif(page: chromium.Page, address: str) -> None:
    page.emulate(1400, 900)
    page.open(address)
    page.evaluate(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', {value: {"
        " writeText: async (text) => { window.copied.push(text) }}}); true"
    )
    page.evaluate("document.querySelector('#belousov-spirals button').click()")
    page.until("document.querySelector('#belousov-spirals button').textContent === 'Copied'")
    [line] = page.evaluate("window.copied")
    assert yaml.safe_load(line) == {"motifs": ["belousov-spirals"]}


def test_families_are_found_by_their_links(page: chromium.Page, address: str) -> None:
    page.open(address)
    targets = page.evaluate(
        "[...document.querySelectorAll('nav a')].map(a => document.querySelector(a.hash).innerText)"
    )
    assert targets == ["Tentacles", "Sea beasts"]


def test_without_scripts_there_is_no_button_that_does_nothing(
    page: chromium.Page, address: str
) -> None:
    page.emulate(1400, 900, scripts=False)
    page.open(address)
    shown = "getComputedStyle(document.querySelector('button')).display"
    assert page.evaluate(shown) == "none"
    page.emulate(1400, 900)
