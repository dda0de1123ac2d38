"""Dates as precise as they are known, and tags."""

from datetime import datetime

import pytest

from dreamfolio.content.day import Day
from helpers.portfolio import Tree


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("2021", datetime(2021, 1, 1)),
        ("2021-08", datetime(2021, 8, 1)),
        ("2024-02-29", datetime(2024, 2, 29)),
    ],
)
def test_a_date_is_kept_as_precise_as_it_was_written(
    tree: Tree, text: str, begins: datetime
) -> None:
    manifest = f"title: Orbs\ndate: {text}\npieces: [{{source: orb.png, date: {text}}}]\n"
    tree.collection("orbs", "orb.png", manifest=manifest)
    collection = tree.only()
    assert collection.date == collection.pieces[0].date == Day(text, begins)


@pytest.mark.parametrize(
    "text", ["2021-13", "2023-02-29", "21", "2021-8-2", "August 2021", "2021-08-22T10:00:00", "0"]
)
def test_what_is_no_date_is_told_with_its_place(tree: Tree, text: str) -> None:
    manifest = f"title: Orbs\npieces:\n  - source: orb.png\n    date: {text}\n"
    tree.collection("orbs", "orb.png", manifest=manifest)
    assert tree.problem().startswith("collections/orbs/collection.yaml:4:11: ")
    assert "is no date; write 2021-08-22, 2021-08 or 2021" in tree.problem()


def test_tags_are_told_apart_by_their_words_alone(tree: Tree) -> None:
    manifest = "title: A\npieces: [{source: orb.png, tags: [Night, deep   sea, NIGHT, 2021]}]\n"
    tree.collection("orbs", "orb.png", manifest=manifest)
    assert tree.only().pieces[0].tags == ("Night", "deep sea", "2021")
