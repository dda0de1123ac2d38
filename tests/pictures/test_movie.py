"""Animations as MP4: every frame in its colours, at its pace, and the same bytes again."""

from __future__ import annotations

import hashlib
import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from dreamfolio.pictures import movie
from dreamfolio.pictures.movie import encode_movie

av = pytest.importorskip("av", reason="PyAV is not installed: no MP4 is made")

TOLD = {"layers": {"mixed4": 1.0}, "key": "ab" * 32}


def frames(count: int = 4, size: tuple[int, int] = (64, 48)) -> list[Image.Image]:
    """Pictures of soft colours, each another."""
    noises = (random.Random(seed).randbytes(18) for seed in range(count))
    return [
        Image.frombytes("RGB", (3, 2), noise)
        .point(lambda level: 64 + level // 2)
        .resize(size, Image.Resampling.BICUBIC)
        for noise in noises
    ]


def made(*arguments: Any) -> bytes:
    data = encode_movie(*arguments)
    assert data is not None
    return data


def decoded(data: bytes) -> list[Image.Image]:
    with av.open(io.BytesIO(data)) as container:
        return [frame.to_image() for frame in container.decode(video=0)]


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other, in levels, on the mean."""
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / len(one.tobytes())


def test_every_frame_is_there_in_its_colours() -> None:
    shown = decoded(made(frames(), [50] * 4, TOLD))
    assert [frame.size for frame in shown] == [(64, 48)] * 4
    for number, frame in enumerate(shown):
        near = [apart(frame, own) for own in frames()]
        assert near[number] < 3
        assert min(near[:number] + near[number + 1 :]) > 10


@pytest.mark.parametrize("colour", ["red", "lime", "blue", "white", "black", "#c08040"])
def test_a_colour_stays_what_it_is_to_its_edges(colour: str) -> None:
    for frame in decoded(made([Image.new("RGB", (32, 16), colour)] * 2, [50] * 2, TOLD)):
        assert apart(frame, Image.new("RGB", (32, 16), colour)) < 2


def test_a_frame_that_rests_is_there_as_often() -> None:
    data = made(frames(), [200, 50, 200, 50], TOLD)
    with av.open(io.BytesIO(data)) as container:
        (stream,) = container.streams
        assert stream.average_rate == 20
        assert float(stream.duration * stream.time_base) == pytest.approx(0.5)
    shown = decoded(data)
    whose = [min(range(4), key=lambda one: apart(frame, frames()[one])) for frame in shown]
    assert whose == [0, 0, 0, 0, 1, 2, 2, 2, 2, 3]


@pytest.mark.parametrize(("width", "height"), [(33, 17), (1, 1), (2, 40)])
def test_sides_become_even_and_nothing_is_lost(width: int, height: int) -> None:
    grey = Image.linear_gradient("L").rotate(90).resize((width, height)).convert("RGB")
    first = decoded(made([grey] * 2, [50] * 2, TOLD))[0]
    assert first.size == (width + width % 2, height + height % 2)
    assert apart(first.crop((0, 0, width, height)), grey) < 3


def test_it_plays_everywhere_and_before_all_of_it_is_there() -> None:
    data = made(frames(), [50] * 4, TOLD)
    assert data[4:8] == b"ftyp"
    assert data.find(b"moov") < data.find(b"mdat")
    with av.open(io.BytesIO(data)) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")


def test_it_tells_where_it_comes_from_and_nothing_of_its_frames() -> None:
    own = frames()
    own[0].info["comment"] = "/home/somebody"
    data = made(own, [50] * 4, TOLD)
    with av.open(io.BytesIO(data)) as container:
        assert json.loads(container.metadata["comment"]) == TOLD
        assert {"encoder", "creation_time"}.isdisjoint(container.metadata)
    assert b"somebody" not in data


def test_wide_colours_become_those_that_screens_show() -> None:
    # A profile in which red and green change places.
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, green = swapped.find(b"rXYZ"), swapped.find(b"gXYZ")
    profile = bytearray(swapped)
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    (shown, _) = decoded(
        made([Image.new("RGB", (16, 16), "red")] * 2, [50] * 2, TOLD, bytes(profile))
    )
    assert apart(shown, Image.new("RGB", (16, 16), "lime")) < 3


def test_what_it_cannot_show_it_does_not_try() -> None:
    plain = [Image.new("RGBA", (16, 16), (200, 0, 0, 255))] * 2
    assert encode_movie(plain, [50] * 2, TOLD)
    assert encode_movie([*plain, Image.new("RGBA", (16, 16))], [50] * 3, TOLD) is None


def test_the_same_frames_are_the_same_bytes_in_another_process() -> None:
    here = hashlib.sha256(made(frames(), [50] * 4, TOLD)).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", _AGAIN, str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


_AGAIN = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_movie import TOLD, frames, made
print(hashlib.sha256(made(frames(), [50] * 4, TOLD)).hexdigest())
"""


def test_it_says_what_is_missing_and_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert movie.obstacle() is None
    monkeypatch.setattr(movie, "_ENCODER", "libnone")
    assert "without libnone" in str(movie.obstacle())
    monkeypatch.setitem(sys.modules, "av", None)
    assert "pip install 'dreamfolio[video]'" in str(movie.obstacle())
    assert encode_movie(frames(), [50] * 4, TOLD) is None
