"""Pipes in the place of files: nobody waits for what never comes, and each stays what it is."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from helpers.home import PORTFOLIO, Home, make_home

pytest.importorskip("keras")
if not hasattr(os, "mkfifo"):
    pytest.skip("this system has no named pipes", allow_module_level=True)

COMMANDS = ("status", "build", "clean", "gc")
PLACES = {
    ".dreamfolio/.gitignore": None,
    ".dreamfolio/digests.json": None,
    ".dreamfolio/told.json": None,
    ".dreamfolio/at_rest.json": None,
    ".dreamfolio/fetches.json": None,
    ".dreamfolio/lock": None,
    ".dreamfolio/at_work.json": None,
    "README.md": "README.md: cannot be read (it is no file); a pipe or a device stands where",
    "collections/orbs/README.md": None,
    "collections/orbs/dreams.lock": "dreams.lock: cannot be read (it is no file); a pipe",
    "collections/orbs/orb_1_conv_b.png": "cannot be written (it is no file); a pipe",
    "collections/orbs/thumbs/thumbs.json": "thumbs.json: the record of thumbnails cannot be read",
    "collections/orbs/thumbs/clean/clean.json": "clean.json: the record of clean copies cannot",
    "collections/orbs/thumbs/orb_1_conv_b.png.webp": "cannot be removed (it is no file); a pipe",
    "site/.dreamfolio.json": "the record of the site cannot be read (it is no file)",
    "site/index.html": None,
    "themes/mine/static/mine.css": None,
}
"""Files that a build reads or writes, and what is said where there is a pipe instead, if anything
has to be."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = make_home(
        tmp_path_factory.mktemp("whole") / "home",
        f"{PORTFOLIO}theme: mine\nreadme: {{originals: clean}}\n",
    )
    home.write("README.md", "<!-- dreamfolio:START collection=* -->\n<!-- dreamfolio:END -->\n")
    home.write("collections/orbs/README.md", "# Orbs\n")
    home.write("themes/mine/theme.yaml", "extends: gallery\n")
    home.write("themes/mine/static/mine.css", "a {}\n")
    telling = PngInfo()
    telling.add_text("File", "/home/me/orb.blend")
    orb = home.root / "collections/orbs/orb_2.png"
    with Image.open(orb) as image:
        image.save(orb, pnginfo=telling)
    assert home.run("build").code == 0
    assert home.run("clean").code == 0
    assert home.run("build").code == 0
    return home


@pytest.fixture
def impatient() -> Iterator[None]:
    """Whoever waits for a pipe is woken, and the test has failed."""

    def wake(*_: Any) -> None:
        pytest.fail("somebody waits for a pipe")

    before = signal.signal(signal.SIGALRM, wake)
    signal.alarm(100)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("place", PLACES)
def test_a_pipe_is_not_waited_for(whole: Home, tmp_path: Path, place: str) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(whole.root, home.root)
    path, word = home.root / place, PLACES[place]
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    said = {command: home.run(command) for command in COMMANDS}
    if word is None:
        assert [each.code for each in said.values()] == [0] * len(COMMANDS)
    else:
        assert said["build"].code in (1, 2)
        assert word in said["build"].err
        assert stat.S_ISFIFO(path.lstat().st_mode)
        assert all("Traceback" not in each.everything for each in said.values())
    path.unlink(missing_ok=True)
    shutil.copy2(whole.root / place, path) if (whole.root / place).exists() else None
    assert home.run("build").code == 0
    assert set(home.states().values()) == {"current"}
