"""Rows of pictures, in a real Chromium: the last one is like the others, on a tablet and on paper
there are several beside each other."""

from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from helpers import chromium
from helpers.site import collection, picture, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
BOXES = "[...document.querySelectorAll('.tile img')].map(i => i.getBoundingClientRect().toJSON())"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("portfolio")
    shown = []
    for slug, count in (("four", 4), ("nine", 9)):
        pieces = [piece(f"{n}.png", variant(f"{n}.png", "mixed3")) for n in range(count)]
        for each in pieces:
            for name in (each.source, each.variants[0].file):
                picture(root / "collections" / slug / name, (480, 270))
        shown.append(collection(root, slug, *pieces))
    publish(portfolio(root, *shown, site=SiteSettings(widths=(480,))))
    return root / "site"


@pytest.mark.parametrize("width", [768, 1280, 1440, 1920])
def test_the_last_row_of_all_pieces_is_as_high_as_the_others(
    page: chromium.Page, site: Path, width: int
) -> None:
    page.emulate(width, 900)
    page.open((site / "pieces.html").as_uri())
    for count in range(13, 4, -1):  # As if the filter had left so many.
        page.evaluate(f"document.querySelectorAll('.tile')[{count}]?.remove()")
        boxes = page.evaluate(BOXES)
        assert boxes[-1]["height"] <= boxes[0]["height"] * 1.1, count
        assert boxes[-1]["height"] >= boxes[0]["height"] * 0.7, count
        rows = {box["top"] for box in boxes}
        across = sum(box["top"] == boxes[0]["top"] for box in boxes)
        if count == len(rows) * across:
            assert boxes[-1]["right"] == pytest.approx(boxes[across - 1]["right"], abs=1), count


@pytest.mark.parametrize("slug", ["four", "nine"])
def test_on_a_tablet_two_stand_side_by_side(page: chromium.Page, site: Path, slug: str) -> None:
    page.emulate(768, 900)
    page.open((site / slug / "index.html").as_uri())
    tops = [box["top"] for box in page.evaluate(BOXES)]
    assert tops[0] == tops[1] < tops[2]


def test_the_atlas_on_paper_has_several_pictures_a_row(page: chromium.Page, site: Path) -> None:
    page.emulate(718, 1000)  # A4 between its margins
    page.open((site / "atlas.html").as_uri())
    page.call("Emulation.setEmulatedMedia", media="print")
    tops = [box["top"] for box in page.evaluate(BOXES)]
    page.call("Emulation.setEmulatedMedia", media="")
    assert tops[0] == tops[1] == tops[2] < tops[3]
