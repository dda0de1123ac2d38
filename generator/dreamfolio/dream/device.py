"""What a dream runs on: for records, a line of progress, and the doctor."""

from __future__ import annotations

import importlib.metadata

from dreamfolio.cores import available_cores
from dreamfolio.dream.backend.quiet import import_keras


def versions() -> dict[str, str]:
    """The versions that a dream's pixels may depend on, and the backend.

    NetworkUnavailable where Keras cannot be imported.
    """
    import_keras()
    import keras

    backend = keras.backend.backend()
    return {
        "keras": keras.__version__,
        backend: importlib.metadata.version(backend),
        "backend": backend,
    }


def describe_device() -> str:
    """What dreams will be computed on, in a few words: ``2 CPU cores``, ``NVIDIA H100``.

    NetworkUnavailable where TensorFlow cannot be imported.
    """
    import_keras()
    import tensorflow as tf

    names = []
    for device in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(device)
        names.append(str(details.get("device_name", device.name)))
    if names:
        return ", ".join(names)
    cores = available_cores()
    return f"{cores} CPU core{'' if cores == 1 else 's'}"
