"""In what a dream is computed: asked for, or chosen by the machine and the recipe."""

import pytest

from dreamfolio.dream import precision
from dreamfolio.dream.precision import asked_for, resolved
from dreamfolio.dream.recipe import NAMED, Recipe


@pytest.mark.parametrize(("native", "expected"), [(True, "bfloat16"), (False, "float32")])
def test_auto_is_what_the_machine_has_units_for(
    native: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precision, "is_native", lambda: native)
    assert resolved(asked_for(NAMED["octaves"], "auto")) == expected
    assert resolved("float32") == "float32"
    assert resolved("bfloat16") == "bfloat16"


@pytest.mark.parametrize(
    "recipe", [NAMED["classic"], Recipe(steps=7, step_size=0.2, mask="subject", max_size=640)]
)
def test_the_classic_stays_in_float32_unless_asked(recipe: Recipe) -> None:
    assert asked_for(recipe, "auto") == "float32"
    assert asked_for(recipe, "bfloat16") == "bfloat16"


def test_a_processor_without_a_word_of_itself_is_not_native(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(precision, "_cpu_flags", set)
    assert not precision.is_native()


def test_float32_is_not_shortened_on_cards_that_could() -> None:
    tensorflow = pytest.importorskip("tensorflow")
    from dreamfolio.dream import backend

    if type(backend.current()).__name__ != "TensorFlow":
        pytest.skip("another backend is at work")
    assert not tensorflow.config.experimental.tensor_float_32_execution_enabled()
