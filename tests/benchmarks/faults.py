"""Lets every operation on files of a build fail, one at a time, and looks at what is left.

A build that has something of everything to do is run once for every operation and every error that
can strike there: opening, reading, writing, syncing, renaming, removing, listing … of every file of
the portfolio, the n-th time it happens; ENOSPC (once, and from then on), EIO, EACCES, EROFS and
ENOENT. After each: no traceback; a line that names the file and what to do; sources and what was
made by hand as they were; every file whole; and the next build ends in the very same bytes as one
that nothing disturbed. Another portfolio dreams for real.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers.endured import Portfolio, busy, dreaming, faults


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--every", type=int, default=1, help="only each N-th fault")
    asked.add_argument("--from", type=int, default=0, dest="first", help="begin at the N-th fault")
    asked.add_argument("--only", choices=("busy", "dreaming"), help="only this portfolio")
    asked.add_argument("--folder", type=Path, help="where to work; a folder in memory is quickest")
    given = asked.parse_args()
    failed = 0
    for make in (busy, dreaming):
        if given.only in (None, make.__name__):
            with tempfile.TemporaryDirectory(dir=given.folder) as folder:
                failed += run(make.__name__, Portfolio(Path(folder), make), given)
    sys.exit(1 if failed else 0)


def run(name: str, portfolio: Portfolio, given: argparse.Namespace) -> int:
    """Carry out the faults; return after how many of them something was wrong."""
    every = faults(portfolio.points)
    chosen = every[given.first :: given.every]
    print(f"{name}: {len(portfolio.points)} operations, {len(every)} faults, {len(chosen)} of them")
    began = time.monotonic()
    struck: Counter[str] = Counter()
    codes: Counter[int] = Counter()
    wrong = 0
    for number, fault in enumerate(chosen):
        endured = portfolio.endures(fault)
        if endured is None:
            struck["not reached"] += 1
            continue
        struck["writing" if fault.point.writes else "reading"] += 1
        codes[endured.said.code] += 1
        if endured.wrong:
            wrong += 1
            print(endured, flush=True)
        if number % 500 == 499:
            print(f"  {number + 1} done, {wrong} wrong", flush=True)
    took = time.monotonic() - began
    print(
        f"{name}: {struck['writing']} faults while writing, {struck['reading']} while reading "
        f"({struck['not reached']} not reached the second time); exit codes {dict(codes)}; "
        f"wrong after {wrong}; {took:.0f} s"
    )
    return wrong


if __name__ == "__main__":
    main()
