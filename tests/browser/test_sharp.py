"""Pictures are sharp at every width of the window: what is fetched is as large as what is shown."""

from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from helpers import chromium
from helpers.site import collection, picture, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
WIDTHS = tuple(range(80, 1600, 80))
# The width shown and that of the file, of every picture that there is a larger file of.
SHOWN = """[...document.images]
  .filter(i => i.srcset.includes(' 1520w') && !i.currentSrc.includes('-1520'))
  .map(i => [i.getBoundingClientRect().width, i.currentSrc.match(/-(\\d+)\\.webp$/)[1], i.alt])
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where both themes build their site, so that its pictures are made once."""
    return tmp_path_factory.mktemp("sharp")


@pytest.fixture(scope="module", params=["gallery", "plain"])
def site(request: pytest.FixtureRequest, root: Path) -> Path:
    """Collections of every number of dreams that is laid out in a way of its own."""
    shown = []
    for slug, count in (("one", 1), ("two", 2), ("four", 4), ("five", 5), ("eight", 8)):
        pieces = []
        for number in range(count):
            dream = variant(f"{number}.png", f"mixed{number}")
            for name in (f"{number}.png", dream.file):
                file = root / "collections" / slug / name
                if not file.exists():  # The same everywhere, since only its size matters.
                    picture(file, (1600, 900))
            pieces.append(piece(f"{number}.png", dream))
        shown.append(collection(root, slug, *pieces))
    settings = SiteSettings(widths=WIDTHS)
    publish(portfolio(root, *shown, site=settings, theme=request.param))
    return root / "site"


@pytest.mark.parametrize("width", [360, 660, 768, 1000, 1280, 1920])
def test_no_picture_is_enlarged(page: chromium.Page, site: Path, width: int) -> None:
    page.emulate(width, 900)
    pages = ["index.html", "atlas.html", "about.html", "pieces.html", "eight/0.html"]
    for name in [
        *pages,
        *(f"{slug}/index.html" for slug in ("one", "two", "four", "five", "eight")),
    ]:
        page.open((site / name).as_uri())
        page.show_pictures()
        for shown, fetched, alt in page.evaluate(SHOWN):
            assert int(fetched) >= 0.97 * shown, (name, alt)
