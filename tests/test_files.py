"""Files are written whole or not at all, and known by what is in them."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from dreamfolio.files import sha256, sha256_of_file, write_atomically, write_if_changed


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    data = os.urandom(300_000)
    file = tmp_path / "file"
    file.write_bytes(data)
    assert sha256_of_file(file) == sha256(data) == hashlib.sha256(data).hexdigest()


def test_the_digest_of_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sha256_of_file(tmp_path / "nothing")


def test_folders_on_the_way_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a/b/c.png", b"new")
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.png"]
    assert (tmp_path / "a/b/c.png").read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(file, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert file.read_bytes() == b"old"


def test_a_write_that_is_broken_off_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(file, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert file.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_file_can_be_read_by_others_as_any_file_can(tmp_path: Path) -> None:
    write_atomically(tmp_path / "ours", b"")
    (tmp_path / "plain").write_bytes(b"")
    ours, plain = (stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ours", "plain"))
    assert ours == plain


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(file, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_what_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert write_if_changed(file, b"one")
    os.utime(file, ns=(5, 5))
    assert not write_if_changed(file, b"one")
    assert file.stat().st_mtime_ns == 5
    assert write_if_changed(file, b"two")
    assert file.read_bytes() == b"two"
