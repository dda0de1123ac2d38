"""Collections within collections: each page leads up and down, and nothing is lost on the way."""

from pathlib import Path

import pytest

from dreamfolio.content.objects import Portfolio
from helpers.site import Element, broken_links, collection, links, parse, piece, portfolio, publish
from helpers.site import variant as dream


@pytest.fixture
def nested(tmp_path: Path) -> Portfolio:
    """Three levels, with a folder between two of them that is no collection."""
    series = collection(tmp_path, "series", piece("a.png", dream("a.png", "mixed3")))
    part = collection(tmp_path, "series/part", piece("b.png", dream("b.png", "mixed5")))
    deep = collection(
        tmp_path, "series/part/between/deep", piece("c.png", dream("c.png", "mixed7"))
    )
    made = portfolio(tmp_path, series, part, deep, url="https://example.org/")
    assert not publish(made).problems
    return made


def page(portfolio: Portfolio, address: str) -> Element:
    return parse(portfolio.root / "site" / address)


def cards(page: Element) -> list[str]:
    return [card.all("h2")[0].text for card in page.all("article", "card")]


def test_a_parent_shows_its_children_and_home_the_outermost(nested: Portfolio) -> None:
    assert cards(page(nested, "index.html")) == ["Series"]
    assert cards(page(nested, "series/index.html")) == ["Part"]
    assert cards(page(nested, "series/part/index.html")) == ["Deep"]
    assert "3 pieces" in page(nested, "index.html").text
    assert broken_links(nested.root / "site") == []


def test_the_breadcrumb_leads_to_every_collection_above(nested: Portfolio) -> None:
    trail = page(nested, "series/part/between/deep/c.html").all("nav")[0]
    assert [link.text for link in trail.all("a")] == ["Dreams", "Series", "Part", "Deep"]
    assert links(trail) == [
        "../../../../index.html",
        "../../../index.html",
        "../../index.html",
        "index.html",
    ]


def test_a_dream_of_any_depth_hangs_in_the_atlas_and_among_all_pieces(nested: Portfolio) -> None:
    for address in ("atlas.html", "pieces.html"):
        found = links(page(nested, address))
        assert any(link.startswith("series/part/between/deep/c.html") for link in found)
    tile = page(nested, "pieces.html").all("li", "tile")[2]
    assert tile.attributes["data-collection"] == (
        '["series", "series/part", "series/part/between/deep"]'
    )
