"""Choosing among more pieces than one page shows, in a real Chromium: from a server, where the
other parts are fetched, and from a folder, where links lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamfolio.publish.site import parts
from helpers import chromium
from helpers.over_http import over_http
from helpers.site import collection, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
SEEN = (
    "[...document.querySelectorAll('.all > .tile')].filter(t => t.offsetWidth > 0)"
    ".map(t => t.querySelector('.name').innerText)"
)
TOLD = "document.querySelector('.filter output').innerText"
LINKS = (
    "[...document.querySelectorAll('nav.parts a')].filter(a => a.offsetWidth > 0)"
    ".map(a => a.innerText + ' ' + decodeURIComponent(a.href.split('/').at(-1)))"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty pictures on five pages of four: of each collection's five, the first was dreamed
    through mixed5, the last one bears a tag."""
    root = tmp_path_factory.mktemp("portfolio")
    shown = []
    for slug in "abcd":
        pieces = [
            piece(
                f"{slug}{n}.png",
                variant(f"{slug}{n}.png", "mixed3" if n else "mixed5"),
                tags=("night",) if n == 4 else (),
            )
            for n in range(5)
        ]
        shown.append(collection(root, slug, *pieces))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST", 4)
        publish(portfolio(root, *shown))
    return root / "site"


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with over_http(site) as address:
        yield address


def seen(page: chromium.Page, *names: str) -> None:
    page.until(f"JSON.stringify({SEEN}) === JSON.stringify({[*names]!r})")


def test_a_choice_is_gathered_from_every_part(page: chromium.Page, served: str) -> None:
    page.emulate(1280, 900)
    page.visit(f"{served}pieces.html")
    seen(page, "A0", "A1", "A2", "A3")
    page.choose("layer", "inception_v3/mixed5")
    seen(page, "A0", "B0", "C0", "D0")
    assert page.evaluate(TOLD) == "Showing 4 of 20"
    assert page.evaluate(LINKS) == []
    page.show_pictures()
    assert page.evaluate("[...document.images].every(i => i.naturalWidth > 0)")
    # What would lead to nothing in any part cannot be chosen.
    page.choose("collection", "c")
    seen(page, "C0")
    offered = "[...document.querySelector('[name=tag]').options].filter(o => !o.disabled)"
    assert page.evaluate(f"{offered}.map(o => o.value)") == [""]
    page.evaluate("history.back()")
    seen(page, "A0", "B0", "C0", "D0")
    page.evaluate("document.querySelector('.filter button').click()")
    seen(page, "A0", "A1", "A2", "A3")
    assert page.evaluate(LINKS)[0] == "1 pieces.html"


def test_a_link_shows_the_choice_whichever_part_it_leads_to(
    page: chromium.Page, served: str
) -> None:
    page.emulate(1280, 900)
    for part in ("pieces.html", "pieces-3.html", "pieces-5.html"):
        page.visit(f"{served}{part}#tag=night")
        seen(page, "A4", "B4", "C4", "D4")


def test_more_is_shown_when_it_is_asked_for(page: chromium.Page, served: str) -> None:
    page.emulate(1280, 900)
    page.visit(f"{served}pieces.html#layer=inception_v3/mixed3")
    more = "document.querySelector('.more')"
    page.until(f"!{more}.hidden")
    before = page.evaluate(f"{SEEN}.length")
    assert 4 <= before < 16
    assert page.evaluate(TOLD) == "Showing 16 of 20"
    while not page.evaluate(f"{more}.hidden"):
        page.evaluate(f"{more}.firstChild.click()")
        page.until("document.querySelector('.all').ariaBusy !== 'true'")
    seen(page, *(f"{slug.upper()}{n}" for slug in "abcd" for n in range(1, 5)))


def test_a_picture_of_another_part_opens_and_its_address_leads_to_it(
    page: chromium.Page, served: str
) -> None:
    page.emulate(1280, 900)
    page.visit(f"{served}pieces.html#tag=night")
    seen(page, "A4", "B4", "C4", "D4")
    page.evaluate("[...document.querySelectorAll('.tile:not([hidden]) a.look')].at(-1).click()")
    page.until("document.querySelector('.pswp--open')")
    page.until("location.pathname === '/pieces-5.html'")
    shared = page.evaluate("location.href")
    page.evaluate("history.back()")
    page.until("location.hash === '#tag=night' && location.pathname === '/pieces.html'")
    page.until("!document.querySelector('.pswp')")
    seen(page, "A4", "B4", "C4", "D4")
    page.visit(shared)
    page.until("document.querySelector('.pswp--open')")
    page.until("document.querySelector('.pswp__title').innerText === 'D4'")


def test_from_a_folder_links_lead_to_the_parts_of_a_choice(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900)
    page.visit((site / "pieces.html").as_uri())
    page.choose("layer", "inception_v3/mixed5")
    seen(page, "A0")
    page.until(f"{LINKS}.length > 0")
    assert page.evaluate(TOLD) == "Showing 4 of 20"
    hash_ = "#layer=inception_v3/mixed5"
    assert page.evaluate(LINKS) == [
        *(f"1 pieces.html{hash_}", f"2 pieces-2.html{hash_}"),
        *(f"3 pieces-3.html{hash_}", f"4 pieces-4.html{hash_}"),
        f"Next page pieces-2.html{hash_}",
    ]
    page.evaluate("document.querySelector('nav.parts [rel=next]').click()")
    page.until("location.pathname.endsWith('/pieces-2.html')")
    seen(page, "B0")
    # A part where nothing of it hangs leads on to the first where something does.
    page.visit(f"{(site / 'pieces.html').as_uri()}#collection=d")
    page.until("location.pathname.endsWith('/pieces-4.html')")
    seen(page, "D0")


def test_without_scripts_each_part_is_read_after_the_other(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900, scripts=False)
    page.visit((site / "pieces-2.html").as_uri())
    assert page.evaluate(SEEN) == ["A4", "B0", "B1", "B2"]
    assert page.evaluate(LINKS) == [
        "Previous page pieces.html",
        *("1 pieces.html", *(f"{n} pieces-{n}.html" for n in range(2, 6))),
        "Next page pieces-3.html",
    ]
    page.emulate(1280, 900)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_part_is_wider_than_the_window(page: chromium.Page, site: Path, width: int) -> None:
    page.emulate(width, 900)
    for name in ("pieces-2.html", "atlas.html", "atlas-2.html"):
        page.open((site / name).as_uri())
        assert page.evaluate("document.scrollingElement.scrollWidth") == width, name
