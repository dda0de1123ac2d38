from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest


def test_format_and_metadata_do_not_count(tmp_path: Path) -> None:
    image = Image.effect_noise((20, 10), 60).convert("RGB")
    words = PngImagePlugin.PngInfo()
    words.add_text("RenderTime", "00:31.4")
    image.save(tmp_path / "a.png")
    image.save(tmp_path / "b.png", pnginfo=words, compress_level=1, dpi=(300, 300))
    image.save(tmp_path / "c.bmp")
    image.save(tmp_path / "d.webp", lossless=True)

    digests = {pixels_digest(decode(path)) for path in tmp_path.iterdir()}

    assert digests == {pixels_digest(image)}


def test_every_pixel_the_size_and_the_alpha_count() -> None:
    image = Image.new("RGB", (4, 2), (1, 2, 3))
    other = image.copy()
    other.putpixel((3, 1), (1, 2, 4))

    digests = {
        pixels_digest(picture)
        for picture in (image, other, Image.new("RGB", (2, 4), (1, 2, 3)), image.convert("RGBA"))
    }

    assert len(digests) == 4


def test_only_decoded_pictures_have_one() -> None:
    with pytest.raises(ValueError, match="RGB or RGBA"):
        pixels_digest(Image.new("L", (1, 1)))


def test_the_same_numbers_in_another_colour_space_are_another_picture(tmp_path: Path) -> None:
    image = Image.effect_noise((20, 10), 60).convert("RGB")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.save(tmp_path / "plain.png")
    image.save(tmp_path / "profiled.png", icc_profile=profile)
    image.save(tmp_path / "again.png", icc_profile=profile, compress_level=1)

    plain, profiled, again = (
        pixels_digest(decode(tmp_path / f"{name}.png")) for name in ("plain", "profiled", "again")
    )

    assert plain == pixels_digest(image)
    assert profiled == again != plain
