"""Renders the four pieces of "New Normal": the Earth as a virus.

    python scene.py                               # all four, beside this file
    python scene.py --piece covid_6 --samples 128 # one of them

Needs Blender as a Python module (`pip install bpy==5.0.1`, Python 3.11) and its numpy. A square of
cloth is pulled over a globe, finest where the camera looks, and every one of its million points is
moved in numpy: dents and swellings first, then the map with its relief (`earth.py`, drawn from
`continents.py`), then what the spikes (`spikes.py`) do to the crust that they break through. All
chance is seeded.

Places are (latitude, longitude) in degrees; the globe has radius 1, and the camera looks along +y.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector

sys.path.insert(0, str(Path(__file__).parent.parent / "_studio"))
from earth import SEA_GLOSS, Atlas, Ground, blend, clouded, frame, ground, place, ridged
from sculpt import Array, Colour, Weave, ease, mesh, unit
from spikes import spike_form
from studio import Lamp, Shot, run

# ---- parameters -------------------------------------------------------------------------------

THREADS = 1050  # of the cloth, each way
CASTS = 5  # different spikes; all others are these, turned, leaned and dyed

OCHRE, BONE, BLOOD = (0.64, 0.24, 0.03), (0.56, 0.37, 0.18), (0.42, 0.022, 0.016)
VIOLET, ROSE = (0.17, 0.035, 0.21), (0.66, 0.16, 0.13)
DYES = (OCHRE, BONE, BLOOD, VIOLET, ROSE)

WARM, PLAIN, COLD, EMBER = (1.0, 0.83, 0.62), (1.0, 0.96, 0.9), (0.32, 0.6, 1.0), (1.0, 0.2, 0.07)


@dataclass(frozen=True)
class Spike:
    """One that is placed by hand: where, how high, its colour, and to where it leans how far,
    and how much wider than usual the hole is that it tears."""

    at: tuple[float, float]
    height: float
    dye: Colour
    lean: tuple[float, float] = (0.0, 0.0)
    wide: float = 1.0

    @property
    def hole(self) -> float:
        """The radius of what it tears open."""
        return self.wide * (0.014 + 0.075 * self.height)


@dataclass(frozen=True)
class Plan:
    """How a piece is built. ``gather`` is 1 for an even cloth and smaller for one that is finer
    by so much at ``fine``; ``tilt`` turns the Earth about the line of sight, in degrees."""

    seed: int
    facing: tuple[float, float]
    tilt: float
    gather: float
    fine: tuple[float, float] | None = None  # where the cloth is finest; None: at ``facing``
    crowd: int = 150  # how many spikes chance adds
    heights: tuple[float, float] = (0.07, 0.3)
    lumps: float = 0.07
    placed: tuple[Spike, ...] = ()


PLANS = {
    "covid_11": Plan(
        11,
        (16, -28),
        26,
        0.62,
        crowd=90,
        heights=(0.1, 0.36),
        lumps=0.1,
        placed=(
            Spike((33, -42), 0.5, BLOOD, (-0.1, 0.15)),
            Spike((3, -26), 0.34, OCHRE, (0.15, -0.25)),
            Spike((55, -12), 0.4, BONE, (0.0, -0.1)),
        ),
    ),
    "covid_6": Plan(
        6,
        (4, 20),
        -6,
        0.4,
        fine=(12, 18),
        crowd=80,
        heights=(0.08, 0.3),
        placed=(
            Spike((-9, 8), 0.5, OCHRE, (-0.3, 0.1)),
            Spike((22, 5), 0.42, BLOOD, (-0.15, 0.05)),
            Spike((21, 43), 0.46, BONE, (0.1, 0.1)),
            Spike((-16, 33), 0.24, VIOLET, (0.1, -0.2)),
            Spike((31, 20), 0.25, ROSE, (0.1, 0)),
        ),
    ),
    "covid_9": Plan(
        9,
        (-12, -140),
        90,
        0.14,
        fine=(-12, -71),
        crowd=120,
        heights=(0.06, 0.2),
        placed=(Spike((-12, -71), 0.35, OCHRE, (-0.12, 0.2), wide=1.4),),
    ),
    "covid_8": Plan(8, (14, 95), 20, 0.85, crowd=100, heights=(0.12, 0.55), lumps=0.11),
}

SHOTS = {
    "covid_11": Shot(
        at=(0, -4.2, 0.35), to=(-0.33, 0, 0.42), lens=54,
        lamps=(
            Lamp((-4.4, -2.2, 3.0), 1200, 1.0, PLAIN),
            Lamp((4.2, 2.2, -0.8), 2200, 2.0, EMBER),
            Lamp((1, 5, 4), 1800, 2.0, COLD),
            Lamp((3, -5, 1), 260, 5, (0.45, 0.55, 1.0)),
        ),
    ),
    "covid_6": Shot(
        at=(0.2, -2.8, -0.6), to=(0.05, -0.6, 0.4), lens=38,
        lamps=(
            Lamp((-4.4, -2.2, 2.4), 1500, 0.7, WARM),
            Lamp((4, 3, 3), 2400, 2.5, COLD),
            Lamp((1, -5, -3), 300, 5, (0.6, 0.6, 1.0)),
        ),
    ),
    "covid_9": Shot(
        at=(-0.26, -1.36, 1.34), to=(0.055, -0.43, 1.06), lens=52, f_stop=2.2,
        focus=(0.11, -0.44, 1.0),
        lamps=(
            Lamp((-2.6, -1.1, 2.3), 320, 0.6, WARM),
            Lamp((2.2, 2, 1.9), 700, 1.5, COLD),
            Lamp((1.5, -3, 0.5), 40, 3, (0.7, 0.6, 1.0)),
        ),
    ),
    "covid_8": Shot(
        at=(0, -7.4, 0.0), to=(0, 0, 0.05), lens=51.5,
        lamps=(
            Lamp((-5, -1.2, 3), 2300, 2.0, WARM),
            Lamp((4.5, 3.4, -1), 4200, 2.5, COLD),
            Lamp((2, -6, -2), 160, 6, (0.5, 0.55, 1.0)),
        ),
    ),
}  # fmt: skip

# ---- the cloth and its spikes -----------------------------------------------------------------


def turn_to_camera(plan: Plan) -> Array:
    """The rotation that brings the faced place before a camera at -y, north up, then tilts."""
    east, north, out = frame(place(plan.facing))
    tilt = np.radians(plan.tilt)
    right = np.cos(tilt) * east - np.sin(tilt) * north
    up = np.sin(tilt) * east + np.cos(tilt) * north
    return np.stack([right, -out, up])


def scatter(plan: Plan) -> list[Spike]:
    """The spikes placed by hand, and more by chance: in clusters, none in another's way."""
    chance = np.random.default_rng(plan.seed)
    spikes = list(plan.placed)
    taken = [(place(s.at), s.height) for s in spikes]
    candidates = unit(chance.normal(size=(plan.crowd * 8, 3)))
    crowded = clouded(candidates.astype(np.float32) + plan.seed, 2.3, 2)
    for p in candidates[np.argsort(-crowded - chance.random(len(candidates)) * 2)]:
        low, high = plan.heights
        height = low + (high - low) * chance.random() ** 1.9
        if all(np.arccos(np.clip(p @ q, -1, 1)) > 0.36 * (height + h) + 0.03 for q, h in taken):
            taken.append((p, height))
            lat, lon = np.degrees([np.arcsin(p[2]), np.arctan2(p[1], p[0])])
            dye = DYES[chance.choice(len(DYES), p=(0.3, 0.22, 0.2, 0.16, 0.12))]
            spikes.append(Spike((lat, lon), height, dye, tuple(chance.normal(0, 0.13, 2))))
        if len(spikes) >= plan.crowd + len(plan.placed):
            break
    return spikes


