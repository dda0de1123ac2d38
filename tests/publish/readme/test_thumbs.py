import io
import json
import os
import re
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from dreamfolio.errors import PictureError, StoreError
from dreamfolio.files import sha256_of_file, write_atomically
from dreamfolio.publish.readme import thumbs
from dreamfolio.publish.readme.record import Entry
from dreamfolio.publish.readme.thumbs import Thumbs, names, verdict
from helpers.readme import picture, tree

NOW = Entry("source", 800, thumbs.QUALITY, "output")


@pytest.mark.parametrize(
    ("entry", "on_disk", "source", "width", "decided"),
    [
        (None, None, "source", 800, "make"),
        (NOW, None, "source", 800, "make"),
        (NOW, "output", "source", 800, "current"),
        (NOW, "output", "other", 800, "make"),
        (NOW, "output", "source", 640, "make"),
        (Entry("source", 800, 1, "output"), "output", "source", 800, "make"),
        (NOW, "by hand", "source", 800, "kept"),
        (NOW, "by hand", "other", 800, "compare"),
        (None, "by hand", "source", 800, "compare"),
    ],
)
def test_what_becomes_of_a_thumbnail_follows_from_digests_alone(
    entry: Entry | None, on_disk: str | None, source: str, width: int, decided: str
) -> None:
    assert verdict(entry, on_disk, source, width) == decided


def test_names_do_not_collide_on_any_file_system() -> None:
    pictures = ["a.png", "a.jpg", "A.png", "b.png", "e\u0301.png", "\u00e9.png", "x" * 251 + ".png"]
    given = names(pictures)
    assert given["b.png"] == "b.png.webp"
    assert given["a.jpg"] == "a.jpg.webp"
    assert len({thumbs.fold(name) for name in given.values()}) == len(pictures)
    assert all(len(os.fsencode(name)) <= 255 for name in given.values())
    assert names(["a.png", "new.png"])["a.png"] == names(["a.png"])["a.png"]


def make(folder: Path, *pictures: str, width: int = 32) -> Thumbs:
    """Plan and carry out."""
    planned = thumbs.plan(folder, pictures, width, sha256_of_file)
    for change in planned.changes:
        if change.data is None:
            change.path.unlink()
        else:
            write_atomically(change.path, change.data)
    return planned


def test_a_thumbnail_is_webp_of_the_asked_width_and_never_larger(tmp_path: Path) -> None:
    picture(tmp_path / "wide.png", size=(64, 36))
    picture(tmp_path / "small.png", size=(20, 30))
    planned = make(tmp_path, "wide.png", "small.png")
    assert planned.files == {
        "wide.png": "thumbs/wide.png.webp",
        "small.png": "thumbs/small.png.webp",
    }
    sizes = {}
    for shown in planned.files.values():
        with Image.open(tmp_path / shown) as image:
            sizes[shown] = (image.format, image.size)
    assert sizes == {
        "thumbs/wide.png.webp": ("WEBP", (32, 18)),
        "thumbs/small.png.webp": ("WEBP", (20, 30)),
    }


def test_metadata_and_profile_stay_behind(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (40, 40), "red").save(tmp_path / "a.jpg", exif=exif, icc_profile=profile)
    data = thumbs.make(tmp_path / "a.jpg", 32)
    assert b"where I live" not in data
    with Image.open(io.BytesIO(data)) as image:
        assert not {"exif", "icc_profile", "xmp"} & image.info.keys()
        assert not image.getexif()


def test_the_record_has_a_line_for_each_and_the_bytes_are_the_same_each_time(
    tmp_path: Path,
) -> None:
    for folder in (tmp_path / "1", tmp_path / "2"):
        picture(folder / "b.png")
        picture(folder / "a.png", "gold")
    make(tmp_path / "1", "b.png", "a.png")
    make(tmp_path / "2", "a.png", "b.png")
    assert tree(tmp_path / "1") == tree(tmp_path / "2")
    lines = (tmp_path / "1/thumbs/thumbs.json").read_text().splitlines()
    assert [line.split(":")[0] for line in lines] == ["{", '"a.png.webp"', '"b.png.webp"', "}"]


