"""What forms are sculpted with: arithmetic of distance fields, noise, a surface out of a field,
a mesh that tells its material numbers, and materials written down as calls.

Points are arrays (n, 3). All chance comes from one lattice: a form comes out the same each time.
"""

from __future__ import annotations

from itertools import combinations

import bpy
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Colour = tuple[float, float, float]
"""Linear light: red, green and blue, each from 0 to 1."""


def unit(v: Array) -> Array:
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def ease(low: float, high: float, x: Array) -> Array:
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def smooth_min(a: Array, b: Array, k: float) -> Array:
    """Union of two distances with a fillet of size ``k``."""
    h = np.maximum(k - np.abs(a - b), 0.0) / k
    return np.minimum(a, b) - h * h * (k * 0.25)


def smooth_max(a: Array, b: Array, k: float) -> Array:
    return -smooth_min(-a, -b, k)


LATTICE = np.random.default_rng(99).random((32, 32, 32)).astype(np.float32)


def noise(p: Array, frequency: float) -> Array:
    """Smooth noise in [-1, 1] at points (n, 3): a lattice of chance, looked up with easing."""
    q = p * frequency + 17.3
    cell = np.floor(q).astype(np.int64)
    f = q - cell
    f = f * f * (3.0 - 2.0 * f)
    total = np.zeros(len(p), np.float32)
    for corner in np.ndindex(2, 2, 2):
        at = (cell + corner) & 31
        weight = np.prod(np.where(np.array(corner, bool), f, 1.0 - f), axis=1)
        total += weight * LATTICE[at[:, 0], at[:, 1], at[:, 2]]
    return total * 2.0 - 1.0


def cell_distance(p: Array, frequency: float) -> Array:
    """Distance to the nearest of scattered points, about one to each cell of the lattice."""
    q = p * frequency
    cell = np.floor(q).astype(np.int64)
    best = np.full(len(p), np.inf, np.float32)
    for step in np.ndindex(3, 3, 3):
        at = cell + step - 1
        x, y, z = at.T & 31
        jitter = np.stack([LATTICE[x, y, z], LATTICE[y, z, x], LATTICE[z, x, y]], axis=1)
        best = np.minimum(best, np.sum((at + jitter - q) ** 2, axis=1))
    return np.sqrt(best) / frequency


def disc(count: int) -> Array:
    """Points spread evenly over the unit disc, as the florets of a sunflower are, (count, 2)."""
    i = np.arange(count) + 0.5
    turn, r = i * np.pi * (3 - np.sqrt(5)), np.sqrt(i / count)
    return np.stack([r * np.cos(turn), r * np.sin(turn)], axis=1)


def surface(field: Array, origin: Array, step: float) -> tuple[Array, NDArray[np.int64]]:
    """Vertices and quads of the level 0 of a sampled field, by naive surface nets: one vertex in
    every cell that the surface crosses, at the mean of its crossings; one quad on every edge."""
    inside = field < 0
    corners = list(np.ndindex(2, 2, 2))
    size = np.array(field.shape) - 1
    part = [tuple(slice(c, c + n) for c, n in zip(corner, size, strict=True)) for corner in corners]
    count = sum(inside[where].astype(np.int8) for where in part)
    cells = np.argwhere((count > 0) & (count < 8))
    number = np.full(size, -1, np.int64)
    number[tuple(cells.T)] = np.arange(len(cells))
    value = [field[tuple((cells + corner).T)] for corner in corners]
    total, crossings = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for a, b in combinations(range(8), 2):
        if np.abs(np.subtract(corners[a], corners[b])).sum() != 1:
            continue
        crossed = (value[a] < 0) != (value[b] < 0)
        along = np.where(crossed, value[a] / np.where(crossed, value[a] - value[b], 1.0), 0.0)
        at = np.array(corners[a]) + along[:, None] * np.subtract(corners[b], corners[a])
        total += at * crossed[:, None]
        crossings += crossed
    vertices = (cells + total / crossings[:, None]) * step + origin
    quads = []
    for axis in range(3):
        u, v = np.eye(3, dtype=int)[(axis + 1) % 3], np.eye(3, dtype=int)[(axis + 2) % 3]
        ahead = np.moveaxis(inside, axis, 0)
        edges = np.argwhere(np.moveaxis(ahead[:-1] != ahead[1:], 0, axis))
        edges = edges[np.all((edges > 0) & (edges < size), axis=1)]
        quad = np.stack([number[tuple((edges - o).T)] for o in (0 * u, u, u + v, v)], axis=1)
        flip = ~inside[tuple(edges.T)]
        quad[flip] = quad[flip, ::-1]
        quads.append(quad)
    return vertices, np.concatenate(quads)


