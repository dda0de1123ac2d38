"""A network of three convolutions, small enough that a dream takes a blink."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path


@functools.cache
def tiny_network(seed: int = 1) -> bytes:
    """A ``.keras`` file with the layers ``conv_a``, ``conv_b`` and ``conv_c``; input in [0, 1].

    ``conv_c`` needs at least 7 pixels a side. Made once per test run.
    """
    from dreamfolio.dream.backend.quiet import import_keras

    import_keras()
    import keras

    keras.utils.set_random_seed(seed)
    inputs = keras.Input((None, None, 3))
    x = keras.layers.Conv2D(6, 3, activation="relu", padding="same", name="conv_a")(inputs)
    x = keras.layers.Conv2D(8, 3, activation="relu", padding="same", name="conv_b")(x)
    x = keras.layers.Conv2D(4, 7, strides=2, name="conv_c")(x)
    x = keras.layers.MaxPooling2D(4, name="pool")(x)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.keras"
        keras.Model(inputs, x).save(path)
        return path.read_bytes()
