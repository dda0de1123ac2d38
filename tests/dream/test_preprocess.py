"""What networks' inputs take: held against each Keras module's own ``preprocess_input``."""

import inspect

import keras
import numpy as np
import pytest

from dreamfolio.dream.networks.known import catalogue_of, named_networks
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.preprocess import preprocess


@pytest.mark.parametrize("name", named_networks())
def test_a_named_network_gets_what_its_own_preprocessing_gives(name: str) -> None:
    catalogue = catalogue_of(NetworkReference(name=name))
    assert catalogue is not None
    module = inspect.getmodule(getattr(keras.applications, catalogue.application or ""))
    pixels = np.random.default_rng(0).integers(0, 256, (2, 5, 7, 3)).astype("float32")
    ours = keras.ops.convert_to_numpy(
        preprocess(keras.ops.convert_to_tensor(pixels / 127.5 - 1), catalogue.preprocess)
    )
    np.testing.assert_allclose(ours, module.preprocess_input(pixels.copy()), atol=2e-4)


@pytest.mark.parametrize("name", named_networks())
def test_a_network_that_takes_plain_pixels_scales_them_itself(name: str) -> None:
    catalogue = catalogue_of(NetworkReference(name=name))
    assert catalogue is not None
    first_kinds = {layer.kind for layer in catalogue.layers[:2]}
    scales_itself = bool(first_kinds & {"Rescaling", "Normalization"})
    assert scales_itself == (catalogue.preprocess == "none")


def test_unit_is_the_range_from_0_to_1() -> None:
    darkest_to_lightest = keras.ops.convert_to_tensor([[[[-1.0, 0.0, 1.0]]]])
    assert keras.ops.convert_to_numpy(preprocess(darkest_to_lightest, "unit")).ravel().tolist() == [
        0,
        0.5,
        1,
    ]
