"""Looks: whatever touches a file gives it another one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dreamfolio.store.looks import look_at

_posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX's")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files, one of them in a folder of its own, and a link to a third."""
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "one.txt").write_text("one")
    (folder / "inner/two.txt").write_text("two")
    (tmp_path / "elsewhere.txt").write_text("else")
    (folder / "linked.txt").symlink_to(tmp_path / "elsewhere.txt")
    return folder


def _rewrite(folder: Path) -> None:
    file = folder / "inner/two.txt"
    before = file.stat()
    time.sleep(0.02)
    file.write_text("owt")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replace(folder: Path) -> None:
    new = folder.parent / "new.txt"
    new.write_text("one")
    os.utime(new, ns=(0, (folder / "one.txt").stat().st_mtime_ns))
    new.replace(folder / "one.txt")


def _change_what_is_linked(folder: Path) -> None:
    (folder.parent / "elsewhere.txt").write_text("otherwise")


def _remove_what_is_linked(folder: Path) -> None:
    (folder.parent / "elsewhere.txt").unlink()


TOUCHED: dict[str, Callable[[Path], None]] = {
    "rewritten, of the same size, its time set back": _rewrite,
    "replaced by an equal one": _replace,
    "added": lambda folder: (folder / "inner/three.txt").touch(),
    "removed": lambda folder: (folder / "one.txt").unlink(),
    "renamed": lambda folder: (folder / "one.txt").rename(folder / "eins.txt"),
    "an empty folder added": lambda folder: (folder / "empty").mkdir(),
    "what is linked is changed": _change_what_is_linked,
    "what is linked is removed": _remove_what_is_linked,
    "it may not be read any more": lambda folder: (folder / "one.txt").chmod(0),
    "the folder may not be looked into by others": lambda folder: (folder / "inner").chmod(0o700),
}


@_posix
@pytest.mark.parametrize("touch", TOUCHED.values(), ids=TOUCHED)
def test_whatever_is_touched_looks_otherwise(folder: Path, touch: Callable[[Path], None]) -> None:
    before = look_at([folder])
    assert look_at([folder]) == before
    touch(folder)
    assert look_at([folder]).digest != before.digest


def test_what_comes_to_be_there_has_another_look(tmp_path: Path) -> None:
    before = look_at([tmp_path / "weights.h5"])
    (tmp_path / "weights.h5").touch()
    assert look_at([tmp_path / "weights.h5"]).digest != before.digest


def test_two_files_do_not_look_like_one_another(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.touch()
    other.touch()
    looks = {look_at(paths).digest for paths in ([one], [other], [one, other], [], [tmp_path])}
    assert len(looks) == 5


def test_what_is_left_out_may_change(folder: Path) -> None:
    (folder / "inner/__pycache__").mkdir()
    before = look_at([folder], leaving_out={"__pycache__"})
    (folder / "inner/__pycache__/code.pyc").touch()
    assert look_at([folder], leaving_out={"__pycache__"}) == before
    assert look_at([folder]) != before


@_posix
def test_links_to_folders_are_followed_inside_alone(tmp_path: Path) -> None:
    looked_at, other, outside = (tmp_path / name for name in ("in/a", "in/other", "outside"))
    for folder in (looked_at, other, outside):
        folder.mkdir(parents=True)
        (looked_at / f"to_{folder.name}").symlink_to(folder, target_is_directory=True)
    (other / "back").symlink_to(looked_at, target_is_directory=True)
    before = look_at([looked_at], inside=tmp_path / "in")
    (outside / "file.txt").touch()
    assert look_at([looked_at], inside=tmp_path / "in") == before
    (other / "file.txt").touch()
    after = look_at([looked_at], inside=tmp_path / "in")
    assert after.digest != before.digest
    (other / "file.txt").write_text("x")
    assert look_at([looked_at], inside=tmp_path / "in").digest != after.digest
    assert look_at([looked_at]) == look_at([looked_at])


def test_it_is_settled_once_no_clock_shows_the_same_time_again(folder: Path) -> None:
    file = folder / "one.txt"
    changed = file.stat().st_ctime_ns
    tick = look_at([file]).settled - changed
    # Of this file system's clock: that of its inodes tells how fine it is.
    assert tick == (100_000_000 if changed % 1_000_000 else 2_000_000_000)
    assert look_at([folder / "not there"]).settled == 0


@_posix
def test_a_file_that_says_it_is_of_tomorrow_is_settled_as_soon_as_others(folder: Path) -> None:
    tomorrow = time.time_ns() + 86_400_000_000_000
    os.utime(folder / "one.txt", ns=(tomorrow, tomorrow))
    assert look_at([folder]).settled < time.time_ns() + 3_000_000_000


@_posix
def test_a_folder_that_cannot_be_looked_into_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scandir(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PermissionError):
        look_at([folder])


@_posix
def test_names_of_any_bytes_have_a_look(tmp_path: Path) -> None:
    before = look_at([tmp_path])
    name = os.fsencode(tmp_path) + b"/\xff\xfe.png"
    try:
        os.close(os.open(name, os.O_CREAT))
    except OSError:
        pytest.skip("this file system takes no such names")
    assert look_at([tmp_path]).digest != before.digest
