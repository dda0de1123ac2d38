"""``dreamfolio gc`` drops what dreamfolio wrote and nothing needs, and nothing else."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from dreamfolio.files import part_name, sha256
from dreamfolio.plan.task import State
from dreamfolio.store import lock as locks
from dreamfolio.store.cache import Cache
from helpers.endured import Portfolio, files
from helpers.home import Home
from helpers.portfolio import Tree, paint

DAY = 86400.0
NOBODYS = "ab" * 32


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return Portfolio(tmp_path_factory.mktemp("gc"))


@pytest.fixture
def home(made: Portfolio) -> Home:
    """A portfolio that was built, with an orphan, a retouched and an adopted picture."""
    made.reset()
    assert made.home.run("build").code == 0
    return made.home


def cache_of(home: Home) -> Cache:
    return Cache(str(home.root / "kept"))


def age(home: Home, days: float) -> None:
    """As if all that lies in the cache had been kept so many days ago."""
    then = time.time() - days * DAY
    for path in (home.root / "kept").rglob("*.png"):
        os.utime(path, (then, then))


def test_a_cached_dream_that_nothing_needs_goes_after_a_month(home: Home) -> None:
    cache = cache_of(home)
    cache.put(NOBODYS, ".png", b"tried, and left")
    there = {key for key, _ in cache.keys()}  # noqa: SIM118
    young = home.run("gc")
    assert "nothing to drop" in young.err
    assert "kept: 2 cached dreams that nothing needs now, young as yet" in young.err
    assert cache.get(NOBODYS, ".png") is not None
    age(home, 31)
    said = home.run("gc")
    assert said.code == 0
    # The other one is that of a source before it was redone.
    assert "2 files dropped" in said.err
    left = {key for key, _ in cache.keys()}  # noqa: SIM118
    assert NOBODYS not in left
    recorded = {
        entry.key
        for lock in home.root.glob("collections/*/dreams.lock")
        for entry in locks.read(lock).values()
    }
    assert there & recorded <= left


def test_the_age_can_be_told(home: Home) -> None:
    cache_of(home).put(NOBODYS, ".png", b"tried, and left")
    age(home, 3)
    assert "nothing to drop" in home.run("gc", "--older-than", "1w").err
    assert "2 files would be dropped" in home.run("gc", "--older-than", "48h", "--dry-run").err
    assert "2 files dropped" in home.run("gc", "--older-than", "0").err
    said = home.run("gc", "--older-than", "soon")
    assert said.code == 2
    assert "30d" in said.err


def test_dry_run_changes_nothing(home: Home) -> None:
    waste(home)
    age(home, 40)
    before = files(home.root), parts(home)
    said = home.run("gc", "--dry-run", "--orphans")
    assert said.code == 0
    assert "old_mixed4.png" in said.out
    assert (files(home.root), parts(home)) == before


def test_a_shared_cache_is_left_alone_unless_that_is_asked_for(home: Home, tmp_path: Path) -> None:
    shared = Cache(str(tmp_path / "shared"))
    shared.put(NOBODYS, ".png", b"another portfolio's")
    text = home.read("portfolio.yaml").decode().replace("cache: kept", f"cache: {shared.url}")
    home.write("portfolio.yaml", text)
    said = home.run("gc", "--older-than", "0")
    assert "other portfolios may need" in said.err
    assert shared.get(NOBODYS, ".png") is not None
    assert home.run("gc", "--older-than", "0", "--shared").code == 0
    assert shared.get(NOBODYS, ".png") is None


def test_nothing_goes_from_the_cache_while_a_source_cannot_be_read(home: Home) -> None:
    """Its dreams may well be those that seem to be nobody's."""
    cache_of(home).put(NOBODYS, ".png", b"whose?")
    home.write("collections/days/new.png", b"half an export")
    said = home.run("gc", "--older-than", "0")
    assert "new_mixed3.png" in said.err
    assert cache_of(home).get(NOBODYS, ".png") is not None


def test_an_orphan_stays_until_it_is_asked_for_and_then_can_come_back(home: Home) -> None:
    name = "collections/days/old_mixed4.png"
    picture = home.read(name)
    plain = home.run("gc")
    assert "1 dream that no manifest asks for any more (to put it away: --orphans)" in plain.err
    assert home.read(name) == picture
    said = home.run("gc", "--orphans", "--older-than", "30d")
    assert f"dropped {name}" in said.out
    assert not (home.root / name).exists()
    # The next build forgets it, and still it lies in the cache for a month.
    assert home.run("build").code == 0
    assert home.run("gc").code == 0
    assert cache_of(home).get(sha256(b"old_mixed4.png"), ".png") == picture


def test_an_orphan_that_its_artist_changed_is_kept_and_named(home: Home) -> None:
    name = "collections/days/old_mixed4.png"
    paint(home.root / name, 99)
    mine = home.read(name)
    said = home.run("gc", "--orphans")
    assert f"{name}, which was changed by hand" in said.err
    assert home.read(name) == mine