def cloth(plan: Plan) -> tuple[Array, Array]:
    """Directions and quads of a square cloth about a sphere, its edge gathered behind."""
    a, b = np.meshgrid(*[np.linspace(-1, 1, THREADS)] * 2)
    r = np.maximum(np.abs(a), np.abs(b))
    wide = np.abs(a) >= np.abs(b)
    ratio = np.where(wide, b / np.where(wide, a + 1e-12, 1), a / np.where(wide, 1, b + 1e-12))
    turn = np.where(wide, ratio * np.pi / 4, np.pi / 2 - ratio * np.pi / 4)
    turn += np.pi * np.where(wide, a < 0, b < 0)
    polar = np.pi * (plan.gather * r + (1 - plan.gather) * r**4)
    local = np.stack([np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)])
    p = local.reshape(3, -1).T @ frame(place(plan.fine or plan.facing))
    i = (np.arange(THREADS - 1)[:, None] * THREADS + np.arange(THREADS - 1)).ravel()
    return p, np.stack([i, i + 1, i + THREADS + 1, i + THREADS], axis=1)


# ---- what the spikes do to the crust ----------------------------------------------------------


@dataclass
class Wound:
    """How the crust is broken about a foot, point by point; lengths in radii of the hole."""

    off: Array  # distance from the foot
    beyond: Array  # distance from the torn edge, outward
    solid: Array  # 1 where there is crust, 0 in the hole
    crack: Array  # 1 at the bottom of a radial crack
    lip: Array  # how far the plate is bent up
    wander: Array  # noise of the wound's own size


