"""Pictures that are the artist's own are never overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.home import Home

Dreams = list[tuple[int, int]]
ORB = "collections/orbs/orb_1_conv_b.png"


def test_retouched_variant_is_kept_and_told(home: Home, dreams: Dreams) -> None:
    home.run("build")
    mine = home.paint(ORB, seed=77).read_bytes()
    dreams.clear()
    assert home.states()["orb_1_conv_b.png"] == "retouched"
    said = home.run("build")
    assert said.code == 0
    assert "1 retouched by hand and kept" in said.err
    assert dreams == []
    assert home.read(ORB) == mine
    assert home.states()["orb_1_conv_b.png"] == "retouched"


def test_retouched_variant_is_kept_though_its_recipe_changed(home: Home) -> None:
    home.run("dream")
    mine = home.paint(ORB, seed=77).read_bytes()
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    recipe: {steps: 3}\n",
    )
    assert home.run("dream").code == 0
    assert home.read(ORB) == mine


def test_force_replaces_a_retouched_variant(home: Home) -> None:
    home.run("dream")
    dreamed = home.read(ORB)
    home.paint(ORB, seed=77)
    assert home.run("dream", "--only", "orb_1*", "--force").code == 0
    assert home.read(ORB) == dreamed
    assert home.states()["orb_1_conv_b.png"] == "current"


def test_force_dreams_again_what_was_asked_for_alone(home: Home, dreams: Dreams) -> None:
    home.run("dream")
    dreams.clear()
    assert home.run("dream", "--force", "--only", "orb_2_*").code == 0
    assert len(dreams) == 1


def test_picture_that_stood_there_first_is_adopted(home: Home, dreams: Dreams) -> None:
    mine = home.paint(ORB, seed=77).read_bytes()
    for arguments in (["build"], ["build"], ["build", "--force"], ["dream", "--force"]):
        said = home.run(*arguments)
        assert said.code == 0
        assert "1 adopted and kept" in said.err
        assert home.read(ORB) == mine
        assert home.states()["orb_1_conv_b.png"] == "adopted"
    assert home.lock("orbs")["orb_1_conv_b.png"]["adopted"] is True


def test_adopted_picture_stays_adopted_once_its_manifest_changes(home: Home) -> None:
    mine = home.paint(ORB, seed=77).read_bytes()
    home.run("dream")
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    recipe: {steps: 9}\n",
    )
    assert home.run("dream", "--force").code == 0
    assert home.read(ORB) == mine


def test_adopted_picture_may_be_retouched(home: Home) -> None:
    home.paint(ORB, seed=77)
    home.run("dream")
    mine = home.paint(ORB, seed=78).read_bytes()
    assert home.run("dream", "--force").code == 0
    assert home.read(ORB) == mine
    assert home.states()["orb_1_conv_b.png"] == "adopted"


def test_adopted_picture_that_is_deleted_is_dreamed_when_asked_for(
    home: Home, dreams: Dreams
) -> None:
    home.paint(ORB, seed=77)
    home.run("dream")
    dreams.clear()
    (home.root / ORB).unlink()
    assert home.run("dream").code == 0
    assert len(dreams) == 1
    assert home.states()["orb_1_conv_b.png"] == "current"


@pytest.mark.parametrize("deleted_before", [False, True])
def test_picture_placed_while_the_dream_runs_is_kept(
    home: Home, monkeypatch: pytest.MonkeyPatch, deleted_before: bool
) -> None:
    from dreamfolio.runner import work

    if deleted_before:
        home.run("dream")
        home.forget()
        (home.root / ORB).unlink()
    engine = work.dream

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        home.paint(ORB, seed=77)
        return engine(*arguments, **options)

    monkeypatch.setattr(work, "dream", meanwhile)
    said = home.run("dream", "--only", "orb_1*")
    assert said.code == 1
    assert "was changed while its dream went on" in said.err
    mine = home.paint("mine.png", seed=77).read_bytes()
    assert home.read(ORB) == mine
    monkeypatch.undo()
    assert home.run("dream").code == 0
    assert home.read(ORB) == mine
    # As told, the dream itself is not lost.
    (home.root / ORB).rename(home.root / "mine.png")
    assert home.states()["orb_1_conv_b.png"] == "restorable"


def test_sources_are_never_written(home: Home) -> None:
    sources = {name: one for name, one in home.works().items() if "orb_" in name}
    for arguments in (["build"], ["build", "--force"], ["dream", "--force"]):
        home.run(*arguments)
    after = home.works()
    assert {name: after[name] for name in sources} == sources


def test_orphan_is_kept_and_told(home: Home) -> None:
    home.run("build")
    home.write("collections/orbs/collection.yaml", "title: Orbs\nlayers: [conv_a]\n")
    old = home.read(ORB)
    assert home.run("build").code == 0
    assert home.read(ORB) == old
    assert home.states()["orb_1_conv_b.png"] == "orphan"
    assert "orb_1_conv_b.png" in home.lock("orbs")
