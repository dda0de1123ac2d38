"""``dreamfolio serve``, as a process: it starts, serves, follows, dreams where asked, and ends."""

from __future__ import annotations

import signal
import socket
import sys
import urllib.request
from pathlib import Path

import pytest

from helpers.home import PORTFOLIO, Home, clean_environment
from helpers.serving import serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


def test_it_serves_the_site_and_follows_an_edit(home: Home) -> None:
    with serving(home) as served:
        served.until(lambda: ">Studies</h1>" in served.get())
        served.wait_for("files written")
        served.wait_for("2 variants are not there yet: dreamfolio build makes them", "--dream")
        home.edit("portfolio.yaml", PORTFOLIO.replace("Studies", "Etudes"))
        served.until(lambda: ">Etudes</h1>" in served.get())
        served.wait_for("portfolio.yaml: ")
    pages = list((home.root / "site").rglob("*.html"))
    assert pages
    assert not any("reload.js" in page.read_text("utf-8") for page in pages)
    assert not (home.root / "collections/orbs/dreams.lock").exists(), "nothing is dreamed"
    assert not (home.root / "README.md").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_though_pages_listen(home: Home, number: int) -> None:
    with serving(home) as served:
        served.wait_for("files written")
        with urllib.request.urlopen(f"{served.url}_dreamfolio/events", timeout=60) as events:
            assert events.readline()
            served.send(number)
            # This page goes on listening: who waited for it would never end.
            assert served.ended() == 128 + number
    assert "Stopped. The site is in site/." in served.said
    assert "Traceback" not in served.said
    assert home.leftovers() == []


def test_a_broken_manifest_is_told_and_heals(home: Home) -> None:
    home.write("collections/orbs/collection.yaml", "title: Orbs\nlayrs: [conv_b]\n")
    with serving(home) as served:
        served.wait_for("error: collections/orbs/collection.yaml:2:1", "did you mean layers?")
        served.until(lambda: "There is no site yet" in served.get())
        page = served.get()
        assert "collections/orbs/collection.yaml:2:1: unknown key &quot;layrs&quot;" in page
        home.edit("collections/orbs/collection.yaml", "title: Spheres\n")
        served.until(lambda: "Spheres" in served.get())
        served.wait_for("mended")
        home.edit("collections/orbs/collection.yaml", "title: Spheres\npieces: 3\n")
        served.wait_for("error: collections/orbs/collection.yaml:2:9", "stays as it was")
        assert "Spheres" in served.get()
        assert served.said.count("layrs") == 1, "a mistake is told once"


def test_a_broken_portfolio_heals_too(home: Home) -> None:
    home.write("portfolio.yaml", "title: [\n")
    with serving(home) as served:
        served.wait_for("error: portfolio.yaml:")
        home.edit("portfolio.yaml", PORTFOLIO)
        served.until(lambda: "Studies" in served.get())


def test_what_is_missing_is_dreamed_where_asked(home: Home) -> None:
    with serving(home, "--dream") as served:
        served.until(lambda: "dreamed through conv_b" in served.get("orbs/orb_2.html"))
        served.wait_for("variants: 2 dreamed")
        assert set(home.lock("orbs")) == {"orb_1_conv_b.png", "orb_2_conv_b.png"}
        home.edit("collections/orbs/collection.yaml", "title: Orbs\nlayers: [conv_a]\npieces: []\n")
        served.until(lambda: "dreamed through conv_a" in served.get("orbs/orb_1.html"))
        served.until(lambda: served.said.count("variants: 2 dreamed") == 2)
        served.send(signal.SIGINT)
        assert served.ended() == 130
    assert "4 variants were made and kept" in served.said
    assert home.leftovers() == []


def test_a_dream_that_fails_is_told_once_and_the_rest_goes_on(home: Home) -> None:
    whole = home.read("collections/orbs/orb_2.png")
    home.write("collections/orbs/orb_2.png", whole[:200])
    with serving(home, "--dream") as served:
        served.wait_for("1 dreamed, 1 failed")
        seen = served.said
        home.edit("portfolio.yaml", PORTFOLIO.replace("Studies", "Etudes"))
        served.until(lambda: "Etudes" in served.get())
        assert "failed" not in served.said[len(seen) :], "it is not tried again and again"
        home.edit("collections/orbs/orb_2.png", whole)
        served.until(lambda: "orb_2_conv_b.png" in home.lock("orbs"))


def test_a_dream_that_is_not_wanted_any_more_is_given_up(home: Home) -> None:
    endless = "title: Orbs\npieces:\n  - source: orb_1.png\n    recipe: {steps: 100000}\n"
    home.write("collections/orbs/collection.yaml", endless)
    with serving(home, "--dream") as served:
        served.wait_for("orb_1_conv_b.png: 100000 steps")
        home.edit("collections/orbs/collection.yaml", endless.replace("100000", "3"))
        lock = home.root / "collections/orbs/dreams.lock"
        served.until(lambda: lock.exists() and "orb_1_conv_b.png" in home.lock("orbs"))


def test_a_port_that_is_taken(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = home.run_apart("serve", "--no-open", "--port", str(port))
    assert said.code == 2
    [line] = said.err.splitlines()
    assert line.startswith(f"error: port {port} is taken by another program; ")
    assert not (home.root / "site").exists()


def test_no_port_at_all(home: Home) -> None:
    assert home.run("serve", "--port", "70000").code == 2


def test_where_there_is_no_portfolio(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    home = Home(tmp_path / "empty")
    for arguments in ((), ("--root", ".")):
        said = home.run("serve", "--no-open", *arguments)
        assert said.code == 2
        assert "portfolio.yaml" in said.err
        assert said.out == ""


def test_nothing_of_it_slows_other_commands(home: Home) -> None:
    (home.root.parent / "sitecustomize.py").write_text(
        "import sys\n"
        "class Blocker:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'watchfiles', 'anyio'} or 'serve' in name:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Blocker())\n"
    )
    said = home.run_apart("status", env=clean_environment(PYTHONPATH=str(home.root.parent)))
    assert said.code == 0, said.err
