"""What a file of weights may hold: numbers, all of them its own, and no more than its size allows.

An archive or an HDF5 file can name other files to read in its place, and can declare more than any
machine holds; a ``.npz`` within may be a pickle. Whatever version of Keras reads it, it is looked
through before.
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dreamfolio.errors import NetworkError, Place

CONFIG, WEIGHTS = "config.json", "model.weights.h5"
MAX_CONFIG_BYTES = 32_000_000
# Weights hardly shrink when packed, so what grows more than this was not made by saving a network.
_MOST_GROWTH = 20
_ALWAYS_FINE = 100_000_000
# Beside its weights a network has the states of its random numbers.
_SOME_MORE = 10_000

_MEMBERS = {"metadata.json", CONFIG, WEIGHTS}


def config_in(file: Path) -> bytes:
    """The config in a ``.keras`` file. Raises NetworkError where there is more in it than a network
    of plain layers has, and what ``zipfile`` raises where it is damaged."""
    with zipfile.ZipFile(file) as archive:
        _refuse_members(archive, file)
        return archive.read(CONFIG)


def count_weights(file: Path) -> int | None:
    """How many numbers are in a ``.keras`` or HDF5 file; None without h5py.

    Raises NetworkError where one of them would be read from elsewhere or they are more than the
    file can hold, and what ``zipfile`` and h5py raise where it is damaged.
    """
    try:
        import h5py
    except ImportError:
        return None
    if file.suffix.lower() != ".keras":
        with h5py.File(file, "r") as opened:
            return _count(opened, file)
    with zipfile.ZipFile(file) as archive:
        _refuse_members(archive, file)
        with h5py.File(io.BytesIO(archive.read(WEIGHTS)), "r") as opened:
            return _count(opened, file)


@contextmanager
def at_most(weights: int, file: Path) -> Iterator[None]:
    """Let layers that are made here have no more than so many weights in all: those that a config
    declares are made before any is read."""
    import keras

    made = 0
    here = threading.get_ident()
    add_weight = keras.layers.Layer.add_weight

    def counting(layer: Any, shape: Any = None, *arguments: Any, **options: Any) -> Any:
        nonlocal made
        if threading.get_ident() == here:
            made += _product(shape or ())
        if made > weights + _SOME_MORE:
            raise _refused(file, f"its layers have more weights than the {weights:,} in it")
        return add_weight(layer, shape, *arguments, **options)

    keras.layers.Layer.add_weight = counting
    try:
        yield
    finally:
        keras.layers.Layer.add_weight = add_weight
    if made > weights + _SOME_MORE:  # Keras may have taken the error for one of its own.
        raise _refused(file, f"its layers have more weights than the {weights:,} in it")


def _refuse_members(archive: zipfile.ZipFile, file: Path) -> None:
    names = [one.filename for one in archive.infolist()]
    for one in archive.infolist():
        if one.filename not in _MEMBERS or names.count(one.filename) > 1:
            raise _refused(file, f"it has {one.filename[:60]!r} in it, which no network needs")
        most = _most(one.compress_size) if one.filename == WEIGHTS else MAX_CONFIG_BYTES
        if one.file_size > most:
            raise _refused(file, f"its {one.filename} would unfold to {_size(one.file_size)}")


def _count(opened: Any, file: Path) -> int:
    """The numbers in an open HDF5 file."""
    import h5py

    count = declared = 0
    seen: set[int] = set()
    waiting = [opened]
    while waiting:
        group = waiting.pop()
        for name in group:
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise _refused(file, f"its {name[:80]!r} leads elsewhere")
            one = group[name]
            address = h5py.h5o.get_info(one.id).addr
            if address in seen:
                continue
            seen.add(address)
            if isinstance(one, h5py.Group):
                waiting.append(one)
            elif isinstance(one, h5py.Dataset):
                if one.external or one.is_virtual:
                    raise _refused(file, f"its {name[:80]!r} is read from another file")
                numbers = _product(one.shape or ())
                count += numbers
                declared += numbers * one.dtype.itemsize
    if declared > _most(file.stat().st_size):
        raise _refused(file, f"it declares {_size(declared)} of weights")
    return count


def _most(packed: int) -> int:
    return max(_ALWAYS_FINE, _MOST_GROWTH * packed)


def _product(shape: Any) -> int:
    # Not numpy's, which runs over.
    product = 1
    for side in (shape,) if isinstance(shape, int) else shape:
        product *= int(side)
    return product


def _size(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"


def _refused(file: Path, why: str) -> NetworkError:
    return NetworkError(
        f"the network is refused: {why}", place=Place(file), mend="save or fetch it again"
    )
