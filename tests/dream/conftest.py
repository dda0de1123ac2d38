"""Tiny networks and pictures to dream with."""

import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.engine import keras_or_skip

keras = keras_or_skip()
np = pytest.importorskip("numpy")


@pytest.fixture(scope="session")
def picture() -> Any:
    """A colourful picture (48, 64, 3) of bytes, soft as a photograph is."""
    from PIL import Image

    noise = np.random.default_rng(3).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(noise).resize((64, 48), Image.Resampling.BICUBIC))


def build_tiny(side: int | None = None, classes: int | None = None, seed: int = 1) -> Any:
    """conv → batch norm → relu → pool → conv → relu, names given automatically."""
    layers = keras.layers
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((side, side, 3))
    x = layers.Conv2D(8, 3, padding="same")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(12, 3, padding="same")(x)
    x = layers.Activation("relu")(x)
    if classes is not None:
        x = layers.Flatten()(x)
        x = layers.Dense(classes)(x)
    return keras.Model(inputs, x)


@pytest.fixture(scope="session")
def saved_tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny network as a ``.keras`` file, numbered from 0. To be read only."""
    keras.backend.clear_session()
    path = tmp_path_factory.mktemp("networks") / "tiny.keras"
    build_tiny().save(path)
    return path


@pytest.fixture
def tiny_file(saved_tiny: Path, tmp_path: Path) -> Path:
    """The tiny network in a file of one's own."""
    return Path(shutil.copy(saved_tiny, tmp_path))


@pytest.fixture(scope="session")
def tiny(saved_tiny: Path) -> Callable[..., Any]:
    """The tiny network toward some of its layers, loaded once: ``tiny("activation_1", …)``."""
    from dreamfolio.dream.networks.load import load
    from dreamfolio.dream.networks.reference import NetworkReference
    from dreamfolio.dream.target import Target

    loaded = functools.cache(functools.partial(load, NetworkReference(file=saved_tiny)))

    def toward(*layers: str | Target) -> Any:
        return loaded(
            tuple(
                layer if isinstance(layer, Target) else Target(layer)
                for layer in layers or ("activation_1",)
            )
        )

    return toward
