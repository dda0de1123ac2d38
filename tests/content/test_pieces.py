"""Sources are told from variants, and both are shown in the order their artist gave them."""

from __future__ import annotations

import pytest

from dreamfolio.content.objects import Collection, Piece
from helpers.portfolio import Tree

HERE = "collections/orbs/collection.yaml"


def sources(collection: Collection) -> list[str]:
    return [piece.source for piece in collection.pieces]


def by_source(collection: Collection) -> dict[str, list[str]]:
    return {piece.source: [one.file for one in piece.variants] for piece in collection.pieces}


def test_a_folder_without_a_manifest_is_a_collection(tree: Tree) -> None:
    tree.collection("new_normal", "covid_11.png", "covid_2.png", "covid_6.png")
    collection = tree.only()
    assert collection.title == "New normal"
    assert sources(collection) == ["covid_2.png", "covid_6.png", "covid_11.png"]


def test_listed_pieces_come_first_in_their_order_then_the_others(tree: Tree) -> None:
    tree.collection(
        "orbs",
        *(f"orb_{i}.png" for i in (1, 2, 10, 3)),
        manifest="title: A\npieces: [{source: orb_10.png}, {source: orb_2.png}]\n",
    )
    assert sources(tree.only()) == ["orb_10.png", "orb_2.png", "orb_1.png", "orb_3.png"]


def test_a_source_that_is_not_there_is_told_with_the_one_meant(tree: Tree) -> None:
    tree.collection("orbs", "orb_1.png", manifest="title: A\npieces:\n- source: orb1.png\n")
    assert tree.problem() == (
        f'{HERE}:3:11: there is no picture "orb1.png" in this collection; did you mean orb_1.png?'
    )


@pytest.mark.parametrize("written", ["Orb_1.png", "orb_1.jpg", "orb_1", "orb_1.PNG", "obr_1.png"])
def test_a_source_by_nearly_its_name(tree: Tree, written: str) -> None:
    manifest = f"title: A\npieces:\n- source: {written}\n"
    tree.collection("orbs", "orb_1.png", "cube.jpg", manifest=manifest)
    assert tree.problem().endswith("; did you mean orb_1.png?")


@pytest.mark.parametrize("written", ["qqqq.tif", "gone.png"])
def test_a_source_like_none_is_told_what_to_do(tree: Tree, written: str) -> None:
    tree.collection("orbs", "orb_1.png", manifest=f"title: A\npieces:\n- source: {written}\n")
    assert tree.problem().endswith("in this collection; check its name, or put it there")


@pytest.mark.parametrize("source", ["../orbs/orb_1.png", "./orb_1.png", "sub/x.png"])
def test_a_source_is_a_name_and_no_path(tree: Tree, source: str) -> None:
    tree.collection("orbs", "orb_1.png", manifest=f"title: A\npieces:\n- source: {source}\n")
    assert tree.problem().startswith(f"{HERE}:3:11: there is no picture")


def test_a_source_listed_twice_is_an_error(tree: Tree) -> None:
    tree.collection(
        "orbs", "a.png", manifest="title: A\npieces:\n- source: a.png\n- source: a.png\n"
    )
    assert (
        tree.problem() == f'{HERE}:4:11: "a.png" is listed twice; keep one, with all its variants'
    )


# Told from names


def test_variants_are_told_by_their_names(tree: Tree) -> None:
    tree.collection(
        "orbs",
        "orb.png",
        "orb_mixed3.png",
        "orb_mixed3+mixed5.png",
        "orb_mixed3~soft.png",
        "orb_activation_2482.png",
        "orb_conv2d_1380activation_1399.png",
    )
    (piece,) = tree.only().pieces
    told = {one.file: (one.layers, one.name, one.asked) for one in piece.variants}
    assert told == {
        "orb_mixed3.png": (("mixed3",), None, None),
        "orb_mixed3+mixed5.png": (("mixed3", "mixed5"), None, None),
        "orb_mixed3~soft.png": (("mixed3",), "soft", None),
        "orb_activation_2482.png": (("activation_38",), None, "activation_2482"),
        "orb_conv2d_1380activation_1399.png": (
            ("conv2d_64", "activation_83"),
            None,
            "conv2d_1380activation_1399",
        ),
    }
    assert all(one.recipe_asked is None for one in piece.variants)


@pytest.mark.parametrize(
    "name",
    [
        "orb_final.png",
        "orb_2.png",
        "orb_mixed3_final.png",
        "orb_mixed33.png",
        "orbs_mixed3.png",
        "orb-mixed3.png",
        "orbmixed3.png",
        "orb_.png",
        "orb_conv2d_1380activation_1305.png",
        "orb_~soft.png",
        "mixed3.png",
    ],
)
def test_what_only_looks_alike_stays_a_source(tree: Tree, name: str) -> None:
    tree.collection("orbs", "orb.png", name)
    assert set(sources(tree.only())) == {"orb.png", name}


def test_a_dream_of_a_render_that_is_gone_stands_for_itself(tree: Tree) -> None:
    tree.collection("orbs", "gone_mixed3.png")
    assert by_source(tree.only()) == {"gone_mixed3.png": []}


