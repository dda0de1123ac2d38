"""Which portfolio a command works on."""

from __future__ import annotations

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
