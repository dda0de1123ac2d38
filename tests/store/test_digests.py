import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from dreamfolio.errors import PictureError
from dreamfolio.files import sha256_of_file
from dreamfolio.pictures import decode as decode_module
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.store import digests
from dreamfolio.store.digests import DigestMemory


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "collections").mkdir()
    return tmp_path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the files of this test be old enough to be trusted."""
    now = time.time_ns
    monkeypatch.setattr(digests.time, "time_ns", lambda: now() + 10_000_000_000)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return counted(monkeypatch, digests, "sha256_of_file", sha256_of_file)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return counted(monkeypatch, decode_module, "decode", decode)


def counted(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, real: Callable[[Path], object]
) -> list[str]:
    names: list[str] = []

    def count(path: Path) -> object:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(module, name, count)
    return names


def memory(root: Path) -> DigestMemory:
    return DigestMemory(root / ".dreamfolio" / "digests.json")


def picture(root: Path, name: str = "a.png", colour: str = "red") -> Path:
    path = root / "collections" / name
    Image.new("RGB", (8, 8), colour).save(path)
    return path


def test_digests_are_right(root: Path) -> None:
    path = picture(root)

    assert memory(root).file(path) == sha256_of_file(path)
    assert memory(root).pixels(path) == pixels_digest(decode(path))


@pytest.mark.usefixtures("later")
def test_an_unchanged_file_is_not_read_again(
    root: Path, read: list[str], decoded: list[str]
) -> None:
    path = picture(root)
    first = memory(root)
    expected = (first.file(path), first.pixels(path))
    first.save()

    second = memory(root)

    assert (second.file(path), second.pixels(path)) == expected
    assert read == ["a.png"]
    assert decoded == ["a.png"]


@pytest.mark.usefixtures("later")
def test_a_file_beside_the_portfolio_is_not_mistaken_for_one_inside(
    tmp_path: Path, read: list[str]
) -> None:
    """Where one folder's name goes on where the other's ends."""
    for name in ("art", "art_old"):
        (tmp_path / name / "collections").mkdir(parents=True)
    inside = picture(tmp_path / "art", colour="red")
    outside = picture(tmp_path / "art_old", colour="blue")
    first = memory(tmp_path / "art")
    expected = (first.file(inside), first.file(outside))
    first.save()

    second = memory(tmp_path / "art")

    assert (second.file(inside), second.file(outside)) == expected
    assert expected[0] != expected[1]
    assert len(read) == 2


@pytest.mark.usefixtures("later")
def test_touch_copies_and_renames_are_read_but_not_decoded(root: Path, decoded: list[str]) -> None:
    path = picture(root)
    first = memory(root)
    expected = first.pixels(path)
    first.save()

    os.utime(path, (1, 1))
    shutil.copy(path, root / "collections" / "copy.png")
    path.rename(root / "collections" / "renamed.png")
    second = memory(root)

    assert second.pixels(root / "collections" / "copy.png") == expected
    assert second.pixels(root / "collections" / "renamed.png") == expected
    assert decoded == ["a.png"]


@pytest.mark.usefixtures("later")
def test_an_edit_of_the_same_size_and_time_is_noticed(root: Path) -> None:
    path = root / "collections" / "a.png"
    path.write_bytes(b"one")
    status = path.stat()
    first = memory(root)
    first.file(path)
    first.save()

    time.sleep(0.02)  # Past a tick of the file system's clock.
    path.write_bytes(b"two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert memory(root).file(path) == sha256_of_file(path)
    assert first.file(path) == sha256_of_file(path)


def test_a_file_too_young_to_be_trusted_is_read_again(
    root: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written twice within one tick of the clock, a file shows the same stamp for both."""
    path = picture(root)
    written = path.stat().st_mtime_ns
    monkeypatch.setattr(digests.time, "time_ns", lambda: written + 1_000_000_000)
    store = memory(root)
    store.file(path)
    store.save()

    store.file(path)
    memory(root).file(path)

    assert read == ["a.png"] * 3


