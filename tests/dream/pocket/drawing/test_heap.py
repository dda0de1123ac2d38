"""Heaps: pieces lie where they were put, the later upon the earlier, and a place moves them all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.heap import Place, Values, ball, heaped, petal, pieces, ring
from dreamfolio.dream.pocket.drawing.relief import Field


def _bright(u: Field, v: Field, number: NDArray[np.int16]) -> tuple[Values, Values, Values]:
    height, _, inside = ball(u, v, number)
    return height, 0.25 + 0.5 * number + 0 * u * v, inside


def test_the_later_piece_lies_upon_the_earlier() -> None:
    relief = heaped(64, pieces([-0.1, 0.1], 0.0, 0.0, 0.4, [0.0, 0.3]), _bright)
    assert relief.cover is not None
    assert relief.cover[0, 0] == 0
    assert relief.cover[32, 32] == 1
    assert abs(relief.tone[32, 32] - 0.75) < 1e-6
    assert abs(relief.tone[32, 16] - 0.25) < 1e-6
    assert relief.height[32, 38] > relief.height[32, 26] + 0.25


def test_pieces_beyond_the_border_are_cut_and_those_far_off_leave_no_trace() -> None:
    relief = heaped(64, pieces([0.5, 3.0], 0.0, 0.0, [0.3, 0.3], 0.0), ball)
    assert relief.cover is not None
    assert relief.cover[32, 63] == 1
    assert relief.cover[:, :50].max() == 0


def test_a_place_moves_turns_and_scales() -> None:
    heap = ring(1, 0.1, 0.2)
    moved = Place(0.1, 0.0, np.pi / 2, 2.0).of(heap)
    np.testing.assert_allclose(moved.at, [[0.1, 0.4]], atol=1e-6)
    np.testing.assert_allclose(moved.angle, [np.pi / 2], atol=1e-6)
    np.testing.assert_allclose(moved.long, [0.4], atol=1e-6)


def test_a_petal_stays_within_its_length_and_width() -> None:
    relief = heaped(128, pieces(0.0, 0.0, 0.0, 0.5, 0.0), petal(0.4))
    assert relief.cover is not None
    rows, columns = np.nonzero(relief.cover > 0.5)
    assert 58 <= np.ptp(columns) <= 65
    assert 22 <= np.ptp(rows) <= 27
