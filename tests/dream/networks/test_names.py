"""Layer names: canonical ones, legacy counters, and the names told by a variant's file."""

import pytest

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.names import UnknownLayer, networks_for, resolve, split
from dreamfolio.dream.networks.reference import NetworkReference


@pytest.fixture(scope="module")
def inception() -> Catalogue:
    catalogue = catalogue_of(NetworkReference(name="inception_v3"))
    assert catalogue is not None
    return catalogue


def network(names: list[str], **automatic: tuple[int, int]) -> Catalogue:
    layers = tuple(LayerInfo(name, "Conv2D", depth, 1, 8) for depth, name in enumerate(names))
    return Catalogue("small", layers, automatic, "tf")


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        ("activation_2482", ("activation_38",)),
        ("conv2d_3547", ("conv2d_69",)),
        ("conv2d_1380activation_1399", ("conv2d_64", "activation_83")),
        ("activation_1883activation_1885", ("activation_3", "activation_5")),
        ("batch_normalization_3400", ("batch_normalization_16",)),
        ("activation_580", ("activation_16",)),
        ("conv2d_426", ("conv2d_50",)),
        ("conv2d_37", ("conv2d_37",)),
        ("activation_3981", ("activation_33",)),
        ("activation_2656", ("activation_24",)),
        ("conv2d_2154", ("conv2d_86",)),
        ("conv2d_2293", ("conv2d_37",)),
        ("conv2d", ("conv2d",)),
        ("conv2dactivation", ("conv2d", "activation")),
        ("activation_3+activation_5", ("activation_3", "activation_5")),
        ("mixed3mixed5", ("mixed3", "mixed5")),
        ("mixed10", ("mixed10",)),
        ("mixed9_0activation_1305", ("mixed9_0", "activation_83")),
        ("average_pooling2d_9max_pooling2d_4", ("average_pooling2d", "max_pooling2d")),
    ],
)
def test_a_file_name_tells_its_layers(
    text: str, layers: tuple[str, ...], inception: Catalogue
) -> None:
    assert split(text, inception) == layers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "final",
        "activation_",
        "activation_05",
        "activation_0",
        "activation_5_draft",
        "xactivation_5",
        "activation_3+",
        "activation_3++activation_5",
        "conv2d_1380activation_1305",  # build 14 and build 13
        "conv2d_1380activation_3",  # build 14 and build 0
        "dense_3",
    ],
)
def test_what_is_not_wholly_layers_is_not_read(text: str, inception: Catalogue) -> None:
    assert split(text, inception) is None


def test_a_shorter_name_is_tried_where_the_longest_leads_nowhere() -> None:
    catalogue = network(["block", "block_1", "1_out", "_1_out"])
    assert split("block_1_out", catalogue) == ("block", "_1_out")


def test_a_long_hopeless_text_is_given_up_at_once() -> None:
    catalogue = network(["a", "aa", "aaa"])
    assert split("a" * 250 + "b", catalogue) is None


def test_legacy_names_are_brought_back_together(inception: Catalogue) -> None:
    asked = ["conv2d_1380", "mixed5", "activation_1399"]
    assert resolve(asked, inception) == ("conv2d_64", "mixed5", "activation_83")


def test_legacy_names_of_two_builds_are_a_misreading(inception: Catalogue) -> None:
    with pytest.raises(UnknownLayer, match=r"build 13.*build 14") as caught:
        resolve(["conv2d_1380", "activation_1305"], inception)
    assert caught.value.name == "activation_1305"


def test_an_unknown_layer_comes_with_a_suggestion(inception: Catalogue) -> None:
    with pytest.raises(UnknownLayer) as caught:
        resolve(["activaton_38"], inception)
    assert caught.value.name == "activaton_38"
    assert caught.value.suggestion == "activation_38"
    assert "did you mean activation_38?" in str(caught.value)


def test_a_layer_that_has_the_name_wins_over_a_counter() -> None:
    catalogue = network(["conv2d", "conv2d_1", "conv2d_7"], conv2d=(0, 2))
    assert resolve(["conv2d_7"], catalogue) == ("conv2d_7",)
    assert split("conv2d_7", catalogue) == ("conv2d_7",)


def test_a_network_that_starts_at_an_offset_keeps_its_own_names() -> None:
    names = [f"conv2d_{number}" for number in range(94, 97)]
    catalogue = network(names, conv2d=(94, 3))
    assert resolve(["conv2d_95"], catalogue) == ("conv2d_95",)
    assert resolve(["conv2d_98"], catalogue) == ("conv2d_95",)
    assert resolve(["conv2d_2"], catalogue) == ("conv2d_95",)  # a build before it


def test_there_is_nothing_before_the_first_build() -> None:
    catalogue = network(["conv2d_1", "conv2d_2"], conv2d=(1, 2))
    assert resolve(["conv2d_4"], catalogue) == ("conv2d_2",)
    with pytest.raises(UnknownLayer):
        resolve(["conv2d"], catalogue)


def test_networks_are_found_by_the_layers_they_have() -> None:
    assert networks_for("conv2d_1380activation_1399")[0] == "inception_v3"
    assert networks_for("block5_conv4") == ("vgg19",)
    assert networks_for("no_such_layer") == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("mixed4:12", "mixed4:12"),
        ("mixed4:012", "mixed4:12"),
        ("conv2d_1380:3", "conv2d_64:3"),
    ],
)
def test_one_channel_of_a_layer_may_be_asked_for(
    asked: str, found: str, inception: Catalogue
) -> None:
    assert resolve([asked], inception) == (found,)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("mixed4:768", "mixed4 has 768 channels, from 0 to 767, and none 768"),
        ("mixd4:3", "inception_v3 has no layer 'mixd4:3'; did you mean mixed4?"),
        ("mixed4:strong", "inception_v3 has no layer 'mixed4:strong'; did you mean mixed4?"),
        (":3", "inception_v3 has no layer ':3'"),
    ],
)
def test_a_channel_there_is_not_is_told(asked: str, said: str, inception: Catalogue) -> None:
    with pytest.raises(UnknownLayer) as told:
        resolve([asked], inception)
    assert str(told.value) == said
