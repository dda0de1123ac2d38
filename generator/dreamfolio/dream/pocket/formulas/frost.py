"""What freezes: snow crystals, ferns of frost on a pane."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    drawn,
    noise,
    placed,
    polar,
    rounded,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.fractals import soft
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

Stroke = tuple[list[tuple[float, float]], float]


def _crystal(rng: np.random.Generator, size: int) -> Relief:
    """Six arms alike, each with side needles, about a plate of six sides."""
    reach = rng.uniform(0.36, 0.6)
    thick = rng.uniform(0.018, 0.034)
    middle = complex(*rng.uniform(-0.1, 0.1, 2))
    turn = rng.uniform(0, np.pi / 3)
    knots = np.sort(rng.uniform(0.25, 0.92, int(rng.integers(3, 6))))
    spans = rng.uniform(0.14, 0.42, len(knots)) * (1.1 - knots)
    strokes: list[Stroke] = []

    def line(start: complex, end: complex, width: float) -> None:
        spots = [(float((middle + p).real), float((middle + p).imag)) for p in (start, end)]
        strokes.append((spots, width))

    for arm in range(6):
        way = complex(np.exp(1j * (turn + arm * np.pi / 3)))
        line(0, reach * way, thick)
        for knot, span in zip(knots, spans, strict=True):
            for side in (-1, 1):
                lean = complex(np.exp(1j * side * np.pi / 3))
                tip = reach * way * (knot + span * lean)
                line(reach * way * knot, tip, 0.75 * thick)
                twig = reach * way * (knot + 0.55 * span * lean)
                line(twig, twig + reach * way * 0.35 * span, 0.55 * thick)
                line(twig, twig + reach * way * 0.35 * span * lean * lean, 0.55 * thick)
    mark = drawn(size, strokes)
    x, y = placed(rng, size, turn=False)
    r, angle = polar(x - np.float32(middle.real), y - np.float32(middle.imag))
    sextant = (angle - turn + np.pi / 6) % (np.pi / 3) - np.pi / 6
    plate_far = r * np.cos(np.abs(sextant) - np.pi / 6) / (reach * rng.uniform(0.2, 0.34))
    plate = smooth(1.03, 0.97, plate_far)
    facets = waves(1.5 * plate_far) * plate
    cover = np.maximum(mark, plate)
    height = 0.7 * rounded(mark, 0.6 * thick + 0.01) + 0.3 * plate + 0.2 * facets
    tone = 0.3 + 0.35 * r / reach + 0.3 * facets + 0.2 * rounded(mark, thick)
    return Relief(height.astype(np.float32), tone.astype(np.float32), cover.astype(np.float32))


def _frost(rng: np.random.Generator, size: int) -> Relief:
    """Feathers of ice that spread over the pane from its border."""
    strokes: list[Stroke] = []

    def feather(at: complex, heading: float, length: float, depth: int) -> None:
        bend = float(rng.normal(0, 0.5))
        steps = 14 if depth else 5
        path = [at]
        for step in range(steps):
            way = heading + bend * step / steps
            path.append(path[-1] + length / steps * complex(np.exp(1j * way)))
        spots = [(float(p.real), float(p.imag)) for p in path]
        strokes.append((spots, 0.011 + 0.007 * depth))
        if not depth:
            return
        lean = float(rng.uniform(0.75, 1.05))
        for step in range(1, steps):
            left = 0.5 * length * (1 - step / steps) ** 0.8 * float(rng.uniform(0.7, 1))
            way = heading + bend * step / steps
            for side in (-lean, lean):
                if left > 0.03:
                    feather(path[step], way + side, left, depth - 1)

    many = int(rng.integers(2, 5))
    first = float(rng.uniform(0, 2 * np.pi))
    for number in range(many):
        angle = first + number * 2 * np.pi / many + float(rng.normal(0, 0.2))
        start = 0.58 * complex(np.exp(1j * angle))
        feather(start, angle + np.pi + float(rng.normal(0, 0.4)), float(rng.uniform(0.6, 1.0)), 1)
    mark = drawn(size, strokes, finer=2)
    near = soft(mark, 4)
    pane = noise(rng, size, 3, 2)
    height = 0.65 * soft(mark) + 0.4 * near
    tone = 0.08 + 0.2 * pane + 0.4 * near + 0.5 * mark
    return Relief(height.astype(np.float32), np.clip(tone, 0, 1).astype(np.float32))


MOTIFS = (
    Motif("snow-crystal", _crystal, ("ice", "opal", "amethyst")),
    Motif("frost-ferns", _frost, ("ice", "sea", "dusk")),
)
