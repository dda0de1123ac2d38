"""``dreamfolio status``, and the dry runs that show the same."""

from __future__ import annotations

import json

import pytest

from helpers.home import PORTFOLIO, Home


@pytest.fixture
def varied(home: Home) -> Home:
    """One variant in each state."""
    for number in range(3, 9):
        home.paint(f"collections/orbs/orb_{number}.png", seed=number)
    home.paint("collections/orbs/orb_3_conv_b.png", seed=99)
    assert home.run("dream").code == 0
    home.paint("collections/orbs/orb_4_conv_b.png", seed=98)
    (home.root / "collections/orbs/orb_5_conv_b.png").unlink()
    (home.root / "collections/orbs/orb_6.png").unlink()
    home.write(
        "collections/orbs/collection.yaml",
        "title: The Orbs\npieces:\n  - source: orb_7.png\n    recipe: {steps: 3}\n"
        "  - source: orb_8.png\n"
        "    variants: [{layers: conv_a, model: {file: absent.keras, preprocess: unit}}]\n",
    )
    home.paint("collections/orbs/orb_9.png", seed=9)
    return home


STATES = {
    "orb_1_conv_b.png": "current",
    "orb_2_conv_b.png": "current",
    "orb_3_conv_b.png": "adopted",
    "orb_4_conv_b.png": "retouched",
    "orb_5_conv_b.png": "restorable",
    "orb_6_conv_b.png": "orphan",
    "orb_7_conv_b.png": "stale",
    "orb_8_conv_a.png": "pending",
    "orb_8_conv_b.png": "orphan",
    "orb_9_conv_b.png": "missing",
}


def test_every_state_is_told_with_its_reason(varied: Home) -> None:
    assert varied.states() == STATES
    rows = varied.run("status").out.splitlines()
    for file, reason in {
        "orb_1_conv_b.png": "as recorded",
        "orb_3_conv_b.png": "adopted: kept",
        "orb_4_conv_b.png": "changed by hand since it was dreamed: kept",
        "orb_5_conv_b.png": "it was deleted: in the cache",
        "orb_6_conv_b.png": "its render orb_6.png is not here any more",
        "orb_7_conv_b.png": "recipe: steps 2 → 3",
        "orb_8_conv_a.png": "absent.keras is not here",
        "orb_9_conv_b.png": "not dreamed yet",
    }.items():
        [row] = [row for row in rows if f"/{file} " in row]
        assert row.startswith(STATES[file])
        assert reason in row
    assert rows[-1].startswith("10 variants: ")


def test_json_has_the_agreed_form(varied: Home) -> None:
    data = json.loads(varied.run("status", "--json").out)
    assert list(data) == ["collections", "variants", "counts"]
    assert data["collections"] == [{"slug": "orbs", "title": "The Orbs"}]
    assert data["counts"] == {
        "adopted": 1,
        "current": 2,
        "missing": 1,
        "orphan": 2,
        "pending": 1,
        "restorable": 1,
        "retouched": 1,
        "stale": 1,
    }
    keys = ["collection", "source", "file", "model", "layers", "recipe", "state", "reason"]
    for one in data["variants"]:
        assert list(one) == keys
    [stale] = [one for one in data["variants"] if one["state"] == "stale"]
    assert stale == {
        "collection": "orbs",
        "source": "collections/orbs/orb_7.png",
        "file": "collections/orbs/orb_7_conv_b.png",
        "model": "tiny",
        "layers": ["conv_b"],
        "recipe": {"base": "classic", "steps": 3},
        "state": "stale",
        "reason": "recipe: steps 2 → 3",
    }


def test_json_is_json_whatever_goes_wrong_beside_it(varied: Home) -> None:
    varied.write("nowhere", "a file where the cache should be")
    varied.write("portfolio.yaml", PORTFOLIO + "cache: nowhere\n")
    said = varied.run("status", "--json")
    assert said.code == 0
    json.loads(said.out)
    assert "nowhere" in said.err


def test_check_exits_with_1_while_something_is_to_be_done(home: Home) -> None:
    assert home.run("status", "--check").code == 1
    assert home.run("status").code == 0
    home.run("dream")
    assert home.run("status", "--check").code == 0


def test_dry_runs_show_what_a_run_would_do_and_write_nothing(varied: Home) -> None:
    to_do = {"restorable", "stale", "pending", "missing"}
    before = varied.works()
    for command in ("build", "dream"):
        said = varied.run(command, "--dry-run")
        assert said.code == 0
        rows = [row for row in said.out.splitlines() if ".png" in row]
        shown = {row.split()[1].rpartition("/")[2]: row.split()[0] for row in rows}
        assert shown == {file: state for file, state in STATES.items() if state in to_do}
        assert "4 variants to be made, 6 kept as they are" in said.out
    assert varied.works() == before


