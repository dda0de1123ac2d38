"""An empty portfolio to fill."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.portfolio import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A portfolio folder with a title and nothing else."""
    return Tree(tmp_path / "portfolio")
