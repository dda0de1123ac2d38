"""Renders the four pieces of the collection "Did You Wash Your Hand?": a brain that a virus takes.

    pip install bpy==5.0.1                           # Blender as a module; needs Python 3.11
    python scene.py                                  # all four, beside this file
    python scene.py --piece brain2 --samples 128     # one of them
    python scene.py --width 640 --samples 12 --out . # quick looks

The brain is grown in `anatomy.py`, what grows on it in `growths.py`. Here it is infected, coloured,
lit and seen. All chance is seeded: a piece comes out the same each time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "_studio"))

from anatomy import DEPTH, Skin, folded, grown
from growths import Ways, girth, rounded, seats, thicket, tubes
from sculpt import Array, cell_distance, ease, mesh, noise, unit
from skins import black, horn, slime, tissue
from studio import Lamp, Point, Shot, run

SEED = 7
SWELL = 0.034  # by which gyri bulge, and close the sulci
CREEP = 0.30  # how much further the infection gets in a sulcus than on a gyrus
FRAY = 0.16  # raggedness of its border
WARTS = ((13.0, 0.030, 0.55), (27.0, 0.016, 0.8), (60.0, 0.0085, 0.8))  # frequency, radius, height
SPIKES, BUDS, THREADS = 80, 120, 130
VESSELS = {  # branches, colour, radius of a twig
    "artery": (420, (0.42, 0.006, 0.010), 0.0021),
    "vein": (260, (0.085, 0.012, 0.055), 0.0024),
}
CARD, CARD_AT = (0.063, 0.032, 0.0), 0.25  # half width and height of its hole; how far off


@dataclass(frozen=True)
class Case:
    """How far one brain is gone: where the infection sits, and how far beyond the middle it is."""

    toward: Point
    gone: float


CASES = {
    "brain2": Case(toward=(0.35, -0.9, 0.25), gone=0.06),
    "brain5": Case(toward=(0.5, -0.8, 0.1), gone=0.0),
    "brain7": Case(toward=(1.0, 0.15, 0.0), gone=0.07),
    "brain6": Case(toward=(0.95, 0.1, -0.3), gone=0.0),
}

WARM, COOL, ACID = (1.0, 0.82, 0.66), (0.60, 0.77, 1.0), (0.75, 1.0, 0.5)
SHOTS = {
    "brain2": Shot(
        at=(4.1, 2.5, 1.5),
        to=(0.0, -0.11, 0.02),
        lens=56,
        lamps=(
            Lamp(at=(-0.5, 3.3, 3.3), watts=360, size=0.7, colour=WARM),
            Lamp(at=(3.2, -3.0, 1.6), watts=300, size=1.0, colour=ACID),
            Lamp(at=(-3.0, -1.0, 3.2), watts=420, size=1.6, colour=COOL),
        ),
    ),
    "brain5": Shot(
        at=(1.5, 1.45, 1.35),
        to=(0.36, 0.1, 0.42),
        lens=62,
        f_stop=1.0,
        focus=(0.52, 0.2, 0.5),
        lamps=(
            Lamp(at=(-1.5, 2.6, 2.6), watts=190, size=0.9, colour=WARM),
            Lamp(at=(3.0, -1.2, 1.2), watts=280, size=1.0, colour=ACID),
            Lamp(at=(-1.6, -3.0, 2.5), watts=330, size=1.6, colour=COOL),
        ),
    ),
    "brain7": Shot(
        at=(-0.6, 0.45, 5.2),
        to=(0.14, 0.0, 0.0),
        lens=51,
        roll=50,
        lamps=(
            Lamp(at=(-1.2, 3.8, 1.5), watts=420, size=0.8, colour=(1.0, 0.90, 0.80)),
            Lamp(at=(-3.4, -2.2, 0.3), watts=170, size=0.8, colour=COOL),
            Lamp(at=(3.4, 0.2, 0.9), watts=330, size=0.8, colour=ACID),
        ),
    ),
    "brain6": Shot(
        at=(0.9, 4.3, -1.5),
        to=(0.05, 0.0, 0.0),
        lens=52,
        roll=-14,
        lamps=(
            Lamp(at=(-3.4, -0.6, 1.4), watts=620, size=1.0, colour=COOL),
            Lamp(at=(3.2, -0.8, 1.9), watts=520, size=1.0, colour=ACID),
            Lamp(at=(-1.6, 3.4, -1.6), watts=90, size=1.4, colour=(1.0, 0.62, 0.45)),
            Lamp(at=(0.2, 1.8, 3.6), watts=150, size=1.0, colour=WARM),
        ),
    ),
}


def infected(p: Array, height: Array, case: Case) -> Array:
    """Signed distance to the border, nearly: above 0 it is taken. Sulci are taken first."""
    toward = unit(np.array(case.toward))
    fray = noise(p, 2.3) + 0.5 * noise(p, 6.0) + 0.25 * noise(p, 15.0)
    return p @ toward + case.gone + FRAY * fray + CREEP * (0.55 - height)


def warts(p: Array) -> Array:
    """How far blisters of three sizes stand out of the skin."""
    total = np.zeros(len(p))
    for frequency, radius, height in WARTS:
        dense = ease(-0.55, 0.35, noise(p, frequency * 0.16))
        dome = np.sqrt(np.clip(1.0 - (cell_distance(p, frequency) / radius) ** 2, 0.0, 1.0))
        total += dome * radius * height * dense
    return total


@dataclass(frozen=True)
class Body:
    """A brain, folded and partly taken. Arrays tell of each vertex of its skin."""

    skin: Skin
    coarse: Skin
    ground: Array  # its vertices before it was folded
    out: Array  # and their normals
    membrane: Array  # where vessels run: over the gyri, and sagging into the sulci
    height: Array  # 0 in valleys, 1 on crowns
    border: Array  # distance to the border; above 0 it is taken
    outer: Array  # 0 within the fissure between the hemispheres, 1 outside
    wart: Array

    def sparsely(self) -> list[Array]:
        """Its vertices, then ``ground`` and so on, at the vertices of the coarse skin only."""
        n = len(self.coarse.vertices)
        arrays = (self.ground, self.out, self.membrane, self.height, self.border, self.outer)
        return [array[:n] for array in (self.skin.vertices, *arrays)]


def grown_ill(case: Case, rng: np.random.Generator) -> Body:
    """Fold the brain, let its gyri bulge over the sulci, then raise warts where it is taken."""
    coarse, skin, pattern = grown(rng)
    ground, out = skin.vertices, skin.normals()
    height, depth = folded(skin, pattern)
    border = infected(ground, height, case)
    taken = taken_at(border)
    outer = ease(0.01, 0.09, np.abs(ground[:, 0]))
    depth *= (1 - 0.1 * taken) * (0.35 + 0.65 * outer)
    skin.vertices = ground - out * ((1 - height) * depth)[:, None]
    swell = SWELL * height * outer * np.minimum(depth / DEPTH, 1)
    skin.vertices += skin.normals() * swell[:, None]
    blister = np.zeros(len(ground))
    some = taken > 0
    blister[some] = warts(ground[some]) * (taken * (0.35 + 0.65 * outer))[some]
    skin.vertices += skin.normals() * blister[:, None]
    level = swell.max() * outer * depth / DEPTH - 0.2 * (1 - height) * depth
    membrane = ground + out * level[:, None]
    wart = np.clip(blister / 0.03, 0, 1) ** 1.5
    return Body(skin, coarse, ground, out, membrane, height, border, outer, wart)


def taken_at(border: Array) -> Array:
    return ease(-0.03, 0.05, border)


def mat(shot: Shot) -> None:
    """A black card with an oval hole, held before a lens that sees nothing but the object: what
    runs out of the picture sinks into the dark of the room. The card is far out of focus."""
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1) * CARD
    at = np.arange(96)
    quads = np.stack([at, np.roll(at, -1), np.roll(at, -1) + 96, at + 96], axis=1)
    back = unit(np.subtract(shot.at, shot.to))
    across = unit(np.cross((0.0, 0.0, 1.0), back))
    axes = np.stack([across, np.cross(back, across), back])
    corners = np.concatenate([ring, ring * 8]) @ axes + shot.at - CARD_AT * back
    card = mesh(corners, quads, black())
    card.visible_shadow = card.visible_diffuse = card.visible_glossy = False


def put_spikes(brain: Body, rng: np.random.Generator) -> None:
    """Large ones where it is long taken, buds along the border."""
    p, _, _, _, height, border, outer = brain.sparsely()
    normals, material = brain.skin.normals()[: len(p)], horn()
    size = 0.11 + 0.24 * ease(0.05, 0.5, border) * rng.uniform(0.4, 1.0, len(p))
    ripe = (border > 0.06) & (height > 0.8) & (outer > 0.5)
    thicket(seats(p, ripe, size, SPIKES, SEED), p, normals, size, material, SEED)
    size = rng.uniform(0.025, 0.06, len(p))
    new = (np.abs(border - 0.02) < 0.12) & (height > 0.5) & (outer > 0.5)
    thicket(seats(p, new, size, BUDS, SEED), p, normals, size, material, SEED + 1)


def put_vessels(brain: Body, wander: Array, rng: np.random.Generator) -> None:
    """Arteries that come up from below and veins that gather at the fissure, where it is whole."""
    _, ground, out, membrane, _, border, outer = brain.sparsely()
    ways = Ways(brain.coarse, wander + 4 * ease(-0.1, 0.1, border) + 3 * (1 - outer))
    x, _, z = np.abs(ground.T)
    whole = (border < -0.04) & (outer > 0.5)
    source = {"artery": z < 0.1, "vein": (x < 0.17) & (z > 0.2)}
    for name, (count, colour, twig) in VESSELS.items():
        roots = rng.choice(np.flatnonzero(whole & source[name]), 12)
        tips = rng.choice(np.flatnonzero(whole), count)
        paths = []
        for branch, fed in ways.tree(roots, tips):
            radius = girth(fed, twig)
            path = rounded(membrane[branch], 4) + out[branch] * (0.9 * radius)[:, None]
            paths.append((path, radius))
        tubes(paths, slime(name, colour))


def put_threads(brain: Body, wander: Array, rng: np.random.Generator) -> None:
    """The infection's runners, along the sulci and into the pink."""
    p, _, _, membrane, height, border, _ = brain.sparsely()
    ways = Ways(brain.coarse, 0.15 + height**2 * 3 + 0.3 * wander)
    front = np.flatnonzero((border > 0.0) & (border < 0.04))
    reach = np.flatnonzero((border < -0.02) & (border > -0.30) & (height < 0.55))
    paths = []
    for branch, fed in ways.tree(front, rng.choice(reach, THREADS)):
        path = rounded((0.75 * p + 0.25 * membrane)[branch], 3)
        paths.append((path, girth(fed, 0.0055)))
    tubes(paths, slime("thread", (0.16, 0.34, 0.02)))


def build(piece: str) -> None:
    rng = np.random.default_rng(SEED)
    brain = grown_ill(CASES[piece], rng)
    put_spikes(brain, rng)
    mesh(
        brain.skin.vertices,
        brain.skin.quads,
        tissue(),
        height=brain.height,
        infection=taken_at(brain.border),
        edge=ease(-0.16, -0.01, brain.border),
        wart=brain.wart,
    )
    start = brain.coarse.vertices
    wander = np.exp(1.6 * noise(start, 7.0) + rng.normal(0, 0.35, len(start)))
    put_vessels(brain, wander, rng)
    put_threads(brain, wander, rng)
    if SHOTS[piece].f_stop is not None:
        mat(SHOTS[piece])


if __name__ == "__main__":
    run(Path(__file__).parent, SHOTS, build)
