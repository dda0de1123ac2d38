"""Renders the four pieces of the collection "Tide Pool": an urchin, a coral, a shell, an anemone.

Each creature is a signed distance field, marched ray by ray in numpy, and each grows by a rule
that living things are thought to follow: the urchin's spines stand at golden angles, the coral's
valleys settle out of a Swift-Hohenberg instability, the shell is a logarithmic spiral that paints
itself with colliding waves of pigment, the anemone's arms drift with a current.

    python scene.py                               # all four, beside this file
    python scene.py --piece anemone --width 1600  # one of them, larger

Needs numpy and Pillow, nothing else. All chance comes from one seed, so that a piece comes out
the same each time; one takes about a quarter of a minute on one core.
Points are arrays of shape (3, n), colours of shape (3, n) in linear light, angles are radians.
"""

# numpy types its arithmetic as Any
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

Array = NDArray[np.floating[Any]]
Whorl = tuple[Array, Array, Array, Array]  # distance, growth angle, tube angle, size

WIDTH = 640
ASPECT = 1.6
SUPERSAMPLE = 3  # rays per pixel and side
SEED = 7
EXPOSURE = 1.0
LEVELS = 86  # per channel: on textures like these no step shows, and the files stay small
BLACK_BELOW = 4  # of 255; darker pixels become pure background

MARCH_STEPS = 110
SHADOW_STEPS = 26
BATCH = 1 << 15  # rays handled together: small enough for the processor's cache


@dataclass(frozen=True)
class Light:
    """A lamp: where it stands as the camera sees it (x right, y up, z to the viewer)."""

    toward: tuple[float, float, float]
    colour: tuple[float, float, float]
    hardness: float  # of its shadow: larger is sharper
    shadow: bool = True


KEY = Light((-0.68, 0.74, 0.30), (3.1, 2.75, 2.3), 7.0)
RIM = Light((0.86, 0.22, -0.52), (1.5, 2.6, 3.9), 9.0)
KICK = Light((-0.80, -0.30, -0.55), (1.9, 0.85, 0.75), 9.0)
LIGHTS = (KEY, RIM, KICK)
LAMP_DISTANCE = 3.2  # in radii of the piece: near enough that light falls off across it
SKY = (0.16, 0.20, 0.29)
FLOOR = (0.07, 0.045, 0.06)


def column(values: ArrayLike) -> Array:
    return np.asarray(values, np.float32).reshape(3, 1)


def dot(a: Array, b: Array) -> Array:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def length(a: Array) -> Array:
    return np.sqrt(dot(a, a))


def unit(a: Array) -> Array:
    return a / np.maximum(length(a), 1e-9)


def mix(a: Array, b: Array, t: Array | float) -> Array:
    return a + (b - a) * t


def smoothstep(low: float, high: float, x: Array) -> Array:
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def smooth_min(a: Array, b: Array, k: float) -> Array:
    """Union of two distances with a fillet of size k."""
    h = np.maximum(k - np.abs(a - b), 0.0) / k
    return np.minimum(a, b) - h * h * (k * 0.25)


