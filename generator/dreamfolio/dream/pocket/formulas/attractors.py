"""Strange attractors and fractal flames: veils that a wandering point leaves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.canvas import smooth
from dreamfolio.dream.pocket.fractal_tools import density, soft
from dreamfolio.dream.pocket.relief import Field, Motif, Relief

Cloud = NDArray[np.float64]
"""The x, or the y, or the shade, of every walker at every step kept."""

Step = Callable[[Cloud, Cloud, int], tuple[Cloud, Cloud]]


def _walk(
    rng: np.random.Generator, step: Step, walkers: int = 1100, steps: int = 44, skip: int = 14
) -> tuple[Cloud, Cloud]:
    """All places of many walkers, once they came near to the attractor."""
    x, y = rng.uniform(-0.6, 0.6, (2, walkers))
    kept_x, kept_y = [], []
    for number in range(steps):
        x, y = step(x, y, number)
        if number >= skip:
            kept_x.append(x)
            kept_y.append(y)
    return np.stack(kept_x), np.stack(kept_y)


def _shown(
    rng: np.random.Generator,
    size: int,
    x: Cloud,
    y: Cloud,
    shade: Cloud,
    *,
    fill: tuple[float, float] = (0.8, 1.5),
    low: float = 0.08,
) -> Relief:
    """A cloud fitted to the canvas, turned; thick where points lie close."""
    ok = np.isfinite(x) & np.isfinite(y) & (np.abs(x) < 1e3) & (np.abs(y) < 1e3)
    x, y, shade = x[ok], y[ok], shade[ok]
    ends_x, ends_y = np.percentile(x, (2, 98)), np.percentile(y, (2, 98))
    wide = max(float(np.ptp(ends_x)), float(np.ptp(ends_y)), 1e-6)
    zoom = np.exp(rng.uniform(*np.log(fill))) / wide
    x, y = (x - ends_x.mean()) * zoom, (y - ends_y.mean()) * zoom
    angle = rng.uniform(-np.pi, np.pi)
    c, s = np.cos(angle), np.sin(angle)
    dx, dy = rng.uniform(-0.12, 0.12, 2)
    thick, mean = density(size, c * x - s * y + dx, s * x + c * y + dy, shade)
    ends = np.percentile(shade, (3, 97))
    hue = np.clip((mean - ends[0]) / max(1e-6, float(np.ptp(ends))), 0, 1)
    height = 0.2 * thick + 0.8 * soft(thick) ** 1.3
    tone = 0.08 + 0.55 * hue * smooth(0, 0.4, thick) + 0.4 * thick
    return Relief(_field(height), _field(tone), smooth(low, low + 0.3, thick))


def _field(values: NDArray[np.floating]) -> Field:
    return np.asarray(values, np.float32)


def _flame(
    rng: np.random.Generator,
    size: int,
    bend: Callable[[Cloud, Cloud], tuple[Cloud, Cloud]],
    maps: int,
    *,
    tight: tuple[float, float],
    fill: tuple[float, float] = (0.8, 1.5),
) -> Relief:
    """Draves' fractal flame: affine maps by chance, each bent, each drawing toward its shade."""
    walkers, steps, skip = 1300, 34, 12
    scale = rng.uniform(*tight, maps)
    angle = rng.uniform(-np.pi, np.pi, maps)
    around = np.arange(maps) * 2 * np.pi / maps + rng.uniform(-0.4, 0.4, maps)
    out = rng.uniform(0.35, 0.8, maps)
    matrix = np.stack([scale * np.cos(angle), scale * np.sin(angle)])
    shift = np.stack([out * np.cos(around), out * np.sin(around)])
    shades = np.linspace(0, 1, maps)
    x, y = rng.uniform(-1, 1, (2, walkers))
    shade = rng.random(walkers)
    kept = []
    for number in range(steps):
        chosen = rng.integers(0, maps, walkers)
        a, b = matrix[:, chosen]
        e, f = shift[:, chosen]
        u, v = a * x - b * y + e, b * x + a * y + f
        x, y = bend(u, v)
        shade = (shade + shades[chosen]) / 2
        if number >= skip:
            kept.append((x, y, shade))
    xs, ys, shown = (np.stack(part) for part in zip(*kept, strict=True))
    return _shown(rng, size, xs, ys, shown, fill=fill)


