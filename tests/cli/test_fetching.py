"""Weights that are not here are fetched before the eyes of whoever waits for them."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator

import pytest

from helpers.heard import Heard
from helpers.home import Home, clean_environment
from helpers.terminal import on_a_terminal
from helpers.weights import Server, publish, serving

MIXED = """\
title: Orbs
pieces:
  - source: orb_1.png
    variants:
      - layers: [conv_b]
      - {layers: [expanded_conv_project], model: mobilenet_v2}
      - {layers: [block_1_expand], model: mobilenet_v2}
  - source: orb_2.png
    variants:
      - {layers: [expanded_conv_project], model: mobilenet_v2}
"""
WAITING = {
    "orb_1_expanded_conv_project.png",
    "orb_1_block_1_expand.png",
    "orb_2_expanded_conv_project.png",
}


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A whole weights file of MobileNetV2; the numbers are random."""
    import keras

    path = tmp_path_factory.mktemp("weights") / "random.weights.h5"
    keras.applications.MobileNetV2(include_top=False, weights=None).save_weights(path)
    return path.read_bytes()


@pytest.fixture
def server(weights: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(weights) as server:
        yield server


@pytest.fixture
def mixed(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """One variant by a network that is here, three by one that is not."""
    monkeypatch.setenv("KERAS_HOME", str(home.root.parent / "keras"))
    home.write("collections/orbs/collection.yaml", MIXED)
    return home


def models(home: Home) -> list[str]:
    """What lies in Keras's own folder."""
    return sorted(path.name for path in (home.root.parent / "keras/models").glob("*"))


def test_fetching_is_told_and_what_came_is_dreamed_through(
    mixed: Home, server: Server, weights: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.cli import progress

    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)
    publish(monkeypatch, "mobilenet_v2", f"{server.address}/net.h5", weights)
    for number in (1, 2):
        mixed.paint(f"collections/orbs/orb_{number}.png", seed=number, size=(64, 64))
    said = mixed.run("dream")
    assert said.code == 0, said.everything
    size = f"{len(weights) / 1e6:.1f}"
    assert f"fetching mobilenet_v2's weights ({size} MB)\n" in said.err
    assert re.search(rf"  \d+\.\d of {size} MB \(\d+ %\), about \d+ s left\n", said.err)
    assert re.search(rf"  {size} of {size} MB \(100 %\), \d+ s\n", said.err)
    assert server.asked == ["/net.h5"], "it is fetched once for all of its layers"
    assert models(mixed) == ["mobilenet_v2.weights.h5"]
    assert set(mixed.states().values()) == {"current"}


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("gone", "Not Found"),
        ("torn", "the connection was cut"),
        ("other", "what came is not the file Keras publishes"),
        (None, "Connection refused"),
    ],
)
def test_weights_that_cannot_be_fetched_are_told_once_and_cost_no_other_variant(
    mixed: Home, server: Server, monkeypatch: pytest.MonkeyPatch, page: str | None, why: str
) -> None:
    address = f"{server.address}/{page}" if page else "http://127.0.0.1:9/offline"
    publish(monkeypatch, "mobilenet_v2", address, b"other")
    said = mixed.run("build")
    assert said.code == 1
    [error] = [line for line in said.err.splitlines() if line.startswith("error:")]
    for told in (
        "mobilenet_v2",
        why,
        "mobilenet_v2.weights.h5",
        "about 9 MB",
        address,
        "keras/models",
    ):
        assert told in error
    assert "  3 variants wait for it" in said.err.splitlines()
    assert "1 dreamed, 3 pending" in said.err
    assert models(mixed) == []
    assert set(mixed.lock("orbs")) == {"orb_1_conv_b.png"}
    assert (mixed.root / "site/index.html").is_file()


def _slow(home: Home, server: Server) -> dict[str, str]:
    """The environment of a process to which the weights come as through a line that hangs."""
    folder = home.root.parent / "patched"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "from dataclasses import replace\n"
        "import dreamfolio.dream.networks.known as known\n"
        "shipped = known._shipped\n"
        "def published(name):\n"
        "    one = shipped(name)\n"
        f"    here = replace(one.weights, address='{server.address}/stalled')\n"
        "    return replace(one, weights=here)\n"
        "known._shipped = published\n"
        # Else it would be given up after a while without a byte.
        "import dreamfolio.dream.networks.download as download\n"
        "download._PATIENCE = 600.0\n"
    )
    return clean_environment(PYTHONPATH=str(folder))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("command", ["build", "dream"])
def test_ctrl_c_while_weights_come_is_quick_and_leaves_nothing(
    mixed: Home, server: Server, command: str
) -> None:
    with Heard(mixed.start(command, env=_slow(mixed, server))) as process:
        process.wait_for("fetching mobilenet_v2's weights (", "orb_1_conv_b.png is written")
        process.until(lambda: len(models(mixed)) == 1, "a part of it")
        process.send(signal.SIGINT)
        assert process.ended() == 130
    assert "Stopped. 1 variant is finished and kept; 3 are still to be made." in process.said
    assert models(mixed) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_a_terminal_shows_a_bar_with_size_and_share(mixed: Home, server: Server) -> None:
    code, shown = on_a_terminal(
        mixed,
        ["dream"],
        until=[
            "fetching mobilenet_v2's weights",
            f"0.0 of {len(server.content) / 1e6:.1f} MB (0 %)",
            "dreamed  orbs/orb_1_conv_b.png",
        ],
        then=signal.SIGINT,
        environment=_slow(mixed, server),
    )
    assert code == 130
    assert "Stopped. 1 variant is finished and kept" in shown
    assert models(mixed) == []
