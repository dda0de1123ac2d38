"""The sizes a picture is dreamed at."""

import itertools

import pytest

from dreamfolio.dream.engine import steps_of
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.dream.recipe import NAMED, Recipe


def test_automatic_octaves_end_at_about_the_smallest_size() -> None:
    sizes = octave_sizes(NAMED["octaves"], 1080, 1920)
    assert sizes[-1] == (1080, 1920)
    assert 170 <= min(sizes[0]) <= 240
    ratios = [larger[0] / smaller[0] for smaller, larger in itertools.pairwise(sizes)]
    assert ratios == pytest.approx([1.4] * len(ratios), rel=0.01)


def test_a_small_picture_has_one_automatic_octave() -> None:
    assert octave_sizes(NAMED["octaves"], 90, 160) == ((90, 160),)


def test_a_preview_is_at_most_480_pixels_long() -> None:
    assert octave_sizes(NAMED["preview"], 1080, 1920)[-1] == (270, 480)
    assert octave_sizes(NAMED["preview"], 100, 100)[-1] == (100, 100)


def test_a_few_pixels_do_not_shrink_for_ever() -> None:
    sizes = octave_sizes(Recipe(octaves=32, scale=1.4), 1, 3)
    assert sizes == tuple(dict.fromkeys(sizes))
    assert sizes[-1] == (1, 3)
    assert min(min(size) for size in sizes) == 1


def test_steps_are_counted_over_all_octaves() -> None:
    assert steps_of(NAMED["classic"], 1080, 1920) == 100
    recipe = Recipe(octaves=3, steps=7)
    assert steps_of(recipe, 100, 100) == 21
    assert steps_of(Recipe(steps=0), 100, 100) == 0
