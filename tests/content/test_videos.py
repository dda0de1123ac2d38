"""Videos are pieces beside the renders; a poster stands for one, and none is ever dreamed."""

from __future__ import annotations

import pytest

from helpers.portfolio import Tree
from helpers.videos import sealed

HERE = "collections/reef/collection.yaml"


@pytest.fixture
def reef(tree: Tree) -> Tree:
    folder = tree.collection("reef", "coral.png", "clip.poster.png", "wave_2.png", "wave_10.png")
    for name in ("clip.mp4", "Wave_3.WEBM", ".hidden.mp4"):
        sealed(folder / name)
    return tree


def test_they_stand_among_the_renders_in_natural_order(reef: Tree) -> None:
    shown = [piece.source for piece in reef.only().pieces]
    assert shown == ["clip.mp4", "coral.png", "wave_2.png", "Wave_3.WEBM", "wave_10.png"]


def test_the_picture_named_after_one_stands_for_it_and_for_nothing_else(reef: Tree) -> None:
    pictures = {piece.source: piece.picture for piece in reef.only().pieces}
    assert pictures["clip.mp4"] == "clip.poster.png"
    assert pictures["Wave_3.WEBM"] == "Wave_3.WEBM"
    (reef.folder("reef") / "clip.mp4").unlink()
    assert "clip.poster.png" in [piece.source for piece in reef.only().pieces]


@pytest.mark.parametrize("name", ["clip.poster.JPG", "Clip.poster.webp", "clip.poster.jpeg"])
def test_a_poster_in_any_format_and_case(tree: Tree, name: str) -> None:
    sealed(tree.collection("reef", name) / "clip.mp4")
    (piece,) = tree.only().pieces
    assert piece.picture == name


def test_a_folder_of_nothing_but_a_video_is_a_collection(tree: Tree) -> None:
    sealed(tree.folder("reef") / "clip.webm")
    assert [piece.video for piece in tree.only().pieces] == ["clip.webm"]


def test_the_portfolios_layers_do_not_dream_them(reef: Tree) -> None:
    reef.write("portfolio.yaml", "title: A\ndream: {layers: [mixed3], model: inception_v3}\n")
    dreams = {piece.source: len(piece.variants) for piece in reef.only().pieces}
    assert dreams == {
        "clip.mp4": 0,
        "coral.png": 1,
        "wave_2.png": 1,
        "Wave_3.WEBM": 0,
        "wave_10.png": 1,
    }


def test_a_manifest_gives_one_its_place_and_words(reef: Tree) -> None:
    manifest = "title: A\nlayers: [mixed3]\npieces:\n- source: Wave_3.WEBM\n  title: Surf\n"
    reef.write(HERE, manifest)
    first = reef.only().pieces[0]
    assert (first.video, first.title, first.variants) == ("Wave_3.WEBM", "Surf", ())


@pytest.mark.parametrize(
    "asked",
    [
        "layers: [mixed3]",
        "motifs: [tentacle]",
        "recipe: classic",
        "model: pocket",
        "variants: [mixed3]",
    ],
)
def test_to_ask_for_its_dreams_is_an_error_where_that_is_written(reef: Tree, asked: str) -> None:
    reef.write(HERE, f"title: A\npieces:\n- source: clip.mp4\n  {asked}\n")
    name = asked.partition(":")[0]
    assert reef.problem() == (
        f'{HERE}:4:3: "clip.mp4" is a video, and videos are not dreamed; '
        f"take out {name}, or dream a picture of it"
    )


def test_no_variants_may_be_written_as_of_any_piece(reef: Tree) -> None:
    reef.write(HERE, "title: A\npieces:\n- source: clip.mp4\n  variants: []\n")
    assert reef.only().pieces[0].video == "clip.mp4"


def test_one_that_is_nearly_named_is_told(reef: Tree) -> None:
    reef.write(HERE, "title: A\npieces:\n- source: cllip.mp4\n")
    assert reef.problem().endswith("; did you mean clip.mp4?")


def test_a_render_keeps_its_address_when_a_video_of_its_name_is_dropped(reef: Tree) -> None:
    sealed(reef.folder("reef") / "coral.mp4")
    slugs = {piece.source: piece.slug for piece in reef.only().pieces}
    assert (slugs["coral.png"], slugs["coral.mp4"]) == ("coral", "coral-mp4")
