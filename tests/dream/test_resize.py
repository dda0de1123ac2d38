"""Resizing floats and bytes."""

import numpy as np

from dreamfolio.dream.resize import resize, shrink


def test_a_picture_at_its_own_size_is_the_same() -> None:
    picture = np.random.default_rng(0).uniform(-1, 1, (7, 9, 3)).astype(np.float32)
    assert resize(picture, 7, 9) is picture


def test_shrinking_averages_instead_of_skipping_pixels() -> None:
    stripes = np.tile(np.array([-1, 1], np.float32), 64)
    picture = np.broadcast_to(stripes[None, :, None], (128, 128, 3)).copy()
    assert np.abs(resize(picture, 32, 32)[8:-8, 8:-8]).max() < 0.05


def test_height_and_width_are_not_confused_and_channels_stay_apart() -> None:
    picture = np.zeros((20, 40, 3), np.float32)
    picture[..., 1] = 0.5
    smaller = resize(picture, 5, 30)
    assert smaller.shape == (5, 30, 3)
    np.testing.assert_allclose(smaller[..., 1], 0.5, atol=1e-6)
    np.testing.assert_allclose(smaller[..., [0, 2]], 0, atol=1e-6)


def test_bytes_shrink_with_their_alpha() -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[:, 20:] = (200, 100, 50, 255)
    small = shrink(pixels, 10, 10)
    assert small.shape == (10, 10, 4)
    assert small[5, 0].tolist() == [0, 0, 0, 0]
    assert small[5, -1].tolist() == [200, 100, 50, 255]
