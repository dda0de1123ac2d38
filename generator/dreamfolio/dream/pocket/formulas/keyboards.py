"""Keys under a hand: of a typewriter, of a piano."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, smooth
from dreamfolio.dream.pocket.drawing.geometry import chance, form, inside, repeated, ridge
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _typewriter(rng: np.random.Generator, size: int) -> Relief:
    """Round keys with metal rims in staggered rows, levers between, a sign on each."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.3, turn=0.5)
    wide = rng.uniform(0.17, 0.22)
    v, line = repeated(y, wide * 0.95)
    u, column = repeated(x + line * wide * 0.37, wide)
    r = np.hypot(u, v) / wide
    rim = ridge(r - 0.39, 0.06)
    cap = r < 0.36
    seed = rng.integers(0, 99)
    sign = np.full_like(x, 9.0)
    for stroke in range(4):
        # Strokes on a box of three by three, chosen by chance: signs of no alphabet.
        a = chance(line, column, seed + 7 * stroke)
        place = (np.floor(chance(column, line, seed + stroke) * 3) - 1) * 0.13 * wide
        upright = a < 0.5
        across, along = np.where(upright, u, v) - place, np.where(upright, v, u)
        far = np.maximum(np.abs(across), np.abs(along) - 0.14 * wide)
        sign = np.minimum(sign, far)
    ink = inside(sign - 0.024 * wide, 0.006) * cap
    lever = ridge(u, 0.05 * wide) * ~cap
    bowl = 0.75 - 0.25 * smooth(0.36, 0.0, r)
    height = np.where(cap, bowl - 0.1 * ink, np.maximum(0.25 * lever, 0.5 * (rim > 0) + 0.6 * rim))
    tone = np.where(cap, 0.18 + 0.12 * r + 0.75 * ink, 0.05 + 0.3 * lever)
    return form(height, np.where(rim > 0.1, 0.5 + 0.5 * rim, tone))


def _piano(rng: np.random.Generator, size: int) -> Relief:
    """White keys side by side, black ones between by twos and threes, in ranks that may bend."""
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.25)
    y = y + rng.uniform(-0.25, 0.25) * np.sin(x * rng.uniform(3, 7))
    wide, tall = rng.uniform(0.085, 0.12), rng.uniform(0.5, 0.65)
    v, rank = repeated(y, tall)
    u, key = repeated(x + rank * wide * 2, wide)
    b, gap = repeated(x + rank * wide * 2 + wide / 2, wide)
    there = (np.mod(gap, 7) != 0) & (np.mod(gap, 7) != 3)
    felt = tall * 0.42 - np.abs(v)
    white = np.minimum(wide / 2 - np.abs(u), felt)
    black = np.minimum(wide * 0.29 - np.abs(b), np.minimum(felt, tall * 0.14 - v))
    black = np.where(there, black, -1.0)
    ivory = smooth(0.0, 0.012, white)
    height = 0.45 * ivory + 0.05 * dome(np.abs(u), wide)
    tone = ivory * (0.8 + 0.15 * smooth(0.1, 0.3, v / tall) + 0.05 * (key % 2))
    ebony = smooth(0.0, 0.02, black)
    on = black > 0
    height = np.where(on, 0.6 + 0.6 * ebony, height)
    tone = np.where(on, 0.05 + 0.2 * ebony * smooth(-0.3, 0.2, v / tall), tone)
    shade = smooth(-0.02, 0.0, black) * ~on
    rail = ridge(np.abs(v) - tall * 0.46, tall * 0.04)
    tone = np.where(rail > 0, 0.3 + 0.35 * rail, tone * (1 - 0.4 * shade))
    return form(height + 0.6 * rail, tone)


MOTIFS = (
    Motif("typewriter-keys", _typewriter, ("ink", "gold", "blood")),
    Motif("piano-keys", _piano, ("ink", "bone", "candy")),
)
