"""What a visitor pays: the bytes of home, a collection of twelve and a piece on a phone, as
Chromium counts them, and what Lighthouse thinks of the three (``npm install lighthouse``).

The site is one of twelve drawn renders with a dream each, or of ``--root PORTFOLIO``; it is served
by a small server that compresses text, as GitHub Pages and most others do.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import trees
from processes import dreamfolio

sys.path.insert(0, str(Path(__file__).parents[1]))
from helpers import chromium

PIECES = 12
PHONE = (360, 800)
TEXT = (".html", ".css", ".js", ".svg", ".xml", ".json", ".webmanifest", ".txt")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class Server(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, text compressed, connections kept."""

    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        # A browser that has what it wants hangs up.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        if path.suffix in TEXT:
            data = gzip.compress(data, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which ``folder`` is served for the time being."""
    handler = functools.partial(Server, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def pages(site: Path) -> dict[str, str]:
    """Home, the first collection and its first piece, by what they are."""
    collection = next(path for path in sorted(site.glob("*/index.html")))
    piece = next(path for path in sorted(collection.parent.glob("*.html")) if path != collection)
    return {
        "home": "",
        "collection": f"{collection.parent.name}/",
        "piece": piece.relative_to(site).as_posix(),
    }


def weigh(site: Path, program: str, pixels: int) -> None:
    """Print what each page makes a phone fetch before it is touched: KB over the wire and, of
    text, as it lies in the folder."""
    with (
        served(site) as address,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        chromium.running(program, Path(folder)) as browser,
    ):
        for name, page in pages(site).items():
            wire, files, count = fetched(browser, address + page, pixels)
            text = sum(
                (path / "index.html" if path.is_dir() else path).stat().st_size
                for path in (site / file for file in files)
                if path.is_dir() or path.suffix in TEXT
            )
            print(
                f"{name:<12} at {pixels} pixels a point: {sum(wire.values()) / 1000:6.1f} KB in"
                f" {count} files, {wire['Image'] / 1000:6.1f} KB of them pictures;"
                f" the rest {(sum(wire.values()) - wire['Image']) / 1000:5.1f} KB,"
                f" {text / 1000:5.1f} KB uncompressed",
                flush=True,
            )


def fetched(
    browser: chromium.Browser, address: str, pixels: int
) -> tuple[Counter[str], list[str], int]:
    """Bytes over the wire by kind, headers included, and which files."""
    page = browser.new_page()
    width, height = PHONE
    page.call(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=pixels,
        mobile=True,
    )
    page.call("Network.enable")
    page.call("Network.setCacheDisabled", cacheDisabled=True)
    page.open(address)
    time.sleep(1)  # What is lazy, and near enough to be wanted, comes after the page.
    page.evaluate("1")
    kinds, files = {}, []
    root = "/".join(address.split("/")[:3]) + "/"
    for event in page.events("Network.responseReceived"):
        told = event["params"]
        kinds[told["requestId"]] = told["type"]
        files.append(told["response"]["url"].removeprefix(root).split("#")[0])
    wire: Counter[str] = Counter()
    for event in page.events("Network.loadingFinished"):
        wire[kinds[event["params"]["requestId"]]] += int(event["params"]["encodedDataLength"])
    page.call("Page.close")
    return wire, files, len(files)


def judge(site: Path, program: str, lighthouse: list[str], rounds: int) -> None:
    """Print the median of Lighthouse's scores for its emulated phone, and whatever it counts as a
    failure."""
    with served(site) as address:
        for name, page in pages(site).items():
            scores: dict[str, list[float]] = {category: [] for category in CATEGORIES}
            failed: set[str] = set()
            measured: dict[str, list[float]] = {}
            for _ in range(rounds):
                report = one_report(address + page, program, lighthouse)
                for category, values in scores.items():
                    found = report["categories"][category]
                    values.append(100 * found["score"])
                    audits = (
                        report["audits"][ref["id"]] for ref in found["auditRefs"] if ref["weight"]
                    )
                    failed |= {
                        each["id"]
                        for each in audits
                        if (each["score"] or 0) < 0.9 and each["score"] is not None
                    }
                for metric in ("first-contentful-paint", "largest-contentful-paint"):
                    measured.setdefault(metric, []).append(report["audits"][metric]["numericValue"])
            said = ", ".join(f"{c} {statistics.median(v):.0f}" for c, v in scores.items())
            times = ", ".join(f"{m} {statistics.median(v):.0f} ms" for m, v in measured.items())
            print(f"{name:<12} {said}; {times}; fails {sorted(failed) or 'nothing'}", flush=True)


def one_report(address: str, program: str, lighthouse: list[str]) -> dict:
    """What Lighthouse finds on one visit, by its own mobile preset."""
    run = subprocess.run(
        [
            *lighthouse,
            address,
            "--output=json",
            "--quiet",
            "--throttling-method=simulate",
            "--only-categories=" + ",".join(CATEGORIES),
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": program},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return json.loads(run.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, help="measure this portfolio's built site instead")
    parser.add_argument("--rounds", type=int, default=3, help="visits by Lighthouse to each page")
    parser.add_argument(
        "--lighthouse",
        default="npx --no-install lighthouse",
        help="the command; npx finds it where it was installed in this folder",
    )
    asked = parser.parse_args()
    program = chromium.find()
    if program is None:
        sys.exit(chromium.HOW_TO_GET)
    with tempfile.TemporaryDirectory() as folder:
        root = asked.root
        if root is None:
            root = Path(folder) / "portfolio"
            trees.portfolio(root, PIECES, 1, dreams=True)
            with (root / "portfolio.yaml").open("a") as settings:
                settings.write("author: A Benchmark\nurl: https://example.org/\n")
                settings.write("description: Twelve renders, each with a dream.\n")
            dreamfolio("site", root)
        for pixels in (2, 3):
            weigh(root / "site", program, pixels)
        lighthouse = shlex.split(asked.lighthouse)
        if asked.rounds and shutil.which(lighthouse[0]):
            judge(root / "site", program, lighthouse, asked.rounds)


if __name__ == "__main__":
    main()
