"""What a page weighs before a visitor touches it, pictures left aside."""

from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from helpers.site import collection, links, parse, picture, piece, portfolio, publish, variant

PIECES = 12
WORDS = "A title as long as titles are"
ALT = "What there is to be seen in this picture, told in as many words as it takes: " * 3


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve pieces of two dreams each, every picture in three widths."""
    root = tmp_path_factory.mktemp("portfolio")
    fog = root / "collections/fog"
    pieces = []
    for number in range(PIECES):
        name = f"render_{number}.png"
        dreams = [variant(name, f"mixed{deep}") for deep in (3, 5)]
        for file in (name, *(dream.file for dream in dreams)):
            picture(fog / file, (400, 225), f"#{number:02x}{len(file):02x}90")
        pieces.append(piece(name, *dreams, title=WORDS, alt=ALT))
    settings = SiteSettings(widths=(360, 380, 400))
    publish(portfolio(root, collection(root, "fog", *pieces), site=settings))
    return root / "site"


@pytest.mark.parametrize("name", ["index.html", "fog/index.html", "fog/render_3.html"])
def test_a_page_with_its_styles_and_scripts_is_light(site: Path, name: str) -> None:
    page = site / name
    needs = {page.parent / link for link in links(parse(page)) if link.endswith((".css", ".js"))}
    assert needs
    raw = sum(file.stat().st_size for file in (page, *needs))
    assert raw < 60_000
    assert not [file.name for file in needs if "photoswipe" in file.name]
