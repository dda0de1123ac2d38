"""Small jobs of one size and recipe are dreamed at once, and each comes out as it does alone."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dreamfolio.dream import backend, stepping
from dreamfolio.dream.backend.memory import OutOfMemory
from dreamfolio.errors import DreamError, PictureError
from dreamfolio.runner import batching, work
from dreamfolio.runner import run as runs
from helpers.home import PORTFOLIO, Home, make_home

Sizes = list[tuple[int, ...]]

JITTERED = PORTFOLIO.replace("steps: 2", "steps: 3, jitter: 4")
MASKED = """\
title: Orbs
pieces:
  - source: orb_2.png
    variants: [{layers: [conv_b], recipe: {base: classic, steps: 3, jitter: 4, mask: hand.png}}]
"""


def with_batch(home: Home, batch: object) -> Home:
    home.write("portfolio.yaml", JITTERED + f"  batch: {batch}\n")
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Five renders of one size, one of which is masked by hand, and one of another."""
    home = with_batch(make_home(tmp_path / "home", pictures=5), 3)
    home.paint("collections/orbs/wide.png", seed=9, size=(40, 20))
    home.write("collections/orbs/collection.yaml", MASKED)
    hand = Image.new("L", (24, 20), 0)
    hand.paste(255, (12, 0, 24, 20))
    hand.save(home.root / "collections/orbs/hand.png")
    return home


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Sizes:
    """The numbers of pictures that the engine takes steps on at once, each when it changes."""
    seen: Sizes = []
    real = stepping.AtOnce.step

    def step(self: Any, pictures: Any, *arguments: Any) -> Any:
        shape = tuple(pictures.shape[:3])
        if seen[-1:] != [shape]:
            seen.append(shape)
        return real(self, pictures, *arguments)

    monkeypatch.setattr(stepping.AtOnce, "step", step)
    return seen


def pictures(home: Home) -> dict[str, Any]:
    folder = home.root / "collections/orbs"
    paths = sorted(folder.glob("*_conv_b*.png"))
    return {path.name: np.asarray(Image.open(path)).astype(int) for path in paths}


def test_each_is_as_alone_and_the_lock_tells_of_the_batch(
    home: Home, at_once: Sizes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: Counter[str] = Counter()
    monkeypatch.setattr(
        "dreamfolio.cli.progress._Lines.step",
        lambda self, task, count: steps.update({task.file: count}),
    )
    alone = with_batch(Home(shutil.copytree(home.root, tmp_path / "alone")), "none")
    assert home.run("dream").code == 0
    assert at_once == [(3, 20, 24), (2, 20, 24), (1, 20, 40)]
    at_once.clear()
    assert set(steps.values()) == {3}
    assert len(steps) == 6
    assert alone.run("dream").code == 0
    assert at_once == [(1, 20, 24), (1, 20, 40)]
    made, expected = pictures(home), pictures(alone)
    assert list(made) == list(expected)
    assert len(made) == 6
    for name, picture in made.items():
        assert np.abs(picture - expected[name]).max() <= 2
    told = {file: entry["versions"].get("batch") for file, entry in home.lock("orbs").items()}
    assert sorted(Counter(told.values()).items(), key=str) == [("2", 2), ("3", 3), (None, 1)]
    assert not any("batch" in entry["versions"] for entry in alone.lock("orbs").values())
    keys = [
        {file: entry["key"] for file, entry in one.lock("orbs").items()} for one in (home, alone)
    ]
    assert keys[0] == keys[1]
    assert "nothing to dream" in with_batch(home, "none").run("build").err


def test_of_itself_a_cpu_has_no_batches(home: Home, at_once: Sizes) -> None:
    assert with_batch(home, "auto").run("dream").code == 0
    assert {count for count, *_ in at_once} == {1}


def test_where_each_number_is_compiled_for_batches_are_filled_up(
    home: Home, at_once: Sizes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(backend.current()), "compiles_each_size", True)
    assert home.run("dream").code == 0
    assert at_once == [(3, 20, 24), (1, 20, 40)]
    assert len(pictures(home)) == 6


def test_of_large_sources_that_are_dreamed_small_few_are_decoded_at_once(
    home: Home, at_once: Sizes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "_DECODED", 2 * 20 * 24)
    assert home.run("dream").code == 0
    assert max(count for count, *_ in at_once) == 2


def test_what_cannot_be_read_costs_but_itself(
    home: Home, at_once: Sizes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = runs.decode

    def decode(path: Path) -> Any:
        if path.name == "orb_1.png":
            raise PictureError("is on a disk that was pulled out")
        return real(path)

    monkeypatch.setattr(runs, "decode", decode)
    said = home.run("dream")
    assert said.code == 1
    assert "pulled out" in said.err
    assert len(pictures(home)) == 5
    assert at_once[0] == (2, 20, 24)


def test_what_fails_together_is_dreamed_alone(
    home: Home, dreams: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def together(commissions: Any, *arguments: Any, on_step: Any, **options: Any) -> Any:
        on_step(2, 3)
        raise DreamError("one of them ended in numbers that are none")

    monkeypatch.setattr(work, "dream_together", together)
    steps: Counter[str] = Counter()
    monkeypatch.setattr(
        "dreamfolio.cli.progress._Lines.step",
        lambda self, task, count: steps.update({task.file: count}),
    )
    assert home.run("dream").code == 0
    assert len(dreams) == 6
    assert set(steps.values()) == {3}


def test_twins_are_dreamed_once(home: Home, at_once: Sizes) -> None:
    folder = home.root / "collections/orbs"
    shutil.copy(folder / "orb_3.png", folder / "orb_4.png")
    said = home.run("dream")
    assert said.code == 0
    assert "restored orbs/orb_4_conv_b.png" in said.err
    assert np.array_equal(*(pictures(home)[f"orb_{n}_conv_b.png"] for n in (3, 4)))


def test_where_memory_runs_out_fewer_go_on_and_a_word_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = stepping.AtOnce._compiled

    def compiled(self: Any, count: int) -> Any:
        if count > 1:
            raise OutOfMemory
        return real(self, count)

    monkeypatch.setattr(stepping.AtOnce, "_compiled", compiled)
    said = home.run("dream")
    assert said.code == 0
    assert "memory ran out; going on with one picture at a time" in said.err
    assert len(pictures(home)) == 6


def test_told_to_stop_the_batches_that_are_finished_are_kept(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, real = [], stepping.AtOnce.step

    def step(self: Any, *arguments: Any) -> Any:
        taken.append(1)
        return real(self, *arguments)

    monkeypatch.setattr(stepping.AtOnce, "step", step)
    with monkeypatch.context() as stopping:
        # In the second of the three steps of the second batch.
        command = sys.modules["dreamfolio.cli.commands.dream"]
        stopping.setattr(command, "interruptible", lambda work, _: work(lambda: len(taken) > 4))
        home.run("dream")
    assert len(taken) == 5
    assert len(pictures(home)) == 3
    assert home.run("dream").code == 0
    assert len(pictures(home)) == 6
