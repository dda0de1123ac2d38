"""Two commands at once in one portfolio: the second waits, and says for whom."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dreamfolio.files import part_name
from helpers.heard import Heard
from helpers.home import Home, clean_environment
from helpers.serving import serving
from helpers.waiting import PATIENCE

# Holds the portfolio as a command does, and ends on a word from outside.
HOLDING = """
import sys
from pathlib import Path
from dreamfolio.cli.alone import alone
with alone(Path(sys.argv[1]), sys.argv[2]):
    print("at work", flush=True)
    sys.stdin.readline()
"""
# Where a command may leave the part of a file, and a part more.
FOLDERS = ["", "collections/orbs/", ".dreamfolio/cache/ab/", "site/a/"]
WAITING = re.compile(
    r"waiting for dreamfolio (\w+), at work in this portfolio since \d\d:\d\d:\d\d "
    r"\(process (\d+)\); Ctrl-C gives up"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Without a network, since nothing is dreamed here."""
    home = Home(tmp_path / "home")
    home.write("portfolio.yaml", "title: Studies\n")
    home.paint("collections/orbs/orb.png")
    return home


@contextmanager
def _holding(home: Home, command: str = "build") -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(home.root), command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "at work\n"
        yield process
        if process.poll() is None:
            process.kill()


def _waited_for(second: Heard) -> tuple[str, ...]:
    """The command, and its process, that the second one says it waits for."""
    told = WAITING.match(second.wait_for("gives up\n"))
    assert told, second.said
    return told.groups()


def test_the_second_waits_says_for_whom_and_goes_on_when_the_first_has_ended(home: Home) -> None:
    with _holding(home) as first, Heard(home.start("build")) as second:
        told = _waited_for(second)
        assert told == ("build", str(first.pid))
        time.sleep(0.3)
        assert not (home.root / "site").exists()
        first.communicate("\n", timeout=PATIENCE)
        assert first.returncode == 0
        assert second.ended() == 0, second.said
    assert (home.root / "site/index.html").exists()


def test_the_lock_of_a_killed_process_is_taken_over_and_what_it_left_is_removed(
    home: Home,
) -> None:
    with _holding(home) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
    theirs = [part_name(f"a{number}", first.pid) for number in range(len(FOLDERS))]
    for folder, name in zip(FOLDERS, theirs, strict=True):
        home.write(f"{folder}{name}", b"half")
    others = home.write(f"collections/orbs/{part_name('b', first.pid + 1)}", b"somebody is at it")
    said = home.run("build")
    assert said.code == 0
    assert "waiting" not in said.err
    assert [Path(name).name for name in home.leftovers()] == [others.name]


def test_what_a_command_leaves_is_no_sign_of_a_killed_one(home: Home) -> None:
    home.run("build")
    mine = home.write(f"collections/orbs/{part_name('mine', os.getpid())}", b"kept by hand")
    assert home.run("build").code == 0
    assert mine.exists()
    assert not (home.root / ".dreamfolio/at_work.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"],
        ["doctor"],
        ["layers"],
        ["readme", "--check"],
        ["build", "--dry-run"],
        ["dream", "--dry-run"],
        ["clean"],
    ],
    ids=" ".join,
)
def test_looking_never_waits(home: Home, arguments: list[str]) -> None:
    with _holding(home):
        assert "waiting" not in home.run(*arguments).err


@pytest.mark.parametrize(
    "arguments",
    [["dream"], ["site"], ["readme"], ["new", "tides"], ["clean", "--to", "collections/tides"]],
    ids=" ".join,
)
def test_writing_waits(home: Home, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from dreamfolio.store import alone

    told: list[alone.Worker | None] = []

    def worker(root: Path, command: str, *_: object) -> None:
        told.append(alone.Worker(command, 1, "", 0.0))

    monkeypatch.setattr(alone, "_taken", worker)
    assert home.run(*arguments).code == 0
    assert [one and one.command for one in told] == [f"dreamfolio {arguments[0]}"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_waiting_is_given_up_on_ctrl_c(home: Home, number: int) -> None:
    with _holding(home):
        before = home.works()
        with Heard(home.start("build")) as second:
            assert _waited_for(second)
            second.send(number)
            assert second.ended() == 128 + number
    assert "Traceback" not in second.said
    assert home.works() == before


def test_where_locks_cannot_be_had_everything_goes_on_without(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    import filelock

    def none(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(filelock.FileLock, "acquire", none)
    said = home.run("build")
    assert said.code == 0
    assert "waiting" not in said.err


def test_a_command_that_comes_to_nothing_leaves_no_trace(home: Home) -> None:
    before = home.tree()
    home.write("portfolio.yaml", "titel: Studies\n")
    assert home.run("build").code == 2
    home.write("portfolio.yaml", "title: Studies\n")
    assert home.tree().keys() == before.keys()


def test_threads_of_one_process_share_the_portfolio(home: Home) -> None:
    """As the dreaming and the building of ``serve`` do."""
    from dreamfolio.cli.alone import alone

    with alone(home.root, "serve"):
        with alone(home.root, "serve"):
            pass
        note = json.loads(home.read(".dreamfolio/at_work.json"))
        assert (note["command"], note["process"]) == ("dreamfolio serve", os.getpid())
        second = Heard(home.start("site"))
        _waited_for(second)
    with second:
        assert second.ended() == 0


def test_serve_waits_for_a_build(home: Home) -> None:
    with _holding(home) as first, serving(home) as served:
        served.wait_for("waiting for dreamfolio build")
        assert not (home.root / "site").exists()
        first.communicate("\n", timeout=PATIENCE)
        served.wait_for("files written")
