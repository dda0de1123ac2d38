"""A network stands in where the one asked for cannot be had, and steps back once it can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.pictures.provenance import read_provenance
from helpers.home import Home
from helpers.tiny_network import tiny_network
from helpers.weights import Server, publish, serving

Dreams = list[tuple[int, int]]

TWO_FILES = """\
title: Studies
dream:
  model:
    - {file: networks/first.keras, preprocess: unit}
    - {file: networks/tiny.keras, preprocess: unit}
  recipe: {base: classic, steps: 2}
  layers: [conv_b]
"""
FETCHED = """\
title: Studies
dream:
  model: [mobilenet_v2, {file: networks/tiny.keras, preprocess: unit}]
  recipe: {base: classic, steps: 2}
  layers: [block_8_project, block_9_project]
"""
FILE = "orb_1_block_8_project+block_9_project.png"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The place of a network's weights, which gives something else."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(b"a login page") as server:
        publish(monkeypatch, "mobilenet_v2", f"{server.address}/net.h5", b"weights")
        yield server


@pytest.fixture
def offline(home: Home, server: Server, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Two renders that want a network which cannot be fetched, with another one to stand in."""
    monkeypatch.setenv("KERAS_HOME", str(home.root.parent / "keras"))
    home.write("portfolio.yaml", FETCHED)
    return home


def reasons(home: Home) -> dict[str, str]:
    variants = json.loads(home.run("status", "--json").out)["variants"]
    return {Path(one["file"]).name: one["reason"] for one in variants}


def test_what_stands_in_is_said_in_one_line_and_nothing_failed(
    offline: Home, server: Server, dreams: Dreams
) -> None:
    said = offline.run("build")
    assert said.code == 0, said.everything
    [line] = [line for line in said.err.splitlines() if "stands in" in line]
    assert line.startswith("note: tiny stands in for mobilenet_v2 in 2 variants: ")
    for told in ("what came is not the file", "about 9 MB", server.address, "keras/models"):
        assert told in line
    assert "error" not in said.err
    assert "variants: 2 dreamed" in said.err
    assert server.asked == ["/net.h5"]
    assert len(dreams) == 2


def test_lock_and_picture_say_which_network_it_was(offline: Home) -> None:
    offline.run("dream")
    entry = offline.lock("orbs")[FILE]
    assert entry["network"] == "tiny"
    assert entry["model"] == {"file": "networks/tiny.keras", "preprocess": "unit"}
    # Both are nearest, by their depth, to the last of its three convolutions.
    assert entry["layers"] == [{"layer": "conv_c", "weight": 2.0}]
    assert entry["asked"] == "block_8_project, block_9_project of mobilenet_v2"
    told = read_provenance(offline.root / "collections/orbs" / FILE)
    assert told
    assert told["network"] == "tiny"
    assert told["layers"] == {"conv_c": 2.0}


def test_it_is_current_and_nothing_is_asked_for_again(
    offline: Home, server: Server, dreams: Dreams
) -> None:
    offline.run("build")
    before = offline.works()
    dreams.clear()
    server.asked.clear()
    assert offline.run("build").code == 0
    assert (dreams, server.asked) == ([], [])
    assert offline.works() == before
    assert set(offline.states().values()) == {"current"}
    assert reasons(offline)[FILE] == "dreamed by tiny, standing in for mobilenet_v2"
    offline.forget()
    assert set(offline.states().values()) == {"current"}


def test_status_shows_what_was_asked_for(offline: Home) -> None:
    offline.run("dream")
    variants = json.loads(offline.run("status", "--json").out)["variants"]
    assert {one["model"] for one in variants} == {"mobilenet_v2"}
    assert variants[0]["layers"] == ["block_8_project", "block_9_project"]


def test_a_deleted_one_comes_back_without_a_dream_or_a_fetch(
    offline: Home, server: Server, dreams: Dreams
) -> None:
    offline.run("dream")
    path = offline.root / "collections/orbs" / FILE
    picture, lock = path.read_bytes(), offline.lock("orbs")
    path.unlink()
    dreams.clear()
    server.asked.clear()
    said = offline.run("dream")
    assert said.code == 0
    assert "1 restored" in said.err
    assert (dreams, server.asked) == ([], [])
    assert path.read_bytes() == picture
    assert offline.lock("orbs") == lock


