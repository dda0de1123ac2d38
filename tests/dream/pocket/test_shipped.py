"""The network in the box is the one its card describes, and can do what the card says."""

from __future__ import annotations

import numpy as np
import pytest

from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.pocket import BEST_LAYER, weights
from dreamfolio.dream.pocket.card import FILE, Card
from dreamfolio.dream.pocket.formulas import FAMILIES
from dreamfolio.dream.pocket.measure import accuracy
from dreamfolio.dream.pocket.samples import formulas_digest
from dreamfolio.files import sha256_of_file

POCKET = NetworkReference(name="pocket")


@pytest.fixture(scope="module")
def card() -> Card:
    return Card.read()


def test_the_weights_are_those_on_the_card(card: Card) -> None:
    assert sha256_of_file(weights.FILE) == card.weights_sha256
    assert weights.FILE.stat().st_size == card.weights_bytes <= 4_000_000
    assert card.parameters > 2_000_000


def test_the_classes_are_those_of_the_formulas_in_the_box(card: Card) -> None:
    families = {family: [one.name for one in motifs] for family, motifs in FAMILIES.items()}
    assert card.families == families
    assert len(card.motifs) > 200
    assert card.formulas_sha256 == formulas_digest()


def test_the_page_says_what_the_card_says(card: Card) -> None:
    assert FILE.with_name("CARD.md").read_text("utf-8") == card.as_markdown()


def test_the_catalogue_is_read_off_the_card(card: Card) -> None:
    catalogue = catalogue_of(POCKET)
    assert catalogue is not None
    assert [layer.name for layer in catalogue.layers] == [layer.name for layer in card.layers]
    assert {"stage4_3", "motif-tentacle", "motif-patchwork", BEST_LAYER} <= set(catalogue.by_name)
    assert set(catalogue.by_name["stage4_3"].likes) <= set(card.motifs)


def test_it_names_fresh_samples_about_as_well_as_the_card_says(card: Card) -> None:
    pytest.importorskip("keras")
    # Of every second motif, by a seed that is not the training's.
    numbers = range(0, len(card.motifs), 2)
    fresh = accuracy(weights.load(), each=3, seed=card.seed + 1000, numbers=numbers)
    assert fresh > card.accuracy - 0.03


def test_a_layer_likes_what_its_card_says(card: Card) -> None:
    keras = pytest.importorskip("keras")
    from dreamfolio.dream.pocket.measure import as_input
    from dreamfolio.dream.pocket.samples import held_out

    model = weights.load()
    part = keras.Model(model.inputs, model.get_layer("stage5_2").output)
    numbers = range(0, len(card.motifs), 5)
    pictures, labels = held_out(2, 77, 96, numbers)
    means = np.asarray(part.predict(as_input(pictures), verbose=0)).mean((1, 2))
    liked = next(layer for layer in card.layers if layer.name == "stage5_2").likes[0]
    theirs, _ = held_out(4, 78, 96, [card.motifs.index(liked)])
    of_liked = np.asarray(part.predict(as_input(theirs), verbose=0)).mean((1, 2)).mean(0)
    usual = np.stack([means[labels == number].mean(0) for number in numbers])
    above = (of_liked - usual.mean(0)) / (usual.std(0) + 1e-6)
    typical = (usual - usual.mean(0)) / (usual.std(0) + 1e-6)
    assert (np.clip(above, 0, None) ** 2).mean() > (np.clip(typical, 0, None) ** 2).mean()
