"""What costs a dream, and what does not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from helpers.home import PORTFOLIO, Home, make_home
from helpers.tiny_network import tiny_network

Dreams = list[tuple[int, int]]


@pytest.fixture
def built(home: Home) -> Home:
    assert home.run("build").code == 0
    return home


def test_touch_costs_nothing(built: Home, dreams: Dreams) -> None:
    for path in built.root.rglob("*"):
        if path.is_file() and ".dreamfolio" not in path.parts:
            os.utime(path, (1, 1))
    assert built.run("build").code == 0
    assert dreams == []
    assert set(built.states().values()) == {"current"}


def test_fresh_clone_costs_nothing(built: Home, dreams: Dreams, tmp_path: Path) -> None:
    clone = Home(tmp_path / "clone")
    shutil.copytree(built.root, clone.root, ignore=shutil.ignore_patterns(".dreamfolio", "site"))
    before = clone.works()
    assert clone.run("build").code == 0
    assert dreams == []
    after = {name: one for name, one in clone.works().items() if not name.startswith("site/")}
    assert after == before


def test_fresh_clone_without_the_network_costs_nothing(built: Home, dreams: Dreams) -> None:
    built.forget()
    (built.root / "networks/tiny.keras").unlink()
    assert built.run("build").code == 0
    assert dreams == []
    assert set(built.states().values()) == {"current"}


def test_metadata_of_the_source_costs_nothing(built: Home, dreams: Dreams) -> None:
    path = built.root / "collections/orbs/orb_1.png"
    words = PngInfo()
    words.add_text("Comment", "looked at again")
    with Image.open(path) as picture:
        picture.load()
    picture.save(path, pnginfo=words)
    assert built.run("build").code == 0
    assert dreams == []
    assert built.states()["orb_1_conv_b.png"] == "current"


def test_renamed_source_costs_nothing(built: Home, dreams: Dreams) -> None:
    folder = built.root / "collections/orbs"
    old = built.read("collections/orbs/orb_1_conv_b.png")
    (folder / "orb_1.png").rename(folder / "moon.png")
    (folder / "orb_1_conv_b.png").rename(folder / "moon_conv_b.png")
    assert built.run("build").code == 0
    assert dreams == []
    assert built.read("collections/orbs/moon_conv_b.png") == old
    assert built.states() == {"moon_conv_b.png": "current", "orb_2_conv_b.png": "current"}
    assert set(built.lock("orbs")) == {"moon_conv_b.png", "orb_2_conv_b.png"}


@pytest.mark.parametrize("cloned", [False, True])
def test_source_renamed_alone_costs_nothing(built: Home, dreams: Dreams, cloned: bool) -> None:
    folder = built.root / "collections/orbs"
    old = built.read("collections/orbs/orb_1_conv_b.png")
    (folder / "orb_1.png").rename(folder / "moon.png")
    if cloned:
        built.forget()
    said = built.run("build")
    assert (said.code, dreams) == (0, [])
    assert built.read("collections/orbs/moon_conv_b.png") == old
    assert built.states()["orb_1_conv_b.png"] == "orphan"
    assert built.read("collections/orbs/orb_1_conv_b.png") == old


def test_changed_pixel_costs_its_own_variant(built: Home, dreams: Dreams) -> None:
    before = built.works()
    path = built.root / "collections/orbs/orb_1.png"
    with Image.open(path) as picture:
        picture.load()
    picture.putpixel((3, 3), (255, 0, 255))
    picture.save(path)
    assert built.states() == {"orb_1_conv_b.png": "stale", "orb_2_conv_b.png": "current"}
    assert "orb_1.png changed" in built.run("status").out
    assert built.run("build").code == 0
    assert len(dreams) == 1
    after = built.works()
    assert after["collections/orbs/orb_1_conv_b.png"] != before["collections/orbs/orb_1_conv_b.png"]
    assert after["collections/orbs/orb_2_conv_b.png"] == before["collections/orbs/orb_2_conv_b.png"]


def test_changed_recipe_costs_its_own_variants(built: Home, dreams: Dreams) -> None:
    built.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_2.png\n    recipe: {steps: 3}\n",
    )
    assert built.states() == {"orb_1_conv_b.png": "current", "orb_2_conv_b.png": "stale"}
    assert "steps 2 → 3" in built.run("status").out
    assert built.run("dream").code == 0
    assert len(dreams) == 1
    assert set(built.states().values()) == {"current"}


def test_changed_weights_cost_the_variants_of_that_network(tmp_path: Path, dreams: Dreams) -> None:
    home = make_home(tmp_path / "home")
    home.write("networks/other.keras", tiny_network())
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_2.png\n"
        "    model: {file: ../../networks/other.keras, preprocess: unit}\n",
    )
    assert home.run("dream").code == 0
    dreams.clear()
    home.write("networks/other.keras", tiny_network(seed=2))
    assert home.states() == {"orb_1_conv_b.png": "current", "orb_2_conv_b.png": "stale"}
    assert home.run("dream").code == 0
    assert len(dreams) == 1


def test_words_in_the_manifest_cost_nothing(built: Home, dreams: Dreams) -> None:
    built.write("portfolio.yaml", PORTFOLIO.replace("Studies", "Other Studies"))
    built.write(
        "collections/orbs/collection.yaml",
        "title: Round\ndescription: Quite round.\npieces:\n  - source: orb_2.png\n    alt: Two.\n",
    )
    assert built.run("build").code == 0
    assert dreams == []


def test_recipe_written_otherwise_but_the_same_costs_nothing(built: Home, dreams: Dreams) -> None:
    built.write(
        "portfolio.yaml", PORTFOLIO.replace("steps: 2", "steps: 2, step_size: 0.01, octaves: 1")
    )
    assert built.run("build").code == 0
    assert dreams == []


def test_moved_cache_and_lost_memory_cost_nothing(built: Home, dreams: Dreams) -> None:
    built.write("portfolio.yaml", PORTFOLIO + "cache: elsewhere\n")
    built.forget()
    assert built.run("build").code == 0
    assert dreams == []
