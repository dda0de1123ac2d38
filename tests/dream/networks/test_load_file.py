"""Loading networks from files: cut, frozen, open to any size, whatever they were saved as."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream.engine import dream
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.networks.names import UnknownLayer
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target
from dreamfolio.errors import NetworkError, NetworkUnavailable

layers = keras.layers
QUICK = Recipe(steps=3)


def loaded(path: Path, *names: str) -> Any:
    return load(NetworkReference(file=path), tuple(Target(name) for name in names))


def activations(network: Any, pixels: Any) -> Any:
    outputs = network.model(pixels, training=False)
    return [output.numpy() for output in keras.tree.flatten(outputs)]


def classifier(side: int, dtype: str = "float32") -> Any:
    """A network with a fixed input and a Dense head, as most are saved."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(2)
    inputs = keras.Input((side, side, 3))
    scale = layers.Normalization(mean=[0.1, 0.0, -0.1], variance=[0.5, 1.0, 2.0], dtype=dtype)
    x = scale(inputs)
    x = layers.Conv2D(8, 3, padding="same", activation="relu", dtype=dtype)(x)
    x = layers.BatchNormalization(dtype=dtype)(x)
    x = layers.Dropout(0.5)(x)
    x = layers.Conv2D(8, 3, padding="same", activation="relu", dtype=dtype)(x)
    x = layers.Flatten()(x)
    return keras.Model(inputs, layers.Dense(5)(x))


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_a_classifier_of_fixed_size_dreams_pictures_of_any_size(
    suffix: str, tmp_path: Path, picture: Any
) -> None:
    model = classifier(32)
    model.layers[3].set_weights([np.full(8, value, "float32") for value in (2, 1, 0.3, 4)])
    path = tmp_path / f"classifier{suffix}"
    model.save(path)
    network = loaded(path, "conv2d_1")
    assert [layer.name for layer in network.model.layers][-1] == "conv2d_1"
    pixels = np.random.default_rng(0).uniform(-1, 1, (1, 32, 32, 3)).astype("float32")
    whole = keras.Model(model.inputs, model.get_layer("conv2d_1").output)
    expected = whole(pixels, training=False).numpy()
    np.testing.assert_allclose(activations(network, pixels)[0], expected, atol=1e-5)
    dreamed = dream(picture, QUICK, network, 0)
    assert dreamed.shape == picture.shape
    assert (dreamed != picture).any()


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_layers_that_keras_made_for_one_family_of_networks_are_plain_ones(
    suffix: str, tmp_path: Path, picture: Any
) -> None:
    """A ConvNeXt, and an InceptionResNetV2, from ``keras.applications`` into a file."""
    from keras.src.applications.convnext import LayerScale, StochasticDepth
    from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

    inputs = keras.Input((None, None, 3))
    stem = layers.Conv2D(4, 3, padding="same")(inputs)
    x = StochasticDepth(0.1)(LayerScale(0.5, 4)(stem))
    keras.Model(inputs, CustomScaleLayer(0.2, name="scaled")([stem, x])).save(
        tmp_path / f"net{suffix}"
    )
    dreamed = dream(picture, QUICK, loaded(tmp_path / f"net{suffix}", "scaled"), 0)
    assert (dreamed != picture).any()


def test_a_network_is_cut_at_its_deepest_target(tiny: Callable[..., Any]) -> None:
    assert len(tiny("conv2d").model.layers) == 2
    names = [layer.name for layer in tiny("conv2d", "max_pooling2d").model.layers]
    assert names[-1] == "max_pooling2d"
    assert "conv2d_1" not in names


def test_a_cut_network_gives_what_the_whole_one_gives(
    tiny: Callable[..., Any], tiny_file: Path
) -> None:
    whole = keras.models.load_model(tiny_file)
    pixels = np.random.default_rng(0).uniform(-1, 1, (1, 20, 30, 3)).astype("float32")
    for name in ("conv2d", "activation", "max_pooling2d"):
        expected = keras.Model(whole.inputs, whole.get_layer(name).output)(pixels).numpy()
        np.testing.assert_allclose(activations(tiny(name), pixels)[0], expected, atol=1e-6)


def test_it_is_frozen_and_in_float32(tmp_path: Path) -> None:
    path = tmp_path / "half.keras"
    classifier(32, dtype="mixed_float16").save(path)
    network = loaded(path, "conv2d_1")
    assert network.model.trainable_weights == []
    assert {str(weight.dtype) for weight in network.model.weights} <= {"float32", "int32"}
    assert activations(network, np.zeros((1, 8, 8, 3), "float32"))[0].dtype == np.float32


def test_a_layer_tied_to_one_size_is_a_clear_error(tmp_path: Path) -> None:
    keras.backend.clear_session()
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(4, 3, padding="same")(inputs)
    x = layers.Reshape((16, 16, 4))(layers.Dense(16 * 16 * 4)(layers.Flatten()(x)))
    keras.Model(inputs, x).save(tmp_path / "tied.keras")
    assert loaded(tmp_path / "tied.keras", "conv2d").accepts(40, 50)
    with pytest.raises(NetworkError, match="tied"):
        loaded(tmp_path / "tied.keras", "reshape")


