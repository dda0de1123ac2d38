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

DREAM = "a dream"
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
    made[DREAM] = _dream()
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


def _dream() -> Any:
    """A few steps in two octaves, with jitter, smoothing and calmed colours; odd sides.

    Not by ``rms``: its roots are so steep near nothing that a last digit grows to levels.
    """
    import numpy as np
    from PIL import Image

    from dreamfolio.dream.engine import dream
    from dreamfolio.dream.recipe import Recipe

    noise = np.random.default_rng(3).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    pixels = np.asarray(Image.fromarray(noise).resize((97, 75), Image.Resampling.BICUBIC))
    recipe = Recipe(
        octaves=2,
        steps=4,
        step_size=0.03,
        jitter=16,
        smooth=(0.6, 2.0),
        chroma=0.5,
        detail=True,
    )
    dreamed = dream(pixels, recipe, _load(Path(), "pocket", ("stage3_3",)), seed=1)
    return np.stack([pixels, dreamed])


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

    compiled = backend.current().compile(function, backend.PICTURE)
    return lambda picture: compiled(ops.convert_to_tensor(picture))


if __name__ == "__main__":
    _write(Path(sys.argv[1]), Path(sys.argv[2]))