def tear(q: Array, foot: Array, size: float, seed: int) -> Wound:
    """Radial cracks of uneven length part the crust into pointed plates, each bent its own way."""
    chance = np.random.default_rng(seed)
    x, y, _ = frame(foot) @ q.T
    wander = clouded(q.astype(np.float32) + seed * 0.61, 0.5 / size, 3)
    off = np.hypot(x, y) / size * (1 + 0.13 * wander)
    turn = np.arctan2(y, x) + 0.3 * wander
    count = chance.integers(5, 9)
    cracks = np.sort(np.arange(count) + chance.uniform(-0.3, 0.3, count))
    cracks = np.append(cracks, cracks[0] + count) * 2 * np.pi / count
    turn = (turn - cracks[0]) % (2 * np.pi) + cracks[0]
    plate = np.clip(np.searchsorted(cracks, turn) - 1, 0, count - 1)
    width = cracks[plate + 1] - cracks[plate]
    across = (turn - cracks[plate]) / width * 2 - 1  # -1 and 1 at the plate's two cracks
    nearer = np.where(across > 0, (plate + 1) % count, plate)
    length = chance.uniform(1.8, 5.0, count)[nearer]
    lift = chance.uniform(0.55, 1.35, count)[plate]
    aside = (1 - np.abs(across)) * width / 2 * off
    gap = 0.3 * ease(0, 1, 1 - (off - 1) / length) * (1 + 0.4 * wander)
    crack = np.exp(-((aside / np.maximum(gap, 0.02)) ** 2)) * ease(0, 0.25, gap)
    edge = 1 + 0.4 * across**2 + 0.12 * wander
    beyond = np.maximum(off - edge, 0)
    return Wound(
        off, beyond, ease(-0.16, 0.04, off - edge), crack, lift * np.exp(-beyond / 0.75), wander
    )


