"""What grows by the golden angle: seed heads, rosettes, cones and buds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import smooth, waves
from dreamfolio.dream.pocket.drawing.heap import (
    GOLDEN,
    Form,
    Pieces,
    Values,
    ball,
    heaped,
    petal,
    pieces,
    ring,
    somewhere,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _spiral(count: int, power: float = 0.5) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Radius in (0, 1] and angle of ``count`` sprouts, the outermost first."""
    k = np.arange(count, 0, -1, dtype=np.float32)
    return ((k / count) ** power).astype(np.float32), (k * GOLDEN).astype(np.float32)


def _rosette(radius: float, count: int, small: float, large: float, power: float = 0.5) -> Pieces:
    """Leaves that point outward, the outermost the longest and the lowest."""
    r, angle = _spiral(count, power)
    long = small + (large - small) * r
    far = r * (radius - large / 2)
    return pieces(far * np.cos(angle), far * np.sin(angle), angle, long, 0.6 * (1 - r))


def _sunflower(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.7), 0.2)
    count = int(rng.integers(16, 26))
    disc = rng.uniform(0.2, 0.27)
    turn = rng.normal(0, 0.06, count)
    rays = petal(rng.uniform(0.24, 0.34), toward=0.9, point=0.8, vein=0.7, low=0.5, high=0.95)
    long = rng.uniform(0.22, 0.27) * rng.uniform(0.85, 1.0, count)
    back = place.of(ring(count, disc - 0.04, long, 0, turn=turn + np.pi / count))
    front = place.of(ring(count, disc - 0.04, long * 0.9, 0.12, turn=turn))
    flower = heaped(size, front, rays, heaped(size, back, rays))
    r, angle = _spiral(int(rng.integers(110, 190)))
    seed = 2.1 * disc / np.sqrt(len(r)) * (0.75 + 0.3 * r)
    base = 0.35 + 0.35 * np.sqrt(np.clip(1 - (r - 0.55) ** 2 * 3, 0, 1))

    def kernel(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        height, _, inside = ball(u, v * 1.35, number)
        tone = 0.08 + 0.5 * height + 0.35 * smooth(0.75, 1.0, r[number]) * (height > 0.3)
        return height, tone, inside

    seeds = pieces(disc * r * np.cos(angle), disc * r * np.sin(angle), angle, seed, base)
    return heaped(size, place.of(seeds), kernel, flower)


def _succulent(rng: np.random.Generator, size: int) -> Relief:
    leaf = petal(
        rng.uniform(0.6, 0.85), toward=1.7, point=rng.uniform(0.7, 0.9), cup=rng.uniform(0, 0.25),
        lift=0.4, low=0.1, high=0.75, rim=0.25,
    )  # fmt: skip
    plant = _rosette(0.48, int(rng.integers(26, 46)), 0.08, rng.uniform(0.26, 0.34), 0.6)
    return heaped(size, somewhere(rng, (0.7, 1.7), 0.15).of(plant), leaf)


def _dahlia(rng: np.random.Generator, size: int) -> Relief:
    leaf = petal(
        rng.uniform(0.36, 0.46), toward=1.2, point=0.55, cup=0.85, thick=0.5, lift=0.3,
        low=0.02, high=0.8, rim=0.3,
    )  # fmt: skip
    plant = _rosette(0.48, int(rng.integers(80, 120)), 0.05, rng.uniform(0.19, 0.24), 0.55)
    return heaped(size, somewhere(rng, (0.75, 1.7), 0.15).of(plant), leaf)


def _bud_spirals(arms: int, wind: float) -> Form:
    """A cone of little buds that stand on two families of spirals."""

    def form(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far = 2 * np.hypot(u, v) + 1e-3
        around, deep = np.arctan2(v, u) / (2 * np.pi), wind * np.log(far)
        buds = waves(arms * around + deep) * waves((arms - 3) * around - 1.3 * deep)
        cone = np.clip(1 - far, 0, 1)
        height = 0.55 * cone + 0.22 * buds * smooth(0.03, 0.2, far)
        tone = 0.15 + 0.45 * buds + 0.4 * cone
        return height, tone, 0.5 - far / 2

    return form


def _romanesco(rng: np.random.Generator, size: int) -> Relief:
    r, angle = _spiral(int(rng.integers(34, 60)), 0.75)
    far = 0.45 * r
    heap = pieces(
        far * np.cos(angle), far * np.sin(angle), angle, 0.05 + 0.24 * r, 0.65 * (1 - r)
    )  # fmt: skip
    form = _bud_spirals(8, rng.uniform(1.2, 1.7))
    return heaped(size, somewhere(rng, (0.8, 1.3), 0.15).of(heap), form)


def _cone(rng: np.random.Generator, rows: int, around: int, long: float, slim: float) -> Pieces:
    """Scales on an egg seen from its side, with its tip to the right and drawn tip first."""
    t = np.linspace(0.97, 0.02, rows)
    girth = slim * np.sin(np.pi * np.clip(0.13 + 0.87 * t, 0, 1) ** 0.8) ** 0.7
    x, y, angle, size, base = [], [], [], [], []
    for row, (along, half) in enumerate(zip(t, girth, strict=True)):
        side = np.arange(-around, around + 1) + (row % 2) / 2
        lean = side / (around + 0.5) * np.pi / 2
        lean = lean[np.abs(lean) < 1.5]
        # The sides first, what faces the eye upon them.
        for a in sorted(lean, key=abs, reverse=True):
            x.append(along * 0.8 - 0.4)
            y.append(half * np.sin(a))
            angle.append(np.sin(a) * (1.1 - 0.9 * along) + rng.normal(0, 0.04))
            size.append(long * (0.55 + 0.45 * half / slim))
            base.append(0.55 * np.cos(a))
    return pieces(x, y, angle, size, base)


def _pinecone(rng: np.random.Generator, size: int) -> Relief:
    def scale(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        edge = np.abs(u) * 0.9 + np.abs(v) * 1.15
        knob = np.exp(-(((u - 0.12) ** 2 + v**2) / 0.008))
        ridge = np.clip(1 - np.abs(u - 0.12) * 9, 0, 1) * np.clip(1 - np.abs(v) * 2.5, 0, 1)
        height = 0.3 * np.clip(1 - 2 * edge, 0, 1) + 0.2 * u + 0.15 * ridge + 0.3 * knob
        tone = 0.22 + 0.7 * (u + 0.5) ** 2 + 0.35 * ridge - 0.45 * knob
        return (height + 0.1).astype(np.float32), tone.astype(np.float32), 0.42 - edge

    cone = _cone(rng, int(rng.integers(10, 14)), 3, rng.uniform(0.2, 0.24), rng.uniform(0.22, 0.3))
    return heaped(size, somewhere(rng, (0.8, 1.7), 0.12).of(cone), scale)


def _artichoke(rng: np.random.Generator, size: int) -> Relief:
    leaf = petal(
        rng.uniform(0.75, 0.95), toward=1.1, point=0.75, cup=0.1, thick=0.4, lift=0.35,
        low=0.75, high=0.15, rim=0.3, vein=0.25,
    )  # fmt: skip
    bud = _cone(rng, int(rng.integers(6, 8)), 2, rng.uniform(0.33, 0.4), rng.uniform(0.28, 0.34))
    return heaped(size, somewhere(rng, (0.75, 1.4), 0.12).of(bud), leaf)


def _thistle(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.5), 0.1)
    count = int(rng.integers(40, 60))
    angle = np.sort(np.abs(rng.normal(0, 0.5, count)))[::-1] * rng.choice([-1, 1], count)
    angle = np.clip(angle, -1.1, 1.1)
    long = rng.uniform(0.36, 0.46, count) * (1 - 0.12 * np.abs(angle))
    x, y = long / 2 * np.cos(angle) + 0.02, long / 2 * np.sin(angle) * 0.9
    tuft = pieces(x, y, angle, long, 0.35 * np.cos(angle))
    thread = petal(0.1, toward=1.6, point=0.5, thick=0.4, lift=0.25, low=0.55, high=1.0)
    flower = heaped(size, place.of(tuft), thread)
    rows, wide = int(rng.integers(6, 8)), rng.uniform(0.17, 0.21)
    lean = np.concatenate([np.linspace(-1.45, 1.45, 9) + (row % 2) * 0.16 for row in range(rows)])
    down = np.repeat(np.linspace(0.06, -0.3, rows), 9)
    girth = wide * np.sqrt(np.clip(1 - ((down + 0.12) / 0.22) ** 2, 0.05, 1))
    spines = pieces(
        down, girth * np.sin(lean), np.sin(lean) * 1.1, 0.15, 0.15 + 0.4 * np.cos(lean)
    )  # fmt: skip
    thorn = petal(0.42, toward=0.55, point=1.0, thick=0.35, lift=0.35, low=0.05, high=0.55)
    return heaped(size, place.of(spines), thorn, flower)


MOTIFS = (
    Motif("sunflower", _sunflower, ("gold", "ember", "sunset")),
    Motif("succulent", _succulent, ("lagoon", "opal", "leaf", "amethyst")),
    Motif("dahlia", _dahlia, ("petal", "blood", "sunset", "candy")),
    Motif("romanesco", _romanesco, ("venom", "moss", "peacock")),
    Motif("pinecone", _pinecone, ("rust", "sand", "copper")),
    Motif("artichoke", _artichoke, ("leaf", "dusk", "orchid")),
    Motif("thistle", _thistle, ("orchid", "amethyst", "petal")),
)
