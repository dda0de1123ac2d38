"""Trials: a command is cut off, what is left is looked at, and it is run again to its end."""

from __future__ import annotations

import itertools
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from signal import SIGKILL

from helpers.crashing.looking import (
    Tree,
    around_tables,
    by_hand,
    dreams_of,
    finished,
    is_whole,
    lasting,
    parts,
    torn,
    tree_of,
)
from helpers.crashing.studio import BY_HAND
from helpers.crashing.zygote import Cut, Ended, Zygote

_MADE_ANEW = ("site/", ".dreamfolio/dreaming/")


@dataclass(frozen=True)
class Trial:
    """What came of one. All lists are empty and both counts 0 where nothing was lost.

    ``again`` are the finished dreams that were dreamed again, ``left`` the parts of files that the
    cut left behind, which is no fault unless they are there at the end, too.
    """

    cut: Cut
    first: Ended
    torn: tuple[str, ...]
    changed: tuple[str, ...]
    again: int
    differing: tuple[str, ...]
    left: int
    second: Ended

    @property
    def faults(self) -> list[str]:
        """What was lost, in words."""
        told = [
            *(f"torn: {name}" for name in self.torn),
            *(f"made by hand, and changed: {name}" for name in self.changed),
            *(f"not as after an undisturbed run: {name}" for name in self.differing),
        ]
        if self.again:
            told.append(f"{self.again} finished dreams dreamed again")
        if self.second.code:
            told.append(f"the second run ended with {self.second.code}: {self.second.said}")
        if self.cut.signal != SIGKILL:
            told += self._of_the_ending()
        return [f"{self.first.struck}: {one}" for one in told]

    def _of_the_ending(self) -> Iterator[str]:
        if self.first.code != 128 + self.cut.signal:
            yield f"signal {self.cut.signal} ended it with {self.first.code}"
        if "Stopped." not in self.first.said or "Traceback" in self.first.said:
            yield f"its last words are {self.first.said[-200:]!r}"


class Trials:
    """Trials of ``build`` on the portfolio that stands in ``studio``. Writes beside that."""

    def __init__(self, zygote: Zygote, studio: Path):
        self._zygote, self._studio = zygote, studio
        self._before = tree_of(studio)
        self._work = studio.with_name("work")
        undisturbed = self._run()
        assert undisturbed.code == 0, undisturbed.said
        self.points = undisturbed.points
        self._after: Tree = tree_of(self._work)
        broken = {name for name, (_, data) in self._after.items() if not is_whole(name, data)}
        assert broken <= {*BY_HAND}, broken
        known = finished(self._before, dreams_of(self._after))
        self.dreams = {k: v for k, v in dreams_of(self._after).items() if k not in known}
        assert _dreamed(undisturbed) == len(self.dreams), undisturbed.said

    def spread(self, count: int, seed: int = 1) -> list[int]:
        """``count`` of the points, one from each of as many equal stretches of the whole run: at
        even distances, points of one kind could be met again and again."""
        total, dice = len(self.points), random.Random(seed)
        count = min(count, total)
        edges = [total * number // count for number in range(count + 1)]
        return [dice.randrange(*pair) for pair in itertools.pairwise(edges)]

    def trial(self, cut: Cut) -> Trial:
        """Cut a build off there, look, and build again."""
        cut, first = self._cut_off(cut)
        there = tree_of(self._work)
        changed = self._changed()
        ready = finished(there, self.dreams)
        second = self._zygote.dreamfolio(self._work, "build")
        end = tree_of(self._work)
        return Trial(
            cut=cut,
            first=first,
            torn=tuple(self._torn(there, cut)),
            changed=(*changed, *self._changed()),
            again=abs(_dreamed(second) - (len(self.dreams) - len(ready))),
            differing=tuple(_differing(lasting(end), lasting(self._after))),
            left=len(parts(there)),
            second=second,
        )

    def _cut_off(self, cut: Cut) -> tuple[Cut, Ended]:
        """Cut a build off there; or somewhat before, where it came to its end: one on a machine
        that is less busy has fewer points, for it keeps less on its way."""
        ended = self._run(cut)
        while cut.number and ended.struck is None:
            cut = replace(cut, number=cut.number * 9 // 10)
            ended = self._run(cut)
        return cut, ended

    def _run(self, cut: Cut | None = None) -> Ended:
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._studio, self._work)
        return self._zygote.dreamfolio(self._work, "build", cut=cut)

    def _torn(self, there: Tree, cut: Cut) -> list[str]:
        names = torn(there, self._before, self._after)
        # A power cut may leave what can be made anew empty, if only the next run notices.
        return [name for name in names if not (cut.power and name.startswith(_MADE_ANEW))]

    def _changed(self) -> list[str]:
        there, here = by_hand(self._studio), by_hand(self._work)
        changed = [name for name in there if there[name] != here.get(name)]
        readmes = [around_tables((root / "README.md").read_bytes()) for root in self._both]
        return [*changed, *(["README.md"] if readmes[0] != readmes[1] else [])]

    @property
    def _both(self) -> tuple[Path, Path]:
        return self._studio, self._work


def _dreamed(ended: Ended) -> int:
    told = re.search(r"^variants: .*?(\d+) dreamed", ended.said, re.MULTILINE)
    return int(told[1]) if told else 0


def _differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
