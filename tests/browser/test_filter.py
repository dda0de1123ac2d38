"""Choosing among all pieces, in a real Chromium and from a folder: no server is needed."""

import pytest

from helpers import chromium
from helpers.site import collection, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
SEEN = (
    "[...document.querySelectorAll('.all > .tile')].filter(t => t.offsetWidth > 0)"
    ".map(t => t.innerText.split(/\\s+/).join(' ').trim())"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("portfolio")
    fog = [piece("a.png", variant("a.png", "mixed3"), variant("a.png", "mixed5"))]
    part = [
        piece("b.png", variant("b.png", "mixed3"), tags=("Deep sea", "night")),
        piece("c.png", tags=("NIGHT",)),
    ]
    publish(
        portfolio(root, collection(root, "fog", *fog), collection(root, "fog/part", *part)),
    )
    return (root / "site/pieces.html").as_uri()


@pytest.fixture(scope="module")
def page(browser: chromium.Browser) -> chromium.Page:
    page = browser.new_page()
    page.emulate(1280, 900)
    return page


def test_a_choice_shows_what_is_of_it_and_stands_in_the_address(
    page: chromium.Page, address: str
) -> None:
    page.visit(address)
    assert len(page.evaluate(SEEN)) == 4
    page.choose("layer", "inception_v3/mixed3")
    assert page.evaluate(SEEN) == ["A mixed3", "B mixed3"]
    assert page.evaluate("document.querySelector('.filter output').innerText") == "Showing 2 of 4"
    page.choose("collection", "fog/part")
    assert page.evaluate(SEEN) == ["B mixed3"]
    shared = page.evaluate("location.href")
    page.visit(shared)
    assert page.evaluate(SEEN) == ["B mixed3"]
    assert page.evaluate("document.querySelector('[name=collection]').value") == "fog/part"


def test_a_parent_holds_what_its_children_hold(page: chromium.Page, address: str) -> None:
    page.visit(f"{address}#collection=fog")
    assert len(page.evaluate(SEEN)) == 4


def test_going_back_takes_a_choice_back_and_so_does_the_button(
    page: chromium.Page, address: str
) -> None:
    page.visit(address)
    page.choose("layer", "inception_v3/mixed5")
    assert len(page.evaluate(SEEN)) == 1
    back = "new Promise(done => { addEventListener('popstate', () => setTimeout(done)); "
    page.evaluate(back + "history.back() })")
    assert len(page.evaluate(SEEN)) == 4
    page.choose("layer", "inception_v3/mixed5")
    page.evaluate("document.querySelector('.filter button').click()")
    page.until("location.hash === ''")
    assert len(page.evaluate(SEEN)) == 4


def test_what_would_lead_to_nothing_cannot_be_chosen(page: chromium.Page, address: str) -> None:
    page.visit(f"{address}#collection=fog%2Fpart")
    offered = "[...document.querySelector('[name=layer]').options].filter(o => !o.disabled)"
    assert page.evaluate(f"{offered}.map(o => o.text)") == ["All", "mixed3"]


def test_an_old_link_to_what_is_gone_asks_for_nothing(page: chromium.Page, address: str) -> None:
    page.visit(f"{address}#layer=gone&collection=%22%3E%3Cb%3E&else=1")
    assert len(page.evaluate(SEEN)) == 4


def test_without_scripts_everything_is_shown_and_no_form(page: chromium.Page, address: str) -> None:
    page.emulate(1280, 900, scripts=False)
    page.visit(f"{address}#layer=inception_v3/mixed5")
    assert len(page.evaluate(SEEN)) == 4
    assert page.evaluate("document.querySelector('.filter').offsetHeight") == 0
    page.emulate(1280, 900)


def test_a_tag_is_chosen_however_it_is_written_and_leads_there_from_a_piece(
    page: chromium.Page, address: str
) -> None:
    page.visit(address)
    page.choose("tag", "night")
    assert page.evaluate(SEEN) == ["B mixed3", "C"]
    page.open(address.replace("pieces.html", "fog/part/b.html"))
    page.visit(page.evaluate("document.querySelector('.tags a').href"))
    assert page.evaluate("document.querySelector('[name=tag]').value") == "deep sea"
    assert page.evaluate(SEEN) == ["B mixed3"]
