"""Networks in a local ``.keras`` or ``.h5`` file."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from dreamfolio.dream.backend.quiet import import_keras
from dreamfolio.dream.networks.contents import at_most, count_weights
from dreamfolio.dream.networks.safe import ELSEWHERE, refuse_code
from dreamfolio.dream.networks.saved import read_config
from dreamfolio.errors import NetworkError, Place, reason

_one_at_a_time = threading.Lock()


def load_file(file: Path) -> Any:
    """The Keras model in ``file``, not compiled; only one made of Keras's own layers.

    Raises NetworkError where the file is damaged, is refused, or asks for what this version of
    Keras has not.
    """
    config = read_config(file)
    if config is None:
        raise NetworkError(
            "the network cannot be read without h5py",
            place=Place(file),
            mend="install dreamfolio[dream]",
        )
    refuse_code(config, file)
    import_keras()
    import keras

    try:
        weights = count_weights(file)
        with _one_at_a_time, at_most(weights or 0, file):
            return keras.models.load_model(
                file, custom_objects=_elsewhere(), compile=False, safe_mode=True
            )
    except NetworkError:
        raise
    # A damaged file makes Keras stumble in whatever part it happens to be in.
    except Exception as error:
        raise NetworkError(
            f"Keras cannot load this network ({reason(error)})",
            place=Place(file),
            mend="save it again with a current Keras, with plain layers only",
        ) from error


def _elsewhere() -> dict[str, Any]:
    """By their names, the layers of which ``.h5`` files do not tell where Keras has them."""
    return {kind: getattr(import_module(module), kind) for module, kind in ELSEWHERE}
