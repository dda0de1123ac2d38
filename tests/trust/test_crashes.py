"""A build that is cut off loses nothing: a few points of what ``benchmarks/crashes.py`` tries."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest

pytest.importorskip("keras")
if sys.platform != "linux":
    pytest.skip("points are told by Linux's /proc", allow_module_level=True)

from helpers.crashing.looking import is_whole
from helpers.crashing.trials import Trials
from helpers.crashing.zygote import Cut, Zygote

KILLED = 5
POWER_CUTS = 3
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    folder = tmp_path_factory.mktemp("crashes")
    with Zygote(folder) as zygote:
        zygote.call(folder / "studio", "helpers.crashing.studio:make")
        yield Trials(zygote, folder / "studio")


@pytest.mark.parametrize("place", range(KILLED))
def test_a_build_that_is_killed_loses_nothing(trials: Trials, place: int) -> None:
    trial = trials.trial(Cut(signal.SIGKILL, number=trials.spread(KILLED)[place]))
    assert trial.first.code == -signal.SIGKILL
    assert trial.faults == []


@pytest.mark.parametrize("place", range(POWER_CUTS))
def test_a_power_cut_loses_nothing(trials: Trials, place: int) -> None:
    """What was not brought to the disk is empty then."""
    number = trials.spread(POWER_CUTS, seed=3)[place]
    trial = trials.trial(Cut(signal.SIGKILL, number=number, power=True))
    assert trial.first.code == -signal.SIGKILL
    assert trial.faults == []


@pytest.mark.parametrize("name", ["*_conv_b.png", "dreams.lock"])
def test_a_power_cut_spares_what_was_just_written(trials: Trials, name: str) -> None:
    """Renamed before it was on the disk, it would be empty; and nothing could make a dream anew
    but a dream."""
    after = f"after replace collections/orbs/{name}"
    point = next(point for point in trials.points if fnmatchcase(point, after))
    trial = trials.trial(Cut(signal.SIGKILL, name=point, power=True))
    assert trial.first.code == -signal.SIGKILL
    assert trial.faults == []


@pytest.mark.parametrize(
    "between",
    [
        r"before replace \.dreamfolio/cache/.*\.mp4",
        r"after replace \.dreamfolio/cache/.*\.mp4",
        r"after replace collections/tides/tide_1_conv_b\.anim\.webp",
        r"after replace collections/orbs/orb_2_conv_b\.png",
    ],
)
def test_what_belongs_together_comes_together(trials: Trials, between: str) -> None:
    """A picture, its place in the lock, and the film of an animation."""
    names = [point for point in trials.points if re.fullmatch(between, point)]
    if not names and "mp4" in between:
        pytest.skip("no films are made here")
    trial = trials.trial(Cut(signal.SIGKILL, name=names[0]))
    assert trial.first.code == -signal.SIGKILL
    assert trial.faults == []


@pytest.mark.parametrize("place", range(len(SIGNALS)))
def test_a_build_that_is_interrupted_ends_soon_and_loses_nothing(
    trials: Trials, place: int
) -> None:
    number = trials.spread(len(SIGNALS), seed=2)[place]
    trial = trials.trial(Cut(SIGNALS[place], number=number, held=True))
    assert trial.faults == []
    # Not the second that is promised: others may keep the machine busy. Who waited for the disk,
    # which does not answer here, would take a minute and a half.
    assert trial.first.after is not None
    assert trial.first.after < 45


def test_what_is_torn_would_be_noticed() -> None:
    for name, data in {
        "collections/orbs/dreams.lock": b'{\n "version": 1,\n "vari',
        "site/index.html": b"<!doctype html><html><body>",
        "site/feed.xml": b"<feed><title>",
        "collections/orbs/orb.png": b"\x89PNG\r\n\x1a\n\0\0",
        ".dreamfolio/cache/ab/abc.json": b"{}",
    }.items():
        assert not is_whole(name, data), name
