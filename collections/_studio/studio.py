"""The studio that this portfolio's renders are made in: a black room, lamps, a camera, Cycles.

A scene script describes its objects and its shots, and leaves the rest to `run`. It needs Blender
as a Python module (`pip install bpy==5.0.1`, Python 3.11); nothing else in this repository does.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import bpy
from mathutils import Vector

Point = tuple[float, float, float]
Colour = tuple[float, float, float]
"""Linear light: red, green and blue, each from 0 to 1."""

SIZE = (1600, 900)


@dataclass(frozen=True)
class Lamp:
    """A softbox at ``at`` that looks at ``to``: ``size`` across in metres, ``watts`` strong."""

    at: Point
    watts: float
    size: float = 2.0
    colour: Colour = (1.0, 1.0, 1.0)
    to: Point = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Shot:
    """Where a piece is seen from. ``lens`` in millimetres on a film of 36; ``f_stop`` None leaves
    everything sharp, else what lies at ``focus`` (by default ``to``) is; ``roll`` in degrees."""

    at: Point
    to: Point = (0.0, 0.0, 0.0)
    lens: float = 50.0
    roll: float = 0.0
    f_stop: float | None = None
    focus: Point | None = None
    lamps: tuple[Lamp, ...] = field(default=())
    exposure: float = 0.0


def run(folder: Path, shots: Mapping[str, Shot], build: Callable[[str], None]) -> None:
    """Render the pieces that the command line asks for. ``build`` puts the objects of the piece
    it is given the name of into an empty scene."""
    asked = _arguments(shots)
    for piece in shots if asked.piece == "all" else [asked.piece]:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        _black_room()
        build(piece)
        shot = shots[piece]
        _camera(shot)
        for lamp in shot.lamps:
            _lamp(lamp)
        _cycles(asked.samples, asked.width, asked.threads, shot.exposure)
        _render((asked.out or folder) / f"{piece}.png")


def _arguments(shots: Mapping[str, Shot]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Render the pieces of this collection.")
    parser.add_argument("--piece", choices=[*shots, "all"], default="all")
    parser.add_argument("--samples", type=int, default=32, help="paths a pixel (default: 32)")
    parser.add_argument("--width", type=int, default=SIZE[0], help="pixels (default: 1600)")
    parser.add_argument("--threads", type=int, default=0, help="default: all cores")
    parser.add_argument("--out", type=Path, help="folder (default: this collection)")
    return parser.parse_args()


def _black_room() -> None:
    world = bpy.data.worlds.new("black")
    bpy.context.scene.world = world
    world.color = (0.0, 0.0, 0.0)
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.0


def _turned_to(thing: bpy.types.Object, at: Point, to: Point, roll: float = 0.0) -> None:
    thing.location = at
    looking = (Vector(to) - Vector(at)).to_track_quat("-Z", "Y")
    thing.rotation_euler = looking.to_euler()
    thing.rotation_euler.rotate_axis("Z", math.radians(roll))


def _camera(shot: Shot) -> None:
    data = bpy.data.cameras.new("camera")
    data.lens = shot.lens
    camera = bpy.data.objects.new("camera", data)
    bpy.context.collection.objects.link(camera)
    bpy.context.scene.camera = camera
    _turned_to(camera, shot.at, shot.to, shot.roll)
    if shot.f_stop is not None:
        data.dof.use_dof = True
        data.dof.aperture_fstop = shot.f_stop
        data.dof.focus_distance = (Vector(shot.focus or shot.to) - Vector(shot.at)).length


def _lamp(lamp: Lamp) -> None:
    data = bpy.data.lights.new("lamp", "AREA")
    data.energy, data.size, data.color = lamp.watts, lamp.size, lamp.colour
    thing = bpy.data.objects.new("lamp", data)
    bpy.context.collection.objects.link(thing)
    _turned_to(thing, lamp.at, lamp.to)
    # A lamp lights the scene and is itself never seen: the room stays black.
    thing.visible_camera = False


def _cycles(samples: int, width: int, threads: int, exposure: float) -> None:
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.seed = 1
    cycles.samples = samples
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = 0.06
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.max_bounces = 6
    cycles.sample_clamp_indirect = 4.0
    render = scene.render
    render.resolution_x, render.resolution_y = width, round(width * SIZE[1] / SIZE[0])
    render.resolution_percentage = 100
    render.dither_intensity = 0.0  # Black is 0, not now and then 1.
    if threads:
        render.threads_mode, render.threads = "FIXED", threads
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"
    scene.view_settings.exposure = exposure
    render.image_settings.file_format = "PNG"
    render.image_settings.color_mode = "RGB"
    render.image_settings.color_depth = "8"
    render.image_settings.compression = 100
    # How it was made is told in the picture, and nothing of the machine that it was made on.
    for told in ("filename", "hostname", "memory", "marker", "note", "sequencer_strip"):
        setattr(render, f"use_stamp_{told}", False)
    for told in ("date", "render_time", "camera"):
        setattr(render, f"use_stamp_{told}", True)
    render.metadata_input = "SCENE"


def _render(path: Path) -> None:
    bpy.context.scene.render.filepath = str(path.resolve())
    bpy.ops.render.render(write_still=True)
