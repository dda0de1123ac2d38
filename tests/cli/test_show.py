"""Lines on a terminal, with and without colours."""

from __future__ import annotations

import sys

import pytest

from helpers.home import Home, clean_environment
from helpers.terminal import on_a_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")


@pytest.mark.parametrize("arguments", [["status"], ["dream", "nosuch"]])
def test_colours_are_for_those_who_want_them(home: Home, arguments: list[str]) -> None:
    _, shown = on_a_terminal(home, arguments)
    assert "\x1b[" in shown
    without = {**clean_environment(), "NO_COLOR": "1"}
    _, shown = on_a_terminal(home, arguments, environment=without)
    assert "\x1b[" not in shown
