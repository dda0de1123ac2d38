"""What tiles cost and spare: memory of a huge dream, time beside the whole picture, and the error
of halos shorter than what a position sees.

InceptionV3 with random weights at ``mixed4``. Memory is the peak of a process of its own. The limit
is the network's multiply-adds over the rate at which this machine multiplies matrices.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from typing import Any

from limits import least_seconds

LAYER = "mixed4"


def network(precision: Any) -> Any:
    """InceptionV3 up to the layer."""
    from dreamfolio.dream.backend.quiet import import_keras

    import_keras()
    import keras

    from dreamfolio.dream.networks.cut import cut
    from dreamfolio.dream.networks.network import Network
    from dreamfolio.dream.target import Target

    keras.utils.set_random_seed(1)
    whole = keras.applications.InceptionV3(include_top=False, weights=None)
    part = cut(whole, [whole.get_layer(LAYER)], [None], LAYER, precision)
    return Network(LAYER, part, (Target(LAYER),), "tf", precision=precision)


def picture(height: int, width: int) -> Any:
    """Soft noise of bytes."""
    import numpy as np
    from PIL import Image

    small = np.random.default_rng(0).integers(0, 256, (height // 16, width // 16, 3), np.uint8)
    return np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC))


def dreamed(height: int, width: int, tile: Any, precision: str, steps: int, answer: Any) -> None:
    """One octave of ``steps`` steps; puts seconds a step and the peak in bytes into ``answer``."""
    from dreamfolio.dream.engine import dream
    from dreamfolio.dream.recipe import NAMED

    net, pixels = network(precision), picture(height, width)
    recipe = NAMED["octaves"].model_copy(update={"octaves": 1, "steps": steps})
    began = time.perf_counter()
    dream(pixels, recipe, net, seed=1, tile=tile)
    seconds = (time.perf_counter() - began) / steps
    answer.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024))


def alone(*arguments: Any) -> tuple[float, int]:
    """``dreamed`` in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=dreamed, args=(*arguments, answer))
    process.start()
    found: tuple[float, int] = answer.get()
    process.join()
    return found


def print_errors(height: int, width: int, side: int) -> None:
    """How far gradients of shorter halos stray from the whole picture's."""
    import numpy as np

    from dreamfolio.dream import backend
    from dreamfolio.dream.backend.adapter import PICTURE
    from dreamfolio.dream.objective import objective_of
    from dreamfolio.dream.pixels import to_dream
    from dreamfolio.dream.recipe import Recipe
    from dreamfolio.dream.tiled import TiledGradient

    net, start, recipe = network("float32"), to_dream(picture(height, width)), Recipe()
    objective = objective_of(net, recipe)
    gradient = backend.current().compile(
        lambda one: backend.current().gradient(objective, one), PICTURE
    )
    expected = np.asarray(gradient(start[None]))[0]
    for halo in (0.25, 0.5, 0.75, 1.0):
        tiled = TiledGradient(net, recipe, 0, height, width, side, halo)
        astray = np.abs(tiled(start) - expected).mean() / np.abs(expected).mean()
        print(f"halo {halo:4.0%} of what is seen: {len(tiled):3} tiles, error {astray:.1e}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precision", default="bfloat16")
    parser.add_argument("--steps", type=int, default=1)
    options = parser.parse_args()
    print(f"InceptionV3 at {LAYER}, {options.precision}")
    net = network(options.precision)
    for name, height, width, tile in (
        ("1920×1080, at once", 1080, 1920, "none"),
        ("1920×1080, tiles of 800", 1080, 1920, 800),
        ("3840×2160, auto", 2160, 3840, "auto"),
        ("7680×4320, auto", 4320, 7680, "auto"),
    ):
        seconds, peak = alone(height, width, tile, options.precision, options.steps)
        least = least_seconds(net.model, height, width, options.precision)
        print(
            f"{name:24} {seconds:8.1f} s a step, first one's tracing included (limit {least:.1f}), "
            f"{peak / 1e9:5.2f} GB at most"
        )
    print_errors(720, 1280, 600)


if __name__ == "__main__":
    main()
