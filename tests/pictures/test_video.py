"""A video's first frame, and what is said where none can be had."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from dreamfolio.errors import PictureError
from dreamfolio.pictures import decode
from helpers.videos import clip, sealed


@pytest.mark.parametrize("name", ["clip.mp4", "CLIP.WEBM"])
def test_the_first_frame_stands_for_it(tmp_path: Path, name: str) -> None:
    path = clip(tmp_path / name, "#c02040")
    assert decode.size(path) == (96, 54)
    frame = decode.decode(path)
    assert frame.mode == "RGB"
    red, green, blue = frame.getpixel((48, 27))  # type: ignore[misc]
    assert abs(red - 0xC0) + abs(green - 0x20) + abs(blue - 0x40) < 30


def test_it_is_turned_as_the_video_asks(tmp_path: Path) -> None:
    path = clip(tmp_path / "clip.mp4")
    data = bytearray(path.read_bytes())
    # A quarter turn, in the matrix that stands 40 bytes after the name of the track's header.
    struct.pack_into(">4i", data, data.index(b"tkhd") + 44, 0, 1 << 16, 0, -(1 << 16))
    struct.pack_into(">i", data, data.index(b"tkhd") + 60, 0)
    path.write_bytes(data)
    assert decode.size(path) == decode.decode(path).size == (54, 96)


def test_without_pyav_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(PictureError) as raised:
        decode.decode(sealed(tmp_path / "clip.mp4"))
    assert str(raised.value).removeprefix(str(tmp_path)) == (
        "/clip.mp4: is a video without a picture to stand for it; put clip.poster.png beside it, "
        "or pip install 'dreamfolio[video]' to have its first frame taken"
    )


@pytest.mark.parametrize("data", [b"", b"no video", None], ids=["empty", "text", "cut"])
def test_one_that_cannot_be_read_is_told(tmp_path: Path, data: bytes | None) -> None:
    path = clip(tmp_path / "clip.mp4")
    path.write_bytes(path.read_bytes()[:300] if data is None else data)
    with pytest.raises(PictureError, match="no frame can be read; export it again, or put clip"):
        decode.decode(path)


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    pytest.importorskip("av")
    with pytest.raises(PictureError, match="there is no such picture"):
        decode.decode(tmp_path / "clip.mp4")
