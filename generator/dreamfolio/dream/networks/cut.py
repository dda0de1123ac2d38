"""Cut a network at what is to be excited, and build it anew for pictures of any size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dreamfolio.dream.networks.rebuilding import Rebuilding
from dreamfolio.dream.precision import Precision
from dreamfolio.errors import NetworkError


def cut(
    model: Any,
    layers: Sequence[Any],
    channels: Sequence[int | None],
    label: str,
    precision: Precision = "float32",
) -> Any:
    """A frozen model, computing in ``precision``, from float32 pictures of any size to the outputs
    of ``layers``, all their channels or, where ``channels`` says so, one.

    Nothing above the deepest of them is kept: neither its cost nor a classifier that would tie
    the network to one size. Raises NetworkError where what is left is tied to one all the same,
    or does not take one RGB picture at a time.
    """
    import keras

    try:
        outputs = [
            layer.output if channel is None else layer.output[..., channel : channel + 1]
            for layer, channel in zip(layers, channels, strict=True)
        ]
        inputs = model.inputs
    except (AttributeError, ValueError) as error:
        raise NetworkError(
            f"{label} was saved before it was built: it does not know its own input",
            mend="call it on a picture once, then save it again",
        ) from error
    if len(inputs) != 1 or len(inputs[0].shape) != 4 or inputs[0].shape[-1] != 3:
        shapes = ", ".join(str(tuple(tensor.shape)) for tensor in inputs)
        raise NetworkError(
            f"{label} takes {shapes}; a dream needs a network that takes one RGB picture, "
            "(None, height, width, 3)"
        )
    part = keras.Model(inputs[0], outputs)
    rebuilding = Rebuilding(part, precision)
    if rebuilding.is_needed or tuple(inputs[0].shape[1:3]) != (None, None):
        part = _of_any_size(rebuilding, part, label)
    part.trainable = False
    return part


def _of_any_size(rebuilding: Rebuilding, part: Any, label: str) -> Any:
    tied = NetworkError(
        f"{label} cannot take pictures of another size than {part.inputs[0].shape[1:3]}: "
        "a layer below the chosen ones is tied to it",
        mend="choose a less deep layer, or save the network without a fixed input size",
    )
    try:
        again = rebuilding.rebuilt()
    except (ValueError, TypeError) as error:
        raise tied from error
    if any(size not in (None, 1) for output in again.outputs for size in output.shape[1:3]):
        raise tied
    return again
