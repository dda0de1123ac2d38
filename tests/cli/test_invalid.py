"""What is invalid is told in full, and nothing is done."""

from __future__ import annotations

import re

import pytest

from helpers.home import Home

COMMANDS = [
    ["build"],
    ["dream"],
    ["status"],
    ["readme"],
    ["readme", "--check"],
    ["site"],
    ["gc"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_problem_is_told_with_its_place_and_nothing_is_written(
    home: Home, command: list[str]
) -> None:
    home.write("portfolio.yaml", home.read("portfolio.yaml").decode() + "themes: gallery\n")
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\nlayers: [conv_bb]\npieces:\n  - source: orb_3.png\n    titel: Three\n",
    )
    home.write("collections/more/collection.yaml", "titel: More\n")
    before = home.tree()
    said = home.run(*command)
    assert said.code == 2
    assert said.out == ""
    lines = said.err.splitlines()
    assert all(re.match(r"error: \S+\.yaml:\d+:\d+: .+; .+", line) for line in lines), said.err
    for place, mend in {
        "portfolio.yaml:6:1: ": "theme",
        "collections/orbs/collection.yaml:5:5: ": "title",
        "collections/more/collection.yaml:1:1: ": "title",
    }.items():
        assert [line for line in lines if place in line and mend in line], (place, said.err)
    assert home.tree() == before


def test_unknown_layers_and_missing_sources_come_together(home: Home) -> None:
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\nlayers: [conv_bb]\npieces:\n  - source: orb_3.png\n",
    )
    said = home.run("build")
    assert said.code == 2
    assert "collection.yaml:2:10: " in said.err
    assert "did you mean conv_b?" in said.err
    assert "collection.yaml:4:13: " in said.err
    assert not (home.root / "README.md").exists()


def test_broken_yaml_has_a_line(home: Home) -> None:
    home.write("portfolio.yaml", "title: Fine\nauthor: one: two\n")
    said = home.run("build")
    assert said.code == 2
    assert "portfolio.yaml:2:" in said.err


def test_half_merged_lock_is_told_and_left_alone(home: Home) -> None:
    home.run("dream")
    lock = home.read("collections/orbs/dreams.lock").decode()
    torn = "<<<<<<< ours\n" + lock
    home.write("collections/orbs/dreams.lock", torn)
    before = home.works()
    said = home.run("build")
    assert said.code != 0
    assert "dreams.lock:1: " in said.err
    assert "merge conflict" in said.err
    assert home.works() == before


def test_wrong_markers_in_the_readme_are_told_before_anything_is_dreamed(home: Home) -> None:
    home.write("README.md", "# Mine\n<!-- dreamfolio:START collection=orbs -->\nno end\n")
    before = home.works()
    said = home.run("build")
    assert said.code == 2
    assert said.err.startswith("error: README.md:2")
    assert home.works() == before


def test_outside_of_a_portfolio(home: Home) -> None:
    empty = home.root.parent / "empty"
    empty.mkdir()
    for command in COMMANDS:
        said = home.run(*command, cwd=empty)
        assert said.code == 2
        assert said.err.count("\n") == 1
        assert "portfolio.yaml" in said.err
        assert "dreamfolio new portfolio" in said.err
    assert list(empty.iterdir()) == []


def test_root_that_is_none(home: Home) -> None:
    for arguments in (["status", "--root", "nowhere"], ["--root", "nowhere", "status"]):
        said = home.run(*arguments)
        assert said.code == 2
        assert said.err.startswith("error: ")
        assert "nowhere" in said.err


@pytest.mark.parametrize(
    "arguments",
    [["bild"], ["build", "--forse"], ["layers", "inception_v4"], ["new"], ["adopt", "nowhere"]],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(home: Home, arguments: list[str]) -> None:
    before = home.tree()
    said = home.run(*arguments)
    assert said.code == 2, said.everything
    assert said.err
    assert home.tree() == before


def test_a_half_merged_lock_is_told_with_its_line_and_nothing_is_done(home: Home) -> None:
    home.run("build")
    lock = home.read("collections/orbs/dreams.lock").decode()
    home.write("collections/orbs/dreams.lock", f"<<<<<<< HEAD\n{lock}=======\n>>>>>>> other\n")
    before = home.tree()
    said = home.run("build")
    assert said.code == 2
    assert re.match(r"error: \S*dreams\.lock:1: .*merge conflict.*; ", said.err)
    assert home.tree() == before


def test_a_broken_picture_is_told_once_though_every_part_stumbles_over_it(home: Home) -> None:
    home.write("collections/orbs/broken.png", b"\x89PNG\r\n\x1a\nno more")
    said = home.run("build")
    assert said.code == 1
    assert len([line for line in said.err.splitlines() if "broken.png" in line]) == 1, said.err
