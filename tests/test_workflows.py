"""The workflow that publishes on Pages serves this repository, and whoever copies it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PAGES = ROOT / ".github" / "workflows" / "pages.yml"


def installs(folder: Path, tools: Path) -> str:
    """What the workflow has pip do in a repository in ``folder``."""
    steps = yaml.safe_load(PAGES.read_text("utf-8"))["jobs"]["publish"]["steps"]
    (command,) = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    tools.mkdir()
    pip = tools / "pip"
    pip.write_text('#!/bin/sh\necho "$@"\n')
    pip.chmod(0o755)
    # As GitHub runs it: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
    shell = ["bash", "-e", "-c", command]
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        shell,
        cwd=folder,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@pytest.mark.skipif(not PAGES.is_file(), reason="no checkout: the workflows are not packed")
def test_the_pages_are_built_by_this_checkout_here_and_by_a_release_elsewhere(
    tmp_path: Path,
) -> None:
    assert installs(ROOT, tmp_path / "here") == "install .[video]"
    portfolio = tmp_path / "portfolio"
    portfolio.mkdir()
    assert installs(portfolio, tmp_path / "there") == "install dreamfolio[video]"
    (portfolio / "pyproject.toml").write_text('[project]\nname = "renders"\n')
    assert installs(portfolio, tmp_path / "other") == "install dreamfolio[video]"
