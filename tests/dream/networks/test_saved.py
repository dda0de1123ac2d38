"""Networks in files: listed without Keras, just as Keras has them; refused where they hold code."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import keras
import pytest

from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.listing import list_layers
from dreamfolio.dream.networks.names import resolve, split
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import NetworkError

layers = keras.layers


def listed(path: Path) -> Catalogue:
    catalogue = catalogue_of(NetworkReference(file=path))
    assert catalogue is not None
    return catalogue


def branching(side: int | None) -> Any:
    inputs = keras.Input((side, side, 3))
    x = layers.SeparableConv2D(6, 3, strides=2, padding="same", name="stem")(inputs)
    left = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(x)
    left = layers.AveragePooling2D(3, strides=1, padding="same")(left)
    right = layers.LeakyReLU()(layers.Conv2D(4, 1)(x))
    x = layers.Concatenate()([left, right])
    gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Multiply()([x, layers.Conv2D(16, 1, activation="sigmoid")(gate)])
    x = layers.MaxPooling2D(2)(x)
    x = layers.UpSampling2D(2)(x)
    x = layers.Conv2DTranspose(5, 3, strides=2, padding="same")(x)
    x = layers.Dropout(0.1)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(4)(x))


@pytest.mark.parametrize("side", [None, 64])
@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_a_file_is_listed_as_keras_has_it(side: int | None, suffix: str, tmp_path: Path) -> None:
    keras.backend.clear_session()
    model = branching(side)
    path = tmp_path / f"net{suffix}"
    model.save(path)
    told = {layer.name: layer for layer in listed(path).layers}
    measured = branching_at(model, 64)
    assert list(told) == [name for name in measured if len(measured[name]) == 4]
    for name, layer in told.items():
        _, height, _, channels = measured[name]
        assert layer.channels == channels, name
        assert layer.kind == type(model.get_layer(name)).__name__
        assert layer.stride == (None if height == 1 else 64 // height), name


def branching_at(model: Any, side: int) -> dict[str, tuple[int, ...]]:
    """Each layer's output shape, as Keras computes it for a real picture."""
    outputs = {x.name: x.output for x in model.layers if not isinstance(x, layers.InputLayer)}
    whole = keras.Model(model.inputs, outputs)
    shapes = whole(keras.ops.zeros((1, side, side, 3)))
    return {name: tuple(value.shape) for name, value in shapes.items()}


def test_a_network_within_a_network_is_one_layer(tmp_path: Path) -> None:
    keras.backend.clear_session()
    inner = keras.Sequential(
        [keras.Input((None, None, 8)), layers.Conv2D(24, 3, strides=2, padding="same")]
    )
    inputs = keras.Input((64, 64, 3))
    x = layers.Conv2D(8, 3, strides=2, padding="same")(inputs)
    keras.Model(inputs, inner(x)).save(tmp_path / "nest.keras")
    assert [(x.name, x.stride, x.channels) for x in listed(tmp_path / "nest.keras").layers] == [
        ("conv2d_1", 2, 8),
        ("sequential", 4, 24),
    ]


def test_configs_of_keras_2_are_read() -> None:
    def layer(kind: str, name: str, *inbound: str, **options: Any) -> dict[str, Any]:
        nodes = [[[source, 0, 0, {}] for source in inbound]] if inbound else []
        return {"class_name": kind, "name": name, "config": options, "inbound_nodes": nodes}

    config = {
        "class_name": "Model",
        "config": {
            "layers": [
                layer("InputLayer", "input_1", batch_input_shape=[None, 64, 64, 3]),
                layer("Conv2D", "conv2d_3", "input_1", filters=8, strides=[2, 2]),
                layer("Activation", "activation_1", "conv2d_3", activation="relu"),
                layer("Concatenate", "mixed", "conv2d_3", "activation_1", axis=-1),
                layer("MaxPooling2D", "pool", "mixed", pool_size=[2, 2], strides=None),
                layer("Flatten", "flatten", "pool"),
                layer("Dense", "dense", "flatten", units=9),
            ]
        },
    }
    assert [(x.name, x.stride, x.channels) for x in list_layers(config)] == [
        ("conv2d_3", 2, 8),
        ("activation_1", 2, 8),
        ("mixed", 2, 16),
        ("pool", 4, 16),
    ]


def test_a_sequential_network_is_listed(tmp_path: Path) -> None:
    keras.backend.clear_session()
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(8, 3, strides=2, padding="same"),
            layers.Flatten(),
            layers.Dense(3),
        ]
    )
    model.save(tmp_path / "row.keras")
    catalogue = listed(tmp_path / "row.keras")
    assert [(x.name, x.stride, x.channels) for x in catalogue.layers] == [
        ("rescaling", 1, 3),
        ("conv2d", 2, 8),
    ]
    assert catalogue.preprocess == "none"  # it scales plain pixels itself
    asked = NetworkReference(file=tmp_path / "row.keras", preprocess="unit")
    again = catalogue_of(asked)
    assert again is not None
    assert again.preprocess == "unit"


