"""Motifs in place of layers: by name, with weights, as a patchwork, and told where wrong."""

from __future__ import annotations

import pytest

from dreamfolio.content.objects import Variant
from dreamfolio.dream.target import Target
from helpers.portfolio import Tree

HERE = "collections/orbs/collection.yaml"


def variants(tree: Tree, manifest: str) -> tuple[Variant, ...]:
    tree.collection("orbs", "orb.png", manifest=f"title: Orbs\n{manifest}")
    (piece,) = tree.only().pieces
    return piece.variants


@pytest.mark.parametrize(
    ("written", "file", "targets"),
    [
        ("tentacle", "orb_motif-tentacle.png", {"motif-tentacle": 1.0}),
        ("[tentacle]", "orb_motif-tentacle.png", {"motif-tentacle": 1.0}),
        (
            "[tentacle, nautilus]",
            "orb_motif-tentacle+motif-nautilus.png",
            {"motif-tentacle": 1.0, "motif-nautilus": 1.0},
        ),
        (
            "{tentacle: 1.0, eye: 0.5}",
            "orb_motif-tentacle+motif-eye.png",
            {"motif-tentacle": 1.0, "motif-eye": 0.5},
        ),
        ("patchwork", "orb_motif-patchwork.png", {"motif-patchwork": 1.0}),
    ],
)
def test_motifs_are_targets_of_the_embedded_network(
    tree: Tree, written: str, file: str, targets: dict[str, float]
) -> None:
    (one,) = variants(tree, f"motifs: {written}\n")
    assert one.file == file
    assert one.targets == tuple(Target(layer, weight) for layer, weight in targets.items())
    assert one.network.label == "pocket"
    assert one.preprocess == "tf"
    assert one.recipe_asked == "motifs"


def test_a_layer_and_a_motif_may_be_dreamed_toward_at_once(tree: Tree) -> None:
    (one,) = variants(tree, "layers: {stage4_3: 1.0, motif-tentacle: 0.5}\n")
    assert one.network.label == "pocket"
    assert [target.motif for target in one.targets] == [None, "tentacle"]


def test_motifs_go_before_the_network_that_holds_elsewhere(tree: Tree) -> None:
    manifest = (
        "model: inception_v3\nlayers: mixed3\n"
        "pieces:\n- source: orb.png\n  variants:\n  - mixed5\n  - motifs: tentacle\n"
    )
    dreamed, grown = variants(tree, manifest)
    assert (dreamed.network.label, dreamed.recipe_asked) == ("inception_v3", "octaves")
    assert (grown.network.label, grown.recipe_asked) == ("pocket", "motifs")


@pytest.mark.parametrize(
    ("layers", "network"),
    [
        ("stage4_3", "pocket"),
        ("ornaments-3", "pocket"),
        ("mixed3", "inception_v3"),
        ("{random: 2}", "pocket"),
    ],
)
def test_where_no_network_is_named_the_layers_tell(tree: Tree, layers: str, network: str) -> None:
    (one,) = variants(tree, f"layers: {layers}\n")
    assert one.network.label == network


def test_a_layer_may_be_named_as_artists_call_it(tree: Tree) -> None:
    (one,) = variants(tree, "layers: [ornaments-3, forms-1:7]\n")
    assert one.layers == ("stage4_3", "stage5_1:7")
    assert one.file == "orb_stage4_3+stage5_1-7.png"


def test_a_slip_in_such_a_name_is_told_with_the_one_meant(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", manifest="title: A\nmodel: pocket\nlayers: ornament-3\n")
    assert tree.problem().endswith('pocket has no layer "ornament-3"; did you mean ornaments-3?')


def test_a_recipe_that_is_named_is_the_one_that_is_taken(tree: Tree) -> None:
    (one,) = variants(tree, "motifs: tentacle\nrecipe: {base: octaves, steps: 5}\n")
    assert one.recipe_asked == {"base": "octaves", "steps": 5}
    (one,) = variants(tree, "motifs: tentacle\nrecipe: {steps: 5}\n")
    assert one.recipe_asked == {"base": "motifs", "steps": 5}
    assert one.recipe.smooth


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("motifs: tentcle\n", '2:9: pocket knows no motif "tentcle"; did you mean tentacle?'),
        (
            "motifs: [eye, tentcle]\n",
            '2:15: pocket knows no motif "tentcle"; did you mean tentacle?',
        ),
        (
            "motifs: {eye: 1, tentcle: 2}\n",
            '2:18: pocket knows no motif "tentcle"; did you mean tentacle?',
        ),
        (
            "motifs: zzzzzz\n",
            '2:9: pocket knows no motif "zzzzzz"; dreamfolio layers pocket --motifs lists them',
        ),
        ("motifs: eye\nmodel: vgg16\n", "2:9: vgg16 knows no motifs, pocket does"),
        ("motifs: 7\n", "2:9: motifs are a name, a list of names, or a map of names to weights"),
        (
            "layers: stage4_3\nmotifs: eye\n",
            "both is layers: {stage4_3: 1.0, motif-tentacle: 0.5})",
        ),
    ],
)
def test_a_wrong_motif_is_told_at_its_word(tree: Tree, manifest: str, said: str) -> None:
    tree.collection("orbs", "orb.png", manifest=f"title: Orbs\n{manifest}")
    assert said in tree.problem()


def test_a_picture_named_by_its_motif_is_known_as_its_variant(tree: Tree) -> None:
    manifest = "title: Orbs\npieces: [{source: orb.png, variants: [{motifs: eye}]}]\n"
    tree.collection("orbs", "orb.png", "orb_motif-tentacle.png", manifest=manifest)
    (piece,) = tree.only().pieces
    assert piece.source == "orb.png"
