"""Nothing slows to a halt: what a piece more costs, in memory and in work, however many there are.

The full sizes, and times, are ``benchmarks/scale.py``'s.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from dreamfolio.cli.task_table import task_table
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.readme import thumbs
from dreamfolio.publish.readme.held import bytes_of
from dreamfolio.publish.readme.publish import render, write
from dreamfolio.store.lock_editor import LockEditor
from dreamfolio.survey import survey
from helpers import large

FEW, MANY = 20, 80
KILOBYTES_A_PIECE = 8
"""80 MB for 10,000 pieces with two dreams each."""


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Portfolios of few pieces and of many, in collections of ten, surveyed and published once."""
    made = {}
    for pieces in (FEW, MANY):
        made[pieces] = tmp_path_factory.mktemp("large")
        large.portfolio(made[pieces], pieces, pieces // 10)
        write(render(survey(made[pieces]).portfolio, sha256_of_file))
    return made


def plan(root: Path) -> object:
    surveyed = survey(root)
    return surveyed, task_table(surveyed.portfolio, surveyed.tasks)


def readme(root: Path) -> object:
    return render(survey(root).portfolio, sha256_of_file)


@pytest.mark.parametrize("work", [plan, readme])
def test_memory_grows_by_some_kilobytes_a_piece(
    roots: dict[int, Path], work: Callable[[Path], object]
) -> None:
    few, many = (peak(work, roots[pieces]) for pieces in (FEW, MANY))
    assert (many - few) / (MANY - FEW) < KILOBYTES_A_PIECE * 1000


def peak(work: Callable[[Path], object], root: Path) -> int:
    """The least of three times: all threads of this process are counted, and one that an earlier
    test left behind can only add to it."""
    work(root)  # What is imported or remembered once is no part of it.
    gc.collect()
    return min(_peak(work, root) for _ in range(3))


def _peak(work: Callable[[Path], object], root: Path) -> int:
    tracemalloc.start()
    try:
        work(root)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_is_made_for_a_readme_waits_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large.portfolio(tmp_path, FEW, 2)
    monkeypatch.setattr(thumbs, "make", lambda picture, width: picture.name.encode() * 50_000)
    held = peak(readme, tmp_path)
    made = render(survey(tmp_path).portfolio, sha256_of_file)
    assert sum(len(bytes_of(one.data)) for one in made.changes if one.data) > 40_000_000
    assert held < 15_000_000


@pytest.mark.parametrize("work", [plan, readme])
def test_work_grows_with_the_pieces_and_no_faster(
    roots: dict[int, Path], work: Callable[[Path], object]
) -> None:
    few, many = (calls(lambda root=roots[pieces]: work(root)) for pieces in (FEW, MANY))
    assert many / few < 1.1 * MANY / FEW


def test_work_grows_no_faster_in_one_collection_either(tmp_path: Path) -> None:
    found = []
    for pieces in (FEW, MANY):
        root = tmp_path / str(pieces)
        large.portfolio(root, pieces, 1)
        write(render(survey(root).portfolio, sha256_of_file))
        found.append(calls(lambda root=root: readme(root)))
    assert found[1] / found[0] < 1.1 * MANY / FEW


def calls(work: Callable[[], object]) -> int:
    """How many functions ``work`` calls, Python's own among them: a measure that no other process
    on the machine disturbs."""
    work()
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_a_line_of_a_large_lock_costs_no_more_than_one_of_a_small_one(
    roots: dict[int, Path], tmp_path: Path
) -> None:
    found = []
    for pieces in (FEW, MANY):
        lock = {}
        surveyed = survey(roots[pieces])
        for entries in surveyed.facts.locks.values():
            lock.update(entries)
        editor, path = LockEditor(), tmp_path / f"{pieces}.lock"
        editor.write(path, lock)
        name = next(iter(lock))

        def edit(editor: LockEditor = editor, path: Path = path, name: str = name) -> None:
            changed = editor.read(path)
            changed[name] = changed.pop(name)
            editor.write(path, changed)

        found.append(calls(edit))
    assert found[1] - found[0] < 8 * (MANY - FEW)
