"""The network and the recipe that the command line asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dreamfolio.content.defaults import Defaults
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED, Recipe
from dreamfolio.errors import UsageError
from dreamfolio.explore.asked import default_network, network_asked, recipe_asked

OCTAVES = NAMED["octaves"]


def test_a_preview_keeps_the_look_of_what_it_previews() -> None:
    holds = OCTAVES.model_copy(update={"objective": "rms", "mask": "subject", "strength": 0.5})
    asked = recipe_asked(None, holds)
    assert (asked.recipe.objective, asked.recipe.mask, asked.recipe.strength) == (
        "rms",
        "subject",
        0.5,
    )
    assert asked.recipe.max_size == 480
    assert asked.recipe.steps == NAMED["preview"].steps
    assert asked.written is None, "a variant without a recipe of its own is what was previewed"


def test_a_preview_goes_as_far_as_the_dream_in_fewer_steps() -> None:
    preview = recipe_asked(None, OCTAVES).recipe
    assert preview.steps * preview.step_size == pytest.approx(OCTAVES.steps * OCTAVES.step_size)
    more = recipe_asked("steps=40", OCTAVES).recipe
    assert more.steps * more.step_size == pytest.approx(OCTAVES.steps * OCTAVES.step_size)
    assert recipe_asked(None, NAMED["classic"]).recipe.step_size <= 0.04


@pytest.mark.parametrize("text", ["steps=20, objective=l2", "{steps: 20, objective: l2}"])
def test_settings_over_the_preview(text: str) -> None:
    asked = recipe_asked(text, OCTAVES)
    assert (asked.recipe.steps, asked.recipe.objective) == (20, "l2")
    assert asked.recipe.max_size == 480
    assert asked.written == {"steps": 20, "objective": "l2"}


def test_a_size_is_for_the_sheet_alone() -> None:
    asked = recipe_asked("max_size=200", OCTAVES)
    assert asked.recipe.max_size == 200
    assert asked.written is None


def test_a_named_recipe_at_the_size_of_a_preview() -> None:
    asked = recipe_asked("classic", OCTAVES)
    assert asked.recipe == Recipe(max_size=480)
    assert asked.written == "classic"
    assert recipe_asked("base=classic, steps=3", OCTAVES).written == {"base": "classic", "steps": 3}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stpes=3", "did you mean steps"),
        ("steps=three", "steps: input should be a valid integer"),
        ("steps", "cannot be read"),
        ("", "cannot be read"),
        ("steps=[", "cannot be read"),
        ("base=octave", "did you mean octaves"),
    ],
)
def test_a_recipe_that_is_none(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        recipe_asked(text, OCTAVES)


def test_a_network_by_name_by_file_and_as_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "mine.keras"
    file.write_bytes(b"")
    holds = NetworkReference(file=file, preprocess="unit")
    assert network_asked(None, None, holds) == holds
    assert network_asked(str(file), None, holds) == holds, "the manifest's word on it holds"
    assert network_asked(str(file), "torch", holds).preprocess == "torch"
    assert network_asked("InceptionV3", None, holds) == NetworkReference(name="inception_v3")


@pytest.mark.parametrize(
    ("model", "preprocess", "words"),
    [
        ("inceptionv4", None, "did you mean inception_v3"),
        ("none.keras", None, "not there"),
        ("vgg16", "tf", "leave --preprocess out"),
        (None, "unti", "did you mean unit"),
    ],
)
def test_networks_that_are_none(model: Any, preprocess: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        network_asked(model, preprocess, NetworkReference(name="inception_v3"))


def test_motifs_alone_are_of_the_embedded_network() -> None:
    holds = Defaults(layers="mixed4")
    assert default_network(holds).name == "inception_v3"
    assert default_network(holds, motifs=True).name == "pocket"
    assert default_network(Defaults()).name == "pocket"
