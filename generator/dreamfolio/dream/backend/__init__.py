"""What a backend must give beside ``keras.ops``: a compiler and a gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from dreamfolio.errors import DreamError


class Backend(Protocol):
    """One adapter a file; everything else in the engine is ``keras.ops`` or numpy."""

    def compile(self, step: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
        """``step(picture, shift, step_size)``, compiled once for pictures of any size.

        ``picture`` is (1, height, width, 3) float32, ``shift`` (2,) int32, ``step_size`` a float.
        Raises OutOfMemory.
        """

    def gradient(self, objective: Callable[[Any], Any], picture: Any) -> Any:
        """How the scalar ``objective`` changes with ``picture``; of the picture's shape."""


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
