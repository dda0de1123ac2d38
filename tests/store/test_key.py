import hashlib
import json
import re
from collections.abc import Sequence

import pytest

from dreamfolio.dream.animation import Animation
from dreamfolio.dream.recipe import NAMED, Recipe
from dreamfolio.dream.target import Target
from dreamfolio.store import key as key_module
from dreamfolio.store.key import variant_key


def key(
    *,
    pixels: str = "p" * 64,
    recipe: Recipe = NAMED["octaves"],
    targets: Sequence[Target] = (Target("mixed3"), Target("mixed5", 0.5)),
    preprocess: str = "tf",
    network: str = "n" * 64,
) -> str:
    return variant_key(
        pixels=pixels, recipe=recipe, targets=targets, preprocess=preprocess, network=network
    )


def test_a_key_is_a_sha256() -> None:
    assert re.fullmatch("[0-9a-f]{64}", key())


def test_equal_dreams_have_equal_keys() -> None:
    assert key() == key(targets=(Target("mixed5", 0.5), Target("mixed3", 1)))
    assert key(recipe=NAMED["classic"]) == key(recipe=Recipe(steps=100, scale=2.0))


@pytest.mark.parametrize(
    "other",
    [
        {"pixels": "q" * 64},
        {"recipe": NAMED["classic"]},
        {"recipe": NAMED["octaves"].model_copy(update={"steps": 21})},
        {"targets": (Target("mixed3"),)},
        {"targets": (Target("mixed3", 0.5), Target("mixed5"))},
        {"preprocess": "torch"},
        {"network": "m" * 64},
    ],
)
def test_whatever_changes_pixels_changes_the_key(other: dict[str, object]) -> None:
    assert key(**other) != key()  # type: ignore[arg-type]


def test_a_new_look_of_the_engine_changes_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(key_module, "LOOK", key_module.LOOK + 1)

    assert key() != before


def test_keys_are_the_same_in_every_version() -> None:
    """A changed key throws away every dream of every portfolio: only a new look may do that."""
    assert key_module.LOOK == 2
    assert key() == "702ea31b86f7a319f711025d5b1115b6faff7778f0a42d421306010db80140ef"
    assert (
        key(recipe=NAMED["classic"])
        == "5b315be1e5460ab99b7e00f881a3d21d6337e720e3a3b33e702d99fc9ab6df97"
    )


@pytest.mark.parametrize("weight", [1, 0.1, -0.0, 0.0, 1e22])
def test_a_key_is_told_by_the_canonical_json_of_all_it_depends_on(weight: float) -> None:
    recipe, animation = NAMED["pocket"], Animation(frames=12)
    form = {
        "animate": animation.canonical(),
        "look": key_module.LOOK,
        "network": "n" * 64,
        "pixels": "p" * 64,
        "preprocess": "tf",
        "recipe": recipe.canonical(),
        "targets": [['a "b" ß', -0.5], ["mixed3", float(weight)]],
    }
    text = json.dumps(form, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == variant_key(
        pixels="p" * 64,
        recipe=recipe,
        targets=(Target("mixed3", weight), Target('a "b" ß', -0.5)),
        preprocess="tf",
        network="n" * 64,
        animation=animation,
    )


def test_a_field_at_its_default_is_no_part_of_the_key() -> None:
    """Each was added after dreams were recorded without it."""
    spelt = Recipe.model_validate(NAMED["pocket"].model_dump())
    assert key(recipe=spelt) == key(recipe=NAMED["pocket"])
    assert key(recipe=NAMED["pocket"]) == (
        "b12bd2e30fdadb962d21453025acd30b85b3ecb8eb927e299873005181d3b955"
    )
