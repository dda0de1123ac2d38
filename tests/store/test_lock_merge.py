"""Locks of two branches, merged by git itself."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.dream.target import Target
from dreamfolio.errors import LockError
from dreamfolio.store import lock as locks
from dreamfolio.store.lock import Entry

ENTRY = Entry(
    key="a" * 64,
    source="orb.png",
    source_file="b" * 64,
    source_pixels="c" * 64,
    network="inception_v3",
    network_digest="d" * 64,
    model="inception_v3",
    preprocess="tf",
    layers=(Target("mixed3"),),
    recipe_asked="octaves",
    recipe={"steps": 20},
    output="e" * 64,
    versions={"keras": "3.9.0"},
)


def dreams(*names: str) -> dict[str, Entry]:
    return {f"{name}.png": replace(ENTRY, source=f"of {name}.png") for name in names}


@pytest.fixture
def branches(tmp_path: Path) -> Path:
    """A repository with a lock on two branches, ``mine`` and ``theirs``, which is checked out."""
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    git(tmp_path, "init", "-q", "-b", "theirs")
    names = [f"orb_{number:03}" for number in range(100)]
    locks.write(tmp_path / locks.FILE, dreams(*names))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "both")
    return tmp_path


def git(folder: Path, *arguments: str) -> int:
    who = ("-c", "user.name=An artist", "-c", "user.email=artist@example.org")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True).returncode


def merged(folder: Path, mine: dict[str, Entry], theirs: dict[str, Entry]) -> int:
    """How ``git merge`` ends where two branches added these lines."""
    path = folder / locks.FILE
    both = locks.read(path)
    git(folder, "checkout", "-q", "-b", "mine")
    locks.write(path, both | mine)
    git(folder, "commit", "-q", "-a", "-m", "mine")
    git(folder, "checkout", "-q", "theirs")
    locks.write(path, both | theirs)
    git(folder, "commit", "-q", "-a", "-m", "theirs")
    return git(folder, "merge", "-q", "mine")


def test_branches_that_dreamed_apart_merge_by_themselves(branches: Path) -> None:
    mine, theirs = dreams("orb_010_new", "a first one"), dreams("orb_070_new", "z last one")
    assert merged(branches, mine, theirs) == 0
    lock = locks.read(branches / locks.FILE)
    assert len(lock) == 104
    assert lock.keys() > mine.keys() | theirs.keys()


def test_a_conflict_side_by_side_is_mended_as_the_error_says(branches: Path) -> None:
    assert merged(branches, dreams("orb_050_a"), dreams("orb_050_b")) == 1
    path = branches / locks.FILE
    with pytest.raises(LockError, match="unresolved merge conflict") as caught:
        locks.read(path)
    assert "delete the lines that start with <<<<<<<, ======= and >>>>>>>" in str(caught.value)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>"))
    )
    assert len(locks.read(path)) == 102


@pytest.mark.parametrize("at", ["a first one", "orb_050_{}", "z last one {}"])
def test_a_union_of_both_sides_is_read_whatever_comma_is_missing(branches: Path, at: str) -> None:
    (branches / ".gitattributes").write_text("dreams.lock merge=union\n")
    mine, theirs = dreams(at.format("mine")), dreams(at.format("theirs"))
    if mine == theirs:
        theirs = dreams("another first one")
    assert merged(branches, mine, theirs) == 0
    path = branches / locks.FILE
    lock = locks.read(path)
    assert len(lock) == 102
    assert lock.keys() > mine.keys() | theirs.keys()
    locks.write(path, lock)
    assert list(locks.read(path)) == sorted(lock)


def test_a_union_of_two_dreams_of_one_variant_is_told(branches: Path) -> None:
    (branches / ".gitattributes").write_text("dreams.lock merge=union\n")
    mine, theirs = ({"orb_050.png": replace(ENTRY, output=end * 64)} for end in "12")
    assert merged(branches, mine, theirs) == 0
    with pytest.raises(LockError, match=r"orb_050\.png stands in it twice") as caught:
        locks.read(branches / locks.FILE)
    assert "delete one of the two lines" in str(caught.value)


def test_commas_at_the_ends_of_lines_are_made_good_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / locks.FILE
    lock = dreams("a", "b", "c")
    text = locks.dumps(lock)
    for slip in (text.replace("},\n", "}\n"), text.replace("}\n }", "},\n }")):
        path.write_text(slip)
        assert locks.read(path) == lock
    for damage in (text.replace("},\n", "},,\n"), text.replace('"b.png": {', '"b.png": ')):
        path.write_text(damage)
        with pytest.raises(LockError, match="not valid JSON"):
            locks.read(path)
