"""A portfolio with a tiny network."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.engine import keras_or_skip
from helpers.home import Home, make_home

keras_or_skip()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two renders, nothing dreamed yet."""
    return make_home(tmp_path / "home")
