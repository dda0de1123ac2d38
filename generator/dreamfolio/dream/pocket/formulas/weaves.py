"""Cloth and wickerwork that fill the canvas: strands over and under each other."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, noise, placed, smooth, waves
from dreamfolio.dream.pocket.drawing.lattices import chances, hexagons, relief
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _basket(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.12)
    count = rng.uniform(4, 6)
    u, v = x * count, y * count
    i, j = np.floor(u), np.floor(v)
    du, dv = 2 * (u - i) - 1, 2 * (v - j) - 1
    over = (i + j) % 2 == 0
    across, along = np.where(over, dv, du), np.where(over, du, dv)
    strands = int(rng.integers(2, 5))
    reed = np.abs((across * 0.5 + 0.5) * strands % 1 * 2 - 1)
    height = 0.25 + 0.5 * dome(along, 1.12) + 0.25 * dome(reed, 1.05)
    gap = smooth(0.98, 0.88, np.abs(across))
    strip = np.where(over, chances(rng, j, 0 * j), chances(rng, i, 0 * i + 7))
    two = rng.uniform(0.1, 0.4) * np.where(over, 1, -1)
    tone = 0.4 + two + 0.3 * dome(along, 1.1) * dome(reed, 1.1) + 0.2 * (strip - 0.5)
    return relief(height * (0.4 + 0.6 * gap), tone * (0.3 + 0.7 * gap))


def _plaid(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.12)
    bands = rng.random(9, np.float32)
    places = np.cumsum(np.exp(rng.normal(0, 0.7, 9)))
    places = places / places[-1]

    def sett(at: Field) -> Field:
        # A tartan's sett is mirrored at its ends.
        fold = np.abs((at * 1.4) % 2 - 1)
        return np.asarray(bands[np.searchsorted(places, fold).clip(0, 8)], np.float32)

    count = rng.uniform(22, 30)
    twill = (np.floor(x * count) + np.floor(y * count)) % 4 < 2
    du, dv = x * count % 1 * 2 - 1, y * count % 1 * 2 - 1
    thread = np.where(twill, dome(dv, 1.15) * (1 - 0.3 * du**2), dome(du, 1.15) * (1 - 0.3 * dv**2))
    warp, weft = sett(x), sett(y)
    tone = 0.5 * (warp + weft) + np.where(twill, 0.25, -0.25) * (weft - warp)
    soft = noise(rng, size, 3)
    return relief(0.4 * thread + 0.5 * soft, tone * (0.8 + 0.2 * thread))


def _knit(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.2)
    count = rng.uniform(4, 6)
    u, v = x * count, y * count * rng.uniform(1.0, 1.3)
    column = np.floor(u)
    half = np.abs(u - column - 0.5) * 2
    slant = v + 0.75 * half
    row = np.floor(slant)
    leg, across = slant - row - 0.5, half - 0.5
    far = np.hypot(across / 0.52, leg / 0.6)
    yarn = waves(3 * leg + 1.6 * across * np.where(u - column > 0.5, 1, -1) + 3 * across)
    height = 0.85 * dome(far, 1.12) + 0.08 * yarn
    bands = chances(rng, row // int(rng.integers(1, 4)), 0 * row)
    if rng.random() < 0.5:
        bands = np.where(chances(rng, row, column) > 0.5, 0.85, 0.25)
    tone = (0.25 + 0.6 * bands + 0.2 * yarn) * smooth(1.2, 0.8, far)
    return relief(height, tone)


def _chain_mail(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.18)
    u, v = x * 4.5, y * 4.5 / 0.62
    width, tilt = rng.uniform(0.13, 0.17), rng.uniform(0.5, 0.7)
    height = np.zeros_like(x)
    tone = np.full_like(x, 0.05)
    for back in (-1, 0, 1):
        row = np.floor(v) + back
        lean = np.where(row % 2 == 0, 1.0, -1.0)
        for side in (0, 1):
            shifted = u + 0.5 * (row % 2)
            cell = np.floor(shifted - 0.5) + side
            du, dv = shifted - cell - 0.5, (v - row - 0.5) * 0.62
            radius = np.hypot(du, dv)
            wire = dome(np.abs(radius - 0.44), width)
            # Each ring lies aslant, so that it passes over one neighbour and under the other.
            raised = np.where(wire > 0, 0.3 + 0.4 * wire + tilt * (0.5 * lean * du - 0.5 * dv), 0)
            front = raised > height
            height = np.where(front, raised, height)
            bright = 0.2 + 0.6 * wire + 0.25 * (chances(rng, row, cell) - 0.5)
            tone = np.where(front, bright, tone)
    return relief(height * 1.2, tone)


def _quilt(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.12)
    a, b = (x + y) * 3.2, (x - y) * 3.2
    i, j = np.floor(a), np.floor(b)
    du, dv = 2 * (a - i) - 1, 2 * (b - j) - 1
    puff = np.sqrt(np.clip((1 - du**2) * (1 - dv**2), 0, 1))
    folds = waves(4 * np.arctan2(np.abs(dv), np.abs(du) + 1e-3)) * (1 - puff)
    button = np.hypot(1 - np.abs(du), 1 - np.abs(dv))
    knob = dome(button, 0.26)
    patch = np.where(rng.random() < 0.5, (i + j) % 2, chances(rng, i, j))
    rim = np.minimum(1 - np.abs(du), 1 - np.abs(dv))
    stitch = smooth(0.12, 0.06, np.abs(rim - 0.16)) * smooth(0.3, 0.7, waves(2.5 * (du + dv)))
    height = 0.85 * puff + 0.12 * folds + 0.55 * knob
    tone = 0.15 + 0.45 * patch + 0.3 * puff + 0.25 * stitch
    return relief(height, np.where(knob > 0, 0.9 - 0.5 * patch, tone))


def _wax_honeycomb(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.3, warp=0.15)
    s = hexagons(rng, x, y, rng.uniform(4, 5.5))
    wall = smooth(0.26, 0.12, s.edge)
    capped = s.chance > rng.uniform(0.6, 0.95)
    steps = waves(2.2 * s.edge)
    lid, pit = 0.55 + 0.3 * dome(1 - s.edge, 1.0), 0.25 - 0.4 * np.sqrt(s.edge.clip(0))
    deep = np.where(capped, lid, pit)
    glint = smooth(0.3, 0.2, np.hypot(s.u - 0.2, s.v + 0.25))
    honey = 0.3 - 0.2 * steps + 0.5 * glint * (s.chance < 0.5)
    tone = np.where(capped, 0.55 + 0.1 * noise(rng, size, 12), honey)
    return relief(deep * (1 - wall) + 0.85 * wall, tone * (1 - wall) + 0.85 * wall)


MOTIFS = (
    Motif("basket", _basket, ("sand", "rust", "orchid")),
    Motif("plaid", _plaid, ("blood", "leaf", "candy", "sea")),
    Motif("knit", _knit, ("coral", "opal", "petal")),
    Motif("chain-mail", _chain_mail, ("ink", "ice", "copper")),
    Motif("quilt", _quilt, ("candy", "opal", "amethyst")),
    Motif("wax-honeycomb", _wax_honeycomb, ("gold", "ember", "sunset")),
)
