"""What a dream runs on: for records, a line of progress, and the doctor."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

from dreamfolio.cores import available_cores
from dreamfolio.dream.backend.quiet import import_keras
from dreamfolio.errors import NetworkUnavailable, reason_with_type
from dreamfolio.memory import machine_memory

_CALLED = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}


class Device(NamedTuple):
    """Where a backend computes; ``memory`` is all of its own, in bytes, where that is known."""

    name: str
    memory: int | None
    is_cpu: bool = False


def versions() -> dict[str, str]:
    """The versions that a dream's pixels may depend on, and the backend.

    NetworkUnavailable where Keras cannot be imported.
    """
    import_keras()
    import keras

    backend = keras.backend.backend()
    return {
        "keras": keras.__version__,
        # Not by the distribution's name: there are tensorflow-cpu and others beside tensorflow.
        backend: str(sys.modules[backend].__version__),
        "backend": backend,
    }


def device() -> Device:
    """What dreams will be computed on: where Keras puts a tensor.

    NetworkUnavailable where Keras cannot be imported, or cannot use the device it is told to.
    """
    import_keras()
    import keras

    backend = keras.backend.backend()
    try:
        tensor = keras.ops.zeros(())
    except Exception as error:  # A driver that does not suit fails in a hundred ways.
        raise NetworkUnavailable(
            f"{_CALLED.get(backend, backend)} cannot compute here ({reason_with_type(error)})",
            mend="look at its driver, and at JAX_PLATFORMS or KERAS_TORCH_DEVICE where set",
        ) from error
    describe = {"tensorflow": _of_tensorflow, "jax": _of_jax, "torch": _of_torch}
    try:
        return describe[backend](tensor)
    except Exception:  # A card that does not tell its name dreams all the same.
        return Device(str(tensor.device), None)


def describe_device(precision: str) -> str:
    """The device, its memory, the backend and the ``precision`` of a dream, in a few words:
    ``NVIDIA H100 (80 GB), PyTorch 2.13.0, bfloat16``.

    NetworkUnavailable as for ``device``.
    """
    found, at_work = device(), versions()
    backend = at_work["backend"]
    memory = f" ({found.memory / 1e9:.0f} GB)" if found.memory else ""
    return f"{found.name}{memory}, {_CALLED[backend]} {at_work[backend]}, {precision}"


def _of_tensorflow(tensor: Any) -> Device:
    import tensorflow as tf

    gpu = next(iter(tf.config.list_logical_devices("GPU")), None)
    if gpu is None or "GPU" not in tensor.device:
        return _cpu()
    details = tf.config.experimental.get_device_details(tf.config.list_physical_devices("GPU")[0])
    return Device(str(details.get("device_name", gpu.name)), None)


def _of_jax(tensor: Any) -> Device:
    (found,) = tensor.devices()
    if found.platform == "cpu":
        return _cpu()
    return Device(str(found.device_kind), (found.memory_stats() or {}).get("bytes_limit"))


def _of_torch(tensor: Any) -> Device:
    import torch

    kind = tensor.device.type
    if kind == "cpu":
        return _cpu()
    if kind == "mps":
        return Device("Apple GPU (mps)", torch.mps.recommended_max_memory())
    maker = getattr(torch, kind)
    properties = maker.get_device_properties(tensor.device)
    return Device(properties.name, properties.total_memory)


def _cpu() -> Device:
    cores = available_cores()
    return Device(f"{cores} CPU core{'' if cores == 1 else 's'}", machine_memory(), is_cpu=True)
