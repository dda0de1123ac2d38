"""Loading named networks: names, weights, and what is said where there are none."""

import warnings
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream.engine import dream
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.networks.weights import locate
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target
from dreamfolio.errors import NetworkError, NetworkUnavailable

PIXELS = np.random.default_rng(0).uniform(-1, 1, (1, 96, 111, 3)).astype("float32")


def flat(outputs: Any) -> list[Any]:
    return [output.numpy() for output in keras.tree.flatten(outputs)]


@pytest.fixture(scope="session")
def inception(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """InceptionV3 with random weights, first of its process, and a file of those weights."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = keras.applications.InceptionV3(include_top=False, weights=None)
    path = tmp_path_factory.mktemp("weights") / "random.weights.h5"
    model.save_weights(path)
    return model, path


def test_layers_keep_their_names_whatever_was_built_before(inception: tuple[Any, Path]) -> None:
    model, path = inception
    names = ["conv2d_5", "activation_38", "average_pooling2d_2", "mixed3"]
    expected = flat(
        keras.Model(model.inputs, [model.get_layer(name).output for name in names])(PIXELS)
    )
    targets = tuple(Target(name) for name in names)
    network = load(NetworkReference(name="inception_v3", weights=path), targets)
    kerass_own = {layer.name for layer in network.model.layers}
    assert "conv2d_5" not in kerass_own  # this is the process's second InceptionV3, or a later one
    order = [names.index(target.layer) for target in network.targets]
    found = flat(network.model(PIXELS, training=False))
    for output, index in zip(found, order, strict=True):
        np.testing.assert_allclose(output, expected[index], atol=1e-5)


def test_the_catalogue_is_what_keras_builds(inception: tuple[Any, Path]) -> None:
    model, _ = inception
    catalogue = catalogue_of(NetworkReference(name="inception_v3"))
    assert catalogue is not None
    assert [layer.name for layer in catalogue.layers] == [layer.name for layer in model.layers[1:]]
    for layer in catalogue.layers:
        assert layer.channels == model.get_layer(layer.name).output.shape[-1]


def test_a_named_network_dreams_small_pictures_and_refuses_smaller_ones(
    inception: tuple[Any, Path], picture: Any
) -> None:
    reference = NetworkReference(name="inception_v3", weights=inception[1])
    network = load(reference, (Target("activation_1399"),))
    assert network.targets == (Target("activation_83"),)
    assert network.preprocess == "tf"
    assert network.accepts(96, 111)
    assert not network.accepts(32, 32)
    pixels = np.kron(picture, np.ones((2, 2, 1), np.uint8))
    dreamed = dream(pixels, Recipe(steps=3, octaves=3, detail=True), network, 0)
    assert (dreamed != pixels).mean() > 0.3


def test_efficientnet_is_built_as_it_was_trained(tmp_path: Path) -> None:
    # Keras gives it one more rescaling with its own weights than without.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bare = keras.applications.EfficientNetB0(include_top=False, weights=None)
    bare.save_weights(tmp_path / "bare.weights.h5")
    reference = NetworkReference(name="efficientnet_b0", weights=tmp_path / "bare.weights.h5")
    network = load(reference, (Target("rescaling_1"), Target("stem_conv")))
    pixels = np.full((1, 32, 32, 3), 51, "float32")
    rescaled, _ = flat(network.model(pixels))
    deviation = np.sqrt([0.229, 0.224, 0.225])
    np.testing.assert_allclose(rescaled[0, 0, 0], 0.2 / deviation, rtol=1e-4)
    assert network.preprocess == "none"


def test_nasnet_takes_pictures_of_any_size(
    tmp_path: Path, picture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    h5py = pytest.importorskip("h5py")
    # Random weights will do, and saving them takes longer than all the rest.
    monkeypatch.setattr(keras.Model, "load_weights", lambda *_: None)
    h5py.File(tmp_path / "any.h5", "w").close()
    reference = NetworkReference(name="nasnet_mobile", weights=tmp_path / "any.h5")
    network = load(reference, (Target("normal_concat_0"),))
    assert network.multiple > 1
    assert dream(picture[:37, :51], Recipe(steps=1), network, 0).shape == (37, 51, 3)


def test_weights_in_kerass_old_format_are_read(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    from keras.src.legacy.saving import legacy_h5_format

    keras.utils.set_random_seed(4)
    model = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(96, 96, 3))
    with h5py.File(tmp_path / "old.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    expected = keras.Model(model.inputs, model.get_layer("block_3_expand").output)(
        PIXELS[:, :, :96]
    )
    reference = NetworkReference(name="mobilenet_v2", weights=tmp_path / "old.h5")
    network = load(reference, (Target("block_3_expand"),))
    np.testing.assert_allclose(
        flat(network.model(PIXELS[:, :, :96]))[0], expected.numpy(), atol=1e-5
    )


def test_weights_of_another_network_are_a_clear_error(inception: tuple[Any, Path]) -> None:
    reference = NetworkReference(name="vgg16", weights=inception[1])
    with pytest.raises(NetworkError, match=r"random\.weights\.h5.*vgg16") as caught:
        load(reference, (Target("block1_conv1"),))
    assert not isinstance(caught.value, NetworkUnavailable)


def test_weights_that_are_not_here_are_named(tmp_path: Path) -> None:
    reference = NetworkReference(name="vgg16", weights=tmp_path / "none.h5")
    with pytest.raises(NetworkUnavailable, match=r"none\.h5"):
        load(reference, (Target("block1_conv1"),))


@pytest.fixture
def keras_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Keras folder of our own, on a machine whose way out ends at a closed door."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    for scheme in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(scheme, "http://127.0.0.1:9")
    for exception in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(exception, raising=False)
    return tmp_path


VGG16 = NetworkReference(name="vgg16")
VGG16_FILE = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"


def test_offline_it_says_which_file_from_where_goes_into_which_folder(keras_home: Path) -> None:
    with pytest.raises(NetworkUnavailable) as caught:
        load(VGG16, (Target("block1_conv1"),))
    said = str(caught.value)
    assert VGG16_FILE in said
    assert "https://storage.googleapis.com/" in said
    assert "about 59 MB" in said
    assert str(keras_home / "models") in said
    assert list(keras_home.rglob("*.*")) == []


def test_a_damaged_file_in_kerass_folder_is_named_and_kept(keras_home: Path) -> None:
    path = keras_home / "models" / VGG16_FILE
    path.parent.mkdir()
    path.write_bytes(b"half a download")
    assert locate(VGG16) == path
    with pytest.raises(NetworkError, match="damaged") as caught:
        load(VGG16, (Target("block1_conv1"),))
    assert not isinstance(caught.value, NetworkUnavailable)
    assert caught.value.place is not None
    assert caught.value.place.file == path
    assert path.read_bytes() == b"half a download"


def test_weights_lie_where_the_reference_says(tmp_path: Path, keras_home: Path) -> None:
    assert locate(NetworkReference(file=tmp_path / "a.keras")) == tmp_path / "a.keras"
    mine = NetworkReference(name="vgg16", weights=tmp_path / "mine.h5")
    assert locate(mine) == tmp_path / "mine.h5"
    assert locate(VGG16) == keras_home / "models" / VGG16_FILE
