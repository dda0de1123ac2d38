"""Round ornaments, the same in every sector: petals, webs, rays, labyrinths."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import bare, folded, form, inside, over, ridge
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _petals(
    r: Field, a: Field, count: int, start: float, end: float, width: float, tone: float
) -> Relief:
    """A ring of pointed petals, each with a keel and a dark rim."""
    angle, number = folded(a, count)
    t = np.clip((r - start) / (end - start), 0, 1)
    half = np.sin(np.pi * t**0.8) * width + 1e-4
    across = np.abs(angle) * np.maximum(r, 0.02) / half
    cover = smooth(1.08, 0.92, across) * smooth(0.0, 0.04, t) * smooth(1.0, 0.97, t)
    height = 0.55 * dome(across, 1.05) * (0.5 + 0.6 * t) + 0.25 * ridge(across, 0.16)
    shade = tone + 0.3 * (1 - across) * t - 0.3 * smooth(0.7, 0.85, across) + 0.04 * (number % 2)
    return form(height, shade + 0.3 * ridge(across, 0.12), cover)


def _petal_mandala(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.7), shift=0.15)
    r, a = polar(x, y)
    count = int(rng.choice([6, 8, 10, 12]))
    page = form(0.1 * dome(r, 0.48), np.full_like(r, 0.2), inside(r - 0.2))
    for ring, end in enumerate((0.48, 0.36, 0.24, 0.13)):
        start = end * rng.uniform(0.2, 0.4)
        turned = a + (ring % 2) * np.pi / count
        width = end * np.pi / count * rng.uniform(0.8, 1.05)
        page = over(page, _petals(r, turned, count, start, end, width, 0.35 + 0.13 * (ring % 3)))
    bead, _ = folded(a, count * 2)
    gap = np.hypot(r * np.cos(bead) - 0.265, r * np.sin(bead))
    page = over(page, form(dome(gap, 0.022), 0.9 + 0 * r, inside(gap - 0.022)))
    return over(page, form(dome(r, 0.05), 0.5 + 0.5 * dome(r, 0.05), inside(r - 0.045)))


def _lotus(rng: np.random.Generator, size: int) -> Relief:
    """A lotus seen from above: broad cupped petals, ring over ring, about a pod with seeds."""
    x, y = placed(rng, size, scale=(0.85, 1.6), shift=0.15)
    r, a = polar(x, y)
    page = bare(size)
    count = int(rng.integers(7, 11))
    for ring, end in enumerate((0.5, 0.42, 0.33, 0.24)):
        angle, _ = folded(a + ring * np.pi / count, count)
        t = np.clip(r / end, 0, 1.2)
        half = np.pi / count * np.sqrt(np.clip(1 - ((t - 0.62) / 0.38) ** 2, 0, 1)) * 0.98
        half = np.where(t < 0.62, np.pi / count, half) + 1e-4
        across = np.abs(angle) / half
        veins = waves(across * 3) * smooth(0.4, 0.8, t)
        cup = 0.25 + 0.6 * t - 0.25 * (1 - across**2)
        tone = 0.2 + 0.55 * t**2 + 0.1 * veins + 0.15 * smooth(0.75, 0.95, across)
        page = over(page, form(cup + 0.08 * ring, tone, smooth(1.05, 0.95, across)))
    pod = form(0.7 + 0.3 * dome(r, 0.12), 0.75 + 0 * r, inside(r - 0.1))
    for around, out in ((1, 0.0), (6, 0.06)):
        seed, _ = folded(a, around)
        gap = np.hypot(r * np.cos(seed) - out, r * np.sin(seed)) if out else r
        pod = over(pod, form(0.4 + dome(gap, 0.02), 0.15 + 0 * r, inside(gap - 0.018)))
    return over(page, pod)


def _dreamcatcher(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.12)
    r, a = polar(x, y)
    count = int(rng.integers(7, 13))
    threads, beads = np.zeros_like(r), np.zeros_like(r)
    knot, shrink = 0.4, rng.uniform(0.74, 0.82)
    for ring in range(6):
        angle, _ = folded(a + (ring % 2) * np.pi / count, count)
        sag = knot * (1 - (1 - shrink) * np.cos(angle * count / 2) ** 0.6)
        threads = np.maximum(threads, ridge(r - sag, 0.011))
        gap = np.hypot(r * np.cos(angle) - knot * shrink, r * np.sin(angle))
        beads = np.maximum(beads, dome(gap, 0.009 + 0.035 * knot))
        knot *= shrink
    hoop = ridge(r - 0.43, 0.045)
    wound = waves(a / (2 * np.pi) * rng.integers(28, 44) + (r - 0.43) * 12)
    height = np.maximum(np.maximum(0.5 * threads, beads), hoop * (0.75 + 0.3 * wound))
    tone = np.maximum(0.65 * threads, (0.35 + 0.4 * wound) * (hoop > 0))
    tone = np.where(beads > 0, 0.3 + 0.7 * beads, tone)
    return form(height, tone, smooth(0.0, 0.35, height))


def _sun_face(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.12, turn=0.5)
    r, a = polar(x, y)
    count, face = int(rng.choice([8, 10, 12, 16])), rng.uniform(0.21, 0.27)
    page = bare(size)
    for ring, (wavy, end) in enumerate(((0.16, 0.5), (0.0, 0.44))):
        t = np.clip((r - face) / (end - face), 0, 1)
        bent = a + wavy * np.sin(t * 2 * np.pi) + ring * np.pi / count
        angle, _ = folded(bent, count)
        half = np.pi / count * face * 1.05 * (1 - t) + 1e-4
        across = np.abs(angle) * r / half
        ray = smooth(1.1, 0.9, across) * smooth(1.0, 0.97, t)
        page = over(page, form(0.6 * dome(across, 1.1), 0.9 - 0.5 * t - 0.15 * across, ray))
    u, v = np.abs(x) / face, y / face
    eye = np.hypot((u - 0.38) / 0.24, (v + 0.16) / 0.13)
    brow = ridge(np.hypot(u - 0.38, (v + 0.1) * 1.1) - 0.34, 0.08) * (v < -0.2)
    nose = dome(u, 0.07 + 0.13 * smooth(-0.2, 0.3, v)) * smooth(-0.35, -0.1, v) * (v < 0.28)
    mouth = np.hypot(u / 0.36, (v - 0.54 + 0.25 * u**2) / 0.11)
    cheek = dome(np.hypot(u - 0.52, v - 0.28), 0.24)
    head = dome(r, face * 1.03)
    height = 0.3 + 0.6 * head + 0.25 * (brow + nose + cheek) - 0.25 * dome(eye, 1.0)
    height = height - 0.2 * ridge(mouth, 0.35) + 0.25 * dome(mouth, 1.0)
    tone = 0.5 + 0.3 * head + 0.2 * (brow + nose) - 0.5 * smooth(1.0, 0.75, eye)
    tone = tone + 0.6 * smooth(0.5, 0.3, eye) - 0.4 * smooth(1.1, 0.9, mouth)
    tone = tone - 0.5 * smooth(0.25, 0.15, eye)
    page = over(page, form(height, tone, inside(r - face)))
    rim = ridge(r - face, 0.022)
    return over(page, form(0.4 + 0.7 * rim, 0.5 + 0.5 * rim, rim > 0.1))


def _labyrinth(rng: np.random.Generator, size: int) -> Relief:
    """Round walls with gaps, and bars that turn the walker back beside each."""
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.15)
    r, a = polar(x, y)
    rings = int(rng.integers(6, 10))
    step = 0.47 / rings
    ring = np.floor(r / step + 0.5)
    wall = np.abs(r - ring * step)
    wide = step * 0.27
    gaps = rng.uniform(-np.pi, np.pi, (rings + 2, 2))
    bars = np.full_like(r, 9.0)
    for column in range(2):
        ahead = gaps[:, column][np.clip(ring, 0, rings + 1).astype(int)]
        apart = np.mod(a - ahead + np.pi, 2 * np.pi) - np.pi
        hole = np.abs(apart) * r - step * 0.75
        wall = np.where(hole < 0, np.maximum(wall, wide - 0.5 * hole), wall)
        lane = gaps[:, column][np.clip(np.floor(r / step), 0, rings + 1).astype(int)]
        turned = np.mod(a - lane - 0.9 + np.pi, 2 * np.pi) - np.pi
        bars = np.minimum(bars, np.abs(turned) * np.maximum(r, 0.05))
    wall = np.where(ring < 1, 9.0, wall)
    bars = np.where(r < step, 9.0, bars)
    body = np.maximum(dome(wall, wide), dome(bars, wide))
    heart = dome(r, step * 0.7)
    body = np.maximum(body, heart)
    tone = np.where(body > 0.1, 0.55 + 0.35 * body, 0.1 + 0.2 * r / 0.5)
    return form(smooth(0.0, 0.5, body) * 0.5 + 0.4 * body, tone, inside(r - 0.5 + 0.2 * step))


MOTIFS = (
    Motif("petal-mandala", _petal_mandala, ("petal", "peacock", "sunset", "candy")),
    Motif("lotus-mandala", _lotus, ("orchid", "petal", "opal")),
    Motif("dreamcatcher", _dreamcatcher, ("copper", "lagoon", "amethyst")),
    Motif("sun-face", _sun_face, ("ember", "gold", "sunset")),
    Motif("round-labyrinth", _labyrinth, ("moss", "sand", "dusk")),
)
