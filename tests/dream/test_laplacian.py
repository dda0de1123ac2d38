"""The gradient's bands of detail."""

from typing import Any

import numpy as np
import pytest

from dreamfolio.dream import floors, laplacian
from dreamfolio.dream.laplacian import levelled
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.shaping import shaped


def bands(height: int, width: int) -> tuple[Any, Any]:
    """Loud grain, and a faint wave across the whole picture."""
    rng = np.random.default_rng(1)
    grain = rng.normal(size=(1, height, width, 3)).astype("float32")
    wave = np.sin(np.linspace(0, 2 * np.pi, width, dtype="float32"))
    return grain, np.broadcast_to(wave[None, None, :, None], grain.shape) * np.float32(0.1)


def test_coarse_forms_come_to_the_strength_of_grain() -> None:
    grain, wave = bands(64, 96)

    def share(levels: int) -> float:
        shaped = np.asarray(levelled(grain + wave, levels))
        return float(np.corrcoef(shaped.ravel(), wave.ravel())[0, 1])

    assert share(0) < 0.1
    assert share(4) > 0.3


@pytest.mark.parametrize("loudness", [0.01, 1.0, 30.0])
def test_fine_detail_and_what_is_below_it_have_one_strength(loudness: float) -> None:
    grain, wave = bands(64, 96)
    gradient = np.float32(loudness) * grain + wave

    def size(band: Any) -> float:
        return float(np.sqrt(np.square(band).mean()))

    below = laplacian._halved(gradient)
    coarse = laplacian._doubled(below / size(below), gradient)
    fine = np.asarray(levelled(gradient, 1)) - np.asarray(coarse)
    assert size(fine) == pytest.approx(1, rel=1e-3)


def test_bands_of_a_huge_picture_have_the_strength_of_those_of_a_smaller_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gradient = np.add(*bands(64, 96)) * np.float32(1e-9)
    plain = np.asarray(levelled(gradient, 3))
    monkeypatch.setattr(floors, "_PIXELS", 64 * 96 / 1e4)
    huge = np.asarray(levelled(gradient * np.float32(1e-4), 3))
    assert np.abs(huge - plain).max() < 1e-4 * np.abs(plain).max()


def test_no_levels_leave_the_gradient_as_it_is() -> None:
    grain, _ = bands(8, 8)
    assert levelled(grain, 0) is grain


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (7, 5), (33, 64)])
def test_a_gradient_of_any_size_keeps_it(size: tuple[int, int]) -> None:
    grain, wave = bands(*size)
    shaped = np.asarray(levelled(grain + wave, 6))
    assert shaped.shape == grain.shape
    assert np.isfinite(shaped).all()


def test_a_picture_without_slope_has_none_after_it() -> None:
    assert not np.asarray(levelled(np.zeros((1, 9, 9, 3), "float32"), 3)).any()


@pytest.mark.parametrize("laplacian", [0, 3])
@pytest.mark.parametrize("smooth", [(), (0.6, 1.6)])
@pytest.mark.parametrize("chroma", [1.0, 0.5])
def test_a_step_is_as_long_as_it_is_said_to_be(
    laplacian: int, smooth: tuple[float, ...], chroma: float
) -> None:
    grain, wave = bands(40, 30)
    recipe = Recipe(laplacian=laplacian, smooth=smooth, chroma=chroma)
    step = np.asarray(shaped((grain + wave) * np.float32(1e-3), recipe))
    assert step.std() == pytest.approx(1, rel=1e-3)
    mean = recipe.model_copy(update={"norm": "mean-abs"})
    step = np.asarray(shaped((grain + wave) * np.float32(1e-3), mean))
    assert np.abs(step).mean() == pytest.approx(1, rel=1e-3)
