"""The sea's tools: cells, spirals, mazes and tubes lie where they are said to lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dreamfolio.dream.pocket.drawing.canvas import grid, polar
from dreamfolio.dream.pocket.drawing.marine import Skin, comb, curve, formed, maze, swept, whorls

_ACROSS = np.array([[-0.4, 0], [0.4, 0]], np.float32)
_DOWN = np.array([[0, -0.4], [0, 0.4]], np.float32)


def _plain(tone: float) -> Skin:
    def skin(along: NDArray[Any], across: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        return 0.5 + 0 * along + 0 * across, tone + 0 * along + 0 * across

    return skin


def test_a_later_tube_lies_over_an_earlier_one() -> None:
    tubes = [(_ACROSS, 0.1, _plain(0.2)), (_DOWN, 0.1, _plain(0.8))]
    _, tone, _ = swept(64, tubes)
    assert tone[32, 32] == pytest.approx(0.8, abs=0.01)
    assert tone[32, 10] == pytest.approx(0.2, abs=0.01)


def test_a_tube_is_as_wide_as_asked_and_has_no_holes() -> None:
    _, _, cover = swept(96, [(_ACROSS, 0.1, _plain(0.5))])
    x, y = grid(96)
    assert cover[(np.abs(x) < 0.38) & (np.abs(y) < 0.08)].min() == 1
    assert cover[np.abs(y) > 0.125].max() == 0


def test_a_tube_beyond_the_border_leaves_the_canvas_bare() -> None:
    _, _, cover = swept(32, [(_ACROSS + 2, 0.1, _plain(0.5))])
    assert cover.max() == 0


def test_a_cell_of_the_comb_has_one_number_and_walls_halfway_to_the_next() -> None:
    place = np.array([0.5, 0.7, 1.0 - 1e-4, 1.5])
    wall, number = comb(place, np.full(4, np.sqrt(3) / 2))
    assert wall[0] == pytest.approx(0, abs=1e-6)
    assert wall[2] == pytest.approx(1, abs=1e-3)
    assert number[0] == number[1] == number[2]
    assert number[3] != number[0]


def test_a_whorl_further_out_is_as_many_times_wider_as_the_growth() -> None:
    x, y = np.array([0.1, 0.2], np.float32), np.array([0.05, 0.1], np.float32)
    within, turn = whorls(*polar(x, y), 2.0)
    assert within[0] == pytest.approx(within[1], abs=1e-4)
    assert turn[1] - turn[0] == pytest.approx(1, abs=1e-4)


def test_a_maze_has_the_stripes_that_were_asked_for() -> None:
    stripes = maze(np.random.default_rng(3), 96, 8)
    power = np.abs(np.fft.fft2(stripes)) ** 2
    axis = np.fft.fftfreq(96, 1 / 96)
    across = np.hypot(axis[:, None], axis[None])
    assert np.average(across, weights=power) == pytest.approx(8, abs=1.5)


def test_a_curve_that_does_not_bend_is_straight_and_as_long_as_asked() -> None:
    path = curve((0.1, 0.2), 0.0, np.zeros(9), 0.3)
    assert path[0] == pytest.approx([0.1, 0.2])
    assert path[-1] == pytest.approx([0.4, 0.2])


def test_a_relief_keeps_to_its_range() -> None:
    relief = formed(np.full((2, 2), 9.0), np.full((2, 2), -1.0), np.full((2, 2), 2.0))
    assert relief.height.max() < 1.6
    assert relief.tone.min() == 0
    assert relief.cover is not None
    assert relief.cover.max() == 1
