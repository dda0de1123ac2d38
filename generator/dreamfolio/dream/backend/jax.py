"""JAX as the backend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from dreamfolio.dream.backend.adapter import Argument
from dreamfolio.dream.backend.memory import OutOfMemory

# Devices shorten the factors of a float32 product, graphics cards to 10 digits and others to 8,
# unless they are told not to: who asks for float32 means it.
jax.config.update("jax_default_matmul_precision", "float32")

# Each size's program holds the network's weights once more, so only as many are kept as a
# picture or two have octaves.
_SIZES_KEPT = 16


class Jax:
    """See ``Backend``."""

    compiles_each_size = True

    def compile(self, function: Callable[..., Any], *arguments: Argument) -> Callable[..., Any]:
        # XLA knows every size when it compiles, so each octave pays for its own.
        compiled = jax.jit(function)
        sizes: set[tuple[tuple[int, ...], ...]] = set()

        def run(*values: Any) -> Any:
            size = tuple(np.shape(value) for value in values)
            if size not in sizes and len(sizes) == _SIZES_KEPT:
                compiled.clear_cache()
                sizes.clear()
            sizes.add(size)
            try:
                # Unless it is waited for, a whole octave is put in line at once: progress would
                # run ahead of the work, and stopping would wait for all of it.
                return jax.block_until_ready(compiled(*values))
            except jax.errors.JaxRuntimeError as error:
                if "RESOURCE_EXHAUSTED" not in str(error):
                    raise
                raise OutOfMemory from error

        return run

    def gradient(self, objective: Callable[[Any], Any], picture: Any) -> Any:
        return jax.grad(objective)(picture)
