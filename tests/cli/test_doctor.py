"""``dreamfolio doctor``."""

from __future__ import annotations

from pathlib import Path

from helpers.home import PORTFOLIO, Home


def test_says_what_there_is(home: Home) -> None:
    said = home.run("doctor")
    assert said.code == 0, said.everything
    for word in ("python", "tensorflow", "device", "weights", "memory", "cache"):
        assert word in said.out
    assert f"{home.root}: 1 collection, 2 pieces" in said.out


def test_says_what_is_in_the_way(home: Home) -> None:
    home.write("portfolio.yaml", PORTFOLIO + "titel: x\nthemes: y\n")
    said = home.run("doctor")
    assert said.code == 1
    [row] = [row for row in said.out.splitlines() if row.split()[1] == "portfolio"]
    assert row.startswith("mend")
    assert "portfolio.yaml:6:1" in row
    assert "1 more" in row


def test_network_that_is_away_is_in_the_way_of_what_waits_for_it(home: Home) -> None:
    assert home.run("dream").code == 0
    (home.root / "networks/tiny.keras").unlink()
    said = home.run("doctor")
    assert said.code == 0, said.everything
    [row] = [row for row in said.out.splitlines() if "networks/tiny.keras is not here" in row]
    assert row.startswith("note")
    home.paint("collections/orbs/another.png", seed=9)
    said = home.run("doctor")
    assert said.code == 1
    [row] = [row for row in said.out.splitlines() if "networks/tiny.keras is not here" in row]
    assert row.startswith("mend")


def test_cache_out_of_reach_is_in_the_way(home: Home) -> None:
    home.write("nowhere", "a file where the cache should be")
    home.write("portfolio.yaml", PORTFOLIO + "cache: nowhere\n")
    said = home.run("doctor")
    assert said.code == 1
    [row] = [row for row in said.out.splitlines() if row.split()[1] == "cache"]
    assert row.startswith("mend")


def test_outside_of_a_portfolio(home: Home, tmp_path: Path) -> None:
    said = home.run("doctor", cwd=tmp_path)
    assert said.code == 0
    assert "dreamfolio new portfolio" in said.out
