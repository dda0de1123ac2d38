"""The page of a contact sheet: whole in itself, and readable from a folder without a server."""

from __future__ import annotations

import math
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dreamfolio import __version__
from dreamfolio.explore.exploration import Exploration, Stage, Tile
from dreamfolio.explore.folder import MARK, tile_file
from dreamfolio.explore.lines import as_flow, as_lines, variant_written
from dreamfolio.explore.words import depth_of, facts_of, looked_at, name_of

if TYPE_CHECKING:
    import jinja2

# Below ``variants:`` in a manifest as ``dreamfolio new`` and everybody writes it.
_INDENT = 6
REFRESH_SECONDS = 4


@dataclass(frozen=True, slots=True)
class _Shown:
    """A tile as the template takes it."""

    target: str
    name: str
    percent: int | None
    facts: str
    lines: str
    picture: str | None
    problem: str | None


def page(
    exploration: Exploration,
    tiles: Sequence[Tile],
    stage: Stage,
    source: str,
    size: tuple[int, int],
) -> bytes:
    """The page of ``tiles`` as far as they have come. ``source`` is the file name of the
    source's small picture and ``size`` its width and height in pixels, which all tiles share."""
    subject = exploration.subject
    return (
        _environment()
        .get_template("sheet.html.j2")
        .render(
            mark=MARK,
            version=__version__,
            picture=subject.picture.name,
            collection=subject.collection.title if subject.collection else None,
            network=exploration.network.label,
            looked_at=looked_at(exploration, tiles),
            recipe=_recipe(exploration),
            source=source,
            width=size[0],
            height=size[1],
            room=_room(size),
            tiles=[_shown(tile, exploration) for tile in tiles],
            done=sum(tile.picture is not None or tile.problem is not None for tile in tiles),
            stage=stage.value,
            refresh=REFRESH_SECONDS,
            frame=_frame(exploration),
            command=write_command(exploration, "NAME,NAME") if subject.collection else None,
        )
        .encode("utf-8", "replace")
    )


def lines_of(exploration: Exploration, target: str) -> str:
    """The manifest lines of a variant that shows ``target``, a layer, a single channel or a motif,
    to be put below ``variants:``."""
    subject = exploration.subject
    written = variant_written(
        target,
        exploration.network,
        subject.defaults.network if subject.collection else None,
        subject.picture.parent if subject.collection else None,
        exploration.written,
    )
    return as_lines([written], _INDENT)


def write_command(exploration: Exploration, names: str) -> str:
    """What writes such lines into the collection's manifest, wherever one is on this machine."""
    subject, network = exploration.subject, exploration.network
    words = ["dreamfolio", "explore", str(subject.picture)]
    if network != subject.defaults.network:
        words += ["--model", str(network.file or network.name)]
        words += ["--preprocess", network.preprocess] if network.preprocess else []
    if exploration.written is not None:
        asked = exploration.written
        words += ["--recipe", asked if isinstance(asked, str) else as_flow(asked)[1:-1]]
    return shlex.join([*words, "--write", names])


def _shown(tile: Tile, exploration: Exploration) -> _Shown:
    return _Shown(
        target=tile.layer.name,
        name=name_of(tile, exploration),
        percent=depth_of(tile, exploration),
        facts=facts_of(tile, exploration),
        lines=lines_of(exploration, tile.layer.name),
        picture=tile_file(tile) if tile.picture is not None else None,
        problem=tile.problem,
    )


def _frame(exploration: Exploration) -> str:
    """The lines that a variant's stand below."""
    piece = as_lines([{"source": exploration.subject.picture.name}], 2)
    return f"pieces:\n{piece}    variants:\n"


def _recipe(exploration: Exploration) -> str:
    asked = exploration.recipe_asked
    return asked if isinstance(asked, str) else as_flow(asked)


def _room(size: tuple[int, int]) -> float:
    """The least width of a tile, in rem, so that tiles of any shape are about equally large."""
    return round(min(max(14 * math.sqrt(size[0] / size[1]), 9), 30), 1)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("dreamfolio.explore"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
