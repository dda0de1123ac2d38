"""A process of its own, whose memory and whose warnings are not those of all tests before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from helpers.home import clean_environment

_TESTS = Path(__file__).parents[1]


def apart(*arguments: str) -> str:
    """What Python says, called so; it has to end well."""
    ended = subprocess.run(
        [sys.executable, *arguments],
        env=clean_environment(PYTHONPATH=str(_TESTS)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr[-2000:]
    return ended.stdout
