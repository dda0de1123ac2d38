"""Pictures that come back, or are shared, without a dream."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dreamfolio.runner.carry_out import carry_out
from dreamfolio.runner.outcome import Outcome
from dreamfolio.survey import survey
from helpers.bucket import new_bucket
from helpers.home import PORTFOLIO, Home, make_home

Dreams = list[tuple[int, int]]
ORB = "collections/orbs/orb_1_conv_b.png"


def test_deleted_variant_comes_back_byte_for_byte(home: Home, dreams: Dreams) -> None:
    home.run("build")
    old = home.read(ORB)
    lock = home.read("collections/orbs/dreams.lock")
    dreams.clear()
    (home.root / ORB).unlink()
    assert home.states()["orb_1_conv_b.png"] == "restorable"
    said = home.run("build")
    assert said.code == 0
    assert "1 restored" in said.err
    assert dreams == []
    assert home.read(ORB) == old
    assert home.read("collections/orbs/dreams.lock") == lock


def test_reverted_recipe_comes_back_from_the_cache(home: Home, dreams: Dreams) -> None:
    home.run("dream")
    old = home.read(ORB)
    home.write("portfolio.yaml", PORTFOLIO.replace("steps: 2", "steps: 3"))
    home.run("dream")
    assert home.read(ORB) != old
    dreams.clear()
    home.write("portfolio.yaml", PORTFOLIO)
    assert home.run("dream").code == 0
    assert dreams == []
    assert home.read(ORB) == old


def test_reverted_recipe_comes_back_in_a_fresh_clone(home: Home, dreams: Dreams) -> None:
    home.run("dream")
    old = home.read(ORB)
    home.forget()
    home.write("portfolio.yaml", PORTFOLIO.replace("steps: 2", "steps: 3"))
    home.run("dream")
    home.write("portfolio.yaml", PORTFOLIO)
    dreams.clear()
    assert home.run("dream").code == 0
    assert dreams == []
    assert home.read(ORB) == old


def test_deleted_variant_comes_back_where_the_network_is_gone(home: Home, dreams: Dreams) -> None:
    home.run("dream")
    old = home.read(ORB)
    (home.root / ORB).unlink()
    (home.root / "networks/tiny.keras").unlink()
    dreams.clear()
    assert home.run("dream").code == 0
    assert dreams == []
    assert home.read(ORB) == old


def test_what_comes_back_is_recorded_as_it_was(home: Home, dreams: Dreams) -> None:
    home.run("dream")
    whole = home.lock("orbs")
    lines = home.read("collections/orbs/dreams.lock").decode().splitlines(keepends=True)
    # As after a merge that lost a line; the picture itself still tells what it was made with.
    home.write(
        "collections/orbs/dreams.lock",
        "".join(line for line in lines if "orb_2" not in line).replace("},\n }", "}\n }"),
    )
    (home.root / "collections/orbs/orb_2_conv_b.png").unlink()
    (home.root / "networks/tiny.keras").unlink()
    dreams.clear()
    assert home.run("dream").code == 0
    assert dreams == []
    assert home.lock("orbs") == whole


def test_lost_cache_costs_nothing_while_all_is_current(home: Home, dreams: Dreams) -> None:
    home.run("build")
    shutil.rmtree(home.root / ".dreamfolio/cache")
    dreams.clear()
    before = home.works()
    assert home.run("build").code == 0
    assert dreams == []
    assert home.works() == before


def test_damaged_cache_entry_is_dreamed_anew_and_alike(home: Home, dreams: Dreams) -> None:
    home.run("dream")
    old = home.read(ORB)
    key = home.lock("orbs")["orb_1_conv_b.png"]["key"]
    entry = home.root / ".dreamfolio/cache" / key[:2] / f"{key}.png"
    damaged = bytearray(entry.read_bytes())
    damaged[100] ^= 255
    entry.write_bytes(damaged)
    (home.root / ORB).unlink()
    dreams.clear()
    assert home.run("dream").code == 0
    assert len(dreams) == 1
    assert home.read(ORB) == old


def test_identical_renders_are_dreamed_once(home: Home, dreams: Dreams) -> None:
    source = home.root / "collections/orbs/orb_1.png"
    shutil.copy(source, home.root / "collections/orbs/orb_3.png")
    (home.root / "collections/more").mkdir()
    shutil.copy(source, home.root / "collections/more/again.png")
    said = home.run("dream")
    assert said.code == 0
    assert len(dreams) == 2
    assert "2 dreamed, 2 restored" in said.err
    assert home.read(ORB) == home.read("collections/orbs/orb_3_conv_b.png")
    assert home.read(ORB) == home.read("collections/more/again_conv_b.png")
    assert set(home.states().values()) == {"current"}


def test_identical_renders_are_dreamed_once_where_nothing_can_be_cached(
    home: Home, dreams: Dreams
) -> None:
    home.write("nowhere", "a file where the cache should be")
    home.write("portfolio.yaml", PORTFOLIO + "cache: nowhere\n")
    source = home.root / "collections/orbs/orb_1.png"
    shutil.copy(source, home.root / "collections/orbs/orb_3.png")
    assert home.run("dream").code == 0
    assert len(dreams) == 2
    assert home.read(ORB) == home.read("collections/orbs/orb_3_conv_b.png")


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_other_formats_come_back_too(home: Home, dreams: Dreams, suffix: str) -> None:
    home.paint(f"collections/orbs/photo{suffix}", seed=9)
    assert home.run("dream").code == 0
    made = [name for name in home.lock("orbs") if name.startswith("photo_")]
    assert len(made) == 1
    path = home.root / "collections/orbs" / made[0]
    old = path.read_bytes()
    path.unlink()
    dreams.clear()
    assert home.run("dream").code == 0
    assert dreams == []
    assert path.read_bytes() == old


def test_a_cache_shared_by_url_serves_another_portfolio(home: Home, dreams: Dreams) -> None:
    shared = (home.root.parent / "shared").as_uri()
    home.write("portfolio.yaml", f"{PORTFOLIO}cache: {shared}\n")
    home.run("dream")
    dreams.clear()
    other = Home(home.root.parent / "other")
    shutil.copytree(home.root, other.root, ignore=shutil.ignore_patterns("*_conv_b*", "*.lock"))
    assert other.run("dream").code == 0
    assert dreams == []
    assert other.read(ORB) == home.read(ORB)


def test_dream_of_a_network_that_is_fetched_only_now_may_be_in_the_cache(
    home: Home, dreams: Dreams
) -> None:
    home.run("dream")
    old = home.read(ORB)
    network = home.read("networks/tiny.keras")
    for name in (ORB, "collections/orbs/dreams.lock", "networks/tiny.keras"):
        (home.root / name).unlink()
    dreams.clear()
    surveyed = survey(home.root)
    tasks = [task for task in surveyed.tasks if task.file == "orb_1_conv_b.png"]
    assert [task.key for task in tasks] == [None]
    home.write("networks/tiny.keras", network)
    outcome = Outcome()
    carry_out(surveyed, tasks, outcome)
    assert outcome.ok
    assert (outcome.restored, dreams) == (tasks, [])
    assert home.read(ORB) == old
    assert home.lock("orbs")["orb_1_conv_b.png"]["versions"]["look"]


def test_variants_that_change_places_are_not_dreamed_even_without_a_cache(
    home: Home, dreams: Dreams
) -> None:
    one, other = (
        "{layers: [conv_b]}",
        "{layers: [conv_b], recipe: {base: classic, steps: 1}}",
    )
    manifest = "title: Orbs\npieces:\n  - source: orb_1.png\n    variants: [%s, %s]\n"
    home.write("collections/orbs/collection.yaml", manifest % (one, other))
    home.run("dream")
    before = {name for name in home.states() if name.startswith("orb_1_conv_b")}
    pictures = {home.read(f"collections/orbs/{name}") for name in before}
    assert len(pictures) == 2
    shutil.rmtree(home.root / ".dreamfolio")
    dreams.clear()
    home.write("collections/orbs/collection.yaml", manifest % (other, one))
    said = home.run("dream")
    assert said.code == 0, said.err
    assert dreams == []
    after = {name for name in home.states() if name.startswith("orb_1_conv_b")}
    assert {home.read(f"collections/orbs/{name}") for name in after} >= pictures


def test_picture_that_a_cut_off_build_did_not_record_is_published_as_what_it_is(
    home: Home,
) -> None:
    home.run("build")
    whole = {name: data for name, (_, data) in home.works().items()}
    (home.root / "collections/orbs/dreams.lock").unlink()
    shutil.rmtree(home.root / "site")
    home.run("build")
    assert {name: data for name, (_, data) in home.works().items()} == whole


def test_a_bucket_is_shared_by_two_machines(home: Home, dreams: Dreams, tmp_path: Path) -> None:
    shared = f"{PORTFOLIO}cache: s3://{new_bucket()}/dreams\n"
    home.write("portfolio.yaml", shared)
    assert home.run("build").code == 0
    assert len(dreams) == 2
    dreams.clear()
    laptop = make_home(tmp_path / "laptop", shared)
    said = laptop.run("build")
    assert said.code == 0, said.everything
    assert "2 restored" in said.err
    assert dreams == []
    assert laptop.read(ORB) == home.read(ORB)


def test_a_bucket_that_is_away_costs_no_dream(home: Home, dreams: Dreams) -> None:
    new_bucket()  # so that the server is asked, and nobody else's
    home.write("portfolio.yaml", f"{PORTFOLIO}cache: s3://there-is-no-such-bucket/dreams\n")
    said = home.run("build")
    assert len(dreams) == 2
    assert home.read(ORB)
    assert "Traceback" not in said.everything