def test_force_tries_the_first_network_again(offline: Home, server: Server, dreams: Dreams) -> None:
    offline.run("dream")
    dreams.clear()
    server.asked.clear()
    said = offline.run("dream", "--force")
    assert said.code == 0
    assert server.asked == ["/net.h5"]
    assert len(dreams) == 2


def test_the_first_network_takes_over_once_it_is_here(home: Home, dreams: Dreams) -> None:
    home.write("portfolio.yaml", TWO_FILES)
    said = home.run("dream")
    assert said.code == 0, said.everything
    assert "note: tiny stands in for first in 2 variants: " in said.err
    assert home.lock("orbs")["orb_1_conv_b.png"]["network"] == "tiny"
    by_tiny = home.read("collections/orbs/orb_1_conv_b.png")

    home.write("networks/first.keras", tiny_network(seed=2))
    assert set(home.states().values()) == {"stale"}
    assert reasons(home)["orb_1_conv_b.png"] == "dreamed by tiny, standing in for first"
    dreams.clear()
    said = home.run("dream")
    assert said.code == 0
    assert "stands in" not in said.err
    assert len(dreams) == 2
    entry = home.lock("orbs")["orb_1_conv_b.png"]
    assert (entry["network"], entry["asked"]) == ("first", None)
    assert home.read("collections/orbs/orb_1_conv_b.png") != by_tiny
    assert reasons(home)["orb_1_conv_b.png"] == "as recorded"

    # Away again, its own dreams stay what they are.
    (home.root / "networks/first.keras").unlink()
    assert reasons(home)["orb_1_conv_b.png"] == "as recorded"


def test_where_no_network_can_be_had_the_first_is_told_and_waited_for(offline: Home) -> None:
    (offline.root / "networks/tiny.keras").unlink()
    said = offline.run("dream")
    assert said.code == 1
    [error] = [line for line in said.err.splitlines() if line.startswith("error:")]
    assert "the weights of mobilenet_v2 are not here and could not be fetched" in error
    assert "  2 variants wait for it" in said.err
    assert set(offline.states().values()) == {"pending"}


def test_others_of_the_network_that_stands_in_are_dreamed_too(
    offline: Home, dreams: Dreams
) -> None:
    offline.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    variants:\n"
        "      - {layers: [conv_a], model: {file: ../../networks/tiny.keras, preprocess: unit}}\n"
        "      - {layers: [block_8_project]}\n"
        "      - {layers: [block_4_project]}\n"
        "      - {layers: [block_5_project], model: mobilenet_v2}\n",
    )
    said = offline.run("dream")
    assert said.code == 1
    assert "5 variants, 10 steps" in said.err
    assert "variants: 4 dreamed, 1 pending" in said.err
    assert "note: tiny stands in for mobilenet_v2 in 3 variants\n" in said.err
    assert said.err.count("could not be fetched") == 1
    assert len(dreams) == 4
    states = offline.states()
    assert states.pop("orb_1_block_5_project.png") == "pending"
    assert set(states.values()) == {"current"}


def test_a_network_that_is_here_is_not_passed_over_for_a_fault_of_a_picture(
    home: Home,
) -> None:
    home.write("portfolio.yaml", TWO_FILES.replace("conv_b", "conv_c"))
    home.write("networks/first.keras", tiny_network(seed=2))
    Image.new("RGB", (5, 5)).save(home.root / "collections/orbs/orb_1.png")
    said = home.run("dream")
    assert said.code == 1
    assert "stands in" not in said.err
    assert set(home.lock("orbs")) == {"orb_2_conv_c.png"}


def test_status_says_pending_after_a_fetch_that_failed(
    home: Home, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(home.root.parent / "keras"))
    home.write("portfolio.yaml", "dream: {model: mobilenet_v2, layers: [Conv1], recipe: classic}\n")
    assert set(home.states().values()) == {"missing"}
    assert home.run("dream").code == 1
    assert set(home.states().values()) == {"pending"}
    assert "mobilenet_v2's weights (9 MB) could not be fetched (what came" in str(reasons(home))
    # A build tries all the same.
    assert home.run("dream").code == 1
    assert server.asked == ["/net.h5"] * 2
    # What is there now is none of a memory's business.
    weights = home.root.parent / "keras/models/mobilenet_v2.weights.h5"
    weights.write_bytes(b"weights")
    assert set(home.states().values()) == {"missing"}
