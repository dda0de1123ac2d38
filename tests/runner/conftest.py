"""A portfolio with a tiny network, and a watch on its dreams."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.engine import keras_or_skip
from helpers.home import Home, make_home

keras_or_skip()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two renders, nothing dreamed yet."""
    return make_home(tmp_path / "home")


@pytest.fixture
def dreams(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The (height, width) of each picture that the engine dreams, in order."""
    from dreamfolio.runner import work

    seen: list[tuple[int, int]] = []
    engine = work.dream

    def watched(pixels: Any, *arguments: Any, **options: Any) -> Any:
        seen.append(pixels.shape[:2])
        return engine(pixels, *arguments, **options)

    monkeypatch.setattr(work, "dream", watched)
    return seen
