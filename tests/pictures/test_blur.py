import re

import pytest
from PIL import Image

from dreamfolio.pictures.blur import COLOURS, blur, colour


def quartered(size: tuple[int, int], *colours: str) -> Image.Image:
    image = Image.new("RGB", size)
    width, height = size[0] // 2, size[1] // 2
    for number, each in enumerate(colours):
        image.paste(each, (number % 2 * width, number // 2 * height, size[0], size[1]))
    return image


@pytest.mark.parametrize("size", [(1920, 1080), (96, 54), (2, 2), (1001, 333)])
def test_each_quarter_has_its_colour(size: tuple[int, int]) -> None:
    found = blur(quartered(size, "#e81818", "#18e818", "#1818e8", "#b4804c"))
    assert found is not None
    assert [colour(number) for number in found] == ["#e81818", "#18e818", "#1818e8", "#b4804c"]


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1)])
def test_no_picture_is_too_thin(size: tuple[int, int]) -> None:
    found = blur(Image.new("RGB", size, "#4c80e8"))
    assert found is not None
    assert {colour(number) for number in found} == {"#4c80e8"}


def test_what_shows_through_has_none() -> None:
    assert blur(Image.new("RGBA", (8, 8), (255, 0, 0, 128))) is None


def test_a_style_sheet_can_hold_all_colours() -> None:
    colours = {colour(number) for number in range(COLOURS)}
    assert len(colours) == COLOURS
    assert all(re.fullmatch("#[0-9a-f]{6}", each) for each in colours)
