"""Metal that is bent, linked, riveted and blown: chains, springs, pipes, plates, organ pipes."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.canvas import dome, placed, polar, smooth, waves
from dreamfolio.dream.pocket.drawing.geometry import (
    bare,
    box,
    chance,
    form,
    inside,
    over,
    repeated,
    ridge,
)
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _chain_at(x: Field, y: Field, link: float, thick: float) -> Relief:
    """A chain along x: links seen flat, joined by links seen on edge."""
    u, _ = repeated(x, 2 * link)
    oval = np.hypot(np.maximum(np.abs(u) - link * 0.42, 0), y) - link * 0.48
    flat = dome(np.abs(oval), thick)
    v, _ = repeated(x + link, 2 * link)
    edge = np.hypot(np.maximum(np.abs(v) - link * 0.55, 0), y) / (thick * 1.15)
    bar = dome(edge, 1.0)
    # A link on edge passes over the flat one at its one end and under it at the other.
    above = np.where(v > 0, 0.35, -0.1) * (np.abs(v) < link * 0.95)
    raised = np.where(bar > 0, bar + above, -1)
    seen = raised > flat
    height = np.where(seen, 0.8 * bar + 0.2, 0.9 * flat)
    tone = np.where(seen, 0.25 + 0.5 * bar, 0.4 + 0.5 * flat)
    return form(height, tone, smooth(0.0, 0.25, np.maximum(flat, bar)))


def _chain(rng: np.random.Generator, size: int) -> Relief:
    page = bare(size)
    for _ in range(int(rng.integers(1, 4))):
        x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.22, warp=0.2)
        y = (y + rng.uniform(-0.8, 0.8) * x**2).astype(np.float32)
        link = rng.uniform(0.13, 0.18)
        page = over(page, _chain_at(x, y, link, link * rng.uniform(0.17, 0.24)))
    return page


def _springs(rng: np.random.Generator, size: int) -> Relief:
    """Coils of wire, their front turns slanting over the back ones."""
    x, y = placed(rng, size, scale=(0.7, 1.5), shift=0.15, warp=0.15)
    apart = rng.uniform(0.36, 0.5)
    y, spring = repeated(y, apart)
    half = rng.uniform(0.13, 0.165)
    pitch = rng.uniform(0.075, 0.11) * (1 + 0.25 * (spring % 2))
    at = np.clip(y / half, -1, 1)
    lean = np.arcsin(at) / np.pi
    inner = inside(np.abs(y) - half - 0.02)
    height, tone = np.full_like(x, -0.2), np.zeros_like(x)
    for turn, depth in ((-1, 0.0), (1, 0.5)):
        phase = x / pitch + turn * lean / 2 + (0.5 if turn < 0 else 0.0)
        off = (phase - np.floor(phase + 0.5)) * pitch
        steep = np.sqrt(1 + (pitch / (2 * np.pi * half)) ** 2 / np.maximum(1 - at**2, 0.05))
        wire = dome(np.hypot(off / steep, np.maximum(np.abs(y) - half, 0)), 0.026)
        on = wire > 0
        round_ = np.sqrt(np.clip(1 - at**2, 0, 1))
        raised = depth + 0.45 * wire + (0.35 * round_ if turn > 0 else -0.2 * round_)
        height = np.where(on, raised, height)
        tone = np.where(on, 0.12 + 0.25 * (turn > 0) + 0.45 * wire * (0.5 + depth), tone)
    return form(height, tone, inner * (tone > 0))


def _pipes(rng: np.random.Generator, size: int) -> Relief:
    """Pipes that run and bend at right angles, tiers of them, with flanges at the joints."""
    page = bare(size, 0.0, 0.04)
    page = form(page.height, page.tone)
    for tier in range(3):
        x, y = placed(rng, size, scale=(0.9, 1.5), shift=0.3, turn=0.0)
        x, y = (y, x) if rng.random() < 0.5 else (x, y)
        x = x * rng.choice([-1, 1])
        bend, wide = rng.uniform(0.13, 0.2), rng.uniform(0.06, 0.085)
        count = int(rng.integers(1, 4)) if tier < 2 else 1
        # Nested elbows about one corner: straight along x, round, then straight along y.
        corner = np.hypot(np.maximum(x, 0), np.maximum(y, 0))
        far = np.where((x > 0) & (y > 0), corner, np.where(x <= 0, y, x))
        lane = np.clip(np.floor((far - bend) / (2.3 * wide) + 0.5), 0, count - 1)
        off = far - bend - lane * 2.3 * wide
        back = np.where(x <= 0, -x, np.where(y <= 0, -y, -1.0))
        joint, _ = repeated(back - 0.03, 0.3)
        flange = inside(np.abs(joint) - 0.022, 0.004) * (back > -0.02)
        reach = wide * (1 + 0.28 * flange)
        body = dome(np.abs(off), reach)
        bolt, _ = repeated(off, wide * 0.7)
        nut = dome(np.hypot(bolt, joint), 0.014) * flange
        height = 0.3 * tier + 0.8 * body + 0.12 * flange + 0.15 * nut
        shade = 0.25 + 0.2 * tier + 0.3 * body - 0.2 * flange + 0.5 * nut + 0.06 * lane
        page = over(page, form(height, shade, inside(np.abs(off) - reach) * (far > 0)))
    return page


def _rivets(rng: np.random.Generator, size: int) -> Relief:
    """Plates that overlap in courses, rivets along their seams, brushed and stained."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.3, warp=0.06)
    wide, tall = rng.uniform(0.36, 0.5), rng.uniform(0.26, 0.38)
    v, course = repeated(y, tall)
    u, plate = repeated(x + chance(course) * wide, wide)
    tint = chance(course, plate, rng.integers(0, 99))
    inset = np.minimum(wide / 2 - np.abs(u), tall / 2 - np.abs(v))
    lip = smooth(0.0, 0.014, inset)
    pitch = rng.uniform(0.055, 0.075)
    a, _ = repeated(u, wide / max(3, round(wide / pitch)))
    b, _ = repeated(v, tall / max(3, round(tall / pitch)))
    row = np.hypot(a, tall / 2 - np.abs(v) - 0.034)
    column = np.hypot(b, wide / 2 - np.abs(u) - 0.034)
    head = dome(np.minimum(row, column), 0.019)
    ring = ridge(np.minimum(row, column) - 0.024, 0.008)
    brushed = waves(v * 40 + 3 * np.sin(9 * u + tint * 9)) * 0.12
    panel = smooth(0.07, 0.085, inset)
    cross = ridge(np.abs(u) / wide - np.abs(v) / tall, 0.035) * panel * (tint < 0.45)
    height = lip * (0.2 + 0.2 * tint) + 0.55 * head + 0.12 * panel + 0.3 * cross
    tone = lip * (0.25 + 0.35 * tint + brushed) + 0.45 * head - 0.2 * ring + 0.3 * cross
    return form(height, tone)


