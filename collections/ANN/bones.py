"""The nodes: bones as signed distance fields, each grown toward the muscles that pull at it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import bpy
import numpy as np
from sculpt import (
    Array,
    Weave,
    cell_distance,
    ease,
    largest,
    mesh,
    noise,
    smooth_max,
    smooth_min,
    surface,
)
from studio import Point

Rod = tuple[Point, Point, float, float]
"""From where, to where, how thick there and there."""


def rod_distance(p: Array, rod: Rod) -> Array:
    a, b = np.array(rod[0], np.float32), np.array(rod[1], np.float32)
    axis = b - a
    along = np.clip((p - a) @ axis / max(axis @ axis, 1e-9), 0.0, 1.0)
    return np.linalg.norm(p - a - along[:, None] * axis, axis=1) - (
        rod[2] + along * (rod[3] - rod[2])
    )


@dataclass
class Bone:
    """A node. It grows out of ``solids``, less ``hollows``, and then a tubercle ``toward`` each
    muscle; ``caps`` are where cartilage covers it. In its own space it is about two units wide."""

    at: Array
    turn: Array  # columns are its own axes
    size: float
    solids: list[Rod]
    hollows: list[Rod]
    caps: list[Rod]
    toward: Array  # unit vectors, (n, 3)

    def tubercles(self) -> list[Rod]:
        """What a muscle's pull makes of bone: a stump below each of its tendons."""
        roots = [u * (self.reach(u[None] * 2.2, u[None], own=True)[0] @ u) for u in self.toward]
        return [
            (tuple(r - u * 0.3), tuple(r + u * 0.02), 0.18, 0.11)
            for r, u in zip(roots, self.toward, strict=True)
        ]

    def hull(self, p: Array) -> Array:
        """Distance to its solids, as though they had no hollows."""
        d = np.full(len(p), 9.0, np.float32)
        for rod in self.solids:
            d = smooth_min(d, rod_distance(p, rod), 0.16)
        return d

    def body(self, p: Array) -> Array:
        """Distance to the bone as it would be had nothing ever pulled at it."""
        d = self.hull(p)
        for rod in self.hollows:
            d = smooth_max(d, -rod_distance(p, rod), 0.07)
        return d

    def form(self, p: Array) -> Array:
        """Distance to the bone before weather and rot have been at it."""
        d = self.body(p)
        for rod in self.stumps:
            d = smooth_min(d, rod_distance(p, rod), 0.14)
        return d

    def __post_init__(self) -> None:
        self.stumps = self.tubercles()

    def cartilage(self, p: Array) -> Array:
        """How much of it lies on each point, 0 to 1."""
        ragged = 0.05 * noise(p, 5.0) + 0.03 * noise(p, 13.0)
        near = [rod_distance(p, rod) for rod in self.caps]
        if not near:
            return np.zeros(len(p))
        worn = ease(0.2, 0.36, noise(p + 2.0, 2.1) + 0.22 * noise(p, 8.0))
        return (1.0 - ease(0.0, 0.05, np.min(near, axis=0) + ragged)) * (1.0 - worn)

    def weathered(self, p: Array, d: Array) -> tuple[Array, Array]:
        """The distance with lumps, wrinkles and pores; and what it would be without the pores."""
        bare = 1.0 - self.cartilage(p)
        warp = np.stack([noise(p + k, 3.1) for k in (3.0, 11.0, 23.0)], axis=1)
        bent = p + 0.09 * warp
        lumps = 0.05 * noise(p, 2.6) + bare * (0.024 * noise(p, 6.1) + 0.011 * noise(bent, 15.0))
        creases = 0.032 * (1.0 - np.abs(noise(bent, 4.3))) ** 5 * bare
        whole = d + lumps + creases - 0.028 * (1.0 - bare)
        spongy = ease(0.0, 0.55, noise(p + 5.0, 1.7)) * bare
        coarse = 0.085 * spongy - cell_distance(bent * np.array([1.0, 1.0, 0.6]), 6.0)
        medium = 0.050 * spongy + 0.012 * bare - cell_distance(bent + 3.0, 11.0)
        fine = 0.008 * bare + 0.018 * spongy - cell_distance(p + 8.0, 23.0)
        pores = np.maximum(np.maximum(coarse, medium), fine)
        return smooth_max(whole, pores, 0.025), whole

    def reach(self, feet: Array, toward: Array, own: bool = False) -> Array:
        """Where rays from ``feet`` inward, against ``toward``, meet the surface."""
        p, step = feet, -toward
        if not own:
            p, step = (feet - self.at) @ self.turn / self.size, step @ self.turn
        for _ in range(40):
            d = self.body(p) if own else self.form(p) + 0.03
            p = p + step * np.clip(d, -0.05, 0.2)[:, None]
        return p if own else p * self.size @ self.turn.T + self.at


