"""``dreamfolio serve``: the site in the browser, following every change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from dreamfolio.cli.browser import show_address
from dreamfolio.cli.interruptible import interruptible
from dreamfolio.cli.progress import progress
from dreamfolio.cli.serving import Terminal
from dreamfolio.cli.show import note, plural, say
from dreamfolio.content.layout import COLLECTIONS, PORTFOLIO, SITE
from dreamfolio.content.read import read
from dreamfolio.errors import DreamfolioError, reason_with_type
from dreamfolio.serve.live import Live
from dreamfolio.serve.server import DEFAULT_PORT, open_server
from dreamfolio.serve.serving import keep_up

# A page that was open before connects again within a second: then there is none to open.
_OPEN_AFTER_SECONDS = 1.5


def serve(root: Path, *, port: int | None, open_page: bool, dream: bool) -> None:
    """Serve the site of the portfolio at ``root`` until Ctrl-C, and keep it up to date."""
    if not any((root / name).exists() for name in (PORTFOLIO, COLLECTIONS)):
        read(root)  # Raises: nothing that could be mended makes a portfolio of it.
    terminal = Terminal(progress(), dream=dream)
    live = Live()

    def on_fault(error: Exception) -> None:
        terminal.fault(DreamfolioError(f"a page could not be served: {reason_with_type(error)}"))

    server = open_server(port, root / SITE, live, on_fault)
    server.start()
    say(f"serving {server.url}")
    if port is None and server.port != DEFAULT_PORT:
        note(f"port {DEFAULT_PORT} is taken by another program, hence {server.port}")
    note("Ctrl-C ends it; pages follow what you change in collections/, themes/, portfolio.yaml")

    def work(stop: Callable[[], bool]) -> None:
        keep_up(root, live, terminal, stop, dream=dream)

    def open_unless_open() -> None:
        if not live.pages:
            show_address(server.url)

    def on_interrupt() -> None:
        terminal.close()
        kept = terminal.dreamed_so_far
        were = f" {plural(kept, 'variant was', 'variants were')} made and kept." if kept else ""
        note(f"\nStopped.{were} The site is in {SITE}/.")

    if open_page:
        opening = threading.Timer(_OPEN_AFTER_SECONDS, open_unless_open)
        opening.daemon = True
        opening.start()
    interruptible(work, on_interrupt)
