"""What a command said when it left nothing to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.store.at_rest import AtRest, recall, remember

LEFT = AtRest("a" * 64, ("/nets/one.keras",), ("site/: up to date",), ("1 file is not shown",))


def test_each_command_has_its_own(tmp_path: Path) -> None:
    remember(tmp_path, "site", LEFT)
    other = replace(LEFT, look="b" * 64)
    remember(tmp_path, "build", other)
    assert recall(tmp_path, "site") == LEFT
    assert recall(tmp_path, "build") == other
    assert recall(tmp_path, "readme") is None


def test_it_stays_out_of_git(tmp_path: Path) -> None:
    remember(tmp_path, "site", LEFT)
    assert (tmp_path / ".dreamfolio/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"site": {"look": 1}}',
        b'{"site": {"look": "a", "beside": 1, "notes": [], "warnings": []}}',
    ],
)
def test_a_damaged_one_is_none(tmp_path: Path, data: bytes) -> None:
    remember(tmp_path, "site", LEFT)
    (tmp_path / ".dreamfolio/at_rest.json").write_bytes(data)
    assert recall(tmp_path, "site") is None
    remember(tmp_path, "site", LEFT)
    assert recall(tmp_path, "site") == LEFT


def test_an_altered_one_is_none(tmp_path: Path) -> None:
    remember(tmp_path, "site", LEFT)
    file = tmp_path / ".dreamfolio/at_rest.json"
    file.write_bytes(file.read_bytes().replace(b"up to date", b"out of date"))
    assert recall(tmp_path, "site") is None


def test_where_it_cannot_be_written_it_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / ".dreamfolio").write_text("a file where the folder should be")
    remember(tmp_path, "site", LEFT)
    assert recall(tmp_path, "site") is None
