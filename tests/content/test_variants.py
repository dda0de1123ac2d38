"""Each variant has a file of its own beside its source, named after its layers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dreamfolio.content.names import short_digest
from dreamfolio.content.objects import Variant
from dreamfolio.content.variant_files import legacy_file
from helpers.portfolio import Tree, paint

HERE = "collections/orbs/collection.yaml"


def manifest(*variants: str, source: str = "orb.png", more: str = "") -> str:
    lines = "".join(f"  - {one}\n" for one in variants)
    return f"title: Orbs\n{more}pieces:\n- source: {source}\n  variants:\n{lines}"


def variants(tree: Tree, *written: str, source: str = "orb.png") -> tuple[Variant, ...]:
    tree.collection("orbs", source, manifest=manifest(*written, source=source))
    return tree.only().pieces[0].variants


def files(tree: Tree, *written: str, source: str = "orb.png") -> list[str]:
    return [one.file for one in variants(tree, *written, source=source)]


def complaint(tree: Tree, *written: str) -> str:
    tree.collection("orbs", "orb.png", manifest=manifest(*written))
    return tree.problem()


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("orb.png", "orb_mixed3.png"),
        ("orb.JPG", "orb_mixed3.JPG"),
        ("orb.jpeg", "orb_mixed3.jpeg"),
        ("orb.webp", "orb_mixed3.webp"),
        ("orb.tif", "orb_mixed3.tif"),
        ("orb.gif", "orb_mixed3.png"),
        ("orb.bmp", "orb_mixed3.png"),
        ("orb.v2.png", "orb.v2_mixed3.png"),
        ("Ärger 😀.png", "Ärger 😀_mixed3.png"),
    ],
)
def test_a_variant_takes_its_sources_name_and_format(tree: Tree, source: str, file: str) -> None:
    paint(tree.folder("orbs") / source, format="PNG")
    tree.write(HERE, manifest("mixed3", source=source))
    assert tree.only().pieces[0].variants[0].file == file


def test_a_name_is_put_behind_the_layers(tree: Tree) -> None:
    assert files(tree, "{layers: [mixed3, mixed5], name: soft}") == ["orb_mixed3+mixed5~soft.png"]


def test_the_same_layers_by_another_recipe_take_a_digest(tree: Tree) -> None:
    names = files(
        tree, "{layers: mixed3}", "{layers: mixed3, recipe: classic}", "{layers: {mixed3: 2}}"
    )
    assert names[0] == "orb_mixed3.png"
    assert all(re.fullmatch(r"orb_mixed3~[0-9a-f]{8}\.png", name) for name in names[1:])
    assert len(set(names)) == 3


def test_the_digest_tells_the_dream_and_not_its_place_in_the_list(tree: Tree) -> None:
    classic = "{layers: mixed3, recipe: classic}"
    preview = "{layers: mixed3, recipe: preview}"
    before = files(tree, "mixed3", classic, preview)
    after = files(tree, "mixed3", preview, "mixed5", classic)
    assert set(before) < set(after)
    assert (before[1], before[2]) == (after[3], after[1])


def test_digests_are_the_same_on_every_machine() -> None:
    assert short_digest([[["mixed3", 1.0]], {"steps": 20}, "ü"]) == "b41bc8b8"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mixed3", "mixed3"),
        ("mixed3", "{layers: [mixed3]}"),
        ("{layers: [mixed3, mixed5]}", "{layers: [mixed5, mixed3]}"),
        ("{layers: {mixed3: 1, mixed5: 2}}", "{layers: {mixed5: 2.0, mixed3: 1.0}}"),
        ("activation_38", "activation_2482"),
        ("activation_38", "orb_activation_2482.png"),
        ("{layers: mixed3, name: one}", "{layers: mixed3, name: two}"),
        ("{layers: mixed3, recipe: classic}", "{layers: mixed3, recipe: {base: classic}}"),
        (
            "{layers: mixed3, recipe: {base: classic, scale: 1.5}}",
            "{layers: mixed3, recipe: classic}",
        ),
        ("{layers: mixed3, model: InceptionV3}", "mixed3"),
    ],
)
def test_the_same_dream_twice_is_an_error(tree: Tree, first: str, second: str) -> None:
    assert complaint(tree, first, second) == (
        f"{HERE}:6:5: this variant is asked for twice (line 5); remove one, or let them differ "
        "in layers, recipe or model"
    )


def test_networks_of_one_name_in_two_folders_are_two(tree: Tree) -> None:
    names = files(
        tree,
        "{layers: conv, model: {file: a/net.keras}}",
        "{layers: conv, model: {file: b/net.keras}}",
        "{layers: conv, model: {file: c/net.keras}}",
    )
    assert names[0] == "orb_conv.png"
    assert len({name.casefold() for name in names}) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{layers: mixed3, name: soft}", "{layers: mixed3, recipe: classic, name: soft}"),
        ("{layers: mixed3, name: soft}", "{layers: mixed3, recipe: classic, name: Soft}"),
        ("{layers: mixed3, file: x.png}", "{layers: mixed5, file: x.png}"),
        ("mixed3", "{layers: mixed5, file: orb_mixed3.png}"),
    ],
)
def test_two_variants_cannot_have_one_file(tree: Tree, first: str, second: str) -> None:
    said = complaint(tree, first, second)
    assert said.startswith(f"{HERE}:6:5: ")
    assert said.endswith(" is a variant of orb.png already; give this one another name: …")


# Files that are named


def test_a_picture_that_is_there_keeps_its_name(tree: Tree) -> None:
    tree.collection("orbs", "orb_activation_2482.png", "eyes.png")
    one, other = variants(tree, "orb_activation_2482.png", "{layers: mixed5, file: eyes.png}")
    assert (one.file, one.layers, one.asked) == (
        "orb_activation_2482.png",
        ("activation_38",),
        None,
    )
    assert (other.file, other.layers, other.asked) == ("eyes.png", ("mixed5",), None)


def test_a_legacy_name_that_is_not_there_asks_for_the_canonical_file(tree: Tree) -> None:
    (one,) = variants(tree, "orb_activation_1883activation_1885.png")
    assert one.file == "orb_activation_3+activation_5.png"
    assert one.layers == ("activation_3", "activation_5")
    assert one.asked == "orb_activation_1883activation_1885.png"


def test_a_legacy_name_may_lack_its_suffix(tree: Tree) -> None:
    (one,) = variants(tree, "orb_batch_normalization_3400")
    assert one.file == "orb_batch_normalization_16.png"


def test_layers_by_old_names_mean_the_picture_that_has_them(tree: Tree) -> None:
    tree.collection("orbs", "orb_activation_1883activation_1885.png", "orb_conv2d_3547.jpg")
    one, other = variants(tree, "{layers: [activation_1883, activation_1885]}", "conv2d_3547")
    assert one.file == "orb_activation_1883activation_1885.png"
    assert other.file == "orb_conv2d_3547.jpg"


def test_a_canonical_name_is_taken_whether_it_is_there_or_not(tree: Tree) -> None:
    (one,) = variants(tree, "orb_mixed3+mixed5.png")
    assert (one.file, one.layers, one.asked) == (
        "orb_mixed3+mixed5.png",
        ("mixed3", "mixed5"),
        None,
    )


def test_a_distinction_in_a_name_is_no_layer(tree: Tree) -> None:
    (one,) = variants(tree, "orb_mixed3~soft.png")
    assert (one.file, one.layers) == ("orb_mixed3~soft.png", ("mixed3",))


def test_a_layer_told_twice_by_a_name_counts_twice(tree: Tree) -> None:
    tree.collection("orbs", "orb_activation_3activation_3.png")
    (one,) = variants(tree, "orb_activation_3activation_3.png")
    assert [(target.layer, target.weight) for target in one.targets] == [("activation_3", 2.0)]


def test_a_picture_whose_name_tells_nothing_takes_the_layers_that_hold(tree: Tree) -> None:
    tree.collection("orbs", "eyes.png")
    tree.collection("orbs", "orb.png", manifest=manifest("eyes.png", more="layers: mixed7\n"))
    one = tree.only().pieces[0].variants[0]
    assert (one.file, one.layers) == ("eyes.png", ("mixed7",))


@pytest.mark.parametrize("written", ["eyes.png", "{file: eyes.png}", "cube_mixed3.png"])
def test_a_name_that_tells_no_layers_is_an_error(tree: Tree, written: str) -> None:
    said = complaint(tree, written)
    assert said.startswith(f"{HERE}:5:5: which layers ")
    assert said.endswith("cannot be told from its name; say layers: […] beside it")


@pytest.mark.parametrize(
    "file",
    [
        "../orb_mixed3.png",
        "/tmp/orb_mixed3.png",
        "sub/orb_mixed3.png",
        '"sub\\\\orb_mixed3.png"',
        ".orb_mixed3.png",
        '"orb\\n.png"',
        "C:orb.png",
        "orb_mixed3",
        "orb_mixed3.txt",
        "orb_mixed3.gif",
        "collection.yaml",
        "dreams.lock",
        "orb.png",
        "..",
    ],
)
def test_a_variant_cannot_be_written_anywhere_else_or_over_its_source(
    tree: Tree, file: str
) -> None:
    said = complaint(tree, f"{{layers: mixed3, file: {file}}}")
    assert said.startswith(f"{HERE}:5:5: ")
    assert "; " in said
    assert "\n" not in said


@pytest.mark.parametrize("written", ["../orb_mixed3.png", "a/b.png", ".png"])
def test_nor_by_its_bare_name(tree: Tree, written: str) -> None:
    assert complaint(tree, written).startswith(f"{HERE}:5:5: ")


def test_a_variant_cannot_stand_in_a_piece_of_its_own(tree: Tree) -> None:
    tree.collection(
        "orbs",
        "orb.png",
        "cube.png",
        manifest="title: A\npieces:\n- source: orb.png\n  variants:\n"
        "  - {layers: mixed3, file: cube.png}\n- source: cube.png\n",
    )
    assert tree.problem().startswith(f'{HERE}:5:5: "cube.png" is a piece of its own already; ')


def test_a_dream_steps_aside_for_a_piece_of_its_name(tree: Tree) -> None:
    tree.collection(
        "orbs",
        "orb.png",
        "orb_mixed3.png",
        manifest="title: A\npieces:\n- source: orb.png\n  layers: mixed3\n"
        "- source: orb_mixed3.png\n",
    )
    first, second = tree.only().pieces
    assert re.fullmatch(r"orb_mixed3~[0-9a-f]{8}\.png", first.variants[0].file)
    assert second.source == "orb_mixed3.png"


def test_renders_of_one_stem_do_not_share_their_variants_files(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: A\ndream: {layers: mixed3}\n")
    for name in ("orb.bmp", "orb.gif", "orb.jpg", "orb.png"):
        paint(tree.folder("orbs") / name)
    names = {piece.source: piece.variants[0].file for piece in tree.only().pieces}
    assert names["orb.png"] == "orb_mixed3.png"
    assert names["orb.jpg"] == "orb_mixed3.jpg"
    assert len({name.casefold() for name in names.values()}) == 4


def test_names_made_safe_do_not_fall_together(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: A\ndream: {layers: mixed3}\n")
    for name in ("a:b.png", "a?b.png", "a-b.png"):
        paint(tree.folder("orbs") / name, format="PNG")
    names = [piece.variants[0].file for piece in tree.only().pieces]
    assert len(set(names)) == 3
    assert not any(char in name for name in names for char in ':?"<>|*\\')


def test_names_too_long_for_a_disk_are_cut_and_stay_apart(tree: Tree) -> None:
    layers = [f"activation_{i}" for i in range(10, 50)]
    one, other, named = variants(
        tree,
        f"{{layers: [{', '.join(layers)}]}}",
        f"{{layers: [{', '.join([*layers[:-1], 'activation_60'])}]}}",
        f"{{layers: [{', '.join(layers[1:])}], name: {'ß' * 64}}}",
    )
    assert all(len(each.file.encode()) <= 230 for each in (one, other, named))
    assert one.file.startswith("orb_activation_10+activation_11+")
    assert one.file != other.file
    assert "~ß" in named.file


def test_a_source_with_a_very_long_name(tree: Tree) -> None:
    source = f"{'ä' * 120}.png"
    (name,) = files(tree, "mixed3", source=source)
    assert len(name.encode()) <= 230
    assert name.startswith("ä" * 90)
    assert name.endswith(".png")


def test_a_large_folder_is_not_gone_through_for_each_of_its_variants() -> None:
    gone_through = 0

    class Names(frozenset[str]):
        def __iter__(self) -> Iterator[str]:
            nonlocal gone_through
            gone_through += 1
            return super().__iter__()

    pictures = Names([*(f"orb_{n}.png" for n in range(20)), "orb_3_conv2d_94.JPG"])
    found = [legacy_file(f"orb_{n}.png", "conv2d_94", pictures) for n in range(20)]
    assert [one for one in found if one] == ["orb_3_conv2d_94.JPG"]
    assert gone_through <= 1
