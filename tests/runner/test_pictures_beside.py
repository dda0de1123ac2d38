"""A mask and a guide beside the sources, from the manifest to the picture."""

from __future__ import annotations

import numpy as np
from PIL import Image

from helpers.home import Home

MANIFEST = """\
title: Orbs
recipe: {mask: hand.png, guide: _guides/shell.png}
"""
ORB = "orb_1_conv_b.png"


def set_up(home: Home) -> None:
    folder = home.root / "collections/orbs"
    home.write("collections/orbs/collection.yaml", MANIFEST)
    paint_mask(home)
    home.paint("collections/orbs/_guides/shell.png", 9)
    assert (folder / "orb_1.png").exists()


def paint_mask(home: Home, dark: int = 12) -> None:
    mask = np.full((20, 24), 255, np.uint8)
    mask[:, :dark] = 0
    Image.fromarray(mask).save(home.root / "collections/orbs/hand.png")


def pixels(home: Home, name: str) -> np.ndarray:
    with Image.open(home.root / "collections/orbs" / name) as image:
        return np.asarray(image.convert("RGB"))


def test_both_shape_what_is_built(home: Home) -> None:
    home.run("build")
    free = pixels(home, ORB)
    set_up(home)
    said = home.run("build")
    assert said.code == 0, said.everything
    dreamed, source = pixels(home, ORB), pixels(home, "orb_1.png")
    assert (dreamed[:, :12] == source[:, :12]).all()
    assert (dreamed[:, 13:] != source[:, 13:]).any()
    assert (dreamed[:, 13:] != free[:, 13:]).any()
    assert "hand_conv_b.png" not in home.lock("orbs")
    assert set(home.states().values()) == {"current"}


def test_another_mask_is_another_dream_and_a_copy_of_it_is_none(home: Home) -> None:
    set_up(home)
    home.run("build")
    paint_mask(home)
    assert home.states()[ORB] == "current"
    paint_mask(home, dark=6)
    said = home.run("status")
    assert home.states()[ORB] == "stale"
    assert "recipe: mask hand.png (" in said.everything
    paint_mask(home)
    (home.root / "collections/orbs/hand.png").rename(home.root / "collections/orbs/arm.png")
    home.write("collections/orbs/collection.yaml", MANIFEST.replace("hand", "arm"))
    assert home.states()[ORB] == "current"


def test_a_torn_mask_costs_its_own_variants(home: Home) -> None:
    set_up(home)
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n- {source: orb_1.png, recipe: {mask: hand.png}}\n",
    )
    home.write("collections/orbs/hand.png", b"torn")
    said = home.run("build")
    assert said.code == 1
    assert "orb_1.png: its mask hand.png: " in said.everything
    states = home.states()
    assert states["orb_1_conv_b.png"] == "missing"
    assert states["orb_2_conv_b.png"] == "current"
