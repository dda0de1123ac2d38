"""What carries and opens a wall: arches, columns, tracery, bridges, stairs, vaults."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import (
    archway,
    bare,
    chance,
    form,
    inside,
    over,
    repeated,
    ridge,
)
from dreamfolio.dream.pocket.drawing.masonry import round_of, stones, turned
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _colonnade(rng: np.random.Generator, size: int) -> Relief:
    """Storeys of round arches between half columns, as on an amphitheatre."""
    x, y = placed(rng, size, scale=(0.7, 1.6), shift=0.3, turn=0.12)
    y = y + rng.uniform(-0.5, 0.5) * x**2
    wide, tall = rng.uniform(0.2, 0.27), rng.uniform(0.32, 0.42)
    u, bay = repeated(x, wide)
    v, floor = repeated(y, tall)
    foot, spring = tall * 0.42, -tall * 0.08
    edge = archway(u, v - spring, wide * 0.27, foot - spring)
    hole = inside(edge)
    depth = smooth(0.0, -0.09, edge + 0.3 * u + 0.1 * v)
    ring = ridge(edge - 0.018, 0.018)
    side = (wide / 2 - np.abs(u)) / (wide * 0.13)
    shaft = dome(side, 1.0)
    capital = ridge(v + tall * 0.28, 0.02) * (side < 1.35)
    band = ridge(np.abs(v) - tall / 2, 0.035) + 0.8 * ridge(v + tall * 0.37, 0.014)
    dentil = waves(u / wide * 9) * ridge(v + tall * 0.43, 0.02)
    height = 0.35 + 0.45 * shaft + 0.15 * ring + 0.3 * band + 0.25 * capital + 0.15 * dentil
    tone = 0.42 + 0.3 * shaft + 0.3 * ring + 0.25 * band + 0.2 * capital - 0.25 * dentil
    tone = tone + 0.1 * (chance(bay, floor) - 0.5)
    return form(height * (1 - hole), tone * (1 - hole) + hole * (0.25 - 0.25 * depth))


def _bridge(rng: np.random.Generator, size: int) -> Relief:
    """A viaduct: tiers of tall arches on piers, one tier over another."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12, turn=0.15)
    y = y + rng.uniform(0.0, 0.35) * x**2
    page = bare(size)
    wide = rng.uniform(0.3, 0.45)
    top = -0.38
    for tier, (part, tall) in enumerate(((2, 0.26), (1, 1.4))):
        u, _ = repeated(x, wide / part)
        half = wide / part * 0.34
        edge = archway(u, y - top - 0.05 - half, half, 2.0)
        wall = np.maximum(top - y, y - top - tall)
        block = stones(x, y, 0.06, 0.03)
        ring = ridge(edge - 0.02, 0.02)
        pier = dome(np.abs(wide / part / 2 - np.abs(u)), wide / part * 0.16)
        rail = ridge(y - top - 0.012, 0.022)
        height = 0.35 + 0.1 * block + 0.25 * ring + 0.25 * pier + 0.4 * rail
        tone = 0.35 + 0.15 * block + 0.3 * ring + 0.1 * pier + 0.35 * rail - 0.05 * tier
        page = over(page, form(height, tone, inside(wall) * inside(-edge)))
        top += tall - 0.01
    return page


