"""Gradient ascent on a picture: one step, compiled, and a run of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dreamfolio.dream import backend
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.objective import objective_of
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.shaping import shaped
from dreamfolio.dream.target import PATCHWORK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def ascend(
    picture: NDArray[np.float32],
    recipe: Recipe,
    network: Network,
    rng: np.random.Generator,
    before_step: Callable[[], None] = lambda: None,
    *,
    seed: int = 0,
) -> NDArray[np.float32]:
    """``recipe.steps`` steps up the objective from ``picture``, (height, width, 3) in [-1, 1].

    Before each, the picture is rolled by a random shift of up to ``recipe.jitter`` pixels, and
    back after it, so that the grid of the network's strides leaves no trace. ``before_step`` may
    raise, to stop. ``seed`` lays out a patchwork of motifs.
    """
    from keras import ops

    # Only what is in the graph asks for another one.
    seed = seed if any(target.motif == PATCHWORK for target in network.targets) else 0
    step = _compiled_step(network, recipe, seed)
    dreaming = ops.convert_to_tensor(picture[None])
    for _ in range(recipe.steps):
        before_step()
        shift = rng.integers(-recipe.jitter, recipe.jitter + 1, size=2, dtype="int32")
        down, across = shift.tolist()
        dreaming = ops.roll(dreaming, (down, across), axis=(1, 2))
        dreaming = step(dreaming, recipe.step_size)
        dreaming = ops.roll(dreaming, (-down, -across), axis=(1, 2))
    result: NDArray[np.float32] = ops.convert_to_numpy(dreaming)[0]
    return result


def _compiled_step(network: Network, recipe: Recipe, seed: int) -> Callable[[Any, Any], Any]:
    key = (recipe.objective, recipe.smooth, recipe.chroma, seed)
    if key not in network.steps:
        step = _step(network, recipe, seed)
        network.steps[key] = backend.current().compile(step, backend.PICTURE, backend.NUMBER)
    compiled: Callable[[Any, Any], Any] = network.steps[key]
    return compiled


def _step(network: Network, recipe: Recipe, seed: int) -> Callable[[Any, Any], Any]:
    from keras import ops

    gradient_of = backend.current().gradient
    objective = objective_of(network, recipe, seed)

    def step(picture: Any, step_size: Any) -> Any:
        direction = shaped(gradient_of(objective, picture), recipe)
        return ops.clip(picture + direction * step_size, -1.0, 1.0)

    return step
