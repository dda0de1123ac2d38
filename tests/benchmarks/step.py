"""A step of gradient ascent beside the plain loop of the TensorFlow tutorial.

InceptionV3 with random weights at ``conv2d_64`` + ``activation_83``, ``classic``, in float32 and in
bfloat16. The plain loop runs the network of ``keras.applications``, in float32, up to the deepest
of the two. Beside each stands the limit: the network's multiply-adds over the rate at which this
machine multiplies matrices in that precision.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from limits import least_seconds, multiply_adds
from pairs import in_turn

LAYERS = ("conv2d_64", "activation_83")


def plain_loop(picture: Any, steps: int) -> Any:
    """The tutorial's loop, on a network built as it builds it; returns a function that runs it."""
    import keras
    import tensorflow as tf

    keras.backend.clear_session()
    base = keras.applications.InceptionV3(include_top=False, weights=None)
    model = keras.Model(base.input, [base.get_layer(name).output for name in LAYERS])

    @tf.function
    def step(image: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(image)
            loss = tf.add_n([tf.reduce_mean(out) for out in model(image)])
        gradient = tape.gradient(loss, image)
        gradient /= tf.math.reduce_std(gradient) + 1e-8
        return tf.clip_by_value(image + gradient * 0.01, -1, 1)

    start = tf.constant(picture[None].astype("float32") / 127.5 - 1)

    def run() -> None:
        image = start
        for _ in range(steps):
            image = step(image)
        image.numpy()

    return run


def ours(picture: Any, steps: int, folder: Path, precision: Any) -> Any:
    """The engine's ``classic``, its weights from a file as a user's would be."""
    import keras

    from dreamfolio.dream.engine import dream
    from dreamfolio.dream.networks.load import load
    from dreamfolio.dream.networks.reference import NetworkReference
    from dreamfolio.dream.recipe import NAMED
    from dreamfolio.dream.target import Target

    weights = folder / "random.weights.h5"
    if not weights.exists():
        keras.applications.InceptionV3(include_top=False, weights=None).save_weights(weights)
    network = load(
        NetworkReference(name="inception_v3", weights=weights),
        tuple(Target(layer) for layer in LAYERS),
        precision=precision,
    )
    recipe = NAMED["classic"].model_copy(update={"steps": steps})
    return lambda: dream(picture, recipe, network, seed=0, tile="none")


def limits(height: int, width: int, steps: int) -> dict[str, float]:
    """The least seconds that ``steps`` steps can take, by precision."""
    import keras

    base = keras.applications.InceptionV3(include_top=False, weights=None)
    activations = [one for one in base.layers if isinstance(one, keras.layers.Activation)]
    deepest = keras.Model(base.input, activations[83].output)
    work = multiply_adds(deepest, height, width)
    print(f"{width}×{height}: {work / 1e9:.0f} G multiply-adds a step, {steps} steps a run")
    return {
        precision: steps * least_seconds(deepest, height, width, precision)
        for precision in ("float32", "bfloat16")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    from dreamfolio.dream.backend.quiet import import_keras

    import_keras()
    import numpy as np

    size = (options.height, options.width, 3)
    picture = np.random.default_rng(0).integers(0, 256, size, dtype=np.uint8)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        least = limits(options.height, options.width, options.steps)
        in_turn(
            {
                "plain loop": plain_loop(picture, options.steps),
                "dreamfolio, float32": ours(picture, options.steps, folder, "float32"),
                "dreamfolio, bfloat16": ours(picture, options.steps, folder, "bfloat16"),
            },
            options.rounds,
            {
                "plain loop": least["float32"],
                "dreamfolio, float32": least["float32"],
                "dreamfolio, bfloat16": least["bfloat16"],
            },
        )


if __name__ == "__main__":
    main()
