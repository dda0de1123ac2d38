"""The MP4 beside an animation: made with it, kept with it, and never in an artist's way."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from helpers.home import Home, make_home

av = pytest.importorskip("av", reason="PyAV is not installed: no MP4 is made")

ORBS = "collections/orbs"
STILL, MOVING, MOVIE = (f"orb_1_conv_b{end}" for end in (".png", ".anim.webp", ".anim.mp4"))
Dreams = list[tuple[int, int]]


def animate(home: Home, animate: str = "{frames: 8}") -> Home:
    home.write(
        f"{ORBS}/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    variants:\n      - layers: [conv_b]\n"
        "        recipe: {base: classic, steps: 6, step_size: 0.15}\n"
        f"        animate: {animate}\n",
    )
    return home


def without_pyav(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dreamfolio.pictures.movie._ENCODER", "libnone")


def no_dreams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dreamfolio.runner.work.animate", None)


@pytest.fixture
def unmade(tmp_path: Path) -> Home:
    return animate(make_home(tmp_path / "home", pictures=1))


@pytest.fixture
def moving(unmade: Home) -> Home:
    assert unmade.run("dream").code == 0
    return unmade


def movie(home: Home) -> bytes:
    return home.read(f"{ORBS}/{MOVIE}")


def take_out(home: Home, *names: str) -> None:
    for name in names:
        (home.root / ORBS / name).unlink()


def apart(one: Image.Image, other: Image.Image) -> float:
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / len(one.tobytes())


def test_it_shows_the_frames_of_the_animation(moving: Home) -> None:
    with av.open(io.BytesIO(movie(moving))) as container:
        shown = [frame.to_image() for frame in container.decode(video=0)]
    # Where a morph turns it rests, four times as long as a frame.
    turns = [0] * 4 + [1, 2, 3] + [4] * 4 + [5, 6, 7]
    assert len(shown) == len(turns)
    with Image.open(moving.root / ORBS / MOVING) as animation:
        for frame, number in zip(shown, turns, strict=True):
            animation.seek(number)
            small = (one.convert("RGB").resize((6, 5)) for one in (frame, animation))
            assert apart(*small) < 6
    assert moving.states() == {STILL: "current", MOVING: "current"}
    assert [name for name, entry in moving.lock("orbs").items() if "movie" in entry] == [MOVING]


def test_a_deleted_one_comes_back_without_dreaming(
    moving: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, works = movie(moving), moving.works()
    no_dreams(monkeypatch)
    take_out(moving, MOVIE)
    assert moving.states()[MOVING] == "restorable"
    assert moving.run("dream").code == 0
    assert movie(moving) == first
    assert moving.works()[f"{ORBS}/{MOVING}"] == works[f"{ORBS}/{MOVING}"]
    take_out(moving, MOVING, MOVIE)
    assert moving.run("dream").code == 0
    assert movie(moving) == first
    assert moving.states()[MOVING] == "current"


def test_one_that_cannot_come_back_is_no_reason_to_dream(
    moving: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_out(moving, MOVIE)
    moving.forget()
    no_dreams(monkeypatch)
    assert moving.states()[MOVING] == "current"
    assert moving.run("dream").code == 0
    assert "its MP4" in moving.run("status", "--json").out


def test_it_moves_with_a_renamed_source_even_without_a_cache(
    moving: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = movie(moving)
    manifest = f"{ORBS}/collection.yaml"
    moving.write(manifest, moving.read(manifest).replace(b"orb_1.png", b"ball.png"))
    (moving.root / ORBS / "orb_1.png").rename(moving.root / ORBS / "ball.png")
    moving.forget()
    no_dreams(monkeypatch)
    assert moving.run("dream").code == 0
    assert moving.read(f"{ORBS}/ball_conv_b.anim.mp4") == first


@pytest.mark.parametrize("arguments", [[], ["--force"]])
def test_one_made_by_hand_or_retouched_is_never_written_over(
    unmade: Home, arguments: list[str]
) -> None:
    unmade.write(f"{ORBS}/{MOVIE}", b"by hand")
    assert unmade.run("dream", *arguments).code == 0
    assert movie(unmade) == b"by hand"
    take_out(unmade, MOVIE)
    assert unmade.run("dream", *arguments).code == 0
    assert movie(unmade) != b"by hand"
    unmade.write(f"{ORBS}/{MOVIE}", movie(unmade) + b"retouched")
    assert animate(unmade, "{frames: 6}").run("dream", *arguments).code == 0
    assert movie(unmade).endswith(b"retouched")
    assert unmade.states()[MOVING] == "current"


def test_another_animation_takes_its_place(moving: Home) -> None:
    first = movie(moving)
    assert animate(moving, "{frames: 6}").run("dream").code == 0
    assert movie(moving) != first
    assert animate(moving).run("dream").code == 0
    assert movie(moving) == first


def test_one_of_another_dream_does_not_stay_where_none_can_be_made(
    moving: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = movie(moving)
    with monkeypatch.context() as alone:
        without_pyav(alone)
        assert animate(moving, "{frames: 6}").run("dream").code == 0
        assert not (moving.root / ORBS / MOVIE).exists()
        assert "movie" not in moving.lock("orbs")[MOVING]
        assert animate(moving).run("dream").code == 0
        assert movie(moving) == first


def test_where_none_can_be_made_nothing_fails_and_pyav_is_no_reason_to_dream(
    unmade: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as alone:
        without_pyav(alone)
        assert unmade.run("dream").code == 0
    assert not (unmade.root / ORBS / MOVIE).exists()
    assert unmade.states() == {STILL: "current", MOVING: "current"}
    assert unmade.run("dream", "--force").code == 0
    assert movie(unmade)


def test_one_that_fails_costs_itself_alone(unmade: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError("No space left on device")

    monkeypatch.setattr("dreamfolio.runner.work.encode_movie", fail)
    said = unmade.run("dream")
    assert said.code == 0
    assert f"{MOVING}: its MP4 could not be made" in said.everything
    assert unmade.states() == {STILL: "current", MOVING: "current"}


def test_one_that_nothing_wants_is_told_of_and_no_piece(moving: Home) -> None:
    manifest = f"{ORBS}/collection.yaml"
    moving.write(manifest, moving.read(manifest).partition(b"        animate")[0])
    assert moving.states() == {STILL: "current", MOVING: "orphan", MOVIE: "orphan"}
    take_out(moving, MOVING)
    assert moving.run("build").code == 0
    assert moving.states() == {STILL: "current", MOVIE: "orphan"}
    assert not list((moving.root / "site").rglob("*anim*"))
    take_out(moving, MOVIE)
    assert moving.run("dream").code == 0
    assert set(moving.lock("orbs")) == {STILL}


def test_a_build_that_was_cut_off_before_it_recorded_knows_its_own(moving: Home) -> None:
    entry = moving.lock("orbs")[MOVING]
    (moving.root / ORBS / "dreams.lock").unlink()
    assert moving.run("dream").code == 0
    assert moving.lock("orbs")[MOVING]["movie"] == entry["movie"]
