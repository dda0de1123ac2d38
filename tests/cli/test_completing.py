"""What a shell completes."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.home import Home


def completed(home: Home, monkeypatch: pytest.MonkeyPatch, words: str, cwd: Path) -> list[str]:
    monkeypatch.setenv("_DREAMFOLIO_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"dreamfolio {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" "))))
    return home.run(cwd=cwd).out.split()


@pytest.mark.parametrize("command", ["dream", "clean"])
def test_collections(home: Home, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    home.paint("collections/trips/north/fjord.png")
    for cwd in (home.root, home.root / "collections/trips"):
        assert completed(home, monkeypatch, f"{command} ", cwd) == ["orbs", "trips/north"]
        assert completed(home, monkeypatch, f"{command} tr", cwd) == ["trips/north"]
    assert completed(home, monkeypatch, f"{command} ", home.root.parent) == []


def test_networks(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert completed(home, monkeypatch, "layers po", home.root) == ["pocket"]
    assert "vgg16" in completed(home, monkeypatch, "explore a.png --model vg", home.root)
