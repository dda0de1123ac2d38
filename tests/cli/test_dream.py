"""``dreamfolio dream``: which variants it makes."""

from __future__ import annotations

import pytest

from helpers.home import Home


@pytest.fixture
def two(home: Home) -> Home:
    """Two collections, one of them nested."""
    home.paint("collections/trips/north/fjord.png", seed=8)
    return home


def test_only_the_collections_asked_for(two: Home) -> None:
    assert two.run("dream", "trips/north").code == 0
    states = two.states()
    assert states.pop("fjord_conv_b.png") == "current"
    assert set(states.values()) == {"missing"}


@pytest.mark.parametrize("written", ["orbs/", "collections/orbs", "./collections/orbs/"])
def test_a_collection_may_be_written_as_its_folder(two: Home, written: str) -> None:
    said = two.run("dream", written, "--dry-run")
    assert said.code == 0, said.everything
    assert "2 variants to be made" in said.out


@pytest.mark.parametrize("written", ["trips", "trips/", "collections/trips", "./trips"])
def test_a_collection_is_all_that_is_nested_in_it(two: Home, written: str) -> None:
    two.paint("collections/trips/south/dune.png", seed=9)
    two.paint("collections/tripsalike/no.png", seed=10)
    said = two.run("dream", written, "--dry-run")
    assert said.code == 0, said.everything
    assert "fjord" in said.out
    assert "dune" in said.out
    assert "2 variants to be made" in said.out


def test_a_collection_may_be_written_as_its_folder_from_where_one_is(two: Home) -> None:
    here = two.root / "collections/trips"
    for written in ("north", ".", "../trips/north", str(here)):
        said = two.run("dream", written, "--dry-run", cwd=here)
        assert "fjord" in said.out, said.everything
        assert "1 variant to be made" in said.out


def test_no_readme_and_no_site_come_of_it(two: Home) -> None:
    two.run("dream")
    assert not (two.root / "README.md").exists()
    assert not (two.root / "site").exists()


@pytest.mark.parametrize("pattern", ["orb_2.png", "orb_2_*", "orbs/orb_2*", "*2_conv_b.png"])
def test_only_what_matches(two: Home, pattern: str) -> None:
    assert two.run("dream", "--only", pattern).code == 0
    made = [file for file, state in two.states().items() if state == "current"]
    assert made == ["orb_2_conv_b.png"]


def test_several_patterns(two: Home) -> None:
    assert two.run("dream", "--only", "orb_1*", "--only", "fjord*").code == 0
    assert two.states()["orb_2_conv_b.png"] == "missing"
    assert list(two.states().values()).count("current") == 2


def test_unknown_collection_exits_with_2_and_a_suggestion(two: Home) -> None:
    before = two.tree()
    said = two.run("dream", "orb")
    assert said.code == 2
    assert said.err.startswith('error: there is no collection "orb"')
    assert "orbs" in said.err
    said = two.run("dream", "zzz")
    assert said.code == 2
    assert "trips/north" in said.err
    assert {name: one for name, one in two.tree().items() if ".dreamfolio" not in name} == before


def test_pattern_that_matches_nothing_exits_with_2(two: Home) -> None:
    said = two.run("dream", "--only", "moon*")
    assert said.code == 2
    assert "no variant matches moon*" in said.err
    assert "dreamfolio status" in said.err


def test_nothing_to_do_says_so(two: Home) -> None:
    two.run("dream")
    said = two.run("dream")
    assert said.code == 0
    assert said.err == "variants: nothing to dream\n"
    assert said.out == ""
