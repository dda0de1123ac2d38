from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from dreamfolio.adopt.carrying import carry_out
from dreamfolio.adopt.planning import plan_adoption
from dreamfolio.adopt.report import report
from dreamfolio.content.objects import Collection
from dreamfolio.content.read import read
from dreamfolio.errors import ContentErrors, UsageError
from dreamfolio.files import sha256_of_file
from dreamfolio.store import lock

Paint = Callable[..., None]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def recorded(folder: Path) -> dict[str, bool]:
    return {file: entry.adopted for file, entry in lock.read(folder / "dreams.lock").items()}


def collection_at(root: Path, slug: str) -> Collection:
    found = {one.slug: one for one in read(root, recorded).collections}
    return found[slug]


def rows(adoption: object, kind: str) -> list[tuple[str, str]]:
    return [(row.name, row.says) for row in report(adoption) if row.kind == kind]  # type: ignore[arg-type]


def test_a_folder_and_its_readme_become_a_collection(old: Path, root: Path) -> None:
    before = tree(old)
    carry_out(plan_adoption(old / "old_normal", root, readme=old / "README.md"))

    assert tree(old) == before
    target = root / "collections" / "old_normal"
    copied = {name: data for name, data in tree(target).items() if name.endswith(".png")}
    assert copied == tree(old / "old_normal")
    collection = collection_at(root, "old_normal")
    assert collection.title == "Old Normal"
    assert collection.description == "This orb sum up a year: it's round.\nIt has *spikes*.\n"
    assert [
        (piece.source, [(v.file, v.layers, v.recipe_asked) for v in piece.variants])
        for piece in collection.pieces
    ] == [
        ("orb_11.png", [("orb_11_activation_2482.png", ("activation_38",), "classic")]),
        (
            "orb_6.png",
            [
                (
                    "orb_6_activation_3+activation_5.png",
                    ("activation_3", "activation_5"),
                    "classic",
                )
            ],
        ),
        (
            "orb_9.png",
            [("orb_9_batch_normalization_16.png", ("batch_normalization_16",), "classic")],
        ),
        ("orb_8.png", [("orb_8_conv2d_3547.png", ("conv2d_69",), "classic")]),
    ]


def test_the_lock_marks_what_was_there_as_adopted(old: Path, root: Path) -> None:
    carry_out(plan_adoption(old / "old_normal", root))
    target = root / "collections" / "old_normal"
    entries = lock.read(target / "dreams.lock")
    assert list(entries) == ["orb_11_activation_2482.png", "orb_8_conv2d_3547.png"]
    entry = entries["orb_8_conv2d_3547.png"]
    assert entry.adopted
    assert entry.key is None
    assert entry.source == "orb_8.png"
    assert entry.output == sha256_of_file(target / "orb_8_conv2d_3547.png")
    assert entry.source_file == sha256_of_file(target / "orb_8.png")
    assert [target.layer for target in entry.layers] == ["conv2d_69"]
    assert (entry.asked, entry.network) == ("conv2d_3547", "inception_v3")


def test_the_report_tells_what_was_taken_for_what(old: Path, root: Path) -> None:
    adoption = plan_adoption(old / "old_normal", root, readme=old / "README.md")
    assert [name for name, _ in rows(adoption, "portfolio")] == ["Studies in Glass"]
    assert adoption.description == "Some words on the whole series.\n\nAnd some more of them."
    assert rows(adoption, "collection") == [
        ("old_normal", "“Old Normal”: 4 renders, 2 dreams, 2 wanted")
    ]
    assert [name for name, _ in rows(adoption, "source")] == [
        "orb_11.png",
        "orb_6.png",
        "orb_9.png",
        "orb_8.png",
    ]
    assert rows(adoption, "variant") == [
        ("orb_11_activation_2482.png", "activation_2482 → activation_38 of inception_v3"),
        ("orb_8_conv2d_3547.png", "conv2d_3547 → conv2d_69 of inception_v3"),
    ]
    assert rows(adoption, "wanted")[0] == (
        "orb_6_activation_1883activation_1885.png",
        "activation_1883activation_1885 → activation_3+activation_5 of inception_v3; "
        "it is not in the folder, and is to be dreamed anew",
    )
    ((place, says),) = rows(adoption, "unplaced")
    assert place == f"{old / 'README.md'}:7"
    assert says.startswith("the section “Broken Lenzes”")
    assert "4 pictures in lenses" in says


