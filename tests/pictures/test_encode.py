from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms

from dreamfolio.errors import PictureError
from dreamfolio.pictures.decode import SUFFIXES, decode, header
from dreamfolio.pictures.encode import encode, variant_suffix
from dreamfolio.pictures.provenance import description, read_provenance

PROVENANCE = {
    "network": "größe <&> 2",
    "layers": [{"layer": "mixed3", "weight": 0.5}],
    "recipe": {"steps": 40, "scale": 1.4},
    "versions": {"dreamfolio": "0.1.0"},
}
ALL = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
LOSSLESS = (".png", ".webp", ".tif")


def noise(mode: str = "RGB") -> Image.Image:
    channels = [Image.effect_noise((40, 30), 90) for _ in mode]
    return Image.merge(mode, channels)


def written(folder: Path, suffix: str, image: Image.Image, icc: bytes | None = None) -> Path:
    path = folder / f"variant{suffix}"
    path.write_bytes(encode(image, suffix, PROVENANCE, icc))
    return path


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_provenance_comes_back_from_every_format(tmp_path: Path, suffix: str, mode: str) -> None:
    assert read_provenance(written(tmp_path, suffix, noise(mode))) == PROVENANCE


@pytest.mark.parametrize("suffix", ALL)
def test_names_of_any_bytes_fit_into_every_format(tmp_path: Path, suffix: str) -> None:
    provenance = {"network": "a\0b\x01\n]]>\udce4</x>", "recipe": None}
    path = tmp_path / f"variant{suffix}"
    path.write_bytes(encode(noise(), suffix, provenance))

    assert read_provenance(path) == provenance


@pytest.mark.parametrize("suffix", LOSSLESS)
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_every_pixel_and_its_alpha_is_kept(tmp_path: Path, suffix: str, mode: str) -> None:
    image = noise(mode)
    if mode == "RGBA":
        image.putpixel((0, 0), (200, 100, 50, 0))  # A colour under full transparency.

    decoded = decode(written(tmp_path, suffix, image))

    assert decoded.mode == mode
    assert decoded.tobytes() == image.tobytes()


def test_jpeg_keeps_full_colour_resolution(tmp_path: Path) -> None:
    stripes = Image.new("RGB", (32, 32), (255, 0, 0))
    for x in range(0, 32, 2):
        stripes.paste((0, 0, 255), (x, 0, x + 1, 32))

    decoded = decode(written(tmp_path, ".jpg", stripes))

    worst = max(high for _, high in ImageChops.difference(decoded, stripes).getextrema())
    assert worst < 40  # Halved, the stripes would all be purple, some 128 off.


def test_jpeg_lays_transparency_over_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (16, 16), (0, 0, 0, 0))

    assert decode(written(tmp_path, ".jpg", clear)).getpixel((8, 8)) == (255, 255, 255)


@pytest.mark.parametrize("suffix", ALL)
def test_the_profile_travels_and_the_source_metadata_does_not(tmp_path: Path, suffix: str) -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = noise()
    secret = "/home/artist/secret.blend"
    image.info = {
        "File": secret,
        "comment": secret.encode(),
        "exif": b"Exif\0\0" + secret.encode(),
        "xmp": secret.encode(),
        "icc_profile": b"another one",
        "dpi": (300, 300),
    }

    path = written(tmp_path, suffix, image, icc)

    assert secret.encode() not in path.read_bytes()
    assert decode(path).info == {"icc_profile": icc}
    assert "icc_profile" not in header(written(tmp_path, suffix, image))


@pytest.mark.parametrize("suffix", ALL)
def test_the_same_input_gives_the_same_bytes(suffix: str) -> None:
    image = noise()
    shuffled = dict(reversed(PROVENANCE.items()))

    assert encode(image, suffix, PROVENANCE) == encode(image, suffix, shuffled)


@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".tif"])
def test_other_programs_find_software_and_description(tmp_path: Path, suffix: str) -> None:
    with Image.open(written(tmp_path, suffix, noise())) as image:
        exif = image.getexif()

    assert exif[0x0131].startswith("dreamfolio ")
    assert "network" in exif[0x010E]


def test_the_description_names_the_layers() -> None:
    told = description({"network": "inception_v3", "layers": {"mixed3": 1.0, "mixed5": 0.5}})
    assert told == "A dream by dreamfolio (layers: mixed3 + mixed5, network: inception_v3)."


def test_other_programs_find_software_and_description_in_png(tmp_path: Path) -> None:
    told = header(written(tmp_path, ".png", noise()))

    assert str(told["Software"]).startswith("dreamfolio ")
    assert "größe <&> 2" in str(told["Description"])


def test_a_picture_too_large_for_its_format_is_named() -> None:
    with pytest.raises(PictureError, match=r"17000 × 1 .* \.webp .*PNG"):
        encode(Image.new("RGB", (17_000, 1)), ".webp", PROVENANCE)


def test_a_picture_without_provenance_has_none(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        noise().save(tmp_path / f"source{suffix}")
        assert read_provenance(tmp_path / f"source{suffix}") is None


@pytest.mark.parametrize(
    "packet",
    [
        b"no xml",
        b"\xff\xfe",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<a xmlns:d="urn:dreamfolio:provenance:1.0/" d:provenance="{broken"/>',
        b'<a xmlns:d="urn:dreamfolio:provenance:1.0/" d:provenance="[1]"/>',
        b"<a xmlns:d='urn:dreamfolio:provenance:1.0/' d:provenance='{\"network\": \"n\"}'>"
        + b"<b/>" * 300_000
        + b"</a>",
    ],
    ids=["none", "bytes", "entity", "broken", "list", "megabytes"],
)
def test_damaged_provenance_counts_as_none(tmp_path: Path, packet: bytes) -> None:
    noise().save(tmp_path / "a.webp", xmp=packet)

    assert read_provenance(tmp_path / "a.webp") is None


def test_provenance_survives_being_rewritten_as_an_attribute(tmp_path: Path) -> None:
    packet = b"<a xmlns:q='urn:dreamfolio:provenance:1.0/' q:provenance='{\"network\": \"n\"}'/>"
    noise().save(tmp_path / "a.webp", xmp=packet)

    assert read_provenance(tmp_path / "a.webp") == {"network": "n"}


def test_unreadable_pictures_raise(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"")

    with pytest.raises(PictureError, match="empty"):
        read_provenance(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("source", "variant"),
    [(".png", ".png"), (".JPG", ".JPG"), (".tiff", ".tiff"), (".gif", ".png"), (".bmp", ".png")],
)
def test_a_variant_takes_its_source_format_where_that_will_do(source: str, variant: str) -> None:
    assert variant_suffix(source) == variant


def test_every_source_has_a_variant_that_can_be_written() -> None:
    for suffix in SUFFIXES:
        assert encode(noise(), variant_suffix(suffix), PROVENANCE)
