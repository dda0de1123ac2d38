"""Bones: skulls, ribs, spines, jaws, antlers, horns, hands."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import placed, smooth, stroke_distance
from dreamfolio.dream.pocket.drawing.relief import Field, Motif, Relief


def _hollow(body: Body, out: Field, depth: float = 0.7, tone: float = 0.0) -> None:
    """Sink a dark hole with a pale brow where ``out`` < 1."""
    body.mark(smooth(1.35, 1.1, out) * smooth(0.9, 1.1, out), 1.0, rise=0.08)
    body.mark(smooth(1.08, 0.9, out), tone + 0.12 * smooth(1.0, 0.3, 1 - out), rise=-depth)


def _skull(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.5), shift=0.1, turn=0.5, warp=0.03))
    jaw = rng.uniform(0.0, 0.05)
    body.oval((0, 0.3 + jaw), 0.18, 0.13, 0.6, lift=0.5, egg=-0.2)
    body.oval((0, 0.17), 0.19, 0.14, 0.7, base=0.15, lift=0.5)
    body.oval((0, -0.11), 0.33, 0.29, 0.8, lift=0.9, rim=0.35)
    body.oval((0.2, 0.08), 0.11, 0.065, 0.85, both=True, base=0.5, lift=0.35, turn=-0.3)
    socket = oval(body.half, body.y, (0.135, -0.01), 0.095, rng.uniform(0.085, 0.105), turn=0.25)
    _hollow(body, socket)
    _hollow(body, oval(body.half, body.y, (0.022, 0.12), 0.032, 0.055, turn=-0.3))
    for y, wide in ((0.215, 0.15), (0.285 + jaw, 0.125)):
        inside = smooth(wide, wide - 0.015, body.half)
        column = np.abs((body.x / 0.044 + 0.5) % 1 - 0.5) * 2
        out = np.maximum(column / 0.9, np.abs(body.y - y) / 0.038) + 9 * (1 - inside)
        body.part(out, 0.022, 1.0, base=0.5, lift=0.35, flat=0.4, rim=0.8)
    gap = smooth(0.016 + jaw / 2, 0.008, np.abs(body.y - 0.25 - jaw / 2))
    body.mark(gap * smooth(0.15, 0.13, body.half), 0.0, rise=-0.3)
    return body.relief()


def _ribcage(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.5), shift=0.1, turn=0.6, warp=0.04))
    body.limb(((0, -0.45), (0, 0.48)), 0.045, 0.04, 0.5, base=0.0, rings=11)
    count = int(rng.integers(6, 9))
    gap = 0.7 / count
    for k in range(count):
        y = -0.36 + gap * k
        wide = 0.36 * np.sin(0.75 + 1.5 * k / count)
        far = np.abs(np.hypot(body.half, (body.y - y - 0.02) * 2.2) - wide)
        bow = far * np.where(body.y > y, 0.75, 1.2)
        out = (bow / 0.028).astype(np.float32)
        depth = smooth(-0.06, 0.06, body.y - y)
        body.part(out, 0.025, 0.55 + 0.35 * depth, base=0.12 + 0.25 * depth, lift=0.4, rim=0.4)
    body.oval((0, -0.06), 0.05, 0.29, 0.85, egg=-0.3, base=0.5, lift=0.3)
    collar = ((0.02, -0.36), (0.18, -0.42), (0.36, -0.38))
    body.limb(collar, 0.03, 0.028, 0.8, both=True, base=0.4)
    return body.relief()


def _spine(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.8, 1.6), shift=0.12)
    bend, wave = rng.uniform(0.03, 0.12), rng.uniform(3, 7)
    x = (x - bend * np.sin(wave * y + rng.uniform(0, 6))).astype(np.float32)
    body = Body(x, y)
    count = rng.uniform(6, 8.5)
    v = ((y * count) % 1 - 0.5) / count
    high = 1 / count
    disc = np.maximum(np.abs(x) / 0.075, np.abs(v) / (high * 0.6))
    body.part(disc, 0.06, 0.25, lift=0.3)
    reach = rng.uniform(0.22, 0.28)
    slope = v + 0.35 * np.clip(body.half - 0.08, 0, None) - 0.02
    bar = np.hypot(slope, np.clip(body.half - reach, 0, None)) / (high * 0.17)
    knob = np.hypot(slope, body.half - reach) / (high * 0.27)
    body.part(np.minimum(bar, knob), 0.03, 0.65, base=0.1, lift=0.45)
    waist = 0.1 * (0.75 + 0.6 * (np.abs(v) / high) ** 2 * 4)
    out = np.maximum(body.half / waist, np.abs(v) / (high * 0.4))
    body.part(out.astype(np.float32), 0.06, 0.8, base=0.25, lift=0.6, rim=0.5)
    spike = np.hypot(x / 0.03, (v - 0.1 * high) / (high * 0.42))
    body.part(spike, 0.03, 0.95, base=0.75, lift=0.45, rim=0.4)
    return body.relief()


def _jaw(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.9, 1.5), shift=0.08, warp=0.03)
    body = Body(x, y)
    gape = rng.uniform(0.1, 0.17)
    count = rng.uniform(7, 10)
    bow = gape * (1 - (x / 0.48) ** 2)
    inside = 9 * smooth(0.45, 0.47, np.abs(x))
    gum = np.abs(np.abs(y) - bow - 0.12) / 0.1 + inside
    throat = np.abs(y) / (bow + 0.06) + inside
    body.part(throat, 0.1, 0.08, base=0.0, lift=-0.1)
    body.part(gum, 0.09, 0.4, base=0.15, lift=0.6, rim=0.3)
    for sign, phase in ((-1, 0.0), (1, 0.5)):
        place = x * count + phase
        off = np.abs(place % 1 - 0.5) * 2
        jitter = 1 + 0.25 * np.sin(np.floor(place) * rng.uniform(1.5, 4))
        down = (bow + 0.09 - sign * y) / (0.15 * jitter)
        fang = off / np.clip(1.0 - down, 0.001, 1.0) * 1.05
        out = np.where(
            (down > -0.15) & (down < 1), np.where(down < 0, np.hypot(off, down * 6), fang), 9
        )
        body.part((out + inside).astype(np.float32), 0.04, 0.95, base=0.45, lift=0.5, rim=0.35)
    return body.relief()


def _antlers(rng: np.random.Generator, size: int) -> Relief:
    x, y = placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.5, warp=0.05)
    body = Body(x, y)
    wide = rng.uniform(0.85, 1.1)
    beam = np.array(((0.05, 0.3), (0.2, 0.2), (0.34, 0.02), (0.37, -0.2), (0.28, -0.42))) * (
        wide,
        1,
    )
    for at, tip in (
        (1, (0.27, 0.02)),
        (2, (0.2, -0.18)),
        (3, (0.2, -0.3)),
        (2, (0.47, -0.1)),
        (3, (0.47, -0.32)),
    ):
        root = beam[at]
        end = (tip[0] * wide, tip[1] + rng.uniform(-0.04, 0.04))
        mid = (root * 0.5 + np.array(end) * 0.5) + (0.03, 0.02)
        body.limb((tuple(root), tuple(mid), end), 0.034, 0.007, 0.75, both=True)
    body.limb(beam.astype(np.float32), 0.055, 0.012, 0.6, both=True, base=0.2, lift=0.6, rings=0)
    grain = smooth(0.3, 0.9, np.cos(body.half * 120 + 20 * np.sin(y * 20)))
    body.mark(0.5 * grain * body.cover, 0.25, rise=-0.06)
    body.oval((0.055, 0.3), 0.065, 0.045, 0.85, both=True, base=0.3)
    body.oval((0, 0.4), 0.13, 0.12, 0.7, base=0.1, lift=0.7)
    _hollow(body, oval(body.half, body.y, (0.065, 0.42), 0.032, 0.035))
    return body.relief()


def _ram_horns(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.4), shift=0.08, turn=0.4, warp=0.03))
    t = np.linspace(0, 1, 18)
    turn = rng.uniform(1.25, 1.55) * 2 * np.pi
    reach = 0.2 * (1 - 0.72 * t)
    angle = np.pi * 1.05 + turn * t
    curl = np.stack([0.26 + reach * np.cos(angle), -0.06 + reach * np.sin(angle)], -1)
    body.oval((0, 0.2), 0.12, 0.25, 0.45, egg=-0.3, lift=0.7)
    body.oval((0, -0.02), 0.14, 0.13, 0.5, base=0.15, lift=0.65)
    far, along = stroke_distance(body.half, body.y, curl.astype(np.float32))
    out = far / (0.085 * (1 - 0.85 * along) + 0.006)
    ring = np.abs(np.cos(np.pi * rng.integers(14, 20) * along**0.8))
    body.part(out, 0.06, 0.4 + 0.55 * ring, base=0.3, lift=0.75, rim=0.4)
    body.mark(smooth(1.0, 0.9, out) * smooth(0.5, 0.1, ring), 0.08, rise=-0.2)
    body.eye((0.09, 0.09), 0.034, iris=0.95, base=0.7)
    _hollow(body, oval(body.half, body.y, (0.035, 0.37), 0.022, 0.03, turn=-0.4), 0.3)
    return body.relief()


def _hand(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.85, 1.45), shift=0.1, warp=0.03))
    for dx in (-0.035, 0.035):
        body.limb(((dx, 0.5), (dx * 1.2, 0.3)), 0.028, 0.034, 0.6)
    for k in range(6):
        wrist = (-0.075 + 0.075 * (k % 3), 0.24 - 0.055 * (k // 3))
        body.oval(wrist, 0.042, 0.034, 0.7, base=0.15)
    spread = rng.uniform(0.2, 0.32)
    for k, (long, slant) in enumerate(
        ((0.36, -2.6), (0.52, -1.05), (0.57, -0.25), (0.54, 0.45), (0.45, 1.25))
    ):
        aim = slant * spread if k else -0.95 + rng.uniform(-0.15, 0.1)
        step = np.array((np.sin(aim), -np.cos(aim)))
        at = np.array((-0.09 + 0.05 * k, 0.16 if k else 0.2))
        parts = (0.42, 0.26, 0.18, 0.14) if k else (0.45, 0.3, 0.25)
        for share in parts:
            end = at + step * long * share
            a, b = at + step * 0.012, end - step * 0.012
            far, along = stroke_distance(body.x, body.y, np.array((a, b), np.float32))
            knob = 0.02 + 0.016 * np.abs(2 * along - 1) ** 3
            body.part(far / knob, 0.025, 0.85, base=0.2, lift=0.5, rim=0.45)
            at = end
    return body.relief()


def _long_bones(rng: np.random.Generator, size: int) -> Relief:
    body = Body(*placed(rng, size, scale=(0.8, 1.2)))
    for _ in range(int(rng.integers(3, 6))):
        aim, at = rng.uniform(0, np.pi), rng.uniform(-0.22, 0.22, 2)
        step = np.array((np.cos(aim), np.sin(aim))) * rng.uniform(0.26, 0.36)
        side = np.array((-step[1], step[0])) * 0.17
        base = rng.uniform(0.1, 0.4)
        ends = [at + sign * step + s * side for sign in (-1, 1) for s in (-1, 1)]
        far, along = stroke_distance(body.x, body.y, np.array((at - step, at + step), np.float32))
        out = far / (0.034 + 0.026 * np.abs(2 * along - 1) ** 4)
        for end in ends:
            out = np.minimum(out, np.hypot(body.x - end[0], body.y - end[1]) / 0.066)
        body.part(out, 0.04, 0.8 + rng.uniform(-0.15, 0.1), base=base, lift=0.7, rim=0.5)
    return body.relief()


MOTIFS = (
    Motif("skull", _skull, ("bone", "ink", "gold", "opal")),
    Motif("ribcage", _ribcage, ("bone", "ice", "blood")),
    Motif("spine", _spine, ("bone", "lagoon", "ember")),
    Motif("fanged-jaw", _jaw, ("blood", "coral", "flesh")),
    Motif("antlers", _antlers, ("sand", "rust", "moss")),
    Motif("ram-horns", _ram_horns, ("gold", "ink", "copper")),
    Motif("skeleton-hand", _hand, ("bone", "venom", "amethyst")),
    Motif("crossed-bones", _long_bones, ("bone", "sand", "opal")),
)
