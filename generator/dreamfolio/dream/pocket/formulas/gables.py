"""Buildings that end in a point or in steps: spires, gabled houses, stepped pyramids."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import (
    archway,
    chance,
    form,
    inside,
    over,
    repeated,
    ridge,
)
from dreamfolio.dream.pocket.drawing.masonry import row, stones, windows
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _pinnacle(x: Field, y: Field, top: float, foot: float, w: float) -> Relief:
    """A steep spire of three facets, leaves along its edges."""
    t = np.clip((y - top) / (foot - top), 0, 1)
    half = w * t
    crocket, _ = repeated(y, 0.055)
    knob = dome(np.hypot(np.abs(x) - half - 0.004, crocket), 0.02) * (y < foot) * (y > top)
    body = np.maximum(np.abs(x) - half, np.maximum(y - foot, top - y))
    facet = smooth(0.0, 0.012, np.abs(np.abs(x) - half * 0.42))
    height = 0.3 + 0.5 * (np.abs(x) < half * 0.42) + 0.15 * facet + 0.6 * knob
    tone = 0.3 + 0.3 * (x < half * 0.42) + 0.15 * facet - 0.15 * (x > half * 0.42) + 0.4 * knob
    return form(height, tone, np.maximum(inside(body), smooth(0.0, 0.3, knob)))


def _spire(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    w, foot = rng.uniform(0.13, 0.17), rng.uniform(0.02, 0.12)
    page = _pinnacle(x, y, -0.48, foot, w * 0.85)
    wall = np.maximum(np.abs(x) - w, foot - y)
    u, _ = repeated(x + w / 2, w)
    rise, _ = repeated(y - foot - 0.2, 0.3)
    edge = archway(u, rise + 0.02, w * 0.27, 0.12, 0.9)
    mullion = ridge(u, 0.008)
    hole = inside(edge, 0.006)
    frame = ridge(edge - 0.012, 0.014)
    band = ridge(np.mod(y - foot, 0.3) - 0.02, 0.02)
    height = 0.4 + 0.35 * frame + 0.3 * band - 0.4 * hole * (1 - mullion)
    tone = 0.4 + 0.35 * frame + 0.3 * band - 0.35 * hole * (1 - mullion)
    page = over(page, form(height, tone, inside(wall)))
    for side in (-1, 1):
        at = (x - side * w).astype(np.float32)
        pier = np.maximum(np.abs(at) - 0.034, foot - 0.01 - y)
        round_ = dome(np.abs(at), 0.04)
        page = over(page, form(0.3 + 0.7 * round_, 0.3 + 0.5 * round_, inside(pier)))
        page = over(page, _pinnacle(at, y, foot - 0.24, foot, 0.042))
    gable = _pinnacle(x, y, foot - 0.12, foot + 0.06, w * 0.6)
    return over(page, gable)


def _gabled_house(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    """A town house with a stepped or a pointed gable over rows of windows."""
    w, eave = rng.uniform(0.15, 0.18), rng.uniform(-0.2, -0.08)
    tall = rng.uniform(0.2, 0.3)
    level = np.clip((eave - y) / tall, 0, 1)
    if rng.random() < 0.6:
        steps = int(rng.integers(4, 7))
        level = np.floor(level * steps + 0.999) / (steps + 1)
    half = w * (1 - level * 0.95)
    edge = np.maximum(np.abs(x) - half, eave - tall - y)
    trim = ridge(edge + 0.012, 0.016) * (y < eave + 0.02)
    bay, storey = rng.uniform(0.65, 1.0) * w, rng.uniform(0.15, 0.19)
    u, column = repeated(x, bay)
    v, floor = repeated(y - eave - storey * 0.6, storey)
    dark, frame = windows(v, u, wide=bay * 0.25, tall=storey * 0.3)
    here = (np.abs(x) < w * 0.92) * (np.abs(column) * bay < w * 0.75) * (y > eave)
    cross = np.maximum(ridge(u, 0.007), ridge(v, 0.007))
    dark, frame = dark * here * (1 - cross), frame * here
    lamp = dark * (chance(column, floor, rng.integers(0, 99)) < 0.25)
    attic = np.hypot(x, y - eave + tall * 0.35)
    oculus, ring = inside(attic - 0.035), ridge(attic - 0.042, 0.014)
    bricks = stones(x, y, 0.05, 0.025)
    wall = rng.uniform(0.25, 0.6)
    height = 0.4 + 0.06 * bricks + 0.4 * trim + 0.3 * frame + 0.3 * ring - 0.35 * (dark + oculus)
    tone = wall + 0.08 * bricks + 0.3 * (trim + frame + ring) - 0.6 * (dark + oculus) + 0.9 * lamp
    return form(height, tone, inside(edge))


def _stepped_pyramid(rng: np.random.Generator, size: int) -> Relief:
    """Terraces with a stair up their middle and a temple on top."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12, turn=0.12)
    tall, lean = rng.uniform(0.1, 0.14), rng.uniform(0.09, 0.12)
    off, level = repeated(y + 0.12, tall)
    level = np.maximum(level, 0)
    half = 0.14 + lean * level + 0.15 * (off + tall / 2)
    edge = np.maximum(np.abs(x) - half, -0.12 - tall / 2 - y)
    ledge = ridge(off + tall * 0.4, tall * 0.14)
    panel, _ = repeated(x, tall * 0.8)
    inset = inside(np.maximum(np.abs(panel) - tall * 0.27, np.abs(off - tall * 0.08) - tall * 0.22))
    height = 0.3 + 0.35 * ledge - 0.15 * inset + 0.1 * waves(x * 20 + level) * inset
    tone = 0.35 + 0.4 * ledge - 0.2 * inset + 0.04 * (level % 2)
    page = form(height, tone, inside(edge))
    width = 0.055 + 0.1 * (y + 0.18)
    stair = np.maximum(np.abs(x) - width, -0.16 - y)
    tread = np.mod(y / (tall / 4), 1)
    rail = ridge(np.abs(x) - width, 0.016)
    page = over(page, form(0.5 + 0.4 * tread, 0.25 + 0.6 * tread, inside(stair)))
    page = over(page, form(0.6 + 0.5 * rail, 0.4 + 0.5 * rail, (rail > 0.1) * (y > -0.17)))
    house = np.maximum(np.abs(x) - 0.11, np.maximum(-0.33 - y, y + 0.165))
    door, _ = repeated(x, 0.073)
    hole = inside(np.maximum(np.abs(door) - 0.018, np.abs(y + 0.2) - 0.045))
    comb = ridge(y + 0.28, 0.02) + ridge(y + 0.325, 0.014)
    return over(
        page, form(0.5 + 0.4 * comb - 0.4 * hole, 0.55 + 0.3 * comb - 0.5 * hole, inside(house))
    )


MOTIFS = (
    Motif("cathedral-spire", lambda r, n: row(r, n, _spire, apart=0.4), ("dusk", "ice", "sand")),
    Motif(
        "gabled-houses", lambda r, n: row(r, n, _gabled_house, most=4), ("coral", "candy", "rust")
    ),
    Motif("stepped-pyramid", _stepped_pyramid, ("gold", "moss", "sunset")),
)
