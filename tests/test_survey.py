"""A survey finds out what changed, and only that: dates, names and metadata cost nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dreamfolio.errors import ContentErrors, StoreError
from dreamfolio.files import sha256_of_file
from dreamfolio.plan.task import State
from dreamfolio.store.cache import Cache
from helpers.portfolio import Tree, paint

MANIFEST = """\
title: Orbs
layers: mixed3
recipe: classic
pieces:
  - source: a.png
    variants: [mixed3, {layers: [mixed3, mixed5]}]
"""
DREAMS = {"a_mixed3.png", "a_mixed3+mixed5.png", "b_mixed3.png"}


@pytest.fixture(autouse=True)
def no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No network's weights are on this machine."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Two renders and their three dreams, all recorded."""
    tree = Tree(tmp_path / "portfolio")
    tree.collection("orbs", "a.png", "b.png", manifest=MANIFEST)
    tree.dreamt()
    assert tree.states() == dict.fromkeys(DREAMS, "current")
    return tree


def stale(tree: Tree) -> dict[str, str]:
    """What is not current, and why."""
    return {
        file: task.reason for file, task in tree.tasks().items() if task.state is not State.CURRENT
    }


def as_cloned(tree: Tree, to: Path) -> Tree:
    """The portfolio as git brings it to another machine."""
    shutil.copytree(
        tree.root,
        to,
        ignore=shutil.ignore_patterns(".dreamfolio"),
        copy_function=shutil.copyfile,
    )
    clone = Tree.__new__(Tree)
    clone.root = to
    return clone


# What costs nothing


def test_nothing_is_to_be_done_twice(tree: Tree) -> None:
    assert stale(tree) == {}
    assert stale(tree) == {}


@pytest.mark.parametrize("when", [0, 1_000_000_000, 4_000_000_000])
def test_touching_files(tree: Tree, when: int) -> None:
    for path in tree.root.rglob("*"):
        os.utime(path, (when, when))
    assert stale(tree) == {}


def test_a_fresh_clone(tree: Tree, tmp_path: Path) -> None:
    clone = as_cloned(tree, tmp_path / "elsewhere")
    assert not (clone.root / ".dreamfolio").exists()
    assert stale(clone) == {}


def test_a_clone_on_a_machine_that_decodes_otherwise(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = as_cloned(tree, tmp_path / "elsewhere")
    monkeypatch.setattr("dreamfolio.pictures.decode.decode", lambda path: Image.new("RGB", (1, 1)))
    assert stale(clone) == {}


def test_words_put_into_a_sources_metadata(tree: Tree) -> None:
    source = tree.folder("orbs") / "a.png"
    before = sha256_of_file(source)
    with Image.open(source) as image:
        words = PngInfo()
        words.add_text("Comment", "rendered on a rainy day")
        image.save(source, pnginfo=words, compress_level=1)
    assert sha256_of_file(source) != before
    assert stale(tree) == {}


def test_a_source_saved_in_another_lossless_format_by_the_same_name(tree: Tree) -> None:
    source = tree.folder("orbs") / "a.png"
    with Image.open(source) as image:
        image.load()
        image.save(source, format="BMP")
    assert stale(tree) == {}


def test_a_renamed_source_is_not_dreamed_again(tree: Tree) -> None:
    folder = tree.folder("orbs")
    (folder / "b.png").rename(folder / "c.png")
    tasks = tree.tasks()
    assert tasks["c_mixed3.png"].state is State.RESTORABLE
    assert tasks["c_mixed3.png"].twin == ("orbs", "b_mixed3.png")
    assert tasks["b_mixed3.png"].state is State.ORPHAN
    assert tasks["a_mixed3.png"].state is State.CURRENT


def test_a_renamed_collection_costs_nothing(tree: Tree) -> None:
    tree.folder("orbs").rename(tree.folder("balls"))
    assert stale(tree) == {}


def test_a_moved_source_finds_its_dream_in_the_other_collection(tree: Tree) -> None:
    other = tree.collection("more", manifest="title: More\nlayers: mixed3\nrecipe: classic\n")
    (tree.folder("orbs") / "b.png").rename(other / "b.png")
    moved = [task for task in tree.survey().tasks if task.collection == "more"]
    assert [(task.state, task.twin) for task in moved] == [
        (State.RESTORABLE, ("orbs", "b_mixed3.png"))
    ]


def test_the_same_words_otherwise_put(tree: Tree) -> None:
    tree.write(
        "collections/orbs/collection.yaml",
        "title: Another title\nrecipe: {base: octaves, octaves: 1, steps: 100, step_size: 0.01, "
        "jitter: 0}\npieces:\n- source: b.png\n  title: B\n  variants: [{layers: {mixed3: 1}}]\n"
        "- source: a.png\n  variants: [{layers: mixed5+mixed3, file: a_mixed3+mixed5.png}, mixed3]",
    )
    assert stale(tree) == {}


# What costs its own variants


def test_a_changed_pixel_costs_its_sources_dreams(tree: Tree) -> None:
    source = tree.folder("orbs") / "a.png"
    times = source.stat()
    with Image.open(source) as image:
        red, green, blue = image.getpixel((2, 2))  # type: ignore[misc]
        image.putpixel((2, 2), (red ^ 1, green, blue))
        image.save(source)
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))  # as if nothing had happened
    assert stale(tree).keys() == {"a_mixed3.png", "a_mixed3+mixed5.png"}
    assert all(reason.startswith("a.png changed") for reason in stale(tree).values())


