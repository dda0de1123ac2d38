"""The catalogues that ship, and how they are asked for."""

import json
import re
import subprocess
import sys
from importlib.resources import files

import pytest

from dreamfolio.dream.networks.known import UnknownNetwork, catalogue_of, named_networks
from dreamfolio.dream.networks.random_layers import pick
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import NetworkError

KERAS = r"https://storage\.googleapis\.com/(tensorflow/)?keras-applications/"


def test_inception_counts_its_automatic_names_as_keras_does() -> None:
    catalogue = catalogue_of(NetworkReference(name="inception_v3"))
    assert catalogue is not None
    counts = {prefix: count for prefix, (first, count) in catalogue.automatic.items()}
    assert counts["conv2d"] == counts["batch_normalization"] == counts["activation"] == 94
    assert counts["average_pooling2d"] == 9
    assert counts["max_pooling2d"] == 4
    assert len(catalogue.layers) == 310
    assert catalogue.by_name["mixed10"].stride == 32
    assert catalogue.by_name["mixed10"].channels == 2048
    assert [layer.depth for layer in catalogue.layers] == list(range(310))
    assert catalogue.weights is not None
    assert catalogue.weights.name.endswith("_notop.h5")
    assert catalogue.weights.hash == "bcbd6486424b2319ff4ef7d526e38f63"
    assert 85e6 < (catalogue.weights.size or 0) < 90e6


@pytest.mark.parametrize("name", named_networks())
def test_every_network_is_listed_whole(name: str) -> None:
    catalogue = catalogue_of(NetworkReference(name=name))
    assert catalogue is not None
    assert catalogue.label == name
    assert len(catalogue.by_name) == len(catalogue.layers) > 10
    assert catalogue.weights is not None
    assert re.match(KERAS, catalogue.weights.address)
    assert all(layer.channels for layer in catalogue.layers)


def test_all_weights_but_two_are_known_by_a_hash() -> None:
    """As SECURITY.md says."""
    catalogues = [catalogue_of(NetworkReference(name=name)) for name in named_networks()]
    weights = [one.weights for one in catalogues if one and one.weights]
    assert [one.hash for one in weights].count(None) == 2
    assert {len(one.hash) for one in weights if one.hash} == {32, 64}


def test_the_catalogues_stay_small() -> None:
    folder = files("dreamfolio.dream.networks") / "catalogues"
    assert sum(len(file.read_bytes()) for file in folder.iterdir()) < 1_500_000


@pytest.mark.parametrize("spelling", ["InceptionV3", "inceptionv3", "inception-v3"])
def test_other_spellings_are_the_same_network(spelling: str) -> None:
    catalogue = catalogue_of(NetworkReference(name=spelling))
    assert catalogue is not None
    assert catalogue.label == "inception_v3"


def test_an_unknown_network_comes_with_a_suggestion() -> None:
    with pytest.raises(UnknownNetwork, match=r"did you mean inception_v3\?") as caught:
        catalogue_of(NetworkReference(name="inception_v33"))
    assert caught.value.suggestion == "inception_v3"


def test_random_layers_are_the_same_for_ever() -> None:
    catalogue = catalogue_of(NetworkReference(name="inception_v3"))
    assert catalogue is not None
    assert pick(2, 7, catalogue) == PICKED
    assert pick(2, 8, catalogue) != PICKED
    assert len(set(pick(310, 1, catalogue))) == 310
    with pytest.raises(NetworkError, match="310"):
        pick(311, 1, catalogue)
    with pytest.raises(NetworkError):
        pick(0, 1, catalogue)


PICKED = ("batch_normalization_54", "batch_normalization_19")


def test_a_plan_can_be_made_without_numpy_or_tensorflow() -> None:
    program = (
        "import sys, json\n"
        "from dreamfolio.dream.engine import steps_of\n"
        "from dreamfolio.dream.networks.names import networks_for\n"
        "from dreamfolio.dream.networks.load import load\n"
        "from dreamfolio.dream.networks.random_layers import pick\n"
        "from dreamfolio.dream.networks.weights import locate\n"
        "from dreamfolio.dream.recipe import NAMED\n"
        "networks_for('conv2d_1380'), steps_of(NAMED['octaves'], 1080, 1920)\n"
        "heavy = {'numpy', 'h5py', 'keras', 'tensorflow', 'PIL'}\n"
        "print(json.dumps(sorted(heavy & set(sys.modules))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []
