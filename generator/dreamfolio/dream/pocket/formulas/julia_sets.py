"""Sets of orbits that never escape: Julia's, Mandelbrot's, and their kin."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import normal, placed, rounded, smooth, waves
from dreamfolio.dream.pocket.drawing.fractals import Orbits, Plane, escape, soft
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _plane(
    rng: np.random.Generator,
    size: int,
    width: float,
    centre: complex = 0,
    *,
    scale: tuple[float, float] = (0.7, 1.5),
    shift: float = 0.1,
    turn: bool | float = True,
) -> Plane:
    x, y = placed(rng, size, scale=scale, shift=shift, turn=turn)
    return np.asarray(centre + width * (x + 1j * y), np.complex64)


def _near(rng: np.random.Generator, c: complex, spread: float) -> complex:
    return complex(c + rng.normal(0, spread) + 1j * rng.normal(0, spread))


def _body(orbits: Orbits, width: float, rings: float) -> Relief:
    """A solid set, rounded at its border, its inner rings told by the orbits' nearness to 0."""
    halo = smooth(0.035 * width, 0.0, orbits.distance) * (1 - orbits.inside)
    solid = soft(orbits.inside)
    inner = waves(rings * orbits.trap)
    height = 0.75 * rounded(orbits.inside, 0.05) + 0.22 * soft(inner) * solid + 0.3 * soft(halo)
    tone = solid * (0.3 + 0.45 * inner) + (1 - solid) * (0.15 + 0.85 * halo)
    return Relief(height, tone, smooth(0.05 * width, 0.02 * width, orbits.distance))


def _filament(orbits: Orbits, width: float, thick: float) -> Relief:
    """A set thin as thread, swollen to ridges that taper with its distance."""
    near = orbits.distance / (width * thick)
    height = soft(np.exp(-near * 1.3).astype(np.float32))
    tone = 0.15 + 0.55 * height + 0.3 * waves(0.12 * orbits.rounds)
    return Relief(height, tone.astype(np.float32), smooth(3.2, 1.7, near))


def _terraces(orbits: Orbits, every: float, phase: float, width: float) -> Relief:
    """The land around a set, in bands of equal escape that climb toward it."""
    climb = normal(np.log1p(np.minimum(orbits.rounds, np.percentile(orbits.rounds, 97))))
    bands = waves(np.log1p(np.maximum(orbits.rounds, 0)) * every + phase)
    ridge = np.exp(-orbits.distance / (0.012 * width)).astype(np.float32)
    ridge = ridge * (1 - orbits.inside)
    bands = np.where(orbits.inside > 0, 0.6 * waves(6 * orbits.trap), bands)
    height = soft(0.45 * climb + 0.2 * bands + 0.4 * ridge)
    height = height + 0.5 * rounded(orbits.inside, 0.08)
    tone = 0.12 + 0.3 * climb + 0.4 * bands * (1 - ridge) + 0.3 * ridge - 0.3 * orbits.inside
    return Relief(height, np.clip(tone, 0, 1).astype(np.float32))


def _rabbit(rng: np.random.Generator, size: int) -> Relief:
    c = _near(rng, complex(rng.choice([-0.1226 + 0.7449j, -0.1226 - 0.7449j])), 0.012)
    orbits = escape(_plane(rng, size, 2.5, shift=0.2, scale=(0.9, 2)), c, 45)
    return _body(orbits, 2.5, rng.uniform(3, 5))


def _dendrite(rng: np.random.Generator, size: int) -> Relief:
    c = complex(rng.choice([1j, -1j, -0.1011 + 0.9563j, -0.228 + 1.115j]))
    orbits = escape(_plane(rng, size, 2.5, shift=0.15), c, 30)
    return _filament(orbits, 2.5, rng.uniform(0.015, 0.025))


def _siegel(rng: np.random.Generator, size: int) -> Relief:
    turn = np.exp(2j * np.pi * rng.choice([0.618034, 0.414214, 0.381966]))
    orbits = escape(_plane(rng, size, 2.3, shift=0.15), complex(turn / 2 - turn * turn / 4), 60)
    every = rng.uniform(6, 9)
    relief = _body(orbits, 2.3, every)
    groove = waves(every * orbits.trap + 0.25) * orbits.inside
    return Relief(
        (relief.height + 0.2 * soft(groove)).astype(np.float32), relief.tone, relief.cover
    )


def _spirals(rng: np.random.Generator, size: int) -> Relief:
    c = complex(rng.choice([-0.7269 + 0.1889j, -0.75 + 0.11j, 0.285 + 0.0125j, -0.8 + 0.156j]))
    width = rng.uniform(0.7, 1.5)
    middle = rng.uniform(-0.35, 0.35) + 1j * rng.uniform(-0.2, 0.2)
    orbits = escape(_plane(rng, size, width, middle), _near(rng, c, 0.001), 90)
    return _terraces(orbits, rng.uniform(1.5, 2.5), rng.random(), width)


def _dust(rng: np.random.Generator, size: int) -> Relief:
    c = complex(rng.choice([0.36 + 0.6j, 0.45 + 0.25j, -0.35 + 0.8j, 0.1 + 0.75j, 0.42 + 0.4j]))
    orbits = escape(_plane(rng, size, 2.2, shift=0.2), _near(rng, c, 0.03), 24)
    level = orbits.rounds / 2.2
    step = level - np.floor(level)
    height = 0.1 * np.minimum(np.floor(level), 8) + 0.1 * smooth(0, 0.35, step)
    tone = 0.08 + 0.09 * np.minimum(level, 8) + 0.25 * smooth(0.25, 0.05, step)
    return Relief(soft(height), tone.astype(np.float32), smooth(4.4, 4.9, orbits.rounds))


