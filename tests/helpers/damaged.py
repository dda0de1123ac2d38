"""Portfolios of which a file was damaged, and what a build may make of that."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from dreamfolio.store.at_rest import AtRest, remember
from helpers.endured import Portfolio, files, torn
from helpers.home import Home, Said

LOCK = "collections/days/dreams.lock"
RECORD = "site/.dreamfolio.json"
THUMBS = "collections/days/thumbs/thumbs.json"
CLEAN = "collections/nights/thumbs/clean/clean.json"
FLIPPED = (
    LOCK,
    RECORD,
    THUMBS,
    CLEAN,
    "README.md",
    "collections/days/thumbs/dusk_mixed3.png.webp",
    "collections/nights/thumbs/clean/lamp.png",
    "collections/days/dusk_mixed3.png",
    "site/days/dusk.html",
    ".dreamfolio/digests.json",
    ".dreamfolio/told.json",
    ".dreamfolio/fetches.json",
    ".dreamfolio/at_rest.json",
)
"""A file of each kind that a build reads again."""


class Studio:
    """A portfolio that is built and current, and what it is like then."""

    def __init__(self, folder: Path):
        self.portfolio = Portfolio(folder)
        self.home: Home = self.portfolio.home
        settings = self.home.read("portfolio.yaml").decode()
        self.home.write("portfolio.yaml", settings.replace("width: 16", "width: 16, show: both"))
        self.home.write(".dreamfolio/fetches.json", b"{}")
        remember(self.home.root, "build", AtRest("0" * 64, (), ("site/: up to date",), ()))
        assert self.build().code == 0
        assert self.home.run("clean").code == 0
        assert self.build().code == 0
        self._whole = folder / "whole"
        shutil.copytree(self.home.root, self._whole)
        self.whole = files(self.home.root)

    def reset(self) -> None:
        shutil.rmtree(self.home.root)
        shutil.copytree(self._whole, self.home.root)

    def build(self) -> Said:
        return self.portfolio.build()

    def damage(self, name: str, how: Callable[[bytes], bytes]) -> bytes:
        """Damage a file; its bytes then."""
        file = self.home.root / name
        data = how(file.read_bytes())
        file.write_bytes(data)
        return data

    def wrong(self, name: str, damaged: bytes, said: Said) -> list[str]:
        """What must not be after a build with ``name`` damaged."""
        left = files(self.home.root)
        wrong = [f"{one} is torn" for one in left if one != name and torn(self.home.root / one)]
        for one, data in self.whole.items():
            dream = one.startswith("collections/") and one.endswith(".png")
            if dream and one != name and left.get(one) != data:
                wrong.append(f"{one} is not what it was")
        if name.startswith("collections/") and name.endswith(".png") and left[name] != damaged:
            wrong.append("what may be its artist's work was written over")
        same = {one: data for one, data in left.items() if not one.startswith("kept/")} == {
            one: data for one, data in self.whole.items() if not one.startswith("kept/")
        }
        if not same and Path(name).name not in said.err:
            wrong.append(f"another end, and no word of it: {said.err}")
        if said.code and Path(name).name not in said.err:
            wrong.append(f"no line names it: {said.err}")
        return wrong

    def flips(self, name: str, seed: int) -> list[str] | None:
        """What is wrong after a byte of ``name`` became another; ``None`` without such a file."""
        self.reset()
        if not (self.home.root / name).exists():
            return None
        damaged = self.damage(name, flipped(random.Random(f"{name} {seed}")))
        return self.wrong(name, damaged, self.build())


def flipped(chance: random.Random) -> Callable[[bytes], bytes]:
    """One byte made another."""

    def flip(data: bytes) -> bytes:
        at = chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]

    return flip
