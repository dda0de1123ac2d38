"""The colours of a dream beside those of its source."""

import colorsys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream.colour import kept, steadied
from dreamfolio.dream.engine import dream
from dreamfolio.dream.recipe import NAMED, Recipe

LUMA = np.array([0.2126, 0.7152, 0.0722])


def hues(pixels: Any) -> Any:
    flat = (pixels.reshape(-1, 3) / 255).tolist()
    return np.array([colorsys.rgb_to_hsv(*rgb)[0] for rgb in flat])


def colourfulness(pixels: Any) -> Any:
    off = pixels - (pixels @ LUMA)[..., None]
    return np.sqrt((off**2).mean(axis=-1))


def test_a_dream_in_light_alone_has_every_hue_of_the_source(
    tiny: Callable[..., Any], picture: Any
) -> None:
    recipe = Recipe(octaves=2, steps=10, step_size=0.08, detail=True, color="keep")
    dreamed = dream(picture, recipe, tiny(), 1)
    assert np.abs((dreamed.astype(int) - picture) @ LUMA).mean() > 5
    colourful = (np.ptp(picture, axis=-1) > 40) & (np.ptp(dreamed, axis=-1) > 40)
    assert colourful.mean() > 0.5
    turned = np.abs(hues(dreamed[colourful]) - hues(picture[colourful]))
    # Bytes round: at 40 levels of colour, one of them is a sixth of a fortieth of the circle.
    assert np.minimum(turned, 1 - turned).max() < 2 / 240


def test_kept_colours_stay_in_range_and_lose_only_strength() -> None:
    rng = np.random.default_rng(0)
    source, dreamed = rng.uniform(-1, 1, (2, 50, 60, 3)).astype("float32")
    result = kept(source, dreamed)
    assert np.abs(result).max() <= 1 + 1e-6
    np.testing.assert_allclose(result @ LUMA, dreamed @ LUMA, atol=1e-5)
    mine, theirs = (x - (x @ LUMA)[..., None] for x in (result, source))
    share = (mine * theirs).sum(-1) / (theirs**2).sum(-1)
    assert share.min() >= -1e-5
    assert share.max() <= 1 + 1e-5
    np.testing.assert_allclose(mine, share[..., None] * theirs, atol=1e-5)


def test_what_was_grey_stays_grey(tiny: Callable[..., Any], picture: Any) -> None:
    grey = np.repeat(picture[..., :1], 3, axis=-1)
    dreamed = dream(grey, Recipe(steps=5, step_size=0.1, color="keep"), tiny(), 1)
    assert np.ptp(dreamed, axis=-1).max() == 0


def drifted() -> tuple[Any, Any, Any]:
    """A source, a dream of it that is darker and twice as colourful, and half of it."""
    rng = np.random.default_rng(0)
    source = rng.uniform(-0.6, 0.6, (40, 50, 3)).astype("float32")
    region = np.zeros((40, 50), "float32")
    region[:, 25:] = 1
    light = (source @ LUMA)[..., None]
    dreamed = np.clip(light - 0.3 + 2 * (source - light), -1, 1).astype("float32")
    return source, dreamed, region


def test_a_steady_dream_is_as_light_and_as_colourful_as_its_source() -> None:
    source, dreamed, region = drifted()
    result = steadied(source, dreamed, region)
    here = region > 0
    assert (dreamed[here] @ LUMA).mean() < (source[here] @ LUMA).mean() - 0.25
    assert (result[here] @ LUMA).mean() == pytest.approx((source[here] @ LUMA).mean(), abs=0.01)
    assert colourfulness(result)[here].mean() == pytest.approx(
        colourfulness(source)[here].mean(), rel=0.02
    )
    assert np.abs(result).max() <= 1 + 1e-6


def test_nothing_is_steadied_where_nothing_shows() -> None:
    source, dreamed, region = drifted()
    assert steadied(source, dreamed, np.zeros_like(region)) is dreamed


def test_a_dream_can_be_steadied(tiny: Callable[..., Any], picture: Any) -> None:
    free = NAMED["classic"].model_copy(update={"steps": 15, "step_size": 0.1})
    steady = free.model_copy(update={"color": "steady"})
    wild, calm = (dream(picture, recipe, tiny(), 1) for recipe in (free, steady))
    asked = colourfulness(picture).mean()
    assert abs(colourfulness(wild).mean() - asked) > 5
    assert colourfulness(calm).mean() == pytest.approx(asked, abs=1)
    assert (calm @ LUMA).mean() == pytest.approx((picture @ LUMA).mean(), abs=1)
