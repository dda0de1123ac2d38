"""One dream's work: pixels, a recipe and a network in, the bytes of a picture out.

It is the same wherever it is done, and knows neither portfolio nor disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dreamfolio import __version__
from dreamfolio.dream.animation import Animation
from dreamfolio.dream.commission import Commission
from dreamfolio.dream.computing import Tile
from dreamfolio.dream.device import versions
from dreamfolio.dream.engine import dream, dream_together
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.motion import animate
from dreamfolio.dream.recipe import Recipe
from dreamfolio.errors import DreamError, PictureError, reason_with_type
from dreamfolio.pictures.animation import encode_animation
from dreamfolio.pictures.encode import encode
from dreamfolio.pictures.movie import encode_movie

if TYPE_CHECKING:
    from PIL import Image

    from dreamfolio.dream.climb import Checkpoints
    from dreamfolio.dream.morph import Pixels
    from dreamfolio.dream.networks.network import Network


@dataclass(frozen=True, slots=True)
class Format:
    """How a dream is encoded: as a file with ``suffix``, in the profile ``icc``, an animation's
    frames shown for ``durations`` ms each. ``told`` is what it says of itself but for the
    versions at work."""

    suffix: str
    told: Mapping[str, Any]
    icc: bytes | None = None
    durations: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a dream's bytes depend on, beside the network and what it computes on.

    ``picture`` is the source, ``pictures`` are those that the recipe names, by its field; RGB or
    RGBA, all.
    """

    picture: Image.Image
    pictures: Mapping[str, Image.Image]
    recipe: Recipe
    animation: Animation | None
    seed: int
    format: Format
    tile: Tile = "auto"


@dataclass(frozen=True, slots=True)
class Hears:
    """What hears of a dream on its way, and may ``stop`` it; see ``engine.dream_together``."""

    on_step: Callable[[int, int], None] = lambda done, total: None
    stop: Callable[[], bool] = lambda: False
    on_fewer: Callable[[int], None] = lambda count: None
    on_tile: Callable[[int], None] = lambda side: None
    on_skip: Callable[[int], None] = lambda octaves: None


def dreamed(
    work: Work, network: Network, hears: Hears, checkpoints: Checkpoints | None = None
) -> tuple[list[Image.Image], dict[str, str]]:
    """The dream, or the frames of its animation; and what else to record with the versions at work:
    which channels were the ``strongest``, where it was dreamed toward such. Raises as
    ``engine.dream`` does."""
    import numpy as np
    from PIL import Image

    chosen: dict[str, str] = {}

    def on_chosen(targets: Sequence[str]) -> None:
        if targets:
            chosen["strongest"] = " + ".join(targets)

    pixels = np.asarray(work.picture)
    common: dict[str, Any] = {
        "pictures": _pixels(work.pictures),
        "on_step": hears.on_step,
        "stop": hears.stop,
        "tile": work.tile,
        "on_tile": hears.on_tile,
        "on_skip": hears.on_skip,
        "on_chosen": on_chosen,
        "checkpoints": checkpoints,
    }
    if work.animation is not None:
        frames = animate(pixels, work.recipe, network, work.seed, work.animation, **common)
        return [Image.fromarray(frame) for frame in frames], chosen
    still = dream(pixels, work.recipe, network, work.seed, **common)
    return [Image.fromarray(still)], chosen


def dreamed_together(
    works: Sequence[Work], network: Network, hears: Hears, filled: int = 1
) -> list[Image.Image]:
    """The dreams of a batch without animations, which is ``filled`` up to so many. Raises as
    ``engine.dream_together`` does."""
    import numpy as np
    from PIL import Image

    stills = dream_together(
        [
            Commission(np.asarray(one.picture), one.recipe, one.seed, _pixels(one.pictures))
            for one in works
        ],
        network,
        on_step=hears.on_step,
        stop=hears.stop,
        tile=works[0].tile,
        on_fewer=hears.on_fewer,
        on_tile=hears.on_tile,
        on_skip=hears.on_skip,
        filled=filled,
    )
    return [Image.fromarray(still) for still in stills]


def encoded(format: Format, frames: list[Image.Image], at_work: Mapping[str, str]) -> bytes:
    """The file of what ``dreamed`` made with these versions ``at_work``.

    Raises PictureError where the format cannot hold it.
    """
    told = {**format.told, "versions": dict(at_work)}
    if format.durations is None:
        return encode(frames[0], format.suffix, told, format.icc)
    return encode_animation(frames, format.durations, told, format.icc)


def encoded_movie(
    format: Format, frames: list[Image.Image], at_work: Mapping[str, str]
) -> bytes | None:
    """The same as an MP4; None where it is no animation, or where none can be made (see
    ``encode_movie``). Raises PictureError where that fails."""
    if format.durations is None:
        return None
    told = {**format.told, "versions": dict(at_work)}
    try:
        return encode_movie(frames, format.durations, told, format.icc)
    except Exception as error:  # FFmpeg's errors are of many kinds.
        word = f"its MP4 could not be made ({reason_with_type(error)})"
        raise PictureError(word, mend="the animation is there without it") from error


def versions_at_work(network: Network) -> dict[str, str]:
    """The versions that a dream through ``network`` depends on, its precision among them."""
    here = {"dreamfolio": __version__, "look": str(LOOK), **versions()}
    return {**here, "precision": network.precision}


def _pixels(pictures: Mapping[str, Image.Image]) -> dict[str, Pixels]:
    import numpy as np

    return {field: np.asarray(picture) for field, picture in pictures.items()}


def explained(error: Exception) -> DreamError:
    """What to say of an error that no one foresaw: it costs the one dream."""
    said = DreamError(
        f"the dream failed: {reason_with_type(error)}",
        mend="try a smaller picture (recipe: {max_size: 1600}) if memory was short",
    )
    said.__cause__ = error
    return said
