import errno
import os
import pickle
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamfolio.errors import StoreError
from dreamfolio.files import sha256
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.encode import encode
from dreamfolio.store import folder_shelf
from dreamfolio.store.cache import Cache
from helpers.bucket import new_bucket

KEY = "ab" * 32
OTHER = "cd" * 32
DATA = bytes(range(256)) * 40


@pytest.fixture(params=["folder", "file", "memory", "server", "bucket"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "bucket":
        return f"s3://{new_bucket()}/portfolio/cache"
    return {
        "folder": str(tmp_path / "not yet" / "cache"),
        "file": (tmp_path / "not yet" / "cache").as_uri(),
        # A real folder behind fsspec, which needs its folders made as a server does.
        "server": f"dir::{(tmp_path / 'not yet' / 'cache').as_uri()}",
        "memory": f"memory://{uuid.uuid4().hex}/cache",
    }[request.param]


@pytest.fixture
def cache(url: str) -> Cache:
    return Cache(url)


def entries(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_an_empty_cache_holds_nothing(cache: Cache) -> None:
    assert cache.get(KEY, ".png") is None
    assert cache.digest(KEY, ".png") is None
    assert cache.digest(KEY, ".png") is None
    assert list(cache.keys()) == []
    cache.remove(KEY, ".png")


def test_what_is_put_is_got(cache: Cache, url: str) -> None:
    cache.put(KEY, ".png", DATA)
    cache.put(OTHER, ".jpg", b"")

    again = Cache(url)
    assert again.get(KEY, ".png") == DATA
    assert again.get(OTHER, ".jpg") == b""
    assert again.digest(KEY, ".png") == sha256(DATA)
    assert again.digest(KEY, ".png") is not None
    assert again.digest(KEY, ".jpg") is None
    assert list(again.keys()) == [(KEY, ".png"), (OTHER, ".jpg")]


def test_suffixes_count_in_lower_case(cache: Cache) -> None:
    cache.put(KEY, ".PNG", DATA)

    assert cache.get(KEY, ".png") == cache.get(KEY, ".Png") == DATA


def test_a_later_put_replaces(cache: Cache) -> None:
    cache.put(KEY, ".png", DATA)
    cache.put(KEY, ".png", b"other")

    assert cache.get(KEY, ".png") == b"other"
    assert cache.digest(KEY, ".png") == sha256(b"other")


def test_what_is_removed_is_gone(cache: Cache) -> None:
    cache.put(KEY, ".png", DATA)
    cache.put(OTHER, ".png", DATA)

    cache.remove(KEY, ".png")

    assert cache.get(KEY, ".png") is None
    assert list(cache.keys()) == [(OTHER, ".png")]


@pytest.mark.parametrize("keep", [0, 1, 100, len(DATA), -1])
def test_a_torn_entry_is_none_and_goes(cache: Cache, keep: int) -> None:
    cache.put(KEY, ".png", DATA)
    whole = cache._shelf.read(f"ab/{KEY}.png")
    assert whole is not None
    cache._shelf.write(f"ab/{KEY}.png", whole[:keep])

    assert cache.digest(KEY, ".png") is None
    assert cache.get(KEY, ".png") is None
    assert list(cache.keys()) == []


def test_an_altered_entry_is_none_and_goes(cache: Cache) -> None:
    cache.put(KEY, ".png", DATA)
    whole = bytearray(cache._shelf.read(f"ab/{KEY}.png") or b"")
    whole[100] ^= 1
    cache._shelf.write(f"ab/{KEY}.png", bytes(whole))

    assert cache.get(KEY, ".png") is None
    assert cache.digest(KEY, ".png") is None


def test_other_files_are_passed_over(cache: Cache) -> None:
    cache.put(KEY, ".png", DATA)
    for name in ("README.md", "ab/notes.txt", f"cd/{KEY}.png", "ab/.dreamfolio-x.part"):
        cache._shelf.write(name, b"words")

    assert list(cache.keys()) == [(KEY, ".png")]


def test_entries_are_whole_files_at_their_named_places(tmp_path: Path) -> None:
    Cache(str(tmp_path)).put(KEY, ".png", DATA)

    assert list(entries(tmp_path)) == [tmp_path / "ab" / f"{KEY}.png"]


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif"])
def test_an_entry_opens_as_the_picture_it_is(tmp_path: Path, suffix: str) -> None:
    from PIL import Image

    data = encode(Image.effect_noise((20, 20), 50).convert("RGB"), suffix, {})
    Cache(str(tmp_path)).put(KEY, suffix, data)

    assert decode(tmp_path / "ab" / f"{KEY}{suffix}").size == (20, 20)


def test_a_folder_in_local_state_is_kept_out_of_git(tmp_path: Path) -> None:
    Cache(str(tmp_path / ".dreamfolio" / "cache")).put(KEY, ".png", DATA)

    assert (tmp_path / ".dreamfolio" / ".gitignore").read_text() == "*\n"


def test_an_unwritable_cache_says_which_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(str(tmp_path / "file"))

    for use in (
        lambda: cache.put(KEY, ".png", DATA),
        lambda: cache.get(KEY, ".png"),
        lambda: cache.digest(KEY, ".png"),
    ):
        with pytest.raises(StoreError, match=r"portfolio\.yaml") as caught:
            use()
        assert str(tmp_path / "file") in str(caught.value)


def test_a_full_disk_asks_for_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(folder_shelf, "write_atomically", full)
    with pytest.raises(StoreError, match=r"No space left on device\); make room on that disk, or"):
        Cache(str(tmp_path)).put(KEY, ".png", b"a")


@pytest.mark.parametrize("url", ["nosuchscheme://bucket/cache", "s3+dreams://bucket"])
def test_an_unknown_address_costs_nothing_until_used(url: str) -> None:
    cache = Cache(url)

    with pytest.raises(StoreError, match="cannot be read"):
        cache.get(KEY, ".png")
    with pytest.raises(StoreError, match="cannot be read"):
        list(cache.keys())


@pytest.mark.parametrize(
    ("key", "suffix"),
    [("../../x", ".png"), (KEY, "/../x"), (KEY[:-1], ".png"), (KEY.upper(), ".png"), (KEY, "png")],
)
def test_nothing_outside_the_cache_can_be_named(cache: Cache, key: str, suffix: str) -> None:
    for use in (cache.get, cache.digest, cache.remove):
        with pytest.raises(ValueError, match="names no entry"):
            use(key, suffix)


def test_writers_of_one_key_do_no_harm(tmp_path: Path) -> None:
    dreams = [bytes([i]) * 200_000 for i in range(4)]
    stop = threading.Event()
    seen: list[bytes | None] = []

    def write(data: bytes) -> None:
        cache = Cache(str(tmp_path))
        for _ in range(10):
            cache.put(KEY, ".png", data)

    def read() -> None:
        cache = Cache(str(tmp_path))
        while not stop.is_set():
            seen.append(cache.get(KEY, ".png"))

    Cache(str(tmp_path)).put(KEY, ".png", dreams[0])
    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(data,)) for data in dreams]
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()

    assert set(seen) <= set(dreams)  # Never None, never a mixture.
    assert Cache(str(tmp_path)).get(KEY, ".png") in dreams
    assert len(list(entries(tmp_path))) == 1


def test_a_cache_travels_to_another_process(cache: Cache) -> None:
    cache.put(KEY, ".png", DATA)

    assert pickle.loads(pickle.dumps(cache)).get(KEY, ".png") == DATA


def test_a_folder_needs_no_fsspec(tmp_path: Path) -> None:
    program = (
        "import sys; from dreamfolio.store.cache import Cache;"
        f"c = Cache({str(tmp_path)!r}); c.put('ab' * 32, '.png', b'x');"
        "c.digest('ab' * 32, '.png');"
        "assert 'fsspec' not in sys.modules and 'PIL' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_an_entry_in_anothers_place_is_none(tmp_path: Path) -> None:
    """As a careless copy, or a file system after a crash, may leave it."""
    folder = tmp_path / "swapped"
    local = Cache(str(folder))
    local.put(KEY, ".png", DATA)
    local.put(OTHER, ".png", b"other")
    one, other = (folder / f"{key[:2]}/{key}.png" for key in (KEY, OTHER))
    one.write_bytes(other.read_bytes())
    assert local.digest(KEY, ".png") is None
    assert local.get(KEY, ".png") is None
    assert not one.exists()
    assert local.get(OTHER, ".png") == b"other"


def test_entries_from_before_they_said_their_key_are_read(tmp_path: Path) -> None:
    old = DATA + f"\ndreamfolio-sha256 {sha256(DATA)}\n".encode()
    file = tmp_path / f"{KEY[:2]}/{KEY}.png"
    file.parent.mkdir()
    file.write_bytes(old)
    assert Cache(str(tmp_path)).get(KEY, ".png") == DATA
    assert Cache(str(tmp_path)).digest(KEY, ".png") == sha256(DATA)
