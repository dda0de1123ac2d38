"""Answering one browser: files of the site, and what the server adds to them.

Only reading is possible, and only for this machine's own pages.
"""

from __future__ import annotations

import contextlib
import io
import os
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from dreamfolio.files import sha256
from dreamfolio.publish.site.pages import HOME, NOT_FOUND
from dreamfolio.serve import addresses
from dreamfolio.serve.added import (
    EVENTS,
    OWN,
    STATIC,
    as_found_anywhere,
    waiting_page,
    with_reloading,
)
from dreamfolio.serve.byte_range import Unsatisfiable, byte_range
from dreamfolio.serve.content_types import HTML, content_type
from dreamfolio.serve.deadline_reader import DeadlineReader
from dreamfolio.serve.hosts import ASKING, is_a_page_of_ours, is_ours
from dreamfolio.serve.live import Live

_METHODS = ("GET", "HEAD")
_CHUNK = 1 << 16
# A page that is gone is noticed by the second word to it that does not arrive.
_HEARTBEAT_SECONDS = 5.0
_RETRY_MS = 1000
# Who sends a byte now and then is not waited for without an end.
_HEAD_SECONDS = 60.0
_TEXT = "text/plain; charset=utf-8"
# What a browser shows as a page although none was meant: nothing in it runs.
_INERT = {_TEXT, "image/svg+xml", "application/xml", "application/atom+xml"}
_INERT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class Handler(BaseHTTPRequestHandler):
    """One connection to a browser. ``site`` and ``live`` are set by the server."""

    site: Path
    live: Live

    protocol_version = "HTTP/1.1"
    server_version = "dreamfolio"
    sys_version = ""
    # How long a connection that nothing comes over is kept, in seconds.
    timeout = 30

    def parse_request(self) -> bool:
        """Whether the request is one to answer; those that are not are refused here."""
        if not super().parse_request():
            return False
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            # Nobody reads a body here, so what follows could be taken for a request.
            self.close_connection = True
        if self.command not in _METHODS:
            self.close_connection = True
            self._say(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD", Allow="GET, HEAD")
            return False
        port = self.connection.getsockname()[1]
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not is_ours(hosts[0], port):
            self.close_connection = True
            ours = f"http://127.0.0.1:{port}/"
            self._say(HTTPStatus.FORBIDDEN, f"this server answers only at {ours}")
            return False
        asking = {name: self.headers.get(name) for name in ASKING}
        if not is_a_page_of_ours(asking, port):
            self.close_connection = True
            self._say(HTTPStatus.FORBIDDEN, "this server answers only to its own pages")
            return False
        return True

    def setup(self) -> None:
        """Read the head of a request until a deadline, however often a byte comes."""
        super().setup()
        self._reading = DeadlineReader(self.connection, self.timeout)
        self.rfile = io.BufferedReader(self._reading)

    def handle_one_request(self) -> None:
        """Wait for a request and answer it."""
        self._reading.deadline = time.monotonic() + _HEAD_SECONDS
        super().handle_one_request()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request, without a word of what came."""
        self.close_connection = True
        self.request_version = self.protocol_version  # What came may have been of none.
        status = HTTPStatus(code)
        self._say(status, status.phrase)

    def do_GET(self) -> None:
        """Answer with what was asked for."""
        path = addresses.path_of(self.path)
        if path is None:
            self._say(HTTPStatus.BAD_REQUEST, "that is no address of a page")
        elif path == EVENTS:
            self._events()
        elif path.startswith(OWN):
            self._found(addresses.find(STATIC, "/" + path.removeprefix(OWN)))
        else:
            self._found(addresses.find(self.site, path))

    def do_HEAD(self) -> None:
        """The same without its body."""
        self.do_GET()

    def _found(self, found: addresses.Found) -> None:
        if found.moved_to is not None:
            query = self.path.partition("?")[2]
            to = found.moved_to + (f"?{quote(query, safe='=&%+/,;:@!$()*~-._')}" if query else "")
            self._say(HTTPStatus.FOUND, to, Location=to)
            return
        try:
            if found.file is None:
                self._not_found()
            elif content_type(found.file) == HTML:
                # The version first: a page that is built anew in between then reloads, at worst
                # once too often.
                state = self.live.state
                self._page(HTTPStatus.OK, with_reloading(found.file.read_bytes(), state))
            else:
                with found.file.open("rb") as file:
                    self._file(file, content_type(found.file))
        except FileNotFoundError:  # A build has just removed it.
            self._say(HTTPStatus.NOT_FOUND, "that is gone")
        except PermissionError:
            self._say(HTTPStatus.FORBIDDEN, "that file cannot be read")

    def _not_found(self) -> None:
        state = self.live.state
        page = self.site / NOT_FOUND
        if addresses.find(self.site, f"/{HOME}").file is None:
            self._page(HTTPStatus.SERVICE_UNAVAILABLE, waiting_page(state))
        elif page.is_file():
            shown = as_found_anywhere(page.read_bytes(), state.url)
            self._page(HTTPStatus.NOT_FOUND, with_reloading(shown, state))
        else:
            self._say(HTTPStatus.NOT_FOUND, "there is no such page")

    def _page(self, status: HTTPStatus, body: bytes) -> None:
        etag = f'"{sha256(body)[:32]}"'
        if status is HTTPStatus.OK and self._has(etag):
            self._unchanged(etag)
            return
        self._head(status, HTML, len(body), ETag=etag)
        self._body(body)

    def _file(self, file: BinaryIO, kind: str) -> None:
        stat = os.fstat(file.fileno())
        etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        if self._has(etag):
            self._unchanged(etag)
            return
        asked = self.headers.get("Range")
        if self.headers.get("If-Range", etag) != etag:
            asked = None
        try:
            part = byte_range(asked, stat.st_size)
        except Unsatisfiable:
            self._say(
                HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                "the file ends before that",
                **{"Content-Range": f"bytes */{stat.st_size}"},
            )
            return
        more = {"ETag": etag, "Accept-Ranges": "bytes"}
        if part is None:
            part = range(stat.st_size)
            self._head(HTTPStatus.OK, kind, len(part), **more)
        else:
            more["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{stat.st_size}"
            self._head(HTTPStatus.PARTIAL_CONTENT, kind, len(part), **more)
        if self.command == "HEAD":
            return
        file.seek(part.start)
        left = len(part)
        while left and (chunk := file.read(min(_CHUNK, left))):
            self.wfile.write(chunk)
            left -= len(chunk)
        if left:
            # Shortened while it was sent: what is announced cannot be kept.
            self.close_connection = True

    def _has(self, etag: str) -> bool:
        known = self.headers.get("If-None-Match", "")
        return etag in [one.strip().removeprefix("W/") for one in known.split(",")]

    def _unchanged(self, etag: str) -> None:
        self.send_response(HTTPStatus.NOT_MODIFIED)
        self._safe_headers()
        self.send_header("ETag", etag)
        self.end_headers()

    def _events(self) -> None:
        """Tell a page of every change, for as long as it listens."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._safe_headers()
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        with contextlib.suppress(OSError), self.live.listening():
            self.wfile.write(f"retry: {_RETRY_MS}\n\n".encode())
            state = self.live.state
            while True:
                self.wfile.write(f"data: {state.to_json()}\n\n".encode())
                while (now := self.live.wait(state, _HEARTBEAT_SECONDS)) == state:
                    self.wfile.write(b":\n\n")
                state = now

    def _say(self, status: HTTPStatus, text: str, **headers: str) -> None:
        body = f"{text}\n".encode()
        self._head(status, _TEXT, len(body), **headers)
        self._body(body)

    def _head(self, status: HTTPStatus, kind: str, length: int, **headers: str) -> None:
        self.send_response(status)
        self._safe_headers()
        self.send_header("Content-Type", kind)
        if kind in _INERT:
            self.send_header("Content-Security-Policy", _INERT_POLICY)
        self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _safe_headers(self) -> None:
        # Asked for again every time, and left where it is when it has not changed.
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        # No other site may show what is not published yet.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "SAMEORIGIN")

    def _body(self, body: bytes) -> None:
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: an artist wants to read of errors, not of every picture fetched."""
