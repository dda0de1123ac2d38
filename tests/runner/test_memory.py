"""Where memory runs out, a dream goes on in tiles, and a word says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image

from dreamfolio.dream import stepping
from dreamfolio.dream.backend.memory import OutOfMemory
from helpers.home import Home


def test_a_picture_too_large_at_once_is_dreamed_in_tiles_and_a_word_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.paint("collections/large/large.png", size=(300, 270))
    assert home.run("dream", "large").code == 0
    dreamed = home.root / "collections/large/large_conv_b.png"
    at_once = np.asarray(Image.open(dreamed)).astype(int)

    def too_much(self: Any, *arguments: Any) -> Any:
        raise OutOfMemory

    monkeypatch.setattr(stepping.AtOnce, "step", too_much)
    said = home.run("dream", "large", "--force")
    assert said.code == 0, said.everything
    assert "large/large_conv_b.png: memory ran out; going on in tiles of 150 pixels" in said.err
    assert np.abs(np.asarray(Image.open(dreamed)) - at_once).max() <= 1
