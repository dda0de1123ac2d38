"""Light and colour for a relief: from a form to a picture a network can learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import blur, grid, noise, normal
from dreamfolio.dream.pocket.drawing.palettes import PALETTES, colour
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief

# How often a motif wears a palette of its own, and how often one of its own with hues turned.
_OWN, _TURNED = 0.62, 0.2


def picture(motif: Motif, rng: np.random.Generator, size: int) -> NDArray[np.uint8]:
    """A sample of ``motif``, (size, size, 3) uint8 RGB, lit and coloured as luck has it."""
    relief = motif.draw(rng, size)
    return paint(relief, motif.palettes, rng)


def paint(relief: Relief, palettes: tuple[str, ...], rng: np.random.Generator) -> NDArray[np.uint8]:
    """``relief`` in one of ``palettes`` or another, under a light from anywhere above."""
    name, turn = _palette(palettes, rng)
    tone = np.clip(relief.tone, 0, 1) ** np.exp(rng.normal(0, 0.2))
    body = colour(tone.astype(np.float32), name, turn, flip=bool(rng.random() < 0.08))
    lit: Field = _lit(body, relief.height, rng)
    if relief.cover is not None:
        cover = np.clip(relief.cover, 0, 1)
        lit = lit * cover[..., None] + _background(cover, rng) * (1 - cover[..., None])
    lit = np.clip(lit * rng.uniform(0.8, 1.2) + rng.normal(0, 0.015), 0, 1)
    grain = rng.normal(0, rng.uniform(0, 0.012), lit.shape)
    return (np.clip(lit + grain, 0, 1) * 255 + 0.5).astype(np.uint8)


def _palette(palettes: tuple[str, ...], rng: np.random.Generator) -> tuple[str, float]:
    chance = rng.random()
    if palettes and chance < _OWN + _TURNED:
        name = str(rng.choice(palettes))
        return name, 0.0 if chance < _OWN else float(rng.normal(0, 0.12))
    return str(rng.choice(list(PALETTES))), float(rng.random())


def _lit(body: NDArray[np.float32], height: Field, rng: np.random.Generator) -> NDArray[np.float32]:
    """Lambert's light, a highlight after Blinn, and shade where the form lies deep."""
    size = len(height)
    depth = rng.uniform(0.06, 0.14) * size
    slope_y, slope_x = np.gradient(height * depth)
    length = np.sqrt(slope_x**2 + slope_y**2 + 1)
    around, above = rng.uniform(0, 2 * np.pi), rng.uniform(0.5, 1.0)
    light = np.array([np.cos(around) * np.cos(above), np.sin(around) * np.cos(above)])
    up = np.sin(above)
    facing = np.clip((up - slope_x * light[0] - slope_y * light[1]) / length, 0, None)
    half = np.array([light[0], light[1], up + 1])
    half = half / np.linalg.norm(half)
    glance = np.clip((half[2] - slope_x * half[0] - slope_y * half[1]) / length, 0, None)
    shine = rng.choice([0.0, 0.25, 0.6]) * glance ** rng.uniform(12, 50)
    sunk = np.clip(blur(height, 0.04) - height, 0, 1) * rng.uniform(0.4, 1.6)
    bright = (rng.uniform(0.2, 0.45) + facing * rng.uniform(0.75, 1.0)) * (
        1 - np.clip(sunk, 0, 0.8)
    )
    return (body * bright[..., None] + shine[..., None]).astype(np.float32)


def _background(cover: Field, rng: np.random.Generator) -> NDArray[np.float32]:
    """What a form stands before: mostly the dark of a render, else a plain, a sweep or a haze."""
    size = len(cover)
    kind = rng.random()
    if kind < 0.4:
        ground = np.full((size, size, 3), rng.uniform(0, 0.06), np.float32)
    else:
        name, turn = str(rng.choice(list(PALETTES))), float(rng.random())
        if kind < 0.6:
            tone = np.full((size, size), rng.random(), np.float32)
        elif kind < 0.8:
            x, y = grid(size)
            around = rng.uniform(0, 2 * np.pi)
            tone = normal(x * np.cos(around) + y * np.sin(around))
        else:
            tone = noise(rng, size, rng.uniform(1, 4), 2)
        low, high = np.sort(rng.uniform(0, 1, 2))
        ground = colour((low + tone * (high - low)).astype(np.float32), name, turn)
        ground = ground * rng.uniform(0.5, 1)
    shadow = blur(np.roll(cover, rng.integers(1, 5, 2), axis=(0, 1)), 0.03)
    return (ground * (1 - rng.uniform(0, 0.7) * shadow[..., None])).astype(np.float32)
