from pathlib import Path

import pytest

from dreamfolio.content.objects import Collection
from dreamfolio.content.settings import ReadmeSettings
from dreamfolio.publish.readme.shown import choose
from dreamfolio.publish.wording import shipped
from helpers.readme import piece, variant

GLOBES = Collection(
    "globes",
    Path("/p/collections/globes"),
    "Globes",
    "",
    (
        piece(
            "a.png",
            variant("a_x.png", "a.png", "x"),
            variant("a_y.png", "a.png", "y", name="soft"),
            title="A",
        ),
        piece("b.png", variant("b_x.png", "b.png", "x"), title="B"),
    ),
)
ALL = {"a.png", "a_x.png", "a_y.png", "b.png", "b_x.png"}


def pictures(there: set[str], **settings: object) -> tuple[list[str], list[str]]:
    asked = ReadmeSettings(**settings)  # type: ignore[arg-type]
    shows = choose(GLOBES, asked, there.__contains__, shipped("en"))
    return [one.picture for one in shows.main], [one.picture for one in shows.sources]


def test_variants_that_are_there_are_shown_in_the_manifests_order() -> None:
    assert pictures(ALL) == (["a_x.png", "a_y.png", "b_x.png"], [])
    assert pictures(ALL - {"a_x.png"}) == (["a_y.png", "b_x.png"], [])


def test_a_piece_that_has_not_dreamed_is_shown_by_its_source() -> None:
    assert pictures(ALL - {"b_x.png"}) == (["a_x.png", "a_y.png", "b.png"], [])
    assert pictures(ALL - {"b_x.png", "b.png"}) == (["a_x.png", "a_y.png"], [])


def test_only_sources_are_shown_where_that_is_asked() -> None:
    assert pictures(ALL, show="sources") == (["a.png", "b.png"], [])


@pytest.mark.parametrize("place", ["details", "comment", "table"])
def test_both_are_shown_in_two_tables(place: str) -> None:
    shown = pictures(ALL, show="both", sources=place)
    assert shown == (["a_x.png", "a_y.png", "b_x.png"], ["a.png", "b.png"])


@pytest.mark.parametrize("place", ["details", "comment", "table"])
def test_the_same_table_is_not_shown_twice(place: str) -> None:
    assert pictures({"a.png", "b.png"}, show="both", sources=place) == (["a.png", "b.png"], [])


def test_an_undreamed_piece_is_open_to_see_exactly_once() -> None:
    there = ALL - {"b_x.png"}
    dreamed, sources = ["a_x.png", "a_y.png"], ["a.png", "b.png"]
    assert pictures(there, show="both", sources="table") == (dreamed, sources)
    assert pictures(there, show="both", sources="details") == ([*dreamed, "b.png"], sources)


def test_captions_tell_two_dreams_of_one_piece_apart() -> None:
    first, second, _ = choose(GLOBES, ReadmeSettings(), ALL.__contains__, shipped("en")).main
    assert (first.title, first.detail, first.alt) == ("A", "x", "A, dreamed through x")
    assert (second.title, second.detail) == ("A", "y · soft")