def test_the_longest_stem_is_the_source(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", "orb_conv2d.png", "orb_conv2d_mixed3.png")
    # orb_conv2d.png was dreamed from orb.png, and dreamed again.
    assert by_source(tree.only()) == {
        "orb.png": ["orb_conv2d.png"],
        "orb_conv2d.png": ["orb_conv2d_mixed3.png"],
    }


def test_every_picture_is_shown_somewhere(tree: Tree) -> None:
    names = ["a.png", "a_mixed3.png", "a_mixed3_mixed5.png", "a_mixed3_mixed5_mixed7.png", "b.gif"]
    tree.collection("orbs", *names)
    shown = by_source(tree.only())
    assert {*shown, *(file for files in shown.values() for file in files)} == set(names)


def test_a_dream_goes_to_the_render_of_its_own_format(tree: Tree) -> None:
    tree.collection("orbs", "orb.gif", "orb.jpg", "orb.png", "orb_mixed3.png", "orb_mixed3.jpg")
    assert by_source(tree.only()) == {
        "orb.gif": [],
        "orb.jpg": ["orb_mixed3.jpg"],
        "orb.png": ["orb_mixed3.png"],
    }


def test_layers_of_the_networks_in_use_are_told_too(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: A\ndream: {model: vgg16}\n")
    tree.collection("orbs", "orb.png", "orb_block4_conv2.png", "orb_mixed3.png")
    (piece,) = tree.only().pieces
    assert [(one.file, one.network.label) for one in piece.variants] == [
        ("orb_block4_conv2.png", "vgg16"),
        ("orb_mixed3.png", "inception_v3"),
    ]


def test_a_listed_source_is_one_whatever_its_name(tree: Tree) -> None:
    tree.collection(
        "orbs", "orb.png", "orb_mixed3.png", manifest="title: A\npieces: [{source: orb_mixed3.png}]"
    )
    assert by_source(tree.only()) == {"orb_mixed3.png": [], "orb.png": []}


def test_a_variant_that_is_asked_for_is_no_source(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", "eyes.png")
    tree.write(
        HERE,
        "title: A\npieces:\n- source: orb.png\n  variants: [{layers: mixed3, file: eyes.png}]\n",
    )
    assert by_source(tree.only()) == {"orb.png": ["eyes.png"]}


# Told from the lock


def test_a_recorded_variant_is_no_source_though_nothing_asks_for_it(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", "orb_strange.png", "orb_mixed3.png")
    recorded = {"orb_strange.png": False, "orb_mixed3.png": False}
    assert by_source(tree.only(recorded)) == {"orb.png": []}


def test_a_recorded_adopted_variant_is_shown(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", "orb_mixed3.png", manifest="title: A\nlayers: mixed5\n")
    assert by_source(tree.only({"orb_mixed3.png": True})) == {
        "orb.png": ["orb_mixed5.png", "orb_mixed3.png"]
    }


def test_a_render_once_called_a_variant_is_a_source_again(tree: Tree) -> None:
    tree.collection("orbs", "orb_1.png", "orb_2.png")
    assert by_source(tree.only({"orb_2.png": True})) == {"orb_1.png": [], "orb_2.png": []}


def test_an_adopted_dream_of_a_network_given_up_is_no_source(tree: Tree) -> None:
    tree.collection(
        "orbs", "orb.png", "orb_block4_conv2.png", manifest="title: A\nlayers: mixed5\n"
    )
    assert "orb_block4_conv2.png" not in by_source(tree.only({"orb_block4_conv2.png": True}))


def test_an_adopted_dream_of_a_renamed_render_is_no_source(tree: Tree) -> None:
    tree.collection("orbs", "ball.png", "orb_mixed3.png")
    assert by_source(tree.only({"orb_mixed3.png": True})) == {"ball.png": []}


def test_a_dream_of_a_recorded_dream_is_not_lost(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", "orb_mixed3.png", "orb_mixed3_mixed5.png")
    shown = by_source(tree.only({"orb_mixed3.png": False}))
    assert "orb_mixed3_mixed5.png" in shown


def test_a_dream_is_no_source_though_its_network_is_away_and_no_lock_tells(tree: Tree) -> None:
    tree.collection(
        "orbs",
        *("orb.png", "orb_eyes.png", "orb_eyes_eyes.png", "orb_hands.png"),
        manifest="title: A\nmodel: {file: ../../gone.keras, preprocess: unit}\nlayers: eyes\n",
    )
    assert by_source(tree.only()) == {
        "orb.png": ["orb_eyes.png"],
        "orb_eyes_eyes.png": ["orb_eyes_eyes_eyes.png"],
        "orb_hands.png": ["orb_hands_eyes.png"],
    }


def test_a_dream_whose_lock_was_lost_is_the_variant_of_one_source_alone(tree: Tree) -> None:
    manifest = "title: A\nlayers: mixed3\n"
    tree.collection("orbs", "orb.bmp", "orb.gif", "orb.png", manifest=manifest)
    wanted = by_source(tree.only())
    files = [file for ones in wanted.values() for file in ones]
    assert len(files) == len(set(files)) == 3
    tree.collection("orbs", *files, manifest=manifest)
    assert by_source(tree.only()) == wanted


def test_slugs_are_unique_in_their_collection(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", "orb.jpg", "index.png", "a b.png", "a-b.png")
    pieces: tuple[Piece, ...] = tree.only().pieces
    slugs = [piece.slug for piece in pieces]
    assert len({slug.casefold() for slug in slugs}) == len(slugs) == 5
    assert "index" not in slugs
