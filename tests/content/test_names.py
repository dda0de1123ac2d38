"""Titles and addresses made from file names."""

from __future__ import annotations

import pytest

from dreamfolio.content.names import fold, piece_slugs, title_of


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("new_normal", "New normal"),
        ("covid_6", "Covid 6"),
        ("Tide-Pool", "Tide-Pool"),
        ("über__uns", "Über uns"),
        ("_", "_"),
        ("7", "7"),
    ],
)
def test_a_title_from_a_name(name: str, title: str) -> None:
    assert title_of(name) == title


def test_slugs_are_the_stems_where_they_can_be() -> None:
    assert piece_slugs(["orb.png", "covid_11.png", "Ärger.jpg", "v1.2.png"]) == [
        "orb",
        "covid_11",
        "Ärger",
        "v1.2",
    ]


HOSTILE = [
    "a b.png",
    "a-b.png",
    "A-B.png",
    "a?b.png",
    "a#b.png",
    "a%2Fb.png",
    "a.png",
    "a.jpg",
    "A.PNG",
    "index.png",
    "INDEX.jpg",
    "404.png",
    "...png",
    "   .png",
    "-.png",
    "?.png",
    "é.png",
    "e\u0301.png",
    "😀.png",
    f"{'x' * 240}.png",
    f"{'x' * 240}y.png",
    "CON.png",
    "a&b<c>.png",
    "a'b\".png",
    "line\nbreak.png",
]


def test_slugs_are_safe_and_unique_whatever_the_files_are_called() -> None:
    slugs = piece_slugs(HOSTILE)
    assert len({fold(slug) for slug in slugs}) == len(HOSTILE)
    assert not {"index", "404"} & {fold(slug) for slug in slugs}
    for slug in slugs:
        assert slug
        assert len(slug.encode()) <= 140
        assert not set(slug) & set("/\\?#%&<>\"': \n\t*|")
        assert slug.strip(".") == slug


@pytest.mark.parametrize(
    ("one", "other"), [("Orbs", "orbs"), ("é", "e\u0301"), ("STRASSE", "straße"), ("A/B", "a/b")]
)
def test_names_that_some_disk_takes_for_one_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)
