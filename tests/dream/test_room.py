"""Networks that see all of a picture: where memory has no room for it, a word and a mend."""

import re
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream import room
from dreamfolio.dream import stepping as module
from dreamfolio.dream.backend.memory import OutOfMemory
from dreamfolio.dream.device import Device
from dreamfolio.dream.engine import dream
from dreamfolio.dream.networks.cut import cut
from dreamfolio.dream.networks.geometry import floats_at
from dreamfolio.dream.networks.network import Network, smallest_multiple
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target

layers = keras.layers
RECIPE = Recipe(octaves=2, steps=1, step_size=0.05)
PICTURE = np.random.default_rng(4).integers(0, 256, (300, 400, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def gated() -> Network:
    """With squeeze and excitation, as EfficientNet has it."""
    keras.utils.set_random_seed(3)
    picture = keras.Input((None, None, 3))
    x = layers.Conv2D(8, 3, strides=2, padding="same", activation="tanh")(picture)
    gate = layers.Dense(8, "sigmoid")(layers.GlobalAveragePooling2D(keepdims=True)(x))
    model = keras.Model(picture, layers.Multiply(name="gated")([x, gate]))
    return Network(
        "gated", cut(model, [model.layers[-1]], [None], "gated"), (Target("gated"),), "tf"
    )


@pytest.fixture(scope="module")
def unet() -> Network:
    """Whose branches meet again, as a U-Net's do."""
    keras.utils.set_random_seed(3)
    picture = keras.Input((None, None, 3))
    x = layers.Conv2D(8, 3, padding="same", activation="tanh")(picture)
    down = layers.Conv2D(8, 3, strides=4, padding="same", activation="tanh")(x)
    up = layers.Conv2DTranspose(8, 3, strides=4, padding="same")(down)
    model = keras.Model(picture, layers.Add(name="met")([x, up]))
    part = cut(model, [model.layers[-1]], [None], "unet")
    return Network("unet", part, (Target("met"),), "tf", smallest_multiple(part))


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The widths of the pictures that steps are taken on."""
    taken: list[int] = []
    real = module.AtOnce.step

    def step(self: Any, pictures: Any, *arguments: Any) -> Any:
        taken.append(pictures.shape[2])
        return real(self, pictures, *arguments)

    monkeypatch.setattr(module.AtOnce, "step", step)
    return taken


def free(bytes_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "available_memory", lambda: bytes_)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gated", "gated is not dreamed in tiles, since its layers see more of the picture"),
        ("unet", "unet is not dreamed in tiles, since its branches fit together at multiples of 4"),
    ],
)
def test_what_memory_has_no_room_for_is_told_before_a_step_with_a_mend_that_helps(
    name: str,
    why: str,
    steps: list[int],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = request.getfixturevalue(name)
    free(4_000_000, monkeypatch)
    with pytest.raises(OutOfMemory, match=why) as caught:
        dream(PICTURE, RECIPE, network, 1)
    assert "400 × 300 pixels" in str(caught.value)
    assert steps == []
    mend = re.search(r"max_size: (\d+)", caught.value.mend or "")
    assert mend is not None
    smaller = RECIPE.model_copy(update={"max_size": int(mend[1])})
    assert dream(PICTURE, smaller, network, 1).shape[1] == int(mend[1]) < 400


def test_it_is_tried_all_the_same_where_that_is_asked_for(
    gated: Network, steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    free(4_000_000, monkeypatch)
    assert (dream(PICTURE, RECIPE, gated, 1, tile="none") != PICTURE).any()
    # A card tells by itself what is too much for it.
    monkeypatch.setattr(room, "device", lambda: Device("a card", None))
    assert (dream(PICTURE, RECIPE, gated, 1) != PICTURE).any()
    assert max(steps) == 400


def test_where_memory_runs_out_on_the_way_it_says_why_no_tiles_go_on(
    gated: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(self: Any, pictures: Any, *arguments: Any) -> Any:
        raise OutOfMemory

    told: list[int] = []
    monkeypatch.setattr(module.AtOnce, "step", too_much)
    with pytest.raises(OutOfMemory, match="gated is not dreamed in tiles") as caught:
        dream(PICTURE, RECIPE, gated, 1, on_tile=told.append)
    assert "max_size" in (caught.value.mend or "")
    assert told == []


def test_all_activations_count_whatever_they_see() -> None:
    inputs = keras.Input((None, None, 3))
    inner = keras.Sequential([layers.Conv2D(6, 3, strides=2), layers.Conv2D(4, 1)])
    x = layers.Conv2D(8, 2, strides=2)(inputs)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
    model = keras.Model(inputs, inner(layers.Multiply()([x, gate])))
    assert floats_at(model, 40, 80) == 2 * 8 * 20 * 40 + 8 + (6 + 4) * 9 * 19
