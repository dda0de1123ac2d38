"""Dreaming on a Ray cluster of two machines: what it makes, what it loses, what it says."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.heard import Heard
from helpers.home import PORTFOLIO, Home, Said, make_home
from helpers.ray_cluster import TwoNodes, processes
from helpers.waiting import PATIENCE, until

if sys.platform == "win32":
    pytest.skip("the clusters tested here need signals", allow_module_level=True)
pytest.importorskip("ray", reason="clusters need Ray: pip install 'dreamfolio[cluster]'")

LONG = PORTFOLIO.replace("steps: 2", "steps: 2500")
ENDLESS = PORTFOLIO.replace("steps: 2", "steps: 100000")
MANY = """\
title: Orbs
pieces:
  - source: orb_1.png
    variants:
      - conv_b
      - layers: [conv_b]
        recipe: {base: classic, steps: 2, guide: orb_2.png}
        name: guided
      - layers: [conv_b]
        model: {file: ../../networks/torn.keras, preprocess: unit}
        name: damaged
  - source: torn.png
  - source: same_as_1.png
  - source: small.png
    layers: [conv_c]
  - source: orb_2.png
"""


FIRST_SHORT = """\
title: Orbs
pieces:
  - source: orb_1.png
    variants:
      - layers: [conv_b]
        recipe: {base: classic, steps: 2}
        name: short
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[TwoNodes]:
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RAY_TMPDIR", folder)
        patched.setenv("RAY_USAGE_STATS_ENABLED", "0")
        # A token that lies in this user's home is another cluster's.
        patched.setenv("RAY_AUTH_MODE", "disabled")
        # Ray lets every other program go first, which on a busy machine may be for ever.
        patched.setenv("RAY_worker_niceness", "0")
        nodes = TwoNodes()
        try:
            nodes.start()
            yield nodes
        finally:
            nodes.stop()
            try:
                until(lambda: not processes(folder), "Ray's processes go on")
            finally:
                for one in processes(folder):
                    one.kill()
                shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A portfolio with much that can be dreamed and some that cannot."""
    home = make_home(tmp_path_factory.mktemp("studio") / "home")
    network = home.read("networks/tiny.keras")
    home.write("networks/torn.keras", network[: len(network) // 2])
    orbs = "collections/orbs"
    home.write(f"{orbs}/torn.png", home.read(f"{orbs}/orb_1.png")[:300])
    home.write(f"{orbs}/same_as_1.png", home.read(f"{orbs}/orb_1.png"))
    home.paint(f"{orbs}/small.png", seed=6, size=(6, 6))
    home.write(f"{orbs}/collection.yaml", MANY)
    return home


@pytest.fixture(scope="module")
def said(studio: Home, cluster: TwoNodes) -> Said:
    """What the cluster says of the studio, dreamed with a cache that all machines reach."""
    shared = studio.root / "shared"
    studio.write("portfolio.yaml", f"{PORTFOLIO}cache: local://{shared}\n")
    return studio.run("dream", "--cluster", cluster.address)


def _alike(home: Home, portfolio: str, where: Path) -> Home:
    """The same sources, dreamed on this machine alone."""
    shutil.copytree(
        home.root, where, ignore=lambda _, names: [one for one in names if "conv" in one]
    )
    other = Home(where)
    other.forget()
    (where / "collections/orbs/dreams.lock").unlink(missing_ok=True)
    other.write("portfolio.yaml", portfolio)
    return other


def _works(home: Home) -> dict[str, bytes]:
    folder = home.root / "collections"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_cluster_dreams_what_one_machine_dreams(studio: Home, said: Said, tmp_path: Path) -> None:
    alone = _alike(studio, PORTFOLIO, tmp_path / "alone")
    alone.run("dream")
    assert _works(studio) == _works(alone)
    assert {"orb_1_conv_b.png", "orb_1_conv_b~guided.png", "orb_2_conv_b.png"} < set(
        studio.lock("orbs")
    )


def test_each_failure_costs_one_variant_and_is_told_in_one_line(said: Said) -> None:
    assert said.code == 1
    errors = [line for line in said.err.splitlines() if line.startswith("error:")]
    assert len(errors) == 3, said.err
    for name, word in {
        "torn_conv_b.png": "torn.png",
        "conv_b~damaged.png": "networks/torn.keras",
        "small_conv_c.png": "6 × 6",
    }.items():
        assert [line for line in errors if name in line and word in line], (name, said.err)
    assert "3 dreamed, 1 restored, 3 failed" in said.err


def test_what_it_says_names_the_machines_and_holds_no_chatter(said: Said) -> None:
    lines = [line.strip() for line in said.err.splitlines()]
    assert any(line.startswith("[1/") and " steps on " in line for line in lines), said.err
    assert [line for line in lines if line.startswith("computing on ") and ": " in line]
    begins = ("dreaming ", "loading ", "[", "orbs/", "restored ", "computing ", "error: ")
    # A busy machine takes so long that how far it came is told, too.
    assert all(line.startswith((*begins, "step ", "variants: ")) for line in lines), said.err


def test_dreams_are_in_the_cache_that_all_machines_reach(studio: Home, said: Said) -> None:
    for name in studio.lock("orbs"):
        (studio.root / "collections/orbs" / name).unlink()
    assert "4 restored" in studio.run("dream").err


def test_a_lost_machine_costs_no_dream(cluster: TwoNodes, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", LONG)
    begun = re.compile(rf"^computing on .*#{cluster.other}: ", re.MULTILINE)
    with Heard(home.start("dream", "--cluster", cluster.address)) as process:
        process.until(lambda: begun.search(process.said), "a dream on the other machine")
        cluster.kill_other()
        # Ray takes its time to give a machine up, and then a dream begins again.
        assert process.ended(5 * PATIENCE) == 0, process.said
    assert "lost with its dreamer on " in process.said
    assert "variants: 2 dreamed" in process.said
    alone = _alike(home, LONG, tmp_path / "alone")
    alone.run("dream")
    assert _works(home) == _works(alone)


def test_ctrl_c_ends_the_dreams_and_keeps_what_came(cluster: TwoNodes, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", ENDLESS)
    home.write("collections/orbs/collection.yaml", FIRST_SHORT)
    with Heard(home.start("dream", "--cluster", cluster.address)) as process:
        process.wait_for("orb_1_conv_b~short.png is written")
        process.send(signal.SIGINT)
        assert process.ended() == 130, process.said
    assert "Stopped. 1 variant is finished and kept; 1 is still to be made." in process.said
    assert set(home.lock("orbs")) == {"orb_1_conv_b~short.png"}
    until(lambda: not processes(os.environ["RAY_TMPDIR"], "ray::Dreamer"))