def _staircase(rng: np.random.Generator, size: int) -> Relief:
    """Flights of steps in isometry, tread and riser between parapets, over a dark drop."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.3, turn=0.15)
    x = x * rng.choice([-1, 1])
    tread, riser = rng.uniform(0.06, 0.1), rng.uniform(0.05, 0.08)
    # Along the profile of the steps: it grows by 1 down a riser as well as out along a tread.
    q = y + 0.577 * x
    number = np.floor(q / (tread + riser))
    t = q - number * (tread + riser)
    flat = t < tread
    p = number * tread + np.minimum(t, tread) - x / 0.866
    wide = rng.uniform(0.3, 0.45)
    u, _ = repeated(p, wide * rng.uniform(1.3, 1.6))
    side = np.abs(u) - wide / 2
    level = np.where(flat, t / tread, 1 - (t - tread) / riser)
    nose = smooth(0.018, 0.0, np.abs(t - tread))
    joint, _ = repeated(u + (number % 2) * 0.05, 0.11)
    paved = 1 - 0.5 * smooth(0.047, 0.055, np.abs(joint))
    height = 0.3 + 0.45 * level * flat + 0.45 * level * ~flat + 0.15 * nose
    tone = np.where(flat, 0.65 + 0.15 * level, 0.25) * paved + 0.25 * nose
    wall = ridge(side, 0.035)
    height, tone = (
        np.where(wall > 0, 0.6 + 0.6 * wall, height),
        np.where(wall > 0, 0.5 + 0.45 * wall, tone),
    )
    drop = smooth(0.03, 0.05, side)
    bricks = stones(x, y, 0.07, 0.035)
    height = height * (1 - drop) + 0.1 * drop * bricks
    return form(height, tone * (1 - drop) + drop * (0.05 + 0.12 * bricks))


def _fluted_column(rng: np.random.Generator, size: int) -> Relief:
    """Fluted shafts under capitals with volutes, side by side beneath a beam."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15, turn=0.12)
    apart = rng.uniform(0.36, 0.5)
    u, _ = repeated(x, apart)
    w, top = rng.uniform(0.085, 0.115), rng.uniform(-0.3, -0.18)
    _, across, cover = turned(u, y, [(top, w * 0.88), (top + 0.03, w * 0.95), (1, w * 1.12)])
    out, angle = round_of(across)
    flute = np.abs(np.cos(np.pi * angle * 4.5)) ** 0.7
    page = form(0.75 * out - 0.2 + 0.25 * flute, 0.15 + 0.35 * out + 0.4 * flute, cover)
    ruff = np.maximum(np.abs(u) - w * 1.05, np.abs(y - top - 0.02) - 0.02)
    leaf = waves(u / w * 1.6)
    page = over(page, form(0.7 * out + 0.2 * leaf, 0.35 + 0.5 * leaf, inside(ruff)))
    cushion = np.maximum(np.abs(u) - w * 1.3, np.abs(y - top + 0.02) - 0.03)
    page = over(page, form(0.6 + 0 * u, 0.55 + 0 * u, inside(cushion)))
    r, a = polar(np.abs(u) - w * 1.25, y - top - 0.005)
    coil = ridge(np.mod(r / 0.027 - a / (2 * np.pi), 1) - 0.5, 0.4)
    page = over(page, form(0.6 + 0.5 * coil, 0.35 + 0.5 * coil, inside(r - 0.068)))
    beam = y - top + 0.05
    lines = ridge(beam + 0.02, 0.022) + ridge(beam + 0.075, 0.03)
    dentil, _ = repeated(x, 0.05)
    block = inside(np.maximum(np.abs(dentil) - 0.015, np.abs(beam + 0.125) - 0.018))
    height = 0.55 + 0.35 * lines + 0.35 * block
    return over(page, form(height, 0.4 + 0.35 * lines + 0.4 * block, inside(beam)))


def _vault(rng: np.random.Generator, size: int) -> Relief:
    """A hall of pointed arches, one within the other, toward a light at the end."""
    x, y = placed(rng, size, scale=(0.9, 1.5), shift=0.12, turn=0.12)
    point, foot = rng.uniform(0.0, 0.9), rng.uniform(0.75, 1.1)
    apart = point
    # How large an arch passes through each pixel: all are the same but for their size.
    head = np.where(y < 0, np.hypot(x, y), np.abs(x))
    c = apart
    q = c * np.abs(x)
    pointed = (q + np.sqrt(q * q + (1 + 2 * c) * (x**2 + np.minimum(y, 0) ** 2))) / (1 + 2 * c)
    wide = np.maximum(np.where(y < 0, pointed, head), y / foot) + 1e-3
    floor = (y / foot) > np.where(y < 0, pointed, head)
    pace = rng.uniform(2.2, 3.4)
    off, number = repeated(-np.log(wide) * pace, 1.0)
    rib = ridge(off, 0.2) * ~floor
    mould = ridge(np.abs(off) - 0.27, 0.06) * ~floor
    tiles, lane = repeated(x / np.maximum(wide, 0.01) * 3, 1.0)
    paving = np.where((lane + number) % 2 > 0, 0.55, 0.2)
    dim = smooth(0.0, 0.45, wide)
    light = dome(wide, 0.07)
    _, a = polar(x, y)
    vane = waves(a * 3.8)
    wall = 0.15 + 0.15 * vane * (np.abs(off) > 0.3)
    height = (
        0.25 + 0.55 * rib + 0.3 * mould + 0.6 * dim - 0.2 * smooth(0.4, 0.5, np.abs(tiles)) * floor
    )
    tone = np.where(floor, paving, wall + 0.6 * rib + 0.4 * mould)
    return form(height, tone * (0.45 + 0.55 * dim) + 0.9 * light)


MOTIFS = (
    Motif("colonnade", _colonnade, ("sand", "sunset", "bone", "dusk")),
    Motif("viaduct", _bridge, ("rust", "sand", "moss")),
    Motif("staircase", _staircase, ("bone", "opal", "ember")),
    Motif("fluted-column", _fluted_column, ("ice", "bone", "coral")),
    Motif("vaulted-hall", _vault, ("gold", "lagoon", "flesh")),
)