def _organ(rng: np.random.Generator, size: int) -> Relief:
    """Ranks of organ pipes, tall to short about a middle one, each with its mouth."""
    x, y = placed(rng, size, scale=(0.8, 1.5), shift=0.15, turn=0.12)
    pitch = rng.uniform(0.075, 0.11)
    u, number = repeated(x, pitch)
    tower = int(rng.integers(4, 8))
    near = np.abs(np.mod(number + tower, 2 * tower) - tower)
    slope = rng.uniform(0.035, 0.07) * rng.choice([-1, 1])
    top = -0.28 + slope * (near - tower / 2)
    lip = 0.22 - 0.5 * slope * (near - tower / 2)
    half = pitch * 0.47
    # Under the mouth a foot tapers to a point.
    reach = np.where(y > lip, half * (1 - 0.8 * np.clip((y - lip) / 0.2, 0, 1)), half)
    body = dome(np.abs(u), reach)
    cover = inside(np.maximum(np.abs(u) - reach, np.maximum(top - y, y - lip - 0.2)), 0.004)
    mouth = box(u, y - lip + 0.03, half * 0.45, 0.022)
    shield = np.maximum(
        np.abs(u) - half * 0.5 * (1 - (lip - 0.05 - y) / 0.1), np.abs(y - lip + 0.1) - 0.05
    )
    cap = ridge(y - top - 0.012, 0.014)
    height = body * 0.9 - 0.5 * inside(mouth, 0.004) + 0.15 * cap + 0.1 * inside(shield)
    tone = 0.2 + 0.55 * body + 0.25 * cap - 0.6 * inside(mouth, 0.004) + 0.15 * inside(shield)
    page = form(height, tone + 0.05 * (number % 2), cover)
    rail = y - lip - 0.17
    carved = waves(x / pitch * 1.0) * ridge(rail - 0.05, 0.04)
    wood = form(0.5 + 0.3 * ridge(rail, 0.025) + 0.3 * carved, 0.15 + 0.3 * carved, inside(-rail))
    return over(page, form(wood.height, wood.tone + 0.3 * ridge(rail, 0.025), wood.cover))


def _propeller(rng: np.random.Generator, size: int) -> Relief:
    """A ship's screw: few broad blades, each hollow on one side, about a boss."""
    x, y = placed(rng, size, scale=(0.85, 1.5), shift=0.12)
    r, a = polar(x, y)
    count = int(rng.integers(3, 6))
    hand = rng.choice([-1, 1])
    page = bare(size)
    broad = rng.uniform(0.75, 1.0) * np.pi / count
    for blade in range(count):
        bent = a * hand - blade * 2 * np.pi / count - 0.9 * (r / 0.45) ** 1.4
        off = np.mod(bent + np.pi, 2 * np.pi) - np.pi
        t = np.clip(r / 0.48, 0, 1.05)
        half = broad * np.sqrt(np.clip(1 - ((t - 0.5) / 0.5) ** 2, 0, 1)) * 1.15 + 1e-3
        across = off / half
        ramp = 0.5 - 0.5 * across
        height = 0.15 + 0.75 * ramp + 0.1 * waves(r * 18)
        tone = 0.15 + 0.6 * ramp + 0.08 * waves(r * 18) + 0.25 * smooth(0.8, 0.95, np.abs(across))
        page = over(page, form(height, tone, smooth(1.05, 0.97, np.abs(across))))
    boss = form(0.7 + 0.6 * dome(r, 0.11), 0.35 + 0.4 * dome(r, 0.11), inside(r - 0.105))
    return over(page, over(boss, form(0.8 + 0 * r, 0.1 + 0 * r, inside(np.abs(r - 0.05) - 0.008))))


MOTIFS = (
    Motif("chain-links", _chain, ("ink", "gold", "ember")),
    Motif("springs", _springs, ("copper", "venom", "candy")),
    Motif("pipework", _pipes, ("rust", "copper", "leaf", "sea")),
    Motif("riveted-plates", _rivets, ("rust", "ice", "blood")),
    Motif("organ-pipes", _organ, ("gold", "flesh", "amethyst")),
    Motif("ship-screw", _propeller, ("gold", "copper", "lagoon")),
)
