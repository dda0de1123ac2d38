"""Buildings that stand tall, one or several side by side."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import (
    bare,
    chance,
    form,
    inside,
    over,
    repeated,
    ridge,
)
from dreamfolio.dream.pocket.drawing.masonry import round_of, row, stones, turned, windows
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _castle_tower(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    w, flare = rng.uniform(0.11, 0.15), rng.uniform(0.03, 0.045)
    top = -0.28
    shaft = [(top - 0.1, w + flare), (top + 0.04, w + flare), (top + 0.09, w), (1, w * 1.15)]
    _, across, cover = turned(x, y, shaft)
    out, angle = round_of(across)
    notch, _ = repeated(angle, 0.36)
    gap = inside(np.maximum(np.abs(notch) - 0.08, y - top + 0.04), 0.01) * (y < top)
    block = stones(angle * w * 1.57, y, 0.07, 0.035)
    u, column = repeated(angle, 0.55)
    v, floor = repeated(y - 0.02, 0.2)
    dark, frame = windows(v, u * w * 1.57, wide=0.017, tall=0.05)
    open_ = (y > top + 0.12) * (chance(column, floor, 3) < 0.75)
    dark, frame = dark * open_, frame * open_
    corbel = ridge(y - top - 0.06, 0.03) * waves(angle * 7)
    height = out * 0.8 + 0.12 * block + 0.2 * frame - 0.4 * dark + 0.2 * corbel
    tone = 0.3 + 0.25 * out + 0.15 * block + 0.2 * frame - 0.5 * dark + 0.2 * corbel
    page = form(height, tone, cover * (1 - gap))
    if rng.random() < 0.6:
        cone = [(top - 0.42, 0.0), (top - 0.09, w * 1.05), (top - 0.06, w * 1.25), (top - 0.05, 0)]
        _, across, roof = turned(x, y, cone)
        roof = roof * (y < top - 0.05)
        out, angle = round_of(across)
        slate = stones(angle * 0.2, y, 0.04, 0.03)
        page = over(page, form(0.1 + 0.8 * out, 0.55 + 0.3 * out * slate, roof))
    return page


def _onion_dome(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    w, foot = rng.uniform(0.15, 0.19), rng.uniform(-0.02, 0.1)
    lift = rng.uniform(0.85, 1.1)
    t = np.linspace(0, 1, 17)
    bulb = w * (np.sin(np.pi * t**0.75) ** 0.6 * (0.25 + 0.75 * t) * 1.15 + 0.55 * t**6)
    spine = [(-0.48, 0.004), (foot - 0.35 * lift - 0.01, 0.006)]
    outline = spine + [
        (foot - 0.35 * lift * (1 - at), max(0.008, half)) for at, half in zip(t, bulb, strict=True)
    ]
    neck = w * 0.62
    outline += [(foot + 0.012, neck), (foot + 0.03, neck * 1.25), (foot + 0.05, neck)]
    outline += [(foot + 0.28, neck), (foot + 0.29, w * 1.2), (foot + 0.32, w * 1.2), (1, w * 1.1)]
    half, across, cover = turned(x, y, outline)
    out, angle = round_of(across)
    twist = rng.choice([0.0, 2.5, -2.5]) * y / w * 0.4
    rib = waves(angle * rng.uniform(2.2, 3.2) + twist)
    facets = waves(y / w * 2.6) if rng.random() < 0.35 else np.ones_like(x)
    head = y < foot
    u, _ = repeated(angle, 0.5)
    rise, _ = repeated(y - foot - 0.19, 0.3)
    dark, frame = windows(rise, u * half * 1.57, wide=0.03, tall=0.08)
    band = ridge(y - foot - 0.03, 0.022) + ridge(y - foot - 0.305, 0.022)
    drum = 0.6 * out + 0.25 * frame - 0.45 * dark + 0.25 * band
    shade = 0.35 + 0.25 * out + 0.25 * frame - 0.5 * dark + 0.4 * band
    height = np.where(head, out * (0.75 + 0.35 * rib * facets), drum)
    tone = np.where(head, 0.15 + 0.6 * rib * facets + 0.2 * out, shade)
    ball = np.hypot(x, y - foot + 0.35 * lift + 0.04)
    page = form(height, np.where(half < 0.012, 0.9, tone), cover)
    return over(page, form(0.3 + 0.5 * dome(ball, 0.022), 0.9 + 0 * x, inside(ball - 0.02)))


def _minaret(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    w = rng.uniform(0.065, 0.085)
    outline = [(-0.5, 0.0), (-0.32, w * 0.9), (-0.3, w * 1.1), (-0.29, w * 0.7), (-0.13, w * 0.75)]
    balconies = [-0.1]
    step = rng.uniform(0.24, 0.32)
    grown = 0.9
    while balconies[-1] < 0.5:
        at = balconies[-1]
        outline += [(at - 0.005, w * (grown + 0.75)), (at + 0.02, w * (grown + 0.75))]
        outline += [(at + 0.075, w * grown), (at + step - 0.05, w * (grown + 0.04))]
        balconies.append(at + step)
        grown += 0.14
    _, across, cover = turned(x, y, outline)
    out, angle = round_of(across)
    near = np.min([np.abs(y - at) for at in balconies], axis=0)
    under = np.min([np.where(y > at, y - at, 9.0) for at in balconies], axis=0)
    flute = waves(angle * 3 + rng.choice([0.0, 3.0]) * y / w * 0.3)
    scallop = waves(angle * 5 + np.floor(under / 0.02) * 0.5) * (under < 0.075)
    rail = smooth(0.035, 0.02, near)
    u, _ = repeated(angle, 0.7)
    dark, frame = windows(y + 0.2, u * w * 1.4, wide=0.022, tall=0.06)
    roof = y < -0.3
    height = out * 0.8 + 0.15 * flute + 0.25 * scallop - 0.4 * dark + 0.2 * rail
    tone = 0.3 + 0.25 * out + 0.2 * flute + 0.2 * rail + 0.15 * scallop - 0.5 * dark + 0.2 * frame
    return form(height, np.where(roof, 0.1 + 0.5 * out, tone), cover)


def _pagoda(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    page = bare(len(x))
    floors = int(rng.integers(4, 7))
    step = rng.uniform(0.15, 0.19)
    curl = rng.uniform(0.25, 0.45)
    for floor in range(floors - 1, -1, -1):
        eave = -0.28 + floor * step
        wall, wide = 0.05 + 0.032 * floor, 0.12 + 0.042 * floor
        u, _ = repeated(x, wall * 0.66)
        body = np.maximum(np.abs(x) - wall, np.maximum(y - eave - step, eave - 0.02 - y))
        dark, frame = windows(y - eave - step * 0.42, u, wide=wall * 0.17, tall=step * 0.22)
        post = ridge(np.abs(u) - wall * 0.33, wall * 0.08)
        height = 0.25 + 0.3 * post - 0.2 * dark
        page = over(page, form(height, 0.45 + 0.3 * post - 0.4 * dark + 0.1 * frame, inside(body)))
        # The roof sweeps from a narrow ridge to eaves that turn up at the corners.
        bent = y - eave + curl * wide * np.clip(np.abs(x) / wide, 0, 1.2) ** 3
        t = np.clip((bent + step * 0.5) / (step * 0.5), 0, 1)
        half = wall * 0.7 + (wide - wall * 0.7) * t**1.8
        roof = np.maximum(np.abs(x) - half, np.maximum(bent - 0.012, -bent - step * 0.5))
        tile = waves(x / (0.3 + 0.7 * t) * 26 / (0.6 + floor * 0.12))
        lip = ridge(bent, 0.02)
        height = 0.35 + 0.5 * t + 0.15 * tile + 0.3 * lip
        page = over(page, form(height, 0.12 + 0.3 * tile * t + 0.65 * lip, inside(roof)))
    rings = waves((y + 0.5) * 26)
    finial = np.maximum(np.abs(x) - 0.012 - 0.014 * rings * (y > -0.5), y + 0.36)
    return over(page, form(0.5 * dome(np.abs(x), 0.03), 0.8 + 0.2 * rings, inside(finial)))


def _skyscraper(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    """A tower with setbacks, seen at its corner: a light face and a dark one."""
    corner = rng.uniform(-0.05, 0.05)
    w, tops = rng.uniform(0.13, 0.18), np.cumsum([-0.36, *rng.uniform(0.1, 0.22, 2)])
    page = form(0.3 + 0 * x, 0.8 + 0 * x, inside(np.maximum(np.abs(x - corner) - 0.008, y + 0.2)))
    page = form(
        page.height, page.tone, page.cover * (y > -0.49) if page.cover is not None else None
    )
    pitch, storey = rng.uniform(0.03, 0.045), rng.uniform(0.035, 0.05)
    tall = rng.uniform(0.28, 0.42)
    for level, top in enumerate(tops):
        half = w * (0.5 + 0.25 * level)
        light = x < corner
        skew = np.where(
            light, (corner - x) / (corner + half + 1e-3), (x - corner) / (half - corner)
        )
        # Floors fall away from the corner, as they do from below.
        fall = y - top + skew * -0.05
        u, _ = repeated(
            np.where(light, x - corner - pitch / 2, (x - corner) * 1.3 - pitch / 2), pitch
        )
        v, floor = repeated(fall - 0.06 - storey / 2, storey)
        pane = np.maximum(np.abs(u) - pitch * 0.3, np.abs(v) - storey * tall)
        glass = inside(pane, 0.004) * (fall > 0.05)
        lamp = chance(np.floor(x / pitch), floor, level) < 0.12
        edge = smooth(0.012, 0.0, np.abs(x - corner)) + ridge(fall - 0.02, 0.02)
        wall = np.where(light, 0.75, 0.42) + 0.2 * edge
        height = 0.35 + 0.22 * level + 0.5 * (1 - skew) + 0.15 * edge - 0.3 * glass
        tone = np.where(glass > 0.5, np.where(lamp, 1.0, 0.1), wall)
        page = over(page, form(height, tone, inside(np.maximum(np.abs(x) - half, -fall))))
    return page


def _ribbed_dome(rng: np.random.Generator, x: Field, y: Field) -> Relief:
    w, foot = rng.uniform(0.19, 0.24), rng.uniform(0.0, 0.08)
    steep = rng.uniform(1.0, 1.35)
    t = np.linspace(0, 1, 14)
    outline = [(foot - w * steep - 0.17, 0.0), (foot - w * steep - 0.1, 0.035)]
    outline += [(foot - w * steep - 0.09, 0.05), (foot - w * steep - 0.02, 0.045)]
    outline += [
        (foot - w * steep * (1 - at), max(0.06, w * np.sqrt(1 - (1 - at) ** 2))) for at in t
    ]
    outline += [(foot + 0.01, w * 1.08), (foot + 0.04, w * 1.08), (foot + 0.05, w), (1, w)]
    _, across, cover = turned(x, y, outline)
    out, angle = round_of(across)
    rib, _ = repeated(angle, 0.25)
    rib = ridge(rib, 0.05)
    level = np.clip((foot - y) / (w * steep), 0, 1)
    v, _ = repeated(level, 0.34)
    cell, _ = repeated(angle + 0.125, 0.25)
    coffer = inside(np.maximum(np.abs(cell) - 0.06, np.abs(v) - 0.1), 0.02) * (level > 0.05)
    u, _ = repeated(angle, 0.28)
    dark, frame = windows(y - foot - 0.16, u * w * 1.57, wide=0.026, tall=0.09)
    column, _ = repeated(angle + 0.14, 0.28)
    column = dome(np.abs(column), 0.06)
    head = y < foot
    height = np.where(head, 0.9 * out + 0.2 * rib - 0.1 * coffer, 0.6 * out + 0.35 * column)
    height = height - np.where(head, 0, 0.4 * dark)
    shade = 0.3 + 0.2 * out + 0.4 * column + 0.2 * frame - 0.4 * dark
    tone = np.where(head, 0.15 + 0.3 * out + 0.45 * rib - 0.15 * coffer, shade)
    band = ridge(y - foot - 0.025, 0.03)
    return form(height + 0.2 * band, np.where(band > 0, 0.6 + 0.3 * band, tone), cover)


MOTIFS = (
    Motif("castle-tower", lambda r, n: row(r, n, _castle_tower), ("sand", "rust", "ice")),
    Motif("onion-domes", lambda r, n: row(r, n, _onion_dome), ("candy", "gold", "peacock")),
    Motif(
        "minaret",
        lambda r, n: row(r, n, _minaret, most=4, apart=0.26),
        ("lagoon", "opal", "sunset"),
    ),
    Motif("pagoda", lambda r, n: row(r, n, _pagoda, most=2, apart=0.5), ("blood", "leaf", "dusk")),
    Motif(
        "skyscraper",
        lambda r, n: row(r, n, _skyscraper),
        ("sea", "ink", "amethyst"),
    ),
    Motif(
        "ribbed-dome",
        lambda r, n: row(r, n, _ribbed_dome, most=2, apart=0.5),
        ("bone", "copper", "petal"),
    ),
)
