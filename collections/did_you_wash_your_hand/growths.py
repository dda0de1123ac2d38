"""What grows on a skin: vessels and threads that branch like rivers, and the virus's spikes."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import bpy
import numpy as np
from anatomy import Indices, Skin
from numpy.typing import NDArray
from sculpt import Array, ease, mesh, noise, unit

PROFILES = {  # radius and height of a spike's outline, in its own length
    "trumpet": "0.27,-0.06 0.19,0.03 0.12,0.16 0.085,0.38 0.08,0.55 0.105,0.70 0.19,0.83 0.31,0.92 "
    "0.37,0.975 0.37,1.01 0.32,1.03 0.23,1.00 0.12,0.95 0.0,0.93",
    "club": "0.27,-0.06 0.18,0.03 0.11,0.16 0.08,0.38 0.08,0.55 0.11,0.64 0.22,0.70 0.31,0.79 "
    "0.325,0.88 0.27,0.97 0.16,1.02 0.0,1.03",
    "crown": "0.27,-0.06 0.17,0.03 0.10,0.16 0.075,0.38 0.075,0.6 0.12,0.72 0.24,0.80 0.33,0.87 "
    "0.36,0.94 0.31,1.00 0.20,0.97 0.10,0.92 0.0,0.91",
}
LOBES = {"trumpet": (6, 0.02), "club": (3, 0.12), "crown": (7, 0.10)}
ROWS, SIDES = 44, 36


class Ways:
    """Shortest paths over a coarse skin whose ``toll`` at each vertex makes them wander."""

    def __init__(self, skin: Skin, toll: Array) -> None:
        a, b = np.concatenate([skin.links, skin.links[:, ::-1]]).T
        cost = np.linalg.norm(skin.vertices[a] - skin.vertices[b], axis=1) * (toll[a] + toll[b])
        order = np.argsort(a, kind="stable")
        self.start = np.searchsorted(a[order], np.arange(len(toll) + 1)).tolist()
        self.end, self.cost = b[order].tolist(), cost[order].tolist()

    def back(self, roots: Indices) -> list[int]:
        """For each vertex the next one on its way to the nearest root."""
        far = [np.inf] * (len(self.start) - 1)
        parent = list(range(len(far)))
        heap = [(0.0, int(root)) for root in roots]
        for _, root in heap:
            far[root] = 0.0
        while heap:
            d, at = heapq.heappop(heap)
            if d > far[at]:
                continue
            for i in range(self.start[at], self.start[at + 1]):
                there, longer = self.end[i], d + self.cost[i]
                if longer < far[there]:
                    far[there], parent[there] = longer, at
                    heapq.heappush(heap, (longer, there))
        return parent

    def tree(self, roots: Indices, tips: Indices) -> Iterator[tuple[list[int], Array]]:
        """Branches from ``tips`` to ``roots``, each to where it joins another, and how many tips
        every vertex of them feeds."""
        parent = self.back(roots)
        fed = np.zeros(len(parent))
        for tip in tips:
            at = int(tip)
            while parent[at] != at:
                fed[at] += 1
                at = parent[at]
        seen = set(map(int, roots))
        for tip in tips:
            branch = [int(tip)]
            while branch[-1] not in seen:
                seen.add(branch[-1])
                branch.append(parent[branch[-1]])
            if len(branch) > 5:
                yield branch, np.maximum(fed[branch], 1)


def rounded(path: Array, times: int) -> Array:
    """A path of many short steps with its corners worn off; its ends stay."""
    for _ in range(times):
        path[1:-1] = 0.25 * path[:-2] + 0.5 * path[1:-1] + 0.25 * path[2:]
    return path


def girth(fed: Array, twig: float) -> Array:
    """Radii of a branch, as thick as what it feeds asks for, and run to a point at its tip."""
    return twig * np.minimum(fed, 40) ** 0.38 * (0.2 + 0.8 * ease(0, 9, np.arange(len(fed))))


def tubes(paths: list[tuple[Array, Array]], material: bpy.types.Material) -> None:
    """Round tubes along paths (n, 3) with a radius at every point."""
    data = bpy.data.curves.new(material.name, "CURVE")
    data.dimensions, data.bevel_depth, data.bevel_resolution = "3D", 1.0, 3
    data.use_fill_caps = True
    for path, radius in paths:
        spline = data.splines.new("POLY")
        spline.points.add(len(path) - 1)
        spline.points.foreach_set("co", np.c_[path, np.ones(len(path))].ravel())
        spline.points.foreach_set("radius", radius.ravel())
        spline.use_smooth = True
    data.materials.append(material)
    bpy.context.collection.objects.link(bpy.data.objects.new(material.name, data))


def outline(kind: str) -> Array:
    """The profile in ROWS rows, its corners rounded."""
    points = np.array([pair.split(",") for pair in PROFILES[kind].split()], float)
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    at = np.linspace(0, length[-1], ROWS)
    return rounded(np.stack([np.interp(at, length, column) for column in points.T], axis=1), 3)


def spike(kind: str, rng: np.random.Generator) -> tuple[Array, Array]:
    """Vertices of a spike one unit long that stands on the origin, and where its head begins."""
    radius, level = outline(kind).T
    turn = np.arange(SIDES) * 2 * np.pi / SIDES + rng.uniform(0, 6)
    head = ease(0.55, 0.9, level)[:, None] * np.ones(SIDES)
    count, strength = LOBES[kind]
    lobe = np.cos(count * turn + rng.uniform(-0.5, 0.5) * level[:, None])
    wide = radius[:, None] * (1 + strength * head * lobe) * rng.uniform(0.85, 1.2)
    high = level[:, None] + 0.35 * strength * head * lobe * (radius[:, None] > 0.15)
    p = np.stack([wide * np.cos(turn), wide * np.sin(turn), high], axis=2).reshape(-1, 3)
    seat = rng.uniform(-9, 9, 3)
    knob = head.ravel()
    lump = (0.08 + 0.04 * knob) * noise(p + seat, 7.0) + 0.05 * knob * noise(p - seat, 19.0)
    p *= 1 + lump[:, None] * (1, 1, 0.3)
    lean, sway = rng.normal(0, 0.16, 2), rng.uniform(0, 6)
    p[:, :2] += np.outer(p[:, 2] ** 2, lean)
    p[:, 0] += 0.03 * np.sin(5 * p[:, 2] + sway)
    return p, knob


def frame(normal: Array) -> Array:
    """Columns: two directions across, and the normal."""
    side = unit(np.cross(normal, (0.3, 0.5, 0.8)))
    return np.stack([side, np.cross(normal, side), normal], axis=1)


def seats(p: Array, fit: NDArray[np.bool_], size: Array, count: int, seed: int) -> list[int]:
    """Up to ``count`` vertices among the ``fit``, in chance order, none in another's room."""
    chosen: list[int] = []
    for at in np.random.default_rng(seed).permutation(np.flatnonzero(fit)):
        room = np.linalg.norm(p[chosen] - p[at], axis=1) if chosen else np.array([9.0])
        if np.all(room > 0.5 * (size[at] + size[chosen])):
            chosen.append(int(at))
            if len(chosen) == count:
                break
    return chosen


def thicket(
    where: list[int], p: Array, normals: Array, size: Array, material: bpy.types.Material, seed: int
) -> None:
    """One mesh of many spikes, no two alike; ``head`` and ``tint`` tell its material apart."""
    rng = np.random.default_rng(seed)
    ring = np.arange(SIDES)
    row = np.stack([ring, np.roll(ring, -1), np.roll(ring, -1) + SIDES, ring + SIDES], axis=1)
    quads = (np.arange(ROWS - 1)[:, None, None] * SIDES + row).reshape(-1, 4)
    vertices, faces, heads, tints = [], [], [], []
    for i, at in enumerate(where):
        kind = rng.choice(list(PROFILES), p=(0.40, 0.42, 0.18))
        shape, head = spike(kind, rng)
        up = unit(normals[at] + 0.6 * unit(p[at]) + rng.normal(0, 0.12, 3))
        vertices.append(p[at] + size[at] * shape @ frame(up).T)
        faces.append(quads + i * len(shape))
        heads.append(head)
        tints.append(np.full(len(head), rng.random()))
    shape, faces, head, tint = map(np.concatenate, (vertices, faces, heads, tints))
    mesh(shape, faces, material, head=head, tint=tint)
