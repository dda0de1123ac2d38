"""What a network's layers make of a picture as it is, before any dream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dreamfolio.dream.networks.network import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def look(pixels: NDArray[np.uint8], network: Network) -> list[Any]:
    """The activations of each of the network's targets, float32 tensors (1, height, width,
    channels). ``pixels`` are (height, width, 3 or 4); the network must accept their size."""
    import numpy as np
    from keras import ops

    from dreamfolio.dream.pixels import to_dream

    filled = [(0, -side % network.multiple) for side in pixels.shape[:2]]
    picture = np.pad(to_dream(pixels[..., :3]), (*filled, (0, 0)), mode="edge")
    return network.activations(ops.convert_to_tensor(picture[None]))
