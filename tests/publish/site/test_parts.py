"""Pages of many pictures are cut into parts that a phone can show; those of few stay whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.themes import shipped_themes
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.publish.site import parts
from dreamfolio.publish.site.parts import cut, part_views
from helpers import node
from helpers.site import (
    Element,
    broken_links,
    collection,
    parse,
    piece,
    portfolio,
    publish,
    variant,
)

URL = "https://example.org/p/"
THEMES = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())
POCKET = NetworkReference(name="pocket")
LAYERS = ("mixed3", "mixed5", "mixed3", "mixed7", "mixed3")


@pytest.fixture(autouse=True)
def few_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST", 4)


def large(root: Path, count: int = 5, **changes: object) -> Portfolio:
    """As many pieces in each of two collections, dreamed through several layers and networks."""
    shown = []
    for slug in ("fog", "sea"):
        pieces = [piece(f"{n}.png", variant(f"{n}.png", LAYERS[n % 5])) for n in range(count)]
        pieces.append(piece("x.png", variant("x.png", "stage4_3", network=POCKET)))
        shown.append(collection(root, slug, *pieces))
    return portfolio(root, *shown, **{"url": URL, **changes})


def pages(root: Path, stem: str) -> Iterator[Element]:
    yield parse(root / f"site/{stem}.html")
    number = 2
    while (file := root / f"site/{stem}-{number}.html").exists():
        yield parse(file)
        number += 1


def targets(page: Element) -> list[str]:
    """Where the words below the pictures lead to."""
    captions = page.all("span", "caption")
    return [a.attributes["href"] for a in page.all("a") if any(c in captions for c in a.walk())]


@pytest.mark.parametrize(
    ("count", "lengths"),
    [(0, [0]), (1, [1]), (4, [4]), (5, [2, 3]), (9, [3, 3, 3]), (10, [3, 4, 3])],
)
def test_parts_are_few_and_of_about_the_same_length(count: int, lengths: list[int]) -> None:
    everything = [*range(count)]
    made = cut(everything, 4)
    assert sorted(map(len, made)) == sorted(lengths)
    assert [one for part in made for one in part] == everything


def test_each_part_knows_its_neighbours() -> None:
    first, middle, last = part_views("atlas.html", 3)
    assert first.addresses == ("atlas.html", "atlas-2.html", "atlas-3.html")
    assert (first.previous, first.next) == (None, "atlas-2.html")
    assert (middle.previous, middle.address, middle.next) == (
        *("atlas.html", "atlas-2.html", "atlas-3.html"),
    )
    assert (last.previous, last.next) == ("atlas-2.html", None)
    of_collection = part_views("a/fog/index.html", 2)[0].addresses
    assert of_collection == ("a/fog/index.html", "a/fog/page-2.html")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("stem", ["pieces", "atlas"])
def test_every_picture_hangs_in_one_part_and_every_part_can_be_reached(
    tmp_path: Path, theme: str, stem: str
) -> None:
    assert not publish(large(tmp_path, theme=theme)).problems
    site = tmp_path / "site"
    assert broken_links(site) == []
    found = [targets(page) for page in pages(tmp_path, stem)]
    assert len(found) >= 3
    assert max(map(len, found)) <= 4
    hung = [target for page in found for target in page]
    assert len(hung) == len(set(hung)) == 12
    addresses = [f"{stem}.html", *(f"{stem}-{n}.html" for n in range(2, len(found) + 1))]
    for number, page in enumerate(pages(tmp_path, stem)):
        (nav,) = page.all("nav", "parts")
        assert [li.all("a")[0].attributes["href"] for li in nav.all("li")] == addresses
        around = {
            a.attributes["rel"]: a.attributes["href"] for a in nav.all("a") if "rel" in a.attributes
        }
        told = {link.attributes["rel"]: link.attributes["href"] for link in page.all("link")}
        assert around.get("prev") == (addresses[number - 1] if number else None)
        assert around.get("next") == dict(enumerate(addresses)).get(number + 1)
        assert {rel: told[rel] for rel in ("prev", "next") if rel in told} == around
        # Each is a page of its own to search engines, and belongs to one section for visitors.
        assert told["canonical"] == URL + addresses[number]
        (current,) = [
            a
            for a in page.all("nav", "sections")[0].all("a")
            if a.attributes.get("aria-current") == "page"
        ]
        assert current.attributes["href"] == f"{stem}.html"
    titles = [page.all("title")[0].text for page in pages(tmp_path, stem)]
    assert len(set(titles)) == len(titles)
    assert f"page 2 of {len(found)}" in titles[1]
    sitemap = ElementTree.parse(site / "sitemap.xml").getroot()
    named = {loc.text for loc in sitemap.iter() if loc.tag.endswith("}loc")}
    assert {URL + address for address in addresses} <= named
    assert not any(str(name).endswith(".js") for name in named)


@pytest.mark.parametrize("theme", THEMES)
def test_few_pictures_are_shown_on_one_page_as_ever(tmp_path: Path, theme: str) -> None:
    publish(large(tmp_path, count=1, theme=theme))
    for stem in ("pieces", "atlas"):
        (page,) = pages(tmp_path, stem)
        assert not page.all("nav", "parts")
        assert len(targets(page)) == 4
    assert not (tmp_path / "site/pieces.js").exists()


def test_a_portfolio_that_shrinks_takes_its_parts_along(tmp_path: Path) -> None:
    publish(large(tmp_path))
    assert (tmp_path / "site/pieces-2.html").exists()
    publish(large(tmp_path, count=1))
    assert not [*(tmp_path / "site").glob("*-[0-9].html"), *(tmp_path / "site").glob("*.js")]


def test_the_layers_of_the_atlas_go_on_from_part_to_part(tmp_path: Path) -> None:
    publish(large(tmp_path))
    read = [
        (group.all("h2")[0].text, row.all("h3")[0].text)
        for page in pages(tmp_path, "atlas")
        for group in page.all("section", "network")
        for row in group.all("li", "layer")
    ]
    assert list(dict.fromkeys(read)) == [
        *(("inception_v3", name) for name in ("mixed3", "mixed5", "mixed7")),
        ("pocket", "stage4_3"),
    ]
    first, *others = pages(tmp_path, "atlas")
    # Six dreams fill two pages; both say of all of the network how much there is.
    for page in (first, others[0]):
        assert page.all("h3")[0].text == "mixed3"
        assert "10 dreams" in page.text
    # From each page the ruler leads to every layer, wherever it begins, and so do the networks.
    for page in (first, others[0]):
        leads = [a.attributes["href"] for a in page.all("div", "ruler")[0].all("a")]
        assert len(leads) == 3
        assert leads[2].startswith("atlas-")
    networks = [a.attributes["href"] for a in first.all("nav", "networks")[0].all("a")]
    assert networks[0].startswith("#")
    assert networks[1].startswith("atlas-")


def test_the_index_tells_what_hangs_where(tmp_path: Path) -> None:
    publish(large(tmp_path))
    script = (tmp_path / "site/pieces.js").read_text()
    index = json.loads(script.removeprefix("const allPieces = ").rstrip(";\n"))
    assert index["parts"] == ["pieces.html", "pieces-2.html", "pieces-3.html"]
    counted = [0, 0, 0]
    for kind in index["kinds"]:
        for part, count in kind["in"]:
            counted[part] += count
    assert counted == [len(targets(page)) for page in pages(tmp_path, "pieces")]
    fog = [kind for kind in index["kinds"] if kind["keys"]["collection"] == ["fog"]]
    assert sum(count for kind in fog for _, count in kind["in"]) == 6


def test_no_folder_and_no_piece_stands_in_the_way_of_a_part(tmp_path: Path) -> None:
    site = large(tmp_path)
    named = ("page", "Page", "page-2", "pieces", "pieces-2")
    pieces = [piece(f"{name}.png") for name in named]
    odd = [collection(tmp_path, name, *pieces) for name in ("pieces-2.html", "pieces.js", "pieces")]
    result = publish(portfolio(tmp_path, *site.collections, *odd, url=URL))
    assert not result.problems
    for name in ("pieces-2.html", "pieces.js", "pieces/page-2.html"):
        assert (tmp_path / "site" / name).is_file()
    assert parse(tmp_path / "site/pieces/page-2.html").all("nav", "parts")
    titles = [parse(page).all("h1")[0].text for page in (tmp_path / "site/pieces").glob("*.html")]
    assert {"Page", "Page-2", "Pieces", "Pieces-2"} <= set(titles)
    assert len(titles) == 5 + 2
    assert broken_links(tmp_path / "site") == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_large_collection_is_cut_into_parts_too(tmp_path: Path, theme: str) -> None:
    site = large(tmp_path, count=9, theme=theme)
    fog = replace(site.collections[0], description="Some *words*.")
    inner = collection(tmp_path, "fog/inner", piece("a.png"))
    publish(replace(site, collections=(fog, inner, *site.collections[1:])))
    made = [
        parse(tmp_path / "site/fog" / name) for name in ("index.html", "page-2.html", "page-3.html")
    ]
    assert not (tmp_path / "site/fog/page-4.html").exists()
    found = [[one for one in targets(page) if ".." not in one] for page in made]
    assert sorted(map(len, found)) == [3, 3, 4]
    assert len({target for part in found for target in part}) == 10
    # Words and inner collections stand before all pictures; each part is told from the others.
    assert ["Some words." in page.text for page in made] == [True, False, False]
    assert [[h2.text for h2 in page.all("h2")] for page in made] == [["Inner"], [], []]
    assert [page.all("h1")[0].text for page in made] == [
        *("Fog", "Fog, page 2 of 3", "Fog, page 3 of 3")
    ]
    data = [
        [s for s in page.all("script") if s.attributes.get("type") == "application/ld+json"]
        for page in made
    ]
    assert [len(each) for each in data] == [1, 0, 0]
    assert broken_links(tmp_path / "site") == []


@pytest.mark.skipif(not node.has("html-validate"), reason=node.HOW_TO_GET)
@pytest.mark.parametrize("theme", THEMES)
def test_every_part_is_valid(tmp_path: Path, theme: str) -> None:
    publish(large(tmp_path, theme=theme))
    assert node.invalid(sorted((tmp_path / "site").rglob("*.html"))) == []
