"""A run that is cut off at any moment loses no finished dream."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.home import Home

Dreams = list[tuple[int, int]]


class PowerCut(BaseException):
    """Ends a run at once, whatever it catches."""


def _between_cache_and_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    from dreamfolio.runner.recorder import Recorder

    _cut(monkeypatch, Recorder, "_place")


def _between_picture_and_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    from dreamfolio.runner.recorder import Recorder

    _cut(monkeypatch, Recorder, "_record")


def _cut(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    def cut(*arguments: Any, **options: Any) -> Any:
        raise PowerCut

    monkeypatch.setattr(owner, name, cut)


CUTS = [_between_cache_and_picture, _between_picture_and_lock]
Cut = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("again", [False, True], ids=["first dream", "dreamed again"])
def test_next_build_heals_without_dreaming(
    home: Home, dreams: Dreams, monkeypatch: pytest.MonkeyPatch, cut: Cut, again: bool
) -> None:
    if again:
        assert home.run("dream").code == 0
        for number in (1, 2):
            home.paint(f"collections/orbs/orb_{number}.png", seed=number + 50)
        dreams.clear()
    with monkeypatch.context() as cutting:
        cut(cutting)
        with pytest.raises(PowerCut):
            home.run("dream")
    finished = len(dreams)
    assert finished >= 1
    dreams.clear()
    assert home.run("build").code == 0
    assert len(dreams) == 2 - finished, "only what had not been dreamed is dreamed"
    assert set(home.states().values()) == {"current"}
    lock = home.lock("orbs")
    assert set(lock) == {"orb_1_conv_b.png", "orb_2_conv_b.png"}
    assert all(entry["key"] and not entry["adopted"] for entry in lock.values())
    assert all(entry["versions"]["look"] for entry in lock.values())
    assert home.leftovers() == []


def test_healed_variant_is_recorded_as_if_nothing_had_happened(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home.run("dream")
    whole = home.read("collections/orbs/dreams.lock")
    (home.root / "collections/orbs/dreams.lock").unlink()
    assert home.run("dream").code == 0
    assert home.read("collections/orbs/dreams.lock") == whole


def test_torn_write_leaves_the_old_picture(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.run("dream")
    name = "collections/orbs/orb_1_conv_b.png"
    old = home.read(name)
    home.paint("collections/orbs/orb_1.png", seed=50)
    with monkeypatch.context() as cutting:
        _cut(cutting, Path, "replace")
        with pytest.raises(PowerCut):
            home.run("dream")
    assert home.read(name) == old
    assert home.leftovers() == []


def test_lines_that_come_into_the_lock_in_mid_build_are_kept(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a pull brings them, or a second build of other variants."""
    from dreamfolio.runner import work

    home.run("dream")
    pulled = home.read("collections/orbs/dreams.lock")
    for name in ("orb_1_conv_b.png", "dreams.lock"):
        (home.root / "collections/orbs" / name).unlink()
    home.forget()
    engine = work.dream

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        home.write("collections/orbs/dreams.lock", pulled)
        return engine(*arguments, **options)

    monkeypatch.setattr(work, "dream", meanwhile)
    assert home.run("dream", "--only", "orb_1*").code == 0
    assert home.read("collections/orbs/dreams.lock") == pulled