def test_an_orphan_from_before_dreamfolio_is_kept_and_named(home: Home) -> None:
    name = "collections/nights/moth_mixed5.png"
    (home.root / "collections/nights/moth.png").unlink()
    mine = home.read(name)
    said = home.run("gc", "--orphans", "--older-than", "0")
    assert said.code == 0
    assert f"kept: {name}, which was here before dreamfolio" in said.err
    assert home.read(name) == mine


def test_an_orphan_is_kept_where_the_cache_does_not_take_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "collections/days/old_mixed4.png"

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Cache, "put", full)
    said = home.run("gc", "--orphans")
    assert said.code == 1
    assert "No space left" in said.err
    assert (home.root / name).exists()


def test_thumbnails_of_what_is_gone_go_and_handmade_ones_stay(home: Home) -> None:
    thumbs = home.root / "collections/days/thumbs"
    mine = paint(thumbs / "mine.png.webp", 5).read_bytes()
    kept = home.read("collections/nights/thumbs/lamp_mixed3.png.webp")
    home.write("README.md", "# Mine\n\nNo pictures any more.\n")
    said = home.run("gc")
    assert "dropped collections/days/thumbs/dusk_mixed3.png.webp" in said.out
    assert sorted(path.name for path in thumbs.glob("*.webp")) == ["mine.png.webp"]
    assert (thumbs / "mine.png.webp").read_bytes() == mine
    assert home.read("collections/nights/thumbs/lamp_mixed3.png.webp") == kept


def test_checkpoints_of_dreams_that_nobody_waits_for_go(home: Home) -> None:
    surveyed = Tree.survey(home)  # type: ignore[arg-type]
    done = next(task.key for task in surveyed.tasks if task.state is State.CURRENT)
    text = home.read("portfolio.yaml").decode()
    home.write("portfolio.yaml", text.replace("[mixed3]", "[mixed3, mixed4]"))
    surveyed = Tree.survey(home)  # type: ignore[arg-type]
    wanted = next(one.key for one in surveyed.tasks if one.state in (State.MISSING, State.PENDING))
    for key in (wanted, done, NOBODYS):
        home.write(f".dreamfolio/dreaming/{key}-float32.npz", b"half a dream")
        home.write(f".dreamfolio/dreaming/{key}-float32/0.npz", b"its first state")
    mine = home.write(".dreamfolio/dreaming/notes.txt", "mine")
    assert "4 files dropped, 54 B" in home.run("gc").err
    left = {path.name for path in (home.root / ".dreamfolio/dreaming").iterdir()}
    assert left == {f"{wanted}-float32.npz", f"{wanted}-float32", "notes.txt"}
    assert mine.read_text() == "mine"


def test_after_it_a_build_makes_nothing_anew(home: Home) -> None:
    waste(home)
    age(home, 400)
    before = files(home.root)
    assert home.run("gc", "--older-than", "0").code == 0
    said = home.run("build")
    assert said.code == 0
    assert "README.md: up to date" in said.err
    assert "site/: up to date" in said.err
    after = files(home.root)
    assert {name: data for name, data in before.items() if not name.startswith("kept/")} == {
        name: data for name, data in after.items() if not name.startswith("kept/")
    }


@pytest.mark.parametrize("seed", range(6))
def test_no_file_that_it_did_not_write_ever_goes(home: Home, seed: int) -> None:
    """Files of somebody's own, strewn everywhere under names that look like dreamfolio's."""
    chance = random.Random(seed)
    folders = sorted({path.parent for path in home.root.rglob("*") if path.is_file()})
    hexes = f"{chance.getrandbits(256):064x}"
    names = [
        f"{hexes}.png",
        f"{hexes[:8]}.npz",
        f"{hexes}-float32.txt",
        "dream.part",
        ".dreamfolio-notes.txt",
        "thumbs.json.bak",
        "away.png.webp",
        "digests.json.old",
        f"x_{hexes[:6]}.webp",
    ]
    strewn = {}
    for name in names:
        file = chance.choice(folders) / name
        if not file.exists() and file.parent.name != hexes[:2]:
            file.write_bytes(chance.randbytes(chance.randrange(40)))
            strewn[file] = file.read_bytes()
    waste(home)
    age(home, 400)
    ours = home.run("gc", "--older-than", "0", "--orphans")
    assert "dropped" in ours.out
    assert {file: file.read_bytes() for file in strewn if file.exists()} == strewn


def waste(home: Home) -> None:
    """Something of each kind that nothing needs."""
    cache_of(home).put(NOBODYS, ".png", b"tried, and left")
    home.write(f".dreamfolio/dreaming/{NOBODYS}-float32.npz", b"half a dream")
    home.write(f"site/{part_name('abc')}", b"half a page")
    home.write(f"kept/ab/{part_name('abc')}", b"half a dream")


def parts(home: Home) -> list[str]:
    return sorted(path.name for path in home.root.rglob("*.part"))


def test_unfinished_files_go(home: Home) -> None:
    waste(home)
    assert len(parts(home)) == 2
    home.run("gc")
    assert parts(home) == []


def test_a_link_is_not_followed(home: Home, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    foreign = elsewhere / part_name("abc")
    foreign.write_bytes(b"being written")
    (home.root / "collections/linked").symlink_to(elsewhere)
    home.run("gc", "--older-than", "0", "--orphans")
    assert foreign.exists()
