import io
from pathlib import Path

import pytest
from PIL import AvifImagePlugin, Image, ImageChops, ImageCms, ImageDraw, ImageStat

from dreamfolio.pictures.web import (
    SUFFIX,
    Format,
    encode_web,
    resize,
    to_srgb,
    without_plain_alpha,
)

FORMATS: tuple[Format, ...] = ("webp", "avif", "jpeg")


def profile(name: str = "sRGB") -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def swapped_profile() -> bytes:
    """An sRGB profile with its red and blue primaries exchanged."""
    data = bytearray(profile())
    data = data.replace(b"rXYZ", b"TEMP", 1).replace(b"bXYZ", b"rXYZ", 1)
    return bytes(data.replace(b"TEMP", b"bXYZ", 1))


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_profile_is_applied_and_dropped(mode: str) -> None:
    colour = (255, 0, 0) if mode == "RGB" else (255, 0, 0, 77)
    image = Image.new(mode, (4, 4), colour)
    image.info["icc_profile"] = swapped_profile()

    converted = to_srgb(image)

    red, green, blue, *alpha = converted.getpixel((0, 0))
    assert blue > 250
    assert red < 5
    assert green < 5
    assert alpha == list(colour[3:])
    assert converted.info == {}


@pytest.mark.parametrize("broken", [b"no profile", b"\0" * 200, profile("LAB")])
def test_a_profile_of_no_use_leaves_the_pixels(broken: bytes) -> None:
    image = Image.new("RGB", (4, 4), (10, 20, 30))
    image.info["icc_profile"] = broken

    converted = to_srgb(image)

    assert converted.getpixel((0, 0)) == (10, 20, 30)
    assert converted.info == {}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("icc", [None, profile()])
def test_published_pictures_hold_no_metadata(format: Format, icc: bytes | None) -> None:
    image = Image.effect_noise((64, 48), 40).convert("RGB")
    secret = "/home/artist/secret.blend"
    image.info = {
        "File": secret,
        "comment": secret,
        "exif": b"Exif\0\0" + secret.encode(),
        "xmp": secret.encode(),
        "icc_profile": icc,
    }

    data = encode_web(image, format)

    assert secret.encode() not in data
    assert not {"exif", "xmp", "icc_profile", "comment"} & opened(data).info.keys()
    assert opened(data).size == (64, 48)
    assert opened(data).format == format.upper()


@pytest.mark.parametrize("format", FORMATS)
def test_a_profile_still_there_is_applied(format: Format) -> None:
    image = Image.new("RGB", (32, 32), (255, 0, 0))
    image.info["icc_profile"] = swapped_profile()

    red, _, blue = opened(encode_web(image, format)).convert("RGB").getpixel((16, 16))

    assert blue > 200
    assert red < 50


def test_transparency_stays_where_the_format_has_it() -> None:
    clear = Image.new("RGBA", (16, 16), (0, 0, 0, 0))

    assert opened(encode_web(clear, "webp")).getpixel((8, 8))[3] == 0
    assert opened(encode_web(clear, "jpeg")).getpixel((8, 8)) == (255, 255, 255)


@pytest.mark.parametrize("format", FORMATS)
def test_quality_is_heeded(format: Format) -> None:
    image = Image.effect_noise((128, 128), 80).convert("RGB")

    assert len(encode_web(image, format, 20)) < len(encode_web(image, format, 90))


def test_resize_keeps_proportions_and_never_enlarges() -> None:
    image = Image.new("RGB", (1920, 1080))

    assert resize(image, 480).size == (480, 270)
    assert resize(image, 1920).size == (1920, 1080)
    assert resize(image, 5000).size == (1920, 1080)
    assert resize(Image.new("RGB", (4000, 1)), 10).size == (10, 1)
    with pytest.raises(ValueError, match="at least 1"):
        resize(image, 0)


def test_resize_does_not_bleed_colour_from_under_transparency() -> None:
    image = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 31, 64))

    small = resize(image, 8)

    seen = [small.getpixel((x, 4)) for x in range(8)]
    assert all(red == 0 for red, _, _, alpha in seen if alpha > 0)


@pytest.mark.parametrize("format", FORMATS)
def test_a_machine_of_more_cores_writes_the_same_bytes(
    format: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds in two places are to be one."""
    image = Image.effect_noise((640, 480), 40).convert("RGB")
    written = []
    for cores in (1, 4):
        monkeypatch.setattr(AvifImagePlugin, "DEFAULT_MAX_THREADS", cores)
        written.append(encode_web(image, format))
    assert written[0] == written[1]


def test_only_transparency_that_shows_nothing_is_dropped() -> None:
    image = Image.effect_noise((64, 64), 60).convert("RGBA")
    image.info["icc_profile"] = profile()
    seen_through = image.copy()
    seen_through.putpixel((63, 63), (9, 9, 9, 254))

    plain = without_plain_alpha(image)

    assert plain.mode == "RGB"
    assert plain.info["icc_profile"] == profile()
    assert encode_web(resize(plain, 20), "webp") == encode_web(resize(image, 20), "webp")
    assert without_plain_alpha(seen_through) is seen_through


def test_a_picture_scaled_quickly_looks_as_if_scaled_directly() -> None:
    """Fine, slanted stripes are what careless scaling turns into others."""
    waves = Image.effect_noise((1200, 800), 50).convert("RGB")
    for x in range(0, 2000, 9):
        ImageDraw.Draw(waves).line((x, 0, x - 500, 800), fill="orange", width=3)
    direct = waves.resize((240, 160), Image.Resampling.LANCZOS)

    difference = ImageChops.difference(resize(waves, 240), direct)

    assert max(ImageStat.Stat(difference).rms) < 255 / 10 ** (40 / 20)  # 40 dB


def test_resize_keeps_the_profile_for_later() -> None:
    image = Image.new("RGB", (64, 64))
    image.info["icc_profile"] = profile()

    assert resize(image, 8).info["icc_profile"] == profile()


def test_every_format_has_a_suffix_that_is_its_own(tmp_path: Path) -> None:
    assert sorted(SUFFIX) == sorted(FORMATS)
    for format, suffix in SUFFIX.items():
        (tmp_path / f"a{suffix}").write_bytes(encode_web(Image.new("RGB", (8, 8)), format))
        with Image.open(tmp_path / f"a{suffix}") as image:
            assert Image.registered_extensions()[suffix] == image.format
