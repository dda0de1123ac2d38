"""Disks as they are: full, read-only, or somebody else's."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.endured import Portfolio, files
from helpers.home import make_home

NOBODY = 65534


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach, too."""
    folder = Path(tempfile.mkdtemp(prefix="dreamfolio-test-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@contextlib.contextmanager
def only_readable(locked: Path, root: Path) -> Iterator[None]:
    """Let this process only read what is in ``locked``."""
    is_root = os.geteuid() == 0
    if is_root:  # Who may do everything: let nobody try.
        for path in (root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    for path in (locked, *locked.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path in (locked, *locked.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("error: ")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
@pytest.mark.parametrize("name", ["collections/days", "site", "kept"])
def test_a_folder_that_may_only_be_read_is_named(open_folder: Path, name: str) -> None:
    portfolio = Portfolio(open_folder)
    portfolio.reset()
    home = portfolio.home
    with only_readable(home.root / name, home.root):
        said = portfolio.build()
    assert said.code == (0 if name == "kept" else 1), said.err
    assert name in said.err
    assert all("; see that you may" in line for line in lines(said.err)), said.err
    assert list(portfolio.kept(files(home.root))) == []
    assert list(portfolio.recovered(portfolio.build())) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_nothing_is_dreamed_for_a_folder_that_may_only_be_read(open_folder: Path) -> None:
    home = make_home(open_folder / "home")
    home.paint("collections/days/day.png")
    with only_readable(home.root / "collections/orbs", home.root):
        said = home.run("dream")
    assert said.code == 1
    (line,) = lines(said.err)
    assert "collections/orbs: cannot be written to, so nothing is dreamed for it" in line
    assert "[1/1] days/day_conv_b.png" in said.err
    assert "2 dreamed" in home.run("dream").err


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of so many bytes in the place of ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="disks are mounted as on Linux")
def test_a_full_disk_is_told_and_made_good_once_there_is_room(tmp_path: Path) -> None:
    portfolio = Portfolio(tmp_path)
    root = portfolio.home.root
    shutil.rmtree(root)
    with small_disk(root, "2m"):
        for left in (0, 8_192, 40_960, 65_536):
            for path in root.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(tmp_path / "before", root, dirs_exist_ok=True)
            fill(root / "filler.bin", left)
            said = portfolio.build()
            assert said.code == 1, said.everything
            assert any("No space left on device" in line for line in lines(said.err))
            assert all("make room" in line for line in lines(said.err)), said.err
            assert list(portfolio.kept(files(root))) == []
            (root / "filler.bin").unlink()
            assert list(portfolio.recovered(portfolio.build())) == []
    shutil.rmtree(root, ignore_errors=True)


def fill(file: Path, left: int) -> None:
    """Write until so many bytes are left on the disk."""
    free = os.statvfs(file.parent)
    with file.open("wb") as filler:
        filler.write(bytes(max(0, free.f_bavail * free.f_frsize - left)))


def test_a_cache_that_vanishes_while_a_build_goes_on_costs_nothing_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.runner.recorder import Recorder

    portfolio = Portfolio(tmp_path)
    portfolio.reset()
    cache = portfolio.home.root / "kept"
    place = Recorder._place

    def meanwhile(self: Recorder, *arguments: object) -> None:
        place(self, *arguments)  # type: ignore[arg-type]
        if cache.is_dir():
            cache.rename(tmp_path / "unplugged")
            cache.write_bytes(b"")

    with monkeypatch.context() as pulling:
        pulling.setattr(Recorder, "_place", meanwhile)
        said = portfolio.build()
    assert said.code == 1
    assert f"the cache at {cache} cannot be" in said.err
    assert "see `cache:` in portfolio.yaml" in said.err
    assert list(portfolio.kept(files(portfolio.home.root))) == []
    cache.unlink()
    (tmp_path / "unplugged").rename(cache)
    assert list(portfolio.recovered(portfolio.build())) == []


def test_a_cache_that_is_a_file_is_told_once(tmp_path: Path) -> None:
    portfolio = Portfolio(tmp_path)
    portfolio.reset()
    shutil.move(portfolio.home.root / "kept", tmp_path / "kept")
    portfolio.home.write("kept", b"a file of that name")
    said = portfolio.build()
    assert said.code == 1
    told = [line for line in said.err.splitlines() if "the cache at" in line]
    assert len(told) == 1
    assert "see `cache:` in portfolio.yaml" in told[0]
    assert portfolio.home.read("kept") == b"a file of that name"
    assert list(portfolio.kept(files(portfolio.home.root))) == []