def largest(vertices: Array, quads: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """Without crumbs: only the piece of a surface that the most vertices belong to."""
    label = np.arange(len(vertices))
    while True:
        lower = label.copy()
        np.minimum.at(lower, quads.ravel(), label[quads].min(axis=1).repeat(4))
        lower = lower[lower]
        if np.array_equal(lower, label):
            break
        label = lower
    kept = label == np.bincount(label).argmax()
    number = np.cumsum(kept) - 1
    return vertices[kept], number[quads[kept[quads[:, 0]]]]


def mesh(
    vertices: Array, quads: NDArray[np.int64], material: bpy.types.Material, **each: Array
) -> bpy.types.Object:
    """A smooth object; ``each`` names numbers that its vertices carry to the material."""
    data = bpy.data.meshes.new(material.name)
    data.vertices.add(len(vertices))
    data.vertices.foreach_set("co", np.ascontiguousarray(vertices, np.float32).ravel())
    data.loops.add(quads.size)
    data.loops.foreach_set("vertex_index", quads.astype(np.int32).ravel())
    data.polygons.add(len(quads))
    data.polygons.foreach_set("loop_start", np.arange(0, quads.size, 4, dtype=np.int32))
    data.update(calc_edges=True)
    data.shade_smooth()
    for name, values in each.items():
        data.attributes.new(name, "FLOAT", "POINT").data.foreach_set(
            "value", values.astype(np.float32).ravel()
        )
    data.materials.append(material)
    thing = bpy.data.objects.new(material.name, data)
    bpy.context.collection.objects.link(thing)
    return thing


class Weave:
    """A material written down as calls: each adds a node and gives its first output."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()

    def __call__(self, kind: str, inputs: dict, **settings) -> bpy.types.NodeSocket:
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in settings.items():
            setattr(node, name, value)
        for name, value in inputs.items():
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, node.inputs[name])
            else:
                node.inputs[name].default_value = value
        return node.outputs[0] if node.outputs else None

    def told(self, name: str) -> bpy.types.NodeSocket:
        node = self("Attribute", {}, attribute_name=name).node
        return node.outputs["Fac"]

    def maths(self, operation: str, *values) -> bpy.types.NodeSocket:
        return self(
            "Math", dict(enumerate(values)), operation=operation, use_clamp=operation == "CLAMP"
        )

    def between(self, factor, a, b) -> bpy.types.NodeSocket:
        """``a`` where the factor is 0, ``b`` where it is 1: colours."""
        node = self("Mix", {0: factor, 6: a, 7: b}, data_type="RGBA", clamp_factor=True).node
        return node.outputs[2]

    def ramp(self, factor, *stops: tuple[float, Colour]) -> bpy.types.NodeSocket:
        out = self("ValToRGB", {0: factor})
        elements = out.node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (place, colour) in zip(elements, stops, strict=True):
            element.position, element.color = place, (*colour, 1.0)
        return out

    def wear(self, colour, bump=None, **skin) -> bpy.types.Material:
        """Ends the material: a wet skin of this colour."""
        inputs = {"Base Color": colour} | ({"Normal": bump} if bump else {})
        inputs |= {k.replace("_", " ").title().replace("Ior", "IOR"): v for k, v in skin.items()}
        shader = self("BsdfPrincipled", inputs)
        self("OutputMaterial", {"Surface": shader})
        return self.material
