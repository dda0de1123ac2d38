"""What Blender says of a render is told, its paths are not."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dreamfolio.pictures.render_facts import RenderFacts, render_facts

BLENDER = {
    "File": "C:\\Users\\artist\\Desktop\\secret.blend",
    "Date": "2021/08/22 17:28:52",
    "Frame": "077",
    "RenderTime": "02:46.67",
    "cycles.View Layer.samples": "128",
    "cycles.View Layer.total_time": "02:46.60",
}


def render(path: Path, **texts: str) -> Path:
    info = PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    Image.new("RGB", (8, 8)).save(path, pnginfo=info)
    return path


def test_the_day_the_samples_and_the_time_are_read(tmp_path: Path) -> None:
    assert render_facts(render(tmp_path / "a.png", **BLENDER)) == RenderFacts(
        made=datetime(2021, 8, 22, 17, 28, 52), samples=128, seconds=167
    )


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("00:07.99", 8), ("1:02:03.50", 3724), ("02:46.67 /home/me", None), ("", None)],
)
def test_a_render_time_is_a_duration_and_nothing_else(
    tmp_path: Path, text: str, seconds: int | None
) -> None:
    assert render_facts(render(tmp_path / "a.png", RenderTime=text)).seconds == seconds


def test_of_several_view_layers_the_finest_counts(tmp_path: Path) -> None:
    texts = {"cycles.Back.samples": "64", "cycles.Front.samples": "512", "cycles.x.samples": "/x"}
    assert render_facts(render(tmp_path / "a.png", **texts)).samples == 512


def test_nothing_else_is_taken_over_whatever_it_claims_to_be(tmp_path: Path) -> None:
    paths = dict.fromkeys(BLENDER, "/home/artist/secret.blend")
    assert asdict(render_facts(render(tmp_path / "a.png", **paths))) == asdict(RenderFacts())


def test_a_picture_of_another_kind_tells_nothing(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg")
    assert render_facts(tmp_path / "a.jpg") == RenderFacts()