def test_without_a_readme_the_names_alone_tell(old: Path, root: Path) -> None:
    carry_out(plan_adoption(old / "old_normal", root, slug="earth/orbs"))
    collection = collection_at(root, "earth/orbs")
    assert (collection.title, collection.description) == ("Orbs", "")
    assert [(piece.source, len(piece.variants)) for piece in collection.pieces] == [
        ("orb_6.png", 0),
        ("orb_8.png", 1),
        ("orb_9.png", 0),
        ("orb_11.png", 1),
    ]


def test_adopting_again_changes_nothing(old: Path, root: Path) -> None:
    carry_out(plan_adoption(old / "old_normal", root, readme=old / "README.md"))
    before = tree(root)
    carry_out(plan_adoption(old / "old_normal", root, readme=old / "README.md"))
    assert tree(root) == before


def test_an_interrupted_adoption_goes_on(old: Path, root: Path) -> None:
    target = root / "collections" / "old_normal"
    target.mkdir(parents=True)
    shutil.copyfile(old / "old_normal" / "orb_6.png", target / "orb_6.png")
    carry_out(plan_adoption(old / "old_normal", root))
    assert len(collection_at(root, "old_normal").pieces) == 4


def test_nothing_is_overwritten_and_then_nothing_is_done(old: Path, root: Path) -> None:
    target = root / "collections" / "old_normal"
    target.mkdir(parents=True)
    (target / "orb_6.png").write_bytes(b"another")
    (target / "collection.yaml").write_text("title: Another\n")
    before = tree(root)
    with pytest.raises(ContentErrors) as caught:
        carry_out(plan_adoption(old / "old_normal", root))
    assert tree(root) == before
    assert [problem.place.file for problem in caught.value.problems if problem.place] == [
        target / "orb_6.png",
        target / "collection.yaml",
    ]
    assert "--as" in str(caught.value)


def test_a_folder_in_its_place_is_not_copied(old: Path, root: Path) -> None:
    shutil.copytree(old / "old_normal", root / "collections" / "a" / "b")
    before = tree(root)
    carry_out(plan_adoption(root / "collections" / "a" / "b", root))
    after = tree(root)
    assert set(after) - set(before) == {
        "collections/a/b/collection.yaml",
        "collections/a/b/dreams.lock",
    }
    assert before.items() <= after.items()
    assert collection_at(root, "a/b").title == "B"


def test_a_manifest_and_lock_in_place_are_kept(old: Path, root: Path) -> None:
    folder = root / "collections" / "orbs"
    shutil.copytree(old / "old_normal", folder)
    carry_out(plan_adoption(folder, root))
    (folder / "collection.yaml").write_text("title: My own words\n")
    entries = lock.read(folder / "dreams.lock")
    del entries["orb_8_conv2d_3547.png"]
    lock.write(folder / "dreams.lock", entries)
    first = (folder / "dreams.lock").read_text().splitlines()[3]
    adoption = plan_adoption(folder, root)
    carry_out(adoption)
    assert (folder / "collection.yaml").read_text() == "title: My own words\n"
    assert first.rstrip(",") in (folder / "dreams.lock").read_text()
    assert len(lock.read(folder / "dreams.lock")) == 2
    assert "its manifest is kept" in rows(adoption, "collection")[0][1]


def test_a_folder_of_folders_becomes_a_collection_each(old: Path, root: Path, paint: Paint) -> None:
    paint(old / "lenses", "lens_1.png", "lens_2.png", "lens_1_conv2d_95.png")
    paint(old / "lenses" / "late", "l.png")
    paint(old / "lenses" / "thumbs", "small.png")
    paint(old / ".hidden", "h.png")
    adoption = plan_adoption(old, root, readme=old / "README.md")
    carry_out(adoption)
    assert {one.slug: one.title for one in read(root, recorded).collections} == {
        "lenses": "Broken Lenzes",
        "lenses/late": "Late",
        "old_normal": "Old Normal",
    }
    assert adoption.unplaced == ()
    lenses = collection_at(root, "lenses")
    assert [[v.layers for v in piece.variants] for piece in lenses.pieces] == [
        [("conv2d_1",)],
        [("activation_3",)],
    ]


