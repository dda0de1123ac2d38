"""Pictures: the files one is published as are named by what is in them."""

import math
from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from dreamfolio.publish.site.pictures import Original, readable, renditions, shape, widths
from dreamfolio.publish.site.themes import shipped_themes


def original(digest: str = "d" * 64, size: tuple[int, int] = (640, 360)) -> Original:
    return Original(Path("/c/Fog at Night.png"), digest, *size)


@pytest.mark.parametrize(
    ("own", "published"),
    [(1920, (480, 960, 1600)), (640, (480, 640)), (960, (480, 960)), (100, (100,)), (1, (1,))],
)
def test_no_picture_is_enlarged(own: int, published: tuple[int, ...]) -> None:
    assert widths(own, (480, 960, 1600)) == published


def test_names_are_readable_and_say_format_and_width() -> None:
    settings = SiteSettings(widths=(480, 960), formats=("avif", "jpeg"))
    names = [each.address for each in renditions(original(), settings)]
    assert [name.rpartition("-")[2] for name in names] == [
        "480.avif",
        "640.avif",
        "480.jpg",
        "640.jpg",
    ]
    assert all(name.startswith("pictures/fog-at-night-") for name in names)


def test_other_bytes_get_other_names_and_the_same_ones_the_same() -> None:
    settings = SiteSettings()
    first, again = renditions(original(), settings), renditions(original(), settings)
    other = renditions(original("e" * 64), settings)
    assert first == again
    assert not {each.address for each in first} & {each.address for each in other}


def test_heights_keep_the_shape_and_never_vanish() -> None:
    panorama = renditions(original(size=(4000, 2)), SiteSettings(widths=(480,)))
    assert (panorama[0].width, panorama[0].height) == (480, 1)
    assert renditions(original(), SiteSettings(widths=(480,)))[0].height == 270


@pytest.mark.parametrize(
    ("stem", "name"), [("Rêve №1", "reve-no1"), ("夢", "picture"), ("a__b--c", "a-b-c")]
)
def test_stems_become_plain_names(stem: str, name: str) -> None:
    assert readable(stem) == name


@pytest.mark.parametrize("size", [(1, 10_000), (10_000, 1), (1920, 1080), (1080, 1920), (1, 1)])
def test_every_shape_has_its_rule_in_the_theme(size: tuple[int, int]) -> None:
    css = (shipped_themes() / "gallery" / "static" / "shapes.css").read_text()
    assert f".shape-{shape(*size)}{{" in css


def test_a_shape_is_within_two_percent_of_the_picture() -> None:
    for width in range(300, 4000, 7):
        true = width / 1000
        assert math.isclose(shape(width, 1000) / 100, true, rel_tol=0.03)
