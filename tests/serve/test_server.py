"""The server as a browser, or somebody worse, meets it."""

from __future__ import annotations

import http.client
import json
import select
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dreamfolio.errors import UsageError
from dreamfolio.serve.live import Live
from dreamfolio.serve.problems import Problem
from dreamfolio.serve.server import Server, open_server
from helpers.waiting import PATIENCE, until

SECRET = "nobody's business"
CLIP = bytes(range(256)) * 400


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Running:
    server: Server
    live: Live
    site: Path
    faults: list[Exception]

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        try:
            connection.request(
                method,
                target,
                headers={name.replace("_", "-"): value for name, value in headers.items()},
            )
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def send(self, request: bytes) -> bytes:
        """What comes back for ``request`` until the server has no more to say."""
        address = "127.0.0.1", self.server.port
        with socket.create_connection(address, timeout=PATIENCE) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    site = tmp_path / "site"
    files = {
        "index.html": b"<html><head><title>Home</title></head><body>Hi</body></html>",
        "404.html": b'<html><head></head><body><a href="index.html">lost</a></body></html>',
        "tide pool/index.html": b"<html><HEAD></HEAD>pool</html>",
        "tide pool/a piece.html": b"piece",
        "static/style.css": b"body {}",
        "clip.mp4": CLIP,
        "a.webp": b"RIFF",
        ".dreamfolio.json": SECRET.encode(),
        ".git/config": SECRET.encode(),
        "empty/x.txt": b"x",
    }
    for name, data in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    (tmp_path / "secret.html").write_text(SECRET)
    live, faults = Live(), []
    server = open_server(0, site, live, faults.append)
    # As ``start`` does, but ended sooner.
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield Running(server, live, site, faults)
    server.shutdown()
    server.server_close()
    assert faults == []


def test_pages_and_files_come_with_their_types(running: Running) -> None:
    (running.site / "more").mkdir()
    kinds = {
        "a.webp": "image/webp",
        "b.avif": "image/avif",
        "c.svg": "image/svg+xml",
        "d.webmanifest": "application/manifest+json",
        "feed.xml": "application/atom+xml",
        "sitemap.xml": "application/xml",
        "e.js": "text/javascript; charset=utf-8",
        "f.css": "text/css; charset=utf-8",
        "g.html": "text/html; charset=utf-8",
        "h.mp4": "video/mp4",
        "i.webm": "video/webm",
        "j.JPG": "image/jpeg",
        "k.strange": "application/octet-stream",
    }
    for name, kind in kinds.items():
        (running.site / "more" / name).write_bytes(b"x")
        answer = running.ask(f"/more/{name}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_folder_is_known_by_its_slash_and_shows_its_index(running: Running) -> None:
    moved = running.ask("/tide%20pool?layer=a%20b")
    assert (moved.status, moved.headers["Location"]) == (302, "/tide%20pool/?layer=a%20b")
    assert b"pool" in running.ask("/tide%20pool/").body
    assert running.ask("/tide%20pool/a%20piece.html").body.endswith(b"piece")
    assert running.ask("/empty/").status == 404, "a folder's files are not listed"


def test_pages_are_given_the_script_and_the_files_stay_as_they_are(running: Running) -> None:
    before = {path: path.read_bytes() for path in running.site.rglob("*") if path.is_file()}
    for address in ("/", "/tide%20pool/", "/tide%20pool/a%20piece.html"):
        page = running.ask(address).body
        assert page.count(b'src="/_dreamfolio/reload.js"') == 1
        assert b"<script>" not in page, "an inline script would be refused by the page's policy"
    assert running.ask("/").body.index(b"reload.js") < running.ask("/").body.index(b"</head>")
    assert running.ask("/static/style.css").body == b"body {}"
    assert running.ask("/_dreamfolio/reload.js").headers["Content-Type"].startswith("text/java")
    assert running.ask("/_dreamfolio/panel.css").status == 200
    after = {path: path.read_bytes() for path in running.site.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/static/../../secret.html",
        "/static/%2e%2e%2f%2e%2e%2fsecret.html",
        "/..%5csecret.html",
        "/link.html",
        "/linked/secret.html",
        "/round/and/round",
        "/.dreamfolio.json",
        "/.git/config",
        "/%00",
        "/index.html%00.css",
        "/index.html/",
        "/_dreamfolio/../reload.js",
        "/_dreamfolio/%2e%2e/handler.py",
        "/_dreamfolio/..%2fhandler.py",
        "/_dreamfolio/",
        "//secret.html",
        "/%252e%252e/secret.html",
        "/%2e%2e%2fsecret.html",
        "/.%2e/secret.html",
        "/..%c0%afsecret.html",
        "/%uff0e%uff0e/secret.html",
        "/static/..;/secret.html",
        "/..%00/secret.html",
        "/%5c..%5csecret.html",
        "/C:/secret.html",
        "/~/secret.html",
        "/linked/../secret.html",
        "/" + "x" * 5000,
    ],
)
def test_nothing_but_the_site_is_served(running: Running, target: str) -> None:
    (running.site / "link.html").symlink_to(running.site.parent / "secret.html")
    (running.site / "linked").symlink_to(running.site.parent)
    (running.site / "round").symlink_to(running.site / "round")
    answer = running.ask(target)
    assert answer.status in (400, 404)
    assert SECRET.encode() not in answer.body
    assert b"import" not in answer.body


