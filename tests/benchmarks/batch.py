"""What batches spare: a step of 1, 2, 4 and 8 pictures at once, by size.

InceptionV3 with random weights at ``mixed4``, or the network in the box (``--pocket``), on what
Keras finds. Times are of a step and picture, in ms; what counts is their ratio to that of a picture
alone. Beside them stand how many ``auto`` would take at once, if this were a graphics card, and a
limit: the network's multiply-adds over the rate at which this machine multiplies matrices.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from typing import Any

from limits import least_seconds
from tiles import network, picture

SIZES = ((200, 200), (270, 480), (540, 960))
BATCHES = (1, 2, 4, 8)


def pocket(precision: Any) -> Any:
    """The network in the box, at the layer that it dreams best at."""
    from dreamfolio.dream.backend.quiet import import_keras

    import_keras()
    from dreamfolio.dream.networks.load import load
    from dreamfolio.dream.networks.reference import NetworkReference
    from dreamfolio.dream.target import Target

    return load(NetworkReference(name="pocket"), (Target("stage3_3"),), precision=precision)


def milliseconds(net: Any, pixels: Any, count: int, steps: int) -> float:
    """Of a step and picture, of ``count`` pictures at once."""
    from dreamfolio.dream.commission import Commission
    from dreamfolio.dream.engine import dream_together
    from dreamfolio.dream.recipe import NAMED

    recipe = NAMED["octaves"].model_copy(update={"octaves": 1, "steps": steps})
    commissions = [Commission(pixels, recipe, seed) for seed in range(count)]
    began = time.perf_counter()
    dream_together(commissions, net, tile="none")
    return 1000 * (time.perf_counter() - began) / steps / count


def compare(net: Any, height: int, width: int, batches: Sequence[int], options: Any) -> None:
    """Print a line for each of ``batches``, taken in turn."""
    from dreamfolio.dream.tile_size import fitting

    pixels = picture(height, width)
    taken: dict[int, list[float]] = {count: [] for count in batches}
    for count in batches:  # What is to be compiled is.
        milliseconds(net, pixels, count, 1)
    for _ in range(options.rounds):
        for count, times in taken.items():
            times.append(milliseconds(net, pixels, count, options.steps))
    least = 1000 * least_seconds(net.model, height, width, options.precision)
    fit = fitting(net, height, width)
    print(f"{width}×{height}, in which {fit} fit at once, and the limit is {least:.1f} ms:")
    for count, times in taken.items():
        ratio = statistics.median(a / b for a, b in zip(times, taken[batches[0]], strict=True))
        print(f"  {count:2} at once {statistics.median(times):8.1f} ms   ratio {ratio:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pocket", action="store_true", help="the network in the box")
    parser.add_argument("--precision", default="float32", choices=["float32", "bfloat16"])
    parser.add_argument("--batches", type=int, nargs="+", default=BATCHES)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    net = (pocket if options.pocket else network)(options.precision)
    from dreamfolio.dream.device import describe_device

    print(describe_device(options.precision))
    for height, width in SIZES:
        compare(net, height, width, options.batches, options)


if __name__ == "__main__":
    main()
