"""Locks of a thousand variants, edited a line at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.dream.target import Target
from dreamfolio.errors import LockError
from dreamfolio.store import lock as locks
from dreamfolio.store.lock import Entry
from dreamfolio.store.lock_editor import LockEditor

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
def path(tmp_path: Path) -> Path:
    return tmp_path / locks.FILE


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bytes of each lock that is taken apart."""
    taken: list[bytes] = []
    loads = locks.loads

    def counting(data: bytes, path: Path) -> dict[str, Entry]:
        taken.append(data)
        return loads(data, path)

    monkeypatch.setattr(locks, "loads", counting)
    return taken


def test_lines_of_a_run_are_written_as_a_whole_lock_is(path: Path, parsed: list[bytes]) -> None:
    editor = LockEditor()
    whole: dict[str, Entry] = {}
    for name in ("c", "a", "é", "b", "a"):
        lock = editor.read(path)
        assert lock == whole
        lock[f"{name}.png"] = whole[f"{name}.png"] = replace(ENTRY, output=f"{len(whole)}" * 64)
        editor.write(path, lock)
        assert path.read_text() == locks.dumps(whole)
    lock.pop("c.png")
    editor.write(path, lock)
    assert list(locks.read(path)) == ["a.png", "b.png", "é.png"]
    assert len(parsed) == 1  # By this test, at its end.


def test_what_another_run_wrote_meanwhile_is_read(path: Path, parsed: list[bytes]) -> None:
    editor = LockEditor()
    editor.write(path, dreams("a"))
    locks.write(path, dreams("a", "b"))
    lock = editor.read(path) | dreams("c")
    editor.write(path, lock)
    assert locks.read(path) == dreams("a", "b", "c")
    path.write_bytes(path.read_bytes().replace(b'"a.png"', b"<<<<<<< mine"))
    with pytest.raises(LockError):
        editor.read(path)


def test_two_locks_are_not_taken_for_one(tmp_path: Path) -> None:
    editor = LockEditor()
    one, other = tmp_path / "one.lock", tmp_path / "other.lock"
    editor.write(one, dreams("a"))
    editor.write(other, {"a.png": replace(ENTRY, output="f" * 64)})
    assert editor.read(one) == dreams("a")
    assert editor.read(other)["a.png"].output == "f" * 64
