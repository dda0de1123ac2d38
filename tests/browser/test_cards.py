"""The cards of collections, in a real Chromium: no gaps in their rows, and a frame where nothing
hangs."""

from pathlib import Path

import pytest

from helpers import chromium
from helpers.site import collection, parse, piece, portfolio, publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
BOXES = "[...document.querySelectorAll({!r})].map(e => e.getBoundingClientRect().toJSON())"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_the_last_row_is_as_wide_as_the_others(
    page: chromium.Page, tmp_path: Path, count: int
) -> None:
    shown = [
        collection(tmp_path, f"c{n}", piece("a.png"), description="Words.") for n in range(count)
    ]
    publish(portfolio(tmp_path, *shown))
    for width in (768, 1000, 1280, 1920):
        page.emulate(width, 900)
        page.open((tmp_path / "site/index.html").as_uri())
        (all_of_them,) = page.evaluate(BOXES.format(".cards"))
        last = page.evaluate(BOXES.format(".card"))[-1]
        assert last["right"] == pytest.approx(all_of_them["right"], abs=1), width
        assert page.evaluate("document.scrollingElement.scrollWidth") == width


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_a_collection_without_pictures_says_so_once(
    page: chromium.Page, tmp_path: Path, theme: str
) -> None:
    rooms = (collection(tmp_path, "fog", piece("a.png")), collection(tmp_path, "hall"))
    publish(portfolio(tmp_path, *rooms, collection(tmp_path, "hall/closet"), theme=theme))
    for name in ("index.html", "hall/index.html", "hall/closet/index.html"):
        text = parse(tmp_path / "site" / name).text
        assert "0 pieces" not in text
        assert "Nothing is shown here yet." in text
    assert parse(tmp_path / "site/hall/closet/index.html").text.count("Nothing is shown") == 1
    if theme == "gallery":
        page.emulate(1280, 900)
        page.open((tmp_path / "site/index.html").as_uri())
        frames = page.evaluate(
            "[...document.querySelectorAll('.cover')].map(e => getComputedStyle(e).borderTopWidth)"
        )
        assert frames == ["0px", "1px"]
