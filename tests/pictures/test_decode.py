import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from dreamfolio.errors import PictureError
from dreamfolio.pictures import limits
from dreamfolio.pictures.decode import decode, is_picture, size


def gradient(mode: str = "RGB", size: tuple[int, int] = (24, 16)) -> Image.Image:
    """A picture none of whose turns or mirrors look alike."""
    image = Image.new("RGB", size)
    for x in range(size[0]):
        for y in range(size[1]):
            image.putpixel((x, y), (x * 255 // size[0], y * 255 // size[1], (x * y) % 256))
    return image.convert(mode)


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)
    return path


def grey_png(path: Path, levels: list[int], transparent: int | None = None) -> Path:
    """A 16-bit greyscale PNG of one row, which Pillow itself would not write with a tRNS."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", len(levels), 1, 16, 0, 0, 0, 0)
    row = b"\0" + b"".join(struct.pack(">H", level) for level in levels)
    trns = b"" if transparent is None else chunk(b"tRNS", struct.pack(">H", transparent))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + trns
        + chunk(b"IDAT", zlib.compress(row))
        + chunk(b"IEND", b"")
    )
    return path


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif", ".tiff", ".bmp"])
def test_lossless_formats_give_the_very_pixels(tmp_path: Path, suffix: str) -> None:
    options = {"lossless": True} if suffix == ".webp" else {}
    path = saved(tmp_path / f"render{suffix}", gradient(), **options)

    assert decode(path).mode == "RGB"
    assert decode(path).tobytes() == gradient().tobytes()
    assert size(path) == (24, 16)


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg"])
def test_jpeg_is_close(tmp_path: Path, suffix: str) -> None:
    flat = Image.new("RGB", (16, 16), (200, 100, 50))
    decoded = decode(saved(tmp_path / f"render{suffix}", flat, quality=95))

    red, green, blue = decoded.getpixel((8, 8))
    assert (abs(red - 200), abs(green - 100), abs(blue - 50)) <= (3, 3, 3)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_other_modes_become_rgb(tmp_path: Path, mode: str) -> None:
    source = gradient().convert(mode)

    decoded = decode(saved(tmp_path / "render.png", source))

    assert decoded.mode == "RGB"
    assert decoded.tobytes() == source.convert("RGB").tobytes()


def test_alpha_is_kept_untouched(tmp_path: Path) -> None:
    source = gradient("RGBA")
    source.putalpha(gradient("L"))

    decoded = decode(saved(tmp_path / "render.png", source))

    assert decoded.mode == "RGBA"
    assert decoded.tobytes() == source.tobytes()


def test_grey_with_alpha_becomes_rgba(tmp_path: Path) -> None:
    source = Image.new("LA", (2, 1))
    source.putdata([(10, 0), (200, 128)])

    decoded = decode(saved(tmp_path / "render.png", source))

    assert decoded.mode == "RGBA"
    assert [decoded.getpixel((x, 0)) for x in (0, 1)] == [(10, 10, 10, 0), (200, 200, 200, 128)]


def test_a_transparent_palette_entry_becomes_alpha(tmp_path: Path) -> None:
    source = Image.new("P", (2, 1))
    source.putpalette([255, 0, 0, 0, 255, 0])
    source.putdata([0, 1])

    decoded = decode(saved(tmp_path / "render.png", source, transparency=0))

    assert [decoded.getpixel((x, 0)) for x in (0, 1)] == [(255, 0, 0, 0), (0, 255, 0, 255)]


def test_a_transparent_rgb_colour_becomes_alpha(tmp_path: Path) -> None:
    source = Image.new("RGB", (2, 1), (1, 2, 3))
    source.putpixel((1, 0), (4, 5, 6))

    decoded = decode(saved(tmp_path / "render.png", source, transparency=(1, 2, 3)))

    assert [decoded.getpixel((x, 0))[3] for x in (0, 1)] == [0, 255]


def test_sixteen_bit_grey_is_scaled_and_not_clipped(tmp_path: Path) -> None:
    decoded = decode(grey_png(tmp_path / "render.png", [0, 257, 0x8080, 0xFFFF]))

    assert [decoded.getpixel((x, 0)) for x in range(4)] == [
        (level, level, level) for level in (0, 1, 128, 255)
    ]


def test_sixteen_bit_grey_keeps_its_transparent_value(tmp_path: Path) -> None:
    decoded = decode(grey_png(tmp_path / "render.png", [0x8080, 0x8081], transparent=0x8080))

    assert [decoded.getpixel((x, 0)) for x in range(2)] == [
        (128, 128, 128, 0),
        (128, 128, 128, 255),
    ]


def test_sixteen_bit_grey_tiff_is_scaled(tmp_path: Path) -> None:
    source = Image.frombytes("I;16", (3, 1), struct.pack("<3H", 0, 0x8080, 0xFFFF))

    decoded = decode(saved(tmp_path / "render.tif", source))

    assert [decoded.getpixel((x, 0))[0] for x in range(3)] == [0, 128, 255]


@pytest.mark.parametrize("mode", ["I", "F"])
def test_32_bit_channels_are_refused_with_a_word(tmp_path: Path, mode: str) -> None:
    path = saved(tmp_path / "render.tif", gradient("L").convert(mode))

    with pytest.raises(PictureError, match=r"32-bit.*8 or 16 bits"):
        decode(path)


def test_cmyk_jpeg_keeps_its_colours(tmp_path: Path) -> None:
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))

    red, green, blue = decode(saved(tmp_path / "print.jpg", cyan)).getpixel((8, 8))

    assert red < 20
    assert green > 200
    assert blue > 200


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif", ".jpg"])
def test_orientation_is_applied(tmp_path: Path, suffix: str, orientation: int) -> None:
    """A picture stored turned, with the tag that says so, decodes upright."""
    transpose = Image.Transpose
    stored_as = {
        2: transpose.FLIP_LEFT_RIGHT,
        3: transpose.ROTATE_180,
        4: transpose.FLIP_TOP_BOTTOM,
        5: transpose.TRANSPOSE,
        6: transpose.ROTATE_90,
        7: transpose.TRANSVERSE,
        8: transpose.ROTATE_270,
    }
    upright = Image.new("RGB", (32, 16), "white")
    upright.paste((255, 0, 0), (0, 0, 8, 8))
    upright.paste((0, 0, 255), (24, 8, 32, 16))
    stored = upright.transpose(stored_as[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, object] = {"lossless": True} if suffix == ".webp" else {}
    path = saved(tmp_path / f"render{suffix}", stored, exif=exif, **options)

    decoded = decode(path)

    assert size(path) == decoded.size == (32, 16)
    top_left, bottom_right = decoded.getpixel((3, 3)), decoded.getpixel((28, 12))
    assert top_left[0] > 200
    assert top_left[2] < 60
    assert bottom_right[2] > 200
    assert bottom_right[0] < 60


def test_broken_exif_does_not_spoil_the_picture(tmp_path: Path) -> None:
    path = saved(tmp_path / "render.png", gradient(), exif=b"Exif\0\0no such thing at all")

    assert decode(path).tobytes() == gradient().tobytes()
    assert size(path) == (24, 16)


def test_of_an_animation_the_first_frame_is_taken(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]

    for name in ("loop.gif", "loop.webp", "loop.png"):
        options = {"lossless": True} if name.endswith("webp") else {}
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], **options)

        assert decode(tmp_path / name).getpixel((4, 4))[:3] == (255, 0, 0), name


def test_an_rgb_profile_is_kept_and_all_else_dropped(tmp_path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("File", "/home/artist/secret.blend")
    path = saved(
        tmp_path / "render.png", gradient(), icc_profile=srgb_profile(), pnginfo=words, dpi=(72, 72)
    )

    assert decode(path).info == {"icc_profile": srgb_profile()}


def test_a_profile_for_other_colours_is_dropped(tmp_path: Path) -> None:
    grey = bytearray(srgb_profile())
    grey[16:20] = b"GRAY"
    path = saved(tmp_path / "render.png", gradient("L"), icc_profile=bytes(grey))

    assert decode(path).info == {}


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif", ".gif", ".bmp"])
def test_a_picture_cut_short_is_named(
    tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]
) -> None:
    options = {"compression": "tiff_lzw"} if suffix == ".tif" else {}
    whole = saved(tmp_path / f"whole{suffix}", gradient(size=(200, 200)), **options)
    path = tmp_path / f"render{suffix}"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    with pytest.raises(PictureError) as caught:
        decode(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.mend
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("read", [decode, size])
@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", r"empty \(0 bytes\)"),
        (b"just some words", "not a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "HEIC"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"v/1\x01" + bytes(100), "OpenEXR"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged|not a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "damaged|not a picture"),
    ],
)
def test_what_is_no_picture_is_named(
    tmp_path: Path, read: object, content: bytes, word: str
) -> None:
    path = tmp_path / "render.png"
    path.write_bytes(content)

    with pytest.raises(PictureError, match=word) as caught:
        read(path)  # type: ignore[operator]

    assert caught.value.place is not None
    assert caught.value.place.file == path
    assert caught.value.mend


@pytest.mark.parametrize("read", [decode, size])
def test_a_missing_picture_and_a_folder_are_named(tmp_path: Path, read: object) -> None:
    with pytest.raises(PictureError, match="no such picture"):
        read(tmp_path / "none.png")  # type: ignore[operator]
    with pytest.raises(PictureError, match="folder"):
        read(tmp_path)  # type: ignore[operator]


@pytest.mark.parametrize("read", [decode, size])
def test_a_decompression_bomb_is_refused_by_its_header(tmp_path: Path, read: object) -> None:
    path = grey_png(tmp_path / "bomb.png", [0])
    data = bytearray(path.read_bytes())
    data[16:24] = struct.pack(">II", 20_000, 20_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    path.write_bytes(data)

    with pytest.raises(PictureError, match="268 million"):
        read(path)  # type: ignore[operator]


def test_a_picture_as_large_as_allowed_is_taken_without_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(limits, "_most", 24 * 16)
    assert decode(saved(tmp_path / "render.png", gradient())).size == (24, 16)
    assert not recwarn.list

    monkeypatch.setattr(limits, "_most", 24 * 16 - 1)
    with pytest.raises(PictureError, match="too large"):
        decode(tmp_path / "render.png")


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "jpeg"])
def test_a_damaged_tiff_is_named_in_silence(
    tmp_path: Path, compression: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """libtiff has its own way to standard error, past Python."""
    path = saved(tmp_path / "render.tif", gradient(size=(200, 200)), compression=compression)
    data = bytearray(path.read_bytes())
    data[8:400] = b"\xff" * 392
    path.write_bytes(data)

    with pytest.raises(PictureError, match=r"render\.tif"):
        decode(path)

    assert capfd.readouterr() == ("", "")
    os.write(2, b"heard again")
    assert capfd.readouterr().err == "heard again"


def test_odd_metadata_is_read_in_silence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    buffer = io.BytesIO()
    gradient().save(buffer, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff")
    (tmp_path / "render.jpg").write_bytes(buffer.getvalue())

    assert decode(tmp_path / "render.jpg").size == (24, 16)
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_a_picture_under_another_suffix_is_still_a_picture(tmp_path: Path) -> None:
    gradient().save(tmp_path / "render.png", "BMP")

    assert decode(tmp_path / "render.png").tobytes() == gradient().tobytes()


def test_size_does_not_decode(tmp_path: Path) -> None:
    whole = saved(tmp_path / "whole.png", gradient(size=(300, 200)))
    path = tmp_path / "render.png"
    path.write_bytes(whole.read_bytes()[:200])

    assert size(path) == (300, 200)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.png", True),
        ("A.PNG", True),
        ("a.jpeg", True),
        ("a.blend", False),
        ("png", False),
        ("._a.png", False),
    ],
)
def test_pictures_are_told_by_their_suffix(name: str, expected: bool) -> None:
    assert is_picture(Path("folder") / name) is expected
