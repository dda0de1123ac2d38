"""The contact sheet in a real Chromium, opened from its folder: looked at, copied from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers import chromium
from helpers.home import Home, make_home

pytest.importorskip("keras")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
ORB = "collections/orbs/orb_1.png"
SHEET = ".dreamfolio/explore/orbs/orb_1-tiny/index.html"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A portfolio with one picture explored."""
    home = make_home(tmp_path_factory.mktemp("home"))
    home.write("collections/orbs/collection.yaml", "title: Orbs\npieces:\n  - source: orb_1.png\n")
    assert home.run("explore", ORB, "--no-open").code == 0
    return home


@pytest.mark.parametrize("width", [320, 390, 1400, 2560])
def test_it_is_no_wider_than_the_window(page: chromium.Page, home: Home, width: int) -> None:
    page.emulate(width, 900)
    page.open((home.root / SHEET).as_uri())
    page.show_pictures()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    shown = page.evaluate(
        "[...document.images].filter(i => i.closest('.tile')).map(i => i.naturalWidth)"
    )
    assert len(shown) == 5
    assert all(shown)


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_light_and_dark(page: chromium.Page, home: Home, dark: bool) -> None:
    page.emulate(1400, 900, dark=dark)
    page.open((home.root / SHEET).as_uri())
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / 3
    assert (brightness < 128) == dark


def test_what_the_button_copies_is_what_a_manifest_takes(page: chromium.Page, home: Home) -> None:
    _copy_into_manifest(page, home, SHEET, "conv_c")
    assert home.states()["orb_1_conv_c.png"] == "missing"


def test_channels_and_motifs_are_copied_so_too(page: chromium.Page, home: Home) -> None:
    asked = ["explore", "collections/orbs/orb_2.png", "--recipe", "steps=1", "--no-open"]
    assert home.run(*asked, "--layers", "conv_b", "--channels", "1", "--out", "one").code == 0
    found = re.search(r'id="conv_b%3A(\d+)"', home.read("one/index.html").decode())
    assert found
    lines = _copy_into_manifest(page, home, "one/index.html", f"conv_b%3A{found[1]}")
    assert f"- layers: [conv_b:{found[1]}]\n" in lines
    assert f"orb_2_conv_b-{found[1]}.png" in home.states()

    assert home.run(*asked, "--motifs", "tentacle", "--out", "two").code == 0
    lines = _copy_into_manifest(page, home, "two/index.html", "motif-tentacle")
    assert "- motifs: [tentacle]\n" in lines
    assert "orb_2_motif-tentacle.png" in home.states()
    page.evaluate("document.querySelector('#motif-tentacle a').click()")
    assert page.evaluate("document.querySelector('dialog .name').textContent") == "tentacle"
    assert page.evaluate("document.querySelector('dialog .percent').textContent") == "motif"


def _copy_into_manifest(page: chromium.Page, home: Home, sheet: str, tile: str) -> str:
    """Press a tile's button, and make a manifest of what it copies."""
    page.emulate(1400, 900)
    page.open((home.root / sheet).as_uri())
    page.evaluate(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', {value: {"
        " writeText: async (text) => { window.copied.push(text) }}}); true"
    )
    page.evaluate(f"document.getElementById('{tile}').querySelector('.copy').click()")
    said = f"document.getElementById('{tile}').querySelector('.copy').textContent"
    page.until(f"{said} === 'Copied'")
    [lines] = page.evaluate("window.copied")
    frame = page.evaluate("document.querySelector('details pre').textContent").split("      - ")[0]
    home.write("collections/orbs/collection.yaml", f"title: Orbs\n{frame}{lines}")
    return str(lines)


def test_a_tile_is_seen_large_beside_its_source(page: chromium.Page, home: Home) -> None:
    page.emulate(1400, 900)
    page.open((home.root / SHEET).as_uri())
    page.evaluate("document.querySelector('#conv_a a').click()")
    name = "document.querySelector('dialog .name').textContent"
    source = "document.querySelector('dialog img').src"
    assert page.evaluate("document.querySelector('dialog').open")
    assert page.evaluate(name) == "conv_a"
    large = page.evaluate("document.querySelector('dialog img').getBoundingClientRect().width")
    assert large > 1000
    page.press("ArrowRight", 39)
    assert page.evaluate(name) == "conv_b"
    dreamed = page.evaluate(source)
    page.evaluate("document.querySelector('dialog img').dispatchEvent(new Event('pointerdown'))")
    assert page.evaluate(source).endswith("source.webp")
    page.evaluate("document.querySelector('dialog img').dispatchEvent(new Event('pointerup'))")
    assert page.evaluate(source) == dreamed
    page.press("Escape", 27)
    page.until("!document.querySelector('dialog').open")
    page.until("document.activeElement.dataset.name === 'conv_b'")


def test_without_scripts_a_tile_leads_to_its_picture(page: chromium.Page, home: Home) -> None:
    page.emulate(1400, 900, scripts=False)
    page.open((home.root / SHEET).as_uri())
    leads = page.evaluate("document.querySelector('#conv_a a').getAttribute('href')")
    assert (home.root / SHEET).parent.joinpath(leads).is_file()
    assert page.evaluate("getComputedStyle(document.querySelector('.copy')).display") == "none"
    page.emulate(1400, 900)


def test_an_unfinished_sheet_looks_again_by_itself(
    page: chromium.Page, home: Home, tmp_path: Path
) -> None:
    whole = home.read(SHEET).decode()
    home_page = tmp_path / "index.html"
    running = _running(home)
    home_page.write_text(running.replace("}, 4000);", "}, 300);"), "utf-8")
    page.emulate(1400, 900)
    page.open(home_page.as_uri())
    page.until("document.querySelectorAll('.none').length === 4")
    home_page.with_suffix(".new").write_text(whole, "utf-8")
    home_page.with_suffix(".new").replace(home_page)
    page.until("document.documentElement?.dataset.stage === 'whole'")
    page.until("document.readyState === 'complete'")
    assert page.evaluate("document.querySelectorAll('.none').length") == 0


def _running(home: Home) -> str:
    """The page as it is before the first tile."""
    from dreamfolio.explore import explore

    pages: list[str] = []
    kept = explore.page

    def noted(*arguments: object) -> bytes:
        made = kept(*arguments)  # type: ignore[arg-type]
        pages.append(made.decode())
        return made

    explore.page = noted
    try:
        home.run("explore", ORB, "--no-open")
    finally:
        explore.page = kept
    return pages[0]
