"""Animations beside dreams: made, kept, and never at the cost of the still."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dreamfolio.pictures.provenance import read_provenance
from dreamfolio.runner import work
from helpers.home import Home, make_home

ORBS = "collections/orbs"
STILL, MOVING = "orb_1_conv_b.png", "orb_1_conv_b.anim.webp"
Dreams = list[tuple[int, int]]


def manifest(animate: str) -> str:
    return f"""\
title: Orbs
pieces:
  - source: orb_1.png
    variants:
      - layers: [conv_b]
        recipe: {{base: classic, steps: 6, step_size: 0.15}}
        {animate}
"""


@pytest.fixture
def still(tmp_path: Path) -> Home:
    """A dream without an animation."""
    home = make_home(tmp_path / "home", pictures=1)
    home.write(f"{ORBS}/collection.yaml", manifest(""))
    assert home.run("build").code == 0
    return home


def animated(home: Home, animate: str = "{frames: 8}") -> Home:
    home.write(f"{ORBS}/collection.yaml", manifest(f"animate: {animate}"))
    return home


def test_an_animation_lies_beside_its_still_and_dreams_that_not_again(
    still: Home, dreams: Dreams
) -> None:
    before, line = still.works()[f"{ORBS}/{STILL}"], still.lock("orbs")[STILL]
    assert animated(still).states() == {STILL: "current", MOVING: "missing"}
    assert still.run("build").code == 0
    assert dreams == []
    assert still.works()[f"{ORBS}/{STILL}"] == before
    assert still.lock("orbs")[STILL] == line
    assert still.states() == {STILL: "current", MOVING: "current"}
    with Image.open(still.root / ORBS / MOVING) as moving:
        assert (moving.n_frames, moving.size, moving.info["loop"]) == (8, (24, 20), 0)


@pytest.mark.parametrize("kind", ["morph", "zoom"])
def test_an_animation_comes_out_the_same_again(kind: str, still: Home) -> None:
    animated(still, f"{{frames: 8, kind: {kind}}}").run("build")
    first = still.read(f"{ORBS}/{MOVING}")
    (still.root / ORBS / MOVING).unlink()
    still.forget()
    assert still.run("build").code == 0
    assert still.read(f"{ORBS}/{MOVING}") == first


def test_an_animation_passes_through_the_still(still: Home) -> None:
    animated(still).run("build")
    with (
        Image.open(still.root / ORBS / MOVING) as moving,
        Image.open(still.root / ORBS / STILL) as dream,
        Image.open(still.root / ORBS / "orb_1.png") as source,
    ):
        moving.seek(4)
        turn = moving.convert("RGB").resize((6, 5))
        to_dream, to_source = (
            sum(abs(a - b) for a, b in zip(turn.tobytes(), other.tobytes(), strict=True))
            for other in (dream.resize((6, 5)), source.resize((6, 5)))
        )
    assert to_dream < to_source


def test_an_animation_has_the_seed_of_its_still(
    still: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds: list[int] = []
    animate = work.animate

    def watched(
        pixels: Any, recipe: Any, network: Any, seed: int, *more: Any, **options: Any
    ) -> Any:
        seeds.append(seed)
        return animate(pixels, recipe, network, seed, *more, **options)

    monkeypatch.setattr(work, "animate", watched)
    assert animated(still).run("build").code == 0
    assert seeds == [int(still.lock("orbs")[STILL]["key"][:16], 16)]


def test_a_deleted_animation_comes_back_without_dreaming(
    still: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    animated(still).run("build")
    first = still.read(f"{ORBS}/{MOVING}")
    (still.root / ORBS / MOVING).unlink()
    assert still.states()[MOVING] == "restorable"
    monkeypatch.setattr("dreamfolio.runner.work.animate", None)
    assert still.run("build").code == 0
    assert still.read(f"{ORBS}/{MOVING}") == first


def test_another_animation_makes_it_stale_and_not_the_still(still: Home) -> None:
    animated(still).run("build")
    assert animated(still, "{frames: 6}").states() == {STILL: "current", MOVING: "stale"}
    assert "animation: frames 8 → 6\n" in still.run("status").out
    assert still.run("build").code == 0
    with Image.open(still.root / ORBS / MOVING) as moving:
        assert moving.n_frames == 6


def test_a_retouched_animation_is_kept(still: Home) -> None:
    animated(still).run("build")
    own = still.read(f"{ORBS}/{STILL}")
    still.write(f"{ORBS}/{MOVING}", own)
    assert still.states()[MOVING] == "retouched"
    still.run("build")
    assert still.read(f"{ORBS}/{MOVING}") == own


def test_an_animation_given_up_is_an_orphan_and_no_piece(still: Home) -> None:
    animated(still).run("build")
    still.write(f"{ORBS}/collection.yaml", manifest(""))
    states = still.states()
    assert {name: states[name] for name in (STILL, MOVING)} == {STILL: "current", MOVING: "orphan"}
    (still.root / ORBS / "dreams.lock").unlink()
    assert MOVING not in still.states()
    assert still.run("build").code == 0
    assert not list((still.root / "site").rglob("*anim*"))


def test_an_animation_tells_where_it_comes_from(still: Home) -> None:
    animated(still).run("build")
    told = read_provenance(still.root / ORBS / MOVING)
    assert told is not None
    assert told["layers"] == {"conv_b": 1.0}
    assert told["resolved"]["animate"]["frames"] == 8
    assert told["key"] == still.lock("orbs")[MOVING]["key"]
    assert told["key"] != still.lock("orbs")[STILL]["key"]
    assert str(still.root).encode() not in still.read(f"{ORBS}/{MOVING}")


def test_a_readme_shows_the_still_alone(still: Home) -> None:
    still.write("README.md", "<!-- dreamfolio:START collection=* -->\n<!-- dreamfolio:END -->\n")
    assert animated(still).run("build").code == 0
    assert b".anim" not in still.read("README.md")
