"""The real folder and the real README, typos and all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dreamfolio.adopt.carrying import carry_out
from dreamfolio.adopt.planning import plan_adoption
from dreamfolio.content.read import read

RENDERS = Path(os.environ.get("DREAMFOLIO_TEST_RENDERS", "/nowhere"))

pytestmark = pytest.mark.skipif(
    not (RENDERS / "new_normal").is_dir(), reason="DREAMFOLIO_TEST_RENDERS names no renders"
)


def test_the_real_folder_and_readme(root: Path) -> None:
    adoption = plan_adoption(RENDERS / "new_normal", root, readme=RENDERS / "OLD_README.md")
    carry_out(adoption)
    (collection,) = read(root).collections
    assert collection.title == "New Normal"
    assert collection.description.startswith("This collection sum up the Corona virus crisis")
    assert "unperfect circle" in collection.description
    assert {
        piece.source: [(variant.file, variant.layers) for variant in piece.variants]
        for piece in collection.pieces
    } == {
        "covid_11.png": [("covid_11_activation_2482.png", ("activation_38",))],
        "covid_6.png": [
            ("covid_6_activation_3+activation_5.png", ("activation_3", "activation_5"))
        ],
        "covid_9.png": [("covid_9_batch_normalization_16.png", ("batch_normalization_16",))],
        "covid_8.png": [("covid_8_conv2d_3547.png", ("conv2d_69",))],
    }
    assert [piece.source for piece in collection.pieces] == [
        "covid_11.png",
        "covid_6.png",
        "covid_9.png",
        "covid_8.png",
    ]
    assert adoption.title == "Deep-Dream"
    assert adoption.description.startswith("DeepDream is an experiment")
    assert [note.line for note in adoption.unplaced] == [10, 24]
    assert "Oppurtunity or Threat?" in adoption.unplaced[1].text


def test_the_folder_above_is_adopted_folder_by_folder(root: Path) -> None:
    adoption = plan_adoption(RENDERS, root, readme=RENDERS / "OLD_README.md")
    assert [(one.slug, one.title) for one in adoption.collections] == [("new_normal", "New Normal")]
