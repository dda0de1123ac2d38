"""Batches: pictures in range, parts that add up, the same for the same seed and number."""

from __future__ import annotations

import numpy as np
import pytest

from dreamfolio.dream.pocket.batches import PARTS, Batches
from dreamfolio.dream.pocket.samples import SIDE, Samples


@pytest.fixture(scope="module")
def batches() -> Batches:
    """Four classes that are plain colours, so that parts can be seen in the picture."""
    colours = np.array([[250, 0, 0], [0, 250, 0], [0, 0, 250], [250, 250, 250]], np.uint8)
    pictures = np.broadcast_to(colours[:, None, None, None], (4, 2, SIDE, SIDE, 3))
    return Batches(Samples(pictures, ("red", "green", "blue", "white")), 1, 32, 96)


def test_a_batch_has_the_shapes_and_ranges_it_says(batches: Batches) -> None:
    (pictures, shares), labels, counts = batches[0]
    assert pictures.shape == (32, 96, 96, 3)
    assert pictures.dtype == np.float32
    assert -1 <= pictures.min() < -0.5 < 0.5 < pictures.max() <= 1
    assert shares.shape == (32, PARTS, 6, 6)
    assert labels.shape == counts.shape == (32, PARTS)
    assert set(labels.ravel()) <= {0, 1, 2, 3}


def test_every_part_that_counts_is_somewhere_in_the_picture(batches: Batches) -> None:
    (_, shares), _, counts = batches[1]
    sums = shares.sum((2, 3))
    assert np.allclose(sums[counts > 0], 1, atol=1e-5)
    assert (sums[counts == 0] == 0).all()
    assert counts.sum(1).max() <= 1.0001
    assert {1, 2, 4} <= {int((row > 0).sum()) for number in range(3) for row in batches[number][2]}


def test_a_part_lies_where_its_motif_shows(batches: Batches) -> None:
    (pictures, shares), labels, counts = batches[2]
    for picture, parts, classes, weights in zip(pictures, shares, labels, counts, strict=True):
        for share, label, weight in zip(parts, classes, weights, strict=True):
            if weight == 0 or label == 3 or np.ptp(picture, -1).max() < 0.1:
                continue
            cells = picture.reshape(6, 16, 6, 16, 3).mean((1, 3))
            colour = (cells * share[..., None]).sum((0, 1))
            assert colour.argmax() == label


def test_the_same_number_gives_the_same_batch(batches: Batches) -> None:
    assert np.array_equal(batches[3][0][0], batches[3][0][0])
    assert not np.array_equal(batches[3][0][0], batches[4][0][0])