def erupt(p: Array, moved: Array, earth: Ground, foot: Array, size: float, seed: int) -> None:
    """Breaks the crust about ``foot``: swollen from below, its plates bent up and curled outward
    about a raw hole of radius ``size``, sore and veined around."""
    near = np.flatnonzero(p @ foot > np.cos(9 * size))
    if not len(near):
        return
    q = p[near]
    small = q.astype(np.float32)
    wound = tear(q, foot, size, seed)
    beyond, solid = wound.beyond, wound.solid
    rise = np.exp(-((wound.off / 2.7) ** 2)) + solid * 1.15 * wound.lip - (1 - solid)
    rise -= 0.8 * wound.crack * solid * np.exp(-beyond / 2.5)
    rise += 0.1 * solid * np.exp(-beyond / 2) * clouded(small, 2.2 / size, 3)
    curl = solid * 0.55 * wound.lip * np.exp(-beyond / 0.35)
    outward = unit(q - foot * (q @ foot)[:, None])
    moved[near] += size * (q * rise[:, None] + outward * curl[:, None])

    raw = np.maximum(1 - solid, wound.crack * np.exp(-beyond / 4))
    sore = np.exp(-beyond) * (0.55 + 0.45 * wound.wander)
    veins = ease(0.37, 0.7, ridged(small, 0.8 / size, 3)) * np.exp(-wound.off / 3.2)
    colour = blend(earth.colour[near], (0.3, 0.05, 0.05), 0.75 * sore)
    colour = blend(colour, (0.16, 0.008, 0.03), 0.9 * veins * solid)
    earth.colour[near] = blend(colour, (0.42, 0.02, 0.012), raw)
    earth.gloss[near] = np.maximum(earth.gloss[near], np.maximum(raw, 0.6 * sore))
    earth.heat[near] = np.maximum(earth.heat[near], raw * np.exp(-beyond / 1.5))


# ---- materials --------------------------------------------------------------------------------


def crust_material() -> bpy.types.Material:
    """The map's colours, chapped where dry, wet where sea or flesh, hot in the wounds."""
    weave = Weave("crust")
    red, green, blue = (weave.told(name) for name in ("red", "green", "blue"))
    gloss, heat = weave.told("gloss"), weave.told("heat")
    colour = weave("CombineColor", {"Red": red, "Green": green, "Blue": blue})
    grain = weave("TexNoise", {"Scale": 160.0, "Detail": 6.0, "Roughness": 0.65})
    dry = weave.maths("SUBTRACT", 1.0, gloss)
    flesh = weave("MapRange", {"Value": gloss, "From Min": SEA_GLOSS + 0.02, "From Max": 1.0})
    rough = weave.maths("MULTIPLY_ADD", dry, 0.5, 0.12)
    bump = weave("Bump", {"Height": grain, "Strength": rough, "Distance": 0.006})
    here = weave("TexCoord", {}).node.outputs["Object"]
    bent = weave("VectorMath", {0: here, 1: grain}, operation="ADD")
    flakes = weave("TexVoronoi", {"Vector": bent, "Scale": 42.0}, feature="DISTANCE_TO_EDGE")
    flakes = weave("MapRange", {"Value": flakes, "From Max": 0.12})
    chapped = weave.maths("MULTIPLY", dry, 0.35)
    bump = weave("Bump", {"Height": flakes, "Strength": chapped, "Distance": 0.005, "Normal": bump})
    shade = weave.maths(
        "MULTIPLY_ADD",
        weave("MapRange", {"Value": grain, "From Min": 0.3, "From Max": 0.7}),
        0.65,
        0.6,
    )
    colour = weave("VectorMath", {0: colour, 1: shade}, operation="MULTIPLY")
    glow = weave.ramp(heat, (0.0, (0, 0, 0)), (0.5, (0.35, 0.012, 0.004)), (1.0, (1.0, 0.16, 0.03)))
    return weave.wear(
        colour,
        bump,
        roughness=weave.maths("MULTIPLY_ADD", gloss, -0.52, 0.86),
        specular_ior_level=weave.maths("MULTIPLY_ADD", heat, 0.3, 0.14),
        coat_weight=weave.maths("MULTIPLY", flesh, 0.4),
        coat_roughness=0.2,
        emission_color=glow,
        emission_strength=0.9,
    )


