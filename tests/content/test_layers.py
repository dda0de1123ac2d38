"""Layers, networks and recipes that are not there are told at the word that names them."""

from __future__ import annotations

import pytest

from helpers.portfolio import Tree

HERE = "collections/orbs/collection.yaml"


def complaint(tree: Tree, manifest: str) -> str:
    tree.collection("orbs", "orb.png", manifest=f"title: Orbs\n{manifest}")
    line = tree.problem()
    assert line.startswith(f"{HERE}:")
    return line.removeprefix(f"{HERE}:")


@pytest.mark.parametrize(
    ("manifest", "place"),
    [
        ("layers: activaton_38\n", "2:9"),
        ("layers: [mixed3, activaton_38]\n", "2:18"),
        ("layers: {mixed3: 1, activaton_38: 2}\n", "2:21"),
        ("layers:\n- mixed3\n- activaton_38\n", "4:3"),
        ("pieces:\n- source: orb.png\n  variants:\n  - activaton_38\n", "5:5"),
        ("pieces:\n- source: orb.png\n  variants:\n  - layers: [activaton_38]\n", "5:14"),
        ("pieces:\n- source: orb.png\n  layers: activaton_38\n", "4:11"),
    ],
)
def test_an_unknown_layer_is_told_with_the_one_meant(tree: Tree, manifest: str, place: str) -> None:
    said = complaint(tree, manifest)
    assert said == (
        f'{place}: inception_v3 has no layer "activaton_38"; did you mean activation_38?'
    )


def test_an_unknown_layer_in_the_portfolio_is_told_there_and_once(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: D\ndream:\n  layers: [mixed33]\n")
    tree.collection("orbs", "a.png", "b.png")
    tree.collection("cubes", "c.png", manifest="title: C\n")
    assert tree.problem().startswith('portfolio.yaml:3:12: inception_v3 has no layer "mixed33"; ')


@pytest.mark.parametrize("pictures", [(), ("orb.png",)])
def test_a_slip_does_not_wait_for_the_first_piece_it_matters_to(
    tree: Tree, pictures: tuple[str, ...]
) -> None:
    manifest = "title: A\nlayers: mixed33\n"
    if pictures:
        manifest += "pieces: [{source: orb.png, variants: [mixed3]}]\n"
    tree.collection("orbs", *pictures, manifest=manifest)
    assert tree.problem().startswith(f"{HERE}:2:9: ")


def test_a_layer_of_another_network_is_told_where_it_was_named(tree: Tree) -> None:
    manifest = "title: A\nmodel: vgg16\npieces: [{source: orb.png, layers: mixed3}]\n"
    tree.collection("orbs", "orb.png", manifest=manifest)
    place = "collections/orbs/collection.yaml:3:36: "
    assert tree.problem().startswith(f'{place}vgg16 has no layer "mixed3"; ')


def test_a_name_like_none_is_told_how_to_list_them(tree: Tree) -> None:
    said = complaint(tree, "layers: qqqqq\n")
    assert said.endswith("; dreamfolio layers inception_v3 lists them")


def test_legacy_names_of_two_builds_cannot_stand_together(tree: Tree) -> None:
    said = complaint(tree, "layers: [conv2d_1380, activation_1305]\n")
    assert said.startswith("2:23: ")
    assert "build 13" in said
    assert "build 14" in said


@pytest.mark.parametrize(
    ("layers", "place"),
    [
        ("[mixed3, mixed3]", "2:18"),
        ("[mixed3, mixed5, mixed3]", "2:26"),
        ("[activation_38, activation_2482]", "2:25"),
        ("{activation_38: 1, activation_2482: 1}", "2:28"),
    ],
)
def test_a_layer_named_twice_is_told_where_it_returns(tree: Tree, layers: str, place: str) -> None:
    said = complaint(tree, f"layers: {layers}\n")
    assert said.startswith(f"{place}: ")
    assert "a second time" in said


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("model: inception_v4\n", '2:8: there is no network "inception_v4"; did you mean inc'),
        ("model: {name: vgg61, weights: w.h5}\n", '2:8: there is no network "vgg61"; did you mea'),
        ("model: qqqqq\n", '2:8: there is no network "qqqqq"; dreamfolio layers lists'),
        (
            "model: ../../networks/vgg16.keras\n",
            '2:8: there is no network "../../networks/vgg16.keras"; '
            "a file is named so: model: {file: ../../networks/vgg16.keras}",
        ),
        (
            "model: [inception_v3, mine.h5]\n",
            '2:23: there is no network "mine.h5"; a file is named so',
        ),
    ],
)
def test_an_unknown_network_is_told_once(tree: Tree, manifest: str, said: str) -> None:
    assert complaint(tree, f"{manifest}layers: mixed3\n").startswith(said)


