"""Where a network's weights lie, or would lie once they are fetched."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.dream import pocket
from dreamfolio.dream.backend.choice import keras_home
from dreamfolio.dream.networks.known import canonical_name, catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import NetworkError

EMBEDDED_WEIGHTS = Path(pocket.__file__).with_name("weights.npz")
"""The weights that dreamfolio ships itself."""


def locate(reference: NetworkReference) -> Path:
    """The file of a network's weights, whether or not it is there.

    A local file where the reference names one, else the place in Keras's own folder
    (``$KERAS_HOME/models`` or ``~/.keras/models``). Raises UnknownNetwork, and NetworkError where
    Keras publishes none.
    """
    local = reference.weights or reference.file
    if local is not None:
        return local
    if reference.name is not None and canonical_name(reference.name) == pocket.EMBEDDED:
        return EMBEDDED_WEIGHTS
    catalogue = catalogue_of(reference)
    if catalogue is None or catalogue.weights is None:
        raise NetworkError(f"{reference.label} has no weights that Keras publishes")
    return keras_folder() / catalogue.weights.name


def keras_folder() -> Path:
    """Where Keras keeps the weights it fetches."""
    return keras_home() / "models"