def test_a_changed_recipe_costs_its_own_dreams(tree: Tree) -> None:
    changed = MANIFEST.replace(
        "[mixed3, {layers", "[{layers: mixed3, recipe: {steps: 50}}, {layers"
    )
    tree.write("collections/orbs/collection.yaml", changed)
    ((file, reason),) = stale(tree).items()
    assert file == "a_mixed3.png"
    assert reason.startswith("recipe: steps 100 → 50")


def test_other_weights_of_a_network_cost_its_own_dreams(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "own")
    weights = tree.write("networks/mine.keras", b"first weights")
    tree.write("portfolio.yaml", "dream: {layers: conv, model: {file: networks/mine.keras}}\n")
    tree.collection("orbs", "a.png")
    tree.collection("more", "b.png", manifest="title: B\nmodel: inception_v3\nlayers: mixed3\n")
    tree.dreamt(sha256_of_file(weights))
    assert set(tree.states().values()) == {"current"}
    weights.write_bytes(b"other weights")
    assert stale(tree) == {"a_conv.png": "the network changed (mine)"}
    weights.unlink()
    assert stale(tree) == {}, "whole lock entries need no network"


def test_a_network_that_is_not_here_makes_new_dreams_pending(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "own")
    tree.write("portfolio.yaml", "dream: {layers: conv, model: {file: networks/mine.keras}}\n")
    tree.collection("orbs", "a.png")
    assert stale(tree) == {
        "a_conv.png": "not dreamed yet; the network networks/mine.keras is not here"
    }
    assert tree.states() == {"a_conv.png": "pending"}


def test_a_named_network_is_fetched_first(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "named")
    tree.write("portfolio.yaml", "dream: {layers: mixed3}\n")
    tree.collection("orbs", "a.png")
    (task,) = tree.survey().tasks
    assert task.state is State.MISSING
    assert task.reason.startswith("not dreamed yet; inception_v3's weights (")
    assert task.reason.endswith(" MB) are fetched first")


def test_a_deleted_dream_is_missing(tree: Tree) -> None:
    (tree.folder("orbs") / "b_mixed3.png").unlink()
    assert stale(tree).keys() == {"b_mixed3.png"}
    assert tree.states()["b_mixed3.png"] == "missing"


def test_a_retouched_dream_is_kept(tree: Tree) -> None:
    paint(tree.folder("orbs") / "b_mixed3.png", shade=9)
    assert tree.states() == {**dict.fromkeys(DREAMS, "current"), "b_mixed3.png": "retouched"}


def test_a_dropped_render_is_the_only_work(tree: Tree) -> None:
    paint(tree.folder("orbs") / "c.png")
    assert stale(tree).keys() == {"c_mixed3.png"}


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n torn"])
def test_a_broken_picture_costs_its_own_dreams(tree: Tree, data: bytes) -> None:
    tree.write("collections/orbs/b.png", data)
    tree.write("collections/orbs/c.png", data)
    tasks = tree.tasks()
    assert {file for file, task in tasks.items() if task.problem} == {
        "b_mixed3.png",
        "c_mixed3.png",
    }
    assert "b.png cannot be dreamed" in tasks["b_mixed3.png"].reason
    assert tasks["a_mixed3.png"].state is State.CURRENT


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_nowhere_costs_its_own_dreams(tree: Tree) -> None:
    (tree.folder("orbs") / "c.png").symlink_to("nowhere.png")
    tasks = tree.tasks()
    assert "is a link to nowhere" in (tasks["c_mixed3.png"].problem or "")
    assert tasks["a_mixed3.png"].state is State.CURRENT


# Lock and cache


def test_an_adopted_picture_is_kept_and_shown_as_what_it_is(tree: Tree) -> None:
    folder = tree.collection("old", "orb.png", "orb_activation_2482.png")
    (task,) = [task for task in tree.survey().tasks if task.collection == "old"]
    assert task.state is State.ADOPTED
    assert task.file == "orb_activation_2482.png"
    assert task.variant is not None
    assert task.variant.layers == ("activation_38",)
    assert task.reason == "it was here before: kept (asked for as activation_2482)"
    assert (folder / "orb_activation_2482.png").exists()


