"""What thousands of pieces take: time and peak memory of each command, at three sizes.

10,000 pieces in 200 collections with two dreams each, and as much at a quarter and at half of
that: time should grow with the pieces and no faster, memory stay far below 500 MB. Each command is
a process of its own. The pictures are small: what is measured is the book-keeping. ``--locks``
measures one lock of 1,000 variants instead.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from processes import Cost, cost

sys.path.insert(0, str(Path(__file__).parents[1]))

from dreamfolio.store import lock as locks
from dreamfolio.store.lock_editor import LockEditor
from helpers import large

SIZES = (2_500, 5_000, 10_000)
PER_COLLECTION = 50
VARIANTS = 1_000

COMMANDS: dict[str, tuple[str, ...]] = {
    "status, first look": ("status",),
    "status": ("status",),
    "plan (dream --dry-run)": ("dream", "--dry-run"),
    "readme, from nothing": ("readme",),
    "readme, looked closely": ("readme",),
    "readme, nothing to do": ("readme",),
    "site, from nothing": ("site",),
    "site, looked closely": ("site",),
    "site, nothing to do": ("site",),
}
CLOSELY = "looked closely"
# Where there is something to measure twice: the first of them meets files that are too young for
# their digests to be remembered.
ROUNDS = {
    "status": 3,
    "readme, looked closely": 2,
    "readme, nothing to do": 2,
    "site, looked closely": 2,
    "site, nothing to do": 2,
}


def table(sizes: list[int], commands: list[str], folder: Path) -> None:
    """Measure the ``commands`` at each size, and print a row each."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for size in sizes:
        root = folder / f"pieces-{size}"
        large.portfolio(root, size, max(size // PER_COLLECTION, 1))
        time.sleep(2)
        for name in commands:
            costs = [_round(name, root) for _ in range(ROUNDS.get(name, 1))]
            found[name].append(min(costs, key=lambda one: one.seconds))
            print(f"{size:6} {name:24} {found[name][-1]}", flush=True)
        shutil.rmtree(root)
    print(f"\n{'':24}" + "".join(f"{f'{size:,} pieces':>24}" for size in sizes))
    for name, costs in found.items():
        cells = (f"{one.seconds:8.2f} s {one.cpu:6.2f} CPU {one.memory:4.0f}" for one in costs)
        print(f"{name:24}" + "".join(f"{cell:>24}" for cell in cells))
    print("seconds by the clock, of CPU, and the most memory in MB")


def _round(name: str, root: Path) -> Cost:
    if name.endswith(CLOSELY):  # As where it is not known to be at rest.
        (root / ".dreamfolio/at_rest.json").unlink(missing_ok=True)
    return dreamfolio(COMMANDS[name], root)


def dreamfolio(arguments: tuple[str, ...], root: Path) -> Cost:
    """Run a command of dreamfolio's in ``root``."""
    return cost([sys.executable, "-m", "dreamfolio", *arguments], root)


def lock_of(variants: int, folder: Path) -> None:
    """Milliseconds for what is done with one lock of so many variants."""
    root = folder / "one"
    large.portfolio(root, 1, 1)
    path = root / "collections" / "collection_000" / locks.FILE
    (entry, *_) = locks.read(path).values()
    lock = {f"render_{n:05}_mixed3.png": replace(entry, source=f"{n}.png") for n in range(variants)}
    locks.write(path, lock)
    editor = LockEditor()
    editor.write(path, lock)
    changing = _changes(editor, path)
    print(f"a lock of {variants:,} variants, {path.stat().st_size / 1e3:.0f} kB")
    print(f"  read it               {_milliseconds(lambda: locks.read(path)):8.1f} ms")
    print(f"  write all of it       {_milliseconds(lambda: locks.write(path, lock)):8.1f} ms")
    print(f"  write a line, in a run{_milliseconds(lambda: next(changing)):8.1f} ms")


def _changes(editor: LockEditor, path: Path) -> Iterator[None]:
    for number in range(sys.maxsize):
        lock = editor.read(path)
        name = list(lock)[number % len(lock)]
        lock[name] = replace(lock[name], versions={"number": str(number)})
        editor.write(path, lock)
        yield


def _milliseconds(work: Callable[[], object], rounds: int = 20) -> float:
    # Of the CPU: how long a disk takes to have a file for sure is its own.
    began = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - began) / rounds * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--only", nargs="+", default=[], help="commands that begin so: status site")
    parser.add_argument("--locks", action="store_true")
    parser.add_argument("--folder", type=Path, help="where to make the portfolios")
    asked = parser.parse_args()
    commands = [
        name
        for name in COMMANDS
        if not asked.only or any(name.startswith(begin) for begin in asked.only)
    ]
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        if asked.locks:
            lock_of(VARIANTS, Path(folder))
        else:
            table(asked.pieces, commands, Path(folder))


if __name__ == "__main__":
    main()
