"""A brain, grown: its form as a distance field, and the gyri that wind over it.

The gyri grow by the rule that is thought to fold real ones: tissue swells near swollen tissue and
is held back further off, until it can only wind. Points are arrays (n, 3): x to the brain's right,
y to its brow, z to its crown; it is about 2 units long.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sculpt import Array, ease, noise, smooth_max, smooth_min, surface, unit

Point = tuple[float, float, float]
Indices = NDArray[np.int64]

STEP = 0.019  # of the grid that it is cut from; the mesh is four times as fine
GYRUS = 0.165  # from valley to valley
DEPTH = 0.072  # of a sulcus
GRAIN = 0.75  # how strongly gyri run along the lobes
FOLIUM = 0.030  # from fold to fold of the cerebellum


def ellipsoid(p: Array, centre: Point, radii: Point) -> Array:
    """Distance to an ellipsoid, nearly: exact on it, good close by."""
    q = (p - centre) / radii
    far = np.linalg.norm(q, axis=1)
    return far * (far - 1.0) / np.maximum(np.linalg.norm(q / radii, axis=1), 1e-9)


def rod(p: Array, a: Point, b: Point, thick: float, thin: float) -> Array:
    """Distance to a rod from ``a`` to ``b`` that tapers from ``thick`` to ``thin``."""
    axis = np.subtract(b, a)
    along = np.clip((p - a) @ axis / (axis @ axis), 0.0, 1.0)
    return np.linalg.norm(p - a - along[:, None] * axis, axis=1) - thick - along * (thin - thick)


def cerebrum(p: Array) -> Array:
    """Two hemispheres of four lobes each; the Sylvian fissure parts the temporal one."""
    q = np.array(p)
    q[:, 0] = np.abs(q[:, 0])
    lobes = ellipsoid(q, (0.31, -0.12, 0.14), (0.47, 0.74, 0.54))
    lobes = smooth_min(lobes, ellipsoid(q, (0.26, 0.50, 0.05), (0.38, 0.50, 0.46)), 0.20)
    lobes = smooth_min(lobes, ellipsoid(q, (0.25, -0.66, -0.02), (0.36, 0.37, 0.38)), 0.20)
    lobes = smooth_max(lobes, -0.30 - q[:, 2], 0.16)
    lobes = smooth_max(lobes, 0.045 - rod(q, (0.62, 0.52, -0.30), (0.84, -0.25, 0.02), 0, 0), 0.1)
    temporal = ellipsoid(q, (0.50, 0.10, -0.32), (0.26, 0.56, 0.22))
    return smooth_max(smooth_min(lobes, temporal, 0.05), 0.003 - q[:, 0], 0.05)


def cerebellum(p: Array) -> Array:
    """Two lobes below the occipital ones."""
    q = np.array(p)
    q[:, 0] = np.abs(q[:, 0])
    return smooth_max(ellipsoid(q, (0.27, -0.58, -0.47), (0.38, 0.35, 0.25)), -q[:, 0], 0.10)


def stem(p: Array) -> Array:
    """The pons, and the stem that hangs from it."""
    pons = ellipsoid(p, (0.0, -0.16, -0.42), (0.20, 0.18, 0.22))
    return smooth_min(pons, rod(p, (0.0, -0.2, -0.4), (0.0, -0.42, -0.98), 0.14, 0.10), 0.1)


def brain(p: Array) -> Array:
    return smooth_min(smooth_min(cerebrum(p), cerebellum(p), 0.03), stem(p), 0.05)


class Skin:
    """A mesh of quads, and what can be told from neighbour to neighbour on it."""

    def __init__(self, vertices: Array, quads: Indices) -> None:
        self.vertices, self.quads = vertices, quads
        sides = np.sort(np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2))
        keys, self.side = np.unique(sides @ (len(vertices), 1), return_inverse=True)
        self.edges = np.stack(np.divmod(keys, len(vertices)), axis=1)
        # With the diagonals, weighed so, nothing prefers the directions of the quads.
        self.links = np.concatenate([self.edges, quads[:, ::2], quads[:, 1::2]])
        self.bond = np.where(np.arange(len(self.links)) < len(self.edges), 1.0, 0.25)

    def gather(self, values: Array, weights: Array | float = 1.0) -> Array:
        """Mean of each vertex's neighbours; ``weights`` say how much each link carries."""
        a, b = self.links.T
        w = self.bond * weights
        both, other = np.concatenate([a, b]), np.concatenate([b, a])
        w = np.concatenate([w, w])
        total = np.bincount(both, w, len(self.vertices))
        flat = values.reshape(len(values), -1)
        sums = [np.bincount(both, w * column[other], len(self.vertices)) for column in flat.T]
        return (np.stack(sums, axis=1) / total[:, None]).reshape(values.shape)

    def blurred(self, values: Array, times: int, weights: Array | float = 1.0) -> Array:
        for _ in range(times):
            values = 0.5 * values + 0.5 * self.gather(values, weights)
        return values

    def normals(self) -> Array:
        corner = self.vertices[self.quads]
        face = np.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1])
        at = self.quads.ravel()
        wide = np.repeat(face, 4, axis=0)
        sums = [np.bincount(at, column, len(self.vertices)) for column in wide.T]
        return unit(np.stack(sums, axis=1))

    def divided(self, field: Array) -> tuple[Skin, Array]:
        """Each quad in four, and a field with them. Vertices keep their numbers."""
        n, m = len(self.vertices), len(self.edges)
        side = self.side.reshape(-1, 4) + n
        middle = np.arange(len(self.quads)) + n + m
        parts = [
            np.stack([self.quads[:, i], side[:, i], middle, side[:, i - 1]], axis=1)
            for i in range(4)
        ]

        def spread(values: Array) -> Array:
            return np.concatenate(
                [values, values[self.edges].mean(axis=1), values[self.quads].mean(axis=1)]
            )

        finer = Skin(spread(self.vertices), np.stack(parts, axis=1).reshape(-1, 4))
        return finer, spread(field)

    def settled(self, times: int) -> Skin:
        """Vertices spaced evenly, and back on the brain."""
        for _ in range(times):
            self.vertices = self.blurred(self.vertices, 2)
            self.vertices -= brain(self.vertices)[:, None] * self.normals()
        return self


