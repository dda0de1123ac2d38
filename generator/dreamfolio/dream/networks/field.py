"""Receptive fields, followed through a network's config: how much of the input a position sees.

By geometry, as in Araujo, Norris and Sim, *Computing Receptive Fields of Convolutional Neural
Networks* (Distill, 2019): a kernel adds its reach at the stride it works at. Height and width are
followed apart, since kernels such as 1 × 7 come in turns. Branches that meet count as centred on
one another, so their sum's field is the larger one's.

What is taken of the whole picture only to scale it does not count, or every layer behind a first
squeeze-and-excitation would see everything: a product has the field of its local factors, and a
group normalisation that of its input.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_POINTWISE = {
    "Activation",
    "ActivityRegularization",
    "AlphaDropout",
    "BatchNormalization",
    "Cropping2D",
    "Dense",
    "Dropout",
    "ELU",
    "GaussianDropout",
    "GaussianNoise",
    "GroupNormalization",
    "Identity",
    "LayerNormalization",
    "LayerScale",
    "LeakyReLU",
    "Normalization",
    "PReLU",
    "ReLU",
    "Rescaling",
    "Softmax",
    "SpatialDropout2D",
    "StochasticDepth",
    "SyncBatchNormalization",
    "ThresholdedReLU",
    "UnitNormalization",
    "ZeroPadding2D",
}
_MERGING = {
    "Add",
    "Average",
    "Concatenate",
    "CustomScaleLayer",  # InceptionResNetV2's: a sum, one side of it scaled.
    "Maximum",
    "Minimum",
    "Subtract",
}
_POOLING = {"AveragePooling2D", "AvgPool2D", "MaxPool2D", "MaxPooling2D"}
_GLOBAL = {
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalAvgPool2D",
    "GlobalMaxPool2D",
    "GlobalMaxPooling2D",
}


@dataclass(frozen=True, slots=True)
class Field:
    """Pixels of the input along height and width: infinite where all of it is seen, NaN where
    it is not known."""

    height: float
    width: float

    @property
    def side(self) -> int | None:
        """The longer of the two, in whole pixels; None for a global or an unknown one."""
        longer = max(self.height, self.width)
        return math.ceil(longer) if self.is_known and math.isfinite(longer) else None

    @property
    def is_known(self) -> bool:
        """Whether there is a number, finite or not."""
        return not (math.isnan(self.height) or math.isnan(self.width))

    @property
    def is_global(self) -> bool:
        """Whether the whole picture is seen."""
        return math.isinf(self.height) or math.isinf(self.width)


PIXEL = Field(1, 1)
EVERYTHING = Field(math.inf, math.inf)
UNKNOWN = Field(math.nan, math.nan)


def follow(
    kind: str, options: Mapping[str, Any], inputs: Sequence[tuple[Field, float | None]]
) -> Field:
    """The field behind a layer of class ``kind`` with its config's ``options``.

    ``inputs`` are the fields and strides that come in, at least one. A layer that is not known
    here has an unknown field, and so has all that follows it.
    """
    first, stride = inputs[0]
    if kind in _GLOBAL:
        return EVERYTHING
    if kind == "Multiply":
        local = [field for field, _ in inputs if not field.is_global]
        return _largest(local or [first])
    if kind in _MERGING:
        return _largest([field for field, _ in inputs])
    if kind in _POINTWISE:
        return first
    if kind == "Reshape":
        return first if first.is_global else UNKNOWN
    reach = _reach(kind, options)
    if reach is None:
        return UNKNOWN
    if first.is_global or reach == (0, 0):
        return first
    if stride is None:
        return UNKNOWN
    return Field(first.height + reach[0] * stride, first.width + reach[1] * stride)


def within(outer: Field, stride: float | None, inner: Field) -> Field:
    """The field behind a network within a network, ``inner`` being its own in its own input."""
    if outer.is_global or inner.is_global:
        return EVERYTHING
    if stride is None:
        return UNKNOWN
    return Field(
        outer.height + (inner.height - 1) * stride, outer.width + (inner.width - 1) * stride
    )


def _largest(fields: Sequence[Field]) -> Field:
    if not all(field.is_known for field in fields):
        return UNKNOWN
    return Field(max(field.height for field in fields), max(field.width for field in fields))


def _reach(kind: str, options: Mapping[str, Any]) -> tuple[float, float] | None:
    """How many positions of its input a layer sees beyond one, along height and width."""
    if kind in _POOLING:
        height, width = _sides(options["pool_size"])
        return height - 1, width - 1
    if kind == "Conv2DTranspose" and "kernel_size" in options:
        # A kernel laid out at every step: as many of its copies meet in one place at most.
        size, steps = _sides(options["kernel_size"]), _sides(options["strides"])
        spread = _sides(options.get("dilation_rate") or 1)
        height, width = (
            math.ceil(((k - 1) * d + 1) / s) - 1
            for k, s, d in zip(size, steps, spread, strict=True)
        )
        return height, width
    if kind == "UpSampling2D":
        return (0, 0) if options.get("interpolation", "nearest") == "nearest" else (1, 1)
    if "Conv2D" in kind and "kernel_size" in options:
        size, spread = _sides(options["kernel_size"]), _sides(options.get("dilation_rate") or 1)
        return (size[0] - 1) * spread[0], (size[1] - 1) * spread[1]
    return None


def _sides(size: Any) -> tuple[int, int]:
    height, width = size if isinstance(size, list | tuple) else (size, size)
    return int(height), int(width)
