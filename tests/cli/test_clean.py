"""``dreamfolio clean``, and the word that other commands have on what pictures tell."""

from __future__ import annotations

import shutil

from helpers.home import Home
from helpers.secrets import WORD, jpeg, png, tiff

LINE = "see: dreamfolio clean"


def told(home: Home) -> Home:
    png(home.root / "collections/orbs/telling.png")
    return home


def test_build_has_one_word_on_new_pictures_and_does_not_repeat_it(home: Home) -> None:
    first = told(home).run("build").err
    assert first.count(LINE) == 1
    assert "1 picture tells paths of a disk" in first
    assert "telling.png: C:\\Users\\gwendolyn\\covid.blend" in first
    assert LINE not in home.run("build").err
    jpeg(home.root / "collections/orbs/photo.jpg")
    assert "2 pictures tell" in home.run("build").err


def test_status_and_doctor_say_it_as_long_as_it_holds(home: Home) -> None:
    told(home).run("status")
    assert home.run("status").err.count(LINE) == 1
    assert LINE not in home.run("status", "--json").everything
    assert LINE in home.run("doctor").out
    text = home.read("portfolio.yaml").decode()
    home.write("portfolio.yaml", f"{text}readme: {{originals: clean}}\n")
    assert LINE not in home.run("status").everything
    assert "leads to clean copies" in home.run("doctor").out


def test_no_word_where_nothing_is_told(home: Home) -> None:
    assert LINE not in home.run("status").everything
    said = home.run("clean")
    assert (said.code, said.out) == (0, "")
    assert "No picture tells" in said.err


def test_each_thing_told_is_listed_and_nothing_is_written(home: Home) -> None:
    before = {path for path in told(home).root.rglob("*") if ".dreamfolio" not in path.parts}
    said = home.run("clean")
    assert said.code == 0
    for text in ("collections/orbs/telling.png", "PNG text File", "52.52° N", f"{WORD}s-laptop"):
        assert text in said.out
    assert "readme: {originals: clean}" in said.err
    assert before == {path for path in home.root.rglob("*") if ".dreamfolio" not in path.parts}


def test_copies_of_a_collection_go_where_one_says(home: Home) -> None:
    out = told(home).root / "out"
    assert home.run("clean", "orbs", "--to", str(out), "--dry-run").code == 0
    assert not out.exists()
    assert home.run("clean", "orbs", "--to", str(out)).code == 0
    assert [path.name for path in out.rglob("*.png")] == ["telling.png"]
    assert WORD.encode() not in (out / "orbs/telling.png").read_bytes()
    assert "0 pictures written" in home.run("clean", "--to", str(out)).err


def test_originals_kept_elsewhere_dream_the_same_dreams_by_their_clean_copies(home: Home) -> None:
    told(home).run("dream")
    orbs, kept = home.root / "collections/orbs", home.root.parent / "originals"
    kept.mkdir()
    for name in ("telling.png", "orb_1.png"):
        shutil.move(orbs / name, kept / name)
    original = (kept / "orb_1.png").read_bytes()
    assert home.run("clean", str(kept), "--to", str(orbs)).code == 0
    assert (orbs / "orb_1.png").read_bytes() == original
    assert WORD.encode() not in (orbs / "telling.png").read_bytes()
    assert WORD.encode() in (kept / "telling.png").read_bytes()
    assert home.run("status", "--check").code == 0
    assert LINE not in home.run("status").err


def test_nothing_that_stands_there_is_overwritten(home: Home) -> None:
    orbs = told(home).root / "collections/orbs"
    before = (orbs / "telling.png").read_bytes()
    said = home.run("clean", str(orbs / "telling.png"), "--to", str(orbs))
    assert said.code == 1
    assert "stands there already" in said.err
    assert (orbs / "telling.png").read_bytes() == before


def test_a_picture_that_cannot_be_cleaned_costs_only_itself(home: Home) -> None:
    told(home)
    tiff(home.root / "collections/orbs/photo.tif")
    out = home.root / "out"
    said = home.run("clean", "--to", str(out))
    assert said.code == 1
    assert "photo.tif" in said.err
    assert "export it as PNG" in said.err
    assert (out / "orbs/telling.png").exists()


def test_a_name_that_is_none_is_told_with_what_might_be_meant(home: Home) -> None:
    said = home.run("clean", "orb")
    assert said.code == 2
    assert "did you mean orbs?" in said.err


def test_what_was_not_looked_into_is_not_taken_to_tell_nothing(home: Home) -> None:
    home.write("photos/portrait.heic", b"a place and a device")
    home.write("photos/notes.txt", "words")
    folder = home.run("clean", "photos")
    assert folder.code == 1
    assert "photos/portrait.heic: was not looked into: it is a HEIC picture; export" in folder.err
    assert "notes.txt" not in folder.err
    alone = home.run("clean", "photos/notes.txt")
    assert alone.code == 1
    assert "photos/notes.txt: was not looked into: it is no picture or video" in alone.err


def test_a_collection_is_all_that_is_nested_in_it(home: Home) -> None:
    (home.root / "collections/series/part").mkdir(parents=True)
    png(home.root / "collections/series/part/nested.png")
    said = told(home).run("clean", "series")
    assert "collections/series/part/nested.png" in said.out
    assert "orbs" not in said.out


def test_the_name_that_is_nothing_is_told_and_no_other(home: Home) -> None:
    png(home.root.parent / "one.png")
    said = home.run("clean", "../one.png", "nosuch")
    assert said.code == 2
    assert said.err == (
        'error: there is no collection, folder or picture "nosuch"; there are orbs\n'
    )


def test_a_collection_and_a_picture_from_elsewhere_may_be_asked_for_together(home: Home) -> None:
    png(home.root.parent / "one.png")
    said = told(home).run("clean", "../one.png", "orbs")
    assert said.code == 0
    assert "../one.png" in said.out
    assert "collections/orbs/telling.png" in said.out


def test_pictures_from_elsewhere_are_told_how_to_be_copied(home: Home) -> None:
    png(home.root.parent / "one.png")
    said = home.run("clean", "../one.png")
    assert "dreamfolio clean … --to DIR" in said.err
    assert "portfolio.yaml" not in said.err
