"""Trees, whole and in parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    drawn,
    nearest,
    noise,
    placed,
    polar,
    rounded,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.heap import (
    Pieces,
    Values,
    heaped,
    joined,
    pieces,
    rod,
    somewhere,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief

Strokes = list[tuple[list[tuple[float, float]], float]]


def _limb(
    rng: np.random.Generator, start: tuple[float, float], heading: float, wide: float, bend: float
) -> Pieces:
    """A winding limb that tapers, from its thick end."""
    count = 34
    turn = np.cumsum(rng.normal(0, bend, count)) * 0.3
    angle = heading + turn - turn[0]
    girth = wide * np.linspace(1, 0.12, count) ** 0.8
    step = girth * 0.16 + 0.008
    x, y = start[0] + np.cumsum(step * np.cos(angle)), start[1] + np.cumsum(step * np.sin(angle))
    return pieces(x, y, angle, girth, np.linspace(0.4, 0.0, count))


def _branches(
    rng: np.random.Generator, at: tuple[float, float], angle: float, long: float, wide: float
) -> Strokes:
    bow = angle + rng.normal(0, 0.15)
    middle = (at[0] + long / 2 * np.cos(bow), at[1] + long / 2 * np.sin(bow))
    end = (middle[0] + long / 2 * np.cos(angle), middle[1] + long / 2 * np.sin(angle))
    found: Strokes = [([at, middle], wide), ([middle, end], wide * 0.85)]
    if wide < 0.005:
        return found
    for sign in (-1, 1):
        turned = angle + sign * rng.uniform(0.25, 0.6)
        thin = wide * rng.uniform(0.58, 0.76)
        found += _branches(rng, end, turned, long * rng.uniform(0.68, 0.84), thin)
    return found


def _bare_tree(rng: np.random.Generator, size: int) -> Relief:
    turn, scale = rng.uniform(-0.3, 0.3), rng.uniform(0.8, 1.35)
    foot = (rng.uniform(-0.15, 0.15), 0.52)
    trunk = rng.uniform(0.07, 0.1) * scale
    lines = _branches(rng, foot, -np.pi / 2 + turn, 0.26 * scale, trunk)
    mask = drawn(size, lines)
    body = rounded(mask, 0.035)
    bark = noise(rng, size, 16)
    return Relief(
        (body + 0.1 * bark * body).astype(np.float32),
        (0.25 + 0.35 * bark + 0.35 * (1 - body)).astype(np.float32),
        mask,
    )


def _roots(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.9, 1.5), 0.2)
    count = int(rng.integers(9, 13))
    limbs = []
    for k in rng.permutation(count):
        heading = 2 * np.pi * k / count + rng.normal(0, 0.15)
        start = (0.05 * np.cos(heading), 0.05 * np.sin(heading))
        limbs.append(_limb(rng, start, heading, rng.uniform(0.1, 0.14), 0.9))
    stump = pieces(0.0, 0.0, 0.0, 0.26, 0.5)
    limb = rod(rng.uniform(3, 4.5), 0.25)

    def cut(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far = 2 * np.hypot(u, v)
        grain = waves(far * 5)
        bark = smooth(0.8, 0.88, far)
        height = 0.25 + 0.1 * grain + 0.1 * bark
        return height, 0.85 - 0.25 * grain - 0.6 * bark, 0.5 - far / 2

    return heaped(size, place.of(stump), cut, heaped(size, place.of(joined(*limbs)), limb))


def _conifer(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.8, 1.4), 0.1, 0.25)
    rows = int(rng.integers(7, 10))
    half = rng.uniform(0.3, 0.42)
    x, y, angle, long, base = [0.0], [0.44], [np.pi / 2], [0.14], [0.0]
    for row in range(rows):
        t = 1 - row / rows
        ways = np.linspace(-1, 1, 6 - row % 2 if t > 0.35 else 3) + rng.normal(0, 0.05)
        for side in sorted(ways, key=abs, reverse=True):
            reach = (half * t + 0.02) * (0.4 + 0.6 * abs(side)) + 0.06
            lean = np.pi / 2 - side * rng.uniform(1.0, 1.2) * (0.3 + 0.7 * t)
            x.append(side * 0.05 * t**2 + reach / 2 * np.cos(lean))
            y.append(-0.5 + 0.78 * t + reach / 2 * np.sin(lean))
            angle.append(lean)
            long.append(reach)
            base.append(0.5 * (1 - abs(side)) + 0.1 * row / rows)
    fringe = rng.uniform(5, 7)

    def bough(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        t = np.clip(u + 0.5, 0, 1)
        needle = np.abs(((t - 0.8 * np.abs(v)) * fringe) % 1 - 0.5) * 2
        half = 0.3 * np.abs(np.sin(np.pi * t**0.9)) ** 0.8 * (0.55 + 0.45 * needle)
        height = 0.35 * np.sqrt(np.clip(1 - (v / 0.3) ** 2, 0, 1)) + 0.15 * needle + 0.2 * t
        tone = 0.1 + 0.3 * needle + 0.55 * t**2
        return height, tone, half + 0.02 - np.abs(v) - np.maximum(np.abs(u) - 0.5, 0)

    return heaped(size, place.of(pieces(x, y, angle, long, base)), bough)


def _bonsai(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.3), 0.08, 0.2)
    side = rng.choice([-1.0, 1.0])
    t = np.linspace(0, 1, 26)
    x = side * (0.13 * np.sin(2 * np.pi * t * rng.uniform(0.8, 1.1)) - 0.05)
    y = 0.46 - 0.62 * t
    trunk = pieces(x, y, np.arctan2(np.gradient(y), np.gradient(x)), 0.16 - 0.1 * t, 0.1)
    limbs, tufts = [trunk], []
    for k, at in enumerate((0.45, 0.6, 0.75, 0.88, 1.0)):
        spot = int(at * 25)
        way = side * (1 if k % 2 else -1) * (1 - at) * 0.85
        px, py = x[spot] + way * rng.uniform(0.4, 0.6), y[spot] - 0.02
        s = np.linspace(0, 1, 8)
        limbs.append(
            pieces(x[spot] + s * (px - x[spot]), y[spot] + s * (py - y[spot]), way, 0.05, 0.05)
        )
        count = 20
        wide = rng.uniform(0.13, 0.18)
        lx, ly = rng.uniform(-1, 1, count), rng.uniform(-1, 1, count)
        order = np.argsort(-ly)[::-1]
        lx, ly = lx[order], ly[order] * np.sqrt(1 - lx[order] ** 2)
        tufts.append(
            pieces(px + wide * lx, py - 0.03 + 0.4 * wide * ly, -1.57, 0.09, 0.4 - 0.3 * ly)
        )

    def tuft(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = 2 * np.hypot(u, v), np.arctan2(v, u)
        edge = 0.85 + 0.15 * np.cos(6 * around + number)
        body = np.sqrt(np.clip(1 - far**2, 0, 1))
        return 0.45 * body, 0.35 + 0.45 * u + 0.35 * body, (edge - far) / 2

    tree = heaped(size, place.of(joined(*limbs)), rod(3.5, 0.3))
    wood = Relief(tree.height, (tree.tone * 0.4).astype(np.float32), tree.cover)
    return heaped(size, place.of(joined(*tufts)), tuft, wood)


def _bark(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.4), warp=0.16)
    plates = scattered(rng, rng.uniform(6, 8), even=0.5) * np.float32(1.6)
    first, second, index = nearest(x * 1.9, y * 0.75, plates)
    gap = second - first
    plate = smooth(0.0, 0.06, gap)
    shade = rng.random(len(plates)).astype(np.float32)[index]
    flakes = waves(gap * 22 + noise(rng, size, 8, 2))
    height = 0.75 * plate * (0.7 + 0.3 * shade) + 0.14 * flakes * plate
    tone = 0.05 + plate * (0.3 + 0.25 * shade + 0.3 * flakes)
    return Relief(height.astype(np.float32), tone.astype(np.float32))


def _tree_rings(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.75, 1.4), shift=0.2, warp=0.16)
    far, around = polar(x, y)
    count = rng.uniform(9, 14)
    ring = (far / 0.42 * count + 0.6 * noise(rng, size, 3)) % 1
    late = ring**2 * smooth(1.0, 0.92, ring)
    ways = int(rng.integers(3, 6))
    crack = np.abs(((around + rng.uniform(0, 6)) / (2 * np.pi) * ways + 0.5) % 1 - 0.5)
    crack = smooth(0.006, 0.001, crack * far) * smooth(0.02, 0.1, far) * smooth(0.42, 0.3, far)
    bark = smooth(0.41, 0.425, far)
    rough = waves(around * 9 + 2 * noise(rng, size, 9)) * bark
    hull = 0.1 + 0.3 * rough + 0.3 * dome(np.abs(far - 0.45), 0.04)
    height = 0.5 + 0.16 * late - 0.4 * crack + bark * hull
    tone = 0.9 - 0.45 * late - 0.25 * smooth(0.3, 0.0, far) - 0.6 * crack
    tone = tone + bark * (0.12 + 0.25 * rough - tone)
    return Relief(
        height.astype(np.float32), tone.astype(np.float32), smooth(0.49, 0.48, far - 0.02 * rough)
    )


MOTIFS = (
    Motif("bare-tree", _bare_tree, ("rust", "ink", "bone")),
    Motif("roots", _roots, ("rust", "sand", "dusk")),
    Motif("conifer", _conifer, ("moss", "lagoon", "ice")),
    Motif("bonsai", _bonsai, ("leaf", "petal", "orchid")),
    Motif("bark", _bark, ("rust", "bone", "copper", "sand")),
    Motif("tree-rings", _tree_rings, ("sand", "gold", "rust", "flesh")),
)
