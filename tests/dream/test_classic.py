"""``classic`` is the original algorithm, to the letter."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream import floors
from dreamfolio.dream.engine import dream
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED, Recipe
from dreamfolio.dream.target import Target

tf = pytest.importorskip("tensorflow")


def original_script(pixels: Any, model: Any, layers: list[str]) -> Any:
    """The loop of TensorFlow's tutorial on the whole network, as its scripts had it."""
    outputs = [model.get_layer(name).output for name in layers]
    dream_model = tf.keras.Model(inputs=model.inputs[0], outputs=outputs)
    img = tf.convert_to_tensor(pixels.astype(np.float32) / 127.5 - 1)
    for _ in range(100):
        with tf.GradientTape() as tape:
            tape.watch(img)
            activations = dream_model(tf.expand_dims(img, axis=0))
            if len(layers) == 1:
                activations = [activations]
            loss = tf.reduce_sum([tf.math.reduce_mean(act) for act in activations])
        gradients = tape.gradient(loss, img)
        gradients /= tf.math.reduce_std(gradients) + 1e-8
        img = img + gradients * 0.01
        img = tf.clip_by_value(img, -1, 1)
    return tf.cast(255 * (img + 1.0) / 2.0, tf.uint8).numpy()


def test_classic_goes_as_far_as_the_original_script_on_a_huge_picture(
    tiny_file: Path, picture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It adds 1e-8 to the deviation, beside which there is little then."""
    monkeypatch.setattr(floors, "_PIXELS", 1)
    model = keras.models.load_model(tiny_file)
    last = model.get_layer("conv2d_1")
    last.set_weights([weights * np.float32(2e-5) for weights in last.get_weights()])
    model.save(tiny_file)
    expected = original_script(picture, model, ["activation_1"])
    network = load(NetworkReference(file=tiny_file), (Target("activation_1"),))
    for tile in ("none", 24):
        ours = dream(picture, NAMED["classic"], network, seed=0, tile=tile)
        bold = dream(picture, Recipe(seed=1, jitter=1), network, seed=0, tile=tile)
        assert np.abs(ours.astype(int) - expected).max() <= 3
        gone, further = (np.abs(one.astype(int) - picture).mean() for one in (ours, bold))
        assert 0.5 < gone < 0.7 * further


@pytest.mark.parametrize("layers", [["activation_1"], ["activation", "conv2d_1"]])
def test_classic_gives_the_pixels_of_the_original_script(
    layers: list[str], tiny: Callable[..., Any], tiny_file: Path, picture: Any
) -> None:
    expected = original_script(picture, keras.models.load_model(tiny_file), layers)
    ours = dream(picture, NAMED["classic"], tiny(*layers), seed=0)
    assert np.abs(ours.astype(int) - picture).mean() > 5  # it did dream
    # Folded normalisations round differently, and a hundred steps carry that on.
    astray = np.abs(ours.astype(int) - expected)
    assert np.mean(astray <= 1) > 0.999
    assert astray.max() <= 3
