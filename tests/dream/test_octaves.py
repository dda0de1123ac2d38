"""The sizes a picture is dreamed at."""

import itertools
from typing import Any

import pytest
from pydantic import ValidationError

from dreamfolio.dream.engine import steps_of
from dreamfolio.dream.networks.known import catalogue_of, known_networks
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.octaves import octave_sizes
from dreamfolio.dream.recipe import NAMED, Recipe


def test_automatic_octaves_end_at_about_the_smallest_size() -> None:
    sizes = octave_sizes(NAMED["octaves"], 1080, 1920)
    assert sizes[-1] == (1080, 1920)
    assert 170 <= min(sizes[0]) <= 240
    ratios = [larger[0] / smaller[0] for smaller, larger in itertools.pairwise(sizes)]
    assert ratios == pytest.approx([1.4] * len(ratios), rel=0.01)


@pytest.mark.parametrize("name", ["octaves", "preview", "pocket", "motifs"])
def test_jitter_reaches_over_the_widest_stride_of_any_known_network(name: str) -> None:
    catalogues = [catalogue_of(NetworkReference(name=network)) for network in known_networks()]
    widest = max(layer.stride or 0 for one in catalogues if one for layer in one.layers)
    assert NAMED[name].jitter >= widest > 8


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


def test_each_octave_may_have_steps_of_its_own() -> None:
    recipe = Recipe(octaves=4, scale=2.0, steps=(40, 20, 10))
    assert [recipe.at(octave).steps for octave in range(4)] == [40, 20, 10, 10]
    assert steps_of(recipe, 100, 100) == 80
    # Of a picture with fewer octaves the smallest ones are the first.
    assert steps_of(recipe.model_copy(update={"octaves": 2}), 100, 100) == 60


@pytest.mark.parametrize(
    ("written", "alike"),
    [
        ({"steps": [20, 20, 20]}, {"steps": 20}),
        ({"steps": [40, 20, 20]}, {"steps": [40, 20]}),
        ({"steps": [7]}, {"steps": 7}),
        ({"step_size": [0.02, 0.02]}, {"step_size": 0.02}),
        ({"steps": [100, 20], "octaves": 1}, {}),
        ({"steps": [40, 20, 10], "octaves": 2}, {"steps": [40, 20], "octaves": 2}),
    ],
)
def test_what_comes_to_the_same_has_one_form(
    written: dict[str, Any], alike: dict[str, Any]
) -> None:
    auto = {} if "octaves" in written else {"octaves": "auto"}
    assert Recipe(**auto, **written).canonical() == Recipe(**auto, **alike).canonical()


@pytest.mark.parametrize("steps", [[], [-1], [1.5], ["many"], [1] * 33])
def test_steps_that_are_none_are_refused(steps: list[Any]) -> None:
    with pytest.raises(ValidationError):
        Recipe(steps=steps)
