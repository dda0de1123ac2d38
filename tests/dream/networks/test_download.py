"""Fetching weights, from a server on this machine."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dreamfolio.dream.networks.catalogue import WeightsFile
from dreamfolio.dream.networks.download import fetch
from dreamfolio.errors import NetworkUnavailable

CONTENT = bytes(range(256)) * 9000  # more than one chunk


class Weights(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path != "/gone" else 404)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT if self.path != "/torn" else CONTENT[:1000])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Weights)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_address[1]}"
    serving.shutdown()
    serving.server_close()


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_what_was_fetched_is_checked_and_whole(algorithm: str, server: str, tmp_path: Path) -> None:
    known = hashlib.new(algorithm, CONTENT).hexdigest()
    path = tmp_path / "new" / "models" / "net.h5"
    fetch(WeightsFile("net.h5", f"{server}/net.h5", known, None), path, "net")
    assert path.read_bytes() == CONTENT
    assert [file.name for file in path.parent.iterdir()] == ["net.h5"]


@pytest.mark.parametrize("page", ["gone", "torn", "other"])
def test_what_is_not_the_file_is_not_kept(page: str, server: str, tmp_path: Path) -> None:
    known = hashlib.md5(CONTENT if page != "other" else b"").hexdigest()
    with pytest.raises(NetworkUnavailable, match=r"put net\.h5 \(about 84 MB, from http://127"):
        fetch(
            WeightsFile("net.h5", f"{server}/{page}", known, 84_000_000), tmp_path / "net.h5", "net"
        )
    assert list(tmp_path.iterdir()) == []


def test_nobody_there_is_said_at_once(tmp_path: Path) -> None:
    weights = WeightsFile("net.h5", "http://127.0.0.1:9/net.h5", None, None)
    with pytest.raises(NetworkUnavailable, match="could not be fetched"):
        fetch(weights, tmp_path / "net.h5", "net")
