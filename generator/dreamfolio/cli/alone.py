"""A command that writes into a portfolio does so alone, and says whom it waits for."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Iterator
from pathlib import Path

from dreamfolio.cli.show import note
from dreamfolio.content.layout import COLLECTIONS, PORTFOLIO
from dreamfolio.store import alone as at_work
from dreamfolio.store.alone import Worker


@contextlib.contextmanager
def alone(root: Path, command: str) -> Iterator[None]:
    """Keep other commands from writing into the portfolio at ``root`` while ``command`` does.

    Waits, with a word, for one that is at it already; Ctrl-C ends the waiting. Where there is no
    portfolio yet, nobody is at work in it.
    """
    if not any((root / name).exists() for name in (PORTFOLIO, COLLECTIONS)):
        yield
        return
    with at_work.alone(root, f"dreamfolio {command}", lambda worker: note(waiting_for(worker))):
        yield


def waiting_for(worker: Worker | None) -> str:
    """A line that says for whom one waits."""
    if worker is None:
        return "waiting for another dreamfolio, at work in this portfolio; Ctrl-C gives up"
    since = time.localtime(worker.since)
    today = since[:3] == time.localtime()[:3]
    told = time.strftime("%H:%M:%S" if today else "%Y-%m-%d %H:%M", since)
    there = "" if worker.machine == platform.node() else f" on {worker.machine}"
    return (
        f"waiting for {worker.command}, at work in this portfolio since {told} "
        f"(process {worker.process}{there}); Ctrl-C gives up"
    )
