"""TensorFlow as the backend."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from dreamfolio.dream.backend.memory import OutOfMemory

# Each network is traced once, and TensorFlow warns that one function were traced many times.
tf.get_logger().setLevel(logging.ERROR)


class TensorFlow:
    """See ``Backend``."""

    def compile(self, step: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
        # One trace for all sizes: on a CPU a step is as fast as with a trace for each, and each
        # octave would pay for its own.
        compiled = tf.function(
            step,
            autograph=False,
            input_signature=[
                tf.TensorSpec((1, None, None, 3), tf.float32),
                tf.TensorSpec((2,), tf.int32),
                tf.TensorSpec((), tf.float32),
            ],
        )

        def run(picture: Any, shift: Any, step_size: Any) -> Any:
            try:
                return compiled(picture, shift, step_size)
            except tf.errors.ResourceExhaustedError as error:
                raise OutOfMemory from error

        return run

    def gradient(self, objective: Callable[[Any], Any], picture: Any) -> Any:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(picture)
            excitement = objective(picture)
        return tape.gradient(excitement, picture)
