"""What the piece is made of: wet tissue, mould, the horn of the spikes, slime."""

from __future__ import annotations

import bpy
from sculpt import Colour, Weave

Socket = bpy.types.NodeSocket

FLESH = {
    "Roughness": 0.38,
    "Subsurface Weight": 0.45,
    "Subsurface Scale": 0.022,
    "Subsurface Radius": (1.0, 0.32, 0.2),
    "Coat Weight": 0.9,
    "Coat Roughness": 0.09,
    "Coat IOR": 1.4,
}
MOULD = {
    "Roughness": 0.5,
    "Subsurface Weight": 0.12,
    "Subsurface Scale": 0.03,
    "Subsurface Radius": (0.4, 1.0, 0.2),
    "Coat Weight": 0.35,
    "Coat Roughness": 0.22,
}
HORN = {
    "Roughness": 0.36,
    "Subsurface Weight": 0.3,
    "Subsurface Scale": 0.03,
    "Subsurface Radius": (1.0, 0.35, 0.2),
    "Coat Weight": 0.6,
    "Coat Roughness": 0.12,
}
SLIME = {
    "Roughness": 0.25,
    "Subsurface Weight": 0.15,
    "Subsurface Scale": 0.02,
    "Coat Weight": 0.8,
    "Coat Roughness": 0.1,
}


def grain(w: Weave, scale: float, detail: float = 4.0) -> Socket:
    where = w("TexCoord", {}).node.outputs["Object"]
    return w("TexNoise", {"Vector": where, "Scale": scale, "Detail": detail})


def from_to(w: Weave, factor: Socket, low: float, high: float, dim: float, strong: float) -> Socket:
    """``dim`` where the factor is below ``low``, ``strong`` above ``high``."""
    return w("MapRange", {0: factor, 1: low, 2: high, 3: dim, 4: strong})


def times(w: Weave, a: Socket, b: Socket) -> Socket:
    return w("Mix", {0: 1.0, 6: a, 7: b}, data_type="RGBA", blend_type="MULTIPLY").node.outputs[2]


def skin(w: Weave, colour: Socket | Colour, kind: dict, scale: float, relief: float) -> Socket:
    """A surface of this kind and colour, with a fine grain."""
    height = grain(w, scale, 8.0)
    bump = w("Bump", {"Height": height, "Strength": relief, "Distance": 0.02})
    return w("BsdfPrincipled", {"Base Color": colour, "Normal": bump, **kind})


def done(w: Weave, shader: Socket) -> bpy.types.Material:
    w("OutputMaterial", {"Surface": shader})
    return w.material


def capillaries(w: Weave, scale: float, width: float, strength: float) -> Socket:
    """A net of fine wandering lines that shows in places: up to ``strength`` on them, else 0."""
    where = w("TexCoord", {}).node.outputs["Object"]
    bent = w("TexNoise", {"Vector": where, "Scale": scale * 0.6, "Detail": 4.0}).node
    shift = w("VectorMath", {0: bent.outputs["Color"], "Scale": 1.5 / scale}, operation="SCALE")
    moved = w("VectorMath", {0: where, 1: shift}, operation="ADD")
    net = w("TexVoronoi", {"Vector": moved, "Scale": scale}, feature="DISTANCE_TO_EDGE")
    places = from_to(w, grain(w, 3.0 + 0.2 * scale), 0.4, 0.57, 0.1, strength)
    return w.maths("MULTIPLY", from_to(w, net, 0.0, width, 1.0, 0.0), places)


def flesh(w: Weave, height: Socket, edge: Socket) -> Socket:
    """Wet pink tissue, redder in its valleys, inflamed where the infection is near."""
    tissue = w.ramp(
        height,
        (0.0, (0.26, 0.008, 0.014)),
        (0.45, (0.42, 0.035, 0.04)),
        (0.8, (0.60, 0.13, 0.12)),
        (1.0, (0.74, 0.31, 0.27)),
    )
    blotch = w.ramp(
        grain(w, 5.0, 8.0),
        (0.36, (0.6, 0.34, 0.36)),
        (0.5, (1.0, 0.9, 0.88)),
        (0.62, (1.15, 1.35, 1.15)),
    )
    tissue = times(w, tissue, blotch)
    tissue = w.between(capillaries(w, 9.0, 0.045, 0.8), tissue, (0.42, 0.015, 0.03, 1.0))
    tissue = w.between(capillaries(w, 26.0, 0.085, 0.6), tissue, (0.5, 0.03, 0.04, 1.0))
    tissue = w.between(from_to(w, edge, 0, 0.8, 0, 0.85), tissue, (0.22, 0.005, 0.02, 1.0))
    return skin(w, tissue, FLESH, scale=48.0, relief=0.4)


def mould(w: Weave, height: Socket, wart: Socket) -> Socket:
    """Green: black in its creases, acid on its crowns, sallow on its warts, dusty in places."""
    green = w.ramp(
        height,
        (0.0, (0.002, 0.006, 0.002)),
        (0.4, (0.012, 0.05, 0.008)),
        (0.75, (0.045, 0.15, 0.014)),
        (1.0, (0.15, 0.31, 0.03)),
    )
    dirt = from_to(w, grain(w, 6.0, 8.0), 0.4, 0.62, 0.0, 0.8)
    green = w.between(dirt, green, (0.06, 0.05, 0.012, 1.0))
    green = w.between(wart, green, (0.36, 0.42, 0.045, 1.0))
    dust = from_to(w, grain(w, 11.0, 10.0), 0.54, 0.68, 0.0, 0.75)
    green = w.between(dust, green, (0.20, 0.34, 0.22, 1.0))
    return skin(w, green, MOULD, scale=90.0, relief=0.45)


def tissue() -> bpy.types.Material:
    """The brain's skin: what its vertices tell decides where it is flesh and where mould."""
    w = Weave("tissue")
    height = w.told("height")
    both = {1: flesh(w, height, w.told("edge")), 2: mould(w, height, w.told("wart"))}
    return done(w, w("MixShader", {0: w.told("infection"), **both}))


def horn() -> bpy.types.Material:
    """Spikes: green at the foot; each head a colour of its own, from carmine to violet."""
    w = Weave("spike")
    head = w.ramp(
        w.told("tint"),
        (0.0, (0.46, 0.008, 0.02)),
        (0.4, (0.60, 0.03, 0.02)),
        (0.6, (0.62, 0.16, 0.02)),
        (0.75, (0.40, 0.01, 0.07)),
        (1.0, (0.20, 0.015, 0.17)),
    )
    stalk = w.ramp(grain(w, 16.0, 6.0), (0.35, (0.03, 0.09, 0.012)), (0.65, (0.30, 0.30, 0.05)))
    speck = from_to(w, grain(w, 40.0, 3.0), 0.5, 0.7, 0.5, 1.25)
    colour = times(w, w.between(w.told("head"), stalk, head), speck)
    return done(w, skin(w, colour, HORN, scale=45.0, relief=0.5))


def slime(name: str, colour: Colour) -> bpy.types.Material:
    w = Weave(name)
    return done(w, skin(w, (*colour, 1.0), SLIME, scale=60.0, relief=0.2))


def black() -> bpy.types.Material:
    w = Weave("black")
    return done(w, w("Emission", {"Strength": 0.0}))
