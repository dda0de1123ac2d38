"""A picture and a recipe in, a picture out."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.engine import dream, steps_of
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED, Recipe
from dreamfolio.dream.target import Target
from dreamfolio.errors import DreamError

OCTAVES = Recipe(octaves=3, steps=3, step_size=0.012, jitter=5, detail=True)


@pytest.fixture
def see_through(picture: Any) -> Any:
    """The picture with an alpha of its own."""
    alpha = np.random.default_rng(9).integers(0, 256, (*picture.shape[:2], 1), dtype=np.uint8)
    return np.concatenate([picture, alpha], axis=-1)


@pytest.mark.parametrize("recipe", ["classic", "octaves"])
def test_no_steps_leave_the_picture_as_it_is(
    recipe: str, tiny: Callable[..., Any], see_through: Any
) -> None:
    still = NAMED[recipe].model_copy(update={"steps": 0, "octaves": 3})
    assert dream(see_through, still, tiny(), 1).tobytes() == see_through.tobytes()


def test_steps_of_no_length_leave_every_byte_as_it_is(tiny: Callable[..., Any]) -> None:
    every_byte = np.arange(768, dtype=np.uint32).astype(np.uint8).reshape(16, 16, 3)
    recipe = OCTAVES.model_copy(update={"step_size": 1e-9, "jitter": 0})
    assert dream(every_byte, recipe, tiny(), 1).tobytes() == every_byte.tobytes()


def test_alpha_is_carried_over(tiny: Callable[..., Any], see_through: Any) -> None:
    dreamed = dream(see_through, OCTAVES, tiny(), 1)
    assert dreamed.shape == see_through.shape
    assert (dreamed[..., 3] == see_through[..., 3]).all()
    assert (dreamed[..., :3] != see_through[..., :3]).mean() > 0.5
    assert (dreamed[..., :3] == dream(see_through[..., :3], OCTAVES, tiny(), 1)).all()


def test_the_seed_decides_the_jitter(tiny: Callable[..., Any], picture: Any) -> None:
    np.random.seed(1)
    first = dream(picture, OCTAVES, tiny(), 7)
    np.random.seed(2)
    assert dream(picture, OCTAVES, tiny(), 7).tobytes() == first.tobytes()
    assert dream(picture, OCTAVES, tiny(), 8).tobytes() != first.tobytes()


def test_a_seed_in_the_recipe_goes_before(tiny: Callable[..., Any], picture: Any) -> None:
    seeded = OCTAVES.model_copy(update={"seed": 7})
    assert (
        dream(picture, seeded, tiny(), 1).tobytes() == dream(picture, OCTAVES, tiny(), 7).tobytes()
    )


# A picture of its own: its subject stands before a plain background, and part of it is clear.
SCENE = np.zeros((64, 80, 4), np.uint8)
SCENE[16:48, 20:60] = (*(200, 120, 60), 255)
SCENE[16:48, 20:60, :3] += np.random.default_rng(0).integers(0, 50, (32, 40, 3), dtype=np.uint8)
OTHERWISE: dict[str, Any] = {
    "guide": "other.png",
    "objective": "rms",
    "octaves": 1,
    "min_size": 20,
    "scale": 1.7,
    "steps": 3,
    "step_size": 0.3,
    "jitter": 0,
    "smooth": (1.0, 3.0),
    "laplacian": 2,
    "norm": "mean-abs",
    "tv": 0.5,
    "hold": 0.1,
    "chroma": 0.3,
    "color": "keep",
    "detail": False,
    "max_size": 60,
    "mask": "subject",
    "strength": 0.5,
    "seed": 5,
}


@pytest.mark.parametrize("name", Recipe.model_fields)
def test_every_number_of_a_recipe_shapes_the_picture(tiny: Callable[..., Any], name: str) -> None:
    base = Recipe(octaves="auto", min_size=40, steps=2, step_size=0.2, jitter=8, detail=True)
    other = base.model_copy(update={name: OTHERWISE[name]})
    others = {"guide": SCENE[::-1, ::2]}
    one, two = (dream(SCENE, recipe, tiny(), 1, pictures=others) for recipe in (base, other))
    assert one.shape != two.shape or (one != two).any()
    assert base.canonical() != other.canonical()


def test_the_order_of_layers_does_not_matter(tiny: Callable[..., Any], picture: Any) -> None:
    layers = [Target("activation", 0.3), Target("conv2d_1", 1.7), Target("max_pooling2d", 0.9)]
    one = dream(picture, OCTAVES, tiny(*layers), 1)
    other = dream(picture, OCTAVES, tiny(*reversed(layers)), 1)
    assert one.tobytes() == other.tobytes()
    # In other pictures the order in which floats are summed might tell.
    assert tiny(*layers).targets == tiny(*reversed(layers)).targets


def test_weights_and_objectives_change_the_dream(tiny: Callable[..., Any], picture: Any) -> None:
    dreams = [
        dream(picture, OCTAVES.model_copy(update={"objective": objective}), tiny(*layers), 1)
        for objective, layers in [
            ("mean", (Target("activation"), Target("conv2d_1"))),
            ("mean", (Target("activation", 5.0), Target("conv2d_1"))),
            ("mean", (Target("activation", -1.0), Target("conv2d_1"))),
            ("l2", (Target("activation"), Target("conv2d_1"))),
            ("rms", (Target("activation"), Target("conv2d_1"))),
        ]
    ]
    assert len({dreamed.tobytes() for dreamed in dreams}) == len(dreams)


def test_detail_lost_in_shrinking_is_put_back(tiny: Callable[..., Any]) -> None:
    checks = np.indices((64, 64)).sum(axis=0) % 2 * 200 + 20
    fine = np.repeat(checks[..., None], 3, axis=-1).astype(np.uint8)
    sharpness = {}
    for detail in (True, False):
        recipe = Recipe(octaves=3, scale=2, steps=1, step_size=0.001, detail=detail)
        sharpness[detail] = dream(fine, recipe, tiny(), 1).astype(float).std()
    assert sharpness[True] > 0.9 * fine.std()
    assert sharpness[False] < 0.5 * fine.std()


def test_each_octave_takes_steps_of_its_own_number_and_size(
    tiny: Callable[..., Any], picture: Any
) -> None:
    picture = picture // 2 + 64  # Nothing of it is clipped, at whatever size.
    one = Recipe(steps=3, step_size=0.05, jitter=4)
    two = one.model_copy(update={"octaves": 2, "steps": (2, 3), "detail": True})
    heard: list[int] = []
    # Where the smaller octave all but stands still, the dream is that of the larger one.
    found = dream(
        picture,
        two.model_copy(update={"step_size": (1e-9, 0.05)}),
        tiny(),
        1,
        on_step=lambda done, _: heard.append(done),
    ).astype(int)
    assert heard == [0, 1, 2, 3, 4, 5]
    assert np.abs(found - dream(picture, one, tiny(), 1)).max() <= 1
    other = dream(picture, two.model_copy(update={"step_size": (0.05, 1e-9)}), tiny(), 1)
    assert np.abs(found - other).mean() > 1
    assert np.abs(other.astype(int) - picture).mean() > 1


def test_a_preview_is_shrunk_with_its_alpha(tiny: Callable[..., Any], see_through: Any) -> None:
    recipe = OCTAVES.model_copy(update={"max_size": 32})
    assert dream(see_through, recipe, tiny(), 1).shape == (24, 32, 4)


def test_every_step_is_told(tiny: Callable[..., Any], picture: Any) -> None:
    heard: list[tuple[int, int]] = []
    dream(picture, OCTAVES, tiny(), 1, on_step=lambda done, total: heard.append((done, total)))
    total = steps_of(OCTAVES, *picture.shape[:2])
    assert heard == [(done, total) for done in range(total + 1)]


def test_a_dream_can_be_stopped_at_any_step(tiny: Callable[..., Any], picture: Any) -> None:
    heard: list[int] = []
    with pytest.raises(Stopped):
        dream(
            picture,
            OCTAVES,
            tiny(),
            1,
            on_step=lambda done, total: heard.append(done),
            stop=lambda: len(heard) == 4,
        )
    assert heard == [0, 1, 2, 3]


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (3, 2), (17, 31)])
def test_odd_and_tiny_pictures_dream(size: tuple[int, int], tiny: Callable[..., Any]) -> None:
    pixels = np.full((*size, 3), 90, np.uint8)
    assert dream(pixels, OCTAVES, tiny("activation"), 1).shape == pixels.shape


def test_octaves_too_small_for_the_network_are_passed_over(
    tiny: Callable[..., Any], picture: Any
) -> None:
    many = Recipe(octaves=12, scale=2.0, steps=2, jitter=3, detail=True)
    heard: list[int] = []
    # Of the eight sizes down to 1 × 1, this layer has nothing at those of one pixel.
    told: list[int] = []
    dreamed = dream(
        picture, many, tiny(), 1, on_step=lambda done, _: heard.append(done), on_skip=told.append
    )
    assert (dreamed != picture).any()
    assert told == [heard[0] // 2]
    assert heard[0] > 0
    assert heard[-1] == steps_of(many, *picture.shape[:2])


def test_a_picture_too_small_for_the_layer_is_a_clear_error(tiny: Callable[..., Any]) -> None:
    with pytest.raises(DreamError, match="1 × 1 pixels does not reach activation_1 of tiny"):
        dream(np.zeros((1, 1, 3), np.uint8), NAMED["classic"], tiny(), 1)


def test_strength_and_mask_hold_the_dream_back(tiny: Callable[..., Any], see_through: Any) -> None:
    see_through = see_through.copy()
    see_through[:, :30, 3] = 0
    see_through[:, 30:, 3] = 255
    whole = dream(see_through, OCTAVES, tiny(), 1).astype(int)
    masked = dream(see_through, OCTAVES.model_copy(update={"mask": "alpha"}), tiny(), 1)
    assert (masked[:, :30] == see_through[:, :30]).all()
    assert (masked[:, 30:] == whole[:, 30:]).all()
    half = dream(see_through, OCTAVES.model_copy(update={"strength": 0.5}), tiny(), 1)
    assert np.abs(half - (whole + see_through) / 2).max() <= 0.5
    none = dream(see_through, OCTAVES.model_copy(update={"strength": 0.0}), tiny(), 1)
    assert none.tobytes() == see_through.tobytes()


def test_numbers_that_are_none_are_a_clear_error(tiny_file: Path, picture: Any) -> None:
    network = load(NetworkReference(file=tiny_file), (Target("activation_1"),))
    weights = network.model.get_weights()
    network.model.set_weights([np.full_like(weight, np.nan) for weight in weights])
    with pytest.raises(DreamError, match="activation_1"):
        dream(picture, OCTAVES, network, 1)


def test_the_source_is_not_written_to(tiny: Callable[..., Any], picture: Any) -> None:
    before = picture.copy()
    dream(picture, OCTAVES, tiny(), 1)
    assert (picture == before).all()


def test_a_painted_mask_holds_the_dream_where_it_is_black(
    tiny: Callable[..., Any], picture: Any
) -> None:
    recipe = OCTAVES.model_copy(update={"mask": "hand.png"})
    painted = np.zeros((24, 32, 3), np.uint8)
    painted[:, 16:] = 255
    masked = dream(picture, recipe, tiny(), 1, pictures={"mask": painted})
    whole = dream(picture, OCTAVES, tiny(), 1)
    assert (masked[:, :28] == picture[:, :28]).all()
    assert (masked[:, 36:] == whole[:, 36:]).all()
    everywhere = dream(picture, recipe, tiny(), 1, pictures={"mask": np.full_like(painted, 255)})
    assert everywhere.tobytes() == whole.tobytes()
    nowhere = dream(picture, recipe, tiny(), 1, pictures={"mask": np.zeros_like(painted)})
    assert nowhere.tobytes() == picture.tobytes()


def test_the_same_seed_gives_the_same_bytes_in_another_process(
    saved_tiny: Path, picture: Any, tmp_path: Path
) -> None:
    np.save(tmp_path / "picture.npy", picture)
    program = (
        "import sys, numpy as np\n"
        "from dreamfolio.dream.backend.quiet import import_keras\n"
        "import_keras()\n"
        "from dreamfolio.dream.engine import dream\n"
        "from dreamfolio.dream.networks.load import load\n"
        "from dreamfolio.dream.networks.reference import NetworkReference\n"
        "from dreamfolio.dream.recipe import Recipe\n"
        "from dreamfolio.dream.target import Target\n"
        "from pathlib import Path\n"
        "network = load(NetworkReference(file=Path(sys.argv[1])), (Target('activation_1'),))\n"
        "recipe = Recipe.model_validate_json(sys.argv[3])\n"
        "dreamed = dream(np.load(sys.argv[2]), recipe, network, int(sys.argv[4]))\n"
        "sys.stdout.buffer.write(dreamed.tobytes())\n"
    )
    arguments = [saved_tiny, tmp_path / "picture.npy", OCTAVES.model_dump_json()]

    def apart(seed: int) -> bytes:
        command = [sys.executable, "-c", program, *map(str, arguments), str(seed)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    assert len(apart(7)) == picture.size
    here = dream(
        picture,
        OCTAVES,
        load(NetworkReference(file=saved_tiny), (Target("activation_1"),)),
        7,
    )
    assert apart(7) == here.tobytes()
    assert apart(8) != here.tobytes()


def test_a_louder_network_dreams_the_same(tiny: Callable[..., Any], picture: Any) -> None:
    recipe = OCTAVES.model_copy(update={"jitter": 0})
    one = dream(picture, recipe, tiny(Target("activation_1", 1.0)), 1).astype(int)
    loud = dream(picture, recipe, tiny(Target("activation_1", 1000.0)), 1)
    assert np.abs(one - loud).max() <= 1


@pytest.mark.parametrize("size", [(17, 4001), (4001, 17)])
def test_a_long_strip_dreams(size: tuple[int, int], tiny: Callable[..., Any]) -> None:
    rng = np.random.default_rng(0)
    strip = np.kron(rng.integers(0, 256, (1, 1, 3)), np.ones((*size, 1))).astype(np.uint8)
    strip[::5] //= 2
    recipe = NAMED["octaves"].model_copy(update={"steps": 1})
    dreamed = dream(strip, recipe, tiny(), 1)
    assert dreamed.shape == strip.shape
    assert (dreamed != strip).any()


def test_what_is_weighted_below_nothing_is_climbed_down(
    tiny: Callable[..., Any], picture: Any
) -> None:
    def excited(pixels: Any, layer: str) -> float:
        seen = pixels[None].astype("float32") / 127.5 - 1
        return float(np.asarray(tiny(layer).activations(seen)[0]).mean())

    recipe = Recipe(steps=10, step_size=0.02)
    against = dream(picture, recipe, tiny(Target("activation_1", -1.0)), 1)
    assert excited(against, "activation_1") < excited(picture, "activation_1")
    mixed = (Target("activation", 1.0), Target("activation_1", -0.5))
    both = dream(picture, recipe, tiny(*mixed), 1)

    def value(pixels: Any) -> float:
        return sum(target.weight * excited(pixels, target.layer) for target in mixed)

    assert value(both) > value(picture)
