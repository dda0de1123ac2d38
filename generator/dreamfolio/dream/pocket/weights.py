"""The weights of ``pocket``: folded for the box, written, and read again."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.architecture import HEAD, build, convolutions
from dreamfolio.errors import NetworkError, Place, reason
from dreamfolio.files import write_atomically

FILE = Path(__file__).with_name("weights.npz")
"""Where the weights that ship lie: float16, each convolution's kernel and bias."""

Arrays = dict[str, NDArray[np.float16]]


def folded(trained: Any) -> Arrays:
    """The kernels and biases of a trained network, its normalisations folded into them.

    A normalisation is a scale and a shift per channel, so the convolution before it can take it
    over and nothing changes but the speed.
    """
    arrays: Arrays = {}
    for one in convolutions():
        (kernel,) = trained.get_layer(f"{one.name}_conv").get_weights()
        norm = trained.get_layer(f"{one.name}_norm")
        gamma, beta, mean, variance = norm.get_weights()
        scale = gamma / np.sqrt(variance + norm.epsilon)
        arrays[f"{one.name}_conv.kernel"] = (kernel * scale).astype(np.float16)
        arrays[f"{one.name}_conv.bias"] = (beta - mean * scale).astype(np.float16)
    kernel, bias = trained.get_layer(HEAD).get_weights()
    arrays[f"{HEAD}.kernel"] = kernel.astype(np.float16)
    arrays[f"{HEAD}.bias"] = bias.astype(np.float16)
    return arrays


def save(arrays: Arrays, file: Path) -> None:
    """Write ``arrays`` to ``file``, whole or not at all; the same arrays give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            raw = io.BytesIO()
            np.lib.format.write_array(raw, array, allow_pickle=False)
            # A fixed time, or every saving would have a digest of its own.
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, raw.getvalue())
    write_atomically(file, packed.getvalue())


def load(file: Path = FILE, motifs: int | None = None) -> Any:
    """``pocket`` as it ships, a Keras model in float32 with the head on it; at each position its
    logits have a mean of 0.

    Raises NetworkError where the file is damaged, not there, or of another number of ``motifs``.
    """
    try:
        with np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name].astype(np.float32) for name in archive.files}
        classes = len(arrays[f"{HEAD}.bias"])
        if motifs not in (None, classes):
            raise ValueError(f"{classes} motifs and not {motifs}")
        # To tell classes apart only differences of logits count, so what all have in common was
        # never learned: left in, a dream would climb that and not its motif.
        for part in (f"{HEAD}.kernel", f"{HEAD}.bias"):
            arrays[part] -= arrays[part].mean(-1, keepdims=True)
        model = build(classes, normalised=False)
        for name in [*(f"{one.name}_conv" for one in convolutions()), HEAD]:
            model.get_layer(name).set_weights([arrays[f"{name}.kernel"], arrays[f"{name}.bias"]])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise NetworkError(
            f"the weights of pocket cannot be read ({reason(error)})",
            place=Place(file),
            mend="install dreamfolio again",
        ) from error
    return model
