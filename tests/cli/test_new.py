"""``dreamfolio new``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dreamfolio.content.read import read
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.pocket import BEST_LAYER
from helpers.home import Home


def test_new_portfolio_can_be_built_at_once(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "my_dreams"
    folder.mkdir()
    said = home.run("new", "portfolio", cwd=folder)
    assert said.code == 0
    assert "portfolio.yaml is written" in said.out
    fresh = read(folder)
    assert fresh.title == "My dreams"
    fresh_home = Home(folder)
    assert fresh_home.run("build").code == 0
    assert fresh_home.run("new", "tide_pool").code == 0
    fresh_home.paint("collections/tide_pool/crab.png", seed=1)
    assert set(fresh_home.states().values()) <= {"missing", "pending"}
    assert len(fresh_home.states()) == 1, "a dropped picture is to be dreamed"


def test_new_portfolio_dreams_with_the_network_in_the_box(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    folder.mkdir()
    home.run("new", "portfolio", cwd=folder)
    written = yaml.safe_load((folder / "portfolio.yaml").read_text())["dream"]
    assert written["model"] == "pocket"
    assert written["layers"] == [BEST_LAYER]
    catalogue = catalogue_of(NetworkReference(name=written["model"]))
    assert catalogue is not None
    assert BEST_LAYER in {layer.name for layer in catalogue.layers}


def test_new_portfolio_keeps_the_built_site_out_of_git(home: Home, tmp_path: Path) -> None:
    for name, ignored in (("fresh", "site"), ("with_its_own", "*.blend1")):
        (tmp_path / name).mkdir()
        if name != "fresh":
            (tmp_path / name / ".gitignore").write_text("*.blend1\n")
        home.run("new", "portfolio", cwd=tmp_path / name)
        written = (tmp_path / name / ".gitignore").read_text()
        assert written.splitlines()[-1].strip("/") == ignored


def test_new_collection_tells_of_motifs_that_are_there(home: Home) -> None:
    home.run("new", "tide_pool")
    manifest = home.root / "collections/tide_pool/collection.yaml"
    assert "motifs: [tentacle]" in manifest.read_text()
    home.paint("collections/tide_pool/render.png", seed=1)
    # What stands there as a comment is right once the marks are taken away.
    lines = manifest.read_text().replace("\n# ", "\n").splitlines()
    manifest.write_text("\n".join(line for line in lines if not line.startswith("layers:")))
    home.write("portfolio.yaml", "title: x\ndream: {model: pocket}\n")
    assert "motif-tentacle" in home.run("status", "--json").out


def test_portfolio_that_is_there_is_left_alone(home: Home) -> None:
    before = home.tree()
    said = home.run("new", "portfolio")
    assert said.code == 2
    assert "portfolio.yaml: " in said.err
    assert home.tree() == before


def test_new_collection(home: Home) -> None:
    said = home.run("new", "tide_pool", "--title", "Tide: Pool #1")
    assert said.code == 0
    [made] = [one for one in read(home.root).collections if one.slug == "tide_pool"]
    assert made.title == "Tide: Pool #1"
    assert home.run("build").code == 0


def test_new_nested_collection(home: Home) -> None:
    assert home.run("new", "collections/trips/north/").code == 0
    assert "trips/north" in [one.slug for one in read(home.root).collections]


@pytest.mark.parametrize("name", ["..", "a/../../b", "/etc", ".hidden", "_x", "thumbs", "", "/"])
def test_names_that_would_not_do(home: Home, name: str) -> None:
    before = home.tree()
    said = home.run("new", name)
    assert said.code == 2, said.everything
    assert said.err.startswith("error: ")
    assert home.tree() == before


def test_collection_that_is_there_is_left_alone(home: Home) -> None:
    home.run("new", "orbs")
    before = home.tree()
    said = home.run("new", "orbs")
    assert said.code == 2
    assert "there already" in said.err
    assert home.tree() == before


def test_folder_that_cannot_be_written_to(home: Home) -> None:
    home.write("collections/file", "not a folder")
    said = home.run("new", "file/inner")
    assert said.code == 1
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
