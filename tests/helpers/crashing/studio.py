"""A portfolio in the middle of its life, with something of all that a build can come upon."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

from helpers import secrets
from helpers.home import Home, make_home

PORTFOLIO = """\
title: Studies
url: https://example.org/studies/
dream:
  model: {file: networks/tiny.keras, preprocess: unit}
  recipe: {base: classic, steps: 3}
  layers: [conv_b]
readme: {columns: 2, originals: clean}
site: {widths: [16, 24], zip: true}
"""
README = """\
# Studies

By hand, before.

<!-- dreamfolio:START collection=orbs -->
<!-- dreamfolio:END -->

By hand, between.

<!-- dreamfolio:START collection=* -->
<!-- dreamfolio:END -->

By hand, after.
"""
ORBS = """\
title: Orbs
pieces:
  - source: orb_1.png
  - source: orb_2.png
    variants: [{layers: [conv_a]}, {layers: [conv_b]}]
  - source: orb_3.png
  - source: orb_4.png
  - source: orb_5.png
  - source: orb_6.png
"""
TIDES = """\
title: Tides
pieces:
  - source: tide_1.png
    variants:
      - {layers: [conv_a]}
      - {layers: [conv_b], animate: {frames: 4}}
  - source: tide_2.png
    recipe: {base: octaves, steps: 2}
  - source: tide_3.png
"""
# Nobody but their maker may change these.
BY_HAND = (
    "portfolio.yaml",
    "collections/orbs/collection.yaml",
    "collections/orbs/notes.txt",
    "collections/orbs/scene.blend",
    "collections/orbs/thumbs/by_hand.webp",
    "collections/orbs/orb_3_conv_b.png",
    "collections/spheres/ball_1_activation_2482.png",
    "collections/tides/collection.yaml",
    "networks/tiny.keras",
    "site/CNAME",
    "site/talks/slides.html",
)


def make(root: Path) -> None:
    """Make it in ``root``. A build has work of every kind here: dreams that are new, stale, to be
    restored, retouched, adopted and gone; tables, thumbnails, clean copies, pages, archives and an
    animation to write, to write over and to remove."""
    home = make_home(root, PORTFOLIO, pictures=6)
    home.write("README.md", README)
    home.write("collections/orbs/collection.yaml", ORBS)
    home.write("collections/orbs/notes.txt", "blue hour, 50 mm\n")
    home.write("collections/orbs/scene.blend", b"BLENDER-v300")
    home.paint("collections/sands/sand.png", seed=60)
    _adopt(home)
    said = home.run("build")
    assert said.code == 0, said.everything
    _go_on(home)


def sources(root: Path) -> tuple[str, ...]:
    """The pictures of the artist."""
    names = ("orb_*.png", "tide_*.png", "ball_1.png")
    found = (path for name in names for path in root.glob(f"collections/*/{name}"))
    return tuple(
        sorted(path.relative_to(root).as_posix() for path in found if "conv_" not in path.name)
    )


def _adopt(home: Home) -> None:
    old = Home(home.root.with_name("old"))
    for number, name in enumerate(("ball_1", "ball_1_activation_2482")):
        old.paint(f"spheres/{name}.png", seed=number + 20)
    assert home.run("adopt", str(old.root / "spheres")).code == 0
    shutil.rmtree(old.root)


def _go_on(home: Home) -> None:
    """What the artist has done since the last build."""
    orbs = home.root / "collections/orbs"
    # A dream that is to be made anew over the old one, and thumbnails with it.
    home.paint("collections/orbs/orb_2.png", seed=70)
    # One retouched, one thrown away, one renamed with its source: the cache has both.
    with Image.open(orbs / "orb_3_conv_b.png") as dream:
        dream.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(orbs / "orb_3_conv_b.png")
    (orbs / "orb_4_conv_b.png").unlink()
    (orbs / "orb_5_conv_b.png").unlink()
    (orbs / "orb_5.png").rename(orbs / "orb_7.png")
    # A piece that is gone with all that was made of it, and a whole collection.
    for path in orbs.glob("orb_6*"):
        path.unlink()
    manifest = ORBS.replace("orb_5", "orb_7").replace("  - source: orb_6.png\n", "")
    home.write("collections/orbs/collection.yaml", manifest)
    for path in (home.root / "collections/sands").glob("*.*"):
        path.unlink()
    # A new collection, two of whose pictures are the same, and one tells of its artist's disk.
    home.write("collections/tides/collection.yaml", TIDES)
    home.paint("collections/tides/tide_1.png", seed=80)
    secrets.png(home.root / "collections/tides/tide_2.png")
    shutil.copy(home.root / "collections/tides/tide_1.png", orbs.parent / "tides/tide_3.png")
    home.write("site/CNAME", "dreams.example.org\n")
    home.write("site/talks/slides.html", "<p>by hand</p>\n")
    home.write("collections/orbs/thumbs/by_hand.webp", b"not from us")