def rgb(code: str) -> Array:
    """Linear light, shape (3, 1), of a colour written as six hexadecimal digits."""
    srgb = np.array([int(code[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255.0
    return column(np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4))


def ramp(t: Array, places: tuple[float, ...], codes: str) -> Array:
    """Colours along a gradient: at each place its hexadecimal code, blended in between."""
    colours = np.concatenate([rgb(code) for code in codes.split()], axis=1)
    return np.stack([np.interp(t, places, channel) for channel in colours]).astype(np.float32)


class Noise:
    """Smooth periodic noise in [-1, 1], looked up in a volume made once."""

    def __init__(self, seed: int, size: int = 64, detail: float = 0.11) -> None:
        spectrum = np.fft.rfftn(np.random.default_rng(seed).standard_normal((size,) * 3))
        axes = np.meshgrid(
            np.fft.fftfreq(size), np.fft.fftfreq(size), np.fft.rfftfreq(size), indexing="ij"
        )
        frequency = np.sqrt(sum(axis**2 for axis in axes))
        spectrum *= np.exp(-(((frequency - detail) / (0.4 * detail)) ** 2))
        volume = np.fft.irfftn(spectrum, s=(size,) * 3, axes=(0, 1, 2))
        self.volume = np.clip(volume / (2.2 * volume.std()), -1, 1).astype(np.float32).ravel()
        self.size = size
        self.wavelength = detail * size

    def __call__(self, p: Array, frequency: float) -> Array:
        """Values at p; about `frequency` bumps fit into one unit of length."""
        mask = self.size - 1
        q = p * np.float32(frequency * self.size / self.wavelength)
        cell = np.floor(q)
        fx, fy, fz = q - cell
        x, y, z = cell.astype(np.int32) & mask
        x1, y1, z1 = (x + 1) & mask, (y + 1) & mask, (z + 1) & mask
        n, v = self.size, self.volume
        x, x1, y, y1 = x * (n * n), x1 * (n * n), y * n, y1 * n
        near = mix(mix(v[x + y + z], v[x1 + y + z], fx), mix(v[x + y1 + z], v[x1 + y1 + z], fx), fy)
        far = mix(
            mix(v[x + y + z1], v[x1 + y + z1], fx), mix(v[x + y1 + z1], v[x1 + y1 + z1], fx), fy
        )
        return mix(near, far, fz)


class Texture:
    """A periodic picture on the square [0, 1), read with bilinear interpolation."""

    def __init__(self, values: Array) -> None:
        self.rows, self.columns = values.shape
        self.values = np.ascontiguousarray(values, np.float32).ravel()

    def __call__(self, u: Array, v: Array) -> Array:
        x, y = u * np.float32(self.columns), v * np.float32(self.rows)
        left, top = np.floor(x), np.floor(y)
        fx, fy = x - left, y - top
        x0, y0 = left.astype(np.int32) % self.columns, top.astype(np.int32) % self.rows
        x1, y1 = (x0 + 1) % self.columns, (y0 + 1) % self.rows
        y0, y1 = y0 * self.columns, y1 * self.columns
        t = self.values
        return mix(mix(t[y0 + x0], t[y0 + x1], fx), mix(t[y1 + x0], t[y1 + x1], fx), fy)


class Thicket:
    """Many tapered rods. A grid of cells knows the few rods that matter near each point."""

    NEAR = 5
    CELLS = 60

    def __init__(
        self,
        reach: float,
        start: Array,
        end: Array,
        radius_start: Array,
        radius_end: Array,
        belly: Array,
        traits: Array,
    ) -> None:
        """Rods from `start` to `end`, shape (n, 3), all within a cube of half side `reach`.

        `belly` swells the middle of each. `traits`, shape (n, m), is whatever the colours depend
        on: the first is a coordinate along the rod, the second how much it grows to the rod's end.
        """
        axis = end - start
        self.rods = np.concatenate(
            [
                start,
                axis,
                1.0 / np.sum(axis**2, axis=1, keepdims=True),
                np.stack([radius_start, radius_end - radius_start, belly], axis=1),
            ],
            axis=1,
        ).T.astype(np.float32)
        self.traits = np.asarray(traits, np.float32).T
        self.reach = reach
        middle = (np.arange(self.CELLS, dtype=np.float32) + 0.5) / self.CELLS * 2 - 1
        grid = np.stack(np.meshgrid(middle, middle, middle, indexing="ij")).reshape(3, -1) * reach
        self.nearest: NDArray[np.int32] = np.empty((self.NEAR, grid.shape[1]), np.int32)
        for first in range(0, grid.shape[1], 4096):
            p = grid[:, first : first + 4096, None]
            distance, _ = self._to(p, self.rods[:, None, :])
            order = np.argpartition(distance, self.NEAR, axis=1)[:, : self.NEAR]
            self.nearest[:, first : first + 4096] = order.T

    @staticmethod
    def _to(p: Array, rod: Array) -> tuple[Array, Array]:
        dx, dy, dz = p[0] - rod[0], p[1] - rod[1], p[2] - rod[2]
        along = np.clip((dx * rod[3] + dy * rod[4] + dz * rod[5]) * rod[6], 0.0, 1.0)
        dx, dy, dz = dx - rod[3] * along, dy - rod[4] * along, dz - rod[5] * along
        radius = rod[7] + along * (rod[8] + rod[9] * (1.0 - along))
        return np.sqrt(dx * dx + dy * dy + dz * dz) - radius, along

    def _cell(self, p: Array) -> NDArray[np.int32]:
        scaled = (p / self.reach + 1.0) * (0.5 * self.CELLS)
        x, y, z = np.clip(scaled, 0, self.CELLS - 1).astype(np.int32)
        return (x * self.CELLS + y) * self.CELLS + z

    def distance(self, p: Array, fillet: float) -> Array:
        candidates = self.nearest[:, self._cell(p)]
        best, _ = self._to(p, self.rods[:, candidates[0]])
        for candidate in candidates[1:]:
            best = smooth_min(best, self._to(p, self.rods[:, candidate])[0], fillet)
        return best

    def look(self, p: Array, blur: float) -> tuple[Array, list[Array]]:
        """Distance to the nearest rod, and the coordinate and other traits there.

        Rods about equally near are averaged, so that no seam shows where they join.
        """
        candidates = self.nearest[:, self._cell(p)]
        found = [self._to(p, self.rods[:, candidate]) for candidate in candidates]
        nearest = np.min([distance for distance, _ in found], axis=0)
        weights = [np.exp((nearest - distance) / blur) for distance, _ in found]
        total = sum(weights)
        traits = [self.traits[:, candidate] for candidate in candidates]
        mean = sum(w * trait for w, trait in zip(weights, traits, strict=True)) / total
        coordinate = sum(
            w * (trait[0] + along * trait[1])
            for w, trait, (_, along) in zip(weights, traits, found, strict=True)
        )
        return nearest, [coordinate / total, *mean[2:]]


@dataclass
class Camera:
    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    up: tuple[float, float, float] = (0.0, 1.0, 0.0)
    field: float = 0.5  # radians from the left edge to the right

    def axes(self) -> Array:
        """Columns: right, up, toward the viewer."""
        back = np.subtract(self.eye, self.target)
        back = back / np.linalg.norm(back)
        right = np.cross(self.up, back)
        right /= np.linalg.norm(right)
        return np.stack([right, np.cross(back, right), back], axis=1).astype(np.float32)


@dataclass
class Material:
    albedo: Array
    roughness: float = 0.4
    softness: tuple[float, float, float] = (0.25, 0.15, 0.12)  # how far light creeps past dusk
    glow: Array | None = None  # colour that light from behind takes on its way through
    depth: float = 0.2  # how far it gets


class Piece(Protocol):
    """A creature: its form as a distance field, its colours, and how the camera sees it.

    `bound` is the radius of a sphere about `centre` that holds the whole of it; `stride`, the part
    of the distance that a ray may safely go; `occlusion`, how far apart surfaces shade each other.
    """

    camera: Camera
    centre: tuple[float, float, float]
    bound: float
    stride: float
    occlusion: float

    def distance(self, p: Array, fine: bool = False) -> Array:
        """Signed distance of points to the surface; `fine` adds grain that only shading sees."""

    def material(self, p: Array, n: Array) -> Material:
        """What the surface is made of at points p, whose normals are n."""


class Urchin:
    """A slate pencil urchin: banded clubs of spines over a body bristling with small ones."""

    camera = Camera((0.0, 1.35, 4.6), (0.02, 0.0, 0.0), (0.10, 1.0, 0.0), 0.76)
    centre, bound, stride, occlusion = (0.0, 0.0, 0.0), 1.5, 0.8, 0.16
    BODY = 0.46

    def __init__(self) -> None:
        self.noise = Noise(SEED)
        rng = np.random.default_rng(SEED)
        long, short = 84, 420
        roots, ends, thick, thin, belly, traits = [], [], [], [], [], []
        for count, reach, girth in ((long, 0.80, 0.046), (short, 0.20, 0.022)):
            i = np.arange(count) + 0.5
            height, turn = 1 - 2 * i / count, i * np.pi * (3 - np.sqrt(5))
            ring = np.sqrt(1 - height**2)
            out = np.stack([ring * np.cos(turn), height, ring * np.sin(turn)], axis=1)
            lean = out + rng.normal(0, 0.10, out.shape)
            lean /= np.linalg.norm(lean, axis=1, keepdims=True)
            size = rng.uniform(0.82, 1.06, count) * (1 - 0.22 * np.abs(height) ** 2)
            roots.append(out * self.BODY * 0.94)
            ends.append(roots[-1] + lean * (reach * size)[:, None])
            thick.append(girth * np.full(count, 0.8))
            thin.append(girth * rng.uniform(0.40, 0.62, count))
            belly.append(girth * np.full(count, 1.35))
            tint, is_long = rng.uniform(0, 1, count), np.full(count, float(count == long))
            traits.append(np.stack([np.zeros(count), np.ones(count), tint, is_long], axis=1))
        self.spines = Thicket(
            self.bound, *map(np.concatenate, (roots, ends, thick, thin, belly, traits))
        )

    def distance(self, p: Array, fine: bool = False) -> Array:
        body = length(p) - self.BODY
        d = smooth_min(self.spines.distance(p, 0.012), body, 0.05)
        if fine:
            d = d + 0.0018 * self.noise(p, 24.0)
        return d

    def material(self, p: Array, n: Array) -> Material:
        _, (along, tint, is_long) = self.spines.look(p, blur=0.003)
        wobble = 0.012 * self.noise(p, 9.0)
        club = ramp(
            along + wobble + 0.05 * (tint - 0.5),
            (0, 0.16, 0.34, 0.4, 0.45, 0.5, 0.64, 0.69, 0.74, 0.79, 0.92, 0.97),
            "3a1226 5d1c3a 7d2340 c9976f c9976f 8e2b3c a83a3e d9b083 d9b083 c25b54 cf7a66 ecd2a4",
        )
        small = ramp(along, (0, 0.45, 0.8, 1), "2c1238 6a3a80 b48cc4 ecdcf0")
        club *= mix(column((0.85, 0.62, 0.95)), column((1.15, 1.05, 0.85)), tint)
        albedo = mix(small, club, is_long)
        grain = 1.0 + 0.10 * self.noise(p, 30.0)
        return Material(albedo * grain, 0.33, (0.30, 0.14, 0.12))


class BrainCoral:
    """A brain coral: a dome whose ridges and valleys settled out of noise."""

    camera = Camera((0.5, 1.05, 4.7), (0.02, 0.17, 0.0), (-0.05, 1.0, 0.0), 0.67)
    centre, bound, stride, occlusion = (0.0, 0.0, 0.0), 1.22, 0.55, 0.11
    RELIEF = 0.088
    WAVELENGTHS = 26  # across the unrolled sphere

    def __init__(self) -> None:
        self.noise = Noise(SEED + 1)
        pattern = labyrinth(384, self.WAVELENGTHS, SEED)
        pattern = enlarge(pattern, 1024)
        septa = across(pattern, spacing=8.0, seed=SEED)
        wall = np.clip(0.42 + 0.66 * pattern, 0, 1)
        crest = np.exp(-(((1 - wall) / 0.16) ** 2))
        relief = wall**0.8 - 0.16 * crest + 0.17 * septa * (1 - crest) * (0.25 + wall)
        self.wall, self.septa, self.relief = Texture(wall), Texture(septa), Texture(relief)

    @staticmethod
    def unrolled(p: Array) -> tuple[Array, Array]:
        """Lambert's equal-area map about the pole that faces the viewer."""
        pole = unit(column((0.15, 0.50, 0.82)))
        east = unit(column(np.cross(pole[:, 0], (0, 1, 0))))
        north = column(np.cross(east[:, 0], pole[:, 0]))
        d = unit(p)
        scale = np.sqrt(2 / np.maximum(1 + dot(d, pole), 0.02)) * 0.25
        return 0.5 + dot(d, east) * scale, 0.5 + dot(d, north) * scale

    def distance(self, p: Array, fine: bool = False) -> Array:
        q = p * column((1.0, 1.12, 1.0))
        lump = 0.05 * np.sin(q[0] * 3.6 + 1.2) * np.cos(q[2] * 2.6 + 0.4)
        radius = length(q)
        base = (radius - 0.96 + lump) * 0.86
        near = base < 0.2
        d = base - self.RELIEF
        if np.any(near):
            relief = self.relief(*self.unrolled(q[:, near]))
            d[near] = base[near] - self.RELIEF * relief
        under = p[1] + 0.40 + 0.05 * np.sin(3 * p[0])  # the coral is broken off below
        d = -smooth_min(-d, under, 0.16)
        if fine:
            d = d + 0.0016 * self.noise(p, 44.0)
        return d

    def material(self, p: Array, n: Array) -> Material:
        u, v = self.unrolled(p * column((1.0, 1.12, 1.0)))
        wall, septa = self.wall(u, v), self.septa(u, v)
        patch = smoothstep(-0.5, 0.5, self.noise(p, 1.0))
        warm = ramp(wall, (0, 0.2, 0.42, 0.7, 1), "2fae90 217c78 63403f b5552f eab070")
        cool = ramp(wall, (0, 0.2, 0.42, 0.7, 1), "52c4a4 24788a 4c3a62 9a4466 e2a08e")
        albedo = mix(warm, cool, patch) * (0.86 + 0.22 * septa + 0.08 * self.noise(p, 30.0))
        return Material(albedo, 0.42, (0.32, 0.22, 0.16))


class TurbanShell:
    """A turban shell: a logarithmic spiral that wears a record of its own growth."""

    camera = Camera((0.6, -0.1, 5.2), (0.10, -0.70, 0.0), (0.55, 1.0, 0.0), 0.47)
    centre, bound, stride, occlusion = (0.0, -0.72, 0.0), 1.12, 0.6, 0.14
    GROWTH = np.log(1.62) / (2 * np.pi)  # per radian
    RING, DROP = 0.40, 1.0  # centre of the mouth: distance from the axis, depth below the apex
    MOUTH = 0.55  # angle at which the mouth stands
    GIRTH = (0.345, 0.42)
    WALL = 0.035

    def __init__(self) -> None:
        self.noise = Noise(SEED + 2)
        self.pigment = Texture(pigment_waves(272, 2176, SEED))

    def whorls(self, p: Array) -> tuple[Whorl, Whorl]:
        """The last whorl and the nearest inner one."""
        r, y = np.hypot(p[0], p[2]), p[1]
        phi = np.arctan2(p[2], p[0])
        last = np.where(phi <= self.MOUTH, 0.0, -1.0).astype(np.float32)
        reach = np.log(np.maximum(np.hypot(r, y), 1e-4) / np.hypot(self.RING, self.DROP))
        guess = np.rint((reach / self.GROWTH - phi) / (2 * np.pi))
        outer = self._whorl(r, y, phi + 2 * np.pi * last)
        inner = self._whorl(r, y, phi + 2 * np.pi * np.minimum(guess + 1, last - 1))
        for step in (0, -1):
            other = self._whorl(r, y, phi + 2 * np.pi * np.minimum(guess + step, last - 1))
            closer = other[0] < inner[0]
            a, b, c, d = (np.where(closer, o, i) for o, i in zip(other, inner, strict=True))
            inner = (a, b, c, d)
        return outer, inner

    def _whorl(self, r: Array, y: Array, theta: Array) -> Whorl:
        size = np.exp(self.GROWTH * theta).astype(np.float32)
        a, b = (r - self.RING * size) / self.GIRTH[0], (y + self.DROP * size) / self.GIRTH[1]
        a = a + 0.18 * b
        tube = np.arctan2(b, a)
        # cords run along the whorl, knobs sit on its shoulder
        shoulder = np.exp(-(((tube - 0.75) / 0.42) ** 2))
        knobs = np.cos(10 * theta)
        swell = 1 + 0.018 * np.cos(13 * tube) + 0.085 * shoulder * knobs
        d = (np.hypot(a, b) - swell * size) * (0.88 * min(self.GIRTH))
        return d, theta.astype(np.float32), tube, size

    def distance(self, p: Array, fine: bool = False) -> Array:
        outer, inner = self.whorls(p)
        d_last = np.maximum(outer[0], -(outer[0] + self.WALL * outer[3]))
        d = np.minimum(d_last, inner[0])
        size = np.exp(self.GROWTH * self.MOUTH)
        ahead = p[0] * np.cos(self.MOUTH) + p[2] * np.sin(self.MOUTH)
        aside = p[2] * np.cos(self.MOUTH) - p[0] * np.sin(self.MOUTH)
        rim = self._whorl(ahead, p[1], np.full(p.shape[1], self.MOUTH, np.float32))[0]
        rim = np.hypot(rim + 0.5 * self.WALL * size, aside) - 0.75 * self.WALL * size
        d = smooth_min(d, rim, 0.03)
        if fine:
            theta = np.where(outer[0] < inner[0], outer[1], inner[1])
            lines = np.sin(66 * theta + 3 * self.noise(p, 3.0))
            d = d + 0.0016 * size * lines * np.clip(-p[1], 0, 1)
        return d

    def material(self, p: Array, n: Array) -> Material:
        outer, inner = self.whorls(p)
        hollow = -(outer[0] + self.WALL * outer[3])
        inside = (hollow > outer[0] + 0.2 * self.WALL) & (hollow < inner[0] + 0.01)
        is_last = np.maximum(outer[0], hollow) < inner[0]
        theta = np.where(is_last, outer[1], inner[1])
        tube = np.where(is_last, outer[2], inner[2])
        wobble = 0.01 * self.noise(p, 5.0)
        mark = self.pigment(theta / (6 * np.pi) + wobble, tube / (2 * np.pi) + wobble)
        band = 0.5 + 0.5 * np.cos(3 * tube + 0.6)
        ground = mix(rgb("e8cda6"), rgb("c4703f"), 0.9 * band * (0.6 + 0.4 * self.noise(p, 3.0)))
        stain = self.pigment(theta / (6 * np.pi) + 0.37, tube / (2 * np.pi) + 0.3 + wobble)
        ground = mix(ground, rgb("b5622f"), 0.55 * smoothstep(0.1, 0.7, stain))
        ink = mix(rgb("6b2a1c"), rgb("2b1420"), band)
        albedo = mix(ground, ink, smoothstep(0.3, 0.62, mark))
        nacre = mix(rgb("f6d9c6"), rgb("d98f86"), 0.5 + 0.5 * self.noise(p, 2.0))
        albedo = np.where(inside, nacre, albedo) * (1 + 0.08 * self.noise(p, 28.0))
        return Material(albedo, 0.26, (0.22, 0.14, 0.10))


class Anemone:
    """An anemone: arms that lean with the current, light caught in their tips."""

    camera = Camera((0.0, 1.85, 4.75), (0.10, -0.19, 0.0), (0.0, 1.0, 0.0), 0.73)
    centre, bound, stride, occlusion = (0.0, 0.0, 0.0), 1.5, 0.75, 0.20
    JOINTS = 10
    ARMS = 190

    def __init__(self) -> None:
        self.noise = Noise(SEED + 3)
        rng = np.random.default_rng(SEED + 3)
        i = np.arange(self.ARMS)
        share = np.sqrt((i + 6) / (self.ARMS + 6))  # 0 at the mouth, 1 at the margin
        turn = i * np.pi * (3 - np.sqrt(5))
        outward = np.stack([np.cos(turn), np.zeros(self.ARMS), np.sin(turn)], axis=1)
        place = outward * (0.56 * share)[:, None] + [0, -0.30, 0]
        heading = outward * (0.15 + 0.95 * share**2)[:, None] + [0, 1, 0]
        heading += rng.normal(0, 0.14, heading.shape)
        reach = rng.uniform(0.80, 1.10, self.ARMS) * (0.62 + 0.42 * share)
        stride = (reach / self.JOINTS)[:, None]
        joints = [place]
        for k in range(self.JOINTS):
            here = joints[-1].T.astype(np.float32)
            swirl = np.stack([self.noise(here + 5.0 * axis, 0.9) for axis in range(3)], axis=1)
            droop = -0.05 * k * share[:, None] ** 2 * np.array([0, 1, 0])
            current = np.array([0.05, 0.0, 0.015])
            heading = heading + 0.15 * swirl + droop + current + 0.05 * outward
            heading /= np.linalg.norm(heading, axis=1, keepdims=True)
            joints.append(joints[-1] + stride * heading)
        profile = 0.001 * np.array([52, 49, 46, 43, 40, 37, 34, 35, 41, 42, 31])
        girth = rng.uniform(0.85, 1.15, self.ARMS)[:, None] * profile
        self.arms = Thicket(
            self.bound,
            np.concatenate(joints[:-1]),
            np.concatenate(joints[1:]),
            girth[:, :-1].T.ravel(),
            girth[:, 1:].T.ravel(),
            np.zeros(self.ARMS * self.JOINTS),
            np.stack(
                [
                    np.repeat(np.arange(self.JOINTS) / self.JOINTS, self.ARMS),
                    np.full(self.ARMS * self.JOINTS, 1 / self.JOINTS),
                    np.tile(rng.uniform(0, 1, self.ARMS), self.JOINTS),
                ],
                axis=1,
            ),
        )

    def trunk(self, p: Array) -> Array:
        r = np.hypot(p[0], p[2])
        waist = 0.40 + 0.16 * smoothstep(-0.75, -0.25, p[1]) + 0.12 * smoothstep(-0.75, -1.0, p[1])
        folds = 0.012 * np.cos(24 * np.arctan2(p[2], p[0]))
        side = (r - waist - folds) * 0.85
        top = p[1] + 0.30 + 0.10 * smoothstep(0.3, 0.0, r)
        return -smooth_min(-side, -top, 0.10)

    def distance(self, p: Array, fine: bool = False) -> Array:
        trunk = np.maximum(self.trunk(p), -(p[1] + 0.98))
        d = smooth_min(self.arms.distance(p, 0.01), trunk, 0.06)
        if fine:
            d = d + 0.0025 * self.noise(p, 20.0)
        return d

    def material(self, p: Array, n: Array) -> Material:
        d, (t, tint) = self.arms.look(p, blur=0.006)
        rings = 0.09 * np.sin(t * 80.0) * smoothstep(0.9, 0.6, t)
        sage = ramp(
            t + 0.3 * rings,
            (0, 0.3, 0.6, 0.76, 0.84, 0.92, 1),
            "10262c 2a5a58 74935c c9b574 dfa27c a84a62 5c2450",
        )
        rose = ramp(
            t + 0.3 * rings,
            (0, 0.3, 0.6, 0.76, 0.84, 0.92, 1),
            "1a2034 3c5468 9c8460 d9a86c e08a68 b03e4a 6a1e46",
        )
        arms = mix(sage, rose, tint) * (1 + 0.12 * self.noise(p, 16.0) + rings)
        stripes = 0.5 + 0.5 * np.cos(24 * np.arctan2(p[2], p[0]))
        trunk = mix(rgb("6a2430"), rgb("c26a4a"), stripes * (0.6 + 0.4 * self.noise(p, 6.0)))
        albedo = mix(arms, trunk, smoothstep(0.0, 0.03, d - self.trunk(p)))
        return Material(albedo, 0.30, (0.45, 0.34, 0.32), glow=albedo * 0.8, depth=0.14)


def labyrinth(size: int, wavelengths: int, seed: int) -> Array:
    """Stripes that wander: the Swift-Hohenberg equation run to near rest, about [-1, 1]."""
    rng = np.random.default_rng(seed)
    u = rng.normal(0, 0.1, (size, size))
    wave = np.fft.fftfreq(size, 1 / size)[:, None] ** 2 + np.fft.rfftfreq(size, 1 / size) ** 2
    step, drive = 0.5, 0.6
    damping = 1 + step * ((1 - wave / wavelengths**2) ** 2 - drive)
    for _ in range(90):
        u = np.fft.irfft2(np.fft.rfft2(u - step * u**3) / damping, s=u.shape)
    return u / np.quantile(np.abs(u), 0.95)


def enlarge(field: Array, size: int) -> Array:
    """The same periodic field on a finer grid, through its Fourier series."""
    spectrum = np.fft.fftshift(np.fft.fft2(field))
    pad = (size - len(field)) // 2
    spectrum = np.fft.ifftshift(np.pad(spectrum, pad))
    return np.fft.ifft2(spectrum).real * (size / len(field)) ** 2


def across(field: Array, spacing: float, seed: int) -> Array:
    """Fine blades that cross the stripes of a field: noise smeared along its gradient."""
    size = len(field)
    down, right = np.gradient(field)
    norm = np.sqrt(down**2 + right**2) + 1e-6
    down, right = down / norm, right / norm
    spectrum = np.fft.rfft2(np.random.default_rng(seed).standard_normal((size, size)))
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None])
    spectrum *= np.exp(-(((frequency - 1 / spacing) * spacing / 0.35) ** 2))
    noise = np.fft.irfft2(spectrum, s=(size, size))
    rows, columns = np.mgrid[:size, :size]
    total = noise.copy()
    for way in (1, -1):
        y, x = rows.astype(float), columns.astype(float)
        for _ in range(14):
            i, j = np.rint(y).astype(int) % size, np.rint(x).astype(int) % size
            y, x = y + way * down[i, j], x + way * right[i, j]
            total += noise[np.rint(y).astype(int) % size, np.rint(x).astype(int) % size]
    return np.clip(total / (1.6 * total.std()), -1, 1)


def pigment_waves(cells: int, moments: int, seed: int) -> Array:
    """Pigment laid down by the growing edge of a shell, shape (cells, moments), in [0, 1].

    Every row of cells is an excitable medium: waves start here and there, run both ways and die
    where they meet (after H. Meinhardt, The Algorithmic Beauty of Sea Shells).
    """
    rng = np.random.default_rng(seed)
    rest, fire, pause = 0, 1, 20
    state = np.zeros(cells, int)
    laid = np.zeros((moments, cells))
    for moment in range(moments):
        firing = (state >= fire) & (state <= 4)
        caught = np.roll(firing, 1) | np.roll(firing, -1)
        caught &= rng.random(cells) < 0.62
        caught |= rng.random(cells) < 0.004
        state = np.where(state > 0, (state + 1) % (4 + pause), np.where(caught, fire, rest))
        laid[moment] = firing
    spectrum = np.fft.rfft2(laid)
    spectrum *= np.exp(
        -((np.fft.fftfreq(moments)[:, None] * 16) ** 2) - (np.fft.rfftfreq(cells)[None] * 6) ** 2
    )
    smooth = np.fft.irfft2(spectrum, s=laid.shape).T
    return np.clip(smooth / np.quantile(smooth, 0.97), 0, 1)


PIECES: dict[str, type[Urchin | BrainCoral | TurbanShell | Anemone]] = {
    "urchin": Urchin,
    "brain_coral": BrainCoral,
    "turban_shell": TurbanShell,
    "anemone": Anemone,
}


def march(piece: Piece, origin: Array, direction: Array) -> Array:
    """Distance along each ray to the surface; infinite where it misses."""
    offset = origin - column(piece.centre)
    b = dot(offset, direction)
    room = b * b - (dot(offset, offset) - piece.bound**2)
    travelled = np.full(direction.shape[1], np.inf, np.float32)
    alive = np.flatnonzero(room > 0)
    half = np.sqrt(room[alive])
    t, end = -b[alive] - half, -b[alive] + half
    for _ in range(MARCH_STEPS):
        if not alive.size:
            break
        d = piece.distance(origin + direction[:, alive] * t)
        hit = d < 0.0004 * t
        travelled[alive[hit]] = t[hit]
        t = t + d * np.float32(piece.stride)
        keep = ~hit & (t < end)
        alive, t, end = alive[keep], t[keep], end[keep]
    return travelled


def normal(piece: Piece, p: Array, h: float) -> Array:
    """Gradient of the distance from four samples on a tetrahedron (I. Quilez)."""
    total = np.zeros_like(p)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        total += column(corner) * piece.distance(p + column(corner) * h, fine=True)
    return unit(total)


def lit(piece: Piece, p: Array, toward: Array, hardness: float) -> Array:
    """How much of a lamp each point sees, 0 to 1, with a penumbra (I. Quilez)."""
    seen = np.ones(p.shape[1], np.float32)
    t = np.full(p.shape[1], 0.02, np.float32)
    alive = np.arange(p.shape[1])
    for _ in range(SHADOW_STEPS):
        d = piece.distance(p[:, alive] + toward * t[alive])
        seen[alive] = np.minimum(seen[alive], 0.5 + 0.5 * hardness * d / t[alive])
        t[alive] += np.clip(d * 0.9, 0.012, 0.12)
        alive = alive[(seen[alive] > 0) & (t[alive] < 1.6)]
        if not alive.size:
            break
    seen = np.clip(seen, 0, 1)
    return seen * seen * (3 - 2 * seen)


def openness(piece: Piece, p: Array, n: Array) -> Array:
    """Ambient occlusion: 1 in the open, towards 0 in crevices."""
    blocked, weight = np.zeros(p.shape[1], np.float32), 1.0
    for i in range(1, 6):
        h = piece.occlusion * (i / 5) ** 1.5
        blocked += weight * np.clip(h - piece.distance(p + n * h), 0, None) / h
        weight *= 0.8
    return np.clip(1 - blocked / 2.6, 0, 1) ** 1.3


def softboxes(r: Array, axes: Array) -> Array:
    """What a mirror would show of the studio: a wide box overhead, a cool strip at the right."""
    x, y, z = axes.T @ r
    box = smoothstep(0.45, 0.80, y) * smoothstep(-0.85, -0.1, -x + 0.3 * z)
    strip = smoothstep(0.12, 0.02, np.abs(x - 0.82)) * smoothstep(-0.7, 0.2, y) * (z < 0.5)
    ambient = 0.10 + 0.12 * (y + 1)
    return (
        column((1.9, 1.75, 1.55)) * box
        + column((1.0, 1.8, 2.6)) * strip
        + column((0.5, 0.6, 0.75)) * ambient
    )


def gleam(n: Array, toward: Array, view: Array, roughness: float) -> Array:
    """Specular reflection of a lamp: GGX with the usual shortcuts for visibility and Fresnel."""
    half = unit(toward + view)
    a2 = roughness**4
    nh = np.clip(dot(n, half), 0, 1)
    spread = a2 / (np.pi * (nh * nh * (a2 - 1) + 1) ** 2)
    fresnel = 0.04 + 0.96 * (1 - np.clip(dot(half, view), 0, 1)) ** 5
    grazing = 1 - np.clip(dot(n, view), 0, 1)
    visibility = 0.25 / np.maximum(1 - (1 - roughness**2) * grazing, 0.1)
    return spread * fresnel * visibility * np.clip(dot(n, toward), 0, 1)


def shade(piece: Piece, p: Array, view: Array, axes: Array, pixel: float) -> Array:
    """Linear light that leaves each surface point towards the viewer."""
    n = normal(piece, p, max(pixel, 0.0015))
    # a bump can turn a facet away from the eye; bring it back to the horizon
    n = unit(n + view * np.clip(0.05 - dot(n, view), 0, None))
    material = piece.material(p, n)
    lifted = p + n * 0.006
    open_sky = openness(piece, p, n)
    up = dot(column(axes[:, 1]), n) * 0.5 + 0.5
    ambient = mix(column(FLOOR), column(SKY), up) * open_sky
    # light that bounced inside a crevice has taken on its colour
    colour = material.albedo * (ambient + 0.12 * material.albedo * (open_sky * (1 - open_sky)))
    creep = column(material.softness)
    for light in LIGHTS:
        toward = column(axes @ (np.array(light.toward) / np.linalg.norm(light.toward)))
        facing = dot(toward, n)
        seen = lit(piece, lifted, toward, light.hardness)
        wrapped = np.clip((facing + creep) / (1 + creep), 0, 1) ** (1 + creep)
        shadow = seen ** (1 / (1 + 1.5 * creep))
        near = length((p - column(piece.centre)) / piece.bound - toward * LAMP_DISTANCE)
        lamp = column(light.colour) * EXPOSURE * (LAMP_DISTANCE / near) ** 2
        colour = colour + material.albedo * (lamp / np.pi) * wrapped * shadow
        colour = colour + lamp * gleam(n, toward, view, material.roughness) * seen
        if material.glow is not None:
            thickness = np.zeros(p.shape[1], np.float32)
            for i in range(1, 5):
                h = material.depth * i / 4
                thickness += np.clip(-piece.distance(p - n * 0.01 + toward * h), 0, None) / h
            through = np.exp(-3.2 * thickness) * np.clip(0.6 - 0.6 * facing, 0, 1)
            colour = colour + material.glow * (lamp / np.pi) * through * (0.35 + 0.65 * open_sky)
    mirrored = n * (2 * dot(n, view)) - view
    fresnel = 0.04 + (1 - 0.6 * material.roughness) * (1 - np.clip(dot(n, view), 0, 1)) ** 5
    clear = np.clip(piece.distance(p + mirrored * 0.15) / 0.10, 0, 1) * open_sky
    return colour + softboxes(mirrored, axes) * fresnel * clear * EXPOSURE


def tone(colour: Array) -> Array:
    """Film-like curve to [0, 1], still linear in the darks (K. Narkowicz's fit of ACES)."""
    c = np.maximum(colour, 0) * 0.8
    return np.clip(c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14), 0, 1)


