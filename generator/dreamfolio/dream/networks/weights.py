"""Where a network's weights lie, or would lie once they are fetched."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from dreamfolio.dream.networks.catalogue import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import NetworkError


def locate(reference: NetworkReference) -> Path:
    """The file of a network's weights, whether or not it is there.

    A local file where the reference names one, else the place in Keras's own folder
    (``$KERAS_HOME/models`` or ``~/.keras/models``). Raises UnknownNetwork, and NetworkError where
    Keras publishes none.
    """
    local = reference.weights or reference.file
    if local is not None:
        return local
    catalogue = catalogue_of(reference)
    if catalogue is None or catalogue.weights is None:
        raise NetworkError(f"{reference.label} has no weights that Keras publishes")
    return keras_folder() / catalogue.weights.name


def keras_folder() -> Path:
    """Where Keras keeps the weights it fetches."""
    home = os.environ.get("KERAS_HOME")
    if home:
        return Path(home).expanduser() / "models"
    user = Path("~").expanduser()
    # Keras does the same where the user's own folder cannot be written to.
    base = user if os.access(user, os.W_OK) else Path(tempfile.gettempdir())
    return base / ".keras" / "models"
