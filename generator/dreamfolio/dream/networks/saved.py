"""A network in a file: its config, read without Keras."""

from __future__ import annotations

import json
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.listing import automatic_counters, first_kind, list_layers
from dreamfolio.dream.networks.reference import Preprocess
from dreamfolio.dream.networks.safe import refuse_code
from dreamfolio.errors import NetworkError, Place


def catalogue_of_file(file: Path, preprocess: Preprocess | None) -> Catalogue | None:
    """The catalogue of a ``.keras`` or ``.h5`` file; None where it is not here, or where it is
    ``.h5`` and there is no h5py to read it with.

    Raises NetworkError where the file is damaged, is no network, or is refused.
    """
    try:
        stat = file.stat()
    except OSError:
        return None
    return _catalogue(file, preprocess, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _catalogue(
    file: Path, preprocess: Preprocess | None, _mtime: int, _size: int
) -> Catalogue | None:
    config = read_config(file)
    if config is None:
        return None
    refuse_code(config, file)
    try:
        layers = list_layers(config)
        # A network that opens with a rescaling of its own was trained on plain pixels.
        scales_itself = first_kind(config) in ("Rescaling", "Normalization")
        automatic = automatic_counters(config)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _damaged(file, f"its config cannot be read ({error!r})") from error
    if not layers:
        raise NetworkError(
            "the network has no layer to dream", place=Place(file), mend="it must be convolutional"
        )
    return Catalogue(
        label=file.stem,
        layers=layers,
        automatic=automatic,
        preprocess=preprocess or ("none" if scales_itself else "tf"),
    )


def read_config(file: Path) -> dict[str, Any] | None:
    """A saved network's config as it is, nothing of it judged; None for ``.h5`` without h5py.

    Raises NetworkError where the file is damaged or no network.
    """
    text = _read_zip(file) if file.suffix.lower() == ".keras" else _read_hdf5(file)
    if text is None:
        return None
    try:
        config = json.loads(text)
    except ValueError as error:
        raise _damaged(file, f"its config is not JSON ({error})") from error
    if not isinstance(config, dict) or not isinstance(config.get("config"), dict):
        raise _damaged(file, "its config is not that of a network")
    return config


def _read_zip(file: Path) -> bytes:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.read("config.json")
    except (OSError, KeyError, zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError) as error:
        raise _damaged(file, f"it is not a whole .keras file ({error})") from error


def _read_hdf5(file: Path) -> str | bytes | None:
    try:
        import h5py
    except ImportError:
        return None
    try:
        with h5py.File(file, "r") as opened:
            config = opened.attrs.get("model_config")
    except OSError as error:
        raise _damaged(file, f"it is not a whole HDF5 file ({error})") from error
    if not isinstance(config, str | bytes):
        raise NetworkError(
            "the file holds weights and no network",
            place=Place(file),
            mend="save the whole model, or name it as the `weights` of a named network",
        )
    return config


def _damaged(file: Path, why: str) -> NetworkError:
    return NetworkError(
        f"the network is damaged: {why}", place=Place(file), mend="save or fetch it again"
    )
