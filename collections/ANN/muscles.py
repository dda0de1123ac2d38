"""The weights: muscles of many twisted strands, with tendons, vessels and loose ends."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from sculpt import Array, Weave, disc, ease, mesh, unit

ASKEW = np.array([0.2, 0.3, 1.0])  # no muscle runs along it


def rotated(place: Array, turn: Array | float) -> Array:
    """Places in a section, (s, 2), turned about its middle: (s, n, 2) for n turns."""
    x, y = place[..., 0], place[..., 1]
    return np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], -1)


def bundle(count: int, rng: np.random.Generator) -> Array:
    """Where strands lie in the section of a muscle: fascicles on a disc, strands in each."""
    fascicles = max(4, count // 9)
    own = disc(count // fascicles + 1)[np.arange(count) // fascicles]
    place = disc(fascicles)[np.arange(count) % fascicles] * 0.86 + own * 0.8 / np.sqrt(fascicles)
    return place + rng.normal(0, 0.02, place.shape)


@dataclass
class Sheaf:
    """Strands side by side, (s, n, 3): how thick, how far along, how pale, of what tint."""

    lines: Array
    girth: Array
    along: Array
    pale: Array
    tint: Array

    def tubes(self, sides: int, material: bpy.types.Material) -> None:
        """The mesh: a ring of vertices about every point."""
        s, n, _ = self.lines.shape
        ahead = unit(np.gradient(self.lines, axis=1))
        across = unit(np.cross(ahead, unit(np.array([0.31, 0.83, 0.46]))))
        other = np.cross(ahead, across)
        turn = (np.arange(sides) * 2 * np.pi / sides)[:, None]
        ring = across[:, :, None] * np.cos(turn) + other[:, :, None] * np.sin(turn)
        points = self.lines[:, :, None] + ring * self.girth[:, :, None, None]
        index = np.arange(s * n * sides).reshape(s, n, sides)
        right = np.roll(index, -1, axis=2)
        quads = np.stack([index[:, :-1], right[:, :-1], right[:, 1:], index[:, 1:]], axis=-1)
        told = {"along": self.along, "pale": self.pale, "tint": self.tint}
        told = {k: np.broadcast_to(v, (s, n)).repeat(sides) for k, v in told.items()}
        mesh(points.reshape(-1, 3), quads.reshape(-1, 4), material, **told)


@dataclass
class Muscle:
    """A connection: from feet ``a`` to feet ``b``, (s, 3) each, by way of two handles; ``place`` is
    where each strand lies in the section."""

    a: Array
    b: Array
    handles: tuple[Array, Array]
    place: Array
    radius: float
    twist: float
    rng: np.random.Generator
    steps: int
    sinew: float  # how far from its ends it is tendon
    torn: bool

    @property
    def length(self) -> float:
        """From foot to foot."""
        return float(np.linalg.norm(self.b.mean(axis=0) - self.a.mean(axis=0)))

    def path(self, t: Array) -> tuple[Array, Array, Array]:
        """Points of the middle line at ``t``, and two directions across it."""
        p = [self.a.mean(axis=0), *self.handles, self.b.mean(axis=0)]
        s, t = 1 - t[..., None], t[..., None]
        at = s**3 * p[0] + 3 * s * s * t * p[1] + 3 * s * t * t * p[2] + t**3 * p[3]
        ahead = unit(s * s * (p[1] - p[0]) + 2 * s * t * (p[2] - p[1]) + t * t * (p[3] - p[2]))
        over = unit(np.cross(ahead, np.cross(p[3] - p[0], ASKEW)))
        return at, np.cross(over, ahead), over

    def thickness(self, t: Array) -> Array:
        """Of the whole, from tendon through belly to tendon."""
        swell = np.sin(np.pi * np.clip(t, 0, 1) ** 0.92) ** np.clip(10.0 / self.length, 0.6, 1.6)
        return self.radius * (0.26 + 0.74 * swell)

    def strands(self) -> Sheaf:
        """The flesh itself: strands twisted about the axis, most whole, some frayed."""
        rng, count = self.rng, len(self.place)
        share = np.linspace(0, 1, self.steps)[None]
        begin, end, frayed = self.cuts()
        t = begin + (end - begin) * share
        at, across, over = self.path(t)
        wave = 0.05 * np.sin(10 * t + rng.uniform(0, 6.3, (2, count, 1)))
        section = rotated(self.place[:, None] + np.moveaxis(wave, 0, -1), self.twist * t)
        section *= self.thickness(t)[..., None]
        lines = at + section[..., :1] * across + section[..., 1:] * over
        loose = np.where(begin > 0, 1 - share, share) * frayed
        fling = unit(rng.normal(0, 1, (count, 1, 3)) - np.array([0, 0, 0.6]))
        fling *= self.radius * rng.uniform(0.4, 3.0 if self.torn else 1.4, (count, 1, 1))
        curl = np.sin(10.0 * loose[..., None] + rng.uniform(0, 6.3, (count, 1, 3)))
        fling = fling + 0.3 * self.radius * curl
        lines += fling * ease(0.4, 1, loose)[..., None] ** 2
        for feet, near in ((self.a, t), (self.b, 1 - t)):
            lines += (1 - ease(0.0, 0.13, near))[..., None] * (feet[:, None] - lines)
        girth = self.thickness(t) * rng.uniform(0.95, 1.55, (count, 1)) / np.sqrt(count)
        girth *= 1 - 0.93 * ease(0.1, 0.9, loose)
        fascicles = max(4, count // 9)
        tint = rng.normal(0.5, 0.16, (fascicles, 1))[np.arange(count) % fascicles]
        tint = np.clip(tint + rng.normal(0, 0.14, (count, 1)), 0, 1)
        near_end = np.minimum(t, 1 - t) * self.length + rng.normal(0, 0.1 * self.sinew, (count, 1))
        return Sheaf(
            lines, girth, t * self.length, 1 - ease(0.3 * self.sinew, self.sinew, near_end), tint
        )

    def cuts(self) -> tuple[Array, Array, Array]:
        """Where each strand begins and ends, and whether that is a loose end. A torn muscle is
        two stumps; a whole one has a loose strand here and there."""
        rng, shape = self.rng, (len(self.place), 1)
        if not self.torn:
            frayed = rng.random(shape) < 0.025
            return np.zeros(shape), np.where(frayed, rng.uniform(0.25, 0.75, shape), 1.0), frayed
        cut, gap = rng.normal(0.4, 0.06, shape), rng.uniform(0.08, 0.2, shape)
        first = rng.random(shape) < 0.5
        return np.where(first, 0, cut + gap), np.where(first, cut, 1), np.ones(shape, bool)

    def threads(self, count: int, girth: float, turns: float, pale: float) -> Sheaf:
        """Vessels and shreds of fascia: thin lines that wander over the muscle's skin."""
        rng, shape, share = self.rng, (count, 1), np.linspace(0, 1, self.steps)
        t = rng.uniform(0.02, 0.3, shape) + rng.uniform(0.3, 0.68, shape) * share
        way = rng.uniform(0, 6.3, shape) + turns * rng.normal(0, 1, shape) * t
        way += 0.5 * np.sin(t * rng.uniform(14, 30, shape) + rng.uniform(0, 6.3, shape))
        at, across, over = self.path(t)
        r = (self.thickness(t) * rng.uniform(0.94, 1.0, shape))[..., None]
        lines = at + r * (np.cos(way)[..., None] * across + np.sin(way)[..., None] * over)
        girth = girth * rng.uniform(0.5, 1.2, shape) * np.sin(np.pi * (0.03 + 0.94 * share)) ** 0.5
        return Sheaf(lines, girth, t * 9, np.array(pale), rng.random(shape))