Shape = tuple[list[Rod], list[Rod], list[Rod]]
"""Solids, hollows and caps."""


def ball(at: Point, radius: float) -> Rod:
    return (at, at, radius, radius)


def vertebra(rng: np.random.Generator) -> Shape:
    """Something like a vertebra, upright: no two are alike."""
    r, h = rng.uniform(0.36, 0.46), rng.uniform(0.30, 0.40)
    w, back = rng.uniform(0.62, 0.74), rng.uniform(0.62, 0.76)
    solids: list[Rod] = [((0, 0, s * h), (0, 0, 0), r, r * w) for s in (-1, 1)]
    arch = (0, back + 0.24, 0)
    for side in (-1, 1):
        root = (side * 0.34, back, 0.05)
        solids += [((side * 0.26, 0.25, 0), root, 0.15, 0.12), (root, arch, 0.13, 0.15)]
        for up in (-1, 1):
            tip = (side * rng.uniform(0.36, 0.48), back - 0.02, up * rng.uniform(0.36, 0.5))
            solids.append(((side * 0.32, back - 0.05, up * 0.1), tip, 0.13, 0.085))
        wing = (side * rng.uniform(0.85, 1.2), rng.uniform(0.45, 0.9), rng.uniform(-0.3, 0.3))
        solids += [((side * 0.34, back - 0.1, 0.02), wing, 0.15, 0.08), ball(wing, 0.11)]
    tail = (rng.normal(0, 0.1), back + rng.uniform(0.5, 0.95), -0.45)
    solids.append(((0, back + 0.2, 0), tail, 0.15, 0.10))
    hollows = [ball((0, 0, s * (h + r + 0.15)), 1.05 * r) for s in (-1, 1)]
    for _ in range(3):
        x, z = rng.uniform(-0.4, 0.4), rng.uniform(-0.15, 0.15)
        hollows.append(((x, -0.6, z), (0.3 * x, -0.1, z), *rng.uniform(0.03, 0.075, 2)))
    hollows.append(((0, 0.52, -1), (0, 0.52, 1), 0.17, 0.17))
    return solids, hollows, []


def atlas(rng: np.random.Generator) -> Shape:
    """The ring that bears a head: wings with a hole in each, two facets of cartilage."""
    turns = np.linspace(0, 2 * np.pi, 13)
    rim = np.stack([0.66 * np.cos(turns), 0.56 * np.sin(turns), 0.05 * np.sin(3 * turns)], axis=1)
    thick = 0.15 + 0.09 * np.abs(np.cos(turns)) + rng.uniform(-0.015, 0.015, 13)
    solids: list[Rod] = [
        (tuple(rim[k]), tuple(rim[k + 1]), thick[k], thick[k + 1]) for k in range(12)
    ]
    hollows: list[Rod] = []
    caps: list[Rod] = []
    for side in (-1, 1):
        tip = (side * 1.28, -0.12, 0.04)
        solids += [
            ((side * 0.7, 0.2, 0), tip, 0.21, 0.17),
            ((side * 0.7, -0.28, 0), tip, 0.21, 0.17),
        ]
        solids += [
            ball(tip, 0.21),
            ((side * 0.6, 0.22, 0.12), (side * 0.56, -0.2, 0.16), 0.17, 0.2),
        ]
        hollows.append(((side * 0.93, -0.06, -1), (side * 0.96, -0.06, 1), 0.09, 0.09))
        bent = [(side * 0.52, 0.36, 0.5), (side * 0.66, 0.06, 0.48), (side * 0.52, -0.3, 0.5)]
        for a, b in pairwise(bent):
            hollows.append((a, b, 0.21, 0.23))
            caps.append((a, b, 0.235, 0.255))
    solids += [
        ((0, 0.6, 0), (0.03, 0.86, 0.02), 0.17, 0.10),
        ((0, -0.5, 0.05), (0, -0.78, 0), 0.15, 0.13),
    ]
    return solids, hollows, caps


