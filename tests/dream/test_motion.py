"""Animations of a dream: from the render into it and back, and on into it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream.animation import Animation
from dreamfolio.dream.climb import Reached
from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.engine import dream
from dreamfolio.dream.motion import animate, steps_of
from dreamfolio.dream.recipe import Recipe
from dreamfolio.errors import DreamError

RECIPE = Recipe(octaves=3, scale=1.3, steps=8, jitter=4, detail=True, step_size=0.03)
MORPH, ZOOM = Animation(frames=16), Animation(kind="zoom", frames=12)


def change(one: Any, other: Any) -> float:
    return float(np.abs(one.astype(float) - other).mean())


def round_the_loop(frames: list[Any]) -> list[float]:
    return [change(one, other) for one, other in pairwise([*frames, frames[0]])]


def test_a_morph_goes_from_the_source_to_the_very_still_and_back(
    tiny: Callable[..., Any], picture: Any
) -> None:
    frames = animate(picture, RECIPE, tiny("conv2d"), 1, MORPH)
    assert len(frames) == 16
    assert np.array_equal(frames[0], picture)
    assert np.array_equal(frames[8], dream(picture, RECIPE, tiny("conv2d"), seed=1))
    for ahead, back in zip(frames[1:8], frames[:8:-1], strict=True):
        assert np.array_equal(ahead, back)


@pytest.mark.parametrize("steps", [8, 2])
@pytest.mark.parametrize("octaves", [1, 3])
def test_a_morph_changes_evenly(
    steps: int, octaves: int, tiny: Callable[..., Any], picture: Any
) -> None:
    recipe = RECIPE.model_copy(update={"steps": steps, "octaves": octaves})
    frames = animate(picture, recipe, tiny("conv2d"), 1, MORPH)
    away = [change(frame, picture) for frame in frames[:9]]
    strides = np.diff(away)
    assert strides.min() > 0.4 * strides.mean()
    assert strides.max() < 1.8 * strides.mean()


def test_a_morph_keeps_what_is_not_dreamed_yet_as_sharp_as_it_is(
    tiny: Callable[..., Any],
) -> None:
    grain = np.random.default_rng(1).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    recipe = RECIPE.model_copy(update={"step_size": 0.002, "scale": 2.0})
    frames = animate(grain, recipe, tiny("conv2d"), 1, MORPH)
    assert max(change(frame, grain) for frame in frames) < 8


@pytest.mark.parametrize("picture_has_alpha", [False, True])
def test_background_stays_as_it_is_in_every_frame(
    picture_has_alpha: bool, tiny: Callable[..., Any], picture: Any
) -> None:
    alpha = np.zeros((48, 64, 1), np.uint8)
    alpha[8:40, 8:40] = 255
    source = np.concatenate([picture, alpha], axis=-1)
    if not picture_has_alpha:
        source = np.where(alpha > 0, picture, np.uint8(20))
    mask = "alpha" if picture_has_alpha else "subject"
    recipe = RECIPE.model_copy(update={"mask": mask})
    frames = animate(source, recipe, tiny("conv2d"), 1, MORPH)
    assert change(frames[8], source) > 1
    for frame in frames:
        assert np.array_equal(frame[:, 48:], source[:, 48:])
        assert np.array_equal(frame[..., 3:], source[..., 3:])


def test_frames_are_no_wider_than_asked_nor_than_the_picture(
    tiny: Callable[..., Any], picture: Any
) -> None:
    for width, shape in ((32, (24, 32, 3)), (640, (48, 64, 3))):
        for animation in (MORPH, ZOOM):
            sized = animation.model_copy(update={"width": width})
            frames = animate(picture, RECIPE, tiny("conv2d"), 1, sized)
            assert {frame.shape for frame in frames} == {shape}


def test_a_zoom_closes(tiny: Callable[..., Any], picture: Any) -> None:
    frames = animate(picture, RECIPE, tiny("conv2d"), 1, ZOOM)
    assert len(frames) == 12
    assert max(round_the_loop(frames)) < 0.5 * change(frames[8], frames[0])


def test_a_zoom_draws_nearer_to_where_the_dream_shows(tiny: Callable[..., Any]) -> None:
    source = np.zeros((48, 64, 4), np.uint8)
    source[24:36, 36:48] = 255
    recipe = RECIPE.model_copy(update={"mask": "alpha", "step_size": 0.001})
    frames = animate(source, recipe, tiny("conv2d"), 1, ZOOM)
    sizes = [int((frame[..., 3] > 127).sum()) for frame in frames[:9]]
    assert sizes == sorted(sizes)
    assert sizes[-1] > 1.1 * sizes[0]
    y, x = np.argwhere(frames[8][..., 3] > 127).mean(axis=0)
    assert abs(y - 29.5) < 1
    assert abs(x - 41.5) < 1


@pytest.mark.parametrize("animation", [MORPH, ZOOM])
def test_same_seed_same_frames(
    animation: Animation, tiny: Callable[..., Any], picture: Any
) -> None:
    one, again, other = (
        animate(picture, RECIPE, tiny("conv2d"), seed, animation) for seed in (1, 1, 2)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_frames_too_small_for_the_network_are_told_before_a_dream(
    tiny: Callable[..., Any],
) -> None:
    wide, told = np.zeros((4, 640, 3), np.uint8), []
    with pytest.raises(DreamError, match="does not reach"):
        animate(
            wide,
            RECIPE.model_copy(update={"octaves": 1}),
            tiny("max_pooling2d"),
            1,
            ZOOM.model_copy(update={"width": 16}),
            on_step=lambda *step: told.append(step),
        )
    assert told == []


@pytest.mark.parametrize("animation", [MORPH, ZOOM])
def test_every_step_is_told_and_can_be_the_last(
    animation: Animation, tiny: Callable[..., Any], picture: Any
) -> None:
    told: list[tuple[int, int]] = []
    animate(picture, RECIPE, tiny("conv2d"), 1, animation, on_step=lambda *step: told.append(step))
    total = steps_of(RECIPE, 48, 64, animation)
    assert {of for _, of in told} == {total}
    assert list(dict.fromkeys(done for done, _ in told)) == list(range(total + 1))
    asked = iter(range(total))
    with pytest.raises(Stopped):
        animate(
            picture,
            RECIPE,
            tiny("conv2d"),
            1,
            animation,
            stop=lambda: next(asked) == total - 1,
        )


class Kept:
    """Checkpoints in memory: all of them, and the one to go on from."""

    def __init__(self, left: Reached | None = None):
        self.left = left
        self.all: list[Reached] = []

    def last(self) -> Reached | None:
        return self.left

    def passing(self, octave: int, steps: int, of: int, give: Any, states: Any = ()) -> None:
        self.all.append(Reached(octave, steps, give(), tuple(states)))


@pytest.mark.parametrize("animation", [MORPH, ZOOM])
@pytest.mark.parametrize("most_states", [240, 9])
def test_one_that_was_cut_off_goes_on_to_the_same_frames(
    animation: Animation,
    most_states: int,
    tiny: Callable[..., Any],
    picture: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dreamfolio.dream.motion._MOST_STATES", most_states)
    kept, network = Kept(), tiny("conv2d")
    whole = animate(picture, RECIPE, network, 1, animation, checkpoints=kept)
    total = steps_of(RECIPE, 48, 64, animation)
    for left in (kept.all[0], kept.all[13], kept.all[23], kept.all[-1]):
        told: list[int] = []
        again = animate(
            picture,
            RECIPE,
            network,
            1,
            animation,
            checkpoints=Kept(left),
            on_step=lambda done, _, told=told: told.append(done),
        )
        assert np.array_equal(again, whole)
        assert told[-1] == total
        assert told == sorted(told)


def test_what_a_dive_has_dreamed_is_not_dreamed_again(
    tiny: Callable[..., Any], picture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, network = Kept(), tiny("conv2d")
    animate(picture, RECIPE, network, 1, ZOOM, checkpoints=kept)
    monkeypatch.setattr("dreamfolio.dream.motion.dream", None)
    animate(picture, RECIPE, network, 1, ZOOM, checkpoints=(rest := Kept(kept.all[-3])))
    assert len(rest.all) == 2


def test_without_steps_a_morph_stands_still(tiny: Callable[..., Any], picture: Any) -> None:
    still = RECIPE.model_copy(update={"steps": 0})
    for frame in animate(picture, still, tiny("conv2d"), 1, MORPH):
        assert np.array_equal(frame, picture)


@pytest.mark.parametrize("animation", [MORPH, ZOOM])
def test_a_loop_takes_as_long_as_asked(animation: Animation) -> None:
    durations = animation.durations()
    assert len(durations) == animation.frames
    assert abs(sum(durations) - 4000) <= animation.frames
