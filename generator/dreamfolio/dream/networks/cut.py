"""Cut a network at what is to be excited, and open it to pictures of any size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dreamfolio.errors import NetworkError


def cut(model: Any, layers: Sequence[Any], channels: Sequence[int | None], label: str) -> Any:
    """A frozen float32 model from pictures of any size to the outputs of ``layers``, all their
    channels or, where ``channels`` says so, one.

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
    if tuple(inputs[0].shape[1:3]) != (None, None) or not _is_float32(part):
        part = _reopened(part, label)
    part.trainable = False
    return part


def _reopened(part: Any, label: str) -> Any:
    """The same layers with the same weights, on an input of any size, in float32."""
    import keras

    tied = NetworkError(
        f"{label} cannot take pictures of another size than {part.inputs[0].shape[1:3]}: "
        "a layer below the chosen ones is tied to it",
        mend="choose a less deep layer, or save the network without a fixed input size",
    )
    picture = keras.Input((None, None, 3), dtype="float32")
    try:
        again = keras.models.clone_model(part, input_tensors=picture, clone_function=_in_float32)
        again.set_weights(part.get_weights())
    except (ValueError, TypeError) as error:
        raise tied from error
    for layer in again.layers:
        if hasattr(layer, "finalize_state"):  # Normalization computes from its weights once
            layer.finalize_state()
    if any(size not in (None, 1) for output in again.outputs for size in output.shape[1:3]):
        raise tied
    return again


def _in_float32(layer: Any) -> Any:
    config = layer.get_config()
    if "dtype" in config:
        config["dtype"] = "float32"
    return layer.__class__.from_config(config)


def _is_float32(part: Any) -> bool:
    return all(layer.compute_dtype == "float32" for layer in part.layers)
