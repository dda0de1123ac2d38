"""Every page of every theme that ships is valid HTML and leads nowhere astray."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.themes import shipped_themes
from helpers import node
from helpers.awkward import awkward
from helpers.site import broken_links, collection, parse, piece, portfolio, publish

THEMES = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())


def portfolios(root: Path) -> dict[str, Portfolio]:
    """Of everything, of nothing, of one undreamed piece."""
    alone = collection(root / "alone", "one", piece("alone.png"))
    return {
        "awkward": awkward(root / "awkward"),
        "nothing": portfolio(root / "nothing"),
        "alone": portfolio(root / "alone", alone, url="https://example.org/"),
    }


@pytest.fixture(scope="module", params=THEMES)
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp(request.param)
    for each in portfolios(root).values():
        assert not publish(replace(each, theme=request.param)).problems
    return [root / name / "site" for name in ("awkward", "nothing", "alone")]


def test_every_link_and_every_fragment_leads_somewhere(sites: list[Path]) -> None:
    for site in sites:
        assert broken_links(site) == []


def test_ids_are_given_out_once_and_headings_leave_no_level_out(sites: list[Path]) -> None:
    for page in (page for site in sites for page in site.rglob("*.html")):
        html = parse(page)
        ids = [e.attributes["id"] for e in html.walk() if "id" in e.attributes]
        assert len(ids) == len(set(ids)), page
        levels = [int(e.tag[1]) for e in html.walk() if e.tag in ("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, page
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.skipif(not node.has("html-validate"), reason=node.HOW_TO_GET)
def test_every_page_is_valid(sites: list[Path]) -> None:
    assert node.invalid(page for site in sites for page in sorted(site.rglob("*.html"))) == []
