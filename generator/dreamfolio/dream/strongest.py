"""``mixed4:strongest(8)``: a target whose channels each source chooses for itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.octaves import fit
from dreamfolio.dream.target import Strongest, Target, channel_target, parted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The long side, in pixels, that a picture is looked at with: what is in it can be told from that,
# and a large one need not be held in memory with all its activations.
_SIDE = 1024


def with_strongest(network: Network, pixels: NDArray[np.uint8]) -> Network:
    """``network`` toward the channels that ``pixels``, (height, width, 3 or 4), excite most.

    The network itself where no target asks for the strongest. Where a picture excites fewer than
    are asked for, the rest are taken in their own order: a plain one still dreams.
    """
    from dreamfolio.dream.loudest import loudest
    from dreamfolio.dream.resize import shrink

    if not any(isinstance(target.channels, Strongest) for target in network.targets):
        return network
    size = fit(_SIDE, *pixels.shape[:2])
    seen = shrink(pixels, *size) if network.accepts(*size) else pixels
    ranked = loudest(seen, network)
    targets = tuple(
        _settled(target, ranked[target.layer], int(output.shape[-1]))
        for target, output in zip(network.targets, network.model.outputs, strict=True)
    )
    # What is compiled for these channels serves every picture that chooses them.
    key = ("strongest", targets)
    if key not in network.steps:
        network.steps[key] = replace(network, targets=targets, steps={})
    settled: Network = network.steps[key]
    return settled


def chosen(asked: Network, settled: Network) -> list[str]:
    """The targets of ``settled`` that the picture chose the channels of: ``["mixed4:3,17"]`` where
    ``asked`` has ``mixed4:strongest(2)``."""
    pairs = zip(asked.targets, settled.targets, strict=True)
    return [now.layer for before, now in pairs if isinstance(before.channels, Strongest)]


def _settled(target: Target, ranked: tuple[int, ...], channels: int) -> Target:
    asked = target.channels
    if not isinstance(asked, Strongest):
        return target
    layer, _ = parted(target.layer)
    order = dict.fromkeys([*ranked, *range(channels)])
    taken = tuple(sorted(list(order)[: asked.count]))
    return Target(channel_target(layer, taken), target.weight)
