"""The Earth as a map in numpy: noise, the atlas drawn from `continents.py`, the ground's height
and colour at any direction.

Directions are unit vectors (n, 3), north along +z; places are (latitude, longitude) in degrees.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from continents import DESERTS, LAKES, LAND, MOUNTAINS, Line
from sculpt import Array, Colour, ease, noise, unit

CELLS = 2  # of the map, to the degree
RELIEF = 0.085  # height of the highest mountains
SEA_GLOSS = 0.7  # of 1; dry land has next to none, flesh has 1
VIVID = 1.25  # how much more colourful than its colours the map is

# ---- noise and places -------------------------------------------------------------------------

ASKEW = np.linalg.qr(np.random.default_rng(5).normal(size=(3, 3)))[0].astype(np.float32)


def clouded(p: Array, frequency: float, octaves: int, rough: float = 0.5) -> Array:
    """Fractal noise, about -1 to 1. Each octave is turned, so that no lattice shows."""
    total, weight = np.zeros(len(p), np.float32), 1.0
    for octave in range(octaves):
        p = p @ ASKEW
        total += weight * noise(p + 0.37 * octave, frequency)
        weight, frequency = weight * rough, frequency * 2.03
    return total


def ridged(p: Array, frequency: float, octaves: int) -> Array:
    """Sharp crests, 0 to about 1."""
    total, weight, kept = np.zeros(len(p), np.float32), 0.55, 1.0
    for _ in range(octaves):
        p = p @ ASKEW
        crest = (1.0 - np.abs(noise(p, frequency))) ** 2
        total += weight * crest * kept
        kept, weight, frequency = np.clip(crest * 1.4, 0, 1), weight * 0.55, frequency * 2.1
    return total


def place(at: tuple[float, float]) -> Array:
    lat, lon = np.radians(at)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def frame(z: Array) -> Array:
    """Rows x, y, z of a right-handed frame with this z; y as far to the north as can be."""
    x = unit(np.cross((0.0, 0.0, 1.0), z) + np.array((1e-6, 0.0, 0.0)))
    return np.stack([x, np.cross(z, x), z])


# ---- the map ----------------------------------------------------------------------------------


def atlas_grid() -> tuple[Array, Array]:
    lat = (np.arange(180 * CELLS) + 0.5) / CELLS - 90
    lon = (np.arange(360 * CELLS) + 0.5) / CELLS - 180
    lon, lat = np.meshgrid(lon.astype(np.float32), lat.astype(np.float32))
    return lon, lat


def outline(lon: Array, lat: Array, line: Line, closed: bool) -> tuple[Array, Array]:
    """Distance to a line in degrees, and whether an odd number of its edges lies to the north."""
    nearest, odd = np.full(lon.shape, np.inf, np.float32), np.zeros(lon.shape, bool)
    ends = [*line[1:], line[0]] if closed else line[1:]
    for (x0, y0), (x1, y1) in zip(line, ends, strict=False):
        middle = x0 + ((x1 - x0 + 180) % 360 - 180) / 2
        half = (x1 - x0 + 180) % 360 / 2 - 90
        x = (lon - middle + 180) % 360 - 180
        if half:
            slope = (y1 - y0) / (2 * half)
            odd ^= (np.abs(x) < abs(half)) & ((y0 + y1) / 2 + slope * x > lat)
        squeeze = np.cos(np.radians(np.clip(lat, -85, 85)))
        ex, ey, px, py = 2 * half * squeeze, y1 - y0, (x + half) * squeeze, lat - y0
        t = np.clip((px * ex + py * ey) / (ex * ex + ey * ey + 1e-9), 0, 1)
        np.minimum(nearest, (px - t * ex) ** 2 + (py - t * ey) ** 2, out=nearest)
    return np.sqrt(nearest), odd


def inland(lon: Array, lat: Array) -> Array:
    """Degrees to the coast: above 0 on land, below 0 at sea."""
    depth = np.full(lon.shape, -np.inf, np.float32)
    for lines, sign in ((LAND, 1), (LAKES, -1)):
        for line in lines:
            away, inside = outline(lon, lat, line, closed=True)
            signed = sign * np.where(inside, away, -away)
            depth = np.maximum(depth, signed) if sign > 0 else np.minimum(depth, signed)
    return depth


def mountains(lon: Array, lat: Array) -> Array:
    total = np.zeros(lon.shape, np.float32)
    for height, width, crest in MOUNTAINS:
        away, _ = outline(lon, lat, crest, closed=False)
        total = np.maximum(total, height * np.exp(-((away / width) ** 2)))
    return total


def drought(lon: Array, lat: Array) -> Array:
    total = np.zeros(lon.shape, np.float32)
    for x, y, reach_x, reach_y in DESERTS:
        away = (((lon - x + 180) % 360 - 180) / reach_x) ** 2 + ((lat - y) / reach_y) ** 2
        total = np.maximum(total, np.exp(-away * 0.8))
    return total


class Atlas:
    """Maps in degrees, looked up at directions."""

    def __init__(self) -> None:
        grid = atlas_grid()
        self.inland, self.mountains, self.drought = inland(*grid), mountains(*grid), drought(*grid)

    def look_up(self, sheet: Array, p: Array) -> Array:
        row = (np.degrees(np.arcsin(np.clip(p[:, 2], -1, 1))) + 90) * CELLS - 0.5
        column = (np.degrees(np.arctan2(p[:, 1], p[:, 0])) + 180) * CELLS - 0.5
        r, c = np.floor(row).astype(int), np.floor(column).astype(int)
        v, u = (row - r).astype(np.float32), (column - c).astype(np.float32)
        rows, columns = sheet.shape
        low, high = np.clip(r, 0, rows - 1), np.clip(r + 1, 0, rows - 1)
        left, right = c % columns, (c + 1) % columns
        south = sheet[low, left] * (1 - u) + sheet[low, right] * u
        north = sheet[high, left] * (1 - u) + sheet[high, right] * u
        return south * (1 - v) + north * v


# ---- the ground: its height and its colour ----------------------------------------------------


@dataclass
class Ground:
    """What is known of each point. ``gloss`` is 0 for dry land, ``heat`` what glows from within."""

    height: Array  # from the globe's centre
    colour: Array
    gloss: Array
    heat: Array


def blend(base: Array, colour: Colour, share: Array) -> Array:
    share = np.clip(share, 0, 1)[..., None]
    return base * (1 - share) + np.array(colour, np.float32) * share


def plain(colour: Colour, count: int) -> Array:
    return np.tile(np.array(colour, np.float32), (count, 1))


def lumps(p: Array, seed: int) -> Array:
    """Swellings and dents: no globe that is ill stays round."""
    own = p + np.float32(seed * 1.7)
    return clouded(own, 1.3, 3, 0.42) - 0.9 * ease(0.15, 0.6, clouded(own + 7, 1.6, 2, 0.3))


def ground(p: Array, atlas: Atlas, seed: int, imperfect: float) -> Ground:
    """The Earth at directions ``p``, its coasts eaten by noise, its shape less round the more
    ``imperfect``."""
    p = p.astype(np.float32)
    rough, crests = clouded(p, 11, 7, 0.56), ridged(p, 13, 6)
    swell = clouded(p * np.array((1.0, 1.0, 1.7)), 26, 4, 0.55)
    shore = atlas.look_up(atlas.inland, p) + 1.5 * rough
    land = ease(-0.14, 0.32, shore)
    alps = np.clip(atlas.look_up(atlas.mountains, p) * (0.65 + 0.5 * rough), 0, 1.2) * land
    peaks = RELIEF * alps * crests * ease(-0.2, 2.2, shore)
    hills = 0.004 * clouded(p, 34, 4) + 0.006 * crests
    height = 1 + imperfect * lumps(p, seed)
    height += land * (0.011 + 0.012 * ease(0, 7, shore) + hills + peaks)
    height += (1 - land) * (-0.016 * ease(0, 6, -shore) + 0.0017 * swell)
    colour = sea_colour(shore, swell, p) * (1 - land[:, None])
    colour += land_colour(p, atlas, rough, crests, alps, shore) * land[:, None]
    grey = colour.mean(axis=1, keepdims=True)
    colour = np.maximum(grey + VIVID * (colour - grey), 0.002)
    return Ground(
        height, colour, 0.06 + (1 - land) * (SEA_GLOSS - 0.06), np.zeros(len(p), np.float32)
    )


def sea_colour(shore: Array, swell: Array, p: Array) -> Array:
    """From the abyss to the glow of the shelf, and pack ice at the poles."""
    sea = blend(plain((0.002, 0.016, 0.085), len(p)), (0.003, 0.05, 0.16), 0.45 + 0.6 * swell)
    sea = blend(sea, (0.012, 0.2, 0.26), 0.85 * np.exp(shore / 1.7))
    sea = blend(sea, (0.1, 0.46, 0.4), 0.8 * np.exp(shore / 0.45))
    return blend(sea, (0.55, 0.66, 0.72), ease(0.9, 0.965, np.abs(p[:, 2]) - 0.05 * swell))


def land_colour(
    p: Array, atlas: Atlas, rough: Array, crests: Array, alps: Array, shore: Array
) -> Array:
    """Steppe where nothing else is; forests by latitude, sand where dry, rock, beach, snow."""
    lat = np.degrees(np.arcsin(np.clip(p[:, 2], -1, 1)))
    far, patch = np.abs(lat), clouded(p + 9, 19, 5, 0.6)
    jungle = ease(22, 4, far + 6 * patch)
    woods = ease(34, 44, far + 5 * patch) * ease(72, 62, far + 4 * patch)
    land = blend(plain((0.2, 0.155, 0.055), len(p)), (0.018, 0.085, 0.014), 0.95 * jungle)
    land = blend(land, (0.03, 0.1, 0.03), 0.85 * woods)
    land = blend(land, (0.12, 0.15, 0.03), 0.5 * ease(0.1, 0.7, patch))
    sand = blend(plain((0.62, 0.33, 0.12), len(p)), (0.45, 0.15, 0.05), ease(-0.3, 0.6, patch))
    dry = ease(0.32, 0.62, atlas.look_up(atlas.drought, p) + 0.28 * rough)[:, None]
    land = land * (1 - dry) + sand * dry
    land = blend(land, (0.2, 0.11, 0.06), 0.8 * ease(0.15, 0.55, alps) * (0.4 + 0.6 * crests))
    land = blend(land, (0.62, 0.5, 0.3), 0.55 * np.exp(-np.abs(shore) / 0.25))
    cold = ease(62, 74, far + 4 * patch + np.where(lat < 0, 6, 0))
    snow = np.maximum(cold, ease(0.72, 0.95, alps * (0.2 + crests) + 0.004 * far))
    return blend(land, (0.82, 0.86, 0.92), snow) * (0.72 + 0.5 * np.clip(crests, 0, 1))[:, None]
