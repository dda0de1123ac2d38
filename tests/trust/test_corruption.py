"""A byte that flips anywhere costs no picture: it heals, or an error names the damaged file."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from dreamfolio.files import sha256
from dreamfolio.store import lock as locks
from dreamfolio.store.cache import Cache
from helpers.damaged import FLIPPED, LOCK, RECORD, Studio, flipped
from helpers.endured import files
from helpers.home import make_home


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(tmp_path_factory.mktemp("corruption"))


@pytest.fixture
def studio(made: Studio) -> Studio:
    made.reset()
    return made


@pytest.mark.parametrize("name", FLIPPED)
def test_a_flipped_byte_loses_nothing(studio: Studio, name: str) -> None:
    assert [studio.flips(name, seed) for seed in range(2)] == [[], []]


@pytest.mark.parametrize(
    ("how", "word"),
    [
        (lambda data: data[: len(data) // 2], "is not valid JSON"),
        (lambda data: b"", "is not valid JSON"),
        (lambda data: b"\0" * len(data), "is not valid JSON"),
        (lambda data: data.replace(b'"version": 1', b'"version": 9'), "install a newer"),
        (
            lambda data: b"<<<<<<< ours\n" + data + b"=======\n" + data + b">>>>>>> theirs\n",
            "unresolved merge conflict",
        ),
        (lambda data: data.replace(b'"dusk_mixed3', b'"dawn_mixed3'), "dawn_mixed3"),
        (lambda data: data.replace(b'"steps": 20', b'"steps": 21', 1), "altered since"),
    ],
    ids=["half", "empty", "zeros", "later", "conflict", "twice", "one digit"],
)
def test_a_damaged_lock_is_refused_whole_and_named(
    studio: Studio, how: Callable[[bytes], bytes], word: str
) -> None:
    damaged = studio.damage(LOCK, how)
    said = studio.build()
    assert said.code == 2
    assert word in said.err
    assert "collections/days/dreams.lock" in said.err
    assert "; " in said.err
    assert files(studio.home.root) == {**studio.whole, LOCK: damaged}


def test_a_cache_entry_that_is_damaged_or_anothers_is_never_shown(studio: Studio) -> None:
    """A variant is deleted, and what the cache has of it is not what it was."""
    entry = locks.read(studio.home.root / LOCK)["dusk_mixed3.png"]
    other = locks.read(studio.home.root / "collections/nights/dreams.lock")["moth_mixed3.png"]
    assert entry.key
    assert other.key
    there = studio.home.root / f"kept/{entry.key[:2]}/{entry.key}.png"
    anothers = (studio.home.root / f"kept/{other.key[:2]}/{other.key}.png").read_bytes()
    chance = random.Random(5)
    for bad in (flipped(chance)(there.read_bytes()), there.read_bytes()[:-9], b"", anothers):
        studio.reset()
        there.write_bytes(bad)
        (studio.home.root / "collections/days/dusk_mixed3.png").unlink()
        said = studio.build()
        assert said.code == 1
        assert "inception_v3" in said.err, "it would have to be dreamed, which takes the network"
        assert "held an entry damaged on the disk" in said.err
        assert f"{entry.key[:2]}/{entry.key}.png; " in said.err
        assert not (studio.home.root / "collections/days/dusk_mixed3.png").exists()
        assert Cache(str(studio.home.root / "kept")).get(entry.key, ".png") is None


def test_a_damaged_record_of_the_site_heals_by_what_its_lines_still_prove(studio: Studio) -> None:
    for how in (lambda data: data[: len(data) * 2 // 3], flipped(random.Random(3))):
        studio.reset()
        studio.damage(RECORD, how)
        said = studio.build()
        assert said.code == 1
        assert ".dreamfolio.json" in said.err
        assert studio.build().code == 0
        left = files(studio.home.root)
        assert {name: data for name, data in left.items() if name != RECORD} == {
            name: data for name, data in studio.whole.items() if name != RECORD
        }


def test_a_record_of_the_site_cannot_have_files_outside_or_by_hand_removed(studio: Studio) -> None:
    outside = studio.home.write("notes.txt", b"mine")
    form = json.loads(studio.home.read(RECORD))
    del form["seal"]
    for name in ("../notes.txt", "CNAME"):
        form["files"][name] = [sha256(b"mine"), 4]
        studio.home.write(RECORD, json.dumps(form))
        studio.build()
        assert outside.read_bytes() == b"mine"
        assert studio.home.read("site/CNAME") == studio.whole["site/CNAME"]


def test_a_damaged_checkpoint_is_none(tmp_path: Path) -> None:
    np = pytest.importorskip("numpy")
    from dreamfolio.runner import checkpoints

    keeper = checkpoints.FileCheckpoints(tmp_path, "ab" * 32, "float32")
    keeper._kept -= checkpoints.EVERY + 1
    keeper.passing(1, 7, 20, lambda: np.ones((40, 30, 3), np.float32))
    (file,) = tmp_path.rglob("*.npz")
    whole = file.read_bytes()
    assert keeper.last() is not None
    for seed in range(60):
        file.write_bytes(flipped(random.Random(seed))(whole))
        last = keeper.last()
        assert last is None or (last.picture == 1).all(), seed
    for length in range(0, len(whole), 997):
        file.write_bytes(whole[:length])
        assert keeper.last() is None


def test_weights_that_are_damaged_cost_their_variants_and_are_named(tmp_path: Path) -> None:
    pytest.importorskip("keras")
    home = make_home(tmp_path / "home", pictures=1)
    whole = home.read("networks/tiny.keras")
    chance = random.Random(11)
    for bad in (whole[: len(whole) // 2], b"", flipped(chance)(whole), flipped(chance)(whole)):
        home.write("networks/tiny.keras", bad)
        said = home.run("build")
        dreamed = list((home.root / "collections/orbs").glob("*_conv_b.png"))
        if said.code:
            assert "tiny.keras" in said.err
            assert dreamed == []
        else:  # It struck what nothing depends on, a time in the archive, say.
            assert dreamed != []
        for one in dreamed:
            one.unlink()
        home.forget()
