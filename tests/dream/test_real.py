"""A real render, dreamed through a real network, where they are at hand."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dreamfolio.dream.engine import dream
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from dreamfolio.dream.target import Target

RENDERS, MODEL = os.environ.get("DREAMFOLIO_TEST_RENDERS"), os.environ.get("DREAMFOLIO_TEST_MODEL")


@pytest.mark.skipif(not RENDERS or not MODEL, reason="no real renders and network at hand")
def test_a_real_render_dreams_the_same_twice() -> None:
    reference = NetworkReference(file=Path(MODEL or ""), preprocess="unit")
    render = next(Path(RENDERS or "").rglob("covid_6.png"))
    pixels = np.asarray(Image.open(render).convert("RGBA").resize((320, 180)))
    recipe = NAMED["octaves"].model_copy(update={"octaves": 2, "steps": 8, "mask": "subject"})
    first, second = (
        dream(pixels, recipe, load(reference, (Target("leaky_re_lu_12"),)), 0) for _ in range(2)
    )
    assert first.tobytes() == second.tobytes()
    change = np.abs(first[..., :3].astype(int) - pixels[..., :3])
    assert change[60:120, 60:150].mean() > 4  # on the globe
    assert change[:20, 280:].max() == 0  # the black beside it