def render(piece: Piece, width: int) -> Image.Image:
    height = round(width / ASPECT)
    columns, rows = width * SUPERSAMPLE, height * SUPERSAMPLE
    camera, axes = piece.camera, piece.camera.axes()
    eye = column(camera.eye)
    spread = np.tan(camera.field / 2)
    pixel = 2 * spread / columns * float(np.linalg.norm(np.subtract(camera.eye, camera.target)))
    picture = np.zeros((3, rows * columns), np.float32)
    for first in range(0, rows * columns, BATCH):
        index = np.arange(first, min(first + BATCH, rows * columns))
        x = ((index % columns + 0.5) / columns * 2 - 1) * spread
        y = (1 - (index // columns + 0.5) / rows * 2) * spread / ASPECT
        local = np.stack([x, y, -np.ones_like(x)]).astype(np.float32)
        direction = unit(axes @ local)
        t = march(piece, eye, direction)
        hit = np.flatnonzero(np.isfinite(t))
        if hit.size:
            p = eye + direction[:, hit] * t[hit]
            picture[:, index[hit]] = tone(shade(piece, p, -direction[:, hit], axes, pixel))
    picture = picture.reshape(3, height, SUPERSAMPLE, width, SUPERSAMPLE).mean(axis=(2, 4))
    curve = 1.055 * np.maximum(picture, 1e-6) ** (1 / 2.4) - 0.055
    srgb = np.where(picture <= 0.0031308, picture * 12.92, curve)
    steps = np.rint(srgb * (LEVELS - 1)) / (LEVELS - 1)
    levels = np.rint(steps * 255).astype(np.uint8).transpose(1, 2, 0)
    levels[levels.max(axis=2) < BLACK_BELOW] = 0
    return Image.fromarray(levels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--piece", choices=PIECES, help="render only this one")
    parser.add_argument("--width", type=int, default=WIDTH, help="in pixels (default: %(default)s)")
    parser.add_argument("--into", type=Path, default=Path(__file__).parent, help="folder to fill")
    chosen = parser.parse_args()
    if chosen.width < 16:
        parser.error(f"--width {chosen.width} is too small for a picture: give 16 or more")
    if not chosen.into.is_dir():
        parser.error(f"--into {chosen.into} is no folder: make it first")
    for name in [chosen.piece] if chosen.piece else PIECES:
        picture = render(PIECES[name](), chosen.width)
        picture.save(chosen.into / f"{name}.png", optimize=True)
        print(chosen.into / f"{name}.png")


if __name__ == "__main__":
    main()
