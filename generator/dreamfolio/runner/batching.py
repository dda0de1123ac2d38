"""Jobs in batches: those whose dreams climb alike are dreamed at once, where that pays."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dreamfolio.dream import backend
from dreamfolio.dream.batches import batch_size, climbing, parted
from dreamfolio.dream.computing import Computing
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.runner.jobs import Job, groups

if TYPE_CHECKING:
    from dreamfolio.dream.networks.network import Network


# Pixels of sources that may be decoded for a batch, while those of the next are, too: what is
# dreamed small may be large.
_DECODED = 1 << 26


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs that are dreamed at once. There it is ``filled`` up to so many, where a smaller number
    would have to be compiled for."""

    jobs: Sequence[Job]
    filled: int = 1


def batches(jobs: Sequence[Job], network: Network, computing: Computing) -> list[Batch]:
    """Jobs that share a loaded ``network`` as they are dreamed, in the order of the first of each.

    The stills of one recipe and size are together; animations are each by itself.
    """
    numbers = {id(job): number for number, job in enumerate(jobs)}
    found = []
    for alike in groups(jobs, _climbing):
        parts = parted(alike, min(_most(alike[0], network, computing), _decodable(alike)))
        size = len(parts[0])
        filled = size if backend.current().compiles_each_size else 1
        found += [Batch(part, filled) for part in parts]
    return sorted(found, key=lambda batch: numbers[id(batch.jobs[0])])


def _decodable(jobs: Sequence[Job]) -> int:
    largest = max(height * width for height, width in (job.size for job in jobs))
    return max(1, _DECODED // largest)


def _climbing(job: Job) -> Hashable:
    recipe = job.variant.recipe
    return climbing(recipe), octave_sizes(recipe, *job.size), job.variant.animation is None


def _most(job: Job, network: Network, computing: Computing) -> int:
    if job.variant.animation is not None:
        return 1
    recipe = job.variant.recipe
    height, width = octave_sizes(recipe, *job.size)[-1]
    return batch_size(network, recipe, height, width, computing.batch, computing.tile)
