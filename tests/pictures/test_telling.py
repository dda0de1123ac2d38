"""What metadata tells is found wherever a format keeps it, and nothing is made up."""

import contextlib
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dreamfolio.errors import PictureError
from dreamfolio.pictures.telling import telling
from helpers import secrets
from helpers.secrets import MAKERS, SCENE, chunk, plain_png


def texts(path: Path) -> set[str]:
    return {one.text for one in telling(path)}


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_path_is_found_in_every_format(tmp_path: Path, suffix: str) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}")
    assert any(SCENE in text for text in texts(path))


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_the_place_and_the_device_are_found_in_exif(tmp_path: Path, suffix: str) -> None:
    found = telling(MAKERS[suffix](tmp_path / f"a{suffix}"))
    places = [one.text for one in found if one.kind == "place"]
    assert places == ["52.52° N, 13.40° E"]
    devices = {one.text for one in found if one.kind == "device"}
    assert devices == {"gwendolyns-laptop", "gwendolyn"}


def stamped(path: Path, key: str, text: str) -> Path:
    info = PngInfo()
    info.add_text(key, text)
    Image.new("RGB", (4, 4)).save(path, pnginfo=info)
    return path


def test_the_path_that_blender_stamps_is_named_with_where_it_stands(tmp_path: Path) -> None:
    path = stamped(tmp_path / "a.png", "File", "C:\\Users\\artist\\covid.blend")
    (told,) = telling(path)
    assert (told.kind, told.where, told.text) == (
        "path",
        "PNG text File",
        "C:\\Users\\artist\\covid.blend",
    )


@pytest.mark.parametrize("coding", ["utf-16-be", "utf-16-le"])
def test_a_comment_in_two_bytes_a_character_is_read_in_either_order(
    tmp_path: Path, coding: str
) -> None:
    tags = Image.Exif()
    tags.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + f"made of {SCENE}".encode(coding)
    Image.new("RGB", (9, 9)).save(tmp_path / "a.jpg", exif=tags)
    assert texts(tmp_path / "a.jpg") == {SCENE}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("made in D:/scenes/orb.blend", "D:/scenes/orb.blend"),
        ("\\\\farm\\renders\\scene.blend", "\\\\farm\\renders\\scene.blend"),
        ("file:///Users/me/a.blend", "file:///Users/me/a.blend"),
        ("/mnt/nas/a b.blend", "/mnt/nas/a b.blend"),
    ],
)
def test_paths_of_all_systems_are_known(tmp_path: Path, text: str, found: str) -> None:
    assert texts(stamped(tmp_path / "a.png", "Comment", text)) == {found}


@pytest.mark.parametrize(
    ("stamp", "found"),
    [
        ("Blender:File:/attic/scene.blend", "/attic/scene.blend"),
        ("Blender:File:/home/me/scene.blend", "/home/me/scene.blend"),
        ("Blender:Hostname:laptop", "laptop"),
    ],
)
def test_what_blender_stamps_into_the_comment_of_a_jpeg_is_found(
    tmp_path: Path, stamp: str, found: str
) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (4, 4)).save(path, comment=stamp)
    assert texts(path) == {found}
    Image.new("RGB", (4, 4)).save(path, comment="Blender:Frame:001")
    assert texts(path) == set()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Comment", "see https://example.org/home/of/pictures"),
        ("Comment", "http://ns.adobe.com/xap/1.0/ and/or urn:a:b"),
        ("Comment", "ratio 16:9, 1/4 s; x:y"),
        ("Software", "dreamfolio 0.1"),
        ("Artist", "Gwendolyn Example"),
        ("Copyright", "© 2024 Gwendolyn Example"),
        ("File", "<untitled>"),
        ("Date", "2021/08/22 17:28:52"),
    ],
)
def test_what_is_meant_to_be_read_is_no_secret(tmp_path: Path, key: str, text: str) -> None:
    assert texts(stamped(tmp_path / "a.png", key, text)) == set()


def test_a_dream_of_ours_tells_nothing(tmp_path: Path) -> None:
    from dreamfolio.pictures.encode import encode

    for suffix in (".png", ".jpg", ".webp", ".tif"):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(encode(secrets.pixels(), suffix, {"layers": {"mixed3": 1.0}}))
        assert telling(path) == ()


def test_metadata_that_is_broken_is_searched_as_it_stands(tmp_path: Path) -> None:
    data = plain_png()
    end = data.rindex(b"IEND") - 4
    broken = chunk(b"eXIf", b"MM\0\0junk " + SCENE.encode()) + chunk(b"zTXt", b"k\0\0" + b"junk")
    (tmp_path / "a.png").write_bytes(data[:end] + broken + data[end:])
    assert texts(tmp_path / "a.png") == {SCENE}


def test_text_that_would_unfold_without_end_is_cut_and_that_is_told(tmp_path: Path) -> None:
    data = plain_png()
    end = data.rindex(b"IEND") - 4
    bomb = chunk(b"zTXt", b"k\0\0" + zlib.compress(SCENE.encode() + b"\n" + b" " * 200_000_000))
    (tmp_path / "a.png").write_bytes(data[:end] + bomb + data[end:])
    assert texts(tmp_path / "a.png") == {SCENE, "(more than is looked through)"}


def test_of_many_texts_that_unfold_a_few_are_looked_through(tmp_path: Path) -> None:
    """A hundred MB of them would unfold to hundreds of GB, four MB at a time."""
    data = plain_png()
    end = data.rindex(b"IEND") - 4
    bomb = chunk(b"zTXt", b"k\0\0" + zlib.compress(b" " * 3_900_000))
    last = chunk(b"tEXt", b"k\0" + SCENE.encode())
    for count, found in ((3, {SCENE}), (12, {"(more than is looked through)"})):
        (tmp_path / "a.png").write_bytes(data[:end] + bomb * count + last + data[end:])
        assert texts(tmp_path / "a.png") == found


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_a_file_cut_short_anywhere_is_told_or_damaged_but_never_breaks(
    tmp_path: Path, suffix: str
) -> None:
    data = MAKERS[suffix](tmp_path / f"a{suffix}").read_bytes()
    for end in range(0, len(data), 37):
        path = tmp_path / f"cut{suffix}"
        path.write_bytes(data[:end])
        with contextlib.suppress(PictureError):
            telling(path)
