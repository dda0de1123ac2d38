"""Ctrl-C in the middle of a build: it ends soon, says what is kept, and keeps it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.heard import Heard
from helpers.home import PORTFOLIO, Home, clean_environment
from helpers.terminal import on_a_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

ENDLESS = """\
title: Orbs
pieces:
  - source: orb_1.png
  - source: orb_2.png
    recipe: {steps: 100000}
"""
FINISHED = "orbs/orb_1_conv_b.png is written"


@pytest.fixture
def endless(home: Home) -> Home:
    """One dream that is finished at once, and one that is not in this life."""
    home.write("collections/orbs/collection.yaml", ENDLESS)
    return home


def _patched(folder: Path, program: str) -> dict[str, str]:
    """The environment of a process that runs ``program`` before anything else."""
    (folder / "sitecustomize.py").write_text(program)
    return clean_environment(PYTHONPATH=str(folder))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_build_ends_soon_and_keeps_what_is_finished(endless: Home, number: int) -> None:
    with Heard(endless.start("build")) as build:
        build.wait_for("[2/2]", FINISHED)
        build.send(number)
        assert build.ended() == 128 + number
    # Half dreamed or not: whether it came to the end of a step is the machine's affair.
    assert "Stopped. 1 variant is finished and kept; 1 is still to be made" in build.said
    assert "dreamfolio build goes on from here" in build.said
    assert "Traceback" not in build.said
    assert endless.leftovers() == []
    assert set(endless.lock("orbs")) == {"orb_1_conv_b.png"}
    assert endless.states() == {"orb_1_conv_b.png": "current", "orb_2_conv_b.png": "missing"}

    endless.write("collections/orbs/collection.yaml", ENDLESS.replace("100000", "3"))
    finished = endless.works()["collections/orbs/orb_1_conv_b.png"]
    said = endless.run("build")
    assert said.code == 0
    assert "1 dreamed" in said.err
    assert endless.works()["collections/orbs/orb_1_conv_b.png"] == finished


def test_what_is_half_dreamed_is_told_to_be_kept(endless: Home, tmp_path: Path) -> None:
    # Every step, and not once a minute.
    every_step = "from dreamfolio.runner import checkpoints\ncheckpoints.EVERY = 0.0\n"
    with Heard(endless.start("dream", env=_patched(tmp_path, every_step))) as dream:
        dream.wait_for("[2/2]", FINISHED)
        # The finished dream's own checkpoint may lie there for a moment yet.
        finished = endless.lock("orbs")["orb_1_conv_b.png"]["key"]
        kept = endless.root / ".dreamfolio/dreaming"
        dream.until(lambda: [one for one in kept.glob("*.npz") if finished not in one.name])
        dream.send(signal.SIGINT)
        assert dream.ended() == 130
    told = "1 is still to be made, 1 of them kept half dreamed. dreamfolio dream goes on"
    assert told in dream.said


def test_second_ctrl_c_does_no_harm(endless: Home) -> None:
    with Heard(endless.start("dream")) as dream:
        dream.wait_for("[2/2]", FINISHED)
        for number in (*[signal.SIGINT] * 3, signal.SIGTERM):
            dream.send(number)
        # A busy machine may come to answer the first only when the last is there, too.
        assert dream.ended() in (128 + signal.SIGINT, 128 + signal.SIGTERM)
    assert "dreamfolio dream goes on from here" in dream.said
    assert "Traceback" not in dream.said


def test_ctrl_c_pressed_again_as_the_first_is_answered_does_no_harm(
    endless: Home, tmp_path: Path
) -> None:
    again = """
import os, signal, time
from dreamfolio.cli import endings
ignore = endings.ignore_further
def pressed_again():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.1)
    ignore()
