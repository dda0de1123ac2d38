"""Turing's patterns: what short-range growth and long-range check make of chance."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    nearest,
    noise,
    normal,
    placed,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.fractals import soft
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _grown(
    rng: np.random.Generator,
    size: int,
    across: float,
    *,
    start: Field | None = None,
    bias: float | Field = 0.0,
    stretch: float = 1.0,
    sharp: float = 0.22,
    steps: int = 7,
    gain: float = 2.4,
) -> Field:
    """Noise that is filtered to about ``across`` waves and driven apart, again and again.

    In [-1, 1]. ``bias`` > 0 lets it fill, < 0 breaks it into spots; ``stretch`` > 1 favours waves
    across one direction, turned at random; a smaller ``sharp`` makes the pattern more regular.
    """
    waves_y = np.fft.fftfreq(size, 1 / size)[:, None]
    waves_x = np.fft.rfftfreq(size, 1 / size)[None]
    angle = rng.uniform(0, np.pi)
    along = waves_x * np.cos(angle) + waves_y * np.sin(angle)
    beside = (waves_y * np.cos(angle) - waves_x * np.sin(angle)) * stretch
    band = np.hypot(along, beside) / across
    gate = np.exp(-(((band - 1) / sharp) ** 2)).astype(np.float32)
    field = rng.standard_normal((size, size), np.float32) if start is None else start
    for _ in range(steps):
        passed = np.fft.irfft2(np.fft.rfft2(field) * gate, (size, size)).astype(np.float32)
        field = np.tanh(gain * passed / (passed.std() + 1e-6) + bias).astype(np.float32)
    return soft(field)


def _spots(rng: np.random.Generator, size: int) -> Relief:
    field = _grown(rng, size, rng.uniform(4, 9), bias=rng.uniform(-2.4, -1.8), gain=1.9)
    swell = smooth(-0.8, 0.9, field)
    rim = smooth(-0.85, -0.4, field) * smooth(0.5, -0.3, field)
    tone = 0.75 - 0.55 * swell + 0.1 * noise(rng, size, 6, 2) - 0.35 * rim
    return Relief((0.15 + 0.85 * np.sqrt(swell)).astype(np.float32), tone.astype(np.float32))


def _labyrinth(rng: np.random.Generator, size: int) -> Relief:
    field = _grown(rng, size, rng.uniform(4, 9), sharp=0.15)
    wall = smooth(-0.35, 0.35, field)
    crest = smooth(0.7, 1.0, field)
    tone = 0.12 + 0.6 * wall + 0.25 * crest + 0.1 * noise(rng, size, 5)
    return Relief(soft(0.75 * wall + 0.15 * crest), tone.astype(np.float32))


def _coral_growth(rng: np.random.Generator, size: int) -> Relief:
    """Fingers that grow out from a seed, parting where there is room."""
    x, y = placed(rng, size, shift=0.2, scale=(0.8, 1.4), warp=0.25)
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    reach = rng.uniform(0.38, 0.5)
    scale = rng.uniform(0.035, 0.055)
    # Rays whose number doubles as the circle widens keep the fingers' breadth.
    level = np.log2(np.maximum(r, 0.02) / scale / 1.3)
    first, part = np.floor(level), smooth(0.35, 0.75, level - np.floor(level))
    wobble = 1.4 * (noise(rng, size, 5, 2) - 0.5)
    count = 4 * 2 ** np.clip(first, 0, 6)
    rays = (1 - part) * np.cos(count * angle + 3 * wobble) + part * np.cos(
        2 * count * angle + 3 * wobble
    )
    field = _grown(rng, size, 1 / (scale * 3), start=rays.astype(np.float32), steps=3, sharp=0.4)
    live = smooth(reach + 0.03, reach - 0.03, r + 0.12 * (noise(rng, size, 5) - 0.5))
    finger = smooth(-0.5, 0.5, field)
    cover = finger * live
    tips = smooth(0.55 * reach, reach, r)
    height = cover * (0.45 + 0.5 * smooth(-0.2, 1, field) - 0.15 * tips)
    tone = 0.15 + 0.35 * finger + 0.45 * tips
    return Relief(soft(height.astype(np.float32)), tone.astype(np.float32), cover)


def _mitosis(rng: np.random.Generator, size: int) -> Relief:
    """Rings that part in two, each with a core."""
    field = _grown(
        rng, size, rng.uniform(3, 5.5), bias=rng.uniform(-1.5, -1.0), gain=1.9, sharp=0.26
    )
    inner = normal(soft(field, 3))
    ring = np.exp(-(((inner - 0.5) / 0.16) ** 2)).astype(np.float32)
    core = smooth(0.8, 0.95, inner)
    outer = waves(inner * 3) * smooth(0.4, 0.2, inner)
    height = 0.2 * inner + 0.65 * ring + 0.5 * core + 0.08 * outer
    tone = 0.08 + 0.5 * ring + 0.85 * core + 0.15 * outer
    return Relief(height.astype(np.float32), np.clip(tone, 0, 1).astype(np.float32))


def _fingerprint(rng: np.random.Generator, size: int) -> Relief:
    """Ridges all flowing one way around a whorl or a loop."""
    x, y = placed(rng, size, shift=0.15, scale=(0.8, 1.3), warp=0.15)
    bow = rng.uniform(0.0, 0.9)
    flow = np.hypot(x, y * rng.uniform(0.5, 0.9) + bow * np.maximum(y, 0)) - 0.25 * bow * y
    across = rng.uniform(9, 15)
    start = np.sin(2 * np.pi * across * (flow + 0.05 * noise(rng, size, 3)))
    start = start + 0.9 * rng.standard_normal((size, size), np.float32)
    field = _grown(rng, size, across, start=start.astype(np.float32), steps=4, sharp=0.18)
    ridge = smooth(-0.6, 0.7, field)
    whole = smooth(1.0, 0.9, np.hypot(x / 0.42, y / 0.52))
    swell = np.sqrt(np.clip(1 - (x / 0.45) ** 2 - (y / 0.55) ** 2, 0, 1))
    height = (0.5 * ridge + 0.5 * swell) * whole
    tone = 0.15 + 0.6 * ridge + 0.2 * swell
    return Relief(height.astype(np.float32), tone.astype(np.float32), whole)


def _belousov(rng: np.random.Generator, size: int) -> Relief:
    """Spiral waves of a chemical clock, each turning about its own core, meeting at seams."""
    x, y = placed(rng, size, warp=0.08)
    cores = scattered(rng, rng.uniform(1.6, 2.8), even=0.45)
    pitch = rng.uniform(6, 10)
    far, _, which = nearest(x, y, cores)
    turns = rng.choice([-1, 1], len(cores))[which]
    angle = np.arctan2(y - cores[which, 1], x - cores[which, 0]) / (2 * np.pi)
    phase = pitch * far - turns * angle + rng.random()
    part = phase - np.floor(phase)
    front = smooth(0.0, 0.12, part) * smooth(1.0, 0.25, part)
    height = 0.2 + 0.75 * front
    tone = 0.06 + 0.75 * front**1.5 + 0.2 * waves(phase / 2) * front
    return Relief(soft(height), tone.astype(np.float32))


MOTIFS = (
    Motif("turing-spots", _spots, ("sand", "gold", "petal")),
    Motif("turing-labyrinth", _labyrinth, ("coral", "lagoon", "candy")),
    Motif("coral-growth", _coral_growth, ("coral", "orchid", "peacock")),
    Motif("mitosis-rings", _mitosis, ("flesh", "amethyst", "opal")),
    Motif("fingerprint-ridges", _fingerprint, ("ink", "copper", "sea")),
    Motif("belousov-spirals", _belousov, ("blood", "peacock", "sunset")),
)
