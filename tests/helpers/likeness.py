"""Whether a network that was built anew still climbs as the one it was made of."""

from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream import backend
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.objective import objective_of
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target


def loss_and_gradient(model: Any, names: tuple[str, ...], pixels: Any) -> tuple[float, Any]:
    """How much ``pixels``, (1, height, width, 3), excite the outputs of a Keras model, and how that
    changes with them."""
    targets = tuple(Target(name) for name in names)
    objective = objective_of(Network("it", model, targets, "tf"), Recipe(objective="rms"))
    picture = keras.ops.convert_to_tensor(pixels)
    gradient = backend.current().gradient(objective, picture)
    return float(objective(picture)), keras.ops.convert_to_numpy(gradient)


def assert_alike(
    part: Any, whole: Any, names: tuple[str, ...], pixels: Any, astray: float = 1e-4
) -> None:
    """Both have the same loss and the same gradient, but for so much of the largest slope."""
    loss, gradient = loss_and_gradient(part, names, pixels)
    expected_loss, expected = loss_and_gradient(whole, names, pixels)
    assert loss == pytest.approx(expected_loss, rel=astray)
    assert np.abs(gradient - expected).max() <= astray * np.abs(expected).max()
