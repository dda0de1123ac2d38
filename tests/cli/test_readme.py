"""``dreamfolio readme``."""

from __future__ import annotations

import pytest

from helpers.home import Home


@pytest.fixture
def dreamed(home: Home) -> Home:
    assert home.run("dream").code == 0
    return home


def test_portfolio_without_a_readme_gets_one(dreamed: Home) -> None:
    said = dreamed.run("readme")
    assert said.code == 0
    assert "README.md: written" in said.err
    text = dreamed.read("README.md").decode()
    assert "orb_1_conv_b" in text
    assert "<!-- dreamfolio:START" in text
    assert (dreamed.root / "collections/orbs/thumbs").is_dir()
    before = dreamed.works()
    assert "README.md: up to date" in dreamed.run("readme").err
    assert dreamed.works() == before


def test_check_shows_what_would_change_and_writes_nothing(dreamed: Home) -> None:
    dreamed.run("readme")
    assert dreamed.run("readme", "--check").code == 0
    dreamed.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    alt: An orb before the storm\n",
    )
    before = dreamed.works()
    said = dreamed.run("readme", "--check")
    assert said.code == 1
    assert "+" in said.out
    assert "An orb before the storm" in said.out
    assert dreamed.works() == before
    assert dreamed.run("readme").code == 0
    said = dreamed.run("readme", "--check")
    assert (said.code, said.out) == (0, "")


def test_readme_without_markers_is_left_alone_and_told_how(dreamed: Home) -> None:
    dreamed.write("README.md", "# Mine\r\n\r\nWords.")
    for command in (["readme"], ["build"]):
        said = dreamed.run(*command)
        assert "readme --init" in said.err
        assert dreamed.read("README.md") == b"# Mine\r\n\r\nWords."
    assert dreamed.run("readme", "--check").code == 1


def test_init_adds_markers_at_the_end_and_fills_them(dreamed: Home) -> None:
    dreamed.write("README.md", "# Mine\r\n\r\nWords.")
    assert dreamed.run("readme", "--init").code == 0
    text = dreamed.read("README.md")
    assert text.startswith(b"# Mine\r\n\r\nWords.")
    assert b"orb_1_conv_b" in text
    again = dreamed.works()
    assert dreamed.run("readme", "--init").code == 0
    assert dreamed.works() == again


def test_wrong_markers_exit_with_2(dreamed: Home) -> None:
    text = "# Mine\n<!-- dreamfolio:START collection=orbs -->\nno end\n"
    dreamed.write("README.md", text)
    before = dreamed.works()
    for command in (["readme"], ["readme", "--check"], ["readme", "--init"]):
        said = dreamed.run(*command)
        assert said.code == 2
        assert "README.md:2" in said.err
    assert dreamed.works() == before


def test_a_readme_that_is_split_is_told_in_a_line_and_checked_with_its_pages(
    dreamed: Home,
) -> None:
    settings = dreamed.read("portfolio.yaml").decode()
    dreamed.write("portfolio.yaml", f"{settings}readme: {{split: always}}\n")
    dreamed.write("collections/orbs/README.md", "# My own words\n")
    said = dreamed.run("readme")
    assert said.code == 0
    assert "README.md: each collection has a page of its own\n" in said.err
    assert "collections/orbs/README.md is yours and has no markers" in said.err
    assert "orb_1_conv_b" in dreamed.read("collections/orbs/GALLERY.md").decode()
    assert dreamed.read("collections/orbs/README.md") == b"# My own words\n"
    assert dreamed.run("readme", "--check").code == 0
    (dreamed.root / "collections/orbs/GALLERY.md").unlink()
    said = dreamed.run("readme", "--check")
    assert (said.code, said.out) == (1, "collections/orbs/GALLERY.md: missing\n")
