"""Dreams toward motifs: the head of the embedded network, one channel of it or many by region."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from dreamfolio.dream.engine import dream
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.objective import excitement
from dreamfolio.dream.patchwork import patchwork
from dreamfolio.dream.pocket import weights
from dreamfolio.dream.pocket.card import Card
from dreamfolio.dream.pocket.measure import as_input
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target

POCKET = NetworkReference(name="pocket")
SHORT = Recipe(octaves=2, steps=6, step_size=0.04, jitter=8, detail=True, smooth=(0.6, 2.0))


@pytest.fixture(scope="module")
def haze() -> np.ndarray:
    cells = np.random.default_rng(1).integers(90, 160, (12, 16, 3), dtype=np.uint8)
    return cells.repeat(8, axis=0).repeat(8, axis=1)


def logits(pixels: np.ndarray) -> np.ndarray:
    """How much of each motif there is in a picture."""
    return np.asarray(weights.load()(as_input(pixels[None]))).mean((0, 1, 2))


@pytest.mark.parametrize("motif", ["tentacle", "nautilus"])
def test_a_dream_toward_a_motif_is_full_of_it(haze: np.ndarray, motif: str) -> None:
    channel = Card.read().motifs.index(motif)
    network = load(POCKET, (Target(f"motif-{motif}"),))
    # Squares of logits would count what is not there; a motif is not squared by any objective.
    for objective in ("mean", "rms"):
        recipe = SHORT.model_copy(update={"objective": objective})
        dreamed = dream(haze, recipe, network, 1)
        assert dreamed.shape == haze.shape
        gained = logits(dreamed) - logits(haze)
        assert gained[channel] > 1
        assert gained.argmax() == channel or gained[channel] > np.quantile(gained, 0.97)


def test_weights_of_motifs_count(haze: np.ndarray) -> None:
    names = Card.read().motifs
    one, other = names.index("tentacle"), names.index("nautilus")
    gained = {}
    for weight in (0.1, 1.0):
        targets = (Target("motif-tentacle"), Target("motif-nautilus", weight))
        gained[weight] = logits(dream(haze, SHORT, load(POCKET, targets), 1)) - logits(haze)
    assert gained[0.1][one] > gained[1.0][one]
    assert gained[0.1][other] < gained[1.0][other]


def test_a_motif_and_a_layer_are_dreamed_toward_at_once(haze: np.ndarray) -> None:
    alone = dream(haze, SHORT, load(POCKET, (Target("stage4_3"),)), 1)
    both = dream(haze, SHORT, load(POCKET, (Target("stage4_3"), Target("motif-eye", 3.0))), 1)
    channel = Card.read().motifs.index("eye")
    assert logits(both)[channel] > logits(alone)[channel]


def test_a_patchwork_follows_its_seed(haze: np.ndarray) -> None:
    network = load(POCKET, (Target("motif-patchwork"),))
    one, again, other = (dream(haze, SHORT, network, seed) for seed in (3, 3, 4))
    assert one.tobytes() == again.tobytes()
    assert (one != other).any()
    # Without jitter the seed still lays out the regions.
    still = SHORT.model_copy(update={"jitter": 0})
    one, other = (dream(haze, still, network, seed) for seed in (3, 4))
    assert (one != other).any()


def test_a_patchwork_gives_every_place_one_motif_and_many_all_over() -> None:
    logits = keras.ops.convert_to_tensor(np.zeros((1, 20, 30, 40), "float32"))
    assert float(keras.ops.mean(patchwork(logits, 1))) == pytest.approx(0)
    ones = keras.ops.ones((1, 20, 30, 40))
    assert float(keras.ops.mean(patchwork(ones, 1))) == pytest.approx(1, rel=1e-4)
    tf = pytest.importorskip("tensorflow")
    variable = tf.Variable(np.zeros((1, 20, 30, 40), "float32"))
    with tf.GradientTape() as tape:
        value = excitement([variable], (Target("motif-patchwork"),), "rms", 5)
    shares = tape.gradient(value, variable).numpy()[0] * 600
    assert shares.sum(-1) == pytest.approx(np.ones((20, 30)), rel=1e-3)
    assert np.median(shares.max(-1)) > 0.75
    assert len(set(shares.argmax(-1).ravel())) >= 5


def test_a_single_channel_is_excited_more_than_by_its_whole_layer(haze: np.ndarray) -> None:
    model = weights.load()
    response = keras.Model(model.inputs, model.get_layer("stage4_3").output)
    excited = {}
    for target in ("stage4_3", "stage4_3:12"):
        dreamed = dream(haze, SHORT, load(POCKET, (Target(target),)), 1)
        excited[target] = float(np.asarray(response(as_input(dreamed[None])))[..., 12].mean())
    assert excited["stage4_3:12"] > 1.5 * excited["stage4_3"]
