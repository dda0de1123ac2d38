"""``dreamfolio doctor``."""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path

import keras
import pytest

from dreamfolio.dream import device
from dreamfolio.dream.backend import choice
from dreamfolio.dream.backend.choice import BACKENDS
from helpers.home import PORTFOLIO, Home


def test_says_what_there_is(home: Home) -> None:
    said = home.run("doctor")
    assert said.code == 0, said.everything
    for word in ("python", keras.backend.backend(), "device", "weights", "memory", "cache"):
        assert word in said.out
    assert f"{home.root}: 1 collection, 2 pieces" in said.out


def test_says_which_backends_there_are_and_how_to_choose(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = keras.backend.backend()
    other = next(name for name in BACKENDS if name != used)
    monkeypatch.setattr(choice, "is_installed", lambda name: name in ("keras", used, other))
    said = home.run("doctor")
    assert said.code == 0, said.everything
    assert re.search(rf"^ok +{used} .*in use$", said.out, re.MULTILINE)
    assert re.search(rf"^ok +{other} .*KERAS_BACKEND={other} ", said.out, re.MULTILINE)
    [row] = [row for row in said.out.splitlines() if row.split()[1] == "device"]
    assert re.search(rf"{used}.*, (float32|bfloat16)$", row.lower().replace("pytorch", "torch"))


def test_backend_that_is_not_installed_is_in_the_way(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    monkeypatch.setattr(choice, "is_installed", lambda name: name != "torch")
    said = home.run("doctor")
    assert said.code == 1
    [row] = [row for row in said.out.splitlines() if row.startswith("mend")]
    assert "pip install 'dreamfolio[torch]', or set it to" in row


def test_says_whether_animations_come_as_mp4_and_how_they_would(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    said = home.run("doctor")
    assert said.code == 0
    [row] = [row for row in said.out.splitlines() if " mp4 " in row]
    assert row.startswith("note")
    assert "pip install 'dreamfolio[video]'" in row
    monkeypatch.undo()
    pytest.importorskip("av", reason="PyAV is not installed")
    [row] = [row for row in home.run("doctor").out.splitlines() if " mp4 " in row]
    assert row.startswith("ok")


@pytest.mark.parametrize("system", ["Windows", "Darwin"])
def test_says_where_another_backend_could_use_the_graphics_card(
    home: Home, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(device, "device", lambda: device.Device("2 CPU cores", None, is_cpu=True))
    monkeypatch.setattr(choice, "chosen", lambda: "tensorflow")
    monkeypatch.setattr(choice, "is_installed", lambda name: name != "torch")
    [row] = [row for row in home.run("doctor").out.splitlines() if "no graphics card" in row]
    assert row.startswith("note")
    assert row.endswith("pip install 'dreamfolio[torch]' and set KERAS_BACKEND=torch")


def test_says_what_is_in_the_way(home: Home) -> None:
    home.write("portfolio.yaml", PORTFOLIO + "titel: x\nthemes: y\n")
    said = home.run("doctor")
    assert said.code == 1
    [row] = [row for row in said.out.splitlines() if row.split()[1] == "portfolio"]
    assert row.startswith("mend")
    assert "portfolio.yaml:6:1" in row
    assert "1 more" in row


def test_network_that_is_away_is_in_the_way_of_what_waits_for_it(home: Home) -> None:
    assert home.run("dream").code == 0
    (home.root / "networks/tiny.keras").unlink()
    said = home.run("doctor")
    assert said.code == 0, said.everything
    [row] = [row for row in said.out.splitlines() if "networks/tiny.keras is not here" in row]
    assert row.startswith("note")
    home.paint("collections/orbs/another.png", seed=9)
    said = home.run("doctor")
    assert said.code == 1
    [row] = [row for row in said.out.splitlines() if "networks/tiny.keras is not here" in row]
    assert row.startswith("mend")


@pytest.mark.parametrize("dreamed", [False, True])
def test_cache_out_of_reach_is_in_the_way(home: Home, dreamed: bool) -> None:
    if dreamed:
        assert home.run("dream").code == 0
    home.write("nowhere", "a file where the cache should be")
    home.write("portfolio.yaml", PORTFOLIO + "cache: nowhere\n")
    said = home.run("doctor")
    assert said.code == 1
    [row] = [row for row in said.out.splitlines() if row.split()[1] == "cache"]
    assert row.startswith("mend")


def test_outside_of_a_portfolio(home: Home, tmp_path: Path) -> None:
    said = home.run("doctor", cwd=tmp_path)
    assert said.code == 0
    assert "dreamfolio new portfolio" in said.out
