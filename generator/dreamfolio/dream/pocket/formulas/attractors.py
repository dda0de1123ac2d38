"""Strange attractors: veils, wings and rosettes that a wandering point leaves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dreamfolio.dream.pocket.drawing.clouds import Cloud, shown
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief

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
    return shown(rng, size, x[1:], y[1:], np.hypot(np.diff(x, axis=0), np.diff(y, axis=0)))


def _de_jong(rng: np.random.Generator, size: int) -> Relief:
    a, b, c, d = np.array(
        [(1.4, -2.3, 2.4, -2.1), (-2.7, -0.09, -0.86, -2.2), (2.01, -2.53, 1.61, -0.33)]
    )[rng.integers(3)] + rng.normal(0, 0.05, 4)

    def step(x: Cloud, y: Cloud, _: int) -> tuple[Cloud, Cloud]:
        return np.sin(a * y) - np.cos(b * x), np.sin(c * x) - np.cos(d * y)

    x, y = _walk(rng, step)
    return shown(rng, size, x[1:], y[1:], np.arctan2(x[:-1], y[:-1]))


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
    return shown(rng, size, xs * np.cos(look) + ys * np.sin(look), zs, ys - xs, fill=(0.8, 1.3))


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
    return shown(rng, size, whole.real[ok], whole.imag[ok], np.hypot(x, y)[ok], fill=(0.8, 1.3))


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
    return shown(rng, size, xs, ys, np.hypot(xs, ys) + 0.001 * age, fill=(0.85, 1.4))


MOTIFS = (
    Motif("chaos-veil", _veil, ("lagoon", "petal", "copper", "opal")),
    Motif("lorenz-butterfly", _lorenz, ("sea", "coral", "leaf")),
    Motif("chaos-icon", _icon, ("orchid", "gold", "amethyst", "candy")),
    Motif("gumowski-wings", _wings, ("peacock", "ice", "dusk")),
)
