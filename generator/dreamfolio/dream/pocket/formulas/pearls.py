"""Small round things by the many: pearls, beads, drops, eggs, roe, quicksilver."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import (
    dome,
    nearest,
    noise,
    placed,
    polar,
    scattered,
    smooth,
    waves,
)
from dreamfolio.dream.pocket.drawing.lattices import balls, chances, relief
from dreamfolio.dream.pocket.drawing.relief import Motif, Relief


def _pearl_strings(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12, warp=0.12)
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    for strand in range(int(rng.integers(3, 6))):
        wide = rng.uniform(0.085, 0.15)
        lean, sag = rng.uniform(-0.5, 0.5), rng.uniform(-0.7, 0.7)
        line = rng.uniform(-0.35, 0.35) + lean * x + sag * x * x
        slope = lean + 2 * sag * x
        steep = np.hypot(1, slope)
        off = (y - line) / steep
        # About the length of the string: so that steep stretches keep their pearls round.
        run = (x * np.hypot(1, lean) + off * slope / steep + sag * x * np.abs(x)) / wide
        cell = np.floor(run)
        graded = 0.88 + 0.12 * chances(rng, cell, 0 * cell)
        u, v = (run - cell - 0.5) * 2, off / (0.5 * wide)
        away = np.hypot(u, v) / graded
        thread = smooth(0.22, 0.14, np.abs(v)) * (away >= 1) * 1.0
        on = (away < 1) | (thread > 0.5)
        nacre = waves(0.9 * away + 0.25 * u + 0.1 * cell)
        paint = 0.45 + 0.3 * nacre + 0.3 * smooth(0.6, 0.0, away) - 0.3 * smooth(0.85, 1, away)
        body = np.where(away < 1, 0.25 + 0.6 * dome(away, 1.02), 0.15) + 0.05 * strand
        height, tone = np.where(on, body, height), np.where(on, paint - 0.3 * thread, tone)
        cover = np.maximum(cover, np.maximum(smooth(1.03, 0.95, away), thread))
    return relief(height, tone, cover)


def _bead_chain(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15, warp=0.15)
    pitch, big = rng.uniform(0.033, 0.038), rng.uniform(0.085, 0.1)
    heading: list[float] = []
    spots: list[tuple[float, float]] = []
    sizes: list[float] = []
    angle = 2.6
    number = 0
    while len(spots) < 60:
        radius = pitch * angle
        wide = big * (1.0 if number % 3 == 0 else 0.6)
        spots.append((float(radius * np.cos(angle)), float(radius * np.sin(angle))))
        sizes.append(wide)
        heading.append(angle + np.pi / 2)
        following = big * (1.0 if (number + 1) % 3 == 0 else 0.6)
        angle += (wide + following) * 0.98 / radius
        number += 1
        if radius > 0.5:
            break
    centres, radii = np.array(spots, np.float32), np.array(sizes, np.float32)
    _, away, cover, index = balls(x, y, centres, radii)
    c, s = (f(np.array(heading, np.float32))[index] for f in (np.cos, np.sin))
    dx, dy = (x - centres[index, 0]) / radii[index], (y - centres[index, 1]) / radii[index]
    along, side = c * dx + s * dy, c * dy - s * dx
    large = index % 3 == 0
    kind = rng.integers(0, 3)
    stripes = waves(along * 1.6 + 0.25)
    melon = waves(
        3.2 * np.arcsin(np.clip(side / np.sqrt(np.clip(1.02 - along**2, 0.02, 1)), -1, 1)) / 1.57
    )
    swirl = waves(1.5 * along + 1.5 * side)
    pattern = (stripes, melon, swirl)[kind]
    cap = smooth(0.7, 0.8, np.abs(along))
    tone = np.where(
        large, 0.2 + 0.6 * smooth(0.35, 0.65, pattern) + 0.3 * cap, 0.75 - 0.5 * stripes
    )
    height = (0.3 + 0.65 * dome(away, 1.02)) * (1 - 0.12 * (1 - pattern) * large)
    tone = tone - 0.15 * smooth(0.85, 1.0, away)
    return relief(height * cover, tone, cover * smooth(1.0, 0.94, away))


def _water_drops(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.2)
    u = x + 0.03 * (noise(rng, size, 5) - 0.5)
    v = y + 0.03 * (noise(rng, size, 5) - 0.5)
    ground = noise(rng, size, 1.5)
    lit = rng.uniform(0, 2 * np.pi)
    height, tone = 0.1 * ground, 0.25 + 0.25 * ground
    for across in (7.0, 3.2):
        points = scattered(rng, across, even=0.55)
        far, _, index = nearest(u, v, points)
        wide = (rng.uniform(0.12, 0.46, len(points)) / across).astype(np.float32)[index]
        away = far / wide
        dx, dy = (u - points[index, 0]) / wide, (v - points[index, 1]) / wide
        toward = np.cos(lit) * dx + np.sin(lit) * dy
        # Light comes in at one side and gathers at the other; a small window is mirrored.
        caustic = smooth(-0.1, -0.85, toward)
        window = smooth(0.26, 0.16, np.hypot(dx - 0.45 * np.cos(lit), dy - 0.45 * np.sin(lit)))
        inside = 0.12 + 0.65 * caustic + 0.85 * window + 0.15 * ground
        shadow = smooth(1.35, 1.0, np.hypot(dx + 0.15 * np.cos(lit), dy + 0.15 * np.sin(lit)))
        on = away < 1
        tone = np.where(on, inside, tone * (1 - 0.6 * shadow))
        height = np.where(on, 0.15 + 0.75 * dome(away, 1.01) * (wide * across + 0.5), height)
    return relief(height, tone)


def _egg_clutch(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.12)
    height, tone, cover = (np.zeros((size, size), np.float32) for _ in range(3))
    count = int(rng.integers(5, 11))
    specks = noise(rng, size, 26)
    blots = noise(rng, size, 11, 2)
    for k in range(count):
        # Sown as a sunflower sows its seeds, from the rim inward.
        reach = 0.37 * np.sqrt((count - 1 - k) / count)
        at = 2.4 * k + rng.normal(0, 0.2)
        turn = float(rng.uniform(0, 2 * np.pi))
        cx, cy = float(reach * np.cos(at)), float(reach * np.sin(at))
        c, s = float(np.cos(turn)), float(np.sin(turn))
        u, v = c * (x - cx) + s * (y - cy), c * (y - cy) - s * (x - cx)
        wide = rng.uniform(0.29, 0.34) / np.sqrt(count)
        away = np.hypot(u / 1.3, v * (1 + 1.1 * u)) / wide
        on = away < 1
        body = dome(away, 1.02)
        shade = 0.55 + 0.3 * rng.random()
        # Few large blots, more fine specks, each egg's own.
        blot = smooth(0.7, 0.76, np.roll(blots, 9 * k, 1))
        marks = 0.45 * smooth(0.68, 0.74, np.roll(specks, 9 * k, 0)) + 0.35 * blot
        paint = shade + 0.15 * body - marks - 0.25 * smooth(0.8, 1.0, away)
        height = np.where(on, 0.15 + 0.75 * body + 0.02 * k, height)
        tone, cover = np.where(on, paint, tone), np.maximum(cover, smooth(1.02, 0.97, away))
    return relief(height, tone, cover)


def _caviar(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.1, warp=0.12)
    across = rng.uniform(5, 6.5)
    points = scattered(rng, across * 0.9, even=0.72)
    radii = (rng.uniform(0.6, 0.72, len(points)) / across).astype(np.float32)
    out, away, cover, index = balls(x, y, points, radii, 0.12 * rng.random(len(points), np.float32))
    hue = rng.random(len(points), np.float32)[index]
    dx, dy = (x - points[index, 0]) / radii[index], (y - points[index, 1]) / radii[index]
    lit = rng.uniform(0, 2 * np.pi)
    germ = smooth(0.3, 0.2, np.hypot(dx - 0.2 + 0.4 * hue, dy + 0.2 - 0.4 * hue))
    glow = smooth(0.3, -0.9, np.cos(lit) * dx + np.sin(lit) * dy) * away
    window = smooth(0.2, 0.12, np.hypot(dx - 0.4 * np.cos(lit), dy - 0.4 * np.sin(lit)))
    tone = 0.22 + 0.5 * glow + 0.2 * (hue - 0.5) - 0.25 * germ + 0.7 * window
    tone = tone - 0.2 * smooth(0.88, 1.0, away)
    return relief(out * across * 1.1, np.where(cover > 0, tone, 0.03))


def _quicksilver(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.15, warp=0.12)
    count = 16
    centres = rng.uniform(-0.5, 0.5, (count, 2)).astype(np.float32)
    radii = (0.035 + 0.12 * rng.random(count) ** 2).astype(np.float32)
    far = (x[..., None] - centres[:, 0]) ** 2 + (y[..., None] - centres[:, 1]) ** 2
    pull = (radii**2 / (far + 1e-4)).sum(-1)
    inside = np.clip(1 - 1 / np.maximum(pull, 1e-3), 0, 1)
    body = np.sqrt(inside)
    # A mirror of a room it swells in: bands of light and dark that follow the skin.
    mirrored = waves(1.6 * body + 0.5 * y)
    tone = 0.08 + 0.55 * smooth(0.3, 0.6, mirrored) + 0.35 * mirrored
    return relief(0.95 * body, tone, smooth(0.97, 1.06, pull))


def _beaded_brooch(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15)
    radius, angle = polar(x, y)
    rings = int(rng.integers(5, 8))
    lap = radius * 2.1 * rings
    ring = np.floor(lap)
    beads = np.maximum(1, np.round(2 * np.pi * (ring + 0.5) / 1.15))
    turn = (angle / (2 * np.pi) + 0.5) * beads + 0.5 * (ring % 2)
    u, v = (turn % 1 - 0.5) * 2, (lap - ring - 0.5) * 2
    away = np.hypot(u, v)
    shade = rng.random(12, np.float32)[ring.astype(int) % 12]
    gem = dome(away, 1.0)
    setting = smooth(0.16, 0.06, np.abs(away - 0.86))
    inlay = smooth(0.5, 0.4, away)
    disc = smooth(rings + 0.02, rings - 0.06, lap)
    height = 0.2 + 0.6 * gem * (away < 0.8) + 0.4 * setting + 0.2 * dome(radius, 0.6)
    tone = 0.1 + 0.65 * shade * (away < 0.8) + 0.6 * setting + 0.25 * inlay * (1 - shade)
    return relief(height, tone, disc)


MOTIFS = (
    Motif("pearl-strings", _pearl_strings, ("opal", "bone", "petal")),
    Motif("bead-chain", _bead_chain, ("candy", "peacock", "coral")),
    Motif("water-drops", _water_drops, ("lagoon", "leaf", "sea", "orchid")),
    Motif("egg-clutch", _egg_clutch, ("sand", "opal", "lagoon")),
    Motif("caviar", _caviar, ("ember", "sunset", "ink", "coral")),
    Motif("quicksilver", _quicksilver, ("ink", "ice", "dusk")),
    Motif("beaded-brooch", _beaded_brooch, ("peacock", "candy", "blood", "amethyst")),
)
