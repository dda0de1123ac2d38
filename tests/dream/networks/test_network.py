"""What a network tells of itself, and that it need not find it out anew for each dream."""

from dataclasses import replace
from typing import Any

import keras
import pytest

from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.target import Target

layers = keras.layers


@pytest.fixture(scope="module")
def network() -> Network:
    """One that needs eleven pixels to leave one, and pictures of even sides."""
    picture = keras.Input((None, None, 3))
    x = layers.Conv2D(4, 5, strides=2, name="halved")(picture)
    x = layers.Conv2D(4, 4, name="deep")(x)
    return Network("it", keras.Model(picture, x), (Target("deep"),), "tf", 2)


class Watched:
    """The network's model, and how often it was gone through."""

    def __init__(self, model: Any) -> None:
        self.model, self.times = model, 0

    def compute_output_shape(self, shape: tuple[int, ...]) -> Any:
        self.times += 1
        return self.model.compute_output_shape(shape)


def test_a_picture_is_taken_that_leaves_something(network: Network) -> None:
    assert network.accepts(11, 40)  # filled up to twelve
    assert not network.accepts(10, 40)
    assert not network.accepts(40, 10)


def test_each_size_is_asked_for_once_whatever_is_dreamed(network: Network) -> None:
    watched = Watched(network.model)
    asked = replace(network, model=watched)
    told = [asked.accepts(*size) for size in [(11, 40), (12, 40), (40, 10), (11, 40), (40, 10)]]
    assert told == [True, True, False, True, False]
    assert watched.times == 2  # (11, 40) is filled up to (12, 40)
    again = replace(asked, targets=())
    assert again.accepts(11, 40)
    assert watched.times == 3  # another network may be of another model