def test_a_file_keeps_its_own_offset(tmp_path: Path) -> None:
    keras.backend.clear_session()
    for _ in range(2):
        inputs = keras.Input((None, None, 3))
        x = layers.Conv2D(4, 3)(inputs)
        x = layers.Conv2D(4, 3)(x)
        x = layers.Conv2D(4, 3)(x)
        model = keras.Model(inputs, layers.ReLU()(x))
    model.save(tmp_path / "second.keras")
    catalogue = listed(tmp_path / "second.keras")
    assert [layer.name for layer in catalogue.layers] == [
        "conv2d_3",
        "conv2d_4",
        "conv2d_5",
        "re_lu_1",
    ]
    assert resolve(["conv2d_4"], catalogue) == ("conv2d_4",)
    assert resolve(["conv2d_1"], catalogue) == ("conv2d_4",)
    assert split("conv2d_31re_lu_10", catalogue) == ("conv2d_4", "re_lu_1")


def test_a_missing_file_is_simply_not_known(tmp_path: Path) -> None:
    assert catalogue_of(NetworkReference(file=tmp_path / "none.keras")) is None


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "net.keras"
    for width in (4, 9):
        inputs = keras.Input((None, None, 3))
        keras.Model(inputs, layers.Conv2D(width, 3, name="only")(inputs)).save(path)
        os.utime(path, ns=(width, width))
        assert listed(path).by_name["only"].channels == width


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"\x89HDF\r\n\x1a\n..."])
def test_a_damaged_file_is_named(content: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"torn{suffix}"
    path.write_bytes(content)
    with pytest.raises(NetworkError, match="damaged") as caught:
        catalogue_of(NetworkReference(file=path))
    assert caught.value.place is not None
    assert caught.value.place.file == path


@pytest.mark.parametrize(
    "config",
    [
        b"not JSON",
        b"[]",
        b'{"class_name": "Functional"}',
        b'{"class_name": "Functional", "config": {"layers": 3}}',
        b'{"class_name": "Functional", "config": {"layers": [{}]}}',
    ],
)
def test_a_damaged_config_is_named(config: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", config)
    with pytest.raises(NetworkError, match="damaged") as caught:
        catalogue_of(NetworkReference(file=path))
    assert caught.value.place is not None


def test_weights_alone_are_no_network(tmp_path: Path) -> None:
    path = tmp_path / "net.weights.h5"
    branching(None).save_weights(path)
    with pytest.raises(NetworkError, match="weights and no network"):
        catalogue_of(NetworkReference(file=path))


def test_a_network_without_pictures_inside_has_nothing_to_dream(tmp_path: Path) -> None:
    inputs = keras.Input((7,))
    keras.Model(inputs, layers.Dense(2)(inputs)).save(tmp_path / "flat.keras")
    with pytest.raises(NetworkError, match="no layer to dream"):
        catalogue_of(NetworkReference(file=tmp_path / "flat.keras"))


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_a_lambda_is_refused(suffix: str, tmp_path: Path) -> None:
    inputs = keras.Input((None, None, 3))
    x = layers.Lambda(lambda value: value * 2)(layers.Conv2D(2, 3)(inputs))
    path = tmp_path / f"sly{suffix}"
    keras.Model(inputs, x).save(path)
    with pytest.raises(NetworkError, match="Lambda") as caught:
        catalogue_of(NetworkReference(file=path))
    assert caught.value.place is not None
    assert caught.value.place.file == path


def rewritten(path: Path, change: Any) -> Path:
    """A copy of a ``.keras`` file whose config is changed in place by ``change``."""
    changed = path.with_name("changed.keras")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.namelist():
            data = old.read(item)
            if item == "config.json":
                config = json.loads(data)
                change(config)
                data = json.dumps(config).encode()
            new.writestr(item, data)
    return changed


@pytest.mark.parametrize(
    "sly",
    [
        {"module": "os", "class_name": "system"},
        {"module": "my.layers", "class_name": "Conv2D"},
        {"module": "keras.utils", "class_name": "get_file"},
        {"module": "keras.src.utils.file_utils", "class_name": "get_file"},
        {"module": "keras.src.applications.convnext", "class_name": "ConvNeXtTiny"},
        {"module": "kerasx.layers", "class_name": "Conv2D"},
        {"module": "builtins", "class_name": "function", "config": "eval"},
        {"module": None, "class_name": "mine>Conv2D"},
        {"module": "keras.layers", "class_name": "Conv2D", "registered_name": "mine>Conv2D"},
        {"class_name": "__lambda__", "config": {"value": "x"}},
        {"module": "keras.layers", "class_name": "TFSMLayer"},
    ],
)
def test_what_is_not_a_plain_layer_of_keras_is_refused_wherever_it_hides(
    sly: dict[str, Any], tiny_file: Path
) -> None:
    def hide(config: Any) -> None:
        config["config"]["layers"][1]["config"]["kernel_regularizer"] = {"deep": [[sly]]}

    with pytest.raises(NetworkError, match="refused"):
        catalogue_of(NetworkReference(file=rewritten(tiny_file, hide)))


def test_how_a_network_was_trained_does_not_matter(tiny_file: Path) -> None:
    def train(config: Any) -> None:
        config["compile_config"] = {
            "loss": {"module": "builtins", "class_name": "function", "config": "my_loss"}
        }

    assert listed(rewritten(tiny_file, train)).by_name["conv2d"].channels == 8
