import pytest

from dreamfolio.dream.recipe import NAMED, Recipe
from dreamfolio.dream.target import Target
from dreamfolio.publish.wording import shipped
from dreamfolio.publish.words import layers_text, recipe_text, source_alt, variant_alt
from helpers.readme import piece, variant

SAY = shipped("en")


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ([Target("activation_3")], "activation_3"),
        (
            [Target("activation_3"), Target("activation_5", 0.5)],
            "activation_3 + 0.5 × activation_5",
        ),
        ([Target("mixed3", 2), Target("mixed5", -1)], "2 × mixed3 − mixed5"),
        ([Target("mixed3", -0.25)], "−0.25 × mixed3"),
        ([], ""),
    ],
)
def test_layers_read_as_the_sum_they_are(targets: list[Target], said: str) -> None:
    assert layers_text(targets) == said


def test_a_source_is_told_by_its_alt_text_else_its_title_else_its_name() -> None:
    assert source_alt(piece("a.png", title="A", alt="A globe")) == "A globe"
    assert source_alt(piece("a.png", title="The A")) == "The A"
    assert source_alt(piece("covid_6.png", title=" ", alt="\n")) == "covid_6"


def test_a_variant_says_what_it_shows_and_how_it_was_dreamed() -> None:
    dream = variant("a_Mixed3.png", "a.png", "Mixed3", "mixed5")
    assert variant_alt(piece("a.png", title="Globe"), dream, SAY) == (
        "Globe, dreamed through Mixed3 + mixed5"
    )
    assert variant_alt(piece("a.png", alt="A globe\nin space."), dream, SAY) == (
        "A globe in space. Dreamed through Mixed3 + mixed5."
    )


def test_two_variants_of_the_same_layers_have_different_alt_texts() -> None:
    globe = piece("a.png", title="Globe")
    soft = variant("a_x~soft.png", "a.png", "x", name="soft")
    assert variant_alt(globe, soft, SAY) == "Globe, dreamed through x (soft)"


def test_a_variants_own_alt_text_wins() -> None:
    own = variant("a_x.png", "a.png", "x", alt="A globe of eyes")
    assert variant_alt(piece("a.png", alt="A globe"), own, SAY) == "A globe of eyes"


@pytest.mark.parametrize(
    ("recipe", "asked", "said"),
    [
        (NAMED["classic"], "classic", "classic"),
        (NAMED["octaves"], None, "octaves"),
        (
            NAMED["octaves"].model_copy(update={"steps": 40}),
            {"base": "octaves", "steps": 40},
            "octaves, 40 steps",
        ),
        (NAMED["octaves"].model_copy(update={"steps": 1}), {"steps": 1}, "octaves, 1 step"),
        (
            Recipe(step_size=0.02, mask="subject", detail=True),
            {"base": "classic"},
            "classic, step size 0.02, detail, mask subject",
        ),
        (
            NAMED["preview"].model_copy(update={"max_size": None, "octaves": 3}),
            {"base": "preview"},
            "preview, 3 octaves, no max size",
        ),
        (
            NAMED["octaves"].model_copy(update={"steps": (40, 20), "smooth": (0.6, 4.0)}),
            {"base": "octaves"},
            "octaves, steps 40, 20, smooth 0.6, 4",
        ),
        (
            Recipe.model_validate(
                NAMED["pocket"]
                .model_copy(update={"guide": f"shell.png@{'a' * 64}", "color": "keep"})
                .canonical()
            ),
            {"base": "pocket"},
            "pocket, guide shell.png, color keep",
        ),
    ],
)
def test_a_recipe_reads_as_its_name_and_what_was_changed(
    recipe: Recipe, asked: object, said: str
) -> None:
    assert recipe_text(recipe, asked, SAY) == said
