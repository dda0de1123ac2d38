"""Train ``pocket``: ``python -m dreamfolio.dream.pocket.train --minutes 60``.

Draws samples of every motif by formula, learns to name the motifs, measures what was learned on
samples it has not seen, and writes the weights, their card and a contact sheet of the classes.
Runs on whatever Keras runs on (``KERAS_BACKEND=tensorflow``, ``jax`` or ``torch``).
"""

from __future__ import annotations

import argparse
import logging
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from dreamfolio.dream.backend.quiet import import_keras
from dreamfolio.dream.pocket import card, measure, weights
from dreamfolio.dream.pocket.architecture import build
from dreamfolio.dream.pocket.batches import PARTS, Batches
from dreamfolio.dream.pocket.formulas import FAMILIES, MOTIFS
from dreamfolio.dream.pocket.samples import Samples, draw
from dreamfolio.dream.pocket.sheet import overview, sheet

_SIDE = 96
_BATCH = 128
# Samples of each motif that the network is measured by.
_TRIED = 10
_log = logging.getLogger("dreamfolio.pocket")


def main() -> None:
    """Read the command line, and train."""
    asked = _parser().parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(asked.out / "train.log")],
    )
    samples = draw(asked.samples or asked.out / "samples", asked.each, asked.seed)
    started = time.monotonic()
    with _on(asked.device):
        network, seen = train(samples, asked.minutes, asked.seed, asked.rate, asked.out)
    minutes = (time.monotonic() - started) / 60
    file = asked.out / weights.FILE.name
    weights.save(weights.folded(network), file)
    shipped = weights.load(file)
    _log.info("measuring")
    told = card.Card.of(
        shipped,
        file,
        seen=seen,
        each=asked.each,
        minutes=minutes,
        seed=asked.seed,
        accuracy=measure.accuracy(shipped, each=_TRIED, seed=asked.seed),
        held_out=_TRIED * len(MOTIFS),
        likes=measure.likes(shipped, each=_TRIED, seed=asked.seed),
    )
    told.write(asked.out)
    motifs = [motif for family in FAMILIES.values() for motif in family]
    sheet(motifs, asked.seed, 64, 12).save(asked.out / "classes.jpg", quality=85)
    overview(motifs, asked.seed).save(asked.out / card.OVERVIEW, quality=80, method=6)
    _log.info("held-out accuracy %.1f %%; written to %s", 100 * told.accuracy, asked.out)


def train(samples: Samples, minutes: float, seed: int, rate: float, out: Path) -> tuple[Any, int]:
    """Learn for ``minutes`` from ``samples``; the network, and how many pictures it has seen.

    What is learned so far is written to ``out`` every five minutes.
    """
    import_keras()
    import keras

    keras.utils.set_random_seed(seed)
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    network = build(len(samples.names), normalised=True)
    learner = _learner(network)
    optimizer = keras.optimizers.AdamW(rate, weight_decay=0.02, clipnorm=1.0)
    learner.compile(
        optimizer=optimizer,
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        weighted_metrics=["sparse_categorical_accuracy"],
    )
    from dreamfolio.dream.pocket.clock import Clock

    clock = Clock(
        minutes, rate, _BATCH, lambda: weights.save(weights.folded(network), out / "so_far.npz")
    )
    batches = _ahead(Batches(samples, seed, _BATCH, _SIDE))
    learner.fit(batches, epochs=1, verbose=0, shuffle=False, callbacks=[clock])
    return network, clock.seen


def _learner(network: Any) -> Any:
    """``network`` with its logits averaged over each part of a picture, (n, PARTS, classes)."""
    import keras
    from keras import ops

    shares = keras.Input((PARTS, None, None), name="shares")
    named = ops.einsum("nhwk,nphw->npk", network.output, shares)
    return keras.Model([network.input, shares], named)


def _ahead(batches: Batches) -> Any:
    """The batches, made by threads of their own while the network learns."""
    import keras

    class Ahead(keras.utils.PyDataset):  # type: ignore[misc]
        def __len__(self) -> int:
            return 10_000_000  # the clock ends it

        def __getitem__(self, number: int) -> Any:
            return batches[number]

    return Ahead(workers=2, use_multiprocessing=False, max_queue_size=8)


def _on(device: str | None) -> AbstractContextManager[Any]:
    """Where to compute: ``cpu``, ``gpu``, ``gpu:1``; Keras's own choice where none is named."""
    if device is None:
        return nullcontext()
    import_keras()
    import keras

    return keras.device(device if ":" in device else f"{device}:0")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dreamfolio.dream.pocket.train",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=60, help="how long to learn (60)")
    parser.add_argument("--device", help="cpu, gpu or gpu:1; by default what Keras chooses")
    parser.add_argument("--each", type=int, default=250, help="samples of each motif (250)")
    parser.add_argument("--seed", type=int, default=1, help="of samples, weights and order (1)")
    parser.add_argument(
        "--rate", type=float, default=2e-3, help="the highest learning rate (0.002)"
    )
    parser.add_argument("--samples", type=Path, help="folder to keep the samples in (OUT/samples)")
    parser.add_argument("--out", type=Path, default=Path("pocket"), help="folder for what is made")
    return parser


if __name__ == "__main__":
    main()
