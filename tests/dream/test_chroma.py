"""Colour against light."""

import keras
import numpy as np
import pytest

from dreamfolio.dream.chroma import calmed


@pytest.mark.parametrize("chroma", [0.0, 0.5, 2.0])
def test_light_is_kept_and_colour_scaled(chroma: float) -> None:
    gradient = np.random.default_rng(1).normal(size=(1, 6, 7, 3)).astype("float32")
    calm = np.asarray(calmed(keras.ops.convert_to_tensor(gradient), chroma))
    light = gradient.mean(-1, keepdims=True)
    assert np.allclose(calm.mean(-1, keepdims=True), light, atol=1e-5)
    assert np.allclose(calm - light, chroma * (gradient - light), atol=1e-5)


def test_the_whole_gradient_is_as_it_was() -> None:
    gradient = keras.ops.ones((1, 2, 2, 3))
    assert calmed(gradient, 1.0) is gradient
