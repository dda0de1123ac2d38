"""How exactly a network computes: float32, or bfloat16 where the hardware does that natively.

A bfloat16 has the range of a float32 with 8 of its 24 digits, and takes half the memory and, where
there are units for it, half the time or less. The picture, the direction of a step and every mean
stay in float32 all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from dreamfolio.dream.recipe import Recipe

Precision = Literal["float32", "bfloat16"]
Asked = Literal["auto", "float32", "bfloat16"]

# What Linux calls the instructions, on x86 and on Arm.
_NATIVE = {"avx512_bf16", "amx_bf16", "bf16"}


def asked_for(recipe: Recipe, asked: Asked) -> Asked:
    """What a dream by ``recipe`` asks for where a portfolio asks for ``asked``: ``auto`` is float32
    for the classic, which is the original algorithm to the letter."""
    return "float32" if asked == "auto" and recipe.is_classic else asked


def resolved(asked: Asked) -> Precision:
    """What is computed in on this machine. Keras must have been imported."""
    if asked != "auto":
        return asked
    return "bfloat16" if is_native() else "float32"


def is_native() -> bool:
    """Whether what dreams are computed on has units for bfloat16, and the backend uses them."""
    import keras

    match keras.backend.backend():
        case "tensorflow":
            return _on_tensorflow()
        case "jax":
            return _on_jax()
        case "torch":
            return _on_torch()
    return False


def _on_tensorflow() -> bool:
    import tensorflow as tf

    devices = tf.config.list_physical_devices("GPU")
    if not devices:
        return bool(_cpu_flags() & _NATIVE)
    capability = tf.config.experimental.get_device_details(devices[0]).get("compute_capability")
    return capability is not None and capability >= (8, 0)


def _on_jax() -> bool:
    import jax

    device = jax.devices()[0]
    if device.platform == "gpu":
        return float(getattr(device, "compute_capability", 0)) >= 8
    # On a CPU, XLA computes in float32 between its roundings.
    return bool(device.platform == "tpu")


def _on_torch() -> bool:
    import keras
    import torch

    match keras.ops.zeros(()).device.type:
        case "cuda":
            return bool(torch.cuda.get_device_capability()[0] >= 8)
        case "cpu":
            return bool(_cpu_flags() & _NATIVE)
    return False


def _cpu_flags() -> set[str]:
    try:
        text = Path("/proc/cpuinfo").read_text(errors="replace")
    except OSError:
        return set()
    lines = (line for line in text.splitlines() if line.startswith(("flags", "Features")))
    return set(next(lines, "").split())
