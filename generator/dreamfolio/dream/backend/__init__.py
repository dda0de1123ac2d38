"""The backend that Keras runs on, behind one small adapter each."""

from __future__ import annotations

from dreamfolio.dream.backend.adapter import Backend
from dreamfolio.errors import DreamError


def current() -> Backend:
    """The adapter for the backend that Keras runs on; DreamError where there is none."""
    import keras

    name = keras.backend.backend()
    if name == "tensorflow":
        from dreamfolio.dream.backend.tensorflow import TensorFlow

        return TensorFlow()
    if name == "jax":
        from dreamfolio.dream.backend.jax import Jax

        return Jax()
    if name == "torch":
        from dreamfolio.dream.backend.torch import Torch

        return Torch()
    raise DreamError(
        f"Keras runs on {name}, which dreamfolio does not dream on",
        mend="set KERAS_BACKEND to tensorflow, jax or torch",
    )
