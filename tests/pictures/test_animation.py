"""Animations as files: they loop, stay small, and tell where they come from."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from dreamfolio.pictures import animation
from dreamfolio.pictures.animation import encode_animation
from dreamfolio.pictures.animation_names import is_animation
from dreamfolio.pictures.decode import decode, is_picture
from dreamfolio.pictures.provenance import read_provenance

TOLD = {"layers": {"mixed4": 1.0}, "key": "ab" * 32}


def frames(
    mode: str = "RGB", count: int = 4, size: tuple[int, int] = (40, 30)
) -> list[Image.Image]:
    """Pictures of soft colours, each another."""
    made = []
    for seed in range(count):
        noise = Image.frombytes(mode, (5, 4), random.Random(seed).randbytes(20 * len(mode)))
        made.append(noise.resize(size, Image.Resampling.BICUBIC))
    return made


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_it_loops_for_ever_through_all_frames(mode: str) -> None:
    data = encode_animation(frames(mode), [200, 50, 70, 50], TOLD)
    with Image.open(io.BytesIO(data)) as moving:
        assert (moving.format, moving.n_frames, moving.info["loop"]) == ("WEBP", 4, 0)
        assert moving.size == (40, 30)
        shown = []
        for number in range(4):
            moving.seek(number)
            moving.load()
            shown.append(moving.info["duration"])
    assert shown == [200, 50, 70, 50]


def test_same_frames_same_bytes() -> None:
    assert encode_animation(frames(), [50] * 4, TOLD) == encode_animation(frames(), [50] * 4, TOLD)


def test_it_tells_where_it_comes_from_and_nothing_of_its_frames(tmp_path: Path) -> None:
    own = frames()
    own[0].info["comment"] = "/home/somebody"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encode_animation(own, [50] * 4, TOLD, profile)
    path = tmp_path / "orb.anim.webp"
    path.write_bytes(data)
    assert read_provenance(path) == TOLD
    assert b"somebody" not in data
    with Image.open(path) as moving:
        assert moving.info["icc_profile"] == profile


def test_what_would_be_large_is_told_less_finely(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = encode_animation(frames(), [50] * 4, TOLD)
    monkeypatch.setattr(animation, "_MOST_BYTES", len(fine))
    small = encode_animation(frames(), [50] * 4, TOLD)
    assert len(small) < len(fine)


def test_its_name_tells_it_from_pictures(tmp_path: Path) -> None:
    for name in ("orb_mixed4.anim.webp", "ORB.ANIM.WEBP"):
        assert is_animation(name)
        assert not is_picture(tmp_path / name)
    for name in ("orb.webp", "anim.webp", "orb.anim.png"):
        assert not is_animation(name)
        assert is_picture(tmp_path / name)


def test_its_first_frame_is_what_shows_it_still(tmp_path: Path) -> None:
    path = tmp_path / "orb.webp"
    path.write_bytes(encode_animation(frames(), [50] * 4, TOLD))
    assert decode(path).size == (40, 30)
