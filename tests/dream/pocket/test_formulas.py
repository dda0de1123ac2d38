"""Formulas: the same sample for the same seed, in range, with something to see in it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from dreamfolio.dream.pocket.drawing.paint import picture
from dreamfolio.dream.pocket.drawing.palettes import PALETTES
from dreamfolio.dream.pocket.drawing.relief import Motif
from dreamfolio.dream.pocket.formulas import FAMILIES, MOTIFS

named = pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.name)


def test_every_name_is_one_an_artist_can_write() -> None:
    names = [motif.name for motif in MOTIFS]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert all(FAMILIES.values())


@named
def test_a_relief_is_in_range_and_fills_its_canvas(motif: Motif) -> None:
    for seed, size in ((1, 64), (2, 96)):
        relief = motif.draw(np.random.default_rng(seed), size)
        fields = [relief.height, relief.tone]
        fields += [] if relief.cover is None else [relief.cover]
        for field in fields:
            assert field.shape == (size, size)
            assert field.dtype == np.float32
            assert np.isfinite(field).all()
            assert field.min() > -0.5
            assert field.max() < 1.6
        if relief.cover is not None:
            assert 0.04 < float(np.clip(relief.cover, 0, 1).mean()) < 0.99


@named
def test_the_same_seed_gives_the_same_picture_and_another_another(motif: Motif) -> None:
    first, again, other = (picture(motif, np.random.default_rng(seed), 64) for seed in (5, 5, 6))
    assert first.dtype == np.uint8
    assert first.shape == (64, 64, 3)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first.std() > 3


@named
def test_it_wears_palettes_there_are(motif: Motif) -> None:
    assert motif.palettes
    assert set(motif.palettes) <= set(PALETTES)