def test_a_folder_with_pictures_and_folders_keeps_them_below_it(root: Path, paint: Paint) -> None:
    paint(root.parent / "orbs", "a.png")
    paint(root.parent / "orbs" / "late", "b.png")
    slugs = [one.slug for one in plan_adoption(root.parent / "orbs", root, slug="x").collections]
    assert slugs == ["x", "x/late"]


def test_an_old_portfolio_can_be_adopted_where_it_lies(root: Path, paint: Paint) -> None:
    paint(root / "orbs", "a.png", "a_conv2d_95.png")
    paint(root / "collections" / "there", "b.png")
    paint(root / "site" / "img", "c.png")
    assert [one.slug for one in plan_adoption(root, root).collections] == ["orbs"]


def test_the_same_dream_twice_is_shown_twice(root: Path, paint: Paint) -> None:
    paint(root.parent / "orbs", "a.png", "a_conv2d_1.png", "a_conv2d_95.png")
    carry_out(plan_adoption(root.parent / "orbs", root))
    (piece,) = collection_at(root, "orbs").pieces
    assert [variant.file for variant in piece.variants] == ["a_conv2d_1.png", "a_conv2d_95.png"]


def test_dreams_without_renders_are_taken_in_as_pictures(root: Path, paint: Paint) -> None:
    paint(root.parent / "orbs", "a_conv2d_95.png", "b_mixed3.png")
    adoption = plan_adoption(root.parent / "orbs", root)
    carry_out(adoption)
    pieces = collection_at(root, "orbs").pieces
    assert [(piece.source, piece.variants) for piece in pieces] == [
        ("a_conv2d_95.png", ()),
        ("b_mixed3.png", ()),
    ]
    assert len(rows(adoption, "unplaced")) == 2


def test_names_of_every_kind_survive(root: Path, paint: Paint) -> None:
    names = ["- it's a #1: 'x' {y}, [z].png", "yes.png", "Élise 日本 🌍.png", "%20 &amp; 2.png"]
    paint(root.parent / "orbs", *names, "yes_conv2d_95.png")
    carry_out(plan_adoption(root.parent / "orbs", root))
    collection = collection_at(root, "orbs")
    assert {piece.source for piece in collection.pieces} == set(names)


def test_a_broken_picture_costs_only_itself(root: Path, paint: Paint) -> None:
    folder = root.parent / "orbs"
    paint(folder, "a.png", "b.png", "b_conv2d_95.png")
    whole = (folder / "b.png").read_bytes()
    (folder / "b.png").write_bytes(whole[:50])
    (folder / "empty.png").touch()
    (folder / "gone.png").symlink_to(folder / "nowhere.png")
    (folder / "scene.blend").write_bytes(b"scene")
    adoption = plan_adoption(folder, root)
    carry_out(adoption)
    assert {piece.source for piece in collection_at(root, "orbs").pieces} == {
        "a.png",
        "b_conv2d_95.png",
    }
    said = "\n".join(says for _, says in rows(adoption, "unplaced"))
    for word in ("b.png is damaged", "empty.png is empty", "gone.png", "scene.blend"):
        assert word in said


def test_links_to_pictures_are_followed_and_links_to_folders_are_not(
    root: Path, paint: Paint
) -> None:
    folder = root.parent / "orbs"
    paint(folder, "a.png")
    paint(folder / "kept", "far.png")
    (folder / "near.png").symlink_to("kept/far.png")
    (folder / "more").symlink_to("kept")
    adoption = plan_adoption(folder, root)
    carry_out(adoption)
    copied = root / "collections" / "orbs" / "near.png"
    assert not copied.is_symlink()
    assert copied.read_bytes() == (folder / "kept" / "far.png").read_bytes()
    assert "more" in rows(adoption, "unplaced")[0][1]


