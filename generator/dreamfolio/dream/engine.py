"""DeepDream: pictures and a recipe in, pictures out.

The method is that of Mordvintsev, Olah and Tyka, "Inceptionism" (2015): gradient ascent on the
picture toward what excites a network's layers, from the smallest octave to the picture itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from dreamfolio.dream.batches import common_recipe
from dreamfolio.dream.commission import Commission
from dreamfolio.dream.computing import Tile
from dreamfolio.dream.counting import Counting
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.dream.recipe import Recipe, at_octave
from dreamfolio.dream.room import check_memory
from dreamfolio.errors import DreamError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dreamfolio.dream.climb import Checkpoints, Give, Reached


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
    on_chosen: Callable[[Sequence[str]], None] = lambda targets: None,
    checkpoints: Checkpoints | None = None,
) -> NDArray[np.uint8]:
    """Dream ``pixels``, (height, width, 3 or 4) in RGB or RGBA, by ``recipe`` toward ``network``.

    ``seed`` and ``pictures`` are as in ``Commission``, all else is as ``dream_together`` has it.
    ``checkpoints`` keep the dream on its way, to go on from there.
    """

    def after_step(octave: int, of: int, steps: int, give: Give) -> None:
        def give_one() -> NDArray[np.float32]:
            one: NDArray[np.float32] = give()[0]
            return one

        if checkpoints:
            checkpoints.passing(octave, steps, of, give_one)

    [dreamed] = dream_together(
        [Commission(pixels, recipe, seed, pictures)],
        network,
        on_step=on_step,
        stop=stop,
        tile=tile,
        on_tile=on_tile,
        on_skip=on_skip,
        on_chosen=on_chosen,
        after_step=after_step,
        left=checkpoints.last() if checkpoints else None,
    )
    return dreamed


def dream_together(
    commissions: Sequence[Commission],
    network: Network,
    *,
    on_step: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
    tile: Tile = "auto",
    on_fewer: Callable[[int], None] = lambda count: None,
    on_tile: Callable[[int], None] = lambda side: None,
    on_skip: Callable[[int], None] = lambda octaves: None,
    on_chosen: Callable[[Sequence[str]], None] = lambda targets: None,
    after_step: Callable[[int, int, int, Give], None] = lambda octave, of, steps, give: None,
    left: Reached | None = None,
    filled: int = 1,
) -> list[NDArray[np.uint8]]:
    """Dream pictures that climb alike (see ``batches``) toward ``network``, in one batch: each as
    by itself, but for rounding.

    The results have the pictures' shapes, unless ``recipe.max_size`` shrinks them; alpha is carried
    over untouched. ``on_step`` hears how many steps of each are done, out of ``steps_of``; ``stop``
    is asked before each, and before each tile. ``tile`` is as in ``Computing``; ``on_fewer`` hears
    of fewer pictures at a time, ``on_tile`` of smaller tiles that a lack of memory makes it go back
    to, ``on_skip`` of how many octaves are too small for the network, ``on_chosen`` of the targets
    whose channels the picture chose. ``after_step`` and ``left`` are as in ``Watch``. A batch is
    ``filled`` up to so many, for backends that compile for each number. Raises Stopped, and
    DreamError where the pictures are too small for the network or a dream fails.
    """
    import numpy as np

    from dreamfolio.dream.climb import Watch, climb
    from dreamfolio.dream.mask import dream_mask
    from dreamfolio.dream.pixels import to_dream
    from dreamfolio.dream.strongest import chosen

    recipe = common_recipe(commissions)
    sizes = octave_sizes(recipe, *commissions[0].pixels.shape[:2])
    filling = [commissions[-1]] * (filled - len(commissions))
    all_pixels = [_pixels(one, *sizes[-1]) for one in [*commissions, *filling]]
    total = steps_of(recipe, *sizes[-1])
    if total == 0:
        return [pixels.copy() for pixels in all_pixels[: len(commissions)]]
    check_size(network, *sizes[-1])
    check_memory(network, *sizes[-1], tile)
    skipped = sum(not network.accepts(*size) for size in sizes)
    done = sum(at_octave(recipe.steps, octave) for octave in range(skipped))
    if skipped:
        on_skip(skipped)

    asked = network
    recipe, network = settled(recipe, network, all_pixels[0], commissions[0].pictures)
    on_chosen(chosen(asked, network))
    sources = np.stack([to_dream(pixels[..., :3]) for pixels in all_pixels])
    seeds = [one.own_seed for one in [*commissions, *filling]]
    counting = Counting(done, total, on_step, stop)
    watch = Watch(counting.before_step, counting.before_tile, on_fewer, on_tile, after_step, left)
    dreamed = climb(sources, sizes, recipe, network, seeds, tile, watch)
    if not np.isfinite(dreamed).all():
        raise DreamError(
            f"the dream of {_layers(network)} ended in numbers that are none",
            mend="choose other layers, or look whether the network's weights are whole",
        )
    on_step(total, total)
    del sources  # They are made again there: of what is large, two are one too many.
    results = []
    for one, pixels, picture in zip(commissions, all_pixels, dreamed, strict=False):
        region = dream_mask(pixels, one.recipe.mask, one.pictures.get("mask"))
        results.append(finished(pixels, picture, region, one.recipe))
    return results


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


def _pixels(one: Commission, height: int, width: int) -> NDArray[np.uint8]:
    import numpy as np

    from dreamfolio.dream.resize import shrink

    pixels = one.pixels
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (3, 4):
        raise ValueError(f"pixels are {pixels.dtype} {pixels.shape}, not uint8 (H, W, 3 or 4)")
    return shrink(pixels, height, width)


def _layers(network: Network) -> str:
    return " and ".join(target.layer for target in network.targets)
