"""Steps on tiles are those on the whole picture, also where memory runs out on the way."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream import stepping as module
from dreamfolio.dream import tile_size
from dreamfolio.dream.ascent import ascend
from dreamfolio.dream.backend.memory import OutOfMemory
from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.device import Device
from dreamfolio.dream.engine import dream
from dreamfolio.dream.networks.geometry import floats_per_pixel
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.retreating import Retreating
from dreamfolio.dream.stepping import AtOnce, InTiles
from dreamfolio.dream.tile_size import halved, tile_side

PLAIN = Recipe(steps=2, step_size=0.02)
SHAPED = Recipe(steps=2, step_size=0.02, jitter=7, smooth=(0.6, 2.0), chroma=0.5, objective="rms")


@pytest.fixture(scope="module")
def start() -> Any:
    return np.random.default_rng(2).uniform(-1, 1, (1, 150, 170, 3)).astype("float32")


@pytest.mark.parametrize("recipe", [PLAIN, SHAPED], ids=["plain", "shaped"])
def test_steps_in_tiles_are_those_at_once(
    recipe: Recipe, tiny: Callable[..., Any], start: Any
) -> None:
    network = tiny("activation_1")
    ways = [AtOnce(network, recipe, 0), InTiles(network, recipe, 0, 40)]
    whole, tiled = (ascend(start, recipe, way, [np.random.default_rng(1)]) for way in ways)
    assert np.abs(whole - start).max() > 0.01
    assert np.abs(tiled - whole).max() < 2e-3
    assert tiled is not start


def test_steps_in_tiles_leave_the_picture_they_began_with(
    tiny: Callable[..., Any], start: Any
) -> None:
    before = start.copy()
    ascend(start, PLAIN, InTiles(tiny(), PLAIN, 0, 40), [np.random.default_rng(1)])
    assert np.array_equal(start, before)


def test_where_memory_runs_out_smaller_tiles_go_on(
    tiny: Callable[..., Any], start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = np.tile(start, (1, 2, 2, 1))  # 300 × 340
    network, told = tiny("activation_1"), []

    def too_much(self: Any, pictures: Any, shifts: Any, step_size: float) -> Any:
        raise OutOfMemory

    expected = ascend(start, PLAIN, AtOnce(network, PLAIN, 0), [np.random.default_rng(1)])
    monkeypatch.setattr(module.AtOnce, "step", too_much)
    way = Retreating(network, PLAIN, 0, "none", on_tile=told.append)
    found = ascend(start, PLAIN, way, [np.random.default_rng(1)])
    assert told == [170]
    assert np.abs(found - expected).max() < 2e-3


def test_where_no_tile_is_small_enough_it_is_an_error(
    tiny: Callable[..., Any], start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(self: Any, pictures: Any, shifts: Any, step_size: float) -> Any:
        raise OutOfMemory

    monkeypatch.setattr(module.AtOnce, "step", too_much)
    monkeypatch.setattr(module.InTiles, "step", too_much)
    with pytest.raises(OutOfMemory, match="too large"):
        ascend(start, PLAIN, Retreating(tiny(), PLAIN, 0), [np.random.default_rng(1)])


def test_a_dream_in_tiles_is_that_at_once(tiny: Callable[..., Any], picture: Any) -> None:
    recipe = Recipe(octaves=2, steps=2, jitter=5, detail=True)
    at_once, tiled = (
        dream(picture, recipe, tiny("conv2d"), seed=1, tile=tile) for tile in ("none", 24)
    )
    assert np.abs(at_once.astype(int) - tiled).max() <= 1
    assert not np.array_equal(at_once, picture)


def test_a_dream_is_stopped_between_tiles(tiny: Callable[..., Any], picture: Any) -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Stopped):
        dream(picture, Recipe(steps=1), tiny("conv2d"), seed=1, stop=stop, tile=24)


def test_what_fits_is_dreamed_at_once(tiny: Callable[..., Any]) -> None:
    network = tiny()
    assert tile_side(network, 1080, 1920, "auto") is None
    side = tile_side(network, 100_000, 100_000, "auto")
    assert side is not None
    assert 256 < side < 100_000
    assert tile_side(network, 1080, 1920, 300) == 300
    assert tile_side(network, 100_000, 100_000, "none") is None


def test_a_network_within_a_network_counts_with_all_its_activations() -> None:
    parts = [
        keras.layers.Conv2D(6, 3, strides=2, name="a"),
        keras.layers.Conv2D(4, 3, strides=2, name="b"),
    ]
    inputs = keras.Input((None, None, 3))
    stem = keras.layers.Conv2D(8, 2, strides=2)
    plain = keras.Model(inputs, parts[1](parts[0](stem(inputs))))
    nested = keras.Model(inputs, keras.Sequential(parts)(stem(inputs)))
    assert floats_per_pixel(plain) == 8 / 4 + 6 / 16 + 4 / 64
    assert floats_per_pixel(nested) == floats_per_pixel(plain)


def test_an_octave_takes_no_more_than_the_last_one_leaves_it(tiny: Callable[..., Any]) -> None:
    # What a backend has once taken for tiles it keeps, beside the buffers of the last octave.
    last = tile_side(tiny(), 4320, 7680, "auto")
    assert last is not None
    assert tile_side(tiny(), 3086, 5486, "auto", whole=(4320, 7680)) == last
    assert tile_side(tiny(), 200, 356, "auto", whole=(4320, 7680)) is None


@pytest.mark.parametrize("memory", [80 << 30, None])
def test_a_card_is_filled_as_far_as_its_own_memory_goes(
    memory: int | None, tiny: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tile_side(tiny(), 4320, 7680, "auto") is not None
    monkeypatch.setattr(tile_size, "device", lambda: Device("a card", memory))
    assert tile_side(tiny(), 4320, 7680, "auto") is None
    monkeypatch.setattr(tile_size, "device", lambda: Device("a card", 2 << 30))
    assert tile_side(tiny(), 4320, 7680, "auto") is not None


def test_tiles_hang_on_no_byte_of_memory_that_is_free_just_now(
    tiny: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def sides(*gigabytes: float) -> set[int | None]:
        found = set()
        for free in gigabytes:
            monkeypatch.setattr(tile_size, "available_memory", lambda free=free: int(free * 2**30))
            found.add(tile_side(tiny(), 4000, 5000, "auto"))
        return found

    [large], [small], [least] = sides(7, 9, 40), sides(4.2, 5.2), sides(0)
    assert large is not None
    assert small is not None
    assert least is not None
    assert least <= small < large


def test_tiles_are_halved_until_they_are_too_small() -> None:
    assert halved(None, 1080, 1920) == 960
    assert halved(960, 1080, 1920) == 480
    assert halved(5000, 1080, 1920) == 960
    assert halved(200, 1080, 1920) is None
