"""What a cluster's commands and machines do where there is no cluster."""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import replace
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from dreamfolio import __version__
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import NetworkError
from dreamfolio.files import sha256
from dreamfolio.runner.cluster.dreamer import Dreamer
from dreamfolio.runner.cluster.nodes import in_the_way, nodes
from dreamfolio.runner.cluster.parcel import Failed, Finished, Parcel
from dreamfolio.runner.cluster.parcels import Packing
from dreamfolio.runner.cluster.weights import arrived, sent
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.runner.run import Run
from dreamfolio.store.cache import Cache
from dreamfolio.survey import survey
from helpers.home import Home


@pytest.fixture
def ray(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Of Ray, the store: what is put there is there at once."""

    class Store:
        __spec__ = ModuleSpec("ray", None)
        put = staticmethod(lambda value: value)
        get = staticmethod(lambda value: value)

    monkeypatch.setitem(sys.modules, "ray", Store)
    return Store


@pytest.fixture
def parcel(home: Home, ray: Any) -> Parcel:
    """The first dream of the home."""
    return first_parcel(home, ray)


def first_parcel(home: Home, ray: Any) -> Parcel:
    surveyed, outcome = survey(home.root), Outcome()
    recorder = Recorder(surveyed, outcome)
    run = Run(surveyed, recorder, outcome, Listener(), lambda: False)
    return next(Packing(run, ray).errands(run.countable(surveyed.tasks))).parcel


def test_ray_that_is_not_installed_is_one_line(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    said = home.run("dream", "--cluster", "auto")
    assert said.code == 2
    [error] = said.err.splitlines()
    assert error.endswith("; pip install 'dreamfolio[cluster]'")


@pytest.mark.parametrize("command", ["dream", "build"])
def test_address_where_nothing_answers_is_one_line(home: Home, command: str, ray: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # It does not listen.
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        said = home.run(command, "--cluster", address)
    assert said.code == 2
    [error] = said.err.splitlines()
    assert f"no cluster answers at {address}" in error
    assert "ray start --head" in error
    assert not (home.root / "collections/orbs/dreams.lock").exists()


@pytest.mark.parametrize("address", ["moon", "host:port", "ray://host", "host:70000", "a b:1"])
def test_what_is_no_address_is_told(home: Home, address: str, ray: Any) -> None:
    said = home.run("dream", "--cluster", address)
    assert said.code == 2
    assert f'"{address}" is no address of a cluster; it is auto, local' in said.err


def test_nothing_to_dream_needs_no_cluster(home: Home) -> None:
    assert home.run("dream").code == 0
    assert home.run("dream", "--cluster", "127.0.0.1:1").code == 0


def test_only_a_cluster_imports_ray(home: Home) -> None:
    assert home.run("dream").code == 0
    code = "import sys; from dreamfolio.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}assert 'ray' not in sys.modules", "dream"],
        cwd=home.root,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_machine_with_another_dreamfolio_does_not_dream() -> None:
    same = {"dreamfolio": __version__, "look": str(LOOK)}
    assert list(in_the_way(same)) == []
    [older] = in_the_way({**same, "dreamfolio": "0.0.1"})
    assert "0.0.1" in older
    assert __version__ in older
    [other_look] = in_the_way({**same, "look": str(LOOK + 1)})
    assert f"look {LOOK + 1}" in other_look
    [none] = in_the_way({})
    assert f"pip install 'dreamfolio[dream]=={__version__}'" in none


class _Machines:
    def __init__(self, *resources: dict[str, float]):
        self._resources = resources

    def nodes(self) -> list[dict[str, Any]]:
        return [
            {
                "Alive": True,
                "NodeID": f"{number:06}f",
                "NodeManagerHostname": "host",
                "Resources": resources,
            }
            for number, resources in enumerate(self._resources)
        ]


def test_each_gpu_dreams_or_where_there_is_none_each_machine() -> None:
    with_gpus = nodes(_Machines({"CPU": 8}, {"CPU": 8, "GPU": 4}, {"CPU": 2, "GPU": 1}))
    assert [(one.name, one.dreamers) for one in with_gpus] == [
        ("host#000001", 4),
        ("host#000002", 1),
    ]
    assert all(one.resources["num_gpus"] == 1 for one in with_gpus)
    with_none = nodes(_Machines({"CPU": 8}, {"CPU": 2}, {}))
    assert [(one.dreamers, one.resources["num_cpus"]) for one in with_none] == [(1, 8), (1, 2)]


def test_dream_that_the_shared_cache_has_by_now_comes_from_there(
    parcel: Parcel, tmp_path: Path
) -> None:
    url = f"local://{tmp_path}/shared"
    first = Dreamer(None, url).dream(parcel)
    assert isinstance(first, Finished)
    assert first.stored
    assert Cache(url).get(parcel.key, ".png") == first.picture
    Cache(url).put(parcel.key, ".png", b"another's")
    assert Dreamer(None, url).dream(parcel).picture == b"another's"  # type: ignore[union-attr]
    by_force = Dreamer(None, url).dream(replace(parcel, ask_cache=False))
    assert by_force.picture == first.picture  # type: ignore[union-attr]


def test_shared_cache_out_of_reach_costs_a_word(parcel: Parcel, tmp_path: Path) -> None:
    (tmp_path / "shared").write_text("a file where the cache should be")
    came = Dreamer(None, f"local://{tmp_path}/shared").dream(parcel)
    assert isinstance(came, Finished)
    assert not came.stored
    assert came.passing.cache
    assert "cannot be" in came.passing.cache


def test_which_channels_a_source_chose_is_told(home: Home, ray: Any) -> None:
    home.write("collections/orbs/collection.yaml", 'title: Orbs\nlayers: "conv_b:strongest(2)"\n')
    came = Dreamer(None, None).dream(first_parcel(home, ray))
    assert isinstance(came, Finished)
    assert came.versions["strongest"].startswith("conv_b:")


def test_network_that_is_damaged_on_its_way_is_told(parcel: Parcel) -> None:
    torn = replace(parcel.network, digest=sha256(b"torn"), content=b"torn")
    came = Dreamer(None, None).dream(replace(parcel, network=torn))
    assert isinstance(came, Failed)
    assert came.of_network


def test_known_network_with_other_weights_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.dream.networks import weights

    here, there = tmp_path / "here.h5", tmp_path / "there.h5"
    here.write_bytes(b"weights")
    known = NetworkReference(name="inception_v3")
    network = sent(known, here, sha256(b"weights"), lambda content: content)
    monkeypatch.setattr(weights, "locate", lambda reference: there)
    assert arrived(network, lambda content: content) == known
    assert there.read_bytes() == b"weights", "sent where they lacked"
    there.write_bytes(b"others")
    with pytest.raises(NetworkError, match="other weights of inception_v3"):
        arrived(network, lambda content: content)
    assert there.read_bytes() == b"others"