def test_a_damaged_lock_is_told_with_its_place(tree: Tree) -> None:
    lock = tree.folder("orbs") / "dreams.lock"
    lines = lock.read_text().splitlines()
    lines[3] = lines[3][:40]
    lock.write_text("\n".join(lines))
    with pytest.raises(StoreError) as caught:
        tree.survey()
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == (lock, 4)
    assert caught.value.mend


def test_a_half_merged_lock_is_told_with_its_line(tree: Tree) -> None:
    lock = tree.folder("orbs") / "dreams.lock"
    lock.write_text(lock.read_text().replace('  "b_', '<<<<<<< ours\n  "b_', 1))
    with pytest.raises(StoreError, match="merge conflict") as caught:
        tree.survey()
    assert caught.value.place is not None
    assert caught.value.place.line == 6


def test_problems_of_the_content_come_as_they_are(tree: Tree) -> None:
    tree.write("collections/orbs/collection.yaml", "titel: A\n")
    with pytest.raises(ContentErrors):
        tree.survey()


def test_a_lost_lock_takes_nothing_away(tree: Tree) -> None:
    (tree.folder("orbs") / "dreams.lock").unlink()
    assert tree.states() == dict.fromkeys(DREAMS, "adopted")


def test_a_lost_lock_is_made_good_by_the_cache(tree: Tree) -> None:
    surveyed = tree.survey()
    for task in surveyed.tasks:
        picture = (tree.folder("orbs") / task.file).read_bytes()
        surveyed.cache.put(task.key or "", task.suffix, picture)
    lock = tree.folder("orbs") / "dreams.lock"
    form = json.loads(lock.read_text())
    del form["variants"]["b_mixed3.png"]  # what an interrupted build did not come to write
    lock.write_text(json.dumps(form))
    assert tree.tasks()["b_mixed3.png"].reason == "as in the cache"
    assert set(tree.states().values()) == {"current"}


def test_a_deleted_dream_comes_back_from_the_cache(tree: Tree) -> None:
    surveyed = tree.survey()
    picture = tree.folder("orbs") / "b_mixed3.png"
    (task,) = [task for task in surveyed.tasks if task.file == picture.name]
    surveyed.cache.put(task.key or "", ".png", picture.read_bytes())
    picture.unlink()
    assert stale(tree) == {"b_mixed3.png": "it was deleted: in the cache"}
    assert tree.states()["b_mixed3.png"] == "restorable"


@pytest.mark.parametrize("cache", ["portfolio.yaml", "nosuchprotocol://bucket/dreams"])
def test_a_cache_out_of_reach_is_a_problem_and_no_more(tree: Tree, cache: str) -> None:
    tree.write("portfolio.yaml", f"cache: {cache}\n")
    (tree.folder("orbs") / "b_mixed3.png").unlink()
    surveyed = tree.survey()
    states = {task.file: task.state for task in surveyed.tasks}
    assert states["b_mixed3.png"] is State.MISSING
    assert states["a_mixed3.png"] is State.CURRENT
    (problem,) = surveyed.problems
    assert isinstance(problem, StoreError)
    assert cache.partition(":")[0] in str(problem)


def test_a_cache_is_not_asked_where_nothing_is_to_be_done(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Cache, "digest", asked)
    assert tree.survey().problems == ()


def test_two_recipes_of_one_layer_keep_their_files(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "two")
    variants = ["{layers: mixed3, recipe: classic}", "{layers: mixed3, recipe: preview}"]
    head = "title: A\npieces:\n- source: a.png\n  variants: "
    tree.collection("orbs", "a.png", manifest=f"{head}[{', '.join(variants)}]\n")
    tree.dreamt()
    assert set(tree.states().values()) == {"current"}
    tree.write("collections/orbs/collection.yaml", f"{head}[{variants[0]}]\n")
    assert sorted(tree.states().values()) == ["current", "orphan"]


# What a survey leaves alone


def test_a_survey_changes_nothing_of_the_artists(tree: Tree) -> None:
    (tree.folder("orbs") / "b_mixed3.png").unlink()
    paint(tree.folder("orbs") / "c.png")
    before = tree.works()
    tree.survey()
    assert tree.works() == before


def test_a_survey_loads_no_tensorflow_and_no_numpy(tree: Tree) -> None:
    paint(tree.folder("orbs") / "c.png")  # something to decode, too
    code = (
        "import sys; from pathlib import Path; from dreamfolio.survey import survey; "
        "survey(Path(sys.argv[1])); "
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tree.root)], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "dreamfolio" in loaded
    assert not loaded & {"tensorflow", "keras", "numpy", "h5py", "ray", "fsspec"}