def _swirl(rng: np.random.Generator, size: int) -> Relief:
    twist = rng.uniform(0.9, 1.6)

    def bend(x: Cloud, y: Cloud) -> tuple[Cloud, Cloud]:
        r = twist * (x * x + y * y)
        return x * np.sin(r) - y * np.cos(r), x * np.cos(r) + y * np.sin(r)

    return _flame(rng, size, bend, 2, tight=(0.6, 0.95))


def _spiral(rng: np.random.Generator, size: int) -> Relief:
    """A cloud that is itself turned and a little shrunk, and small copies of it on its rim."""
    walkers, copies = 1100, int(rng.integers(1, 3))
    angle, shrink = rng.choice([-1, 1]) * rng.uniform(0.25, 0.75), rng.uniform(0.9, 0.955)
    turned = shrink * np.exp(1j * angle)
    around = np.exp(2j * np.pi * (np.arange(copies) / copies + rng.random()))
    part = rng.uniform(0.12, 0.2) * np.exp(2j * np.pi * rng.random())
    z = rng.uniform(-1, 1, walkers) + 1j * rng.uniform(-1, 1, walkers)
    shade = rng.random(walkers)
    kept = []
    for number in range(46):
        budded = rng.random(walkers) < 0.14
        rim = around[rng.integers(0, copies, walkers)]
        z = np.where(budded, rim * (1 + part * z), turned * z)
        shade = np.where(budded, 0.0, 0.9 * shade + 0.1)
        if number >= 18:
            kept.append((z, shade))
    places, shades = (np.stack(part) for part in zip(*kept, strict=True))
    return _shown(rng, size, places.real, places.imag, shades, fill=(0.9, 1.8))


def _clifford(rng: np.random.Generator, size: int) -> Relief:
    a, b, c, d = np.array(
        [
            (-1.4, 1.6, 1.0, 0.7),
            (1.7, 1.7, 0.6, 1.2),
            (-1.7, 1.8, -1.9, -0.4),
            (1.5, -1.8, 1.6, 0.9),
        ]
    )[rng.integers(4)] + rng.normal(0, 0.05, 4)

    def step(x: Cloud, y: Cloud, _: int) -> tuple[Cloud, Cloud]:
        return np.sin(a * y) + c * np.cos(a * x), np.sin(b * x) + d * np.cos(b * y)

    x, y = _walk(rng, step)
    return _shown(rng, size, x[1:], y[1:], np.hypot(np.diff(x, axis=0), np.diff(y, axis=0)))


def _de_jong(rng: np.random.Generator, size: int) -> Relief:
    a, b, c, d = np.array(
        [(1.4, -2.3, 2.4, -2.1), (-2.7, -0.09, -0.86, -2.2), (2.01, -2.53, 1.61, -0.33)]
    )[rng.integers(3)] + rng.normal(0, 0.05, 4)

    def step(x: Cloud, y: Cloud, _: int) -> tuple[Cloud, Cloud]:
        return np.sin(a * y) - np.cos(b * x), np.sin(c * x) - np.cos(d * y)

    x, y = _walk(rng, step)
    return _shown(rng, size, x[1:], y[1:], np.arctan2(x[:-1], y[:-1]))


def _veil(rng: np.random.Generator, size: int) -> Relief:
    return _clifford(rng, size) if rng.random() < 0.5 else _de_jong(rng, size)


def _lorenz(rng: np.random.Generator, size: int) -> Relief:
    x, y = rng.uniform(-8, 8, (2, 44))
    z = rng.uniform(15, 35, 44)
    heat, pace = rng.uniform(26, 32), 0.007
    kept = []
    for number in range(520):
        x, y, z = (
            x + pace * 10 * (y - x),
            y + pace * (x * (heat - z) - y),
            z + pace * (x * y - 8 / 3 * z),
        )
        if number >= 120:
            kept.append((x, y, z))
    xs, ys, zs = (np.stack(part) for part in zip(*kept, strict=True))
    look = rng.uniform(0.2, 1.1)
    return _shown(rng, size, xs * np.cos(look) + ys * np.sin(look), zs, ys - xs, fill=(0.8, 1.3))