def flesh() -> bpy.types.Material:
    """Wet muscle, from nearly black through red to the pink of scraped fibre; tendon where pale."""
    w = Weave("flesh")
    pale, tint, along = w.told("pale"), w.told("tint"), w.told("along")
    streak_at = w(
        "CombineXYZ", {0: w.maths("MULTIPLY", along, 1.2), 1: w.maths("MULTIPLY", tint, 61.0)}
    )
    streak = w("TexNoise", {"Vector": streak_at, "Scale": 2.0, "Detail": 3.0})
    warp = w("TexNoise", {"Scale": 5.0, "Detail": 2.0})
    phase = w.maths("MULTIPLY_ADD", warp, 4.6, w.maths("MULTIPLY", along, 230.0))
    band = w.maths("MULTIPLY_ADD", w.maths("SINE", phase), 0.5, 0.5)
    band = w.maths("MULTIPLY", band, w.maths("SUBTRACT", 1.0, pale))
    shade = w.maths("MULTIPLY_ADD", w.maths("SUBTRACT", streak, 0.5), 0.9, tint)
    red = w.ramp(
        shade,
        (0.0, (0.08, 0.002, 0.006)),
        (0.38, (0.28, 0.006, 0.010)),
        (0.65, (0.52, 0.022, 0.022)),
        (0.95, (0.68, 0.13, 0.10)),
    )
    red = w.between(w.maths("MULTIPLY", band, 0.45), red, (0.16, 0.008, 0.01, 1))
    white = w.ramp(
        streak, (0.3, (0.66, 0.44, 0.40)), (0.48, (0.82, 0.76, 0.68)), (0.7, (0.93, 0.92, 0.88))
    )
    mixed = w.maths(
        "MULTIPLY_ADD", w.maths("SUBTRACT", streak, 0.5), w.maths("MULTIPLY", pale, 1.1), pale
    )
    colour = w.between(mixed, red, white)
    bump = w(
        "Bump",
        {
            "Strength": 0.35,
            "Distance": 0.02,
            "Height": w.maths("MULTIPLY_ADD", streak, 0.8, w.maths("MULTIPLY", band, 0.35)),
        },
    )
    return w.wear(
        colour,
        bump,
        roughness=0.38,
        subsurface_weight=0.25,
        subsurface_radius=(1.0, 0.22, 0.12),
        subsurface_scale=0.06,
        coat_weight=0.75,
        coat_roughness=0.12,
        specular_ior_level=0.55,
    )


def vein() -> bpy.types.Material:
    """Vessels: dark, blue or arterial by their tint."""
    w = Weave("vein")
    colour = w.ramp(
        w.told("tint"),
        (0.0, (0.02, 0.015, 0.06)),
        (0.5, (0.12, 0.006, 0.02)),
        (1.0, (0.3, 0.01, 0.008)),
    )
    return w.wear(colour, roughness=0.25, coat_weight=1.0, coat_roughness=0.06)
