"""Failed fetches are remembered for a day, and no longer than the weights are away."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.store.fetches import failures, remember

NOW = 1.8e9


def test_a_failure_is_told_for_a_day(tmp_path: Path) -> None:
    weights = tmp_path / "keras/net.h5"
    remember(tmp_path, {weights: "no route to host"}, NOW)
    assert failures(tmp_path, NOW + 3600) == {weights: "no route to host"}
    assert failures(tmp_path, NOW + 25 * 3600) == {}
    assert failures(tmp_path, NOW - 25 * 3600) == {}
    assert (tmp_path / ".dreamfolio/.gitignore").exists()


def test_weights_that_came_are_no_failure(tmp_path: Path) -> None:
    weights = tmp_path / "net.h5"
    remember(tmp_path, {weights: "no route to host"}, NOW)
    weights.touch()
    assert failures(tmp_path, NOW) == {}


def test_a_later_run_that_asks_for_others_forgets_nothing(tmp_path: Path) -> None:
    one, other = tmp_path / "one.h5", tmp_path / "other.h5"
    remember(tmp_path, {one: "offline"}, NOW)
    remember(tmp_path, {other: "gone"}, NOW + 10)
    remember(tmp_path, {}, NOW + 20)
    assert failures(tmp_path, NOW + 30) == {one: "offline", other: "gone"}


def test_nothing_is_written_where_nothing_failed(tmp_path: Path) -> None:
    remember(tmp_path, {}, NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_memory_is_none(tmp_path: Path) -> None:
    (tmp_path / ".dreamfolio").mkdir()
    for text in ("", "[]", '{"a": 1}', '{"a": {"at": "x", "why": 1}}', "\xff"):
        (tmp_path / ".dreamfolio/fetches.json").write_text(text, "latin-1")
        assert failures(tmp_path, NOW) == {}
        remember(tmp_path, {tmp_path / "net.h5": "offline"}, NOW)
        assert len(failures(tmp_path, NOW)) == 1
