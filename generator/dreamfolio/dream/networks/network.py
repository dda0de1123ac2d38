"""A network that is ready to be dreamed through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dreamfolio.dream.networks.feeds import nodes
from dreamfolio.dream.networks.geometry import Sights, floats_per_pixel, sights
from dreamfolio.dream.networks.reference import Preprocess
from dreamfolio.dream.precision import Precision
from dreamfolio.dream.preprocess import preprocess
from dreamfolio.dream.target import Channels, Target


@dataclass(frozen=True, eq=False)
class Network:
    """A network cut at its deepest target, frozen, for pictures of any size.

    ``model`` is a Keras model from (batch, height, width, 3), as ``preprocess`` leaves it, to a
    structure that holds the activations of each of ``targets``, (batch, height, width, channels).
    It takes float32 and computes in ``precision``. ``multiple`` is what its sides must be multiples
    of; pictures are filled up to it. ``steps`` keeps what has been compiled for it, so that one
    network serves many pictures. ``matches`` is what becomes of each target's activations where a
    guide is dreamed toward.
    """

    label: str
    model: Any
    targets: tuple[Target, ...]
    preprocess: Preprocess
    multiple: int = 1
    precision: Precision = "float32"
    steps: dict[Any, Any] = field(default_factory=dict, repr=False)
    matches: tuple[Callable[[Any], Any] | None, ...] = ()

    def activations(self, picture: Any) -> list[Any]:
        """What each of the targets makes of ``picture``, (batch, height, width, 3) in [-1, 1] with
        sides that are multiples of ``multiple``: float32 tensors (batch, height, width, channels).
        """
        from keras import ops, tree

        outputs = self.model(preprocess(picture, self.preprocess), training=False)
        found = [
            _of_channels(ops.cast(output, "float32"), target.channels)
            for output, target in zip(tree.flatten(outputs), self.targets, strict=True)
        ]
        matches = self.matches or [None] * len(found)
        return [match(one) if match else one for one, match in zip(found, matches, strict=True)]

    @cached_property
    def sights(self) -> list[Sights] | None:
        """What the positions of each target's activations see; None where the network cannot be
        dreamed in tiles, since they see all of the picture or nobody knows what."""
        return sights(self.model) if self.multiple == 1 else None

    @cached_property
    def floats_per_pixel(self) -> float:
        """How many activations there are for each pixel of a picture, over all layers."""
        return floats_per_pixel(self.model)

    def accepts(self, height: int, width: int) -> bool:
        """Whether a picture of this size leaves something of each target's activations."""
        size = height + -height % self.multiple, width + -width % self.multiple
        # Keras finds out layer by layer, which takes as long as a step of a small picture.
        if size not in self._accepted:
            self._accepted[size] = accepts(self.model, *size)
        return self._accepted[size]

    @cached_property
    def _accepted(self) -> dict[tuple[int, int], bool]:
        return {}


def _of_channels(activations: Any, channels: Channels) -> Any:
    """The ``channels`` of a layer's activations; all of them where the source still has to say."""
    from keras import ops

    if not isinstance(channels, tuple):
        return activations
    return ops.take(activations, channels, axis=-1)


def accepts(model: Any, height: int, width: int) -> bool:
    """Whether a Keras model has an output for a picture of just this size."""
    import keras

    try:
        shapes = model.compute_output_shape((1, height, width, 3))
    except ValueError:  # Keras's word for "nothing would be left", and for branches that misfit
        return False
    return all(size is None or size > 0 for size in keras.tree.flatten(shapes))


def smallest_multiple(model: Any) -> int:
    """What the sides of a picture must be multiples of, so that the model's branches fit
    together: 1 for most, 32 for NASNet and many a U-Net, 256 for pix2pix. 1 also where nothing
    fits."""
    branches = _joined_branches(model)
    for multiple in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
        # Multiples of this one, and of no larger one that is tried.
        sides = [1024 + multiple * odd for odd in (1, 3, 5, 7)]
        if all(
            accepts(model, *size) and _fit_together(model, branches, *size)
            for size in (sides[:2], sides[2:])
        ):
            return multiple
    return 1


def _joined_branches(model: Any) -> list[list[Any]]:
    """What goes into each of the model's concatenations along channels."""
    import keras

    joins = (
        node.input_tensors
        for node in nodes(model)
        if isinstance(node.operation, keras.layers.Concatenate) and node.operation.axis in (-1, 3)
    )
    return [branches for branches in joins if all(len(one.shape) == 4 for one in branches)]


def _fit_together(model: Any, joined: Sequence[Sequence[Any]], height: int, width: int) -> bool:
    """Whether branches that are joined have one size: Keras holds those that are added against each
    other, and lays any side by side until it computes them."""
    import keras

    if not joined:
        return True
    probe = keras.Model(model.inputs, [list(branches) for branches in joined])
    sizes = iter(
        tuple(spec.shape[1:3])
        for spec in keras.tree.flatten(
            probe.compute_output_spec(keras.KerasTensor((1, height, width, 3)))
        )
    )
    return all(len({next(sizes) for _ in branches}) == 1 for branches in joined)