def spike_material() -> bpy.types.Material:
    """Mottled wet skin in the dye, raw at the root, pale on beads and tips, hot in the throat."""
    weave = Weave("spike")
    dye = weave("ObjectInfo", {}).node.outputs["Color"]
    up, bead, throat = weave.told("up"), weave.told("bead"), weave.told("throat")
    dark = weave("VectorMath", {0: dye, 1: (0.5, 0.3, 0.34)}, operation="MULTIPLY")
    mottle = weave("TexNoise", {"Scale": 7.0, "Detail": 4.0, "Roughness": 0.6})
    mottle = weave("MapRange", {"Value": mottle, "From Min": 0.38, "From Max": 0.62})
    colour = weave.between(mottle, dark, dye)
    pale = weave("VectorMath", {0: dye, 1: (0.22, 0.16, 0.1)}, operation="ADD")
    colour = weave.between(weave.maths("MULTIPLY", bead, 0.7), colour, pale)
    rise = weave("MapRange", {"Value": up, "From Min": 0.0, "From Max": 0.35})
    colour = weave.between(rise, (0.22, 0.012, 0.014, 1), colour)
    tips = weave("MapRange", {"Value": up, "From Min": 0.86, "From Max": 1.05})
    colour = weave.between(weave.maths("MULTIPLY", tips, 0.5), colour, pale)
    colour = weave.between(throat, colour, (0.3, 0.01, 0.012, 1))
    grain = weave("TexNoise", {"Scale": 30.0, "Detail": 5.0, "Roughness": 0.6})
    bump = weave("Bump", {"Height": grain, "Strength": 0.35, "Distance": 0.02})
    return weave.wear(
        colour,
        bump,
        roughness=0.4,
        coat_weight=0.5,
        coat_roughness=0.14,
        subsurface_weight=0.25,
        subsurface_radius=(1.0, 0.35, 0.2),
        subsurface_scale=0.012,
        emission_color=(1.0, 0.1, 0.02, 1),
        emission_strength=weave.maths("MULTIPLY", throat, 0.5),
    )


# ---- pieces -----------------------------------------------------------------------------------


def build(piece: str) -> None:
    plan = PLANS[piece]
    atlas, to_camera = Atlas(), turn_to_camera(plan)
    spikes = scatter(plan)
    p, quads = cloth(plan)
    earth = ground(p, atlas, plan.seed, plan.lumps)
    moved = p * earth.height[:, None]
    feet = np.array([place(spike.at) for spike in spikes])
    for number, (spike, foot) in enumerate(zip(spikes, feet, strict=True)):
        erupt(p, moved, earth, foot, spike.hole, plan.seed * 1000 + number)
    told = dict(zip(("red", "green", "blue"), earth.colour.T, strict=True))
    told |= {"gloss": earth.gloss, "heat": earth.heat}
    mesh(moved @ to_camera.T, quads, crust_material(), **told)
    plant(spikes, feet, ground(feet, atlas, plan.seed, plan.lumps).height, to_camera, plan)


def plant(spikes: list[Spike], feet: Array, heights: Array, to_camera: Array, plan: Plan) -> None:
    """Puts the casts of spikes into their holes, each turned its own way."""
    chance = np.random.default_rng(plan.seed + 1)
    material = spike_material()
    casts = []
    for number in range(CASTS):
        vertices, quads, told = spike_form(plan.seed * 10 + number)
        casts.append(mesh(vertices, quads, material, **told))
    for spike, foot, height in zip(spikes, feet, heights, strict=True):
        thing = bpy.data.objects.new("spike", casts[chance.integers(CASTS)].data)
        x, y, _ = frame(foot)
        axis = to_camera @ unit(foot + spike.lean[0] * x + spike.lean[1] * y)
        turn = Vector(axis).to_track_quat("Z", "Y").to_matrix()
        turn = (turn @ Matrix.Rotation(chance.uniform(0, 6.3), 3, "Z")).to_4x4()
        at = Matrix.Translation(to_camera @ foot * height)
        thing.matrix_world = at @ turn @ Matrix.Scale(spike.height, 4)
        thing.color = (*(np.array(spike.dye) * chance.uniform(0.75, 1.2)), 1.0)
        bpy.context.collection.objects.link(thing)
    for cast in casts:
        bpy.data.objects.remove(cast)


if __name__ == "__main__":
    run(Path(__file__).parent, SHOTS, build)
