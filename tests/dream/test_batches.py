"""In a batch each picture dreams as it does alone."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream import batches, tile_size
from dreamfolio.dream import stepping as module
from dreamfolio.dream.ascent import ascend
from dreamfolio.dream.backend.memory import OutOfMemory
from dreamfolio.dream.batches import batch_size, climbing, parted
from dreamfolio.dream.commission import Commission
from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.engine import dream, dream_together
from dreamfolio.dream.pull import pull_toward
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.retreating import Retreating
from dreamfolio.dream.stepping import AtOnce, InTiles
from dreamfolio.dream.target import Target

SHAPES = {
    "plain": Recipe(),
    "rms, smoothed and calmed": Recipe(objective="rms", smooth=(0.6, 2.0), chroma=0.5),
    "levelled, by the mean size": Recipe(objective="l2", laplacian=3, norm="mean-abs"),
    "jittered and pulled": Recipe(jitter=9, tv=0.2, hold=0.1),
}
RECIPE = Recipe(octaves=2, steps=4, step_size=0.02, jitter=6, detail=True, smooth=(0.6, 2.0))


@pytest.fixture(scope="module")
def starts() -> Any:
    """Three pictures of very different contrast, whose gradients have very different sizes."""
    noise = np.random.default_rng(2).uniform(-1, 1, (3, 40, 52, 3)).astype("float32")
    return noise * np.array([0.9, 0.3, 0.02], "float32")[:, None, None, None]


@pytest.fixture(scope="module")
def commissions(picture: Any) -> list[Commission]:
    """Pictures of one size, each with a seed and a mask of its own; one with alpha."""
    mask = np.full((48, 64, 3), 255, np.uint8)
    mask[:, :32] = 0
    alpha = np.concatenate([picture[::-1], mask[..., :1]], axis=-1)
    return [
        Commission(picture, RECIPE, 1),
        Commission(alpha, RECIPE.model_copy(update={"strength": 0.5}), 2),
        Commission(255 - picture, RECIPE.model_copy(update={"mask": "m.png"}), 3, {"mask": mask}),
        Commission(picture, RECIPE, 4),
        Commission(picture, RECIPE.model_copy(update={"seed": 9}), 5),
    ]


def alone(one: Commission, network: Any) -> Any:
    return dream(one.pixels, one.recipe, network, one.seed, pictures=one.pictures)


def rngs(*seeds: int) -> list[Any]:
    return [np.random.default_rng(seed) for seed in seeds]


@pytest.mark.parametrize("way", [AtOnce, lambda *known: InTiles(*known, side=24)])
@pytest.mark.parametrize("recipe", SHAPES.values(), ids=SHAPES)
def test_a_step_of_each_is_its_own(
    recipe: Recipe, way: Any, tiny: Callable[..., Any], starts: Any
) -> None:
    recipe = recipe.model_copy(update={"steps": 1, "step_size": 0.003})
    stepping = way(tiny("activation_1", Target("conv2d", 0.5)), recipe, 0)

    def stepped(pictures: Any, *seeds: int) -> Any:
        pulled = pull_toward(pictures / 2, recipe)
        return ascend(pictures, recipe, stepping, rngs(*seeds), pulled=pulled) - pictures

    together = stepped(starts, 1, 2, 3)
    for number, found in enumerate(together):
        (expected,) = stepped(starts[number : number + 1], number + 1)
        assert np.linalg.norm(found - expected) < 1e-5 * np.linalg.norm(expected)
        assert np.abs(found).max() > 0.001


def test_whole_dreams_are_those_alone(
    tiny: Callable[..., Any], commissions: list[Commission]
) -> None:
    heard: list[tuple[int, int]] = []
    together = dream_together(
        commissions, tiny("conv2d"), on_step=lambda *count: heard.append(count)
    )
    for one, found in zip(commissions, together, strict=True):
        assert found.shape == one.pixels.shape
        assert np.abs(found.astype(int) - alone(one, tiny("conv2d"))).max() <= 2
        assert np.abs(found.astype(int) - one.pixels).mean() > 1
    masked = commissions[2].pixels[:, :30]
    assert np.array_equal(together[2][:, :30], masked)
    assert not np.array_equal(together[0], together[3])
    assert heard == [(done, 8) for done in range(9)]


def test_the_same_batch_gives_the_same_bytes(
    tiny: Callable[..., Any], commissions: list[Commission]
) -> None:
    once, again = (dream_together(commissions, tiny("conv2d")) for _ in range(2))
    assert np.array_equal(np.stack(once[2:]), np.stack(again[2:]))
    assert np.array_equal(once[1], again[1])


def test_a_batch_is_filled_up_with_what_changes_nothing(
    tiny: Callable[..., Any], commissions: list[Commission]
) -> None:
    filled = dream_together(commissions[:2], tiny("conv2d"), filled=5)
    assert len(filled) == 2
    for one, found in zip(commissions, filled, strict=False):
        assert np.abs(found.astype(int) - alone(one, tiny("conv2d"))).max() <= 2


def test_dreams_that_do_not_climb_alike_are_not_dreamed_together(
    tiny: Callable[..., Any], picture: Any
) -> None:
    others = [
        Commission(picture, RECIPE.model_copy(update={"jitter": 5}), 1),
        Commission(picture[:-1], RECIPE, 1),
    ]
    for other in others:
        with pytest.raises(ValueError, match="alike"):
            dream_together([Commission(picture, RECIPE, 1), other], tiny())


def test_pictures_that_shrink_to_one_size_are(tiny: Callable[..., Any], picture: Any) -> None:
    recipe = RECIPE.model_copy(update={"max_size": 32})
    both = [
        Commission(picture, recipe, 1),
        Commission(picture.repeat(2, 0).repeat(2, 1), recipe, 1),
    ]
    assert [found.shape for found in dream_together(both, tiny("conv2d"))] == [(24, 32, 3)] * 2


def test_where_memory_runs_out_fewer_are_dreamed_at_a_time(
    tiny: Callable[..., Any],
    commissions: list[Commission],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = dream_together(commissions, tiny("conv2d"))
    real, fewer = module.AtOnce._compiled, []

    def compiled(self: Any, count: int) -> Any:
        if count > 2:
            raise OutOfMemory
        return real(self, count)

    monkeypatch.setattr(module.AtOnce, "_compiled", compiled)
    found = dream_together(commissions, tiny("conv2d"), on_fewer=fewer.append)
    assert fewer == [2]  # and no more where the next octave begins
    for one, other in zip(found, expected, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 2


def test_only_where_one_is_too_much_there_are_tiles(
    tiny: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = np.random.default_rng(0).uniform(-1, 1, (2, 260, 260, 3)).astype("float32")
    recipe, told = Recipe(steps=1, step_size=0.02), []
    expected = ascend(starts, recipe, AtOnce(tiny(), recipe, 0), rngs(1, 2))

    def too_much(self: Any, *arguments: Any) -> Any:
        raise OutOfMemory

    monkeypatch.setattr(module.AtOnce, "step", too_much)
    way = Retreating(tiny(), recipe, 0, on_fewer=told.append, on_tile=told.append)
    found = ascend(starts, recipe, way, rngs(1, 2))
    assert told == [1, 130]
    assert np.abs(found - expected).max() < 2e-3


def test_a_batch_is_stopped_between_steps(
    tiny: Callable[..., Any], commissions: list[Commission]
) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Stopped):
        dream_together(commissions, tiny("conv2d"), stop=stop)
    assert len(asked) == 4


def test_what_shows_of_a_dream_and_its_seed_keep_none_out_of_a_batch() -> None:
    same = RECIPE.model_copy(update={"seed": 3, "mask": "subject", "strength": 0.4})
    assert climbing(same) == climbing(RECIPE)
    for field, value in {"steps": 9, "chroma": 0.5, "color": "keep", "guide": "g.png"}.items():
        assert climbing(RECIPE.model_copy(update={field: value})) != climbing(RECIPE)


def test_a_batch_is_as_large_as_is_asked_and_what_has_a_graph_of_its_own_is_in_none(
    tiny: Callable[..., Any],
) -> None:
    guided = RECIPE.model_copy(update={"guide": "g.png"})
    strongest, motif = Target("activation_1:strongest(2)"), Target("motif-patchwork")
    assert batch_size(tiny(), RECIPE, 100, 100, 8, "auto") == 8
    assert batch_size(tiny(), RECIPE, 100, 100, "none", "auto") == 1
    assert batch_size(tiny(), guided, 100, 100, 8, "auto") == 1
    assert batch_size(tiny(strongest), RECIPE, 100, 100, 8, "auto") == 1
    patchwork = SimpleNamespace(targets=(Target("conv2d"), motif))
    assert batch_size(patchwork, RECIPE, 100, 100, 8, "auto") == 1  # type: ignore[arg-type]
    assert batch_size(tiny(), RECIPE, 100, 100, 8, 64) == 1
    assert batch_size(tiny(), RECIPE, 100_000, 100_000, 8, "auto") == 1


def test_of_itself_a_cpu_dreams_one_picture_and_a_card_as_many_as_fit(
    tiny: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def sizes(*sides: int) -> list[int]:
        return [batch_size(tiny(), RECIPE, side, side, "auto", "none") for side in sides]

    monkeypatch.setattr(tile_size, "available_memory", lambda: 1 << 50)
    monkeypatch.setattr(batches, "device", lambda: SimpleNamespace(is_cpu=True))
    assert sizes(100) == [1]
    monkeypatch.setattr(batches, "device", lambda: SimpleNamespace(is_cpu=False))
    small, medium, large = sizes(100, 2000, 20_000)
    assert small == 16
    assert 1 < medium < 16
    assert large == 1


def test_batches_are_few_and_even() -> None:
    assert parted("abcde", 8) == ["abcde"]
    assert [len(one) for one in parted(range(17), 16)] == [9, 8]
    assert [len(one) for one in parted(range(20), 8)] == [7, 7, 6]
    assert "".join(parted("abcdefghij", 4)) == "abcdefghij"
    assert parted("", 4) == []
