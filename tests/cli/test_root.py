"""Which portfolio a command works on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from helpers.home import Home


@pytest.fixture
def other(home: Home) -> Home:
    other = Home(home.root.parent / "other")
    other.write("portfolio.yaml", "title: Other\n")
    other.paint("collections/stones/stone.png", seed=3)
    return other


def test_nearest_folder_upward(home: Home) -> None:
    assert "orb_1_conv_b.png" in home.run("status", cwd=home.root / "collections/orbs").out


def test_root_before_and_after_the_command(home: Home, other: Home) -> None:
    for arguments in (
        ["--root", str(home.root), "status"],
        ["status", "--root", str(home.root)],
        ["--root", str(other.root), "status", "--root", str(home.root)],
        ["status", "--root", "../home"],
    ):
        assert "orb_1_conv_b.png" in home.run(*arguments, cwd=other.root).out


def test_new_and_readme_follow_it_too(home: Home, other: Home) -> None:
    fresh = home.root.parent / "fresh"
    fresh.mkdir()
    assert home.run("--root", str(fresh), "new", "portfolio", cwd=other.root).code == 0
    assert (fresh / "portfolio.yaml").is_file()
    assert home.run("--root", str(other.root), "new", "pebbles").code == 0
    assert (other.root / "collections/pebbles/collection.yaml").is_file()
    assert home.run("--root", str(other.root), "readme").code == 0
    assert (other.root / "README.md").is_file()
    assert not (home.root / "README.md").exists()


def test_folder_one_is_in_may_be_removed(home: Home) -> None:
    gone = home.root.parent / "gone"
    # As where a branch is checked out in another window.
    program = "import os; from dreamfolio.cli import main; os.rmdir(os.getcwd()); main()"
    said = []
    for arguments in (["site", "--root", str(home.root)], ["status"]):
        gone.mkdir()
        command = [sys.executable, "-c", program, *arguments]
        said.append(subprocess.run(command, cwd=gone, capture_output=True, text=True, timeout=60))
    built, lost = said
    assert (built.returncode, "Traceback" in built.stderr) == (0, False), built.stderr
    assert (home.root / "site/index.html").is_file()
    assert lost.returncode == 2
    assert "the folder you are in is not there any more; go to another one" in lost.stderr
