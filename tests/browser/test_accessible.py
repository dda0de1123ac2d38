"""Nothing that axe-core knows of keeps anybody from any page of either theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dreamfolio.content.themes import shipped_themes
from dreamfolio.publish.site import parts
from helpers import chromium, node
from helpers.awkward import awkward
from helpers.over_http import over_http
from helpers.site import publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
    pytest.mark.skipif(not node.has("axe-core"), reason=node.HOW_TO_GET),
]
THEMES = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())
PAGES = [
    "index.html",
    "404.html",
    "about.html",
    "atlas.html",
    "atlas-2.html",
    "pieces.html",
    "pieces-2.html#network=inception_v3",
    "mixed/index.html",
    "mixed/dreamed.html",
    "mixed/panorama.html",
    "mixed/long.html",
    "mixed/film.html",
    "mixed/within/index.html",
    "one/alone.html",
    "empty/index.html",
]
VIOLATIONS = """axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(one =>
    `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map(each => each.html).join(" ")}`))"""
ACCENT = "#c2410c"


@pytest.fixture(scope="module", params=THEMES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, which must be its own for the page that is served anywhere."""
    root = tmp_path_factory.mktemp(request.param)
    with over_http(root / "site") as url:
        options = {"accent": ACCENT, "footer": "© An Artist, [imprint](https://example.org)"}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(parts, "MOST", 16)
            publish(awkward(root, url=url, theme=request.param, theme_options=options))
        yield url


def violations(page: chromium.Page, address: str) -> list[Any]:
    page.open(address)
    # Told to the browser's tools, which the page's own Content-Security-Policy does not bind.
    page.evaluate(node.axe() + "; true")
    found: list[Any] = page.evaluate(VIOLATIONS)
    return found


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(page: chromium.Page, site: str, width: int, dark: bool) -> None:
    page.emulate(width, 800, dark=dark)
    found = {name: violations(page, site + name) for name in PAGES}
    assert {name: told for name, told in found.items() if told} == {}


BROUGHT = {
    "comparison": (
        "document.querySelectorAll('button.compare').forEach(button => button.click())",
        "document.querySelector('img-comparison-slider img')",
    ),
    "lightbox": (
        "document.querySelector('a.look').click()",
        "document.querySelector('.pswp--ui-visible .pswp__img')",
    ),
    "lines": ("document.querySelectorAll('details').forEach(one => one.open = true)", "true"),
}


@pytest.mark.parametrize("site", ["gallery"], indirect=True)
@pytest.mark.parametrize("what", BROUGHT)
@pytest.mark.parametrize("width", [360, 1280])
def test_nor_in_what_opens_at_a_click(
    page: chromium.Page, site: str, what: str, width: int
) -> None:
    click, there = BROUGHT[what]
    page.emulate(width, 800, dark=width < 600)
    page.open(site + "mixed/dreamed.html")
    page.evaluate(f"{click}; true")
    # The sign of something loading turns for ever, seen or not.
    still = "document.getAnimations().every(one => one.effect.getTiming().iterations === Infinity)"
    page.until(f"!!({there}) && {still}")
    page.evaluate(node.axe() + "; true")
    assert page.evaluate(VIOLATIONS) == []
