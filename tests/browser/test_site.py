"""The site in a real Chromium: read without scripts, in any width, in the dark."""

from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.content.settings import SiteSettings
from helpers import chromium
from helpers.over_http import over_http
from helpers.site import collection, picture, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
PAGES = [
    "index.html",
    "404.html",
    "pieces.html",
    "atlas.html",
    "about.html",
    "mixed/index.html",
    "mixed/dreamed.html",
    "mixed/panorama.html",
    "mixed/tiny.html",
    "mixed/tall.html",
    "even/index.html",
    "one/index.html",
    "one/inner/index.html",
    "one/inner/deep/index.html",
    "empty/index.html",
]
LONG = "Overthinking" * 8


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page kind with pictures and words of every shape."""
    root = tmp_path_factory.mktemp("portfolio")
    sizes = {
        "dreamed": (400, 225),
        "panorama": (1000, 100),
        "tiny": (16, 16),
        "tall": (150, 900),
        "square": (300, 300),
    }
    layers = ("batch_normalization_37", "conv2d_93", "activation_12")
    dreams = [variant("dreamed.png", *layers), variant("dreamed.png", "mixed3")]
    pieces = [
        piece(
            f"{name}.png",
            *(dreams if name == "dreamed" else ()),
            title=LONG if name == "square" else name,
            description="A [link](https://example.org), `" + "x" * 90 + "`.\n\n|a|b|\n|-|-|\n|1|2|",
        )
        for name in sizes
    ]
    for name, size in sizes.items():
        picture(root / f"collections/mixed/{name}.png", size)
    for dream in dreams:
        picture(root / "collections/mixed" / dream.file, sizes["dreamed"], "#884422")
    even = [piece(f"{number}.png") for number in range(24)]
    for each in even:
        picture(root / "collections/even" / each.source, (480, 270))
    publish(
        portfolio(
            root,
            collection(root, "mixed", *pieces, description=f"{LONG} and *words*.", title=LONG),
            collection(root, "even", *even),
            collection(root, "one", piece("alone.png")),
            collection(root, "one/inner", piece("inner.png")),
            collection(root, "one/inner/deep", piece("deep.png"), title=LONG),
            collection(root, "empty"),
            site=SiteSettings(widths=(240, 480, 960)),
            title=f"Dreams of {LONG}",
            author="An Artist",
        )
    )
    return root / "site"


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
def test_no_page_is_wider_than_the_window(page: chromium.Page, site: Path, width: int) -> None:
    page.emulate(width, 900)
    for name in PAGES:
        page.open((site / name).as_uri())
        page.show_pictures()
        widest = page.evaluate("document.scrollingElement.scrollWidth")
        assert widest == page.evaluate("innerWidth") == width, name


@pytest.mark.parametrize("width", [360, 1920])
def test_a_language_written_from_the_right_begins_there(
    page: chromium.Page, tmp_path: Path, width: int
) -> None:
    pieces = [piece("one.png", variant("one.png", "mixed3")), piece("two.png")]
    publish(portfolio(tmp_path, collection(tmp_path, "fog", *pieces), language="he"))
    page.emulate(width, 900)
    for name in ("index.html", "fog/index.html", "fog/one.html", "pieces.html", "atlas.html"):
        page.open((tmp_path / "site" / name).as_uri())
        assert page.evaluate("document.scrollingElement.scrollWidth") == width, name
        # What does not fit would stand to the left of the window, where no scrollbar leads.
        left = "Math.min(...[...document.querySelectorAll('main *')].map(e => e.offsetLeft))"
        assert page.evaluate(left) >= 0, name
        heading = page.evaluate("document.querySelector('h1').getBoundingClientRect().right")
        assert heading > width / 2, name
    # Words that nobody has translated are read in their own direction.
    page.open((tmp_path / "site/fog/index.html").as_uri())
    places = page.evaluate(
        """(() => {
          const words = document.querySelector('.intro .quiet').firstChild;
          return [words.data.indexOf('2'), words.data.indexOf('pieces')].map(at => {
            const one = document.createRange();
            one.setStart(words, at);
            one.setEnd(words, at + 1);
            return one.getBoundingClientRect().left;
          });
        })()"""
    )
    assert places == sorted(places)
    page.open((tmp_path / "site/fog/one.html").as_uri())
    page.press("ArrowLeft", 37)
    page.until("location.href.endsWith('two.html')")


@pytest.mark.parametrize("width", [360, 768])
def test_where_a_page_belongs_is_told_in_full_before_the_portfolio_is(
    page: chromium.Page, site: Path, width: int
) -> None:
    page.emulate(width, 900)
    page.open((site / "even/0.html").as_uri())
    cut = "[...document.querySelectorAll('.trail a')].map(a => a.scrollWidth > a.clientWidth)"
    assert page.evaluate(cut) == [True, False]
    tops = page.evaluate(
        "['.trail', '.sections'].map(n => document.querySelector(n).getBoundingClientRect().top)"
    )
    assert (tops[0] == tops[1]) == (width > 360)


def test_upright_dreams_hang_side_by_side(page: chromium.Page, tmp_path: Path) -> None:
    dreams = [variant("tower.png", layer) for layer in ("mixed3", "mixed5")]
    for file in ("tower.png", *(dream.file for dream in dreams)):
        picture(tmp_path / "collections/fog" / file, (450, 800))
    publish(
        portfolio(
            tmp_path,
            collection(tmp_path, "fog", piece("tower.png", *dreams)),
            site=SiteSettings(widths=(450,)),
        )
    )
    page.emulate(1440, 900)
    page.open((tmp_path / "site/fog/tower.html").as_uri())
    tops = page.evaluate(
        "[...document.querySelectorAll('.work img')].map(i => i.getBoundingClientRect().top)"
    )
    assert len(tops) == 3
    assert len(set(tops)) == 1


def test_paper_is_white_and_shows_pictures_without_menus(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900, dark=True)
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.open((site / "mixed/dreamed.html").as_uri())
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    page.call("Emulation.setEmulatedMedia", media="print", features=features)
    style = "getComputedStyle(document.body)"
    assert page.evaluate(f"[{style}.backgroundColor, {style}.color]") == [
        "rgb(255, 255, 255)",
        "rgb(0, 0, 0)",
    ]
    menus = "document.querySelectorAll('header.top, .neighbours, button, .skip, .hold-hint')"
    assert page.evaluate(f"[...{menus}].filter(e => e.checkVisibility()).length") == 0
    pictures = "[...document.querySelectorAll('.piece img')]"
    assert page.evaluate(f"{pictures}.every(i => i.checkVisibility())")
    page.open((site / "pieces.html").as_uri())
    assert not page.evaluate("document.querySelector('.filter').checkVisibility()")
    page.call("Emulation.setEmulatedMedia", media="", features=[])


def test_more_contrast_is_given_to_who_asks(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900)
    for dark in ("light", "dark"):
        page.call(
            "Emulation.setEmulatedMedia",
            features=[
                {"name": "prefers-contrast", "value": "more"},
                {"name": "prefers-color-scheme", "value": dark},
            ],
        )
        page.open((site / "one/index.html").as_uri())
        colour = "getComputedStyle(document.querySelector('{}')).color"
        assert page.evaluate(f"{colour.format('.quiet')} === {colour.format('h1')}")


def test_every_picture_is_shown_and_none_is_out_of_shape(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900)
    for name in PAGES:
        page.open((site / name).as_uri())
        page.show_pictures()
        shapes = page.evaluate(
            "[...document.images].map(i => [i.naturalWidth, i.naturalHeight, i.width, i.height,"
            " getComputedStyle(i).objectFit, i.src])"
        )
        for natural_width, natural_height, width, height, fit, source in shapes:
            assert natural_width > 0, source
            assert width > 0, source
            assert height > 0, source
            if fit == "fill":
                true = natural_width / natural_height
                assert width / height == pytest.approx(true, rel=0.1), source


STYLED = "[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"


def test_no_picture_moves_the_page_as_it_loads(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900)
    height = "document.documentElement.scrollHeight"
    for name in PAGES:
        page.call("Fetch.enable", patterns=[{"urlPattern": "*/pictures/*"}])
        page.open((site / name).as_uri(), until="DOMContentLoaded")
        page.until(STYLED)
        assert not page.evaluate("[...document.images].some(i => i.complete && i.naturalWidth)")
        without = page.evaluate(height)
        page.call("Fetch.disable")
        page.wait_for("Page.loadEventFired")
        page.show_pictures()
        assert page.evaluate(height) == pytest.approx(without, abs=2), name


def test_rows_of_mixed_shapes_are_of_one_height(page: chromium.Page, site: Path) -> None:
    page.emulate(1600, 900)
    page.open((site / "mixed/index.html").as_uri())
    boxes = page.evaluate(
        "[...document.querySelectorAll('.tile img')].map(i => i.getBoundingClientRect())"
        ".map(b => [Math.round(b.top), b.height])"
    )
    rows: dict[int, list[float]] = {}
    for top, height in boxes:
        rows.setdefault(top, []).append(height)
    assert any(len(row) > 1 for row in rows.values())
    for row in rows.values():
        assert max(row) - min(row) < 1.5


def test_the_source_hangs_beside_its_dreams_or_above_them_on_a_phone(
    page: chromium.Page, site: Path
) -> None:
    tops = "[...document.querySelectorAll('.work img')].map(i => i.getBoundingClientRect().top)"
    page.emulate(1600, 900)
    page.open((site / "mixed/dreamed.html").as_uri())
    source, dream, *_ = page.evaluate(tops)
    assert source == dream
    page.emulate(360, 800)
    source, dream, *_ = page.evaluate(tops)
    assert source < dream


def test_dark_and_light_follow_the_system(page: chromium.Page, site: Path) -> None:
    colours = []
    for dark in (False, True):
        page.emulate(1280, 900, dark=dark)
        page.open((site / "index.html").as_uri())
        style = "getComputedStyle(document.body)"
        colours.append(
            page.evaluate(
                f"[{style}.backgroundColor, {style}.color].map(c => "
                "c.match(/[\\d.]+/g).slice(0, 3).map(Number))"
            )
        )
    (light_wall, light_ink), (dark_wall, dark_ink) = colours
    assert sum(light_wall) > 600 > 200 > sum(light_ink)
    assert sum(dark_wall) < 200 < 600 < sum(dark_ink)


def test_pages_are_read_and_walked_without_scripts(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900, scripts=False)
    page.open((site / "index.html").as_uri())
    seen = page.evaluate("document.body.innerText")
    assert "24 pieces" in seen
    link = page.evaluate("document.querySelector('.card a').href")
    page.open(link)
    assert "words" in page.evaluate("document.body.innerText")
    page.open(page.evaluate("document.querySelector('.tile a').href"))
    assert "mixed3" in page.evaluate("document.body.innerText")
    page.emulate(1280, 900)


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_nothing_peeps_out_or_over_where_text_is_twice_as_large(
    page: chromium.Page, tmp_path: Path, theme: str
) -> None:
    fog = collection(tmp_path, "fog", piece("a.png", variant("a.png", "mixed3")))
    publish(portfolio(tmp_path, fog, theme=theme))
    page.emulate(360, 800)
    for name in ("index.html", "fog/index.html", "fog/a.html", "pieces.html", "atlas.html"):
        page.open((tmp_path / "site" / name).as_uri())
        page.evaluate(
            "(sheet => { sheet.replaceSync(':root { font-size: 200% }');"
            " document.adoptedStyleSheets = [sheet] })(new CSSStyleSheet())"
        )
        skip = "document.querySelector('.skip').getBoundingClientRect().bottom"
        assert page.evaluate(skip) < -1, name
        assert page.evaluate("document.scrollingElement.scrollWidth") == 360, name


def test_the_first_tab_leads_past_the_menu(page: chromium.Page, site: Path) -> None:
    page.emulate(1280, 900)
    page.open((site / "mixed/dreamed.html").as_uri())
    page.press("Tab", 9)
    box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert box["top"] >= 0
    page.press("Tab", 9)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_a_strict_policy_and_a_path_below_the_root_change_nothing(
    page: chromium.Page, site: Path
) -> None:
    policy = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}
    with over_http(site.parent, policy) as served:
        page.emulate(1280, 900)
        page.call("Log.enable")
        for name in PAGES:
            page.open(f"{served}site/{name}")
            page.show_pictures()
            assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px", name
            whole = "[...document.images].every(i => i.naturalWidth > 0)"
            assert page.evaluate(whole), name
            said = [
                event["params"]["entry"]["text"]
                for event in page.events("Log.entryAdded")
                if event["params"]["entry"]["level"] == "error"
            ]
            assert said == [], name


def test_home_opens_with_a_render_left_of_the_seam_and_its_dream_right_of_it(
    page: chromium.Page, tmp_path: Path
) -> None:
    for slug in ("fog", "sea"):
        for name in "ab":
            folder = tmp_path / "collections" / slug
            picture(folder / f"{name}.png", (640, 360), "#b02020")
            picture(folder / f"{name}_mixed3.png", (640, 360), "#2020b0")
    dreamed = [piece(f"{name}.png", variant(f"{name}.png", "mixed3")) for name in "ab"]
    shown = [collection(tmp_path, slug, *dreamed) for slug in ("fog", "sea")]
    publish(portfolio(tmp_path, *shown, site=SiteSettings(widths=(640,))))
    for width in (360, 1280):
        page.emulate(width, 900)
        page.open((tmp_path / "site/index.html").as_uri())
        box = page.evaluate(
            "(b => [b.x, b.y, b.width, b.height])"
            "(document.querySelector('.opening a').getBoundingClientRect())"
        )
        left, top, wide, high = box
        page.screenshot(tmp_path / "seen.png")
        with Image.open(tmp_path / "seen.png") as seen:
            colours = [
                seen.convert("RGB").getpixel((int(left + wide * at), int(top + high * 0.9)))
                for at in (0.25, 0.45, 0.55, 0.75)
            ]
        red = [r > b for r, _, b in colours]  # type: ignore[misc]
        assert red == [True, True, False, False], (width, colours)