def smooth_brain() -> Skin:
    low, high = np.array([-0.92, -1.12, -1.16]), np.array([0.92, 1.10, 0.78])
    size = np.ceil((high - low) / STEP).astype(int)
    grid = np.stack(np.meshgrid(*map(np.arange, size), indexing="ij"), axis=-1)
    field = brain(grid.reshape(-1, 3) * STEP + low).reshape(size)
    return Skin(*surface(field, low, STEP)).settled(4)


def going(skin: Skin) -> Array:
    """How readily gyri run along each link: lengthwise at brow and temple, across in between."""
    a, b = skin.links.T
    middle = (skin.vertices[a] + skin.vertices[b]) / 2
    along = unit(skin.vertices[a] - skin.vertices[b])
    across = unit(np.cross(skin.normals()[a], (0.0, 1.0, 0.0)))
    central = np.exp(-(((middle[:, 1] + 0.12 + 0.35 * np.abs(middle[:, 0])) / 0.24) ** 2))
    central *= ease(-0.2, 0.0, middle[:, 2])
    run = (1 - central) * along[:, 1] ** 2 + central * np.sum(along * across, axis=1) ** 2
    return 1.0 + GRAIN * (0.7 + 0.6 * noise(middle, 2.0)) * (2 * run - 0.7)


def wind(skin: Skin, pattern: Array, step: float, times: int) -> Array:
    """Tissue swells near swollen tissue and is held back further off: it ends in a labyrinth."""
    weights = np.clip(going(skin), 0.25, None)
    near = round((GYRUS / 8.0 / step) ** 2 * 4)
    for _ in range(times):
        close = skin.blurred(pattern, near, weights)
        wide = skin.blurred(close, round(near * 1.6), weights)
        pattern = np.tanh(7.0 * (close - wide) + 0.12)
    return pattern


def folia(p: Array) -> Array:
    """The cerebellum's thin leaves."""
    level = p[:, 2] + 0.45 * (p[:, 1] + 0.6) ** 2 - 0.12 * np.abs(p[:, 0])
    return np.cos(2 * np.pi * (level / FOLIUM + 0.5 * noise(p, 5.0)))


def folded(skin: Skin, pattern: Array) -> tuple[Array, Array]:
    """How high each vertex stands, 0 in valleys and 1 on crowns; and how deep valleys are there."""
    swing = np.sqrt(skin.blurred(pattern**2, 60))
    crown = np.clip(0.5 + 0.5 * pattern / np.maximum(swing, 0.2), 0.0, 1.0) ** 0.34
    p = skin.vertices
    where = np.stack([cerebrum(p), cerebellum(p), stem(p)], axis=1)
    small = ease(-0.012, 0.012, where[:, 0] - where[:, 1])
    bare = ease(-0.03, 0.03, np.minimum(where[:, 0], where[:, 1]) - where[:, 2])
    leaf = 0.55 + 0.45 * np.sqrt(0.5 + 0.5 * folia(p))
    height = crown + small * (leaf - crown)
    depth = DEPTH * (0.85 + 0.35 * noise(p, 2.2)) * (1 - small) + 0.8 * FOLIUM * small
    return height + bare * (1 - height), depth * (1 - bare)


def grown(rng: np.random.Generator) -> tuple[Skin, Skin, Array]:
    """A brain still smooth, coarse and sixteen times as fine, and the pattern that folds it. The
    first vertices of the fine one are those of the coarse one."""
    coarse = smooth_brain()
    pattern = coarse.blurred(rng.normal(0, 1, len(coarse.vertices)), 4)
    pattern = wind(coarse, pattern / pattern.std(), STEP, 60)
    fine, pattern = coarse.divided(pattern)
    pattern = wind(fine.settled(2), pattern, STEP / 2, 5)
    fine, pattern = fine.divided(pattern)
    return coarse, fine.settled(2), fine.blurred(pattern, 6)
