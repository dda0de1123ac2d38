from __future__ import annotations

from dreamfolio.adopt.old_readme import Shown
from dreamfolio.adopt.pieces import pieces_of


def shown(*names: str, hidden: bool = False) -> list[Shown]:
    return [Shown(name, "", line, hidden) for line, name in enumerate(names, start=1)]


def told(present: list[str], pictures: list[Shown]) -> list[tuple[str, list[str]]]:
    pieces, _ = pieces_of(present, pictures)
    return [(piece.source, [variant.file for variant in piece.variants]) for piece in pieces]


def notes(present: list[str], pictures: list[Shown]) -> list[tuple[int | None, str]]:
    return [(note.line, note.text) for note in pieces_of(present, pictures)[1]]


def test_pieces_stand_as_the_readme_shows_them_openly_then_hidden_then_by_name() -> None:
    present = ["a1.png", "a2.png", "a10.png", "b.png", "a2_mixed3.png"]
    pictures = [*shown("b.png", "a2.png", hidden=True), *shown("a2_mixed3.png")]
    assert told(present, pictures) == [
        ("a2.png", ["a2_mixed3.png"]),
        ("b.png", []),
        ("a1.png", []),
        ("a10.png", []),
    ]


def test_variants_stand_as_the_readme_shows_them_then_by_name() -> None:
    present = ["a.png", "a_mixed1.png", "a_mixed2.png", "a_mixed10.png"]
    assert told(present, shown("a_mixed5.png", "a_mixed2.png")) == [
        ("a.png", ["a_mixed5.png", "a_mixed2.png", "a_mixed1.png", "a_mixed10.png"])
    ]


def test_a_dream_that_is_only_shown_is_wanted() -> None:
    ((piece,), _) = pieces_of(["a.png"], shown("a_conv2d_95.png"))
    assert [(v.present, v.layers, v.line) for v in piece.variants] == [(False, ("conv2d_1",), 1)]


def test_a_dream_is_not_wanted_where_the_same_one_is_here_under_another_name() -> None:
    present, pictures = ["a.png", "a_conv2d_1.png"], shown("a_conv2d_95.png")
    assert told(present, pictures) == [("a.png", ["a_conv2d_1.png"])]
    assert notes(present, pictures) == [
        (1, "a_conv2d_95.png is not in the folder, but a_conv2d_1.png is the same dream")
    ]


def test_two_pictures_of_the_same_dream_are_both_kept() -> None:
    ((piece,), _) = pieces_of(["a.png", "a_conv2d_1.png", "a_conv2d_95.png"], [])
    assert [(v.file, v.twin) for v in piece.variants] == [
        ("a_conv2d_1.png", None),
        ("a_conv2d_95.png", "a_conv2d_1.png"),
    ]


def test_a_dream_whose_render_is_lost_is_a_piece_of_its_own() -> None:
    present = ["a.png", "b_conv2d_95.png"]
    for pictures in ([], shown("b.png", "b_conv2d_95.png")):
        assert ("b_conv2d_95.png", []) in told(present, pictures)
        assert any(
            "b_conv2d_95.png reads as a dream of conv2d_1" in n for _, n in notes(present, pictures)
        )


def test_what_is_shown_and_can_neither_be_found_nor_dreamed_is_told() -> None:
    pictures = shown("gone.png", "gone_mixed3.png", "film.mp4")
    assert told(["a.png"], pictures) == [("a.png", [])]
    assert sorted(notes(["a.png"], pictures)) == [
        (1, "gone.png is not in the folder"),
        (2, "gone_mixed3.png is not in the folder, nor is the render to dream it from"),
        (3, "film.mp4: dreamfolio shows no such files"),
    ]


def test_a_name_in_other_case_or_unicode_form_is_the_same_picture() -> None:
    assert told(["Cafe\u0301.PNG"], shown("Caf\u00e9.png")) == [("Cafe\u0301.PNG", [])]
    assert notes(["Cafe\u0301.PNG"], shown("Caf\u00e9.png")) == []
