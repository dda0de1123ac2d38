"""Looking closely on a phone: the lightbox, the comparison and the holding down by fingers."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from helpers import chromium
from helpers.hands import fingers, lay, lift, line, middle, phone, tap, taps, wait
from helpers.site import collection, picture, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
OPEN = "!!document.querySelector('.pswp--open') && !!window.pswp?.opener.isOpen"
GONE = "!document.querySelector('.pswp')"
SLIDER = "document.querySelector('img-comparison-slider')"
ZOOM = "pswp.currSlide.currZoomLevel"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("portfolio")
    fog = root / "collections/fog"
    dreams = [variant("one.png", "mixed3"), variant("one.png", "mixed5")]
    picture(fog / "one.png", (1200, 750))
    for dream, colour in zip(dreams, ("#884422", "#228844"), strict=True):
        picture(fog / dream.file, (1200, 750), colour)
    pieces = [piece("one.png", *dreams), *(piece(f"{n}.png") for n in range(8))]
    settings = SiteSettings(widths=(240, 480, 1200))
    publish(portfolio(root, collection(root, "fog", *pieces), site=settings))
    return root / "site"


@pytest.fixture
def page(browser: chromium.Browser, site: Path) -> Iterator[chromium.Page]:
    """A phone with the page of a piece of two dreams."""
    page = browser.new_page()
    phone(page)
    page.open((site / "fog/one.html").as_uri())
    page.show_pictures()
    yield page
    page.call("Page.close")


def opened(page: chromium.Page, selector: str = ".source a.look") -> None:
    tap(page, selector)
    wait(page, OPEN)


def test_a_swipe_leads_to_the_next_picture_and_the_address_follows(page: chromium.Page) -> None:
    opened(page)
    fingers(page, [line((300, 400), (60, 400))])
    wait(page, "location.hash === '#view/dream-mixed3'")
    fingers(page, [line((60, 400), (300, 400))])
    wait(page, "location.hash === '#view/source'")


def test_a_swipe_down_closes(page: chromium.Page) -> None:
    opened(page)
    fingers(page, [line((195, 300), (195, 640))])
    wait(page, GONE)
    wait(page, "location.hash === ''")


def test_two_fingers_zoom_and_one_then_moves_the_picture(page: chromium.Page) -> None:
    opened(page)
    before = page.evaluate(ZOOM)
    apart = [line((165, 420), (60, 420)), line((225, 420), (330, 420))]
    fingers(page, apart, until=f"{ZOOM} > {2 * before}")
    assert page.evaluate(ZOOM) > 2 * before
    left = page.evaluate("pswp.currSlide.pan.x")
    fingers(page, [line((250, 420), (150, 420))], until=f"pswp.currSlide.pan.x < {left}")
    assert page.evaluate("pswp.currSlide.pan.x") < left
    assert page.evaluate("location.hash") == "#view/source"


def test_two_taps_zoom_to_the_pixels_and_two_more_back(page: chromium.Page) -> None:
    opened(page)
    before = page.evaluate(ZOOM)
    for expected in (1, before):
        taps(page, (195, 420), 2)
        wait(page, f"Math.abs({ZOOM} - {expected}) < .001")


def test_the_source_can_be_laid_over_a_zoomed_dream(page: chromium.Page) -> None:
    opened(page, "#dream-mixed3 a.look")
    before = page.evaluate(ZOOM)
    apart = [line((165, 420), (60, 420)), line((225, 420), (330, 420))]
    fingers(page, apart, until=f"{ZOOM} > {2 * before}")
    tap(page, ".pswp__button--source")
    wait(page, "document.querySelector('.pswp__source')?.naturalWidth > 0")
    source = page.evaluate("document.querySelector('.source img').src.split('-').at(-2)")
    assert source in page.evaluate("document.querySelector('.pswp__source').currentSrc")
    box = "JSON.stringify({}.getBoundingClientRect())"
    dream = page.evaluate(box.format("pswp.currSlide.content.element"))
    assert page.evaluate(box.format("document.querySelector('.pswp__source')")) == dream
    tap(page, ".pswp__button--source")
    assert page.evaluate("document.querySelector('.pswp__source')") is None


def test_what_is_held_in_the_lightbox_lets_go_with_the_finger(page: chromium.Page) -> None:
    opened(page, "#dream-mixed3 a.look")
    lay(page, [middle(page, ".pswp__button--source")])
    wait(page, "!!document.querySelector('.pswp__source')")
    time.sleep(0.4)
    lift(page)
    wait(page, "!document.querySelector('.pswp__source')")


def test_a_finger_moves_the_slider(page: chromium.Page) -> None:
    tap(page, "#dream-mixed3 button.compare")
    wait(page, f"!!{SLIDER}")
    x, y = middle(page, "img-comparison-slider")
    fingers(page, [line((x, y), (x - 120, y))])
    wait(page, f"{SLIDER}.value < 40")
    fingers(page, [line((x - 120, y), (x + 120, y))])
    wait(page, f"{SLIDER}.value > 60")
    assert page.evaluate("scrollX") == 0


def test_a_finger_across_the_slider_still_scrolls_the_page(page: chromium.Page) -> None:
    tap(page, "#dream-mixed3 button.compare")
    wait(page, f"!!{SLIDER}")
    x, y = middle(page, "img-comparison-slider")
    before = page.evaluate("scrollY")
    fingers(page, [line((x, y), (x, y - 200))])
    wait(page, f"scrollY > {before + 50}")


def test_a_dream_held_by_a_finger_shows_its_source_and_no_menu(page: chromium.Page) -> None:
    # What a phone does when a link is held for long, and Chromium without a screen does not.
    menu = (
        "document.querySelector('#dream-mixed3 a.look img').dispatchEvent("
        "new MouseEvent('contextmenu', {bubbles: true, cancelable: true}))"
    )
    assert page.evaluate(menu)
    lay(page, [middle(page, "#dream-mixed3 a.look")])
    wait(page, "!!document.querySelector('.held .peek img')")
    assert not page.evaluate(menu)
    time.sleep(0.8)
    assert page.evaluate("!!document.querySelector('.held')")
    lift(page)
    wait(page, "!document.querySelector('.held')")
    time.sleep(0.1)
    assert page.evaluate("[String(getSelection()), location.hash]") == ["", ""]
    assert page.evaluate(GONE)
    assert page.evaluate(menu)


def test_a_finger_that_moves_on_scrolls_and_shows_nothing(page: chromium.Page) -> None:
    x, y = middle(page, "#dream-mixed3 a.look")
    before = page.evaluate("scrollY")
    fingers(page, [line((x, y), (x, y - 200))])
    wait(page, f"scrollY > {before + 50}")
    assert page.evaluate("document.querySelector('.held')") is None
    assert page.evaluate(GONE)