@pytest.mark.usefixtures("later")
def test_a_seed_from_a_lock_saves_the_decoding(root: Path, decoded: list[str]) -> None:
    path = picture(root)
    store = memory(root)
    store.seed(sha256_of_file(path), "pixels as the lock has them")

    assert store.pixels(path) == "pixels as the lock has them"
    store.save()
    assert memory(root).pixels(path) == "pixels as the lock has them"
    assert decoded == []


@pytest.mark.usefixtures("later")
def test_other_metadata_means_other_bytes_and_the_same_pixels(root: Path) -> None:
    plain, told = picture(root, "a.png"), picture(root, "b.png")
    words = PngImagePlugin.PngInfo()
    words.add_text("Scene", "2")
    Image.open(told).save(told, pnginfo=words)
    store = memory(root)

    assert store.file(plain) != store.file(told)
    assert store.pixels(plain) == store.pixels(told)


@pytest.mark.usefixtures("later")
def test_saving_makes_a_folder_that_git_ignores(root: Path) -> None:
    store = memory(root)
    store.save()
    assert not (root / ".dreamfolio").exists()

    store.file(picture(root))
    store.save()

    assert (root / ".dreamfolio" / ".gitignore").read_text() == "*\n"
    remembered = json.loads((root / ".dreamfolio" / "digests.json").read_text())
    assert list(remembered["files"]) == ["collections/a.png"]


@pytest.mark.usefixtures("later")
def test_nothing_is_written_where_nothing_was_learned(root: Path) -> None:
    path = picture(root)
    first = memory(root)
    first.pixels(path)
    first.save()
    kept = root / ".dreamfolio" / "digests.json"
    before = kept.stat()

    second = memory(root)
    second.pixels(path)
    second.save()

    # Reading it is fine, and changes the time it was last read at.
    after = kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.usefixtures("later")
def test_a_folder_that_cannot_be_written_costs_only_the_memory(root: Path) -> None:
    (root / ".dreamfolio").write_bytes(b"a file in the way")
    store = memory(root)
    path = picture(root)

    assert store.file(path) == sha256_of_file(path)
    store.save()


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"x"',
        '{"version": 99}',
        '{"version": 1, "files": [], "pixels": {}}',
        '{"version": 1, "files": {"collections/a.png": [7, 8]}, "pixels": {}}',
    ],
)
def test_a_damaged_memory_is_thrown_away(root: Path, text: str) -> None:
    path = picture(root)
    (root / ".dreamfolio").mkdir()
    (root / ".dreamfolio" / "digests.json").write_text(text)
    store = memory(root)

    assert store.file(path) == sha256_of_file(path)
    store.save()
    assert json.loads((root / ".dreamfolio" / "digests.json").read_text())["version"] == 1


@pytest.mark.usefixtures("later")
def test_what_is_gone_is_forgotten(root: Path) -> None:
    kept, gone = picture(root, "kept.png"), picture(root, "gone.png", "blue")
    store = memory(root)
    store.pixels(kept)
    store.pixels(gone)
    store.save()
    gone.unlink()
    again = memory(root)
    again.file(picture(root, "new.png", "green"))
    again.save()

    remembered = json.loads((root / ".dreamfolio" / "digests.json").read_text())
    assert sorted(remembered["files"]) == ["collections/kept.png", "collections/new.png"]
    assert list(remembered["pixels"]) == [sha256_of_file(kept)]


def test_files_too_young_keep_their_pixels_remembered(root: Path, decoded: list[str]) -> None:
    path = picture(root)
    first = memory(root)
    first.pixels(path)
    first.save()

    os.utime(path)
    second = memory(root)
    second.file(path)
    second.seed("0" * 64, "1" * 64)
    second.save()
    memory(root).pixels(path)

    assert decoded == ["a.png"]


def test_an_unreadable_picture_is_named(root: Path) -> None:
    path = root / "collections" / "a.png"
    path.write_bytes(b"no picture")

    with pytest.raises(PictureError, match=r"a\.png"):
        memory(root).pixels(path)
    with pytest.raises(OSError, match="none"):
        memory(root).file(root / "none.png")
