"""Networks of ``keras.applications``, built with the weights Keras publishes or a local file's."""

from __future__ import annotations

import hashlib
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dreamfolio.dream.backend.quiet import import_keras
from dreamfolio.dream.networks.catalogue import Catalogue, WeightsFile
from dreamfolio.dream.networks.contents import count_weights
from dreamfolio.dream.networks.download import OnBytes, fetch
from dreamfolio.dream.networks.weights import keras_folder
from dreamfolio.errors import NetworkError, NetworkUnavailable, Place, reason

# NASNet compares the sizes of its branches while it is built, and must know them; every other
# network is built for pictures of any size at once.
_NEEDS_A_SIZE = ("NASNetMobile", "NASNetLarge")
_A_SIZE = (1024, 1024, 3)

_one_at_a_time = threading.Lock()


def build_application(catalogue: Catalogue, local_weights: Path | None) -> Any:
    """A named network without its classifier, as a Keras model.

    Raises NetworkUnavailable where the weights are not here and cannot be fetched, NetworkError
    where the file is damaged or belongs to another network.
    """
    weights = _checked(catalogue, local_weights)
    import_keras()
    import keras

    build = getattr(keras.applications, catalogue.application or "", None)
    if build is None:
        raise NetworkError(f"this Keras has no {catalogue.application}", mend="update Keras")
    size = _A_SIZE if catalogue.application in _NEEDS_A_SIZE else (None, None, 3)
    try:
        # Only with its own weights does Keras build EfficientNet as it was trained (with one
        # more rescaling), so it is asked for those, and handed the file that was chosen.
        with _handing_out(weights), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return build(include_top=False, weights="imagenet", input_shape=size)
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise NetworkError(
            f"{catalogue.label} cannot take its weights from this file "
            f"({reason(error)}): it is damaged, or belongs to another network",
            place=Place(weights),
            mend="put the right file in its place",
        ) from error


def weights_at_hand(
    catalogue: Catalogue,
    local_weights: Path | None,
    on_bytes: OnBytes = lambda done, total: None,
) -> Path:
    """The weights file, fetched into Keras's own folder if it has to be; ``on_bytes`` hears of
    that. Raises NetworkUnavailable."""
    if local_weights is not None:
        if not local_weights.is_file():
            raise NetworkUnavailable(
                f"the weights of {catalogue.label} are not here",
                place=Place(local_weights),
                mend="put the file there, or name another",
            )
        return local_weights
    published = catalogue.weights
    if published is None:
        raise NetworkUnavailable(f"Keras publishes no weights for {catalogue.label}")
    path = keras_folder() / published.name
    if not path.is_file():
        fetch(published, path, catalogue.label, on_bytes)
    return path


def _checked(catalogue: Catalogue, local_weights: Path | None) -> Path:
    """The weights file; Keras's own is looked at for damage."""
    path = weights_at_hand(catalogue, local_weights)
    _refuse_tricks(path, catalogue.label)
    if local_weights is None and catalogue.weights and not _matches(path, catalogue.weights):
        raise NetworkError(
            f"the weights of {catalogue.label} are damaged: this is not the file Keras publishes",
            place=Place(path),
            mend="delete it, so that it is fetched again; or, if it is one of your own, name it "
            "as the network's `weights`",
        )
    return path


def _refuse_tricks(path: Path, label: str) -> None:
    """Raise NetworkError for a file that is not plain weights (see ``contents``)."""
    try:
        if path.suffix.lower() not in (".h5", ".hdf5", ".keras"):
            raise ValueError("it is no .h5 file")
        count_weights(path)
    except NetworkError:
        raise
    except Exception as error:
        raise NetworkError(
            f"{label} cannot take its weights from this file ({reason(error)}): it is damaged",
            place=Place(path),
            mend="delete it, so that it is fetched again, or put a whole one in its place",
        ) from error


def _matches(path: Path, published: WeightsFile) -> bool:
    """Whether a file has the hash Keras knows it by; True where Keras knows none."""
    if published.hash is None:
        return True
    algorithm = "md5" if len(published.hash) == 32 else "sha256"
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest() == published.hash


@contextmanager
def _handing_out(weights: Path) -> Iterator[None]:
    """Let Keras find ``weights`` wherever it looks for its own, and fetch nothing."""
    from keras.src.utils import file_utils

    with _one_at_a_time:
        kept = file_utils.get_file
        file_utils.get_file = lambda *_, **__: str(weights)
        try:
            yield
        finally:
            file_utils.get_file = kept
