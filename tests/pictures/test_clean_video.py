"""A clean copy of a video shows and sounds the same, is as long, and tells nothing."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from dreamfolio.errors import PictureError
from dreamfolio.pictures import clean_video
from dreamfolio.pictures.clean_video import cleaned
from dreamfolio.pictures.telling import telling
from helpers.secrets import SCENE, WORD
from helpers.telling_videos import FIX, FRAME, box, camera_film, film
from helpers.videos import BYTES, sealed


def copy_of(path: Path) -> Path:
    copy = path.with_name(f"clean-{path.name}")
    copy.write_bytes(b"".join(cleaned(path)))
    return copy


def packets(path: Path) -> list[tuple[int, int | None, bytes]]:
    """Every packet as it is coded, with its stream and its time."""
    av = pytest.importorskip("av")
    with av.open(str(path)) as container:
        return [(p.stream_index, p.pts, bytes(p)) for p in container.demux()]


def pixels(path: Path) -> list[bytes]:
    av = pytest.importorskip("av")
    with av.open(str(path)) as container:
        return [frame.to_ndarray().tobytes() for frame in container.decode(video=0)]


@pytest.mark.parametrize("name", ["film.mp4", "film.webm"])
def test_frames_stay_and_all_that_tells_goes(tmp_path: Path, name: str) -> None:
    path = film(tmp_path / name)
    before = path.read_bytes()
    copy = copy_of(path)
    assert before.count(WORD.encode()) >= 4
    assert path.read_bytes() == before
    assert len(copy.read_bytes()) == len(before)
    assert not re.search(WORD.encode() + rb"|52\.52|attic", copy.read_bytes())
    assert packets(copy) == packets(path)
    assert pixels(copy) == pixels(path)
    assert len(pixels(copy)) == 6


@pytest.mark.parametrize("name", ["film.mp4", "film.webm"])
def test_what_it_tells_is_known(tmp_path: Path, name: str) -> None:
    path = film(tmp_path / name)
    told = telling(path)
    assert {one.kind for one in told} == {"path", "place"}
    assert any(SCENE in one.text for one in told)
    assert telling(copy_of(path)) == ()


@pytest.mark.parametrize("name", ["film.mp4", "film.webm"])
def test_a_clean_copy_is_copied_to_the_byte(tmp_path: Path, name: str) -> None:
    copy = copy_of(film(tmp_path / name))
    assert b"".join(cleaned(copy)) == copy.read_bytes()


def test_all_that_a_camera_leaves_goes_and_every_frame_stays_in_its_place(tmp_path: Path) -> None:
    path = sealed(tmp_path / "film.mp4", camera_film())
    before, after = path.read_bytes(), copy_of(path).read_bytes()
    assert len(after) == len(before)
    assert WORD.encode() not in after
    assert FIX not in after
    assert b"52.52" not in after
    places = [found.start() for found in re.finditer(re.escape(FRAME), before)]
    assert len(places) == 2
    assert [found.start() for found in re.finditer(re.escape(FRAME), after)] == places
    assert telling(copy_of(path)) == ()


def test_what_a_camera_took_down_is_told(tmp_path: Path) -> None:
    told = telling(sealed(tmp_path / "film.mp4", camera_film()))
    texts = {(one.kind, one.where) for one in told}
    assert ("place", "a track of gpmd data") in texts
    assert ("place", "udta") in texts
    assert "+52.5200+013.4050" in {one.text for one in told}


def test_a_video_that_tells_nothing_is_copied_to_the_byte(tmp_path: Path) -> None:
    path = sealed(tmp_path / "clip.mp4")
    assert b"".join(cleaned(path)) == BYTES
    assert telling(path) == ()


def test_one_larger_than_memory_is_copied_a_piece_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    begin = box(b"ftyp", b"mp42\0\0\0\0") + struct.pack(">I4sQ", 1, b"mdat", 5_000_000_000 - 16)
    with path.open("wb") as file:
        file.write(begin)
        file.truncate(5_000_000_000)
    pieces = cleaned(path)
    assert max(len(next(pieces)) for _ in range(3)) <= 1 << 20
    pieces.close()  # type: ignore[attr-defined]


def test_a_track_of_data_in_fragments_is_refused_with_a_word(tmp_path: Path) -> None:
    data = camera_film().replace(b"SEFD" * 3, box(b"moof", bytes(4)))
    with pytest.raises(PictureError, match="has a track of data in fragments; export it with"):
        b"".join(cleaned(sealed(tmp_path / "film.mp4", data)))


def test_another_kind_of_file_is_named(tmp_path: Path) -> None:
    for name in ("a.mp4", "a.webm"):
        with pytest.raises(PictureError, match="is neither an MP4 nor a WebM"):
            b"".join(cleaned(sealed(tmp_path / name, b"RIFF1234AVI LIST")))


@pytest.mark.parametrize("name", ["film.mp4", "film.webm"])
def test_one_cut_short_anywhere_is_copied_clean_or_refused(tmp_path: Path, name: str) -> None:
    data = film(tmp_path / name).read_bytes()
    path = tmp_path / f"cut-{name}"
    for end in range(0, len(data), 61):
        path.write_bytes(data[:end])
        try:
            copy = b"".join(cleaned(path))
        except PictureError as error:
            copy = str(error).encode()
        assert WORD.encode() not in copy


def test_its_place_is_read_as_telephones_write_it() -> None:
    for text in ("+52.5200+013.4050/", "-33.8688+151.2093+034.000/", "+48.85-002.35"):
        assert clean_video.PLACE.search(text)
    for text in ("+1.5+2", "2021-08-22", "1.25-3.75", "+49 30 123456"):
        assert not clean_video.PLACE.search(text)
