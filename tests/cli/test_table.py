"""Tables in a terminal that may be too narrow for them."""

from __future__ import annotations

import re

import pytest

from dreamfolio.cli.table import table
from helpers.home import Home

HEAD = ("STATE", "FILE", "WHY")
ROWS = [
    ("current", "orbs/orb_1.png", "as recorded"),
    ("missing", "orbs/orb_2.png", "not dreamed yet; the network is fetched first"),
]


def shown(room: int) -> list[str]:
    return re.sub(r"\x1b\[\d*m", "", table(HEAD, ROWS, room=room)).splitlines()


@pytest.mark.parametrize("room", [0, 120])
def test_where_there_is_room_a_row_is_a_line(room: int) -> None:
    assert shown(room) == [
        "STATE    FILE            WHY",
        "current  orbs/orb_1.png  as recorded",
        "missing  orbs/orb_2.png  not dreamed yet; the network is fetched first",
    ]


def test_the_last_column_is_broken_where_that_is_enough() -> None:
    assert shown(62) == [
        "STATE    FILE            WHY",
        "current  orbs/orb_1.png  as recorded",
        "missing  orbs/orb_2.png  not dreamed yet; the network is",
        "                         fetched first",
    ]


def test_in_less_room_the_cells_stand_below_each_other() -> None:
    assert shown(36) == [
        "current  orbs/orb_1.png",
        "         as recorded",
        "missing  orbs/orb_2.png",
        "         not dreamed yet; the",
        "         network is fetched first",
    ]


def test_a_name_stays_whole_in_however_little_room() -> None:
    assert "orbs/orb_1.png" in " ".join(shown(8))


def test_a_pipe_gets_a_line_a_variant(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    said = home.run("status").out.splitlines()
    assert said[1].split()[:2] == ["missing", "collections/orbs/orb_1_conv_b.png"]
    assert said[1].endswith("not dreamed yet")
