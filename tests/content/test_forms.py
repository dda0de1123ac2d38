"""Every form in which layers, networks, recipes and variants may be written, and who inherits."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from dreamfolio.content.objects import Piece, Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from helpers.portfolio import Tree


def piece(tree: Tree, manifest: str, portfolio: str = "") -> Piece:
    """The one piece of a collection with ``orb.png`` and this manifest."""
    tree.write("portfolio.yaml", f"title: Dreams\n{portfolio}")
    tree.collection("orbs", "orb.png", manifest=f"title: Orbs\n{manifest}")
    (only,) = tree.only().pieces
    return only


def variant(tree: Tree, manifest: str, portfolio: str = "") -> Variant:
    (only,) = piece(tree, manifest, portfolio).variants
    return only


def targets(one: Variant) -> list[tuple[str, float]]:
    return [(target.layer, target.weight) for target in one.targets]


# Layers


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ("mixed3", [("mixed3", 1.0)]),
        ("[mixed3]", [("mixed3", 1.0)]),
        ("[mixed5, mixed3]", [("mixed5", 1.0), ("mixed3", 1.0)]),
        ("{mixed3: 1.0, mixed5: 0.5}", [("mixed3", 1.0), ("mixed5", 0.5)]),
        ("{mixed3: 2, mixed5: -1}", [("mixed3", 2.0), ("mixed5", -1.0)]),
        ("mixed3+mixed5", [("mixed3", 1.0), ("mixed5", 1.0)]),
        ("activation_2482", [("activation_38", 1.0)]),
        ("[activation_1883, activation_1885]", [("activation_3", 1.0), ("activation_5", 1.0)]),
        ("{conv2d_3547: 0.5}", [("conv2d_69", 0.5)]),
        ("activation_1883activation_1885", [("activation_3", 1.0), ("activation_5", 1.0)]),
        ("[activation_1883activation_1885]", [("activation_3", 1.0), ("activation_5", 1.0)]),
    ],
)
def test_layers(tree: Tree, layers: str, expected: list[tuple[str, float]]) -> None:
    assert targets(variant(tree, f"layers: {layers}\n")) == expected


def test_random_layers_are_the_same_every_time(tree: Tree) -> None:
    one = variant(tree, "layers: {random: 2, seed: 7}\n")
    again = variant(tree, "layers: {seed: 7, random: 2}\n")
    other = variant(tree, "layers: {random: 2, seed: 8}\n")
    assert len(set(one.layers)) == 2
    assert one.targets == again.targets
    assert one.layers != other.layers
    assert one.asked == "random: 2, seed: 7"
    assert one.file == f"orb_{'+'.join(one.layers)}.png"


def test_more_random_layers_than_there_are_is_an_error(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", manifest="title: A\nmodel: vgg16\nlayers: {random: 60}\n")
    said = tree.problem()
    assert said.startswith("collections/orbs/collection.yaml:3:9: vgg16 has only ")


def test_random_layers_of_a_network_that_is_not_here_are_an_error(tree: Tree) -> None:
    manifest = "title: A\nmodel: {file: none.keras}\nlayers: {random: 2}\n"
    tree.collection("orbs", "orb.png", manifest=manifest)
    said = tree.problem()
    assert said.startswith("collections/orbs/collection.yaml:3:9: layers cannot be picked at ran")


def test_what_was_asked_is_kept_where_it_reads_otherwise(tree: Tree) -> None:
    assert variant(tree, "layers: mixed3\n").asked is None
    assert variant(tree, "layers: mixed3+mixed5\n").asked is None
    assert variant(tree, "layers: activation_2482\n").asked == "activation_2482"
    one = variant(tree, "layers: [activation_1883, activation_1885]\n")
    assert one.asked == "activation_1883, activation_1885"


# Networks


@pytest.mark.parametrize("name", ["inception_v3", "InceptionV3", "inceptionv3", "Inception_V3"])
def test_a_network_by_its_name(tree: Tree, name: str) -> None:
    one = variant(tree, f"layers: mixed3\nmodel: {name}\n")
    assert one.network == NetworkReference(name="inception_v3")
    assert one.preprocess == "tf"


@pytest.mark.parametrize(
    ("name", "layer", "preprocess"),
    [
        ("vgg16", "block4_conv2", "caffe"),
        ("DenseNet121", "conv1_conv", "torch"),
        ("efficientnet_b0", "block2a_expand_conv", "none"),
    ],
)
def test_a_named_network_brings_its_own_preprocessing(
    tree: Tree, name: str, layer: str, preprocess: str
) -> None:
    one = variant(tree, f"layers: {layer}\nmodel: {name}\n")
    assert one.preprocess == preprocess


def test_a_network_in_a_file_is_found_from_the_manifest(tree: Tree) -> None:
    one = variant(
        tree, "layers: conv\nmodel: {file: ../../networks/mine.keras, preprocess: torch}\n"
    )
    assert one.network.file == tree.root / "networks/mine.keras"
    assert one.network.label == "mine"
    assert one.preprocess == "torch"
    assert one.layers == ("conv",)


def test_a_network_in_the_portfolio_is_found_from_there(tree: Tree) -> None:
    one = variant(tree, "layers: conv\n", "dream: {model: {file: networks/mine.keras}}\n")
    assert one.network.file == tree.root / "networks/mine.keras"


def test_a_network_in_the_home_folder(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    one = variant(tree, "layers: conv\nmodel: {file: ~/mine.keras}\n")
    assert one.network.file == tmp_path / "mine.keras"


def test_the_home_of_nobody_is_a_path_like_any_other(tree: Tree) -> None:
    one = variant(tree, "layers: conv\nmodel: {file: ~no_such_user/mine.keras}\n")
    assert one.network.file is not None
    assert one.network.file.name == "mine.keras"


def test_a_named_network_with_weights_from_a_file(tree: Tree) -> None:
    one = variant(tree, "layers: mixed3\nmodel: {name: InceptionV3, weights: w.weights.h5}\n")
    weights = tree.folder("orbs") / "w.weights.h5"
    assert one.network == NetworkReference(name="inception_v3", weights=weights)
    assert one.preprocess == "tf"


# Recipes


def test_a_recipe_by_its_name(tree: Tree) -> None:
    one = variant(tree, "layers: mixed3\nrecipe: classic\n")
    assert one.recipe == NAMED["classic"]
    assert one.recipe_asked == "classic"


def test_without_a_recipe_new_work_is_dreamed_in_octaves(tree: Tree) -> None:
    assert variant(tree, "layers: mixed3\n").recipe == NAMED["octaves"]


def test_a_base_and_what_overrides_it(tree: Tree) -> None:
    one = variant(
        tree, "layers: mixed3\nrecipe: {base: classic, steps: 40, mask: subject, seed: 3}\n"
    )
    assert one.recipe == NAMED["classic"].model_copy(
        update={"steps": 40, "mask": "subject", "seed": 3}
    )
    assert one.recipe_asked == {"base": "classic", "steps": 40, "mask": "subject", "seed": 3}


def test_overrides_without_a_base_change_what_holds_there(tree: Tree) -> None:
    one = variant(
        tree,
        "layers: mixed3\nrecipe: {steps: 7}\npieces:\n"
        "- {source: orb.png, recipe: {jitter: 4}, variants: [{recipe: {steps: 8}}]}\n",
        "dream: {recipe: preview}\n",
    )
    assert one.recipe == NAMED["preview"].model_copy(update={"steps": 8, "jitter": 4})
    assert one.recipe_asked == {"base": "preview", "steps": 8, "jitter": 4}


def test_a_base_starts_anew(tree: Tree) -> None:
    one = variant(
        tree,
        "layers: mixed3\nrecipe: {base: octaves, steps: 7}\npieces:\n"
        "- {source: orb.png, recipe: {base: classic, jitter: 4}}\n",
    )
    assert one.recipe == NAMED["classic"].model_copy(update={"jitter": 4})


def test_whole_numbers_serve_where_fractions_may_stand(tree: Tree) -> None:
    one = variant(tree, "layers: mixed3\nrecipe: {scale: 2, strength: 1, octaves: auto}\n")
    assert (one.recipe.scale, one.recipe.octaves) == (2.0, "auto")


def test_a_limit_can_be_lifted_again(tree: Tree) -> None:
    one = variant(tree, "layers: mixed3\nrecipe: {base: preview, max_size: ~}\n")
    assert one.recipe.max_size is None


# Variants


def files(one: Piece) -> list[str]:
    return [each.file for each in one.variants]


def test_variants_by_layers_and_by_name(tree: Tree) -> None:
    one = piece(
        tree,
        "pieces:\n- source: orb.png\n  variants:\n"
        "  - {layers: [activation_3, activation_5]}\n"
        "  - mixed3\n"
        "  - mixed3+mixed5\n"
        "  - conv2d_3547\n"
        "  - orb_mixed7.png\n"
        "  - orb_mixed8\n"
        "  - orb_activation_1886activation_1888.png\n",
    )
    assert files(one) == [
        "orb_activation_3+activation_5.png",
        "orb_mixed3.png",
        "orb_mixed3+mixed5.png",
        "orb_conv2d_69.png",
        "orb_mixed7.png",
        "orb_mixed8.png",
        "orb_activation_6+activation_8.png",
    ]


def test_the_nearest_setting_wins(tree: Tree) -> None:
    one = piece(
        tree,
        "model: vgg16\nlayers: block1_conv1\npieces:\n"
        "- source: orb.png\n  recipe: preview\n  layers: block2_conv1\n  variants:\n"
        "  - {recipe: classic}\n"
        "  - {layers: mixed3, model: inception_v3}\n"
        "  - {layers: block3_conv1}\n",
        "dream: {model: xception, recipe: octaves, layers: block2_sepconv1}\n",
    )
    told = [(each.network.label, each.layers, each.recipe_asked) for each in one.variants]
    assert told == [
        ("vgg16", ("block2_conv1",), "classic"),
        ("inception_v3", ("mixed3",), "preview"),
        ("vgg16", ("block3_conv1",), "preview"),
    ]


def test_the_portfolio_serves_where_nobody_says_more(tree: Tree) -> None:
    one = variant(tree, "", "dream: {model: vgg16, layers: block1_conv1, recipe: classic}\n")
    assert (one.network.label, one.layers, one.recipe_asked) == (
        "vgg16",
        ("block1_conv1",),
        "classic",
    )


@pytest.mark.parametrize(
    "manifest",
    ["", "layers: []\n", "pieces: [{source: orb.png, variants: []}]\nlayers: mixed3\n",
     "pieces: [{source: orb.png, layers: []}]\nlayers: mixed3\n"],
)  # fmt: skip
def test_a_piece_can_be_shown_undreamed(tree: Tree, manifest: str) -> None:
    portfolio = "dream: {layers: mixed5}\n" if manifest else ""
    assert piece(tree, manifest, portfolio).variants == ()


def test_a_piece_without_variants_shows_none_that_lie_there(tree: Tree) -> None:
    manifest = "pieces: [{source: orb.png, variants: []}]\n"
    tree.collection("orbs", "orb_mixed3.png")
    assert piece(tree, manifest).variants == ()


def test_a_variant_without_any_layers_is_an_error(tree: Tree) -> None:
    manifest = "title: A\npieces:\n- source: orb.png\n  variants:\n  - {recipe: classic}\n"
    tree.collection("orbs", "orb.png", manifest=manifest)
    assert tree.problem() == (
        "collections/orbs/collection.yaml:5:5: this variant names no layers, and none are "
        "inherited; add layers: […]"
    )


def test_words_on_pieces_and_variants(tree: Tree) -> None:
    one = piece(
        tree,
        "pieces:\n- source: orb.png\n  title: The Orb\n  alt: A round thing\n"
        "  description: |\n    *Round.*\n  variants:\n  - {layers: mixed3, alt: It has eyes}\n",
    )
    assert (one.title, one.alt, one.description) == ("The Orb", "A round thing", "*Round.*\n")
    assert one.variants[0].alt == "It has eyes"


def test_without_words_the_files_name_speaks(tree: Tree) -> None:
    tree.collection("orbs", "blue_orb_2.png")
    (one,) = tree.only().pieces
    assert (one.title, one.alt) == ("Blue orb 2", "Blue orb 2")


def saved_network(*layers: dict[str, object]) -> bytes:
    """The part of a `.keras` file that tells its layers."""
    first = {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [None, 8, 8, 3]}}
    config = {"class_name": "Sequential", "config": {"name": "net", "layers": [first, *layers]}}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("config.json", json.dumps(config))
    return made.getvalue()


RESCALING: dict[str, object] = {
    "class_name": "Rescaling",
    "module": "keras.layers",
    "config": {"name": "rescaling", "scale": 0.1, "offset": 0.0},
}
CONVOLUTION: dict[str, object] = {
    "class_name": "Conv2D",
    "module": "keras.layers",
    "config": {"name": "conv", "filters": 4, "strides": [1, 1]},
}


def test_a_file_tells_whether_it_scales_its_input_itself(tree: Tree) -> None:
    tree.write("networks/plain.keras", saved_network(CONVOLUTION))
    tree.write("networks/scales.keras", saved_network(RESCALING, CONVOLUTION))
    told = {
        name: variant(tree, f"layers: conv\nmodel: {{file: ../../networks/{name}}}\n").preprocess
        for name in ("plain.keras", "scales.keras", "gone.keras")
    }
    assert told == {"plain.keras": "tf", "scales.keras": "none", "gone.keras": "tf"}
    one = variant(
        tree, "layers: conv\nmodel: {file: ../../networks/scales.keras, preprocess: unit}\n"
    )
    assert one.preprocess == "unit"


def test_layers_of_a_file_that_is_here_are_checked(tree: Tree) -> None:
    tree.write("networks/plain.keras", saved_network(CONVOLUTION))
    manifest = "title: A\nmodel: {file: ../../networks/plain.keras}\nlayers: cov\n"
    tree.collection("orbs", "orb.png", manifest=manifest)
    assert tree.problem() == (
        'collections/orbs/collection.yaml:3:9: plain has no layer "cov"; did you mean conv?'
    )


def test_inherited_layers_lie_as_deep_in_the_network_that_a_collection_names(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: P\ndream: {model: inception_v3, layers: [mixed3]}\n")
    tree.collection("a", "a.png", manifest="title: A\nmodel: vgg16\n")
    tree.collection("b", "b.png", manifest="title: B\nmodel: inception_v3\n")
    tree.collection("c", "c.png", manifest="title: C\nmodel: vgg16\nlayers: []\n")
    a, b, c = tree.read().collections
    assert [(one.file, one.asked) for one in a.pieces[0].variants] == [
        ("a_block3_conv1.png", "mixed3 of inception_v3")
    ]
    assert b.pieces[0].variants[0].layers == ("mixed3",)
    assert c.pieces[0].variants == ()


def test_inherited_layers_lie_as_deep_in_the_network_that_a_variant_names(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: P\ndream: {model: pocket, layers: {stage4_3: 0.5}}\n")
    tree.collection(
        "a",
        "a.png",
        manifest="title: A\npieces:\n  - source: a.png\n    variants: [{model: vgg16}]\n",
    )
    (one,) = tree.read().collections[0].pieces[0].variants
    assert [(target.layer, target.weight) for target in one.targets] == [("block4_conv3", 0.5)]


def test_a_network_that_has_inherited_layers_takes_them_as_they_are_named(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: P\ndream: {model: vgg19, layers: [block5_conv1]}\n")
    tree.collection("a", "a.png", manifest="title: A\nmodel: vgg16\n")
    (one,) = tree.read().collections[0].pieces[0].variants
    assert (one.layers, one.asked) == (("block5_conv1",), None)


def test_what_stands_in_takes_inherited_layers_as_they_were_named_for_it(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: P\ndream: {model: pocket, layers: [stage4_1]}\n")
    tree.collection("a", "a.png", manifest="title: A\nmodel: [inception_v3, pocket]\n")
    (one,) = tree.read().collections[0].pieces[0].variants
    assert one.network.label == "inception_v3"
    assert one.stand_ins[0].layers == ("stage4_1",)


def test_beside_a_network_from_a_file_its_layers_are_to_be_named(tree: Tree) -> None:
    # Where the file is not, as on a machine that only publishes, no name could be told by depth.
    tree.write("networks/plain.keras", saved_network(CONVOLUTION))
    tree.write("portfolio.yaml", "title: P\ndream: {layers: [stage4_3]}\n")
    model = "model: {file: ../../networks/plain.keras}\n"
    tree.collection("a", "a.png", manifest=f"title: A\n{model}")
    assert tree.problem().startswith(
        "collections/a/collection.yaml:2:8: plain does not have the layers that hold here, "
        "stage4_3 of pocket; name its own beside it, such as layers: [conv]; dreamfolio layers "
    )
    tree.write("collections/a/collection.yaml", f"title: A\n{model}layers: [conv]\n")
    assert tree.only().pieces[0].variants[0].file == "a_conv.png"
    (tree.root / "networks/plain.keras").unlink()
    assert tree.only().pieces[0].variants[0].file == "a_conv.png"


def test_an_unknown_network_is_told_once_though_its_layers_are_inherited(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: P\ndream: {model: pockt, layers: [stage4_3]}\n")
    tree.collection("a", "a.png", manifest="title: A\nmodel: vgg16\n")
    assert tree.problem() == (
        'portfolio.yaml:2:16: there is no network "pockt"; did you mean pocket?'
    )


@pytest.mark.parametrize(
    ("manifest", "at"),
    [
        ("title: A\nmodel: vgg16\n", "2:8"),
        ("title: A\npieces:\n  - source: a.png\n    variants: [{model: vgg16}]\n", "4:24"),
    ],
)
def test_a_network_in_which_nothing_answers_to_what_it_inherits_is_told(
    tree: Tree, manifest: str, at: str
) -> None:
    tree.write("portfolio.yaml", "title: P\ndream: {motifs: [tentacle]}\n")
    tree.collection("a", "a.png", "b.png", manifest=manifest)
    assert tree.problem() == (
        f"collections/a/collection.yaml:{at}: vgg16 does not have the layers that hold here, "
        "motif-tentacle of pocket; name its own beside it, such as layers: [block4_conv3]; "
        "dreamfolio layers vgg16 lists them"
    )


def test_layers_and_another_network_may_stand_at_two_levels_of_one_manifest(tree: Tree) -> None:
    tree.collection(
        "a",
        "a.png",
        manifest="title: A\nmodel: vgg16\nlayers: [block3_conv1]\n"
        "pieces:\n  - source: a.png\n    variants: [{}, {model: vgg19}]\n",
    )
    one, other = tree.read().collections[0].pieces[0].variants
    assert one.layers == other.layers == ("block3_conv1",)
    assert other.network.label == "vgg19"


@pytest.mark.parametrize(
    ("written", "field", "value"),
    [
        ("steps: [40, 20, 10]", "steps", (40, 20, 10)),
        ("steps: [20, 20]", "steps", 20),
        ("step_size: [0.02, 0.01]", "step_size", (0.02, 0.01)),
        ("smooth: [0.6, 1.6]", "smooth", (0.6, 1.6)),
        ("norm: mean-abs", "norm", "mean-abs"),
        ("laplacian: 4", "laplacian", 4),
        ("tv: 0.5", "tv", 0.5),
        ("hold: 0.05", "hold", 0.05),
        ("color: keep", "color", "keep"),
    ],
)
def test_what_a_recipe_may_say(tree: Tree, written: str, field: str, value: object) -> None:
    one = variant(tree, f"layers: mixed4\nrecipe: {{{written}}}\n")
    assert getattr(one.recipe, field) == value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("steps: [40, many]", '3:22: recipe.steps: input should be a valid integer, not "many"'),
        ("steps: many", '3:17: recipe.steps: input should be a valid integer, not "many"'),
        ("steps: []", "3:17: recipe.steps: list should have at least 1 item, not []"),
        ("step_size: [0.1, 0]", "3:27: recipe.step_size: input should be greater than 0, not 0"),
        ("color: kep", "3:17: recipe.color: "),
    ],
)
def test_what_a_recipe_may_not_say(tree: Tree, written: str, said: str) -> None:
    tree.collection("o", "a.png", manifest=f"title: O\nlayers: mixed4\nrecipe: {{{written}}}\n")
    assert tree.problem().startswith(f"collections/o/collection.yaml:{said}")
