"""Show a page in the browser, where somebody is there to see it."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def show_page(page: Path) -> None:
    """Open ``page`` in the browser; nothing happens without a terminal or a screen."""
    show_address(page.absolute().as_uri())


def show_address(url: str) -> None:
    """Open ``url`` in the browser, in the same way."""
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    # Without one, Linux would start a browser in this very terminal.
    if sys.stderr.isatty() and (screen or sys.platform in ("darwin", "win32")):
        webbrowser.open(url)
