"""A long dream that is killed goes on where it was kept, to the bytes of an undisturbed one."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from dreamfolio.runner import checkpoints
from helpers.home import PORTFOLIO, Home, make_home


class PowerCut(BaseException):
    """Ends a run at once, whatever it catches."""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each step that is taken; a power cut when as many as ``cut_at`` are."""
    from dreamfolio.dream.stepping import AtOnce

    taken: list[int] = []
    real = AtOnce.step

    def step(self: Any, *arguments: Any) -> Any:
        taken.append(1)
        return real(self, *arguments)

    monkeypatch.setattr(AtOnce, "step", step)
    return taken


def cut_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the power when that many steps have been kept."""
    real, seen = checkpoints.FileCheckpoints.passing, []

    def passing(self: Any, *arguments: Any) -> None:
        real(self, *arguments)
        seen.append(1)
        if len(seen) == number:
            raise PowerCut

    monkeypatch.setattr(checkpoints.FileCheckpoints, "passing", passing)


def kept(home: Home) -> list[Path]:
    return [*(home.root / ".dreamfolio").glob("dreaming/*")]


def variants(home: Home) -> dict[str, bytes]:
    pictures = (home.root / "collections" / "orbs").glob("orb_*_*.png")
    return {path.name: path.read_bytes() for path in pictures}


def test_a_dream_goes_on_where_it_was_kept(
    home: Home, steps: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = make_home(tmp_path / "undisturbed")
    assert undisturbed.run("dream").code == 0
    all_steps = len(steps)
    steps.clear()
    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    with monkeypatch.context() as cutting:
        cut_after(2, cutting)
        with pytest.raises(PowerCut):
            home.run("dream")
    assert len(kept(home)) == 1
    assert home.run("dream").code == 0
    assert len(steps) == all_steps
    assert variants(home) == variants(undisturbed) != {}
    assert kept(home) == []


def test_each_octave_of_a_dream_that_is_not_short_is_kept_at_its_end(
    steps: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio = PORTFOLIO.replace("steps: 2", "steps: 3, octaves: 3, scale: 1.2")
    home, undisturbed = (make_home(tmp_path / one, portfolio, pictures=1) for one in ("a", "b"))
    assert undisturbed.run("dream").code == 0
    all_steps = len(steps)
    steps.clear()
    monkeypatch.setattr(checkpoints, "AFTER_OCTAVE", 0.0)
    with monkeypatch.context() as cutting:
        cut_after(8, cutting)  # The second step of the third octave.
        with pytest.raises(PowerCut):
            home.run("dream")
    assert len(kept(home)) == 1
    assert home.run("dream").code == 0
    assert len(steps) == all_steps + 2
    assert variants(home) == variants(undisturbed) != {}
    assert kept(home) == []


def test_a_dream_that_is_stopped_is_kept_where_it_is(
    home: Home, steps: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by Ctrl-C, within the minute from one keeping to the next."""
    undisturbed = make_home(tmp_path / "undisturbed")
    assert undisturbed.run("dream").code == 0
    all_steps = len(steps)
    steps.clear()
    with monkeypatch.context() as stopping:
        # The module, whose name in its package is the command's.
        command = import_module("dreamfolio.cli.commands.dream")
        stopping.setattr(command, "interruptible", lambda work, _: work(lambda: len(steps) >= 3))
        home.run("dream")
    assert len(steps) == 3
    assert len(kept(home)) == 1
    assert home.run("dream").code == 0
    assert len(steps) == all_steps
    assert variants(home) == variants(undisturbed) != {}
    assert kept(home) == []


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 torn", b"\x80\x04c__builtin__\n"])
def test_a_damaged_keeping_costs_its_steps_and_no_more(
    home: Home, steps: list[int], damage: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    with monkeypatch.context() as cutting:
        cut_after(2, cutting)
        with pytest.raises(PowerCut):
            home.run("dream")
    kept(home)[0].write_bytes(damage)
    assert home.run("dream").code == 0
    assert kept(home) == []


@pytest.mark.parametrize("cut_at", ["_place", "_record"])
def test_what_is_kept_of_a_dream_that_was_done_when_its_run_was_cut_off_goes(
    home: Home, cut_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.runner.recorder import Recorder

    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    with monkeypatch.context() as cutting:
        cutting.setattr(Recorder, cut_at, cut)
        cutting.setattr(checkpoints.FileCheckpoints, "forget", lambda _: None)
        with pytest.raises(PowerCut):
            home.run("dream")
    assert kept(home) != []
    assert home.run("dream").code == 0
    assert kept(home) == []


def test_what_is_kept_of_a_dream_that_stands_and_is_recorded_goes(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    with monkeypatch.context() as cutting:
        cutting.setattr(checkpoints.FileCheckpoints, "forget", lambda _: None)
        assert home.run("dream").code == 0
    mine = home.write(".dreamfolio/dreaming/notes.txt", "mine")
    assert len(kept(home)) == 3
    assert home.run("dream").code == 0
    assert kept(home) == [mine]


def test_a_dream_that_is_forced_goes_on_where_it_was_kept(
    home: Home, steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home.run("dream").code == 0
    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    with monkeypatch.context() as cutting:
        cut_after(1, cutting)
        with pytest.raises(PowerCut):
            home.run("dream", "--force", "--only", "orb_1*")
    assert len(kept(home)) == 1
    steps.clear()
    assert home.run("dream", "--force", "--only", "orb_1*").code == 0
    assert len(steps) == 1
    assert kept(home) == []


def test_short_dreams_leave_nothing_behind(home: Home) -> None:
    assert home.run("dream").code == 0
    assert kept(home) == []
    assert not (home.root / ".dreamfolio" / "dreaming").exists()


ANIMATED = """\
title: Orbs
pieces:
  - source: orb_1.png
    variants:
      - layers: [conv_b]
        recipe: {{base: classic, steps: 6, step_size: 0.15}}
        animate: {{frames: 8, kind: {kind}}}
"""


@pytest.mark.parametrize("kind", ["morph", "zoom"])
@pytest.mark.parametrize("damage", [False, True])
def test_an_animation_goes_on_where_it_was_kept(
    kind: str, damage: bool, steps: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, undisturbed = (make_home(tmp_path / name, pictures=1) for name in ("cut", "whole"))
    for one in (home, undisturbed):
        one.write("collections/orbs/collection.yaml", ANIMATED.format(kind=kind))
    assert undisturbed.run("dream").code == 0
    all_steps = len(steps)
    steps.clear()
    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    with monkeypatch.context() as cutting:
        # The still has six, and is the first half of the animation or what it starts from.
        cut_after(6 + (4 if kind == "morph" else 9), cutting)
        with pytest.raises(PowerCut):
            home.run("dream")
    taken = len(steps)
    if damage:
        state = min((home.root / ".dreamfolio/dreaming").glob("*/*.npz"))
        state.write_bytes(state.read_bytes()[:-40])
    assert home.run("dream").code == 0
    assert (len(steps) == all_steps) is not damage
    assert len(steps) > taken
    moving = "collections/orbs/orb_1_conv_b.anim.webp"
    assert home.read(moving) == undisturbed.read(moving)
    assert kept(home) == []


def test_an_animation_stays_kept_until_it_is_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.runner import work

    home = make_home(tmp_path / "home", pictures=1)
    home.write("collections/orbs/collection.yaml", ANIMATED.format(kind="zoom"))
    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    real, seen = work.encode_animation, []

    def encode_animation(*arguments: Any) -> bytes:
        seen.extend(kept(home))
        return real(*arguments)

    monkeypatch.setattr(work, "encode_animation", encode_animation)
    assert home.run("dream").code == 0
    assert {path.suffix for path in seen} == {"", ".npz"}
    assert kept(home) == []
