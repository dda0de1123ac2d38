"""Looking closely, in a real Chromium, at a site opened from its folder as at a served one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dreamfolio.content.settings import SiteSettings
from helpers import chromium
from helpers.hands import click, middle, mouse, wait
from helpers.site import collection, picture, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
OPEN = "!!document.querySelector('.pswp--open') && !!window.pswp?.opener.isOpen"
GONE = "!document.querySelector('.pswp')"
SLIDER = "document.querySelector('img-comparison-slider')"
WALL = (
    "(getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    ".reduce((a, b) => a + b) > 380 ? 'light' : 'dark')"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("portfolio")
    size = (640, 400)
    fog = root / "collections/fog"
    dreams = [variant("one.png", "mixed3"), variant("one.png", "mixed5")]
    picture(fog / "one.png", size)
    for dream, colour in zip(dreams, ("#884422", "#228844"), strict=True):
        picture(fog / dream.file, size, colour)
    picture(fog / "two.png", size, "#444444")
    pieces = [piece("one.png", *dreams), piece("two.png")]
    settings = SiteSettings(widths=(240, 480, 960))
    publish(portfolio(root, collection(root, "fog", *pieces), site=settings))
    return root / "site"


@pytest.fixture
def page(browser: chromium.Browser) -> Iterator[chromium.Page]:
    """A tab of its own, in which nothing may be refused or go wrong."""
    page = browser.new_page()
    page.call("Log.enable")
    page.call("Runtime.enable")
    page.emulate(1280, 900)
    yield page
    wrong = page.events("Runtime.exceptionThrown")
    refused = [event["params"]["entry"]["text"] for event in page.events("Log.entryAdded")]
    page.call("Page.close")
    assert (wrong, refused) == ([], [])


@pytest.fixture
def one(page: chromium.Page, site: Path) -> str:
    """The page of a piece with two dreams, opened."""
    address = (site / "fog/one.html").as_uri()
    page.open(address)
    return address


def shown(page: chromium.Page) -> Any:
    """Alt text of the picture in the lightbox, and the words below it."""
    return page.evaluate(
        "[pswp.currSlide.content.element.alt, document.querySelector('.pswp__caption').innerText]"
    )


def test_a_click_enlarges_a_picture_and_escape_leads_back_to_it(
    page: chromium.Page, one: str
) -> None:
    click(page, "#dream-mixed3 a.look")
    wait(page, OPEN)
    alt, words = shown(page)
    assert alt == "A render of one, dreamed through mixed3"
    assert words.split() == ["One", "mixed3"]
    assert page.evaluate("location.hash") == "#view/dream-mixed3"
    wait(page, "pswp.currSlide.content.element.naturalWidth > 0")
    wait(page, "pswp.element.contains(document.activeElement)")
    page.press("Escape", 27)
    wait(page, GONE)
    wait(page, "location.hash === ''")
    wait(page, "document.activeElement.id === 'view/dream-mixed3'")


def test_arrow_keys_lead_through_the_pictures_and_focus_follows(
    page: chromium.Page, one: str
) -> None:
    click(page, ".source a.look")
    wait(page, OPEN)
    for expected in ("view/dream-mixed3", "view/dream-mixed5"):
        page.press("ArrowRight", 39)
        wait(page, f"location.hash === '#{expected}'")
    page.press("ArrowLeft", 37)
    wait(page, "location.hash === '#view/dream-mixed3'")
    page.press("Escape", 27)
    wait(page, GONE)
    wait(page, "document.activeElement.id === 'view/dream-mixed3'")


def test_enter_on_a_picture_opens_it_too(page: chromium.Page, one: str) -> None:
    page.evaluate("document.querySelector('#dream-mixed5 a.look').focus()")
    page.call("Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", text="\r")
    wait(page, OPEN)
    assert page.evaluate("location.hash") == "#view/dream-mixed5"


def test_a_deep_link_opens_its_picture_on_either_page(page: chromium.Page, site: Path) -> None:
    for address in ("fog/one.html#view/dream-mixed5", "fog/index.html#view/one/dream-mixed5"):
        page.open(f"{site.as_uri()}/{address}")
        wait(page, OPEN)
        assert shown(page)[0] == "A render of one, dreamed through mixed5"
        page.press("Escape", 27)
        wait(page, GONE)
        wait(page, "location.hash === ''")


def test_back_closes_and_forward_opens_again(page: chromium.Page, one: str) -> None:
    click(page, ".source a.look")
    wait(page, OPEN)
    page.evaluate("history.back()")
    wait(page, GONE)
    assert page.evaluate("location.href") == one
    page.evaluate("history.forward()")
    wait(page, OPEN)


def test_going_back_while_a_picture_opens_closes_it(page: chromium.Page, one: str) -> None:
    page.open(one)
    page.evaluate("document.querySelector('.dreams a.look').click()")
    page.until("document.querySelector('.pswp--open') && location.hash")
    page.evaluate("history.back()")
    page.until(GONE)
    page.until("location.hash === ''")


def test_the_collection_opens_pictures_and_leads_on_to_their_pieces(
    page: chromium.Page, site: Path
) -> None:
    page.open((site / "fog/index.html").as_uri())
    click(page, ".tile a.look")
    wait(page, OPEN)
    more = page.evaluate("document.querySelector('.pswp__more').href")
    assert more == (site / "fog/one.html").as_uri() + "#dream-mixed3"


def test_zooming_in_shows_the_pixels_of_the_picture(page: chromium.Page, one: str) -> None:
    page.emulate(390, 844)
    page.open(one)
    click(page, ".source a.look")
    wait(page, OPEN)
    assert page.evaluate("pswp.currSlide.currZoomLevel < 1")
    page.evaluate("pswp.toggleZoom()")
    wait(page, "pswp.currSlide.currZoomLevel === 1")
    assert page.evaluate("[pswp.currSlide.width, pswp.currSlide.height]") == [640, 400]


def test_nothing_moves_for_those_who_want_no_motion(page: chromium.Page, one: str) -> None:
    page.call(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-reduced-motion", "value": "reduce"}],
    )
    page.open(one)
    click(page, ".source a.look")
    wait(page, OPEN)
    assert page.evaluate("pswp.options.showHideAnimationType") == "none"
    assert page.evaluate("pswp.options.zoomAnimationDuration") == 0


def opened_slider(page: chromium.Page) -> Callable[[], float]:
    click(page, "#dream-mixed3 button.compare")
    wait(page, f"!!{SLIDER}")

    def value() -> float:
        number = page.evaluate(f"{SLIDER}.value")
        told = page.evaluate(f"Number({SLIDER}.getAttribute('aria-valuenow'))")
        assert told == pytest.approx(number, abs=0.5)
        return float(number)

    return value


def test_the_slider_follows_the_arrow_keys(page: chromium.Page, one: str) -> None:
    value = opened_slider(page)
    assert page.evaluate(f"document.activeElement === {SLIDER}")
    assert page.evaluate(f"{SLIDER}.role") == "slider"
    start = value()
    page.press("ArrowRight", 39)
    assert value() > start
    page.press("ArrowLeft", 37)
    page.press("ArrowLeft", 37)
    assert value() < start
    page.press("Home", 36)
    assert value() == 0
    page.press("End", 35)
    assert value() == 100


def test_the_slider_follows_the_mouse(page: chromium.Page, one: str) -> None:
    value = opened_slider(page)
    x, y = middle(page, "img-comparison-slider")
    mouse(page, "mousePressed", at=(x, y))
    mouse(page, "mouseMoved", at=(x + 100, y))
    wait(page, f"{SLIDER}.value > 60")
    mouse(page, "mouseReleased", at=(x + 100, y))
    assert value() > 60


def test_the_slider_stands_where_the_dream_stood_and_gives_way_again(
    page: chromium.Page, one: str
) -> None:
    page.show_pictures()
    box = "(b => [b.x, b.width, b.height].map(Math.round))({}.getBoundingClientRect())"
    link = "document.querySelector('#dream-mixed3 a.look')"
    before = page.evaluate(box.format(link))
    opened_slider(page)
    page.show_pictures()
    assert page.evaluate(box.format(SLIDER)) == pytest.approx(before, abs=1)
    pressed = "document.querySelector('#dream-mixed3 button.compare').ariaPressed"
    assert page.evaluate(pressed) == "true"
    click(page, "#dream-mixed3 button.compare")
    assert page.evaluate(f"{SLIDER} === null")
    assert page.evaluate(pressed) == "false"
    assert page.evaluate(box.format(link)) == before


def test_a_dream_held_down_shows_its_source_and_is_not_opened(
    page: chromium.Page, one: str
) -> None:
    source = page.evaluate("document.querySelector('.source img').src")
    x, y = middle(page, "#dream-mixed3 a.look")
    mouse(page, "mousePressed", at=(x, y))
    wait(page, "!!document.querySelector('.held .peek img')")
    assert page.evaluate("document.querySelector('.held .peek img').src") == source
    wait(page, "getComputedStyle(document.querySelector('.peek')).opacity === '1'")
    mouse(page, "mouseReleased", at=(x, y))
    wait(page, "!document.querySelector('.held')")
    assert page.evaluate("window.pswp ?? null") is None


def test_the_lines_are_copied(page: chromium.Page, browser: chromium.Browser, one: str) -> None:
    browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite"])
    page.call("Page.bringToFront")
    click(page, "#dream-mixed3 summary")
    click(page, "#dream-mixed3 button.copy")
    wait(page, "document.querySelector('#dream-mixed3 button.copy').innerText === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines() == [
        "- layers: [mixed3]",
        "  model: inception_v3",
        "  recipe: classic",
    ]


def test_a_visitors_walls_hold_on_every_page_and_give_way_to_the_systems(
    page: chromium.Page, site: Path, one: str
) -> None:
    def wall() -> Any:
        return page.evaluate(WALL)

    label = "document.querySelector('button.scheme').ariaLabel"
    bars = (
        "[...document.querySelectorAll('meta[name=theme-color]')]"
        ".find(meta => matchMedia(meta.media).matches).content"
    )
    assert wall() == "light"
    light = page.evaluate(bars)
    assert page.evaluate(label) == "Show on dark walls"
    click(page, "button.scheme")
    assert wall() == "dark"
    assert page.evaluate(label) == "Show on light walls"
    dark = page.evaluate(bars)
    assert dark != light
    page.open((site / "index.html").as_uri())
    assert wall() == "dark"
    assert page.evaluate(bars) == dark
    click(page, "button.scheme")
    assert wall() == "light"
    # Back at what the system asks for, the system is followed again.
    page.emulate(1280, 900, dark=True)
    wait(page, f"{WALL} === 'dark'")
    page.emulate(1280, 900)
    page.open(one)
    assert wall() == "light"


def test_the_arrow_keys_lead_to_the_next_piece_unless_a_picture_is_looked_at(
    page: chromium.Page, one: str
) -> None:
    value = opened_slider(page)
    start = value()
    page.press("ArrowRight", 39)
    assert value() > start
    click(page, ".source a.look")
    wait(page, OPEN)
    page.press("ArrowRight", 39)
    wait(page, "location.hash === '#view/dream-mixed3'")
    page.press("Escape", 27)
    wait(page, f"{GONE} && location.hash === ''")
    page.evaluate("document.activeElement.blur()")
    page.press("ArrowRight", 39)
    wait(page, "location.href.endsWith('/two.html') && document.readyState === 'complete'")
    # Whoever leaves before the page has faded in breaks its transition off, and is told so.
    page.evaluate("new Promise(requestAnimationFrame).then(() => true)")
    wait(page, "!document.documentElement.matches(':active-view-transition')")
    page.press("ArrowLeft", 37)
    wait(page, "location.href.endsWith('/one.html')")


def test_without_scripts_all_is_read_and_nothing_is_offered_that_does_not_work(
    page: chromium.Page, site: Path
) -> None:
    page.emulate(1280, 900, scripts=False)
    page.open((site / "fog/one.html").as_uri())
    offered = (
        "[...document.querySelectorAll('button, .hold-hint')].filter(e => e.checkVisibility())"
    )
    assert page.evaluate(f"{offered}.length") == 0
    assert page.evaluate("document.querySelectorAll('.piece img').length") == 3
    click(page, "#dream-mixed3 summary")
    assert "recipe: classic" in page.evaluate("document.body.innerText")
    # A deep link still leads to the picture.
    page.open((site / "fog/index.html").as_uri())
    page.open((site / "fog/one.html").as_uri() + "#view/dream-mixed5")
    assert page.evaluate("document.querySelector(':target').className") == "look"
    page.open((site / "fog/index.html").as_uri())
    click(page, ".tile a.look")
    wait(page, "location.href.endsWith('one.html#dream-mixed3')")


def test_the_lightbox_is_fetched_by_those_who_reach_for_a_picture(
    page: chromium.Page, site: Path
) -> None:
    asked = "document.querySelectorAll('[src*=photoswipe], [href*=photoswipe]').length"
    page.open((site / "fog/index.html").as_uri())
    assert page.evaluate(asked) == 0
    page.call("Input.dispatchMouseEvent", type="mouseMoved", **at(page, ".tile a.look"))
    wait(page, "typeof openViewer !== 'undefined'")
    click(page, ".tile a.look")
    wait(page, OPEN)
    assert page.evaluate(asked) == 2  # its style and its script, once each


def at(page: chromium.Page, selector: str) -> dict[str, float]:
    x, y = middle(page, selector)
    return {"x": x, "y": y}


def test_a_link_is_followed_where_the_lightbox_cannot_be_fetched(
    page: chromium.Page, site: Path
) -> None:
    page.call("Network.enable")
    page.call("Network.setBlockedURLs", urls=["*photoswipe.umd*"])
    page.open((site / "fog/index.html").as_uri())
    click(page, ".tile a.look")
    wait(page, "location.href.endsWith('one.html#dream-mixed3')")
    # The browser itself tells of what it was forbidden to load.
    page.open("about:blank")


def test_what_is_filtered_out_is_not_walked_through(page: chromium.Page, site: Path) -> None:
    filtered = (site / "pieces.html").as_uri() + "#layer=inception_v3%2Fmixed5"
    page.open(filtered)
    click(page, ".tile:not([hidden]) a.look")
    wait(page, OPEN)
    assert shown(page)[0] == "A render of one, dreamed through mixed5"
    assert page.evaluate("pswp.getNumItems()") == 1
    assert page.evaluate("location.hash") == "#view/fog/one/dream-mixed5"
    page.press("Escape", 27)
    wait(page, f"{GONE} && location.href === '{filtered}'")
    assert page.evaluate("document.querySelectorAll('.tile:not([hidden])').length") == 1
    page.evaluate("history.forward()")
    wait(page, OPEN)
    page.evaluate("history.back()")
    wait(page, f"{GONE} && location.href === '{filtered}'")
    assert page.evaluate("document.querySelectorAll('.tile:not([hidden])').length") == 1


def test_the_atlas_is_walked_from_layer_to_layer(page: chromium.Page, site: Path) -> None:
    page.open((site / "atlas.html").as_uri())
    click(page, ".tile a.look")
    wait(page, OPEN)
    words = [shown(page)[1].split()]
    page.press("ArrowRight", 39)
    wait(page, "location.hash === '#view/fog/one/dream-mixed5'")
    words.append(shown(page)[1].split())
    assert [each[:2] for each in words] == [["One", "mixed3"], ["One", "mixed5"]]
    more = page.evaluate("document.querySelector('.pswp__more').href")
    assert more == (site / "fog/one.html").as_uri() + "#dream-mixed5"


def test_the_source_is_laid_over_its_dream_until_the_next_picture(
    page: chromium.Page, one: str
) -> None:
    click(page, "#dream-mixed3 a.look")
    wait(page, OPEN)
    button = "document.querySelector('.pswp__button--source')"
    page.evaluate(f"{button}.focus()")
    page.call("Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", text="\r")
    page.call("Input.dispatchKeyEvent", type="keyUp", key="Enter", code="Enter")
    assert page.evaluate(f"{button}.ariaPressed") == "true"
    wait(page, "document.querySelector('.pswp__source').naturalWidth > 0")
    assert page.evaluate("document.querySelector('.pswp__source').alt") == "A render of one"
    page.press("ArrowRight", 39)
    wait(page, "location.hash === '#view/dream-mixed5'")
    assert page.evaluate(f"{button}.ariaPressed") == "false"
    assert page.evaluate("document.querySelector('.pswp__source')") is None
    for _ in range(2):
        page.press("ArrowLeft", 37)
    wait(page, "location.hash === '#view/source'")
    assert page.evaluate(f"{button}.hidden")


def test_zooming_in_fetches_the_original_that_the_page_itself_does_without(
    page: chromium.Page, tmp_path: Path
) -> None:
    fog = tmp_path / "collections/fog"
    picture(fog / "one.png", (1900, 1200))
    settings = SiteSettings(widths=(240, 480, "original"))
    publish(portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png")), site=settings))
    page.open((tmp_path / "site/fog/one.html").as_uri())
    page.show_pictures()
    assert "-480." in page.evaluate("document.images[0].currentSrc")
    page.emulate(390, 844)
    click(page, ".source a.look")
    wait(page, OPEN)
    seen = "pswp.currSlide.content.element"
    wait(page, f"{seen}.naturalWidth > 0")
    assert "-480." in page.evaluate(f"{seen}.currentSrc")
    page.evaluate("pswp.toggleZoom()")
    wait(page, "pswp.currSlide.currZoomLevel === 1")
    over = "document.querySelector('.pswp__whole')"
    wait(page, f"{over}?.currentSrc.includes('-1900.') && {over}.complete")
    wait(page, f"{over}.getBoundingClientRect().width === 1900")
    assert page.evaluate(f"{over}.alt") == ""  # What lies beneath says it already.
    page.evaluate("pswp.toggleZoom()")
    wait(page, f"{over}.getBoundingClientRect().width === 0")


def test_over_a_dream_zoomed_to_its_pixels_the_source_shows_its_own(
    page: chromium.Page, tmp_path: Path
) -> None:
    fog = tmp_path / "collections/fog"
    dream = variant("one.png", "mixed3")
    picture(fog / "one.png", (1900, 1200))
    picture(fog / dream.file, (1900, 1200), "#884422")
    settings = SiteSettings(widths=(240, 480, "original"))
    publish(
        portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png", dream)), site=settings)
    )
    page.open((tmp_path / "site/fog/one.html").as_uri())
    page.show_pictures()
    click(page, "#dream-mixed3 a.look")
    wait(page, OPEN)
    wait(page, "pswp.currSlide.content.element.naturalWidth > 0")
    page.evaluate("pswp.toggleZoom()")
    wait(page, "!!document.querySelector('.pswp__whole')")
    own = page.evaluate("document.querySelector('.pswp__whole').currentSrc")
    click(page, ".pswp__button--source")
    over = "document.querySelector('.pswp__source')"
    wait(page, f"{over}?.currentSrc.includes('-1900.')")
    wait(page, f"{over}.getBoundingClientRect().width === 1900")
    assert page.evaluate(f"{over}.currentSrc") != own
    assert page.evaluate(f"{over}.alt") == "A render of one"


@pytest.mark.parametrize("name", ["fog/index.html", "pieces.html", "atlas.html"])
def test_away_from_its_piece_too_a_dream_shows_its_source(
    page: chromium.Page, site: Path, name: str
) -> None:
    page.open((site / "fog/one.html").as_uri())
    source = page.evaluate("document.querySelector('.source a.look').href")
    page.open((site / name).as_uri())
    click(page, ".tile a.look")
    wait(page, OPEN)
    click(page, ".pswp__button--source")
    wait(page, "document.querySelector('.pswp__source')?.naturalWidth > 0")
    assert page.evaluate("document.querySelector('.pswp__source').currentSrc") == source
