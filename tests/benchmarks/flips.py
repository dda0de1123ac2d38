"""Flips a byte in each kind of file that a build reads again, many times over.

A portfolio that is built and current; one random byte of one file becomes another, and it is built
again. No traceback, no picture lost, nothing of its artist's written over; and either all ends in
the very same bytes as before, or a line names the damaged file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers.damaged import FLIPPED, Studio


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=100, help="how often for each file")
    asked.add_argument("--folder", type=Path, help="where to work; a folder in memory is quickest")
    given = asked.parse_args()
    failed, began = 0, time.monotonic()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        studio = Studio(Path(folder))
        for name in FLIPPED:
            found = [studio.flips(name, seed) for seed in range(given.times)]
            wrong = [one for one in found if one]
            failed += len(wrong)
            flips = sum(one is not None for one in found)
            print(f"{name}: {flips} flips, wrong after {len(wrong)} {wrong[:1] or ''}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
