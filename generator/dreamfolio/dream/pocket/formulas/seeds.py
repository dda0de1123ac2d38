"""Seeds as they grow: ears, pods, cobs and clocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import dome, smooth, waves
from dreamfolio.dream.pocket.drawing.heap import (
    GOLDEN,
    Form,
    Values,
    heaped,
    joined,
    petal,
    pieces,
    rod,
    somewhere,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _wheat(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.1)
    rows = int(rng.integers(8, 11))
    t = np.repeat(np.linspace(1, 0, rows), 3)
    side = np.tile([-1.0, 1.0, 0.0], rows)
    bend = rng.uniform(-0.35, 0.35)
    x, y = bend * (t - 0.3) ** 2 + side * 0.07, 0.2 - 0.56 * t
    angle = -np.pi / 2 + side * 0.45 + 1.2 * bend * (t - 0.3)
    out = 0.21
    awns = pieces(
        x + out * np.cos(angle) + 0.02 * side, y + out * np.sin(angle), angle - 0.15 * side,
        0.42, 0.0,
    )  # fmt: skip
    hair = petal(0.035, toward=0.6, point=0.5, low=0.6, high=0.9)
    stem = pieces(bend * 0.1, np.linspace(0.6, 0.2, 20), np.pi / 2, 0.045, 0.1)
    plant = heaped(size, place.of(joined(awns, stem)), hair)
    plant = heaped(size, place.of(stem), rod(1, 0.1), plant)
    corn = petal(
        0.52, toward=0.8, point=0.65, thick=0.5, vein=0.7, lift=0.2, low=0.3, high=0.9, rim=0.1
    )
    grains = pieces(x, y, angle, 0.21, np.where(side == 0, 0.4, 0.2))
    return heaped(size, place.of(grains), corn, plant)


def _pod_form(count: int) -> Form:
    def form(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        bent = v + 0.22 * (u**2 - 0.1)
        t = np.clip(u + 0.5, 0, 1)
        half = 0.15 * np.abs(np.sin(np.pi * t)) ** 0.45
        at = u * (count + 1.4) + (0 if count % 2 else 0.5)
        near = np.hypot(at - np.rint(at), bent * (count + 1.4))
        pea = smooth(0.47, 0.43, near) * (np.abs(u) < 0.5 * count / (count + 1.4))
        open_ = smooth(0.0, 0.02, half * 0.75 - np.abs(bent))
        lip = smooth(0.04, 0.0, np.abs(half * 0.8 - np.abs(bent)))
        height = 0.35 * (1 - open_) + 0.25 * lip + pea * (0.2 + 0.6 * dome(near, 0.48))
        tone = 0.45 - 0.35 * open_ + 0.3 * lip + pea * (0.35 + 0.4 * dome(near, 0.48))
        inside = np.maximum(half, 0.015 * (u < -0.3)) - np.abs(bent)
        return height, tone, inside - np.maximum(np.abs(u) - 0.5, 0)

    return form


def _peas(rng: np.random.Generator, size: int) -> Relief:
    several = int(rng.integers(1, 4))
    spread = (np.arange(several) - (several - 1) / 2) * rng.uniform(0.26, 0.3)
    angle = rng.normal(0, 0.2, several)
    long = rng.uniform(0.85, 1.05, several)
    heap = pieces(rng.normal(0, 0.05, several), spread, angle, long, 0.1 * np.arange(several))
    form = _pod_form(int(rng.integers(5, 8)))
    return heaped(size, somewhere(rng, (0.85, 1.5), 0.1).of(heap), form)


def _dandelion(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.12)
    count = int(rng.integers(20, 32))
    k = np.arange(count, 0, -1)
    r, spin = np.sqrt((k - 0.5) / count).astype(np.float32), k * GOLDEN
    far = 0.38 * r * rng.uniform(0.92, 1.0, count)
    long = rng.uniform(0.25, 0.3)
    rays = int(rng.integers(11, 15))
    inner = far * 0.5
    stalks = pieces(inner * np.cos(spin), inner * np.sin(spin), spin, np.maximum(far, 0.05), 0.0)
    thin = petal(0.05, point=0.1, lift=0.2, low=0.1, high=0.4)
    head = heaped(size, place.of(stalks), thin)

    def tuft(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far, around = 2 * np.hypot(u, v), np.arctan2(v, u)
        gap = np.abs((around / (2 * np.pi) * rays + 0.3 * number) % 1 - 0.5)
        ray = (0.085 - gap * far * 2 * np.pi / rays) / 2
        hub = 0.17 - far
        height = 0.25 + 0.2 * far + 0.2 * smooth(0.15, 0.0, far)
        tone = 0.95 - 0.45 * r[number] + 0.3 * far - 0.5 * smooth(0.2, 0.1, far)
        return height, tone, np.minimum(np.maximum(ray, hub), (1 - far) / 2)

    wide = long * (1.15 - 0.3 * r)
    tufts = pieces(far * np.cos(spin), far * np.sin(spin), spin, wide, 0.6 * (1 - r**2))
    return heaped(size, place.of(tufts), tuft, head)


def _corn(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.12)
    rows, ways = int(rng.integers(13, 17)), 7
    t = np.linspace(0.02, 0.98, rows)
    lean = (np.arange(ways) - (ways - 1) / 2) / (ways / 2) * 1.4
    order = np.argsort(-np.abs(lean))
    girth = 0.19 * (1 - t**3.5) ** 0.5 + 0.02
    x = np.repeat(-0.35 + 0.8 * t, ways)
    y = (girth[:, None] * np.sin(lean[order])).ravel()
    base = 0.7 * np.tile(np.cos(lean[order]), rows)
    shade = rng.uniform(-0.25, 0.25, len(x)).astype(np.float32)

    def kernel(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        far = (np.abs(2.2 * u) ** 3 + np.abs(2.1 * v) ** 3) ** (1 / 3)
        body = np.sqrt(np.clip(1 - far**2, 0, 1))
        return 0.4 * body, 0.4 + 0.4 * body + shade[number], (1 - far) / 2.2

    cob = heaped(size, place.of(pieces(x, y, 0.0, 0.088, base)), kernel)
    husk = petal(
        0.34, toward=0.8, point=0.8, cup=0.5, thick=0.4, lift=0.3, vein=0.3, low=0.2, high=0.5,
        rim=0.2,
    )  # fmt: skip
    swing = np.array([-0.5, 0.5, -0.2, 0.22]) * rng.uniform(0.8, 1.4)
    leaves = pieces(
        -0.45 + 0.27 * np.cos(swing), 0.12 * np.sign(swing) + 0.27 * np.sin(swing), swing, 0.54,
        [0.1, 0.1, 0.5, 0.5],
    )  # fmt: skip
    return heaped(size, place.of(leaves), husk, cob)


def _pineapple(rng: np.random.Generator, size: int) -> Relief:
    place = somewhere(rng, (0.85, 1.5), 0.1)
    blade = petal(
        0.26, toward=0.6, point=0.9, cup=0.6, thick=0.35, lift=0.2, vein=0.4, low=0.1, high=0.65,
        rim=0.2,
    )  # fmt: skip
    lean = np.concatenate([np.linspace(-w, w, n) for w, n in ((0.7, 5), (1.0, 6), (1.3, 5))])
    long = np.repeat([0.44, 0.34, 0.24], [5, 6, 5]) * rng.uniform(0.9, 1.05, 16)
    crown = pieces(
        0.06 + long / 2 * np.cos(lean), long / 2 * np.sin(lean), lean, long, 0.3 * np.cos(lean)
    )
    top = heaped(size, place.of(crown), blade)
    rows, slim = int(rng.integers(8, 10)), rng.uniform(0.2, 0.24)
    x, y, base = [], [], []
    for row, t in enumerate(np.linspace(0.0, 1.0, rows)):
        half = slim * np.sin(np.pi * (0.14 + 0.72 * t)) ** 0.5
        spots = (np.arange(-3, 4) + (row % 2) / 2) / 3.5 * np.pi / 2
        for a in sorted(spots[np.abs(spots) < 1.5], key=abs, reverse=True):
            x.append(0.07 - 0.5 * t)
            y.append(half * np.sin(a))
            base.append(0.7 * np.cos(a))

    def eye(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
        edge = np.abs(u) + np.abs(v) * 0.85
        thorn = np.exp(-((u - 0.1) ** 2 * 20 + v**2 * 160))
        rays = waves(np.arctan2(v, u) * 8 / np.pi) * smooth(0.45, 0.2, edge)
        height = 0.4 * np.sqrt(np.clip(1 - (2 * edge) ** 2, 0, 1)) + 0.3 * thorn
        tone = 0.15 + 0.7 * smooth(0.5, 0.15, edge) - 0.45 * thorn + 0.1 * rays
        return height, tone, 0.5 - edge

    return heaped(size, place.of(pieces(x, y, 0.0, 0.155, base)), eye, top)


MOTIFS = (
    Motif("wheat-ear", _wheat, ("gold", "sand", "copper")),
    Motif("pea-pod", _peas, ("venom", "leaf", "lagoon")),
    Motif("dandelion-clock", _dandelion, ("ice", "opal", "bone", "ink")),
    Motif("corn-cob", _corn, ("gold", "candy", "peacock")),
    Motif("pineapple", _pineapple, ("gold", "peacock", "leaf", "copper")),
)
