"""The gradient at several scales, held against a plain Gaussian."""

import keras
import numpy as np
import pytest

from dreamfolio.dream.smoothing import blended


def test_a_point_becomes_a_gaussian_of_the_deviation_asked_for() -> None:
    gradient = np.zeros((1, 41, 61, 3), "float32")
    gradient[0, 20, 30, 1] = 1
    spread = np.asarray(blended(keras.ops.convert_to_tensor(gradient), (2.0,)))[0, :, :, 1]
    spread = spread / spread.sum()
    y, x = np.mgrid[:41, :61]
    assert np.sqrt((spread * (y - 20) ** 2).sum()) == pytest.approx(2.0, rel=0.03)
    assert np.sqrt((spread * (x - 30) ** 2).sum()) == pytest.approx(2.0, rel=0.03)


def test_each_scale_has_an_equal_say() -> None:
    rng = np.random.default_rng(1)
    gradient = keras.ops.convert_to_tensor(rng.normal(size=(1, 64, 64, 3)).astype("float32"))
    one, other = (np.asarray(blended(gradient, (sigma,))) for sigma in (0.6, 4.0))
    assert one.std() == pytest.approx(1, abs=0.01)
    assert other.std() == pytest.approx(1, abs=0.01)
    assert np.allclose(np.asarray(blended(gradient, (0.6, 4.0))), one + other, atol=1e-4)


def test_a_border_is_as_bright_as_the_middle() -> None:
    flat = keras.ops.ones((1, 30, 30, 3)) * keras.ops.arange(1.0, 4.0)
    smoothed = np.asarray(blended(flat, (3.0,)))
    assert np.ptp(smoothed[..., 0]) < 1e-4 * abs(smoothed[..., 0]).max()


def test_without_scales_the_gradient_is_as_it_was() -> None:
    gradient = keras.ops.ones((1, 5, 5, 3))
    assert blended(gradient, ()) is gradient
