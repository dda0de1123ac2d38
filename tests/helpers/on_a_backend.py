"""What one backend makes of the same networks, in a process of its own, to be compared.

``python -m helpers.on_a_backend OUT FOLDER`` computes what the names below say, of the networks in
``FOLDER``, on the backend that ``KERAS_BACKEND`` names, and writes it to ``OUT`` (.npz).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

GRADIENTS: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    "two layers of a .keras file": ("tiny.keras", ("activation", "conv2d_1"), "rms", "torch"),
    "an old .h5 file": ("tiny.h5", ("activation_1",), "mean", "caffe"),
    "a single channel": ("tiny.keras", ("conv2d_1:3",), "l2", "unit"),
    "branches that must fit": ("branched.keras", ("branches",), "l2", "none"),
    "the network in the box": ("pocket", ("stage3_3",), "mean", "tf"),
    "a patchwork of motifs": ("pocket", ("motif-patchwork",), "mean", "tf"),
}
"""What gradients are taken of: a network, its targets, the objective, and what it is shown."""

STEPS: dict[str, dict[str, Any]] = {
    "levelled, by the mean size": {"laplacian": 3, "norm": "mean-abs"},
    "blended, calmed and pulled": {"smooth": (0.6, 1.6), "chroma": 0.5, "tv": 0.2, "hold": 0.1},
}
"""What steps are taken by, two pictures at once, each with a jitter of its own."""

DREAM = "a dream"
COLOURS = {"a dream in light": "keep", "a steady dream": "steady"}
"""Dreams by what becomes of their colours."""
TOO_LARGE = "too large"


def save_networks(folder: Path) -> None:
    """Write the networks that are compared to ``folder``; on any backend."""
    import keras

    layers = keras.layers
    keras.utils.set_random_seed(5)
    keras.backend.clear_session()
    picture = keras.Input((None, None, 3))
    x = layers.Conv2D(8, 3, padding="same")(picture)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = layers.Conv2D(12, 3, padding="same")(x)
    x = layers.Activation("relu")(x)
    tiny = keras.Model(picture, x)
    # As training leaves it: a normalisation by which nothing changes would hide its absence.
    norm = next(one for one in tiny.layers if isinstance(one, layers.BatchNormalization))
    norm.set_weights([weight + 0.1 * number for number, weight in enumerate(norm.get_weights())])
    tiny.save(folder / "tiny.keras")
    tiny.save(folder / "tiny.h5")

    picture = keras.Input((None, None, 3))
    x = layers.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2)(picture)
    y = layers.AveragePooling2D(3, strides=1, padding="same")(x)
    y = layers.SeparableConv2D(6, 3, padding="same", activation="elu")(y)
    y = layers.Conv2DTranspose(3, 3, strides=2, padding="same")(y)
    keras.Model(picture, layers.Add(name="branches")([picture, y])).save(folder / "branched.keras")


def _write(out: Path, folder: Path) -> None:
    from dreamfolio.dream.backend.quiet import import_keras

    import_keras()
    import numpy as np

    made = {name: _gradient(folder, *what) for name, what in GRADIENTS.items()}
    made |= {name: _step(folder, options) for name, options in STEPS.items()}
    made[DREAM] = _dream()
    made |= {name: _coloured(folder, color) for name, color in COLOURS.items()}
    made[TOO_LARGE] = np.array(_said_of_what_is_too_large())
    np.savez(out, **made)


def _load(folder: Path, network: str, targets: tuple[str, ...], preprocess: Any = None) -> Any:
    from dreamfolio.dream.networks.load import load
    from dreamfolio.dream.networks.reference import NetworkReference
    from dreamfolio.dream.target import Target

    file = folder / network
    reference = (
        NetworkReference(file=file, preprocess=preprocess)
        if file.suffix
        else NetworkReference(name=network)
    )
    return load(reference, tuple(Target(name) for name in targets))


def _gradient(
    folder: Path, name: str, targets: tuple[str, ...], objective: Any, preprocess: Any
) -> Any:
    """At a picture of noise, of odd sides."""
    import numpy as np
    from keras import ops

    from dreamfolio.dream import backend
    from dreamfolio.dream.objective import objective_of
    from dreamfolio.dream.recipe import Recipe

    network = _load(folder, name, targets, preprocess)
    value = objective_of(network, Recipe(objective=objective), seed=4)
    gradient_of = backend.current().gradient
    picture = np.random.default_rng(2).uniform(-0.8, 0.8, (1, 37, 45, 3)).astype("float32")
    return ops.convert_to_numpy(_compiled(lambda picture: gradient_of(value, picture))(picture))


def _step(folder: Path, options: dict[str, Any]) -> Any:
    """What a step adds to two pictures of noise, one of them faint."""
    import numpy as np

    from dreamfolio.dream.ascent import ascend
    from dreamfolio.dream.pull import pull_toward
    from dreamfolio.dream.recipe import Recipe
    from dreamfolio.dream.stepping import AtOnce

    recipe = Recipe(steps=1, step_size=0.01, jitter=9, **options)
    noise = np.random.default_rng(4).uniform(-0.8, 0.8, (2, 37, 45, 3)).astype("float32")
    noise[1] *= 0.1
    stepping = AtOnce(_load(folder, "tiny.keras", ("activation", "conv2d_1"), "tf"), recipe, 0)
    rngs = [np.random.default_rng(seed) for seed in (1, 2)]
    return ascend(noise, recipe, stepping, rngs, pulled=pull_toward(noise / 2, recipe)) - noise


def _coloured(folder: Path, color: Any) -> Any:
    """A few steps, and what becomes of their colours."""
    from dreamfolio.dream.recipe import Recipe

    network = _load(folder, "tiny.keras", ("activation_1",), "tf")
    return _dreamed(Recipe(steps=4, step_size=0.05, color=color), network)


def _dream() -> Any:
    """A few steps in two octaves, with jitter, smoothing and calmed colours; odd sides.

    Not by ``rms``: its roots are so steep near nothing that a last digit grows to levels.
    """
    from dreamfolio.dream.recipe import Recipe

    recipe = Recipe(
        octaves=2,
        steps=4,
        step_size=0.03,
        jitter=16,
        smooth=(0.6, 2.0),
        chroma=0.5,
        detail=True,
    )
    return _dreamed(recipe, _load(Path(), "pocket", ("stage3_3",)))


def _dreamed(recipe: Any, network: Any) -> Any:
    """A soft picture of odd sides, and its dream."""
    import numpy as np
    from PIL import Image

    from dreamfolio.dream.engine import dream

    noise = np.random.default_rng(3).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    pixels = np.asarray(Image.fromarray(noise).resize((97, 75), Image.Resampling.BICUBIC))
    return np.stack([pixels, dream(pixels, recipe, network, seed=1)])


def _said_of_what_is_too_large() -> str:
    """The error, and its type, of a step that needs more memory than any machine addresses."""
    import numpy as np
    from keras import ops

    vast = _compiled(lambda picture: ops.broadcast_to(picture[0, 0, 0, 0], (1 << 46,)) + 1.0)
    try:
        vast(np.zeros((1, 8, 8, 3), "float32"))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "nothing"


def _compiled(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of a picture, (1, H, W, 3), as the backend compiles a step."""
    from keras import ops

    from dreamfolio.dream import backend
    from dreamfolio.dream.backend.adapter import PICTURE

    compiled = backend.current().compile(function, PICTURE)
    return lambda picture: compiled(ops.convert_to_tensor(picture))


if __name__ == "__main__":
    _write(Path(sys.argv[1]), Path(sys.argv[2]))
