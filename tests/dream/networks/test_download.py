"""Fetching weights, from a server on this machine."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamfolio.dream.networks import download
from dreamfolio.dream.networks.catalogue import WeightsFile
from dreamfolio.dream.networks.download import FetchFailed, fetch
from dreamfolio.dream.networks.known import catalogue_of, known_networks
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import NetworkUnavailable
from helpers.weights import serving

CONTENT = bytes(range(256)) * 9000  # more than one chunk
KNOWN = hashlib.md5(CONTENT).hexdigest()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(CONTENT) as server:
        yield server.address


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_what_was_fetched_is_checked_and_whole(algorithm: str, server: str, tmp_path: Path) -> None:
    known = hashlib.new(algorithm, CONTENT).hexdigest()
    path = tmp_path / "new" / "models" / "net.h5"
    fetch(WeightsFile("net.h5", f"{server}/net.h5", known, None), path, "net")
    assert path.read_bytes() == CONTENT
    assert [file.name for file in path.parent.iterdir()] == ["net.h5"]


@pytest.mark.parametrize("page", ["gone", "torn", "other"])
def test_what_is_not_the_file_is_not_kept(page: str, server: str, tmp_path: Path) -> None:
    known = KNOWN if page != "other" else hashlib.md5(b"").hexdigest()
    with pytest.raises(NetworkUnavailable, match=r"put net\.h5 \(about 84 MB, from http://127"):
        fetch(
            WeightsFile("net.h5", f"{server}/{page}", known, 84_000_000), tmp_path / "net.h5", "net"
        )
    assert list(tmp_path.iterdir()) == []


def test_nobody_there_is_said_at_once(tmp_path: Path) -> None:
    weights = WeightsFile("net.h5", "http://127.0.0.1:9/net.h5", None, None)
    with pytest.raises(NetworkUnavailable, match="could not be fetched"):
        fetch(weights, tmp_path / "net.h5", "net")


def test_a_cut_line_is_noticed_where_no_hash_is_known(server: str, tmp_path: Path) -> None:
    weights = WeightsFile("net.h5", f"{server}/torn", None, None)
    with pytest.raises(FetchFailed, match="the connection was cut"):
        fetch(weights, tmp_path / "net.h5", "net")
    assert list(tmp_path.iterdir()) == []


def test_weights_come_from_one_server(server: str, tmp_path: Path) -> None:
    path = tmp_path / "net.h5"
    fetch(WeightsFile("net.h5", f"{server}/moved", KNOWN, None), path, "net")
    assert path.read_bytes() == CONTENT
    path.unlink()
    with pytest.raises(FetchFailed, match="leads to another server, localhost:1"):
        fetch(WeightsFile("net.h5", f"{server}/away", KNOWN, None), path, "net")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("announced", "1,000,000 MB are announced, far more than it has"),
        ("endless", "more than 5 MB came, far more than it has"),
        ("dripping", "no more than .* bytes were here"),
        ("stalled", "timed out"),
    ],
)
def test_what_never_ends_is_given_up(
    page: str, said: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_SOME", 0)
    # One or the other: on a busy machine a drop, too, may be half a second late.
    limit = "_PATIENCE" if page == "stalled" else "_PATIENCE_IN_ALL"
    monkeypatch.setattr(download, limit, 0.5)
    weights = WeightsFile("net.h5", f"{server}/{page}", KNOWN, 2_500_000)
    with pytest.raises(FetchFailed, match=said):
        fetch(weights, tmp_path / "net.h5", "net")
    assert list(tmp_path.iterdir()) == []


def test_every_network_has_its_weights_from_keras() -> None:
    unknown = []
    for name in known_networks():
        catalogue = catalogue_of(NetworkReference(name=name))
        assert catalogue is not None
        if catalogue.weights is None:  # It is embedded.
            continue
        address = catalogue.weights.address
        assert re.match(
            r"https://storage\.googleapis\.com/(tensorflow/)?keras-applications/", address
        )
        if catalogue.weights.hash is None:
            unknown.append(name)
    assert unknown == ["mobilenet", "mobilenet_v2"], "Keras itself knows no digest of these"


def test_progress_is_told_from_nothing_to_the_whole(server: str, tmp_path: Path) -> None:
    heard: list[tuple[int, int | None]] = []
    weights = WeightsFile("net.h5", f"{server}/net.h5", KNOWN, None)
    fetch(weights, tmp_path / "net.h5", "net", lambda *told: heard.append(told))
    done = [count for count, _ in heard]
    assert (done[0], done[-1]) == (0, len(CONTENT))
    assert len(done) > 3
    assert done == sorted(done)
    assert {total for _, total in heard} == {len(CONTENT)}


def test_a_listener_that_has_enough_ends_it_and_nothing_is_left(
    server: str, tmp_path: Path
) -> None:
    class EnoughError(Exception):
        pass

    def enough(done: int, total: int | None) -> None:
        if done:
            raise EnoughError

    with pytest.raises(EnoughError):
        fetch(WeightsFile("n.h5", f"{server}/n.h5", KNOWN, None), tmp_path / "n.h5", "n", enough)
    assert list(tmp_path.iterdir()) == []