endings.ignore_further = pressed_again
"""
    with Heard(endless.start("dream", env=_patched(tmp_path, again))) as dream:
        dream.wait_for("[2/2]", FINISHED)
        dream.send(signal.SIGINT)
        assert dream.ended() == 130
    assert "Stopped. 1 variant is finished and kept" in dream.said
    assert "Traceback" not in dream.said


def test_ctrl_c_while_the_engine_is_loaded_has_its_last_words(
    endless: Home, tmp_path: Path
) -> None:
    # Comes to it, and goes on only when Ctrl-C was pressed: what is loaded then takes a while.
    pressed = tmp_path / "pressed"
    held = f"""
import os, sys, time
class Hold:
    def find_spec(self, name, path=None, target=None):
        if name in ("keras", "tensorflow"):
            sys.meta_path.remove(self)
            print("about to load", file=sys.stderr, flush=True)
            while not os.path.exists({str(pressed)!r}):
                time.sleep(0.01)
sys.meta_path.insert(0, Hold())
"""
    with Heard(endless.start("build", env=_patched(tmp_path, held))) as build:
        build.wait_for("loading tiny", "about to load")
        build.send(signal.SIGINT)
        pressed.touch()
        assert build.ended() == 130
    assert "Stopped. 0 variants are finished and kept; 2 are still to be made." in build.said
    assert "Traceback" not in build.said
    assert not (endless.root / "collections/orbs/dreams.lock").exists()


def test_ctrl_c_while_a_picture_is_written_leaves_no_part_of_it(home: Home, tmp_path: Path) -> None:
    # As a disk does that does not answer.
    hangs = """
import os, sys, threading, time
fsync = os.fsync
def slow(descriptor):
    if threading.current_thread().name.startswith("encode"):
        print("writing", file=sys.stderr, flush=True)
        time.sleep(600)
    fsync(descriptor)
os.fsync = slow
"""
    with Heard(home.start("dream", env=_patched(tmp_path, hangs))) as dream:
        dream.wait_for("writing")
        assert home.leftovers() != []
        dream.send(signal.SIGINT)
        assert dream.ended() == 130
    assert "Stopped. 0 variants are finished and kept" in dream.said
    assert home.leftovers() == []
    assert home.run("dream").code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_the_folder_is_looked_at(home: Home, tmp_path: Path, number: int) -> None:
    # A survey of many large files takes a while, too.
    slow = """
import dreamfolio.survey, sys, time
def survey(root):
    print("looking", file=sys.stderr, flush=True)
    time.sleep(600)
dreamfolio.survey.survey = survey
"""
    with Heard(home.start("build", env=_patched(tmp_path, slow))) as build:
        build.wait_for("looking")
        build.send(number)
        assert build.ended() == 128 + number
    assert "Stopped. Every file is whole." in build.said
    assert "Traceback" not in build.said


def test_bar_on_a_terminal_leaves_it_clean(endless: Home) -> None:
    finished, begun = "dreamed  orbs/orb_1_conv_b.png", "2/2 orb_2_conv_b.png"
    steps = "/100002"  # of all dreams
    code, shown = on_a_terminal(
        endless, ["build"], until=[finished, begun, steps], then=signal.SIGINT
    )
    assert code == 130
    assert ":" in shown.split(steps)[-1], "the time left is told"
    assert "Stopped. 1 variant is finished and kept" in shown
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l"), "the cursor is shown again"
    assert shown.endswith("\n")
    assert "Traceback" not in shown


def test_bar_on_a_terminal_is_gone_at_the_end(home: Home) -> None:
    home.write("portfolio.yaml", PORTFOLIO)
    code, shown = on_a_terminal(home, ["build"])
    assert code == 0
    assert "dreamed  orbs/orb_2_conv_b.png" in shown
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l")
    last = shown.replace("\r", "").splitlines()[-1]
    assert last.startswith("built in ")


def test_ctrl_c_before_anything_began_is_no_fault() -> None:
    interrupted = """
import sys
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "dreamfolio.content.read":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
import dreamfolio.cli
"""
    done = subprocess.run(
        [sys.executable, "-c", interrupted],
        capture_output=True,
        text=True,
        env=clean_environment(),
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