@pytest.mark.parametrize("shape", [(None, None, 1), (None, None, 4)])
def test_a_network_that_takes_no_rgb_is_a_clear_error(shape: Any, tmp_path: Path) -> None:
    inputs = keras.Input(shape)
    keras.Model(inputs, layers.Conv2D(4, 3, name="first")(inputs)).save(tmp_path / "grey.keras")
    with pytest.raises(NetworkError, match="RGB"):
        loaded(tmp_path / "grey.keras", "first")


def test_what_was_built_before_does_not_matter(tmp_path: Path, picture: Any) -> None:
    path = tmp_path / "net.keras"
    classifier(32).save(path)
    first = dream(picture, QUICK, loaded(path, "conv2d"), 0)
    layers.Conv2D(1, 1)
    again = loaded(path, "conv2d")
    assert again.targets == (Target("conv2d"),)
    assert dream(picture, QUICK, again, 0).tobytes() == first.tobytes()
    legacy = loaded(path, "conv2d_6")  # the first of build 3
    assert legacy.targets == (Target("conv2d"),)
    assert dream(picture, QUICK, legacy, 0).tobytes() == first.tobytes()


@pytest.mark.parametrize("layer", ["first", "norm", "last", "relu", "add"])
def test_operations_among_the_layers_are_no_obstacle(
    layer: str, tmp_path: Path, picture: Any
) -> None:
    keras.backend.clear_session()
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(4, 3, padding="same", name="first")(inputs / 255.0)
    x = layers.BatchNormalization(name="norm")(keras.ops.relu(x))
    x = layers.Conv2D(2, 1, name="last")(keras.ops.tanh(x) + x)
    model = keras.Model(inputs, x)
    model.save(tmp_path / "operations.keras")
    network = loaded(tmp_path / "operations.keras", layer)
    pixels = np.random.default_rng(0).uniform(0, 255, (1, 32, 32, 3)).astype("float32")
    (named,) = [one for one in model.operations if one.name == layer]
    whole = keras.Model(model.inputs, named.output)
    np.testing.assert_allclose(activations(network, pixels)[0], whole(pixels), atol=1e-5)
    assert network.sights is not None
    assert dream(picture, QUICK, network, 0).shape == picture.shape


def test_a_layer_named_twice_counts_twice(tiny_file: Path) -> None:
    targets = (Target("conv2d", 0.5), Target("activation"), Target("conv2d_2", 2.0))
    network = load(NetworkReference(file=tiny_file), targets)
    assert network.targets == (Target("conv2d", 2.5), Target("activation", 1.0))


@pytest.mark.parametrize("joining", [layers.Add, layers.Concatenate])
@pytest.mark.parametrize("halvings", [2, 8])
def test_an_unet_whose_branches_need_even_sides_dreams_odd_pictures(
    halvings: int, joining: Any, tmp_path: Path, picture: Any
) -> None:
    inputs = keras.Input((None, None, 3))
    x, branches = inputs, []
    for _ in range(halvings):
        branches.append(x)
        x = layers.Conv2D(3, 3, strides=2, padding="same")(x)
    for branch in reversed(branches):
        x = layers.Conv2DTranspose(3, 3, strides=2, padding="same")(x)
        x = joining(name="joined" if branch is inputs else None)([branch, x])
    keras.Model(inputs, x).save(tmp_path / "unet.keras")
    network = loaded(tmp_path / "unet.keras", "joined")
    assert network.multiple == 2**halvings
    odd = picture[:37, :51]
    dreamed = dream(odd, QUICK, network, 0)
    assert dreamed.shape == odd.shape
    assert (dreamed[-1, -1] != odd[-1, -1]).any()


def test_one_network_serves_pictures_of_many_sizes_with_one_trace(
    tiny_file: Path, picture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    traces: list[int] = []
    activations = Network.activations

    def traced(self: Network, picture: Any) -> Any:
        traces.append(1)
        return activations(self, picture)

    monkeypatch.setattr(Network, "activations", traced)
    network = loaded(tiny_file, "activation_1")
    for height in (20, 31, 48, 20):
        dream(picture[:height], QUICK, network, 0)
    match keras.backend.backend():
        case "tensorflow":
            assert len(traces) == 1
        case "jax":
            assert len(traces) == 3  # XLA compiles each size, and none of them twice.


def test_errors_name_what_is_wrong(tiny_file: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownLayer, match=r"did you mean conv2d_1\?"):
        loaded(tiny_file, "conv2d_1x")
    with pytest.raises(NetworkUnavailable, match=r"none\.keras"):
        loaded(tmp_path / "none.keras", "conv2d")
    with pytest.raises(NetworkError, match="needs a layer"):
        loaded(tiny_file)


def test_a_file_whose_weights_are_torn_is_named(tiny_file: Path) -> None:
    data = tiny_file.read_bytes()
    at = data.index(b"\x89HDF") + 600
    tiny_file.write_bytes(data[:at] + b"\0" * 2000 + data[at + 2000 :])
    with pytest.raises(NetworkError, match=r"tiny\.keras"):
        loaded(tiny_file, "conv2d")


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_saved_code_is_never_run(suffix: str, tmp_path: Path) -> None:
    inputs = keras.Input((None, None, 3))
    x = layers.Lambda(lambda value: value * 2)(layers.Conv2D(2, 3)(inputs))
    keras.Model(inputs, x).save(tmp_path / f"sly{suffix}")
    with pytest.raises(NetworkError, match="refused"):
        loaded(tmp_path / f"sly{suffix}", "conv2d")
