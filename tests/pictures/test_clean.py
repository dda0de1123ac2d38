"""A clean copy has the same pixels, coded as they were, and tells nothing."""

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.errors import PictureError
from dreamfolio.pictures.clean import clean
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.pictures.telling import telling
from helpers.secrets import MAKERS, SCENE, WORD, chunk, plain_png

CLEANABLE = [".png", ".jpg", ".webp"]


def cleaned(path: Path) -> Path:
    copy = path.with_name(f"clean{path.suffix}")
    copy.write_bytes(clean(path))
    return copy


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize("suffix", CLEANABLE)
def test_pixels_colours_and_orientation_stay_and_all_else_goes(
    tmp_path: Path, suffix: str, orientation: int
) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}", orientation)
    before = path.read_bytes()
    copy = cleaned(path)
    data = copy.read_bytes()
    assert WORD.encode() in before
    assert WORD.encode() not in data
    assert WORD.encode("utf-16-le") not in data
    assert telling(copy) == ()
    assert pixels_digest(decode(copy)) == pixels_digest(decode(path))
    assert path.read_bytes() == before
    with Image.open(copy) as image:
        assert image.info["icc_profile"]
        assert not image.getexif().get_ifd(0x8825)


@pytest.mark.parametrize("suffix", CLEANABLE)
def test_a_clean_picture_is_copied_to_the_byte(tmp_path: Path, suffix: str) -> None:
    copy = cleaned(MAKERS[suffix](tmp_path / f"a{suffix}"))
    assert clean(copy) == copy.read_bytes()


@pytest.mark.parametrize("suffix", CLEANABLE)
def test_the_coded_pixels_are_not_coded_anew(tmp_path: Path, suffix: str) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}")
    coded = {".png": b"IDAT", ".jpg": b"\xff\xda", ".webp": b"VP8L"}[suffix]
    begin = path.read_bytes().index(coded)
    assert path.read_bytes()[begin : begin + 60] in clean(path)


def test_what_looks_depend_on_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    buffer = io.BytesIO()
    frames = [Image.new("P", (9, 9), shade) for shade in (0, 1)]
    for frame in frames:
        frame.putpalette([250, 10, 10, 10, 10, 250])
    frames[0].save(
        buffer, "PNG", save_all=True, append_images=frames[1:], transparency=0, dpi=(300, 300)
    )
    data = buffer.getvalue()
    header_end = data.index(b"IHDR") + 21
    path.write_bytes(data[:header_end] + chunk(b"gAMA", b"\0\0\xb1\x8f") + data[header_end:])
    assert clean(path) == path.read_bytes()


def test_a_camera_s_second_picture_goes_with_its_own_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    first, second = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    tags = Image.Exif()
    tags[0x010E] = SCENE
    second.encoderinfo = {"exif": tags}
    first.save(path, "MPO", save_all=True, append_images=[second])
    with cleaned(path).open("rb") as file, Image.open(file) as image:
        assert image.format == "JPEG"
        assert image.convert("RGB").getpixel((4, 4)) == (254, 0, 0)
    assert WORD.encode() not in clean(path)


def test_a_comment_between_two_scans_goes_too(tmp_path: Path) -> None:
    path = MAKERS[".jpg"](tmp_path / "a.jpg")
    data = clean(path)
    scan = data.rindex(b"\xff\xda")
    comment = SCENE.encode()
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    path.write_bytes(data[:scan] + segment + data[scan:])
    assert clean(path) == data


def test_a_long_filling_between_two_scans_is_passed_over_in_no_time(tmp_path: Path) -> None:
    path = MAKERS[".jpg"](tmp_path / "a.jpg")
    data = clean(path)
    end = data.rindex(b"\xff\xd9")
    # Looked at again from each of its bytes, it would take the whole day.
    filled = data[:end] + b"\xff" * 4_000_000 + b"\0" + data[end:]
    path.write_bytes(filled)
    assert clean(path) == filled


@pytest.mark.parametrize("suffix", [".tif", ".bmp"])
def test_a_format_that_is_not_taken_apart_is_named(tmp_path: Path, suffix: str) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / f"a{suffix}")
    with pytest.raises(PictureError, match="export it as PNG"):
        clean(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", CLEANABLE)
def test_what_is_cut_short_is_no_picture_to_publish(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    data = clean(MAKERS[suffix](path))
    for end in range(0, len(data) - 12, 41):
        path.write_bytes(data[:end])
        with pytest.raises(PictureError):
            clean(path)


def test_chunks_that_lie_about_their_length_are_refused(tmp_path: Path) -> None:
    data = plain_png()
    place = data.index(b"IDAT") - 4
    for length in (0xFFFFFFFF, 0x7FFFFFFF, len(data)):
        path = tmp_path / "a.png"
        path.write_bytes(data[:place] + struct.pack(">I", length) + data[place + 4 :])
        with pytest.raises(PictureError):
            clean(path)


def test_a_missing_picture_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="no such picture"):
        clean(tmp_path / "none.png")