def knuckle(rng: np.random.Generator) -> Shape:
    """The end of a long bone: a shaft that parts into two condyles sheathed in cartilage."""
    solids: list[Rod] = [
        ((0.02, 0.32, 1.55), (0, 0.25, 0.75), 0.33, 0.36),
        ((0, 0.25, 0.75), (0, 0.12, 0.2), 0.36, 0.52),
    ]
    caps: list[Rod] = []
    for side, r in ((-1, 0.43), (1, 0.48)):
        condyle = ((side * 0.5, -0.22, -0.1), (side * 0.55, 0.35, -0.2), r, r * 0.9)
        caps.append(((side * 0.5, -0.55, -0.3), (side * 0.55, 0.3, -0.62), r * 0.8, r * 0.75))
        solids += [condyle, ((side * 0.6, 0.1, 0.1), (side * 1.0, 0.12, 0.2), 0.3, 0.15)]
    hollows: list[Rod] = [
        ((0, -0.95, 0.45), (0, -0.75, -0.35), 0.34, 0.30),
        ((0, -0.4, -0.75), (0, 0.7, -0.65), 0.2, 0.24),
        ball((-0.1, -0.42, 0.62), 0.16),
    ]
    return solids, hollows, caps


SHAPES = {"vertebra": vertebra, "atlas": atlas, "knuckle": knuckle}


