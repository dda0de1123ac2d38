"""Renders the four pieces of "ANN": neural networks with nodes of bone and weights of flesh.

    python scene.py                             # all four, beside this file
    python scene.py --piece DL4 --samples 128   # one of them

Needs Blender as a Python module (`pip install bpy==5.0.1`, Python 3.11) and its numpy. Every bone
is a signed distance field that has grown a tubercle toward each muscle that pulls at it; every
muscle, some hundred strands twisted about a belly, with tendons splayed on the bones. The stronger
a weight of the network, the thicker its muscle; the weakest are sinew alone. All chance is seeded.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "_studio"))
from bones import SHAPES, Bone, carve, ivory
from muscles import ASKEW, Muscle, bundle, flesh, rotated, vein
from sculpt import Array, unit
from studio import Lamp, Point, Shot, run

# ---- parameters -------------------------------------------------------------------------------

WARM, PLAIN, COLD, EMBER = (1.0, 0.9, 0.78), (1.0, 0.97, 0.94), (0.42, 0.72, 1.0), (1.0, 0.22, 0.1)


@dataclass(frozen=True)
class Plan:
    """How a piece is built, and how fine."""

    seed: int
    belly: float = 0.46  # radius of the strongest muscle
    strands: int = 130  # of the strongest muscle
    steps: int = 56  # points along a strand
    sides: int = 5  # of a strand's section
    grain: float = 0.035  # edge of a voxel of bone; smaller is finer
    sinew: float = 1.3  # how far from its ends a muscle is tendon
    torn: tuple[int, ...] = ()  # which muscles have snapped


@dataclass(frozen=True)
class Lattice(Plan):
    """A whole network: ``layers`` of nodes, each joined to the next."""

    layers: tuple[int, ...] = ()
    apart: float = 6.2  # from layer to layer
    pitch: float = 2.9  # from node to node within a layer
    bend: float = 0.0  # how far the middle layers stand back, as on an arc
    upright: bool = False  # the first layer lies at the bottom, else at the left
    kept: float = 1.0  # share of the connections that are not pruned


@dataclass(frozen=True)
class Star(Plan):
    """One node, turned so that its own axes are the columns of ``turn``, and what pulls at it:
    ``inputs`` as (direction to, distance, weight). ``squash`` moves the seats of the tendons."""

    inputs: tuple[tuple[Point, float, float], ...] = ()
    turn: tuple[Point, Point, Point] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    squash: Point = (1.0, 1.0, 1.0)
    shape: str = "vertebra"
    size: float = 1.0


def ring(count: int, reach: float, spread: float, seed: int, start: float = 0.0) -> tuple:
    """Inputs all around the line of sight: directions that lean from -y by about ``spread``."""
    rng = np.random.default_rng(seed)
    turns = (np.arange(count) + start + rng.uniform(-0.3, 0.3, count)) * 2 * np.pi / count
    lean = spread * rng.uniform(0.75, 1.3, count)
    way = np.stack([np.sin(lean) * np.cos(turns), -np.cos(lean), np.sin(lean) * np.sin(turns)], 1)
    return tuple((tuple(d), reach * rng.uniform(0.9, 1.2), rng.beta(2, 1.6)) for d in way)


PLANS: dict[str, Plan] = {
    "DL4": Lattice(
        seed=4,
        layers=(3, 5, 6, 4, 2),
        strands=110,
        grain=0.026,
        apart=6.6,
        pitch=2.6,
        bend=2.6,
        torn=(4, 30),
    ),
    "DL11": Star(
        seed=11,
        strands=150,
        steps=90,
        sides=6,
        grain=0.018,
        turn=((1, 0, 0), (0, 0, 1), (0, -1, 0)),
        squash=(1.0, 0.1, 1.0),
        shape="atlas",
        size=1.7,
        inputs=ring(16, 12.0, 0.85, seed=11)
        + ring(4, 13.0, 0.46, seed=15, start=0.5)
        + ring(8, -26.0, 1.0, seed=12),
    ),
    "DL9": Star(
        seed=9,
        sinew=0.95,
        strands=320,
        steps=90,
        sides=6,
        belly=0.62,
        grain=0.014,
        turn=((0.93, -0.37, 0), (0.37, 0.93, 0), (0, 0, 1)),
        shape="knuckle",
        inputs=(
            ((-1.0, -0.35, 0.25), 4.6, 1.0),
            ((-1.0, 0.1, -0.45), 4.6, 0.8),
            ((-0.5, -0.5, 0.9), 4.6, 0.7),
            ((-0.6, -0.3, -1.0), 4.6, 0.35),
            ((0.9, -0.25, 0.55), 4.6, 0.9),
            ((1.0, -0.1, -0.5), 4.6, 0.6),
            ((0.4, -0.6, -0.9), 4.6, 0.5),
        ),
    ),
    "DL13": Lattice(seed=13, layers=(5, 6, 4, 1), upright=True, grain=0.026, torn=(9,)),
}

SHOTS = {
    "DL4": Shot(
        at=(-11.5, -15.0, -3.4),
        to=(-4.25, 0.4, -0.1),
        lens=23.5,
        exposure=0.35,
        lamps=(
            Lamp((-11, 2, 12), 9000, 3, WARM, (-3, 0, 0)),
            Lamp((15, 6, 7), 12000, 4, COLD),
            Lamp((-16, -12, 3), 1500, 5, PLAIN, (-6, 0, 0)),
            Lamp((2, 9, -9), 5000, 4, EMBER),
        ),
    ),
    "DL11": Shot(
        at=(0.5, -6.6, -0.5),
        to=(0.05, 0.0, 0.1),
        lens=26,
        f_stop=0.26,
        focus=(0.0, -0.4, 0.3),
        lamps=(
            Lamp((-5.5, -2.0, 5.2), 1900, 0.9, WARM),
            Lamp((6, 1.2, 1), 1500, 2, COLD),
            Lamp((0.3, 4.0, 0.3), 2500, 1.5, EMBER),
            Lamp((-6, -7, -3), 200, 2, PLAIN, (-3, -3, -1)),
            Lamp((5, -8, 2), 260, 2, COLD, (2, -3, 0)),
        ),
    ),
    "DL9": Shot(
        at=(-0.9, -4.4, 0.9),
        to=(-0.12, 0.0, 0.1),
        lens=48,
        f_stop=0.45,
        focus=(-0.2, -0.7, 0.1),
        lamps=(
            Lamp((-3.8, -0.8, 3.6), 420, 0.9, WARM),
            Lamp((4, 1.6, 2.5), 700, 1.2, COLD),
            Lamp((3.5, -3, -3.5), 110, 2, EMBER),
            Lamp((-2, -5, -0.5), 60, 2, PLAIN),
        ),
    ),
    "DL13": Shot(
        at=(5.0, -5.3, -12.1),
        to=(1.1, 0.0, -4.6),
        lens=16,
        exposure=0.4,
        lamps=(
            Lamp((-8, 8, 7), 15000, 2.5, COLD),
            Lamp((7, 9, -3), 8000, 2.5, EMBER, (0, 0, -3)),
            Lamp((-10, -5, -1), 2300, 2, PLAIN, (0, 0, -3)),
            Lamp((5, -9, -15), 260, 3, PLAIN, (0, 0, -7)),
        ),
    ),
}

# ---- the network ------------------------------------------------------------------------------


@dataclass
class Net:
    """Bones; pairs of them that a muscle joins, and how strong each is; bones in the picture."""

    bones: list[Bone]
    pairs: list[tuple[int, int]]
    weights: Array
    shown: int


def turned(rng: np.random.Generator, tilt: float) -> Array:
    """A rotation: any way about the upright axis, leaning by ``tilt`` or so."""
    z = unit(np.array([*rng.normal(0, tilt, 2), 1.0]))
    x = unit(np.cross(unit(np.array([*rng.normal(0, 1, 2), 0.0])), z))
    return np.stack([x, np.cross(z, x), z], axis=1)


def lattice(plan: Lattice, rng: np.random.Generator) -> Net:
    """Layers in rows that stand on an arc, each node a little out of line."""
    places, first = [], np.cumsum([0, *plan.layers])
    for k, count in enumerate(plan.layers):
        x = (k - (len(plan.layers) - 1) / 2) * plan.apart
        z = (np.arange(count) - (count - 1) / 2) * plan.pitch
        bow = plan.bend * (1 - (2 * x / plan.apart / len(plan.layers)) ** 2)
        y = bow + 0.9 * (np.arange(count) % 2 - 0.5)
        at = np.stack([x + 0 * z, y, z], axis=1) + rng.normal(0, 0.22, (count, 3))
        places.extend(at[:, [2, 1, 0]] if plan.upright else at)
    pairs = [
        (i, j)
        for k in range(len(plan.layers) - 1)
        for i in range(first[k], first[k + 1])
        for j in range(first[k + 1], first[k + 2])
        if rng.random() < plan.kept
    ]
    bones = []
    for i, at in enumerate(places):
        pulls = unit(np.array([places[b if a == i else a] - at for a, b in pairs if i in (a, b)]))
        turn = turned(rng, 0.2)
        bones.append(Bone(at, turn, rng.uniform(1.1, 1.35), *SHAPES["vertebra"](rng), pulls @ turn))
    return Net(bones, pairs, rng.beta(1.5, 1.8, len(pairs)), len(bones))


def star(plan: Star, rng: np.random.Generator) -> Net:
    """The node of the piece at the origin; the others lie outside the picture."""
    toward = unit(np.array([d for d, _, _ in plan.inputs]))
    seats = unit(toward * plan.squash)
    turn = np.array(plan.turn, float).T
    bones = [Bone(np.zeros(3), turn, plan.size, *SHAPES[plan.shape](rng), seats @ turn)]
    for d, (_, distance, _) in zip(toward, plan.inputs, strict=True):
        way = turned(rng, 0.2)
        bones.append(Bone(d * distance, way, 1.0, *SHAPES["vertebra"](rng), (-d @ way)[None]))
    pairs = [(0, i + 1) for i in range(len(toward))]
    return Net(bones, pairs, np.array([w for _, _, w in plan.inputs]), 1)


def muscle(
    a: Bone,
    b: Bone,
    seats: tuple[Array, Array],
    weight: float,
    torn: bool,
    plan: Plan,
    rng: np.random.Generator,
) -> Muscle:
    """The muscle between two bones, seated on each in its direction."""
    strength = 0.25 + 0.75 * weight
    span = b.at - a.at
    bow = np.array([0, 0.14 * (span[0] if getattr(plan, "upright", False) else span[2]), 0])
    bow += rng.normal(0, 0.18, 3) - [0, 0, 0.3 * (1 - weight)]
    place = bundle(int(plan.strands * strength), rng)
    twist = rng.uniform(-3, 3)
    aside = unit(np.cross(span, ASKEW))
    feet = []
    for bone, seat, turn in ((a, seats[0], 0.0), (b, seats[1], twist)):
        over = unit(np.cross(seat, aside))
        u, v = rotated(place, turn).T[..., None] * 0.17 * bone.size * (0.5 + 0.5 * weight)
        tip = bone.at + seat * bone.size * 1.15
        feet.append(bone.reach(tip + u * unit(np.cross(over, seat)) + v * over, seat))
    third = np.linalg.norm(span) * 0.33
    way = unit(span)
    handles = (
        a.at + unit(0.6 * seats[0] + way) * third + bow,
        b.at + unit(0.6 * seats[1] - way) * third + bow,
    )
    return Muscle(
        *feet, handles, place, plan.belly * strength, twist, rng, plan.steps, plan.sinew, torn
    )


def build(piece: str) -> None:
    """Bones, and the muscles between them."""
    plan = PLANS[piece]
    rng = np.random.default_rng(plan.seed)
    net = lattice(plan, rng) if isinstance(plan, Lattice) else star(plan, rng)
    wet, bony, vessel = flesh(), ivory(), vein()
    for bone in net.bones[: net.shown]:
        carve(bone, plan.grain, bony)
    seated = [0] * len(net.bones)
    for n, ((i, j), weight) in enumerate(zip(net.pairs, net.weights, strict=True)):
        seats = []
        for k in (i, j):
            seats.append(net.bones[k].turn @ net.bones[k].toward[seated[k]])
            seated[k] += 1
        torn = n in plan.torn
        m = muscle(net.bones[i], net.bones[j], tuple(seats), weight, torn, plan, rng)
        m.strands().tubes(plan.sides, wet)
        if not torn:
            m.threads(3, 0.008 + 0.008 * weight, 3.0, 0.0).tubes(6, vessel)
            m.threads(int(9 * weight) + 2, 0.005, 9.0, 0.9).tubes(4, wet)


if __name__ == "__main__":
    run(Path(__file__).parent, SHOTS, build)
