"""Between bytes and the range a picture dreams in."""

import numpy as np

from dreamfolio.dream.pixels import from_dream, to_dream

ALL = np.arange(256, dtype=np.uint8).reshape(16, 16, 1)


def test_every_byte_comes_back_as_it_was() -> None:
    assert to_dream(ALL).dtype == np.float32
    assert to_dream(ALL).min() == -1
    assert to_dream(ALL).max() == 1
    assert (from_dream(to_dream(ALL)) == ALL).all()


def test_a_byte_is_within_one_level_of_the_tutorials() -> None:
    dreamed = np.random.default_rng(0).uniform(-1, 1, (64, 64, 3)).astype(np.float32)
    tutorial = (255 * (dreamed + 1.0) / 2.0).astype(np.uint8)
    assert np.abs(from_dream(dreamed).astype(int) - tutorial).max() <= 1
