"""A mark lies over what is published, is drawn anew with every change, and over no original."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFont

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.settings import SiteSettings
from dreamfolio.content.watermark import Watermark
from dreamfolio.errors import ContentError
from helpers.site import collection, piece, portfolio, publish

SIZE = (400, 300)


def site(root: Path, mode: str = "RGB", **mark: object) -> Portfolio:
    fog = collection(root, "fog")
    path = fog.folder / "one.png"
    if not path.exists():
        Image.new(mode, SIZE, "#2a6f97").save(path)
    asked = Watermark.model_validate({"text": "© Ada", "smallest": 200, "size": 10, **mark})
    settings = SiteSettings(widths=(100, 400), watermark=asked)
    return portfolio(root, collection(root, "fog", piece("one.png")), site=settings)


def changed(root: Path, width: int = 400) -> tuple[int, int, int, int] | None:
    """The part of the published picture that differs from its plain colour, but for noise."""
    (path,) = (root / "site/pictures").glob(f"*-{width}.webp")
    with Image.open(path) as image:
        shown = image.convert("RGB")
    plain = Image.new("RGB", shown.size, "#2a6f97")
    grey = ImageChops.difference(shown, plain).convert("L")
    return grey.point(lambda value: 255 if value > 30 else 0).getbbox()


@pytest.mark.parametrize(
    ("position", "left", "upper"),
    [
        ("bottom-right", False, False),
        ("bottom-left", True, False),
        ("top-right", False, True),
        ("top-left", True, True),
    ],
)
def test_it_lies_in_its_corner_and_within_the_picture(
    tmp_path: Path, position: str, left: bool, upper: bool
) -> None:
    publish(site(tmp_path, position=position))
    box = changed(tmp_path)
    assert box is not None
    assert (box[2] < SIZE[0] / 2) == left
    assert (box[0] > SIZE[0] / 2) != left
    assert (box[3] < SIZE[1] / 2) == upper
    assert box[0] > 2
    assert box[2] < SIZE[0] - 2


def test_small_pictures_and_originals_are_without_it(tmp_path: Path) -> None:
    made = site(tmp_path)
    original = tmp_path / "collections/fog/one.png"
    before = original.read_bytes()
    publish(made)
    assert changed(tmp_path, 100) is None
    assert original.read_bytes() == before


def test_a_changed_mark_makes_its_files_anew_and_no_others(tmp_path: Path) -> None:
    publish(site(tmp_path))
    assert publish(site(tmp_path)).pictures_written == ()
    for change in ({"opacity": 0.3}, {"text": "Eve"}, {"position": "center"}, {"size": 20}):
        result = publish(site(tmp_path, **change))
        assert [name[-9:] for name in result.pictures_written] == ["-400.webp"]
        assert [name[-9:] for name in result.removed if "pictures/" in name] == ["-400.webp"]


def test_a_picture_may_be_the_mark_and_counts_by_its_bytes(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (20, 10), (255, 0, 0, 255)).save(logo)
    mark = {"text": None, "file": "logo.png", "opacity": 1.0}
    publish(site(tmp_path, **mark))
    box = changed(tmp_path)
    assert box is not None
    # Within a pixel, for the edges bleed.
    assert all(abs(a - b) <= 1 for a, b in zip(box, (334, 264, 394, 294), strict=True))
    Image.new("RGBA", (20, 10), (0, 255, 0, 255)).save(logo)
    assert len(publish(site(tmp_path, **mark)).pictures_written) == 1


def test_another_font_in_the_same_file_is_seen_within_one_process(tmp_path: Path) -> None:
    font = ImageFont.load_default(20)
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert isinstance(font.path, BytesIO)
    (tmp_path / "mine.ttf").write_bytes(font.path.getvalue())
    publish(site(tmp_path, font="mine.ttf"))
    (tmp_path / "mine.ttf").write_bytes(b"another")
    with pytest.raises(ContentError, match="is no font"):
        publish(site(tmp_path, font="mine.ttf"))


def test_a_long_line_is_made_to_fit(tmp_path: Path) -> None:
    publish(site(tmp_path, text="a very long line that tells whose picture it is " * 3))
    box = changed(tmp_path)
    assert box is not None
    assert box[0] > 0


def test_transparency_stays_where_no_mark_lies(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog")
    Image.new("RGBA", SIZE, (42, 111, 151, 0)).save(fog.folder / "one.png")
    publish(site(tmp_path))
    (path,) = (tmp_path / "site/pictures").glob("*-400.webp")
    with Image.open(path) as image:
        alpha = image.getchannel("A")
    assert alpha.getpixel((5, 5)) == 0
    assert alpha.getextrema()[1] > 100


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ({"text": None, "file": "none.png"}, "none.png: the watermark cannot be read"),
        ({"font": "none.ttf"}, "none.ttf: the watermark cannot be read"),
        ({"font": "collections/fog/one.png"}, "is no font"),
        ({"text": "© 夢"}, "the watermark's font has no 夢"),
    ],
)
def test_without_the_mark_that_was_asked_for_nothing_is_published(
    tmp_path: Path, mark: dict[str, object], said: str
) -> None:
    with pytest.raises(ContentError, match=said):
        publish(site(tmp_path, **mark))
    assert not (tmp_path / "site/pictures").exists()
