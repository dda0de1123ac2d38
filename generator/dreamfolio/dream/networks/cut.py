"""Cut a network at what is to be excited, and build it anew for pictures of any size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dreamfolio.dream.networks.folding import foldable, folded_weights
from dreamfolio.dream.networks.pooling import movable
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
    normalisations, pools = foldable(part), movable(part)
    is_open = tuple(inputs[0].shape[1:3]) == (None, None)
    if normalisations or pools or not is_open or not _computes_in(precision, part):
        part = _rebuilt(part, normalisations, pools, precision, label)
    part.trainable = False
    return part


def _rebuilt(
    part: Any,
    normalisations: Mapping[str, Any],
    pools: Mapping[str, str],
    precision: Precision,
    label: str,
) -> Any:
    """The same network on an input of any size, in ``precision``, its normalisations folded and its
    pools moved behind their convolutions."""
    import keras

    tied = NetworkError(
        f"{label} cannot take pictures of another size than {part.inputs[0].shape[1:3]}: "
        "a layer below the chosen ones is tied to it",
        mend="choose a less deep layer, or save the network without a fixed input size",
    )
    gone = {normalisation.name for normalisation in normalisations.values()}
    moved: dict[str, Any] = dict.fromkeys(pools.values())

    def rebuild(layer: Any) -> Any:
        config = layer.get_config()
        if "dtype" in config:
            config["dtype"] = precision if _is_heavy(layer) else "float32"
        if layer.name in normalisations:
            config["use_bias"] = True
        return layer.__class__.from_config(config)

    def call(layer: Any, *arguments: Any, **options: Any) -> Any:
        if layer.name in moved:
            moved[layer.name] = layer
        if layer.name in gone or layer.name in moved:
            return arguments[0]
        found = layer(*arguments, **options)
        return moved[pools[layer.name]](found) if layer.name in pools else found

    picture = keras.Input((None, None, 3), dtype="float32")
    try:
        again = keras.models.clone_model(
            part, input_tensors=picture, clone_function=rebuild, call_function=call
        )
        for layer in part.layers:
            if layer.name in normalisations:
                weights = folded_weights(layer, normalisations[layer.name])
            elif layer.name in gone or not layer.weights:
                continue
            else:
                weights = layer.get_weights()
            again.get_layer(layer.name).set_weights(weights)
    except (ValueError, TypeError) as error:
        raise tied from error
    for layer in again.layers:
        if hasattr(layer, "finalize_state"):  # Normalization computes from its weights once
            layer.finalize_state()
    if any(size not in (None, 1) for output in again.outputs for size in output.shape[1:3]):
        raise tied
    return again


def _is_heavy(layer: Any) -> bool:
    """Whether a layer may compute in less than float32: what maps a picture's own values may not,
    or its lights would fall into steps."""
    import keras

    return not isinstance(layer, keras.layers.Rescaling | keras.layers.Normalization)


def _computes_in(precision: Precision, part: Any) -> bool:
    return all(
        layer.compute_dtype == (precision if _is_heavy(layer) else "float32")
        for layer in part.layers
    )
