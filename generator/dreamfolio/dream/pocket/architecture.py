"""The shape of ``pocket``: five stages of 3×3 convolutions, each at half the size of the last.

Written on Keras 3's functional API, so that TensorFlow, JAX and PyTorch all train it. Between
stages pictures are averaged, not strided, since a stride leaves its grid in a dream.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

WIDTHS: tuple[tuple[int, ...], ...] = (
    (24,),
    (40, 40),
    (80, 80, 80),
    (152, 152, 152, 152),
    (272, 272),
)
"""Channels of each convolution, stage by stage."""

CALLED = ("edges", "strokes", "textures", "ornaments", "forms")
"""What each stage's dreams are made of, in an artist's words."""

HEAD = "motifs"
"""The layer that tells at each position how much of each motif is there (its logits)."""

STRIDE = 2 ** (len(WIDTHS) - 1)
"""Pixels of the picture that one position of the deepest stage spans."""


@dataclass(frozen=True)
class Convolution:
    """One convolution with what follows it; ``name`` is that of its activation, ``called`` the
    same in an artist's words.

    ``residual`` tells whether its input is added to it, where widths agree. ``stride`` and
    ``field`` (the receptive field) are in pixels of the picture.
    """

    name: str
    called: str
    channels: int
    residual: bool
    opens_stage: bool
    stride: int
    field: int


def convolutions() -> Iterator[Convolution]:
    """Every convolution, in order."""
    before, field = 3, 1
    for stage, widths in enumerate(WIDTHS):
        stride = 2**stage
        for number, channels in enumerate(widths):
            opens = number == 0 and stage > 0
            if opens:
                field += stride // 2  # the averaging of two by two
            field += 2 * stride
            yield Convolution(
                name=f"stage{stage + 1}_{number + 1}",
                called=f"{CALLED[stage]}-{number + 1}",
                channels=channels,
                residual=before == channels,
                opens_stage=opens,
                stride=stride,
                field=field,
            )
            before = channels


def build(classes: int, *, normalised: bool, head: bool = True) -> Any:
    """A Keras model from pictures (N, H, W, 3) in [-1, 1] to logits (N, H/16, W/16, classes).

    ``normalised`` puts a batch normalisation behind each convolution, as it is trained; without,
    the convolutions have biases, as it ships. Sides of any length are taken.
    """
    import keras
    from keras import layers

    # Weights that are read from a file in a moment need no drawing by lot, for which JAX would
    # compile a program for each shape.
    start = "he_normal" if normalised else "zeros"
    picture = keras.Input((None, None, 3), name="picture")
    x = picture
    for one in convolutions():
        if one.opens_stage:
            x = layers.AveragePooling2D(2, padding="same", name=f"{one.name[:-2]}_pool")(x)
        y = layers.Conv2D(
            one.channels,
            3,
            padding="same",
            use_bias=not normalised,
            kernel_initializer=start,
            name=f"{one.name}_conv",
        )(x)
        if normalised:
            y = layers.BatchNormalization(momentum=0.97, epsilon=1e-4, name=f"{one.name}_norm")(y)
        if one.residual:
            y = layers.Add(name=f"{one.name}_add")([x, y])
        x = layers.ReLU(name=one.name)(y)
    if head:
        x = layers.Conv2D(classes, 1, dtype="float32", name=HEAD)(x)
    return keras.Model(picture, x, name="pocket")
