"""``dreamfolio serve`` in a process of its own."""

from __future__ import annotations

import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.heard import Heard
from helpers.home import Home
from helpers.waiting import PATIENCE


class Served(Heard):
    """A running server."""

    def __init__(self, process: subprocess.Popen[str]):
        super().__init__(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        self.url = line.removeprefix("serving ").strip()
        if not line.startswith("serving "):
            self.ended()

    def get(self, address: str = "") -> str:
        """The page at ``address``, an error's too."""
        try:
            with urllib.request.urlopen(self.url + address, timeout=PATIENCE) as answer:
                text: str = answer.read().decode()
        except urllib.error.HTTPError as error:
            text = error.read().decode()
        return text


@contextmanager
def serving(home: Home, *arguments: str) -> Iterator[Served]:
    """Serve ``home`` at any free port."""
    with Served(home.start("serve", "--no-open", "--port", "0", *arguments)) as served:
        yield served