def test_forced_dry_run_shows_what_force_would_replace(varied: Home) -> None:
    before = varied.works()
    said = varied.run("dream", "--force", "--dry-run")
    rows = [row for row in said.out.splitlines() if "forced" in row]
    assert {row.split()[1].rpartition("/")[2] for row in rows} == {
        "orb_1_conv_b.png",
        "orb_2_conv_b.png",
        "orb_4_conv_b.png",
    }
    [lost] = [row for row in rows if "changed by hand is replaced" in row]
    assert "orb_4_conv_b.png" in lost
    assert varied.works() == before


def test_status_changes_nothing_of_the_artists(varied: Home) -> None:
    varied.forget()
    before = varied.works()
    varied.run("status")
    assert varied.works() == before


@pytest.mark.parametrize("command", ["status", "dream", "build"])
def test_nothing_to_show_says_what_to_do(home: Home, command: str) -> None:
    home.write("portfolio.yaml", "title: Quiet\n")
    said = home.run(command)
    assert said.code == 0
    assert "layers" in said.err
    empty = home.root.parent / "empty"
    (empty / "collections").mkdir(parents=True)
    assert "Drop pictures into" in home.run("--root", str(empty), command).err
    home.write("portfolio.yaml", "title: Quiet\ndream: {layers: [stage4_3], recipe: {steps: 1}}\n")
    assert "Drop pictures into" not in home.run(command).err


def test_who_has_no_picture_yet_is_not_sent_to_look_for_layers(home: Home) -> None:
    home.write("collections/orbs/collection.yaml", "title: Orbs\n")
    for picture in (home.root / "collections/orbs").glob("*.png"):
        picture.unlink()
    said = home.run("status")
    assert said.code == 0
    assert "No collection holds a picture yet" in said.err
    assert "layers" not in said.err


def test_a_picture_beside_the_collections_is_named(home: Home) -> None:
    home.paint("collections/loose.png")
    said = "1 file is not shown: collections/loose.png is in no collection (move it into a folder"
    assert said in home.run("status").err


def test_layers_may_be_written_where_status_says(home: Home) -> None:
    home.write("portfolio.yaml", "title: Quiet\n")
    assert "Write dream: {layers: […]} into portfolio.yaml" in home.run("status").err
    home.write("portfolio.yaml", "title: Quiet\ndream: {layers: [stage4_3]}\n")
    assert set(home.states()) == {"orb_1_stage4_3.png", "orb_2_stage4_3.png"}


def test_legacy_names_show_what_they_were_read_as(home: Home) -> None:
    home.write("portfolio.yaml", "title: Old\ndream: {recipe: {base: classic, steps: 2}}\n")
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n"
        "    variants: [orb_1_conv2d_1380activation_1399.png, activation_2482]\n"
        "  - source: orb_2.png\n    variants: []\n",
    )
    said = home.run("status")
    assert said.code == 0, said.everything
    assert "orb_1_conv2d_64+activation_83.png" in said.out
    assert "conv2d_64 + activation_83" in said.out
    assert "(asked for as orb_1_conv2d_1380activation_1399.png)" in said.out
    assert "orb_1_activation_38.png" in said.out
    assert "(asked for as activation_2482)" in said.out
    before = home.tree()
    said = home.run("dream", "--dry-run", "--only", "orb_1_conv2d_1380*")
    assert "1 variant to be made" in said.out
    assert home.tree() == before


def test_who_has_orphans_is_told_how_to_put_them_away(varied: Home) -> None:
    assert "dreamfolio gc --orphans" in varied.run("status").err
    varied.run("gc", "--orphans")
    assert "gc --orphans" not in varied.run("status").err


def test_orphans_say_what_dreamed_them(varied: Home) -> None:
    [row] = [row for row in varied.run("status").out.splitlines() if "orb_6_conv_b.png" in row]
    assert "tiny conv_b" in row


def test_a_merge_conflict_is_told_with_its_mend_and_other_collections_are_shown(home: Home) -> None:
    home.paint("collections/moons/moon.png", seed=9)
    text = "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n"
    home.write("collections/orbs/dreams.lock", text)
    said = home.run("status")
    assert said.code == 2
    (line,) = (line for line in said.err.splitlines() if line.startswith("error: "))
    assert "collections/orbs/dreams.lock:1: holds an unresolved merge conflict" in line
    assert "keep each variant's line once" in line
    assert "moon_conv_b.png" in said.out
    assert "orb_1" not in said.out
    data = home.run("status", "--json")
    assert (data.code, data.out) == (2, "")
