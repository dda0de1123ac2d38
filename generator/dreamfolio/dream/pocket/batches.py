"""Batches to learn from: one motif in a picture or several, near or far, framed or not."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dreamfolio.dream.pocket.architecture import STRIDE
from dreamfolio.dream.pocket.drawing.canvas import noise, smooth
from dreamfolio.dream.pocket.samples import Pictures, Samples

PARTS = 4
"""The most motifs in one picture."""


class Batches:
    """An endless row of batches, each the same for the same seed and number.

    A batch is ``(pictures, shares), labels, counts``: pictures (n, side, side, 3) float32 in
    [-1, 1]; shares (n, PARTS, cells, cells) float32, how much of each part every cell of the
    deepest stage shows, each part's summing to 1 (or all 0 where there is no such part); labels
    (n, PARTS) int32, the part's class; counts (n, PARTS) float32, how much it counts.
    """

    def __init__(self, samples: Samples, seed: int, batch: int, side: int):
        self._samples = samples.pictures
        self._seed, self._batch, self._side = seed, batch, side
        self._cells = side // STRIDE

    def __getitem__(self, number: int) -> tuple[Any, Any, Any]:
        rng = np.random.default_rng((self._seed, 7, number))
        made = [self._one(rng) for _ in range(self._batch)]
        pictures, shares, labels, counts = (np.stack(part) for part in zip(*made, strict=True))
        return (pictures.astype(np.float32) / 127.5 - 1, shares), labels, counts

    def _one(self, rng: np.random.Generator) -> tuple[Any, ...]:
        chance = rng.random()
        if chance < 0.45:
            made, parts, classes = self._single(rng)
        elif chance < 0.85:
            made, parts, classes = self._two(rng)
        else:
            made, parts, classes = self._four(rng)
        made = _jittered(made, rng)
        made, seen = _framed(made, rng)
        cells = self._cells
        shares = np.zeros((PARTS, cells, cells), np.float32)
        labels = np.zeros(PARTS, np.int32)
        counts = np.zeros(PARTS, np.float32)
        for at, (part, number) in enumerate(zip(parts, classes, strict=True)):
            share = (part * seen).reshape(cells, STRIDE, cells, STRIDE).mean((1, 3))
            total = float(share.sum())
            labels[at] = number
            # A sliver of a motif cannot be told, and ought not to be.
            if total > 0.12 * cells * cells:
                shares[at] = share / total
                counts[at] = 1 / len(classes)
        return made, shares, labels, counts

    def _single(self, rng: np.random.Generator) -> tuple[Any, Any, list[int]]:
        number = self._class(rng)
        whole = np.ones((self._side, self._side), np.float32)
        return self._view(number, self._side, rng), [whole], [number]

    def _two(self, rng: np.random.Generator) -> tuple[Any, Any, list[int]]:
        """Two motifs that share the picture along a smooth line."""
        one, other = self._class(rng), self._class(rng)
        field = noise(rng, self._side, float(rng.uniform(1.0, 2.2)))
        middle = float(np.quantile(field, rng.uniform(0.35, 0.65)))
        part = smooth(middle - 0.03, middle + 0.03, field)
        first, second = (self._view(number, self._side, rng) for number in (one, other))
        mixed = first * part[..., None] + second * (1 - part[..., None])
        return mixed.astype(np.uint8), [part, 1 - part], [one, other]

    def _four(self, rng: np.random.Generator) -> tuple[Any, Any, list[int]]:
        """Four motifs, seen from afar."""
        half = self._side // 2
        classes = [self._class(rng) for _ in range(PARTS)]
        made = np.zeros((self._side, self._side, 3), np.uint8)
        parts = []
        for at, number in enumerate(classes):
            row, column = divmod(at, 2)
            here = np.s_[row * half : (row + 1) * half, column * half : (column + 1) * half]
            made[here] = self._view(number, half, rng, nearest=0.8)
            part = np.zeros((self._side, self._side), np.float32)
            part[here] = 1
            parts.append(part)
        return made, parts, classes

    def _class(self, rng: np.random.Generator) -> int:
        return int(rng.integers(len(self._samples)))

    def _view(
        self, number: int, side: int, rng: np.random.Generator, nearest: float = 0.55
    ) -> Pictures:
        """A sample of a class, some part of it, at ``side`` pixels."""
        sample = self._samples[number, rng.integers(self._samples.shape[1])]
        whole = sample.shape[0]
        cut = whole * rng.uniform(nearest, 1.0)
        x, y = rng.uniform(0, whole - cut, 2)
        image = Image.fromarray(sample).resize(
            (side, side), Image.Resampling.BILINEAR, box=(x, y, x + cut, y + cut)
        )
        view = np.asarray(image)
        return view[:, ::-1] if rng.random() < 0.5 else view


def _jittered(made: Pictures, rng: np.random.Generator) -> NDArray[np.float32]:
    """Light and colour as they differ from render to render; now and then none at all."""
    values = made.astype(np.float32)
    if rng.random() < 0.06:
        values = np.repeat(values.mean(-1, keepdims=True), 3, -1)
    values = (values - 128) * rng.uniform(0.6, 1.25) + 128 + rng.uniform(-30, 30)
    return np.clip(values, 0, 255)


def _framed(
    made: NDArray[np.float32], rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Now and then within a plain frame, so that the network's own border means nothing to it."""
    side = len(made)
    seen = np.ones((side, side), np.float32)
    if rng.random() < 0.3:
        top, bottom, left, right = rng.integers(0, side // 4, 4) * (rng.random(4) < 0.6)
        seen[:top] = seen[side - bottom :] = 0
        seen[:, :left] = seen[:, side - right :] = 0
        colour = rng.uniform(0, 255, 3) if rng.random() < 0.5 else np.zeros(3)
        made = np.where(seen[..., None] > 0, made, colour.astype(np.float32))
    return made, seen
