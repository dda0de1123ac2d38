"""Specimens of a motif: what its name stands for, drawn by its own formula."""

from __future__ import annotations

import io
import zlib

import numpy as np
from PIL import Image

from dreamfolio.dream.pocket.drawing.paint import picture
from dreamfolio.dream.pocket.formulas import MOTIFS

_BY_NAME = {motif.name: motif for motif in MOTIFS}


def specimens(name: str, *, count: int, side: int) -> bytes | None:
    """``count`` samples of the motif in a row, each ``side`` pixels wide and high, as WebP.

    The same ones at every call. None where there is no formula of that name.
    """
    motif = _BY_NAME.get(name)
    if motif is None:
        return None
    # By the name, and no place in a list: a motif that joins leaves the others' pictures alone.
    seed = zlib.crc32(name.encode())
    drawn = [picture(motif, np.random.default_rng((seed, index)), side) for index in range(count)]
    buffer = io.BytesIO()
    Image.fromarray(np.concatenate(drawn, axis=1)).save(buffer, "WEBP", quality=82, method=4)
    return buffer.getvalue()
