"""What goes wrong costs what it belongs to, in one line each; the rest is made."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from helpers.home import PORTFOLIO, Home, Said

Dreams = list[tuple[int, int]]

MANY = """\
title: Orbs
pieces:
  - source: orb_1.png
  - source: torn.png
  - source: orb_2.png
    variants:
      - conv_a
      - layers: [conv_b]
        model: {file: ../../networks/absent.keras, preprocess: unit}
        name: absent
      - layers: [conv_b]
        model: {file: ../../networks/refused.keras, preprocess: unit}
        name: refused
      - layers: [conv_b]
        model: {file: ../../networks/torn.keras, preprocess: unit}
        name: damaged
  - source: small.png
    layers: [conv_c]
"""


def _errors(said: Said) -> list[str]:
    return [line for line in said.err.splitlines() if line.startswith("error:")]


def _with_code(network: bytes) -> bytes:
    """The network, with a layer that would run code of its author's."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(network)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "config.json":
                data = data.replace(b'"MaxPooling2D"', b'"Lambda"')
            new.writestr(name, data)
    return made.getvalue()


@pytest.fixture
def troubled(home: Home) -> Home:
    network = home.read("networks/tiny.keras")
    home.write("networks/refused.keras", _with_code(network))
    home.write("networks/torn.keras", network[: len(network) // 2])
    home.write("collections/orbs/torn.png", home.paint("whole.png", seed=5).read_bytes()[:300])
    home.paint("collections/orbs/small.png", seed=6, size=(6, 6))
    home.write("collections/orbs/collection.yaml", MANY)
    return home


def test_each_failure_costs_one_variant_and_is_told_in_one_line(troubled: Home) -> None:
    said = troubled.run("dream")
    assert said.code == 1
    assert set(troubled.lock("orbs")) == {"orb_1_conv_b.png", "orb_2_conv_a.png"}
    errors = _errors(said)
    assert len(errors) == 5, said.err
    told = {
        "torn_conv_b.png": "torn.png",
        "conv_b~refused.png": "refused",
        "conv_b~damaged.png": "damaged",
        "small_conv_c.png": "6 × 6",
        "absent.keras": "not here",
    }
    for name, word in told.items():
        assert [line for line in errors if name in line and word in line], (name, said.err)
    assert all("; " in line for line in errors), "each says how to mend it"
    assert "2 dreamed, 1 pending, 4 failed" in said.err


def test_build_publishes_what_could_be_made(troubled: Home) -> None:
    said = troubled.run("build")
    assert said.code == 1
    assert "orb_1_conv_b" in troubled.read("README.md").decode()
    assert (troubled.root / "site/index.html").is_file()


def test_next_build_makes_what_was_mended(troubled: Home, dreams: Dreams) -> None:
    troubled.run("dream")
    dreams.clear()
    network = troubled.read("networks/tiny.keras")
    for name in ("absent", "refused", "torn"):
        troubled.write(f"networks/{name}.keras", network)
    troubled.paint("collections/orbs/torn.png", seed=5)
    troubled.paint("collections/orbs/small.png", seed=6)
    assert troubled.run("dream").code == 0
    assert len(dreams) == 3, "three networks that are the same now dream once"
    assert set(troubled.states().values()) == {"current"}


def test_status_tells_what_waits_for_which_network(troubled: Home) -> None:
    states = troubled.states()
    assert states["orb_2_conv_b~absent.png"] == "pending"
    assert "networks/absent.keras is not here" in troubled.run("status").out


def test_any_error_of_the_engine_costs_its_variant(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.runner import work

    engine = work.dream
    calls: list[int] = []

    def stumbling(*arguments: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("the graph fell over\nand went on at length")
        return engine(*arguments, **options)

    monkeypatch.setattr(work, "dream", stumbling)
    said = home.run("dream")
    assert said.code == 1
    [error] = _errors(said)
    assert "orb_1_conv_b.png" in error
    assert "the graph fell over" in error
    assert "at length" not in error
    assert set(home.lock("orbs")) == {"orb_2_conv_b.png"}


def test_any_error_while_encoding_costs_its_variant(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.runner import work

    encode = work.encode
    calls: list[int] = []

    def stumbling(*arguments: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise MemoryError
        return encode(*arguments, **options)

    monkeypatch.setattr(work, "encode", stumbling)
    for number in range(3, 7):
        home.paint(f"collections/orbs/orb_{number}.png", seed=number)
    said = home.run("dream")
    assert said.code == 1
    [error] = _errors(said)
    assert "orb_1_conv_b.png" in error
    assert len(home.lock("orbs")) == 5


def test_source_exported_anew_while_the_build_goes_on_is_not_taken_for_the_old_one(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.runner import work

    engine = work.dream

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        if not dreamed:  # It is decoded while the second one dreams.
            home.paint("collections/orbs/orb_3.png", seed=50)
        dreamed.append(1)
        return engine(*arguments, **options)

    dreamed: list[int] = []
    home.paint("collections/orbs/orb_3.png", seed=3)
    with monkeypatch.context() as patched:
        patched.setattr(work, "dream", meanwhile)
        said = home.run("dream")
    assert said.code == 1
    [error] = _errors(said)
    assert "orb_3.png: was changed after the build began; build again" in error
    assert home.run("dream").code == 0
    first = home.read("collections/orbs/orb_3_conv_b.png")
    home.forget()
    for name in ("orb_3_conv_b.png", "dreams.lock"):
        (home.root / "collections/orbs" / name).unlink()
    home.run("dream")
    assert home.read("collections/orbs/orb_3_conv_b.png") == first


@pytest.mark.parametrize("when", ["before", "after"])
def test_unwritable_cache_costs_a_note(home: Home, when: str) -> None:
    if when == "after":
        assert home.run("dream").code == 0
        (home.root / "collections/orbs/orb_1_conv_b.png").unlink()
    home.write("nowhere", "a file where the cache should be")
    home.write("portfolio.yaml", PORTFOLIO + "cache: nowhere\n")
    said = home.run("build")
    assert said.code == 0, said.everything
    notes = [line for line in said.err.splitlines() if line.startswith("note: ")]
    assert len(notes) == 1, said.err
    assert "cache" in notes[0]
    assert "portfolio.yaml" in notes[0]
    assert set(home.states().values()) == {"current"}


def test_unwritable_collection_costs_only_itself(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.paint("collections/locked/moon.png", seed=9)
    locked = home.root / "collections/locked"
    _refuse_writing(locked, monkeypatch)
    said = home.run("dream")
    assert said.code == 1
    [error] = _errors(said)
    assert "moon_conv_b.png" in error
    assert "cannot be written" in error
    assert "; " in error
    assert len(home.lock("orbs")) == 2
    assert [path.name for path in locked.iterdir()] == ["moon.png"]


def test_unwritable_lock_of_adopted_pictures_costs_only_itself(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.paint("collections/locked/moon.png", seed=9)
    home.paint("collections/locked/moon_conv_b.png", seed=10)
    _refuse_writing(home.root / "collections/locked", monkeypatch)
    said = home.run("build")
    assert said.code == 1
    assert len([error for error in _errors(said) if "locked/dreams.lock" in error]) == 1
    assert len(home.lock("orbs")) == 2
    assert (home.root / "site/index.html").is_file()


def test_current_portfolio_may_be_read_only(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.run("build")
    home.forget()
    before = home.works()
    _refuse_writing(home.root, monkeypatch)
    for command in ("status", "dream", "build"):
        said = home.run(command)
        assert said.code == 0, said.everything
        assert "error" not in said.err
    assert home.works() == before


def _refuse_writing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As folders without write permission do, which would not stop root."""
    import tempfile

    mkstemp = tempfile.mkstemp

    def refuse(*arguments: Any, **options: Any) -> Any:
        if Path(options.get("dir") or "/").is_relative_to(folder):
            raise PermissionError(13, os.strerror(13), str(folder))
        return mkstemp(*arguments, **options)

    monkeypatch.setattr(tempfile, "mkstemp", refuse)


def test_what_costs_several_variants_is_told_once(home: Home) -> None:
    home.write("networks/tiny.keras", b"PK\x03\x04 torn")
    said = home.run("dream")
    assert said.code == 1
    errors = [line for line in said.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1, said.err
    assert "and 1 other variant: " in errors[0]
    assert "2 failed" in said.err
