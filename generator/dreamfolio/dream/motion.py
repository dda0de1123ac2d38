"""The frames of an animation: a picture dreamed by a recipe, and its way there or beyond."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from dreamfolio.dream import engine
from dreamfolio.dream.animation import Animation
from dreamfolio.dream.computing import Tile
from dreamfolio.dream.counting import Counting
from dreamfolio.dream.engine import dream, finished, settled
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.dream.recipe import Recipe, at_octave

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dreamfolio.dream.climb import Checkpoints, Give, Reached

    Pixels = NDArray[np.uint8]

# States of an ascent that are looked at, at most: more would eat memory, and no eye tells them.
_MOST_STATES = 240

# Octaves number their jitter from 0 on; a dive's is its own.
_DIVE = 1 << 16

BEYOND = -1
"""What a dive is numbered as among the octaves, which are from the full size, 0, down."""


def animate(
    pixels: Pixels,
    recipe: Recipe,
    network: Network,
    seed: int,
    animation: Animation,
    *,
    pictures: Mapping[str, Pixels] = MappingProxyType({}),
    on_step: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
    tile: Tile = "auto",
    on_tile: Callable[[int], None] = lambda side: None,
    on_skip: Callable[[int], None] = lambda octaves: None,
    on_chosen: Callable[[Sequence[str]], None] = lambda targets: None,
    checkpoints: Checkpoints | None = None,
) -> list[Pixels]:
    """The frames of ``animation``, ``animation.size`` each, in their order, to be looped.

    All else is as ``engine.dream`` has it. A morph goes from the source through states of the very
    ascent that makes the still to that still, and back; a zoom dives from the still onward, which
    ``checkpoints`` see as one more octave, of a step a frame.
    """
    from dreamfolio.dream.climb import Reached
    from dreamfolio.dream.morph import evenly, forth_and_back
    from dreamfolio.dream.pixels import to_dream
    from dreamfolio.dream.resize import shrink
    from dreamfolio.dream.strongest import chosen

    height, width = pixels.shape[:2]
    total = steps_of(recipe, height, width, animation)
    pixels = shrink(pixels, *octave_sizes(recipe, height, width)[-1])
    screen = _Screen(pixels, recipe, pictures, animation)
    if animation.kind == "zoom":
        engine.check_size(network, *screen.size)
    own = engine.steps_of(recipe, height, width)
    left = checkpoints.last() if checkpoints else None
    if left is None or left.octave != BEYOND:
        every = math.ceil(max(1, own) / _MOST_STATES) if animation.kind == "morph" else None
        passed = _Passed(screen, every, checkpoints, left)

        def before_step(done: int, _: int) -> None:
            passed.done = done
            on_step(done, total)

        still = dream(
            pixels,
            recipe,
            network,
            seed,
            pictures=pictures,
            on_step=before_step,
            stop=stop,
            tile=tile,
            on_tile=on_tile,
            on_skip=on_skip,
            on_chosen=on_chosen,
            checkpoints=passed,
        )
        last = shrink(still, *screen.size)
        if animation.kind == "morph":
            states = [screen.pixels, *passed.states, last]
            return forth_and_back(evenly(states, animation.frames // 2 + 1))
        left = Reached(BEYOND, 0, to_dream(last), [last])

    counting = Counting(own, total, on_step, stop)
    seed = recipe.canonical().get("seed", seed)
    asked = network
    recipe, network = settled(recipe, network, pixels, pictures)
    # A dive that goes on where it was left has dreamed no still that told of them.
    on_chosen(chosen(asked, network))
    dive = _Dive(screen, recipe, network, seed, tile, counting, on_tile)
    frames = dive.frames(left, animation.frames, checkpoints)
    on_step(total, total)
    return frames


def steps_of(recipe: Recipe, height: int, width: int, animation: Animation | None = None) -> int:
    """How many steps a dream of a picture of this size takes, or its animation."""
    own = engine.steps_of(recipe, height, width)
    if animation is None or animation.kind != "zoom":
        return own
    from dreamfolio.dream.zoom import STEPS, fading

    return own + (animation.frames + fading(animation.frames) - 1) * STEPS


class _Screen:
    """The picture at the size of the frames."""

    def __init__(
        self,
        pixels: Pixels,
        recipe: Recipe,
        pictures: Mapping[str, Pixels],
        animation: Animation,
    ):
        import numpy as np
        from PIL import Image

        from dreamfolio.dream.mask import dream_mask
        from dreamfolio.dream.pixels import to_dream
        from dreamfolio.dream.resize import shrink

        self.size = animation.size(*pixels.shape[:2])
        self.pixels = shrink(pixels, *self.size)
        self._recipe = recipe
        self._whole = to_dream(pixels[..., :3])
        self._source = to_dream(self.pixels[..., :3])
        mask = Image.fromarray(dream_mask(pixels, recipe.mask, pictures.get("mask")))
        # Averaged, so that what no dream touches in the picture none touches here.
        self.region = np.asarray(mask.resize(self.size[::-1], Image.Resampling.BOX))

    def shown(self, picture: NDArray[np.float32]) -> Pixels:
        """A state of the ascent, at whatever octave's size: what is dreamed by then over the
        source, which keeps its detail."""
        import numpy as np

        from dreamfolio.dream.resize import resize

        dreamed = picture - resize(self._whole, *picture.shape[:2])
        picture = np.clip(self._source + resize(dreamed, *self.size), -1, 1)
        return finished(self.pixels, picture, self.region, self._recipe)


class _Passed:
    """The states that an ascent passes, one each ``every`` steps, where that is asked for. As the
    ascent's checkpoints it sees them, and has them kept with it."""

    def __init__(
        self,
        screen: _Screen,
        every: int | None,
        checkpoints: Checkpoints | None,
        left: Reached | None,
    ):
        self.states = list(left.states) if left else []
        self.done = 0
        self._screen = screen
        self._every = every
        self._checkpoints = checkpoints
        self._left = left

    def last(self) -> Reached | None:
        return self._left

    def passing(
        self, octave: int, steps: int, of: int, give: Give, states: Sequence[Pixels] = ()
    ) -> None:
        if self._every and (self.done + 1) % self._every == 0:
            self.states.append(self._screen.shown(give()))
        if self._checkpoints:
            self._checkpoints.passing(octave, steps, of, give, self.states)


