"""Make the catalogues that ship: ``python -m dreamfolio.dream.networks.make_catalogues [NAME…]``.

Each network of ``keras.applications`` is built twice in one process, without weights: the names
that the second build gives otherwise are Keras's automatic ones. It takes minutes and some GB.
"""

from __future__ import annotations

import gc
import inspect
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from dreamfolio.dream.networks.listing import list_layers
from dreamfolio.dream.networks.reference import Preprocess
from dreamfolio.dream.preprocess import preprocess

FOLDER = Path(__file__).with_name("catalogues")

# Large enough that a layer at 1 × 1 can only be a global one.
_SIDE = 1024

_WORDS = re.compile(
    r"Inception|Xception|ResNet\d*|ConvNeXt|DenseNet\d+|EfficientNet|MobileNet|NASNet|VGG\d+"
    r"|V\d|B\d|XLarge|Large|Base|Small|Tiny|Mobile|[SML]$"
)


def snake_case(application: str) -> str:
    """``InceptionResNetV2`` → ``inception_resnet_v2``; ValueError for an unknown word."""
    words = _WORDS.findall(application)
    if "".join(words) != application:
        raise ValueError(f"{application} has a word that is not known here")
    return "_".join(word.lower() for word in words)


def main(wanted: list[str]) -> None:
    import keras

    FOLDER.mkdir(exist_ok=True)
    for application, build in vars(keras.applications).items():
        if inspect.isfunction(build) and (not wanted or snake_case(application) in wanted):
            path = FOLDER / f"{snake_case(application)}.json"
            path.write_text(_as_text(_measure(application, build)), encoding="utf-8")
            print(path.name, path.stat().st_size, "bytes", flush=True)


def _measure(application: str, build: Any) -> dict[str, Any]:
    import keras

    keras.backend.clear_session()  # the first build's names are the canonical ones
    with _weights_intercepted() as weights:
        model = build(include_top=False, weights="imagenet", input_shape=(_SIDE, _SIDE, 3))
        fields = _fields(model)
        rows = [
            [
                layer.name,
                type(layer).__name__,
                _stride(layer),
                layer.output.shape[-1],
                fields[layer.name],
            ]
            for layer in model.layers
            if not isinstance(layer, keras.layers.InputLayer) and len(layer.output.shape) == 4
        ]
        names = [layer.name for layer in model.layers]
        parameters = model.count_params()
        del model
        gc.collect()
        again = build(include_top=False, weights="imagenet", input_shape=(_SIDE, _SIDE, 3))
        names_again = [layer.name for layer in again.layers]
        del again
        gc.collect()
    file, address, file_hash = weights[0]
    kinds = sorted({row[1] for row in rows})
    return {
        "application": application,
        "preprocess": _mode_of(inspect.getmodule(build)),
        "weights": {"file": file, "address": address, "hash": file_hash},
        "parameters": parameters,
        "automatic": _automatic(names, names_again),
        "kinds": kinds,
        "layers": [[name, kinds.index(kind), *rest] for name, kind, *rest in rows],
    }


def _automatic(names: list[str], names_again: list[str]) -> dict[str, int]:
    """How many of each automatic prefix there are, from the names of two builds in a row."""
    differing = [pair for pair in zip(names, names_again, strict=True) if pair[0] != pair[1]]
    counts = Counter(re.sub(r"_\d+$", "", again) for _, again in differing)
    counts.pop("input_layer", None)
    for name, again in differing:
        prefix, number = re.fullmatch(r"(.+?)_(\d+)", again).groups()  # type: ignore[union-attr]
        first = re.fullmatch(rf"{prefix}(?:_(\d+))?", name)
        if prefix in counts and (not first or int(number) - int(first[1] or 0) != counts[prefix]):
            raise ValueError(f"{name} became {again}: not a running counter of {prefix}")
    return dict(sorted(counts.items()))


def _stride(layer: Any) -> int | None:
    """Total downsampling, to the nearest power of two, since unpadded layers also lose edges."""
    height = layer.output.shape[1]
    return None if height == 1 else 2 ** round(math.log2(_SIDE / height))


def _fields(model: Any) -> dict[str, int | None]:
    """Every layer's receptive field in pixels, read off the config as that of a file is."""
    return {layer.name: layer.field for layer in list_layers(json.loads(model.to_json()))}


@contextmanager
def _weights_intercepted() -> Iterator[list[tuple[str, str, str | None]]]:
    """Note which weights file a build asks for, and load nothing."""
    import keras
    from keras.src.utils import file_utils

    asked: list[tuple[str, str, str | None]] = []

    def get_file(
        fname: str, origin: str, *, file_hash: str | None = None, **_: Any
    ) -> str:  # the signature that keras.applications call
        asked.append((fname, origin, file_hash))
        return fname

    kept = file_utils.get_file, keras.Model.load_weights
    file_utils.get_file, keras.Model.load_weights = get_file, lambda *_, **__: None
    try:
        yield asked
    finally:
        file_utils.get_file, keras.Model.load_weights = kept


def _mode_of(module: Any) -> Preprocess:
    """Which of our maps is the module's ``preprocess_input``; ValueError if none is."""
    import numpy as np

    pixels = np.random.default_rng(0).uniform(0, 255, (1, 4, 5, 3)).astype("float32")
    theirs = module.preprocess_input(pixels.copy())
    for mode in get_args(Preprocess):
        ours = np.asarray(preprocess(pixels / 127.5 - 1, mode))
        if np.allclose(ours, theirs, atol=1e-3):
            found: Preprocess = mode
            return found
    raise ValueError(f"{module.__name__}.preprocess_input is none of the known maps")


def _as_text(catalogue: dict[str, Any]) -> str:
    """JSON with a layer a line, so that a change can be read."""
    layers = catalogue.pop("layers")
    head = json.dumps(catalogue, indent=1)[:-2]
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in layers)
    return f'{head},\n "layers": [\n{rows}\n]\n}}\n'


if __name__ == "__main__":
    main(sys.argv[1:])