@pytest.mark.parametrize("target", ["mailto:x", "*", "index.html", "?x"])
def test_what_is_no_address_is_refused(running: Running, target: str) -> None:
    assert running.ask(target).status == 400


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "LOCALHOST:{}", "[::1]:{}"])
def test_this_machine_may_ask(running: Running, host: str) -> None:
    assert running.ask("/", Host=host.format(running.server.port)).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example:{}", "127.0.0.1.evil.example:{}", "127.0.0.1", "localhost:1", "", "[::1]", "{}"],
)
@pytest.mark.parametrize("target", ["/", "/_dreamfolio/events"])
def test_other_names_may_not(running: Running, host: str, target: str) -> None:
    answer = running.ask(target, Host=host.format(running.server.port))
    assert answer.status == 403
    assert b"Home" not in answer.body


@pytest.mark.parametrize("target", ["/", "/_dreamfolio/events", "/_dreamfolio/reload.js"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{}"},
        {"Origin": "http://127.0.0.1:{}.evil.example"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_other_pages_may_not_look_in(
    running: Running, headers: dict[str, str], target: str
) -> None:
    asked = {name: value.format(running.server.port) for name, value in headers.items()}
    answer = running.ask(target, **asked)
    assert answer.status == 403
    assert b"Home" not in answer.body
    assert running.live.pages == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:{}"},
        {"Origin": "http://localhost:{}"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_its_own_pages_may_ask_and_any_link_may_lead_here(
    running: Running, headers: dict[str, str]
) -> None:
    asked = {name: value.format(running.server.port) for name, value in headers.items()}
    assert running.ask("/", **asked).status == 200


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        (b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"<script>" * 9000), 414),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", 431),
        (b"<script>\r\n\r\n", 400),
        (b"GET <script> x y z\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GET / HTTP/one\r\n\r\n", 400),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
    ],
)
def test_what_is_no_request_is_refused_without_repeating_it(
    running: Running, request_of: bytes, status: int
) -> None:
    try:
        answer = running.send(request_of)
    except ConnectionError:  # It was closed while more was coming.
        return
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b"script>" not in answer
    assert b"Content-Type: text/plain" in answer


def test_the_oldest_form_of_a_request_is_refused_too(running: Running) -> None:
    assert b"Home" not in running.send(b"GET /\r\n\r\n")


def test_who_says_nothing_holds_up_nobody(running: Running) -> None:
    silent = [socket.create_connection(("127.0.0.1", running.server.port)) for _ in range(60)]
    for number, connection in enumerate(silent):
        connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: "[:number])
    assert running.ask("/").status == 200
    for connection in silent:
        connection.close()


def test_who_sends_a_byte_now_and_then_is_given_up(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamfolio.serve.handler._HEAD_SECONDS", 0.6)
    address = "127.0.0.1", running.server.port
    with socket.create_connection(address, timeout=PATIENCE) as connection:

        def given_up() -> bool:
            try:
                connection.sendall(b"y")
                heard = select.select([connection], [], [], 0.05)[0]
                return bool(heard) and connection.recv(100) == b""
            except ConnectionError:
                return True

        connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        until(given_up, "it is waited for without an end")


def test_nothing_runs_in_what_is_shown_as_a_page_though_it_is_none(running: Running) -> None:
    (running.site / "sly.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    (running.site / "feed.xml").write_text("<feed/>")
    for target in ("/sly.svg", "/feed.xml", "/_dreamfolio/nothing"):
        policy = running.ask(target).headers["Content-Security-Policy"] or ""
        if target != "/_dreamfolio/nothing":
            assert "default-src 'none'" in policy
            assert "sandbox" in policy
    assert "default-src 'none'" in running.ask("/", "POST").headers["Content-Security-Policy"]


def test_a_request_says_once_whom_it_asks(running: Running) -> None:
    ours = f"Host: 127.0.0.1:{running.server.port}\r\n".encode()
    assert running.send(b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 403")
    twice = b"GET / HTTP/1.1\r\n" + ours + b"Host: evil.example\r\n\r\n"
    assert running.send(twice).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_it_is_for_reading_alone(running: Running, method: str) -> None:
    answer = running.ask("/", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_a_body_is_not_taken_for_another_request(running: Running) -> None:
    host = f"Host: 127.0.0.1:{running.server.port}\r\n"
    hidden = f"GET /a.webp HTTP/1.1\r\n{host}\r\n"
    asked = f"GET / HTTP/1.1\r\n{host}Content-Length: {len(hidden)}\r\n\r\n{hidden}"
    assert running.send(asked.encode()).count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize("target", ["/", "/clip.mp4", "/nowhere", "/_dreamfolio/events"])
def test_head_gives_the_same_without_the_body(running: Running, target: str) -> None:
    answer = running.ask(target, "HEAD")
    assert answer.body == b""
    if "events" not in target:
        whole = running.ask(target)
        assert answer.status == whole.status
        assert int(answer.headers["Content-Length"]) == len(whole.body)
        assert answer.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("target", ["/", "/clip.mp4", "/_dreamfolio/reload.js"])
def test_what_a_browser_has_is_not_sent_again(running: Running, target: str) -> None:
    etag = running.ask(target).headers["ETag"]
    again = running.ask(target, If_None_Match=etag)
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert running.ask(target, If_None_Match=f'"other", W/{etag}').status == 304
    assert running.ask(target, If_None_Match='"other"').status == 200


def test_a_page_of_an_older_version_is_sent_again(running: Running) -> None:
    etag = running.ask("/").headers["ETag"]
    running.live.tell([], changed=True)
    assert running.ask("/", If_None_Match=etag).status == 200


def test_a_video_can_be_looked_into(running: Running) -> None:
    size = len(CLIP)
    for asked, start, stop in [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, size),
        ("bytes=-50", size - 50, size),
        (f"bytes=5-{size * 2}", 5, size),
    ]:
        part = running.ask("/clip.mp4", Range=asked)
        assert (part.status, part.body) == (206, CLIP[start:stop])
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{size}"
    for asked in ("bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=9-3"):
        assert running.ask("/clip.mp4", Range=asked).body == CLIP
    beyond = running.ask("/clip.mp4", Range=f"bytes={size}-")
    assert (beyond.status, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    etag = running.ask("/clip.mp4").headers["ETag"]
    assert running.ask("/clip.mp4", Range="bytes=0-9", If_Range=etag).status == 206
    assert running.ask("/clip.mp4", Range="bytes=0-9", If_Range='"old"').body == CLIP


def test_a_lost_visitor_gets_the_site_s_own_page_whose_links_work(running: Running) -> None:
    lost = running.ask("/far/away/from.html")
    assert lost.status == 404
    assert b'<base href="/">' in lost.body
    assert b"reload.js" in lost.body
    (running.site / "404.html").write_text(
        '<html><head></head><a href="https://example.org/a&amp;b/static/x.css">x</a></html>'
    )
    running.live.tell([], changed=True, url="https://example.org/a&b/")
    assert b'href="/static/x.css"' in running.ask("/far/away/").body


def test_without_a_site_a_page_waits_for_it_and_says_why(running: Running) -> None:
    (running.site / "index.html").unlink()
    answer = running.ask("/")
    assert answer.status == 503
    assert b"being built" in answer.body
    problem = Problem('unknown key "<titel>"', "did you mean title?", "portfolio.yaml", 1, 2)
    running.live.tell([problem], changed=False, kept=True)
    page = running.ask("/any/where.html").body.decode()
    assert "There is no site yet" in page
    assert "default-src 'none'; script-src 'self'" in page
    assert "portfolio.yaml:1:2: unknown key &quot;&lt;titel&gt;&quot;; did you mean" in page
    assert "reload.js" in page


def test_pages_hear_of_every_change(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dreamfolio.serve.handler._HEARTBEAT_SECONDS", 0.2)
    connection = http.client.HTTPConnection("127.0.0.1", running.server.port, timeout=60)
    connection.request("GET", "/_dreamfolio/events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")

    def heard() -> dict[str, object]:
        while not (line := answer.readline()).startswith(b"data: "):
            assert line
        state: dict[str, object] = json.loads(line.removeprefix(b"data: "))
        return state

    first = heard()
    assert first["problems"] == []
    assert f'data-version="{first["version"]}"'.encode() in running.ask("/").body
    until(lambda: running.live.pages == 1)
    running.live.tell([Problem("wrong")], changed=False, kept=True)
    second = heard()
    assert second["version"] == first["version"], "nothing to reload for"
    assert (second["kept"], len(list(second["problems"]))) == (True, 1)  # type: ignore[call-overload]
    running.live.tell([], changed=True)
    assert heard()["version"] != first["version"]
    connection.close()
    answer.close()
    until(lambda: running.live.pages == 0, "a page that is gone is still waited for")


def test_many_pages_are_open_at_once(running: Running) -> None:
    held = [socket.create_connection(("127.0.0.1", running.server.port)) for _ in range(20)]
    for connection in held:
        host = f"127.0.0.1:{running.server.port}"
        connection.sendall(f"GET /_dreamfolio/events HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    until(lambda: running.live.pages == 20)
    assert running.ask("/").status == 200
    for connection in held:
        connection.close()


def test_nobody_else_on_the_network_reaches_it(running: Running) -> None:
    assert running.server.socket.getsockname()[0] == "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_the_port_asked_for_and_no_other(taken: int, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"port {taken} is taken"):
        open_server(taken, tmp_path, Live(), _no_fault)


def test_the_next_free_port_where_none_is_asked_for(
    taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamfolio.serve.server.DEFAULT_PORT", taken)
    server = open_server(None, tmp_path, Live(), _no_fault)
    assert taken < server.port < taken + 100
    server.server_close()


_no_fault: Callable[[Exception], None] = lambda error: None  # noqa: E731
