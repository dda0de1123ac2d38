"""The climb from the smallest octave to the pictures themselves, detail put back on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from dreamfolio.dream.ascent import ascend
from dreamfolio.dream.computing import Tile
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.recipe import Recipe, at_octave
from dreamfolio.dream.retreating import Retreating

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Give = Callable[[], NDArray[np.float32]]


@dataclass(frozen=True)
class Reached:
    """How far a dream has come: so many steps of the ``octave``, numbered from the full size down,
    and the picture then, (height, width, 3) float32.

    ``states`` are those that its animation has gone through by then, (height, width, 3 or 4) uint8.
    """

    octave: int
    steps: int
    picture: NDArray[np.float32]
    states: Sequence[NDArray[np.uint8]] = ()


class Checkpoints(Protocol):
    """Where a long dream is kept on its way."""

    def last(self) -> Reached | None:
        """What was kept of this very dream; None to begin with its beginning."""

    def passing(
        self, octave: int, steps: int, of: int, give: Give, states: Sequence[NDArray[np.uint8]] = ()
    ) -> None:
        """So many ``steps`` are done ``of`` all that the octave has; ``give`` the picture, where it
        is to be kept. The ``states`` begin with those of last time."""


@dataclass(frozen=True)
class Watch:
    """Who hears of a climb, and may end it by raising: before each step and each tile; and where
    it goes back to so many pictures at a time, or to tiles of so many pixels, for want of memory.

    ``after_step`` hears the octave, of how many steps it is, how many are taken, and may ask for
    the pictures. ``left`` is where an earlier climb of one picture was left, to go on from there.
    """

    before_step: Callable[[], None]
    before_tile: Callable[[], None]
    on_fewer: Callable[[int], None]
    on_tile: Callable[[int], None]
    after_step: Callable[[int, int, int, Give], None] = lambda octave, of, steps, give: None
    left: Reached | None = None


def climb(
    sources: NDArray[np.float32],
    sizes: Sequence[tuple[int, int]],
    recipe: Recipe,
    network: Network,
    seeds: Sequence[int],
    tile: Tile,
    watch: Watch,
) -> NDArray[np.float32]:
    """Dream ``sources``, (n, height, width, 3) in [-1, 1], at each of ``sizes`` that the network
    can take, smallest first; the last is the sources' own. Each has its own of ``seeds``; a
    patchwork has the first."""
    import numpy as np

    from dreamfolio.dream.pull import pull_toward
    from dreamfolio.dream.resize import resize

    taken = [size for size in sizes if network.accepts(*size)]
    left = watch.left
    stepping = Retreating(
        network,
        recipe,
        seeds[0],
        tile,
        whole=sizes[-1],
        before_tile=watch.before_tile,
        on_fewer=watch.on_fewer,
        on_tile=watch.on_tile,
    )
    pictures = former = resize(sources, *taken[0])
    # Numbered from the full size down: one octave more leaves the others their jitter.
    for octave, size in zip(reversed(range(len(taken))), taken, strict=True):
        here = recipe.at(len(sizes) - 1 - octave)
        steps, first = at_octave(here.steps, 0), 0
        if left and octave > left.octave:
            _pass_over(steps, watch)
            continue
        base = resize(sources, *size)
        if left and octave == left.octave:
            pictures, first = left.picture[None], left.steps
            _pass_over(first, watch)
        else:
            # Only now, so that no detail is held beside the last octave, which is large. At hard
            # edges a shrunk source overshoots, and what is clipped of it counts as dreamed: some
            # levels along them, which no eye tells from the dream. To spare them would change every
            # picture, so it waits until the look is raised for another reason.
            dreamed = pictures - former if recipe.detail else pictures
            pictures = resize(dreamed, *size)
            pictures = np.clip(base + pictures if recipe.detail else pictures, -1, 1)
            del dreamed
        former = base
        pictures = ascend(
            pictures,
            here,
            stepping,
            [np.random.default_rng((seed, octave)) for seed in seeds],
            watch.before_step,
            pulled=pull_toward(base, here),
            first=first,
            after_step=partial(watch.after_step, octave, steps),
        )
    return pictures


def _pass_over(steps: int, watch: Watch) -> None:
    """Count steps that an earlier climb took."""
    for _ in range(steps):
        watch.before_step()
