"""What a microscope shows of a body: blood, nerves, the folds of a brain."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    blur,
    dome,
    drawn,
    noise,
    normal,
    placed,
    polar,
    rounded,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.lattices import relief
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

Stroke = tuple[list[tuple[float, float]], float]


def _blood_cells(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2)
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    count = int(rng.integers(9, 17))
    for number in range(count):
        cx, cy = rng.uniform(-0.5, 0.5, 2).tolist()
        turn, squash = float(rng.uniform(0, np.pi)), rng.uniform(0.35, 1.0)
        wide = rng.uniform(0.12, 0.17)
        c, s = float(np.cos(turn)), float(np.sin(turn))
        u, v = c * (x - cx) + s * (y - cy), (c * (y - cy) - s * (x - cx)) / squash
        far = np.hypot(u, v) / wide
        # A disc dented on both sides; the dent slides when it is seen aslant.
        dent = np.hypot(u, v + 0.25 * (1 - squash) * wide) / (0.62 * wide)
        on = far < 1
        bowl = smooth(1.0, 0.0, dent)
        body = 0.75 * dome(far, 1.02) ** 0.8 - 0.5 * bowl
        near = number / count
        paint = 0.25 + 0.35 * near + 0.35 * smooth(0.35, 0.8, far) - 0.3 * bowl
        height = np.where(on, body + 0.25 * near, height)
        tone = np.where(on, paint - 0.2 * smooth(0.9, 1.0, far), tone)
        cover = np.maximum(cover, smooth(1.0, 0.94, far))
    return relief(height, tone, cover)


def _dendrites(rng: np.random.Generator, arms: int) -> list[Stroke]:
    """Arms from the middle of the canvas that fork and thin out."""
    strokes: list[Stroke] = []
    first = rng.uniform(0, 2 * np.pi)
    tips = [(0.0, 0.0, first + k * 2 * np.pi / arms, 0.034, 0.19) for k in range(arms)]
    while tips:
        px, py, heading, width, long = tips.pop()
        path = [(px, py)]
        for _ in range(4):
            heading += rng.normal(0, 0.25)
            px, py = px + np.cos(heading) * long / 4, py + np.sin(heading) * long / 4
            path.append((px, py))
        strokes.append((path, width))
        if width > 0.009:
            spread = rng.uniform(0.35, 0.7)
            tips += [
                (px, py, heading + side * spread, width * 0.62, long * rng.uniform(0.65, 0.85))
                for side in (-1, 1)
            ]
    return strokes


def _neurons(rng: np.random.Generator, size: int) -> Relief:
    count = int(rng.integers(1, 4))
    scale = rng.uniform(0.9, 1.4) * (1.2 if count == 1 else 0.9)
    strokes: list[Stroke] = []
    hearts = []
    turn = rng.uniform(0, 2 * np.pi)
    off = 0.0 if count == 1 else 0.27
    for k in range(count):
        at = turn + k * 2 * np.pi / count
        hx, hy = off * np.cos(at) + rng.normal(0, 0.05), off * np.sin(at) + rng.normal(0, 0.05)
        hearts.append((hx, hy))
        for path, width in _dendrites(rng, int(rng.integers(5, 8))):
            strokes.append(([(hx + scale * px, hy + scale * py) for px, py in path], width * scale))
    x, y = placed(rng, size, turn=False)
    arms = drawn(size, strokes)
    soma, core = np.zeros_like(x), np.zeros_like(x)
    for hx, hy in hearts:
        far = np.hypot(x - hx, y - hy) + 0.03 * (noise(rng, size, 5) - 0.5)
        soma = np.maximum(soma, dome(far, 0.085 * scale))
        core = np.maximum(core, smooth(0.04, 0.03, far / scale))
    arms = smooth(0.25, 0.75, blur(np.maximum(arms, soma > 0), 0.006))
    body = rounded(arms, 0.03)
    height = np.maximum(0.65 * body, 0.5 * body + 0.5 * soma)
    tone = 0.3 + 0.35 * body + 0.15 * waves(noise(rng, size, 6) * 3) + 0.15 * soma
    return relief(height, np.where(core > 0.5, 0.95 - 0.5 * (soma > 0.97), tone), arms)


def _brain(rng: np.random.Generator, size: int) -> Relief:
    whole = rng.random() < 0.5
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.1, warp=0.08)
    # White noise filtered to one wavelength, then squared off again and again, folds like gyri.
    field = rng.random((size, size), np.float32) - 0.5
    wide = rng.uniform(0.034, 0.048)
    field = blur(field, wide) - blur(field, 2 * wide)
    for _ in range(2):
        field = np.tanh(3 * field / field.std()).astype(np.float32)
        field = blur(field, wide * 0.7) - blur(field, 1.6 * wide)
    level = field / (1.5 * field.std())
    cleft = np.abs(x) if whole else np.ones_like(x)
    # A furrow runs wherever the field changes sign; both its sides swell into gyri.
    ridge = np.sqrt(np.clip(np.abs(level) / 0.75, 0, 1)) * smooth(0.004, 0.04, cleft)
    tone = 0.1 + 0.65 * ridge + 0.15 * smooth(0.9, 1.0, ridge) + 0.08 * noise(rng, size, 14)
    vein = np.abs(noise(rng, size, 4, 2) - 0.5)
    tone = tone - 0.25 * smooth(0.025, 0.005, vein)
    if not whole:
        return relief(0.9 * ridge, tone)
    radius, angle = polar(x * 1.15, y)
    out = radius - 0.02 * normal(level) - 0.01 * np.cos(2 * angle)
    return relief(0.55 * dome(out, 0.46) + 0.5 * ridge, tone, smooth(0.45, 0.435, out))


MOTIFS = (
    Motif("blood-cells", _blood_cells, ("blood", "coral", "dusk")),
    Motif("neurons", _neurons, ("amethyst", "ice", "venom", "ember")),
    Motif("brain", _brain, ("flesh", "petal", "coral")),
)
