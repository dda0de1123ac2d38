"""Ctrl-C in the middle of a build: it ends soon, says what is kept, and keeps it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.home import PORTFOLIO, Home, clean_environment
from helpers.serving import until
from helpers.terminal import on_a_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

ENDLESS = """\
title: Orbs
pieces:
  - source: orb_1.png
  - source: orb_2.png
    recipe: {steps: 100000}
"""
SOON = 45
"""Seconds. A second is promised, and who did not end by itself would take a minute or more; between
the two is room for a machine that others keep busy."""
FINISHED = "orbs/orb_1_conv_b.png is written"


@pytest.fixture
def endless(home: Home) -> Home:
    """One dream that is finished at once, and one that is not in this life."""
    home.write("collections/orbs/collection.yaml", ENDLESS)
    return home


def _wait_for(process: subprocess.Popen[str], *words: str) -> str:
    """What the process said until it has said all of ``words``."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if all(word in said for word in words):
            return said
    raise AssertionError(f"it ended and had not said {words}: {said}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_build_ends_soon_and_keeps_what_is_finished(endless: Home, number: int) -> None:
    process = endless.start("build")
    before = _wait_for(process, "[2/2]", FINISHED)
    time.sleep(0.3)
    process.send_signal(number)
    out, err = process.communicate(timeout=SOON)
    assert process.returncode == 128 + number
    assert "Stopped. 1 variant is finished and kept; 1 is still to be made." in err
    assert "dreamfolio build goes on from here" in err
    assert "Traceback" not in before + err + out
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
    (tmp_path / "sitecustomize.py").write_text(
        "from dreamfolio.runner import checkpoints\ncheckpoints.EVERY = 0.0\n"
    )
    process = endless.start("dream", env=clean_environment(PYTHONPATH=str(tmp_path)))
    _wait_for(process, "[2/2]", FINISHED)
    # The finished dream's own checkpoint may lie there for a moment yet.
    finished = endless.lock("orbs")["orb_1_conv_b.png"]["key"]
    kept = endless.root / ".dreamfolio/dreaming"
    until(lambda: [one for one in kept.glob("*.npz") if not one.name.startswith(finished)])
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SOON)
    assert process.returncode == 130
    assert "1 is still to be made, 1 of them kept half dreamed. dreamfolio dream goes on" in err


def test_second_ctrl_c_does_no_harm(endless: Home) -> None:
    process = endless.start("dream")
    _wait_for(process, "[2/2]", FINISHED)
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=SOON)
    assert process.returncode == 130
    assert "dreamfolio dream goes on from here" in err
    assert "Traceback" not in err


def test_ctrl_c_while_the_engine_is_loaded_has_its_last_words(endless: Home) -> None:
    process = endless.start("build")
    _wait_for(process, "loading tiny")
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SOON)
    assert process.returncode == 130
    assert "Stopped. 0 variants are finished and kept; 2 are still to be made." in err
    assert "Traceback" not in err
    assert not (endless.root / "collections/orbs/dreams.lock").exists()


def test_ctrl_c_while_a_picture_is_written_leaves_no_part_of_it(home: Home, tmp_path: Path) -> None:
    # As a slow disk does.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys, threading, time\n"
        "fsync = os.fsync\n"
        "def slow(descriptor):\n"
        "    if threading.current_thread().name.startswith('encode'):\n"
        "        print('writing', file=sys.stderr, flush=True)\n"
        "        time.sleep(60)\n"
        "    fsync(descriptor)\n"
        "os.fsync = slow\n"
    )
    process = home.start("dream", env=clean_environment(PYTHONPATH=str(tmp_path)))
    _wait_for(process, "writing")
    assert home.leftovers() != []
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SOON)
    assert process.returncode == 130
    assert "Stopped. 0 variants are finished and kept" in err
    assert home.leftovers() == []
    assert home.run("dream").code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_the_folder_is_looked_at(home: Home, tmp_path: Path, number: int) -> None:
    # A survey of many large files takes a while, too.
    (tmp_path / "sitecustomize.py").write_text(
        "import dreamfolio.survey, sys, time\n"
        "def survey(root):\n    print('looking', file=sys.stderr, flush=True)\n    time.sleep(60)\n"
        "dreamfolio.survey.survey = survey\n"
    )
    process = home.start("build", env=clean_environment(PYTHONPATH=str(tmp_path)))
    _wait_for(process, "looking")
    process.send_signal(number)
    _, err = process.communicate(timeout=SOON)
    assert process.returncode == 128 + number
    assert "Stopped. Every file is whole." in err
    assert "Traceback" not in err


def test_bar_on_a_terminal_leaves_it_clean(endless: Home) -> None:
    code, shown = on_a_terminal(endless, ["build"], until="orb_2", then=signal.SIGINT)
    assert code == 130
    assert "dreamed  orbs/orb_1_conv_b.png" in shown
    assert "2/2 orb_2_conv_b.png" in shown
    assert "/100002" in shown, "the bar counts the steps of all dreams"
    assert ":" in shown.split("/100002")[-1], "and tells the time left"
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
