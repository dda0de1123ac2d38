"""A server on this machine in the place of the one that Keras publishes its weights on."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dreamfolio.dream.networks import catalogue
from dreamfolio.dream.networks.catalogue import Catalogue, WeightsFile


@dataclass
class Server:
    """Gives ``content`` for any address but those that end in ``gone`` (404), ``torn`` (the line
    is cut after 1000 bytes) and ``stalled`` (nothing comes after them). ``asked`` are the paths
    it was asked for."""

    content: bytes
    address: str = ""
    asked: list[str] = field(default_factory=list)


@contextlib.contextmanager
def serving(content: bytes) -> Iterator[Server]:
    """A server of ``content`` for as long as the context lasts."""
    server = Server(content)
    over = threading.Event()

    class Weights(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            self.send_response(404 if self.path.endswith("gone") else 200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            short = self.path.endswith(("torn", "stalled"))
            with contextlib.suppress(ConnectionError):  # A 404's body is not waited for.
                self.wfile.write(content[:1000] if short else content)
                self.wfile.flush()
            if self.path.endswith("stalled"):
                over.wait(60)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Weights)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    server.address = f"http://127.0.0.1:{http.server_address[1]}"
    try:
        yield server
    finally:
        over.set()
        http.shutdown()
        http.server_close()


def publish(
    monkeypatch: pytest.MonkeyPatch, network: str, address: str, content: bytes = b""
) -> None:
    """Let ``network`` have its weights at ``address``, known by the hash of ``content``."""
    shipped = catalogue._shipped

    @functools.cache
    def published(name: str) -> Catalogue:
        known = shipped(name)
        if name != network:
            return known
        digest = hashlib.md5(content).hexdigest()
        return replace(known, weights=WeightsFile(f"{name}.weights.h5", address, digest, 9_000_000))

    monkeypatch.setattr(catalogue, "_shipped", published)
