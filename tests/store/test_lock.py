import json
from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.dream.target import Target
from dreamfolio.errors import LockError, StoreError
from dreamfolio.store import lock
from dreamfolio.store.lock import Entry

ENTRY = Entry(
    key="ab" * 32,
    source="covid_6.png",
    source_file="1" * 64,
    source_pixels="2" * 64,
    network="inception_v3",
    network_digest="3" * 64,
    model={"file": "networks/größe.keras", "preprocess": "torch"},
    preprocess="torch",
    layers=(Target("mixed3", 1.0), Target("mixed5", 0.1)),
    asked="random: 2",
    recipe_asked={"base": "octaves", "steps": 40, "scale": 1.1},
    recipe={"octaves": "auto", "steps": 40, "scale": 1.1},
    output="4" * 64,
    versions={"dreamfolio": "0.1.0", "tensorflow": "2.21.0"},
)
ADOPTED = replace(ENTRY, key=None, network_digest=None, asked=None, recipe={}, adopted=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dreams.lock"


def damaged(path: Path, text: str) -> StoreError:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        lock.read(path)
    assert caught.value.place is not None
    assert caught.value.place.file == path
    assert caught.value.mend
    assert "\n" not in str(caught.value)
    return caught.value


def test_no_lock_is_an_empty_one(path: Path) -> None:
    assert lock.read(path) == {}


@pytest.mark.parametrize("entries", [{}, {"b.png": ENTRY, "a~träume.png": ADOPTED}])
def test_what_is_written_is_read(path: Path, entries: dict[str, Entry]) -> None:
    lock.write(path, entries)

    assert lock.read(path) == entries


def test_an_mp4_is_told_of_where_there_is_one_and_all_other_lines_are_as_before(path: Path) -> None:
    moving = replace(ENTRY, movie="5" * 64)
    lock.write(path, {"b.anim.webp": moving, "b.png": ENTRY})
    assert lock.read(path) == {"b.anim.webp": moving, "b.png": ENTRY}
    assert path.read_text(encoding="utf-8").count("movie") == 1


def test_equal_locks_are_equal_bytes_and_leave_the_file_alone(path: Path) -> None:
    assert lock.write(path, {"b.png": ENTRY, "a.png": ADOPTED}) is True
    written = path.read_bytes()
    whole_weights = replace(ADOPTED, layers=(Target("mixed3", 1), Target("mixed5", 0.1)))

    assert lock.write(path, {"a.png": whole_weights, "b.png": ENTRY}) is False
    assert lock.write(path, lock.read(path)) is False
    assert path.read_bytes() == written


def test_the_file_is_sorted_json_with_one_variant_a_line(path: Path) -> None:
    lock.write(path, {"b.png": ENTRY, "a.png": ADOPTED, "c.png": ENTRY})
    text = path.read_text(encoding="utf-8")

    assert list(json.loads(text)["variants"]) == ["a.png", "b.png", "c.png"]
    assert text.endswith("}\n")
    named = [[name for name in "abc" if f'"{name}.png"' in line] for line in text.splitlines()]
    assert [names for names in named if names] == [["a"], ["b"], ["c"]]


def test_line_ends_of_another_system_are_read(path: Path) -> None:
    lock.write(path, {"a.png": ENTRY})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert lock.read(path) == {"a.png": ENTRY}


def test_a_merge_conflict_is_placed_and_explained(path: Path) -> None:
    lines = lock.dumps({"a.png": ENTRY, "b.png": ENTRY}).splitlines()
    lines[3:4] = ["<<<<<<< HEAD", lines[3], "=======", lines[3], ">>>>>>> other"]

    error = damaged(path, "\n".join(lines))

    assert "merge conflict" in error.message
    assert error.place is not None
    assert error.place.line == 4
    assert "keep each variant's line once" in str(error.mend)


def test_a_conflict_mended_as_told_is_read(path: Path) -> None:
    ours = lock.dumps({"a.png": ENTRY, "b.png": ENTRY}).splitlines()
    theirs = lock.dumps({"a.png": ENTRY, "c.png": ENTRY}).splitlines()

    path.write_text("\n".join([*ours[:4], ours[4] + ",", theirs[4], *ours[5:]]), encoding="utf-8")

    assert list(lock.read(path)) == ["a.png", "b.png", "c.png"]


def test_a_variant_that_stands_twice_is_named(path: Path) -> None:
    lines = lock.dumps({"a.png": ENTRY, "b.png": ENTRY}).splitlines()

    error = damaged(path, "\n".join([*lines[:4], lines[3], *lines[4:]]))

    assert "a.png" in error.message
    assert error.place is not None
    assert error.place.line == 5


def test_broken_json_is_placed(path: Path) -> None:
    text = lock.dumps({"a.png": ENTRY, "b.png": ENTRY})

    error = damaged(path, text.replace('"b.png": {', '"b.png": ['))

    assert error.place is not None
    assert error.place.line == 5


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"version": 1}', '{"variants": {}}', "["]
)
def test_what_is_no_lock_is_said_to_be_none(path: Path, text: str) -> None:
    assert "restore it from version control" in str(damaged(path, text).mend)


def test_bytes_that_are_no_text_are_refused(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(StoreError, match="UTF-8"):
        lock.read(path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", None),
        ("layers", "mixed3"),
        ("layers", [{"layer": "mixed3", "weight": "much"}]),
        ("versions", [1]),
        ("added_later", 1),
        ("key", "../../../etc/passwd"),
        ("source", "../other.png"),
    ],
)
def test_a_damaged_entry_is_placed(path: Path, field: str, value: object) -> None:
    form = json.loads(lock.dumps({"a.png": ENTRY, "b.png": ENTRY}))
    form["variants"]["b.png"][field] = value
    lines = [f'"{name}": {json.dumps(entry)}' for name, entry in form["variants"].items()]

    error = damaged(path, '{"version": 1, "variants": {\n' + ",\n".join(lines) + "}}")

    assert error.place is not None
    assert error.place.line == 3


def test_an_entry_that_lacks_a_field_is_damaged(path: Path) -> None:
    form = json.loads(lock.dumps({"a.png": ENTRY}))
    del form["variants"]["a.png"]["output"]

    assert "output" in damaged(path, json.dumps(form)).message


@pytest.mark.parametrize("name", ["../a.png", "/a.png", "sub/a.png", "..", "a\\b.png", ""])
def test_no_entry_leads_out_of_its_collection(path: Path, name: str) -> None:
    assert "not the name of a picture" in damaged(path, lock.dumps({name: ENTRY})).message


def test_a_lock_of_a_later_version_is_refused_clearly(path: Path) -> None:
    text = lock.dumps({"a.png": ENTRY}).replace('"version": 1', '"version": 2')

    error = damaged(path, text)

    assert "later dreamfolio" in error.message
    assert "newer" in str(error.mend)
    assert path.read_text(encoding="utf-8") == text


def test_a_lock_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StoreError, match="cannot be written"):
        lock.write(tmp_path / "file" / "dreams.lock", {})
    with pytest.raises(StoreError, match="cannot be read"):
        lock.read(tmp_path)


def test_a_lock_that_nobody_s_pictures_fill_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "dreams.lock"
    with path.open("wb") as file:
        file.truncate(lock.MAX_BYTES + 1)
    with pytest.raises(LockError, match="is larger than 100 MB; restore it"):
        lock.read(path)
