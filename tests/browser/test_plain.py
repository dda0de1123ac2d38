"""The theme without scripts in a real Chromium: whole pictures in any window, day and night."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from helpers import chromium
from helpers.awkward import awkward
from helpers.site import collection, picture, piece, portfolio, publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
PAGES = [
    "index.html",
    "404.html",
    "about.html",
    "atlas.html",
    "pieces.html",
    "mixed/index.html",
    "mixed/dreamed.html",
    "mixed/panorama.html",
    "mixed/tall.html",
    "mixed/long.html",
    "mixed/film.html",
    "one/index.html",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("plain")
    publish(awkward(root, url=None, theme="plain"))
    return root / "site"


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_page_is_wider_than_the_window_and_each_picture_is_whole(
    page: chromium.Page, site: Path, width: int
) -> None:
    page.emulate(width, 900)
    for name in PAGES:
        page.open((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width, name
        before = page.evaluate("document.documentElement.scrollHeight")
        page.show_pictures()
        assert page.evaluate("document.documentElement.scrollHeight") == pytest.approx(
            before, abs=2
        )
        shown = page.evaluate(
            "[...document.images].map(i => [i.naturalWidth, i.naturalHeight, i.width, i.height])"
        )
        for natural_width, natural_height, image_width, image_height in shown:
            assert natural_width > 0
            true = natural_width / natural_height
            # Sides are told in whole pixels.
            near = 2 / min(image_width, image_height)
            assert image_width / image_height == pytest.approx(true, rel=near)


@pytest.mark.parametrize("size", [(450, 800), (600, 800), (800, 800)])
def test_no_picture_of_a_piece_is_higher_than_the_window(
    page: chromium.Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    picture(tmp_path / "collections/fog/tower.png", size)
    settings = SiteSettings(widths=(400,))
    fog = collection(tmp_path, "fog", piece("tower.png"))
    publish(portfolio(tmp_path, fog, theme="plain", site=settings))
    page.emulate(1440, 900)
    page.open((tmp_path / "site/fog/tower.html").as_uri())
    assert page.evaluate("document.querySelector('.source img').height") <= 900


def test_the_source_stays_beside_its_dreams_and_stands_above_them_on_a_phone(
    page: chromium.Page, site: Path
) -> None:
    tops = "[...document.querySelectorAll('figure img')].map(i => i.getBoundingClientRect().top)"
    page.emulate(1280, 600)
    page.open((site / "mixed/dreamed.html").as_uri())
    source, dream, *_ = page.evaluate(tops)
    assert source == dream
    page.evaluate("document.querySelectorAll('figure')[2].scrollIntoView()")
    source, _, second, *_ = page.evaluate(tops)
    assert source == pytest.approx(second, abs=2)
    page.emulate(360, 800)
    source, dream, *_ = page.evaluate(tops)
    assert source < dream


def test_dark_and_light_follow_the_system_unless_the_portfolio_chose(
    page: chromium.Page, site: Path, tmp_path: Path
) -> None:
    publish(awkward(tmp_path, theme="plain", url=None, theme_options={"scheme": "dark"}))
    grounds = []
    for dark, where in ((False, site), (True, site), (False, tmp_path / "site")):
        page.emulate(1280, 900, dark=dark)
        page.open((where / "index.html").as_uri())
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds.append(sum(int(part) for part in ground[4:-1].split(",")))
    light, dark_by_system, dark_by_choice = grounds
    assert light > 700 > 100 > dark_by_system == dark_by_choice
