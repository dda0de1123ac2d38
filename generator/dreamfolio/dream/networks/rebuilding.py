"""A network built anew so that it costs less, with the same activations and the same gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dreamfolio.dream.networks.folding import foldable, folded_weights
from dreamfolio.dream.networks.pooling import movable
from dreamfolio.dream.networks.siblings import as_one, families, joined_weights, parted
from dreamfolio.dream.precision import Precision

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Rebuilding:
    """What there is to change of ``part``, a functional Keras model, that is to compute in
    ``precision``: normalisations go into convolutions, mean pools behind them, and convolutions of
    one input into one."""

    def __init__(self, part: Any, precision: Precision) -> None:
        self._part = part
        self._precision = precision
        self._layers = {layer.name: layer for layer in part.layers}
        self._normalisations = foldable(part)
        self._gone = {normalisation.name for normalisation in self._normalisations.values()}
        self._pools = movable(part)
        self._families = {name: family for family in families(part, self._pools) for name in family}
        # What has been built anew: the pools that wait for their convolution, the one layer of each
        # family, and what that gives to each of them.
        self._waiting: dict[str, Any] = {}
        self._ones: dict[tuple[str, ...], Any] = {}
        self._given: dict[str, Any] = {}

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to change."""
        return bool(self._normalisations or self._pools or self._families) or any(
            layer.compute_dtype != self._dtype_of(layer) for layer in self._part.layers
        )

    def rebuilt(self) -> Any:
        """The network on an input of any size. Raises ValueError or TypeError where it is tied to
        the size of its own."""
        import keras

        again = keras.models.clone_model(
            self._part,
            input_tensors=keras.Input((None, None, 3), dtype="float32"),
            clone_function=self._layer,
            call_function=self._called,
        )
        for name, layer in self._layers.items():
            if layer.weights and name not in self._gone and name not in self._families:
                again.get_layer(name).set_weights(self._weights(layer))
        for family, one in self._ones.items():
            one.set_weights(joined_weights([self._weights(self._layers[name]) for name in family]))
        for layer in again.layers:
            if hasattr(layer, "finalize_state"):  # Normalization computes from its weights once
                layer.finalize_state()
        return again

    def _layer(self, layer: Any) -> Any:
        """A layer as it is to be, without its weights."""
        config = layer.get_config()
        if "dtype" in config:
            config["dtype"] = self._dtype_of(layer)
        if layer.name in self._normalisations:
            config["use_bias"] = True
        return layer.__class__.from_config(config)

    def _called(self, layer: Any, *arguments: Any, **options: Any) -> Any:
        """What stands in the new network where ``layer``, one of its own, stood in the old one."""
        name = layer.name
        if name in self._pools.values():
            self._waiting[name] = layer
        if name in self._waiting or name in self._gone:
            return arguments[0]
        if name in self._families:
            found = self._of_family(name, arguments[0])
        else:
            found = layer(*arguments, **options)
        return self._waiting[self._pools[name]](found) if name in self._pools else found

    def _of_family(self, name: str, taken: Any) -> Any:
        """What the convolution of this name makes of ``taken``, as all its siblings do."""
        family = self._families[name]
        if family not in self._ones:
            siblings = [self._layer(self._layers[each]) for each in family]
            self._ones[family] = as_one(siblings)
            self._given.update(parted(self._ones[family](taken), siblings))
        return self._given[name]

    def _weights(self, layer: Any) -> list[NDArray[np.float32]]:
        if layer.name in self._normalisations:
            return folded_weights(layer, self._normalisations[layer.name])
        weights: list[NDArray[np.float32]] = layer.get_weights()
        return weights

    def _dtype_of(self, layer: Any) -> str:
        return self._precision if _is_heavy(layer) else "float32"


def _is_heavy(layer: Any) -> bool:
    """Whether a layer may compute in less than float32: what maps a picture's own values may not,
    or its lights would fall into steps."""
    import keras

    return not isinstance(layer, keras.layers.Rescaling | keras.layers.Normalization)
