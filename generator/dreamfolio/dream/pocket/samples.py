"""Pictures of every motif, drawn by all cores and kept in one file while a network learns."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.paint import picture
from dreamfolio.dream.pocket.formulas import MOTIFS

SIDE = 128
"""Pixels along a side of a sample; batches are cut from it."""

Pictures = NDArray[np.uint8]

_log = logging.getLogger("dreamfolio.pocket")


@dataclass(frozen=True)
class Samples:
    """``pictures``, (classes, samples, side, side, 3) uint8 RGB; ``names`` are the classes'."""

    pictures: Pictures
    names: tuple[str, ...]


def sample(number: int, seed: int, index: int, side: int = SIDE) -> Pictures:
    """Sample ``index`` of motif ``number``: the same for the same ``seed``."""
    rng = np.random.default_rng((seed, number, index))
    return picture(MOTIFS[number], rng, side)


def draw(folder: Path, each: int, seed: int) -> Samples:
    """``each`` samples of every motif, drawn into ``folder``, or found there from before.

    The file is about 49 KB a sample. It is drawn again where a formula has changed.
    """
    names = tuple(motif.name for motif in MOTIFS)
    file, note = folder / "samples.npy", folder / "samples.json"
    asked = {"names": names, "each": each, "seed": seed, "formulas": formulas_digest()}
    asked = json.loads(json.dumps(asked))
    if file.exists() and note.exists() and json.loads(note.read_text("utf-8")) == asked:
        _log.info("samples: found in %s", folder)
        return Samples(np.load(file, mmap_mode="r"), names)
    folder.mkdir(parents=True, exist_ok=True)
    note.unlink(missing_ok=True)
    shape = (len(names), each, SIDE, SIDE, 3)
    pictures = np.lib.format.open_memmap(file, mode="w+", dtype=np.uint8, shape=shape)
    started = time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        jobs = [workers.submit(_draw_class, n, seed, each) for n in range(len(names))]
        for number, job in enumerate(jobs):
            pictures[number] = job.result()
            if number % 10 == 9 or number + 1 == len(names):
                took = time.monotonic() - started
                left = took / (number + 1) * (len(names) - number - 1)
                _log.info(
                    "samples: %d of %d classes, about %.0f s left", number + 1, len(names), left
                )
    pictures.flush()
    note.write_text(json.dumps(asked), "utf-8")
    return Samples(pictures, names)


def _draw_class(number: int, seed: int, each: int) -> Pictures:
    return np.stack([sample(number, seed, index) for index in range(each)])


def held_out(
    each: int, seed: int, side: int, numbers: Sequence[int] | None = None
) -> tuple[Pictures, NDArray[np.int64]]:
    """Fresh pictures that no training has seen, (n, side, side, 3), and the classes they show."""
    wanted = range(len(MOTIFS)) if numbers is None else numbers
    pairs = [(number, index) for number in wanted for index in range(each)]
    # Training counts its samples from 0 up; a seed of three numbers meets none of them.
    drawn = [
        picture(MOTIFS[number], np.random.default_rng((seed, number, index, 1)), side)
        for number, index in pairs
    ]
    return np.stack(drawn), np.array([number for number, _ in pairs])


def formulas_digest() -> str:
    """SHA-256 over the code that samples are drawn by."""
    room = Path(__file__).parent
    digest = hashlib.sha256()
    for part in ("drawing", "formulas"):
        for file in sorted((room / part).glob("*.py")):
            digest.update(f"{part}/{file.name}".encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