class _Dive:
    """Dreaming on while drawing nearer."""

    def __init__(
        self,
        screen: _Screen,
        recipe: Recipe,
        network: Network,
        seed: int,
        tile: Tile,
        counting: Counting,
        on_tile: Callable[[int], None],
    ):
        import numpy as np

        from dreamfolio.dream.retreating import Retreating
        from dreamfolio.dream.zoom import SHARE, STEPS

        octaves = len(octave_sizes(recipe, *screen.size))
        here = recipe.at(octaves - 1)
        size = at_octave(here.step_size, 0) * SHARE
        self._recipe = here.model_copy(update={"steps": STEPS, "step_size": size})
        self._region = screen.region[..., None]
        self._rng = np.random.default_rng((seed, _DIVE))
        self._before_step = counting.before_step
        self._stepping = Retreating(
            network, self._recipe, seed, tile, before_tile=counting.before_tile, on_tile=on_tile
        )

    def frames(self, left: Reached, count: int, checkpoints: Checkpoints | None) -> list[Pixels]:
        """A loop of ``count`` frames that begins near the first state of ``left``, where an earlier
        dive was left, or this one begins."""
        import numpy as np

        from dreamfolio.dream.pixels import from_dream
        from dreamfolio.dream.zoom import STEPS, closed, fading, middle, nearer

        at = middle(self._region[..., 0])
        picture, region, states = left.picture, self._region, list(left.states)
        last = count + fading(count) - 1
        for frame in range(1, last + 1):
            region = np.clip(nearer(region, at), 0, 1)
            if frame <= left.steps:
                for _ in range(STEPS):
                    self._before_step()
                # Nothing but the jitter is drawn, so that the next frame has its own.
                self._dreamed_on(picture[..., :3], region, first=STEPS)
                continue
            picture = nearer(picture, at)
            picture[..., :3] = self._dreamed_on(np.clip(picture[..., :3], -1, 1), region)
            states.append(from_dream(picture))
            if checkpoints:
                checkpoints.passing(BEYOND, frame, last, partial(np.copy, picture), states)
        return closed(states, count)

    def _dreamed_on(
        self, picture: NDArray[np.float32], region: NDArray[np.float32], first: int = 0
    ) -> NDArray[np.float32]:
        from dreamfolio.dream.ascent import ascend
        from dreamfolio.dream.colour import coloured
        from dreamfolio.dream.pull import pull_toward

        (dreamed,) = ascend(
            picture[None],
            self._recipe,
            self._stepping,
            [self._rng],
            self._before_step,
            pulled=pull_toward(picture[None], self._recipe),
            first=first,
        )
        dreamed = coloured(picture, dreamed, region[..., 0], self._recipe.color)
        on: NDArray[np.float32] = picture + region * self._recipe.strength * (dreamed - picture)
        return on
