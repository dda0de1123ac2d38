"""A network in a file: its config, read without Keras."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.contents import config_in
from dreamfolio.dream.networks.listing import automatic_counters, first_kind, list_layers
from dreamfolio.dream.networks.reference import Preprocess
from dreamfolio.dream.networks.safe import refuse_code
from dreamfolio.errors import NetworkError, Place, reason, reason_with_type

_LONGEST_NAME = 255

_asked: set[Path] = set()


def files_asked() -> frozenset[Path]:
    """The files of which a catalogue was asked for in this process, whether they are there or
    not: what was read of manifests may be otherwise once one of them changes."""
    return frozenset(_asked)


def catalogue_of_file(file: Path, preprocess: Preprocess | None) -> Catalogue | None:
    """The catalogue of a ``.keras`` or ``.h5`` file; None where it is not here, or where it is
    ``.h5`` and there is no h5py to read it with.

    Raises NetworkError where the file is damaged, is no network, or is refused.
    """
    _asked.add(file)
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):  # Of a pipe or a device, reading could take for ever.
        raise _damaged(file, "it is no file")
    return _catalogue(file, preprocess, found.st_mtime_ns, found.st_size)


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
        _check_plain(layers)
    # A config of anybody's can be wrong in any way.
    except Exception as error:
        raise _damaged(file, f"its config cannot be read ({reason_with_type(error)})") from error
    if not layers:
        raise NetworkError(
            "the network has no layer to dream", place=Place(file), mend="it must be convolutional"
        )
    return Catalogue(
        label=file.stem,
        layers=layers,
        automatic=automatic,
        preprocess=preprocess or ("none" if scales_itself else "tf"),
        file=file,
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
    except (ValueError, RecursionError) as error:
        raise _damaged(file, f"its config is not JSON ({reason(error)})") from error
    if not isinstance(config, dict) or not isinstance(config.get("config"), dict):
        raise _damaged(file, "its config is not that of a network")
    return config


def _read_zip(file: Path) -> bytes:
    try:
        return config_in(file)
    except NetworkError:
        raise
    # Each kind of packing fails in a way of its own.
    except Exception as error:
        raise _damaged(file, f"it is not a whole .keras file ({reason(error)})") from error


def _read_hdf5(file: Path) -> str | bytes | None:
    try:
        import h5py
    except ImportError:
        return None
    try:
        with h5py.File(file, "r") as opened:
            config = opened.attrs.get("model_config")
    except Exception as error:
        raise _damaged(file, f"it is not a whole HDF5 file ({reason(error)})") from error
    if not isinstance(config, str | bytes):
        raise NetworkError(
            "the file holds weights and no network",
            place=Place(file),
            mend="save the whole model, or name it as the `weights` of a named network",
        )
    return config


def _check_plain(layers: Iterable[LayerInfo]) -> None:
    for layer in layers:
        name, channels = layer.name, layer.channels
        if not (name.isprintable() and 0 < len(name) <= _LONGEST_NAME):
            raise ValueError(f"{name[:60]!r} is no name of a layer")
        if channels is not None and not (isinstance(channels, int) and channels > 0):
            raise ValueError(f"{name} has {str(channels)[:60]} channels")


def _damaged(file: Path, why: str) -> NetworkError:
    return NetworkError(
        f"the network is damaged: {why}", place=Place(file), mend="save or fetch it again"
    )