def test_nothing_is_made_again_after_a_checkout(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    make(tmp_path, "a.png")
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    assert thumbs.plan(tmp_path, ["a.png"], 32, sha256_of_file).changes == ()


def test_another_picture_or_width_makes_a_new_thumbnail(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    make(tmp_path, "a.png", "b.png")
    before = tree(tmp_path)
    picture(tmp_path / "a.png", "gold")
    first, record = make(tmp_path, "a.png", "b.png").changes
    assert (first.path.name, first.reason) == ("a.png.webp", "out of date")
    assert record.path.name == "thumbs.json"
    assert tree(tmp_path)["thumbs/b.png.webp"] == before["thumbs/b.png.webp"]
    assert len(make(tmp_path, "a.png", "b.png", width=16).changes) == 3


def test_a_thumbnail_the_artist_replaced_is_kept(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    make(tmp_path, "a.png")
    own = picture(tmp_path / "thumbs/a.png.webp", "red").read_bytes()
    assert make(tmp_path, "a.png").changes == ()
    picture(tmp_path / "a.png", "gold")
    make(tmp_path, "a.png", width=16)
    make(tmp_path)
    assert (tmp_path / "thumbs/a.png.webp").read_bytes() == own


def test_only_thumbnails_of_our_own_are_removed(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    picture(tmp_path / "thumbs/other.png")
    picture(tmp_path / "thumbs/c.png.webp")
    make(tmp_path, "a.png", "b.png")
    make(tmp_path, "b.png")
    left = {path.name for path in (tmp_path / "thumbs").iterdir()}
    assert left == {"other.png", "c.png.webp", "b.png.webp", "thumbs.json"}


def test_a_deleted_thumbnail_comes_back(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    make(tmp_path, "a.png")
    whole = tree(tmp_path)
    (tmp_path / "thumbs/a.png.webp").unlink()
    (change,) = make(tmp_path, "a.png").changes
    assert change.reason == "missing"
    assert tree(tmp_path) == whole


@pytest.mark.parametrize("recorded", ["never", "for another picture"])
def test_a_run_that_was_interrupted_before_it_could_record_is_taken_up(
    tmp_path: Path, recorded: str
) -> None:
    picture(tmp_path / "a.png", "gold")
    if recorded != "never":
        make(tmp_path, "a.png")
        picture(tmp_path / "a.png", "navy")
    first, _ = thumbs.plan(tmp_path, ["a.png"], 32, sha256_of_file).changes
    assert first.data
    write_atomically(first.path, first.data)
    (change,) = make(tmp_path, "a.png").changes
    assert change.path.name == "thumbs.json"
    picture(tmp_path / "a.png", "red")
    assert make(tmp_path, "a.png").changes[0].path.name == "a.png.webp"


def test_a_broken_picture_costs_itself_alone(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"\x89PNG no")
    planned = make(tmp_path, "a.png", "b.png", "gone.png")
    assert set(planned.files) == {"a.png"}
    places = [problem.place.file.name for problem in planned.problems if problem.place]
    assert places == ["b.png", "gone.png"]
    assert all(isinstance(problem, PictureError) for problem in planned.problems)


def test_a_picture_that_broke_is_still_shown_by_its_thumbnail(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    make(tmp_path, "a.png")
    (tmp_path / "a.png").write_text("version https://git-lfs.github.com/spec/v1\n")
    before = tree(tmp_path)
    planned = make(tmp_path, "a.png")
    assert planned.files == {"a.png": "thumbs/a.png.webp"}
    assert len(planned.problems) == 1
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    "text", ["<<<<<<< ours\n{}", "[]", '{"a.png.webp": {"source": 1}}', "\xff"]
)
def test_a_broken_record_is_told_and_nothing_is_touched(tmp_path: Path, text: str) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    make(tmp_path, "a.png")
    record = tmp_path / "thumbs" / thumbs.RECORD
    record.write_bytes(text.encode("latin-1"))
    planned = thumbs.plan(tmp_path, ["a.png", "b.png"], 32, sha256_of_file)
    (problem,) = planned.problems
    assert isinstance(problem, StoreError)
    assert "merge conflict" in str(problem)
    assert planned.changes == ()
    assert planned.files == {"a.png": "thumbs/a.png.webp", "b.png": "b.png"}


@pytest.mark.parametrize("name", ["../a.png", "/a.png", "b\\\\a.png"])
def test_a_record_cannot_have_anything_outside_its_folder_removed(
    tmp_path: Path, name: str
) -> None:
    picture(tmp_path / "a.png")
    make(tmp_path, "a.png")
    record = tmp_path / "thumbs" / thumbs.RECORD
    own = sha256_of_file(tmp_path / "a.png")
    record.write_text(record.read_text().replace("a.png.webp", name))
    record.write_text(re.sub(r'"output": "\w+"', f'"output": "{own}"', record.read_text()))
    planned = thumbs.plan(tmp_path, [], 32, sha256_of_file)
    assert (planned.changes, len(planned.problems)) == ((), 1)


def test_the_record_holds_what_tells_a_thumbnail_is_current(tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    make(tmp_path, "a.png")
    record = json.loads((tmp_path / "thumbs" / thumbs.RECORD).read_text())
    assert record["a.png.webp"] == {
        "source": sha256_of_file(source),
        "width": 32,
        "quality": thumbs.QUALITY,
        "output": sha256_of_file(tmp_path / "thumbs/a.png.webp"),
    }
