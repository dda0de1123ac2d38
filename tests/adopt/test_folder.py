from __future__ import annotations

import pytest

from dreamfolio.adopt.folder import sort_out


def told(*names: str) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    return {dream.file: (dream.source, dream.layers) for dream in sort_out(names).dreams}


@pytest.mark.parametrize(
    ("file", "layers"),
    [
        ("orb_activation_2482.png", ("activation_38",)),
        ("orb_conv2d_3547.png", ("conv2d_69",)),
        ("orb_conv2d_1380activation_1399.png", ("conv2d_64", "activation_83")),
        ("orb_batch_normalization_3400.png", ("batch_normalization_16",)),
        ("orb_mixed3+mixed5.png", ("mixed3", "mixed5")),
        ("orb_mixed3~again.png", ("mixed3",)),
        ("orb_conv2d.png", ("conv2d",)),
    ],
)
def test_a_dream_is_known_by_its_layers(file: str, layers: tuple[str, ...]) -> None:
    assert told("orb.png", file) == {file: ("orb.png", layers)}


@pytest.mark.parametrize(
    "file",
    [
        "orb_final.png",
        "orb_conv2d_3_final.png",
        "orb_add.png",  # a layer of some networks, and a compositor's pass
        "orb_conv2d_1380activation_5.png",  # two builds: no one network has them
        "orb_11.png",
        "orbconv2d_3.png",
    ],
)
def test_what_is_not_wholly_layers_is_a_source(file: str) -> None:
    assert told("orb.png", file) == {}
    assert set(sort_out(["orb.png", file]).sources) == {"orb.png", file}


def test_the_longest_stem_is_meant() -> None:
    assert told("a.png", "a_b.png", "a_b_conv2d_3.png") == {
        "a_b_conv2d_3.png": ("a_b.png", ("conv2d_3",))
    }


def test_of_two_renders_with_one_stem_the_one_in_the_same_format_is_the_source() -> None:
    found = told("orb.jpg", "orb.png", "orb_conv2d_3.png", "orb_conv2d_4.JPG")
    assert found["orb_conv2d_3.png"][0] == "orb.png"
    assert found["orb_conv2d_4.JPG"][0] == "orb.jpg"


def test_a_dream_may_be_in_another_format_than_its_render() -> None:
    assert told("orb.png", "orb_conv2d_3.jpg")["orb_conv2d_3.jpg"][0] == "orb.png"


def test_a_dream_that_was_dreamed_again_is_a_source_too() -> None:
    sorting = sort_out(["a.png", "a_conv2d_3.png", "a_conv2d_3_conv2d_5.png"])
    assert sorting.sources == ("a.png", "a_conv2d_3.png")
    assert [(dream.file, dream.source) for dream in sorting.dreams] == [
        ("a_conv2d_3.png", "a.png"),
        ("a_conv2d_3_conv2d_5.png", "a_conv2d_3.png"),
    ]


def test_a_dream_without_its_render_stands_for_itself() -> None:
    sorting = sort_out(["orb_conv2d_95.png"])
    assert sorting.sources == ("orb_conv2d_95.png",)
    assert sorting.dreams[0].source is None
    assert sorting.dreams[0].layers == ("conv2d_1",)


def test_other_networks_are_known_by_layers_that_only_they_have() -> None:
    networks = {d.file: d.network for d in sort_out(["a.png", "a_block5_conv4.png"]).dreams}
    assert networks == {"a_block5_conv4.png": "vgg19"}


def test_a_folder_was_dreamed_by_one_network_where_one_has_all_its_layers() -> None:
    names = ["a.png", "a_block5_conv3.png", "a_block5_conv4.png"]  # VGG16 has the first alone
    assert {dream.network for dream in sort_out(names).dreams} == {"vgg19"}
