"""The server: at a port of this machine, for this machine alone."""

from __future__ import annotations

import errno
import os
import socketserver
import sys
import threading
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dreamfolio.errors import DreamfolioError, UsageError, reason
from dreamfolio.serve.handler import Handler
from dreamfolio.serve.live import Live

OnFault = Callable[[Exception], None]

ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8000
# How many ports are tried from the default one on.
_TRIED = 100
_IN_USE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}


class Server(ThreadingHTTPServer):
    """Serves the site in the folder ``site``; ``start`` lets it begin."""

    # Elsewhere it lets a port be used again at once; on Windows, by two programs at a time.
    allow_reuse_address = os.name != "nt"
    # How many may stand at the door: behind five, one more would wait for a second and longer.
    request_queue_size = 128

    def __init__(self, port: int, site: Path, live: Live, on_fault: OnFault):
        handler = type("SiteHandler", (Handler,), {"site": site, "live": live})
        self._on_fault = on_fault
        super().__init__((ADDRESS, port), handler)

    @property
    def port(self) -> int:
        """The port it listens at."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """The address of the site's first page."""
        return f"http://{ADDRESS}:{self.port}/"

    def start(self) -> None:
        """Answer from now on, in threads that end with the process."""
        threading.Thread(target=self.serve_forever, name="server", daemon=True).start()

    def server_bind(self) -> None:
        """Take the port, and look up no name for it, as the class above would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of a fault of ours; not of a browser that went away, as it does from every page
        that is left early."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, ConnectionError):
            self._on_fault(error)


def open_server(port: int | None, site: Path, live: Live, on_fault: OnFault) -> Server:
    """A server at ``port``; where none is asked for, at the default one or the next that is free.

    Port 0 is any that is free. ``on_fault`` hears of what could not be answered. Raises
    ``UsageError`` where the port asked for is taken, and ``DreamfolioError`` where it cannot be had
    for another reason.
    """
    ports = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _TRIED)
    for number in ports:
        try:
            return Server(number, site, live, on_fault)
        except OSError as error:
            if error.errno not in _IN_USE:
                raise DreamfolioError(
                    f"port {number} cannot be served at ({reason(error)})",
                    mend="name another one with --port, from 1024 on",
                ) from None
    if port is not None:
        raise UsageError(
            f"port {port} is taken by another program",
            mend="end that one, or name another port; without --port the next free one is taken",
        )
    raise DreamfolioError(
        f"no port from {ports[0]} to {ports[-1]} is free", mend="name another one with --port"
    )