@pytest.mark.parametrize("place", ["orbs", "home/collections/orbs"])
def test_a_link_out_is_named_and_not_taken_in(tmp_path: Path, paint: Paint, place: str) -> None:
    """Whoever gave the folder away may have meant the reader's own pictures with it."""
    root, folder = tmp_path / "home", tmp_path / place
    root.mkdir(exist_ok=True)
    within = root if folder.is_relative_to(root) else folder
    paint(tmp_path / "elsewhere", "far.png")
    paint(folder, "a.png", "b.png")
    paint(folder / "kept", "c.png")
    (folder / "near.png").symlink_to(tmp_path / "elsewhere" / "far.png")
    (folder / "kept" / "near.png").symlink_to(tmp_path / "elsewhere" / "far.png")
    (folder / "again.png").symlink_to("b.png")
    (folder / "kept" / "above.png").symlink_to("../b.png")
    adoption = plan_adoption(folder, root)
    told = [says for _, says in rows(adoption, "unplaced")]
    assert len(told) == 2
    for said in told:
        assert said.startswith(f"near.png is a link that leads out of {within}; put a copy")
    carry_out(adoption)
    sources = [{piece.source for piece in one.pieces} for one in adoption.collections]
    assert sources == [{"a.png", "again.png", "b.png"}, {"above.png", "c.png"}]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_named_and_not_waited_for(root: Path, paint: Paint) -> None:
    folder = root.parent / "orbs"
    paint(folder, "a.png")
    os.mkfifo(folder / "b.png")
    adoption = plan_adoption(folder, root)
    (said,) = [says for _, says in rows(adoption, "unplaced")]
    assert said == "b.png is a named pipe, not a picture; take it out of the collection"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_looked_into_is_told(root: Path, paint: Paint) -> None:
    paint(root.parent / "orbs" / "closed", "a.png")
    (root.parent / "orbs" / "closed").chmod(0)
    with pytest.raises(UsageError, match="closed"):
        plan_adoption(root.parent / "orbs", root)


@pytest.mark.parametrize("slug", ["", "..", "../x", "/x", "a/../b", ".x", "_x", "thumbs", "a\\b"])
def test_a_collection_stays_below_collections(old: Path, root: Path, slug: str) -> None:
    with pytest.raises(UsageError, match="cannot name a collection"):
        plan_adoption(old / "old_normal", root, slug=slug)


def test_what_cannot_be_adopted_is_told(old: Path, root: Path) -> None:
    (old / "empty").mkdir()
    with pytest.raises(UsageError, match="no pictures in"):
        plan_adoption(old / "empty", root)
    with pytest.raises(UsageError, match="nowhere: is not there"):
        plan_adoption(old / "nowhere", root)
    with pytest.raises(UsageError, match="is a file"):
        plan_adoption(old / "README.md", root)
    with pytest.raises(UsageError, match="holds the portfolio itself"):
        plan_adoption(root.parent, root)
    (old / "old_normal" / "collection.yaml").write_text("title: There\n")
    with pytest.raises(
        UsageError, match=r"needs no adopting; copy the whole folder to .*old_normal"
    ):
        plan_adoption(old / "old_normal", root)


def test_a_folder_in_place_takes_no_other_name(old: Path, root: Path) -> None:
    shutil.copytree(old / "old_normal", root / "collections" / "orbs")
    with pytest.raises(UsageError, match="rename the folder"):
        plan_adoption(root / "collections" / "orbs", root, slug="other")


def test_the_manifest_is_plain_yaml(old: Path, root: Path) -> None:
    adoption = plan_adoption(old / "old_normal", root, readme=old / "README.md")
    form = yaml.safe_load(adoption.collections[0].manifest or "")
    assert list(form) == ["title", "description", "model", "recipe", "layers", "pieces"]


def test_a_picture_dropped_in_later_does_not_take_another_networks_layers(
    old: Path, root: Path, paint: Paint
) -> None:
    (root / "portfolio.yaml").write_text("dream: {model: vgg16, layers: [block5_conv3]}\n")
    carry_out(plan_adoption(old / "old_normal", root))
    paint(root / "collections" / "old_normal", "dropped.png")
    pieces = {piece.source: piece for piece in collection_at(root, "old_normal").pieces}
    assert pieces["dropped.png"].variants == ()
    assert pieces["orb_6.png"].variants == ()