def carve(bone: Bone, grain: float, material: bpy.types.Material) -> None:
    """The mesh of a bone: its field sampled on a grid, in full only near the surface."""
    ends = np.array([end for rod in bone.solids + bone.stumps for end in rod[:2]])
    thick = max(max(rod[2:]) for rod in bone.solids) + 0.1
    low, high = ends.min(axis=0) - thick, ends.max(axis=0) + thick
    axes = [np.arange(a, b, grain, dtype=np.float32) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    coarse = grid[::4, ::4, ::4]
    d = bone.form(coarse.reshape(-1, 3)).reshape(coarse.shape[:3])
    for axis, size in enumerate(grid.shape[:3]):
        d = d.repeat(4, axis=axis).take(range(size), axis=axis)
    shape, d, grid = d.shape, d.ravel(), grid.reshape(-1, 3)
    near = np.flatnonzero(np.abs(d) < 0.14 + 7 * grain)
    for some in np.array_split(near, len(near) // 50000 + 1):
        d[some] = bone.weathered(grid[some], bone.form(grid[some]))[0]
    vertices, quads = largest(*surface(d.reshape(shape), low, grain))
    _, whole = bone.weathered(vertices, bone.form(vertices))
    deep = np.maximum(-whole, 0.4 * np.clip(-bone.hull(vertices) - 0.06, 0, 0.3))
    feet = np.min([rod_distance(vertices, ball(rod[1], 0)) for rod in bone.stumps], axis=0)
    mesh(
        vertices * bone.size @ bone.turn.T + bone.at,
        quads,
        material,
        depth=deep,
        gristle=1.0 - ease(0.08, 0.38, feet),
        cartilage=bone.cartilage(vertices),
    )


def ivory() -> bpy.types.Material:
    """Bone: ivory above, tea and soot in its hollows, red where flesh has been torn from it."""
    w = Weave("ivory")
    depth, gristle, cap = w.told("depth"), w.told("gristle"), w.told("cartilage")
    place = w("TexCoord", {}).node.outputs["Object"]
    cloud = w("TexNoise", {"Vector": place, "Scale": 1.6, "Detail": 6.0, "Roughness": 0.65})
    grit = w("TexNoise", {"Vector": place, "Scale": 34.0, "Detail": 4.0})
    cell = w("TexVoronoi", {"Vector": place, "Scale": 46.0})
    bent = w(
        "MixRGB",
        {0: 0.14, 1: place, 2: w("TexNoise", {"Vector": place, "Scale": 5.0}).node.outputs[1]},
    )
    crack = w("TexVoronoi", {"Vector": bent, "Scale": 2.6}, feature="DISTANCE_TO_EDGE")
    crack = w.maths("SUBTRACT", 1.0, w("MapRange", {"Value": crack, 1: 0.0, 2: 0.012}))
    crack = w.maths("MULTIPLY", crack, w("MapRange", {"Value": cloud, 1: 0.45, 2: 0.6}))
    hollow = w.maths(
        "ADD",
        w.maths("MULTIPLY", depth, 7.5),
        w.maths("MULTIPLY", w.maths("SUBTRACT", cloud, 0.5), 0.55),
    )
    colour = w.ramp(
        hollow,
        (0.0, (0.80, 0.70, 0.52)),
        (0.22, (0.62, 0.46, 0.27)),
        (0.5, (0.26, 0.13, 0.06)),
        (0.9, (0.06, 0.022, 0.012)),
    )
    bright = w("NewGeometry", {}).node.outputs["Pointiness"]
    colour = w.between(
        w("MapRange", {"Value": bright, 1: 0.49, 2: 0.42}), colour, (0.17, 0.075, 0.035, 1)
    )
    colour = w.between(
        w("MapRange", {"Value": bright, 1: 0.51, 2: 0.58, 4: 0.7}), colour, (0.93, 0.88, 0.76, 1)
    )
    stain = w.maths("MULTIPLY", gristle, w("MapRange", {"Value": cloud, 1: 0.38, 2: 0.6}))
    colour = w.between(w.maths("MULTIPLY", stain, 0.6), colour, (0.36, 0.045, 0.03, 1))
    colour = w.between(w.maths("MULTIPLY", crack, 0.85), colour, (0.07, 0.03, 0.018, 1))
    pearl = w.ramp(
        cloud, (0.36, (0.74, 0.72, 0.66)), (0.5, (0.50, 0.58, 0.62)), (0.66, (0.62, 0.46, 0.42))
    )
    colour = w.between(cap, colour, pearl)
    lip = w.maths("MULTIPLY", cap, w.maths("SUBTRACT", 1.0, cap))
    colour = w.between(w.maths("MULTIPLY", lip, 2.4), colour, (0.34, 0.07, 0.045, 1))
    pit = w("MapRange", {"Value": cell, 1: 0.08, 2: 0.3})
    height = w.maths(
        "MULTIPLY_ADD",
        pit,
        0.5,
        w.maths("MULTIPLY_ADD", grit, 0.7, w.maths("MULTIPLY", crack, -0.9)),
    )
    bump = w(
        "Bump",
        {
            "Strength": w("MapRange", {"Value": cap, 3: 0.6, 4: 0.14}),
            "Distance": 0.02,
            "Height": height,
        },
    )
    return w.wear(
        colour,
        bump,
        roughness=w("MapRange", {"Value": cap, 3: 0.5, 4: 0.25}),
        subsurface_weight=w("MapRange", {"Value": cap, 3: 0.08, 4: 0.3}),
        subsurface_radius=(1.0, 0.6, 0.35),
        subsurface_scale=0.05,
        coat_weight=w("MapRange", {"Value": cap, 3: 0.25, 4: 0.9}),
        coat_roughness=w("MapRange", {"Value": cap, 3: 0.3, 4: 0.08}),
    )
