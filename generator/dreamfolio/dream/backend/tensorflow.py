"""TensorFlow as the backend."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from dreamfolio.dream.backend.adapter import Argument
from dreamfolio.dream.backend.memory import OutOfMemory

# Each network is traced once, and TensorFlow warns that one function were traced many times.
tf.get_logger().setLevel(logging.ERROR)

# Graphics cards shorten the factors of a float32 product to 10 digits unless they are told not to:
# who asks for float32 means it.
tf.config.experimental.enable_tensor_float_32_execution(False)


class TensorFlow:
    """See ``Backend``."""

    compiles_each_size = False

    def compile(self, function: Callable[..., Any], *arguments: Argument) -> Callable[..., Any]:
        # One trace for all sizes: on a CPU a step is as fast as with a trace for each, and each
        # octave would pay for its own.
        signature = [tf.TensorSpec(shape, dtype) for shape, dtype in arguments]
        compiled = tf.function(function, autograph=False, input_signature=signature)

        def run(*values: Any) -> Any:
            try:
                return compiled(*values)
            except tf.errors.ResourceExhaustedError as error:
                raise OutOfMemory from error

        return run

    def gradient(self, objective: Callable[[Any], Any], picture: Any) -> Any:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(picture)
            excitement = objective(picture)
        return tape.gradient(excitement, picture)
