"""``--help`` and ``--version``."""

from __future__ import annotations

import itertools
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dreamfolio import __version__
from dreamfolio.cli import commands
from dreamfolio.dream.networks import names
from dreamfolio.dream.pocket.catalogue import embedded_catalogue
from dreamfolio.explore.choose import choose, choose_motifs
from helpers.home import Home, clean_environment

COMMANDS = [
    *("build", "status", "dream", "readme", "site", "serve", "new", "adopt", "layers"),
    *("clean", "doctor"),
]


def test_all_commands_are_listed(home: Home) -> None:
    said = home.run("--help")
    assert said.code == 0
    for command in COMMANDS:
        assert f" {command} " in said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(home: Home, command: str) -> None:
    said = home.run(command, "--help")
    assert said.code == 0
    assert "Examples" in said.out
    assert f"dreamfolio {command}" in said.out.split("Examples")[1]


@pytest.mark.parametrize("command", [(), *((one,) for one in COMMANDS)])
def test_help_speaks_of_what_one_types_and_not_of_pythons_types(
    home: Home, command: tuple[str, ...]
) -> None:
    said = home.run(*command, "--help").out.lower()
    assert "--help" in said
    assert not re.search(r"bool|<str>|<path>|list\[", said)


def test_explores_examples_name_layers_of_the_network_that_is_there() -> None:
    pocket = embedded_catalogue()
    (shown,) = (text for name, _, text in commands.COMMANDS if name == "explore")
    seen = set()
    for example in re.findall(r"`(dreamfolio explore [^`]*)`", shown):
        words = shlex.split(example)
        for option, named in itertools.pairwise(words):
            if option == "--layers":
                assert choose(named, pocket)
            elif option == "--motifs":
                assert choose_motifs(named, pocket)
            elif option == "--write":
                assert names.resolve(named.split(","), pocket)
            seen.add(option)
    assert {"--layers", "--motifs", "--write"} <= seen


def test_version(home: Home) -> None:
    assert home.run("--version").out == f"dreamfolio {__version__}\n"


def test_no_command_shows_the_help(home: Home) -> None:
    assert "Usage" in home.run().everything


def test_traceback_is_shown_only_under_debug(home: Home) -> None:
    home.write("portfolio.yaml", "titel: x\n")
    process = home.start("--debug", "status")
    _, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" in err
    assert "Traceback" not in home.run_apart("status").err


def test_failed_dream_tells_where_it_failed_under_debug(home: Home) -> None:
    home.write("collections/orbs/orb_1.png", home.read("collections/orbs/orb_1.png")[:200])
    process = home.start("--debug", "dream")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "PictureError" in err
    assert len(home.lock("orbs")) == 1


def test_fault_of_our_own_is_one_line_that_says_how_to_look(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dreamfolio.survey

    def broken(*arguments: object) -> None:
        raise KeyError("what nobody thought of")

    monkeypatch.setattr(dreamfolio.survey, "read", broken)
    # Home.run takes such a line for a failure, and shows it.
    with pytest.raises(AssertionError, match=r"^error: KeyError: .* --debug .*\n$"):
        home.run("status")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_no_room_for_what_is_said_is_no_fault_of_ours(home: Home) -> None:
    program = [sys.executable, "-m", "dreamfolio", "layers", "pocket", "--json"]
    with Path("/dev/full").open("wb") as full:
        said = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True)
    assert said.returncode == 1
    assert "error: No space left on device; make room on that disk" in said.stderr
    assert "should not happen" not in said.stderr


def test_terminal_that_knows_no_arrows(home: Home) -> None:
    home.run("dream")
    home.write(
        "portfolio.yaml", home.read("portfolio.yaml").decode().replace("steps: 2", "steps: 3")
    )
    said = home.run_apart("status", env=clean_environment(PYTHONIOENCODING="ascii"))
    assert said.code == 0
    assert "steps 2" in said.out