def test_an_unknown_network_of_a_variant_is_told_there(tree: Tree) -> None:
    said = complaint(
        tree,
        "pieces:\n- source: orb.png\n  variants:\n  - {layers: mixed3, model: inception_v4}\n",
    )
    assert said.startswith("5:29: there is no network")


def test_layers_of_a_network_that_is_not_here_are_taken_as_written(tree: Tree) -> None:
    tree.collection(
        "orbs", "orb.png", manifest="title: A\nmodel: {file: gone.keras}\nlayers: [any, thing]\n"
    )
    (piece,) = tree.only().pieces
    assert piece.variants[0].layers == ("any", "thing")


def test_a_damaged_network_is_no_error_of_the_manifest(tree: Tree) -> None:
    tree.write("collections/orbs/torn.keras", b"PK\x03\x04 and no more")
    tree.collection(
        "orbs", "orb.png", manifest="title: A\nmodel: {file: torn.keras}\nlayers: conv\n"
    )
    (piece,) = tree.only().pieces
    assert piece.variants[0].layers == ("conv",)


def test_a_channel_is_part_of_the_name(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", manifest="title: A\nlayers: [mixed4:12, mixed5]\n")
    ((one,),) = (piece.variants for piece in tree.only().pieces)
    assert one.file == "orb_mixed4-12+mixed5.png"
    assert one.layers == ("mixed4:12", "mixed5")


def test_a_channel_there_is_not_is_told_at_its_word(tree: Tree) -> None:
    assert complaint(tree, "layers: [mixed5, mixed4:999]\n") == (
        "2:18: mixed4 has 768 channels, from 0 to 767, and none 999; "
        "dreamfolio layers inception_v3 lists them"
    )


@pytest.mark.parametrize(
    ("layers", "expected", "file"),
    [
        ("mixed4:[3, 17]", [("mixed4:3,17", 1.0)], "orb_mixed4-3-17.png"),
        ('["mixed4:[17, 3, 3]", mixed5]', [("mixed4:3,17", 1.0), ("mixed5", 1.0)], None),
        ('["mixed4:3,17"]', [("mixed4:3,17", 1.0)], "orb_mixed4-3-17.png"),
        ("\n- mixed4:[12]", [("mixed4:12", 1.0)], "orb_mixed4-12.png"),
        ("{mixed4: [3, 17], mixed5: -0.5}", [("mixed4:3,17", 1.0), ("mixed5", -0.5)], None),
        ("\n  mixed4:[3, 17]: 0.5\n  mixed5: 1", [("mixed4:3,17", 0.5), ("mixed5", 1.0)], None),
        ("mixed4:strongest(8)", [("mixed4:strongest(8)", 1.0)], "orb_mixed4-strongest8.png"),
        ("[mixed4:strongest( 8 )]", [("mixed4:strongest(8)", 1.0)], "orb_mixed4-strongest8.png"),
    ],
)
def test_several_channels(
    tree: Tree, layers: str, expected: list[tuple[str, float]], file: str | None
) -> None:
    tree.collection("orbs", "orb.png", manifest=f"title: A\nlayers: {layers}\n")
    ((one,),) = (piece.variants for piece in tree.only().pieces)
    assert [(target.layer, target.weight) for target in one.targets] == expected
    assert one.asked is None
    assert file is None or one.file == file
    assert not set(one.file) & set('<>:"/\\|?*[](), ')


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        (
            "[mixed5, {mixed4: [3, 999]}]",
            "2:18: mixed4 has 768 channels, from 0 to 767, and none 999",
        ),
        ("{mixed5: 1, mixed4: [3, 999]}", "2:21: mixed4 has 768 channels"),
        ("mixed4:strongest(0)", "2:9: mixed4 has 768 channels, not 0"),
        ("mixed4:strongest(769)", "2:9: mixed4 has 768 channels, not 769"),
        (
            "[mixed4: [3, 17], mixed4: [17, 3]]",
            '2:27: "mixed4:17,3" names the layer mixed4:3,17 a s',
        ),
    ],
)
def test_channels_there_are_not_are_told_where_they_are_named(
    tree: Tree, layers: str, said: str
) -> None:
    assert complaint(tree, f"layers: {layers}\n").startswith(said)


@pytest.mark.parametrize("layers", ["[{mixed4: []}]", "[{mixed4: [-1]}]", "{mixed4: [a]}"])
def test_what_is_no_list_of_channels_is_told(tree: Tree, layers: str) -> None:
    assert complaint(tree, f"layers: {layers}\n").startswith("2:")


def test_channels_within_brackets_are_told_to_be_put_in_quotes(tree: Tree) -> None:
    said = complaint(tree, "layers: [mixed4:[3, 17]]\n")
    assert said.endswith('put text that holds a colon in quotes: ["mixed4:[3, 17]"]')
