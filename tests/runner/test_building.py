"""The first build makes everything; the second does nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dreamfolio import __version__
from dreamfolio.files import sha256
from dreamfolio.pictures.provenance import read_provenance
from dreamfolio.runner import work
from helpers.home import PORTFOLIO, Home, clean_environment

ORB = "collections/orbs/orb_1_conv_b.png"


def test_build_from_nothing_makes_pictures_readme_and_site(home: Home) -> None:
    said = home.run("build")
    assert said.code == 0, said.everything
    assert "2 dreamed" in said.err
    for name in ("collections/orbs/orb_1_conv_b.png", "collections/orbs/orb_2_conv_b.png"):
        assert home.read(name) != home.read(name.replace("_conv_b", ""))
    assert b"thumbs/" in home.read("README.md")
    assert (home.root / "site/index.html").is_file()
    assert home.leftovers() == []


def test_lock_records_what_each_variant_was_made_by(home: Home) -> None:
    home.run("build")
    text = home.read("collections/orbs/dreams.lock").decode()
    lines = [line for line in text.splitlines() if ".png" in line]
    assert [line.split('"')[1] for line in lines] == ["orb_1_conv_b.png", "orb_2_conv_b.png"]
    entry = home.lock("orbs")["orb_1_conv_b.png"]
    assert re.fullmatch(r"[0-9a-f]{64}", entry["key"])
    assert entry["source"] == "orb_1.png"
    assert entry["layers"] == [{"layer": "conv_b", "weight": 1.0}]
    assert entry["model"] == {"file": "networks/tiny.keras", "preprocess": "unit"}
    assert entry["recipe_asked"] == {"base": "classic", "steps": 2}
    assert entry["recipe"] == {"steps": 2}
    assert entry["output"] == sha256(home.read(ORB))
    assert entry["source_file"] == sha256(home.read("collections/orbs/orb_1.png"))
    assert entry["network_digest"] == sha256(home.read("networks/tiny.keras"))
    assert entry["versions"]["dreamfolio"] == __version__
    assert {"keras", "tensorflow", "look"} <= set(entry["versions"])
    assert str(home.root) not in text


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_lock_records_the_precision_and_it_is_no_part_of_the_key(
    home: Home, precision: str
) -> None:
    assert home.run("dream").code == 0
    keys = {file: entry["key"] for file, entry in home.lock("orbs").items()}
    home.write("portfolio.yaml", f"{PORTFOLIO}  precision: {precision}\n")
    assert "nothing to dream" in home.run("build").err
    assert home.run("dream", "--force").code == 0
    for file, entry in home.lock("orbs").items():
        assert entry["versions"]["precision"] == precision
        assert entry["key"] == keys[file]


@pytest.mark.parametrize(
    "animate", ["", ", animate: {frames: 4}", ", animate: {kind: zoom, frames: 4}"]
)
def test_lock_and_picture_tell_which_channels_a_source_chose(home: Home, animate: str) -> None:
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    variants:\n"
        f'      - {{layers: [conv_a, "conv_b:strongest(2)"]{animate}}}\n',
    )
    assert home.run("dream").code == 0
    lock = home.lock("orbs")
    assert "strongest" not in lock.pop("orb_2_conv_b.png")["versions"]
    assert len(lock) == (2 if animate else 1)
    for file, entry in lock.items():
        told = entry["versions"]["strongest"]
        assert re.fullmatch(r"conv_b:\d,\d", told)
        inside = read_provenance(home.root / "collections/orbs" / file)
        assert inside is not None
        assert inside["versions"]["strongest"] == told
    # What is told is what was dreamed: asked for by number, these channels give the same picture.
    pixels = np.asarray(
        Image.open(home.root / "collections/orbs/orb_1_conv_a+conv_b-strongest2.png")
    )
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    variants:\n"
        f'      - layers: [conv_a, "{told}"]\n        name: same\n',
    )
    assert home.run("dream").code == 0
    [same] = (home.root / "collections/orbs").glob("*~same.png")
    assert np.array_equal(np.asarray(Image.open(same)), pixels)


def test_picture_tells_where_it_came_from(home: Home) -> None:
    home.run("build")
    told = read_provenance(home.root / ORB)
    assert told is not None
    assert told["network"] == "tiny"
    assert told["layers"] == {"conv_b": 1.0}
    assert told["recipe"] == {"base": "classic", "steps": 2}
    assert told["key"] == home.lock("orbs")["orb_1_conv_b.png"]["key"]
    assert str(home.root) not in json.dumps(told)


def test_every_dream_is_in_the_cache(home: Home) -> None:
    home.run("build")
    for entry in home.lock("orbs").values():
        key = entry["key"]
        assert (home.root / ".dreamfolio/cache" / key[:2] / f"{key}.png").is_file()
    assert (home.root / ".dreamfolio/.gitignore").read_text() == "*\n"


def test_second_build_changes_no_file_and_loads_no_tensorflow(home: Home, tmp_path: Path) -> None:
    assert home.run("build").code == 0
    before = home.works()
    spy = tmp_path / "spy"
    spy.mkdir()
    (spy / "sitecustomize.py").write_text(
        "import atexit, sys\n"
        "atexit.register(lambda: print('LOADED', sorted({'tensorflow', 'keras', 'numpy'} & "
        "set(sys.modules))))\n"
    )
    said = home.run_apart("build", env=clean_environment(PYTHONPATH=str(spy)))
    assert said.code == 0, said.everything
    assert "LOADED []" in said.out
    assert "nothing to dream" in said.err
    assert home.works() == before


def test_dream_and_seed_are_the_same_on_every_machine(home: Home, tmp_path: Path) -> None:
    home.run("build")
    first = home.read(ORB)
    home.forget()
    (home.root / ORB).unlink()
    (home.root / "collections/orbs/dreams.lock").unlink()
    home.run("build")
    assert home.read(ORB) == first


def test_the_seed_follows_from_the_key(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds: list[int] = []
    dream = work.dream

    def watched(pixels: Any, recipe: Any, network: Any, seed: int, **options: Any) -> Any:
        seeds.append(seed)
        return dream(pixels, recipe, network, seed, **options)

    monkeypatch.setattr(work, "dream", watched)
    assert home.run("dream").code == 0
    keys = [entry["key"] for _, entry in sorted(home.lock("orbs").items())]
    assert len({*keys}) == 2
    # As every dreamfolio reckons it: with other seeds all that jitters would be another dream.
    assert seeds == [int(key[:16], 16) for key in keys]


def test_a_collections_network_and_recipe_go_before_the_portfolios(home: Home) -> None:
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_2.png\n    variants:\n"
        "      - layers: {conv_a: 1.0, conv_c: 0.5}\n        recipe: {steps: 1}\n"
        "      - conv_a\n",
    )
    assert home.run("build").code == 0
    lock = home.lock("orbs")
    assert set(lock) == {"orb_1_conv_b.png", "orb_2_conv_a+conv_c.png", "orb_2_conv_a.png"}
    entry = lock["orb_2_conv_a+conv_c.png"]
    assert entry["recipe"] == {"steps": 1}
    assert [one["weight"] for one in entry["layers"]] == [1.0, 0.5]


def test_octaves_that_are_too_small_are_passed_over_with_a_word(home: Home) -> None:
    recipe = "recipe: {octaves: 4, scale: 2}"
    home.write("collections/orbs/collection.yaml", f"title: Orbs\nlayers: conv_c\n{recipe}\n")
    said = home.run("build")
    assert said.code == 0, said.everything
    # 20 rows halve to 10, which the layer takes, and to 5, which it does not.
    word = "orb_1_conv_c.png: the 2 smallest octaves are too small for the network, and passed over"
    assert word in said.err


def test_sources_of_odd_sizes_and_kinds_are_dreamed(home: Home) -> None:
    folder = home.root / "collections/odd"
    folder.mkdir()
    ramp = np.linspace(0, 255, 24 * 20).reshape(20, 24)
    Image.fromarray(np.uint16(ramp * 257)).save(folder / "deep.png")
    grey = Image.fromarray(ramp.astype(np.uint8))
    grey.convert("P").save(folder / "palette.png", transparency=0)
    grey.convert("LA").save(folder / "clear.png")
    grey.resize((1, 1)).save(folder / "dot.png")
    grey.resize((300, 3)).convert("RGB").save(folder / "strip.png")
    said = home.run("dream", "odd")
    assert said.code == 0, said.everything
    for name in ("deep", "palette", "clear", "dot", "strip"):
        with (
            Image.open(folder / f"{name}.png") as source,
            Image.open(folder / f"{name}_conv_b.png") as dreamed,
        ):
            assert dreamed.size == source.size
            assert ("A" in dreamed.mode) == (name in ("palette", "clear"))
