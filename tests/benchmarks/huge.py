"""A whole dream of 8K, all its octaves, within some gigabytes; killed on the way, it goes on to the
same bytes.

InceptionV3 with random weights at ``mixed4``. Each dream is a process of its own, whose peak of
memory is told; decoding and encoding are not part of it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from tiles import network, picture

KEY = "huge"


def dreamed(options: argparse.Namespace, root: Path, dies: bool, answer: Any) -> None:
    """Dream, kept in ``root`` on the way; where it ``dies``, as soon as a step of the full size is
    kept. Puts seconds, the peak in bytes, the steps taken here, and the dream's digest."""
    import hashlib

    from dreamfolio.dream.engine import dream
    from dreamfolio.dream.octaves import octave_sizes
    from dreamfolio.dream.recipe import NAMED
    from dreamfolio.dream.stepping import InTiles
    from dreamfolio.runner import checkpoints

    class Kept(checkpoints.FileCheckpoints):
        def passing(self, octave: int, *arguments: Any) -> None:
            super().passing(octave, *arguments)
            if dies and octave == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    checkpoints.EVERY = 0.0
    net, pixels = network(options.precision), picture(options.height, options.width)
    base = NAMED["octaves"]
    octaves = len(octave_sizes(base, options.height, options.width))
    recipe = base.model_copy(update={"steps": (*[options.steps] * (octaves - 1), 2)})
    tiled, step = [], InTiles.step

    def counted(self: Any, *arguments: Any) -> Any:
        tiled.append(self.side)
        return step(self, *arguments)

    InTiles.step = counted  # type: ignore[method-assign]
    began = time.perf_counter()
    found = dream(pixels, recipe, net, seed=1, checkpoints=Kept(root, KEY, options.precision))
    answer.put(
        (
            time.perf_counter() - began,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            tiled,
            hashlib.sha256(found.tobytes()).hexdigest(),
        )
    )


def alone(options: argparse.Namespace, root: Path, dies: bool) -> Any:
    """``dreamed`` in a process of its own; None where that was killed."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=dreamed, args=(options, root, dies, answer))
    process.start()
    if dies:
        process.join()
        return None
    found = answer.get()
    process.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=7680)
    parser.add_argument("--height", type=int, default=4320)
    parser.add_argument("--precision", default="bfloat16")
    parser.add_argument("--steps", type=int, default=1, help="in each octave but the last, of two")
    options = parser.parse_args()
    print(f"{options.width}×{options.height}, InceptionV3 at mixed4, {options.precision}")
    with tempfile.TemporaryDirectory() as name:
        for root, what in (("whole", "undisturbed"), ("killed", "killed, and resumed")):
            if root == "killed":
                alone(options, Path(name, root), dies=True)
                kept = sum(file.stat().st_size for file in Path(name, root).rglob("*.npz"))
                print(f"killed with {kept / 1e6:.0f} MB kept")
            seconds, peak, tiled, digest = alone(options, Path(name, root), dies=False)
            sides = f"{len(tiled)} steps in tiles of {min(tiled)} to {max(tiled)}" if tiled else ""
            print(f"{what:20} {seconds:7.1f} s {peak / 1e9:5.2f} GB {sides} {digest[:16]}")


if __name__ == "__main__":
    main()