def _icon(rng: np.random.Generator, size: int) -> Relief:
    """Field and Golubitsky's icons of chaos: z → (λ + α z z̄ + β Re zⁿ) z + γ z̄ⁿ⁻¹."""
    degree, lead, alpha, beta, gamma = [
        (6, -2.7, 5.0, 1.5, 1.0),
        (5, -1.806, 1.806, 0.0, 1.0),
        (3, 1.56, -1.0, 0.1, -0.82),
        (9, -2.05, 3.0, -16.79, 1.0),
        (5, -2.32, 2.32, 0.0, 0.75),
        (5, 2.5, -2.5, 0.0, 0.9),
        (5, -2.5, 5.0, -1.9, 1.0),
        (5, -2.34, 2.0, 0.2, 0.1),
    ][rng.integers(8)]
    degree = int(degree)

    def step(x: Cloud, y: Cloud, _: int) -> tuple[Cloud, Cloud]:
        z = np.clip(x, -2, 2) + 1j * np.clip(y, -2, 2)
        lower = z ** (degree - 1)
        factor = lead + alpha * np.abs(z) ** 2 + beta * (lower * z).real
        after = factor * z + gamma * np.conj(lower)
        return after.real, after.imag

    x, y = _walk(rng, step, walkers=700, steps=60, skip=30)
    whole = np.exp(2j * np.pi / degree * rng.integers(0, degree, x.shape)) * (x + 1j * y)
    ok = np.hypot(x, y) < 1.9
    return _shown(rng, size, whole.real[ok], whole.imag[ok], np.hypot(x, y)[ok], fill=(0.8, 1.3))


def _wings(rng: np.random.Generator, size: int) -> Relief:
    """Gumowski and Mira's map, its orbits like wings."""
    mu = rng.choice([-0.48, -0.45, -0.6, -0.7, -0.8, -0.31]) + rng.normal(0, 0.001)

    def force(x: Cloud) -> Cloud:
        return np.asarray(mu * x + 2 * (1 - mu) * x * x / (1 + x * x))

    x, y = np.full(60, 0.1), rng.uniform(0.0, 0.3, 60)
    kept = []
    for number in range(560):
        after = y + 0.008 * (1 - 0.05 * y * y) * y + force(x)
        x, y = after, -x + force(after)
        if number >= 60:
            kept.append((x, y))
    xs, ys = (np.stack(part) for part in zip(*kept, strict=True))
    age = np.broadcast_to(np.linspace(0, 1, len(xs))[:, None], xs.shape)
    return _shown(rng, size, xs, ys, np.hypot(xs, ys) + 0.001 * age, fill=(0.85, 1.4))


def _ring(rng: np.random.Generator, size: int) -> Relief:
    petals = int(rng.integers(3, 6))
    sign = rng.choice([-1, 1])

    def bend(x: Cloud, y: Cloud) -> tuple[Cloud, Cloud]:
        turn = (np.arctan2(y, x) + 2 * np.pi * rng.integers(0, petals, x.shape)) / petals
        r = (x * x + y * y + 1e-4) ** (sign / (2 * petals))
        return r * np.cos(turn), r * np.sin(turn)

    return _flame(rng, size, bend, 2, tight=(0.7, 1.1), fill=(0.5, 0.95))


MOTIFS = (
    Motif("flame-swirl", _swirl, ("ember", "dusk", "peacock")),
    Motif("flame-spiral", _spiral, ("sunset", "venom", "ice")),
    Motif("chaos-veil", _veil, ("lagoon", "petal", "copper", "opal")),
    Motif("lorenz-butterfly", _lorenz, ("sea", "coral", "leaf")),
    Motif("chaos-icon", _icon, ("orchid", "gold", "amethyst", "candy")),
    Motif("gumowski-wings", _wings, ("peacock", "ice", "dusk")),
    Motif("flame-ring", _ring, ("candy", "lagoon", "ember")),
)