def _seahorses(rng: np.random.Generator, size: int) -> Relief:
    width = float(np.exp(rng.uniform(np.log(0.008), np.log(0.025))))
    side = rng.choice([-1, 1])
    c = _plane(rng, size, width, complex(-0.7445 + rng.normal(0, 0.002), side * 0.121), shift=0.15)
    orbits = escape(c, c, 160)
    return _terraces(orbits, rng.uniform(1.6, 2.6), rng.random(), width)


def _mandelbrot(rng: np.random.Generator, size: int) -> Relief:
    c = _plane(rng, size, 2.9, -0.65, shift=0.12, scale=(0.85, 1.6))
    orbits = escape(c, c, 50)
    halo = np.exp(-orbits.distance / 0.12).astype(np.float32) * (1 - orbits.inside)
    solid = soft(orbits.inside)
    bands = waves(0.9 * np.log1p(orbits.rounds) * 2) * (1 - solid)
    height = 0.9 * rounded(orbits.inside, 0.07) + 0.35 * soft(halo)
    tone = 0.1 + solid * (0.08 + 0.4 * np.minimum(orbits.trap, 1)) + 0.6 * halo + 0.25 * bands
    return Relief(height, tone.astype(np.float32))


def _folded(z: Plane) -> Plane:
    return (np.abs(z.real) + 1j * np.abs(z.imag)).astype(np.complex64)


def _ship(rng: np.random.Generator, size: int) -> Relief:
    width = rng.uniform(0.09, 0.16)
    c = _plane(rng, size, width, -1.755 - 0.03j, turn=0.3, scale=(0.8, 1.3))
    orbits = escape(c, c, 50, fold=_folded)
    climb = normal(np.log1p(np.clip(orbits.rounds - 2, 0, 40)))
    bands = waves(0.25 * orbits.rounds)
    height = soft((0.9 * climb + 0.1 * bands).astype(np.float32))
    tone = 0.9 * climb**1.5 + 0.15 * bands - 0.35 * orbits.inside
    return Relief(height, tone.astype(np.float32))


def _newton(rng: np.random.Generator, size: int) -> Relief:
    z = _plane(rng, size, 2.2, scale=(0.7, 1.8))
    power, haste = int(rng.integers(3, 7)), rng.uniform(0.8, 1.15)
    steps = np.zeros(z.shape, np.float32)
    for _ in range(14):
        lower = z ** (power - 1)
        move = haste * (lower * z - 1) / (power * lower + np.complex64(1e-6))
        steps += 1 - np.exp(-20 * np.abs(move))
        # A start near a pole is thrown far out: it is held where powers stay finite.
        z = np.clip(z.real - move.real, -9, 9) + 1j * np.clip(z.imag - move.imag, -9, 9)
    basin = np.round(np.angle(z) / (2 * np.pi) * power) % power / max(1, power - 1)
    near = smooth(2, 12, steps)
    height = soft((0.2 + 0.8 * np.sqrt(near)).astype(np.float32))
    tone = 0.1 + 0.55 * basin + 0.3 * waves(steps / 2)
    return Relief(height, tone.astype(np.float32))


def _multibrot(rng: np.random.Generator, size: int) -> Relief:
    c = _plane(rng, size, 2.7, shift=0.12)
    orbits = escape(c, c, 30, power=int(rng.integers(3, 7)))
    bands = waves(0.7 * orbits.rounds)
    solid = soft(orbits.inside)
    halo = np.exp(-orbits.distance / 0.1).astype(np.float32)
    height = 0.8 * rounded(orbits.inside, 0.12) + 0.4 * soft(halo) * (1 - solid) + 0.08 * bands
    tone = 0.15 + 0.6 * halo * (1 - solid) + solid * (0.2 + 0.6 * waves(2 * orbits.trap))
    return Relief(height, tone, smooth(0.3, 0.2, orbits.distance))


def _phoenix(rng: np.random.Generator, size: int) -> Relief:
    # Ushiki's set stands upright when the plane's axes change places.
    z = _plane(rng, size, 2.6, shift=0.15)
    orbits = escape(z.imag + 1j * z.real, _near(rng, 0.5667, 0.006), 40, memory=-0.5)
    climb = smooth(1, 14, orbits.rounds)
    solid = soft(orbits.inside)
    height = 0.6 * soft(climb) + 0.5 * rounded(orbits.inside, 0.08)
    tone = 0.1 + 0.55 * climb + 0.25 * waves(0.5 * orbits.rounds) * (1 - solid) - 0.3 * solid
    tone = tone + 0.5 * solid * waves(4 * orbits.trap)
    return Relief(soft(height), tone.astype(np.float32))


MOTIFS = (
    Motif("julia-rabbit", _rabbit, ("amethyst", "candy", "lagoon")),
    Motif("julia-dendrite", _dendrite, ("ice", "ember", "venom")),
    Motif("siegel-disc", _siegel, ("opal", "copper", "orchid")),
    Motif("julia-spirals", _spirals, ("peacock", "sunset", "dusk", "candy")),
    Motif("julia-dust", _dust, ("ember", "sea", "petal")),
    Motif("seahorse-valley", _seahorses, ("sea", "gold", "sunset", "orchid")),
    Motif("mandelbrot", _mandelbrot, ("sea", "ember", "candy")),
    Motif("burning-ship", _ship, ("ember", "blood", "ink")),
    Motif("newton-basins", _newton, ("candy", "peacock", "opal", "leaf")),
    Motif("multibrot", _multibrot, ("venom", "amethyst", "rust")),
    Motif("phoenix-julia", _phoenix, ("sunset", "dusk", "blood")),
)
