"""Lines that fold into themselves: dragons, snowflakes, mazes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from dreamfolio.dream.pocket.drawing.canvas import drawn, rounded, smooth
from dreamfolio.dream.pocket.drawing.fractals import soft
from dreamfolio.dream.pocket.drawing.outlines import Path, filled, laid, pairs
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


@lru_cache(maxsize=4)
def _dragon_path(folds: int) -> Path:
    turns = np.zeros(0, int)
    for _ in range(folds):
        turns = np.concatenate([turns, [1], -turns[::-1]])
    headings = np.concatenate([[0], np.cumsum(turns)])
    return np.concatenate([[0], np.cumsum(1j**headings)])


def _dragon(rng: np.random.Generator, size: int) -> Relief:
    path, step = laid(rng, _dragon_path(int(rng.integers(8, 11))), (0.9, 1.7), 0.15)
    # Corners cut off show how the line turns and never crosses itself.
    thirds = np.stack([path[:-1] * 0.7 + path[1:] * 0.3, path[:-1] * 0.3 + path[1:] * 0.7], 1)
    line = thirds.ravel()
    thick = drawn(size, [(pairs(line), 0.55 * step)])
    parts = np.array_split(line, 24)
    shapes = [
        (pairs(part), 60 + 195 * number // 24) for number, part in enumerate(parts) if len(part) > 1
    ]
    image = Image.new("L", (size, size))
    pen = ImageDraw.Draw(image)
    for spots, grey in shapes:
        ends = [((u + 0.5) * size, (v + 0.5) * size) for u, v in spots]
        pen.line(ends, grey, max(2, int(step * size)))
    age = np.asarray(image, np.float32) / 255
    height = rounded(thick, 0.4 * step + 0.01)
    tone = 0.1 + 0.65 * age * thick + 0.25 * height
    return Relief(height, tone.astype(np.float32), smooth(0.1, 0.6, thick))


def _koch(corners: Path, rounds: int, out: float) -> Path:
    """Every side's middle third raised to a point; ``out`` negative digs it in."""
    path = np.append(corners, corners[0])
    for _ in range(rounds):
        step = np.diff(path)
        tip = 0.5 - 1j * out * np.sqrt(3) / 6
        points = [path[:-1], path[:-1] + step / 3, path[:-1] + tip * step, path[:-1] + 2 * step / 3]
        path = np.append(np.stack(points, 1).ravel(), path[-1])
    return path


def _snowflake_curve(rng: np.random.Generator, size: int) -> Relief:
    sides = int(rng.integers(3, 7))
    out = rng.uniform(0.75, 1.1) * rng.choice([1, 1, -1])
    start, _ = laid(rng, np.exp(2j * np.pi * np.arange(sides) / sides), (0.75, 1.35), 0.1)
    middle = start.mean()
    nested = int(rng.integers(3, 5))
    shapes = []
    for ring in range(nested):
        scaled = middle + (start - middle) * (1 - ring / nested) ** 0.8
        turned = middle + (scaled - middle) * np.exp(1j * np.pi / sides * (ring % 2))
        shapes.append((_koch(turned, 4 - (ring > 1), out), round(255 * (ring + 1) / nested)))
    steps = filled(size, shapes, 3)
    edge = np.clip(np.abs(steps - soft(steps, 2)) * 5, 0, 1)
    height = 0.3 * soft(steps) + 0.6 * rounded(smooth(0, 0.5 / nested, steps), 0.12)
    tone = 0.1 + 0.65 * steps + 0.3 * edge
    return Relief(
        height.astype(np.float32), tone.astype(np.float32), smooth(0, 0.6 / nested, steps)
    )


@lru_cache(maxsize=4)
def _hilbert_path(order: int) -> Path:
    path = np.array([0j])
    for level in range(order):
        n = 2**level
        flip = path.imag + 1j * path.real
        path = np.concatenate(
            [flip, path + 1j * n, path + n + 1j * n, (n - 1) + 1j * (n - 1) - flip + n]
        )
    return path


def _hilbert(rng: np.random.Generator, size: int) -> Relief:
    path, step = laid(rng, _hilbert_path(int(rng.integers(3, 5))), (0.85, 1.9))
    line = drawn(size, [(pairs(path), rng.uniform(0.45, 0.7) * step)], finer=2)
    ends = np.linspace(0, 1, len(path))
    shade = np.zeros((size, size), np.float32)
    spots = (path + 0.5 + 0.5j) * size
    image = Image.new("L", (size, size))
    pen = ImageDraw.Draw(image)
    half = step * size / 2
    for spot, end in zip(spots, ends, strict=True):
        box = (spot.real - half, spot.imag - half, spot.real + half, spot.imag + half)
        pen.ellipse(box, fill=int(40 + 200 * end))
    shade = soft(np.asarray(image, np.float32) / 255, 2)
    height = rounded(line, 0.3 * step)
    tone = line * (0.25 + 0.5 * shade + 0.2 * height) + 0.05
    return Relief(height, tone.astype(np.float32), smooth(0.1, 0.6, line))


MOTIFS = (
    Motif("dragon-curve", _dragon, ("ember", "venom", "peacock")),
    Motif("koch-snowflake", _snowflake_curve, ("ice", "candy", "lagoon")),
    Motif("hilbert-maze", _hilbert, ("sunset", "sea", "orchid")),
)
