"""Working with the site open in a real Chromium: nobody reloads by hand."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers import chromium
from helpers.home import Home
from helpers.serving import Served, serving
from helpers.site import picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
MANIFEST = "collections/orbs/collection.yaml"
PANEL = "document.querySelector('dreamfolio-problems')?.shadowRoot.querySelector('section')"


@dataclass
class Working:
    """A portfolio that is served, and the page that is open."""

    home: Home
    served: Served
    page: chromium.Page

    def see(self, expression: str) -> None:
        """Wait until the expression is true in the page, whichever version of it is there."""

        def seen() -> bool:
            try:
                return bool(self.page.evaluate(f"!!({expression})"))
            except chromium.LeftError:  # It is being reloaded at this moment.
                return False

        self.served.until(seen)


@pytest.fixture
def working(tmp_path: Path, page: chromium.Page) -> Iterator[Working]:
    home = Home(tmp_path / "home")
    home.write("portfolio.yaml", "title: Studies\nsite: {widths: [320]}\n")
    home.write(MANIFEST, "title: Orbs\ndescription: Round.\n")
    for number in range(1, 7):
        picture(home.root / f"collections/orbs/orb_{number}.png", (320, 240))
    with serving(home) as served:
        served.wait_for("files written")
        page.emulate(1000, 500)
        page.open(f"{served.url}orbs/")
        yield Working(home, served, page)
        page.open("about:blank")


def test_an_edit_is_seen_where_one_is(working: Working) -> None:
    page = working.page
    page.show_pictures()
    page.evaluate("scrollTo(0, 400)")
    at = page.evaluate("scrollY")
    assert at > 100
    page.evaluate("void (window.before = true)")
    working.home.edit(MANIFEST, "title: Spheres\ndescription: Round.\n")
    working.see("document.querySelector('h1')?.innerText === 'Spheres'")
    assert page.evaluate("window.before") is None
    working.see(f"scrollY === {at}")


def test_a_mistake_is_shown_with_its_line_until_it_is_mended(working: Working) -> None:
    page = working.page
    page.evaluate("void (window.before = true)")
    working.home.edit(MANIFEST, "title: Orbs\ndescripton: <b>Round.</b>\n")
    working.see(f"{PANEL}?.offsetHeight > 0")
    told = page.evaluate(f"{PANEL}.innerText")
    for words in (f"{MANIFEST}:2:1", 'unknown key "descripton"', "did you mean description?"):
        assert words in told
    assert "descripton: <b>Round.</b>" in told, "the line itself, and as text"
    assert page.evaluate(f"{PANEL}.querySelector('mark').textContent") == "descripton"
    assert "stays as it was" in told
    assert page.evaluate("document.querySelector('h1').innerText") == "Orbs"
    assert page.evaluate("window.before"), "there is nothing to reload for"
    # On every other page as well.
    page.open(working.served.url)
    working.see(f"{PANEL}?.offsetHeight > 0")
    working.home.edit(MANIFEST, "title: Orbs\ndescription: Round.\n")
    working.see("!document.querySelector('dreamfolio-problems')")


def test_the_panel_can_be_put_away_until_something_else_is_wrong(working: Working) -> None:
    page = working.page
    working.home.edit(MANIFEST, "titel: Orbs\n")
    working.see(f"{PANEL}?.offsetHeight > 0")
    page.evaluate(f"{PANEL}.querySelector('button').click()")
    page.open(working.served.url)
    working.see("document.title === 'Studies' || document.title.includes('Studies')")
    assert page.evaluate("document.querySelector('dreamfolio-problems')") is None
    working.home.edit(MANIFEST, "title: Orbs\nlayrs: []\n")
    working.see(f"{PANEL}?.innerText.includes('layrs')")


def test_pictures_come_and_go(working: Working) -> None:
    count = "document.querySelectorAll('.tile').length"
    assert working.page.evaluate(count) == 6
    picture(working.home.root / "collections/orbs/orb_7.png", (320, 240), "#803010")
    working.see(f"{count} === 7")
    (working.home.root / "collections/orbs/orb_7.png").unlink()
    working.see(f"{count} === 6")


def test_a_page_that_is_gone_comes_back_with_its_collection(working: Working) -> None:
    shutil.move(working.home.root / "collections/orbs", working.home.root / "aside")
    working.see("!document.querySelector('.tile')")
    shutil.move(working.home.root / "aside", working.home.root / "collections/orbs")
    working.see("document.querySelectorAll('.tile').length === 6")


def test_a_template_of_one_s_own_is_seen(working: Working) -> None:
    own = '{% extends "shipped/collection.html.j2" %}{% block main %}<p id="own"></p>{% endblock %}'
    working.home.write("themes/gallery/collection.html.j2", own)
    working.see("document.querySelector('#own')")


def test_a_portfolio_that_is_broken_from_the_start(tmp_path: Path, page: chromium.Page) -> None:
    home = Home(tmp_path / "home")
    home.write("portfolio.yaml", "titel: Studies\n")
    picture(home.root / "collections/orbs/orb_1.png")
    with serving(home) as served:
        served.wait_for("error: portfolio.yaml:1:1")
        page.open(served.url)
        working = Working(home, served, page)
        working.see(f"{PANEL}?.innerText.includes('did you mean title?')")
        home.edit("portfolio.yaml", "title: Studies\n")
        working.see("document.querySelector('h1')?.innerText === 'Studies'")
        assert page.evaluate("document.querySelector('dreamfolio-problems')") is None
        page.open("about:blank")
