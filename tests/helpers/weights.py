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

from dreamfolio.dream.networks import known
from dreamfolio.dream.networks.catalogue import Catalogue, WeightsFile


@dataclass
class Server:
    """Gives ``content`` for any address but those that end in ``gone`` (404), ``torn`` (the line
    is cut after 1000 bytes), ``stalled`` (nothing comes after them), ``dripping`` (a byte comes now
    and then), ``endless``, ``announced`` (as larger than any weights are), ``moved`` (elsewhere on
    this server) and ``away`` (to another one). ``asked`` are the paths it was asked for."""

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
            page = self.path.rpartition("/")[2]
            self.send_response({"gone": 404, "moved": 302, "away": 302}.get(page, 200))
            if page in ("moved", "away"):
                host = server.address if page == "moved" else "http://localhost:1"
                self.send_header("Location", f"{host}/net.h5")
            size = 10**12 if page == "announced" else len(content)
            if page != "endless":
                self.send_header("Content-Length", str(size))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                while page == "endless" and not over.is_set():
                    self.wfile.write(content)
                while page == "dripping" and not over.wait(0.05):
                    self.wfile.write(b"x")
            short = self.path.endswith(("torn", "stalled"))
            with contextlib.suppress(ConnectionError):  # A 404's body is not waited for.
                self.wfile.write(content[:1000] if short else content)
                self.wfile.flush()
            if self.path.endswith("stalled"):
                over.wait()

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
    shipped = known._shipped

    @functools.cache
    def published(name: str) -> Catalogue:
        one = shipped(name)
        if name != network:
            return one
        digest = hashlib.md5(content).hexdigest()
        return replace(one, weights=WeightsFile(f"{name}.weights.h5", address, digest, 9_000_000))

    monkeypatch.setattr(known, "_shipped", published)
