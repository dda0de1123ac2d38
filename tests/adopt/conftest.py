"""Folders of renders as they were kept before dreamfolio."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Paint = Callable[..., None]

README = """\
# Studies in Glass

Some words on the whole series.

And some more of them.

# Broken Lenzes
About lenses, <em>mostly</em> broken.
<!---
| | |
|:---:|:---:|
|<img width="1604" alt="screen shot" src="./lenses/lens_1.png"> |  <img width="1604" alt="screen shot" src="./lenses/lens_2.png">|
-->

| | |
|:---:|:---:|
|<img width="1604" alt="screen shot" src="./lenses/lens_1_conv2d_95.png"> |  <img width="1604" alt="screen shot" src="./lenses/lens_2_activation_3.png">|

# Old Normal
<!---
| | |
|:---:|:---:|
|<img width="1604" alt="screen shot" src="./old_normal/orb_11.png"> | <img width="1604" alt="screen shot" src="./old_normal/orb_6.png"> |
|<img width="1604" alt="screen shot" src="./old_normal/orb_9.png"> | <img width="1604" alt="screen shot" src="./old_normal/orb_8.png">|
-->

This orb sum up a year: it's round.
It has *spikes*.

| | |
|:---:|:---:|
|<img width="1604" alt="screen shot" src="./old_normal/orb_11_activation_2482.png"> | <img width="1604" alt="screen shot" src="./old_normal/orb_6_activation_1883activation_1885.png"> |
|<img width="1604" alt="screen shot" src="./old_normal/orb_9_batch_normalization_3400.png"> | <img width="1604" alt="screen shot" src="./old_normal/orb_8_conv2d_3547.png">|
"""  # noqa: E501


@pytest.fixture
def paint() -> Paint:
    """Paints tiny pictures, each of another colour, into a folder it makes."""
    painted = 0

    def paint(folder: Path, *names: str) -> None:
        nonlocal painted
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            painted += 1
            Image.new("RGB", (4, 3), (painted * 7 % 256, painted, 90)).save(
                folder / name, format="JPEG" if name.endswith(".jpg") else "PNG"
            )

    return paint


@pytest.fixture
def old(tmp_path: Path, paint: Paint) -> Path:
    """A folder with ``old_normal/`` and the README that stood beside it."""
    folder = tmp_path / "old"
    paint(
        folder / "old_normal",
        "orb_11.png",
        "orb_11_activation_2482.png",
        "orb_6.png",
        "orb_8.png",
        "orb_8_conv2d_3547.png",
        "orb_9.png",
    )
    (folder / "README.md").write_text(README, encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty portfolio."""
    folder = tmp_path / "portfolio"
    folder.mkdir()
    (folder / "portfolio.yaml").write_text("title: Mine\n", encoding="utf-8")
    return folder
