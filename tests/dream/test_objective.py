"""The objectives, held against their formulas in plain numpy."""

import keras
import numpy as np
import pytest

from dreamfolio.dream.objective import excitement
from dreamfolio.dream.target import Target

FORMULAS = {
    "mean": lambda a: a.mean(),
    "l2": lambda a: (a**2).mean(),
    "rms": lambda a: np.sqrt((a**2).mean(axis=(0, 1, 2))).mean(),
}


@pytest.mark.parametrize("objective", FORMULAS)
def test_an_objective_is_the_weighted_sum_of_its_layers(objective: str) -> None:
    rng = np.random.default_rng(1)
    small = rng.normal(size=(1, 3, 4, 5)).astype("float32")
    large = rng.normal(size=(1, 30, 40, 50)).astype("float32")
    outputs = [keras.ops.convert_to_tensor(small), keras.ops.convert_to_tensor(large)]
    targets = (Target("small", 2.0), Target("large", -0.5))
    formula = FORMULAS[objective]
    expected = 2.0 * formula(small) - 0.5 * formula(large)
    assert float(excitement(outputs, targets, objective)) == pytest.approx(expected, rel=1e-4)


def test_a_dead_channel_does_not_spoil_the_gradient_of_rms() -> None:
    tf = pytest.importorskip("tensorflow")
    activations = tf.Variable(np.zeros((1, 2, 2, 3), "float32"))
    with tf.GradientTape() as tape:
        value = excitement([activations], (Target("dead"),), "rms")
    assert np.isfinite(tape.gradient(value, activations).numpy()).all()
