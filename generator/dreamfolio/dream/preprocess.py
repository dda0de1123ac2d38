"""What a network's input takes, as a map from the dream's own [-1, 1] RGB."""

from __future__ import annotations

from typing import Any

from dreamfolio.dream.networks.reference import Preprocess

# ImageNet's mean and deviation per channel, as keras.applications knows them: in [0, 1] RGB for
# networks that came from Torch, in [0, 255] BGR for those that came from Caffe.
_TORCH_MEAN = (0.485, 0.456, 0.406)
_TORCH_DEVIATION = (0.229, 0.224, 0.225)
_CAFFE_MEAN = (103.939, 116.779, 123.68)


def preprocess(picture: Any, mode: Preprocess) -> Any:
    """Map a picture to what a network takes; part of the differentiated graph.

    ``picture`` is a float tensor of shape (batch, height, width, 3), RGB in [-1, 1]. The result
    has the same shape: ``tf`` [-1, 1]; ``unit`` [0, 1]; ``torch`` [0, 1] less ImageNet's mean,
    over its deviation; ``caffe`` BGR in [0, 255] less ImageNet's mean; ``none`` [0, 255].
    """
    from keras import ops

    def constant(values: tuple[float, ...]) -> Any:
        return ops.convert_to_tensor(values, dtype=picture.dtype)

    match mode:
        case "tf":
            return picture
        case "unit":
            return (picture + 1.0) / 2.0
        case "torch":
            return ((picture + 1.0) / 2.0 - constant(_TORCH_MEAN)) / constant(_TORCH_DEVIATION)
        case "caffe":
            return ops.flip((picture + 1.0) * 127.5, axis=-1) - constant(_CAFFE_MEAN)
        case "none":
            return (picture + 1.0) * 127.5
