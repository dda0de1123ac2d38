"""What a trained ``pocket`` can do: how many motifs it names, and what each layer likes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.architecture import convolutions
from dreamfolio.dream.pocket.formulas import MOTIFS
from dreamfolio.dream.pocket.samples import Pictures, held_out

SIDE = 96
"""Pixels along a side of the pictures that are measured by."""


def accuracy(model: Any, *, each: int, seed: int, numbers: Sequence[int] | None = None) -> float:
    """The share, in [0, 1], of ``each`` fresh samples a motif that the network names right.

    ``model`` gives logits by position, which are averaged over the picture. ``numbers`` are the
    motifs to try, all by default.
    """
    pictures, labels = held_out(each, seed, SIDE, numbers)
    logits = np.asarray(model.predict(as_input(pictures), batch_size=64, verbose=0))
    return float((logits.mean((1, 2)).argmax(-1) == labels).mean())


def likes(model: Any, *, each: int, seed: int, most: int = 4) -> dict[str, list[str]]:
    """For every layer the motifs it responds to most, by name, the best liked first.

    A channel's favourites are the motifs whose samples it responds to most, on average; a layer
    likes those that are the favourites of most of its channels.
    """
    import keras

    names = [one.name for one in convolutions()]
    part = keras.Model(model.inputs, [model.get_layer(name).output for name in names])
    pictures, labels = held_out(each, seed, SIDE)
    responses: list[list[NDArray[np.float32]]] = [[] for _ in names]
    for start in range(0, len(pictures), 64):
        outputs = part.predict_on_batch(as_input(pictures[start : start + 64]))
        for kept, output in zip(responses, outputs, strict=True):
            kept.append(np.asarray(output).mean((1, 2)))
    return {
        name: [MOTIFS[number].name for number in _liked(np.concatenate(kept), labels)[:most]]
        for name, kept in zip(names, responses, strict=True)
    }


def _liked(responses: NDArray[np.float32], labels: NDArray[np.int64]) -> list[int]:
    """Classes by how much a layer likes them; ``responses`` are (samples, channels)."""
    classes = int(labels.max()) + 1
    mean = np.stack([responses[labels == number].mean(0) for number in range(classes)])
    above = (mean - mean.mean(0)) / (mean.std(0) + 1e-6)
    # A motif that all channels answer to, since it is loud, tells little of any of them.
    above = above - above.mean(1, keepdims=True)
    first, second, third = np.argsort(-above, axis=0)[:3]
    liking = np.zeros(classes)
    for favourites, weight in ((first, 1.0), (second, 0.5), (third, 0.25)):
        np.add.at(liking, favourites, weight)
    return [int(number) for number in np.argsort(-liking)]


def as_input(pictures: Pictures) -> NDArray[np.float32]:
    """uint8 pictures as the network takes them, in [-1, 1]."""
    return pictures.astype(np.float32) / 127.5 - 1
