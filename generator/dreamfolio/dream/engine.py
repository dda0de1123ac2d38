"""DeepDream: a picture and a recipe in, a picture out.

The method is that of Mordvintsev, Olah and Tyka, "Inceptionism" (2015): gradient ascent on the
picture toward what excites a network's layers, from the smallest octave to the picture itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from dreamfolio.dream.computing import Tile
from dreamfolio.dream.counting import Counting
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.dream.recipe import Recipe, at_octave
from dreamfolio.errors import DreamError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dreamfolio.dream.climb import Checkpoints, Give


def dream(
    pixels: NDArray[np.uint8],
    recipe: Recipe,
    network: Network,
    seed: int,
    *,
    pictures: Mapping[str, NDArray[np.uint8]] = MappingProxyType({}),
    on_step: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
    tile: Tile = "auto",
    on_tile: Callable[[int], None] = lambda side: None,
    on_skip: Callable[[int], None] = lambda octaves: None,
    checkpoints: Checkpoints | None = None,
    on_state: Callable[[Give], None] = lambda give: None,
) -> NDArray[np.uint8]:
    """Dream ``pixels``, (height, width, 3 or 4) in RGB or RGBA, by ``recipe`` toward ``network``.

    The result has the same shape, unless ``recipe.max_size`` shrinks it; alpha is carried over
    untouched. The same ``seed`` (0 or more) gives the same jitter and patchwork; the recipe's own
    goes before it. ``pictures`` are those that the recipe names, by field, as ``pixels`` are but of
    any size. ``on_step`` hears how many steps are done, out of ``steps_of``; ``stop`` is asked
    before each, and before each tile. ``tile`` is as in ``Computing``; ``on_tile`` hears of smaller
    tiles that a lack of memory makes it go back to, ``on_skip`` of how many octaves are too small
    for the network. ``checkpoints`` keep it on its way, to go on from there; ``on_state`` may ask
    for the picture after each step, float32 in [-1, 1] at the octave's size. Raises Stopped, and
    DreamError where the picture is too small for the network or the dream fails.
    """
    import numpy as np

    from dreamfolio.dream.climb import Watch, climb
    from dreamfolio.dream.mask import dream_mask
    from dreamfolio.dream.pixels import to_dream
    from dreamfolio.dream.resize import shrink

    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (3, 4):
        raise ValueError(f"pixels are {pixels.dtype} {pixels.shape}, not uint8 (H, W, 3 or 4)")
    sizes = octave_sizes(recipe, *pixels.shape[:2])
    pixels = shrink(pixels, *sizes[-1])
    total = steps_of(recipe, *pixels.shape[:2])
    if total == 0:
        return pixels.copy()
    check_size(network, *sizes[-1])
    skipped = sum(not network.accepts(*size) for size in sizes)
    done = sum(at_octave(recipe.steps, octave) for octave in range(skipped))
    if skipped:
        on_skip(skipped)

    counting = Counting(done, total, on_step, stop)

    def after_step(octave: int, steps: int, give: Give) -> None:
        if checkpoints:
            checkpoints.passing(octave, steps, give)
        on_state(give)

    # A seed that can change nothing is no part of the key, and must not change a patchwork either.
    seed = recipe.canonical().get("seed", seed)
    recipe, network = settled(recipe, network, pixels, pictures)
    source = to_dream(pixels[..., :3])
    left = checkpoints.last() if checkpoints else None
    watch = Watch(counting.before_step, counting.before_tile, on_tile, after_step, left)
    picture = climb(source, sizes, recipe, network, seed, tile, watch)
    if not np.isfinite(picture).all():
        raise DreamError(
            f"the dream of {_layers(network)} ended in numbers that are none",
            mend="choose other layers, or look whether the network's weights are whole",
        )
    on_step(total, total)
    del source  # It is made again there: of what is large, two are one too many.
    region = dream_mask(pixels, recipe.mask, pictures.get("mask"))
    return finished(pixels, picture, region, recipe)


def settled(
    recipe: Recipe,
    network: Network,
    pixels: NDArray[np.uint8],
    pictures: Mapping[str, NDArray[np.uint8]],
) -> tuple[Recipe, Network]:
    """Recipe and network as they dream ``pixels``: what they leave to the pictures is known."""
    from dreamfolio.dream.guide import toward
    from dreamfolio.dream.strongest import with_strongest

    if recipe.color == "keep":
        recipe = recipe.model_copy(update={"chroma": 0.0})
    network = with_strongest(network, pixels)
    if recipe.guide is not None:
        network = toward(network, pictures["guide"])
        recipe = recipe.model_copy(update={"objective": "mean"})
    return recipe, network


def finished(
    pixels: NDArray[np.uint8],
    picture: NDArray[np.float32],
    region: NDArray[np.float32],
    recipe: Recipe,
) -> NDArray[np.uint8]:
    """``pixels``, (height, width, 3 or 4), with what was dreamed of them over them: ``picture``,
    (height, width, 3) in [-1, 1], where ``region``, (height, width) in [0, 1], lets it show."""
    import numpy as np

    from dreamfolio.dream.colour import coloured
    from dreamfolio.dream.mask import blend
    from dreamfolio.dream.pixels import from_dream, to_dream

    source = to_dream(pixels[..., :3])
    dreamed = from_dream(coloured(source, picture, region, recipe.color))
    if recipe.mask != "none" or recipe.strength < 1:
        dreamed = blend(pixels[..., :3], dreamed, region, recipe.strength)
    return np.concatenate([dreamed, pixels[..., 3:]], axis=-1)


def steps_of(recipe: Recipe, height: int, width: int) -> int:
    """How many steps a dream of a picture of this size takes, octaves skipped as too small
    included."""
    octaves = len(octave_sizes(recipe, height, width))
    return sum(at_octave(recipe.steps, octave) for octave in range(octaves))


def check_size(network: Network, height: int, width: int) -> None:
    """Raise DreamError where a picture of this size does not reach the network's targets."""
    if not network.accepts(height, width):
        raise DreamError(
            f"a picture of {width} × {height} pixels does not reach {_layers(network)} of "
            f"{network.label}",
            mend="choose a less deep layer, or a larger picture",
        )


def _layers(network: Network) -> str:
    return " and ".join(target.layer for target in network.targets)
