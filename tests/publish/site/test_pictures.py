"""Pictures: the files one is published as are named by what is in them."""

import math
from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from dreamfolio.pictures.blur import COLOURS, colour
from dreamfolio.publish.site.pictures import (
    Original,
    Rendition,
    readable,
    renditions,
    shape,
    widths,
)
from dreamfolio.publish.site.themes import shipped_themes


def original(digest: str = "d" * 64, size: tuple[int, int] = (640, 360)) -> Original:
    return Original(Path("/c"), "Fog at Night.png", digest, *size)


@pytest.mark.parametrize(
    ("own", "published"),
    [(1920, (480, 960, 1600)), (640, (480, 640)), (960, (480, 960)), (100, (100,)), (1, (1,))],
)
def test_no_picture_is_enlarged(own: int, published: tuple[int, ...]) -> None:
    assert widths(own, (480, 960, 1600)) == published


def zoomable(size: tuple[int, int], *formats: str) -> Rendition | None:
    """The file beyond those of the pages."""
    settings = SiteSettings(widths=(480, 960, "original"), formats=formats or ("webp",))
    files = renditions(original(size=size), settings)
    return next((file for file in files if file.zoom), None)


def test_a_large_original_is_there_in_full_for_who_zooms_where_that_is_asked_for() -> None:
    file = zoomable((7680, 4320), "avif", "webp")
    assert file is not None
    assert (file.width, file.height, file.format, file.whole) == (7680, 4320, "webp", True)
    plain = renditions(original(size=(7680, 4320)), SiteSettings(widths=(480, 960)))
    assert max(each.width for each in plain) == 960


def test_an_original_within_the_widths_needs_no_file_of_its_own_for_zooming() -> None:
    assert zoomable((900, 500)) is None
    settings = SiteSettings(widths=(480, 960, "original"))
    widest = renditions(original(size=(900, 500)), settings)[-1]
    assert widest.whole
    assert widest.width == 900


def test_what_webp_cannot_hold_is_zoomed_as_jpeg_and_shown_as_wide_as_it_goes() -> None:
    file = zoomable((20_000, 3000))
    assert file is not None
    assert (file.format, file.width) == ("jpeg", 20_000)
    assert zoomable((70_000, 100)) is None
    tower = renditions(original(size=(1000, 32_766)), SiteSettings(widths=(480, 960)))
    assert [(file.width, file.height) for file in tower] == [(480, 15_728), (500, 16_383)]


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


@pytest.mark.parametrize("corner", ["nw", "ne", "sw", "se"])
def test_every_colour_of_a_blur_has_its_rule_in_the_theme(corner: str) -> None:
    css = (shipped_themes() / "gallery" / "static" / "blur.css").read_text()
    for number in range(COLOURS):
        assert f".{corner}-{number}{{--{corner}:{colour(number)}}}" in css


def test_a_shape_is_within_two_percent_of_the_picture() -> None:
    for width in range(300, 4000, 7):
        true = width / 1000
        assert math.isclose(shape(width, 1000) / 100, true, rel_tol=0.03)
