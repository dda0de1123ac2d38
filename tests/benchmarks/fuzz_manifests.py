"""Thousands of manifests at random: none may make dreamfolio stumble, hang or write elsewhere.

Each example is a portfolio.yaml, a collection.yaml and a theme.yaml, made by their forms and
spoiled in shape and in bytes. All are read and surveyed, and some published: README, thumbnails
and site.
"""

from __future__ import annotations

import argparse
import faulthandler
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hypothesis import HealthCheck, given, seed, settings

from helpers.fuzzed import digest_around, manifests, portfolio, try_out

# As many at a time: it keeps what it has tried in mind, and slows down.
BATCH = 500


def main() -> None:
    """Try them, and print how they fared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0, help="another seed, other manifests")
    parser.add_argument("--publish", type=int, default=10, help="publish every so manieth")
    parser.add_argument("--deadline", type=float, default=20.0, help="CPU seconds for one")
    asked = parser.parse_args()
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tree = portfolio(Path(folder))
        before = digest_around(tree)
        for batch in range(-(-asked.examples // BATCH)):

            @seed(asked.seed + batch)
            @settings(
                max_examples=min(BATCH, asked.examples - batch * BATCH),
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            )
            @given(files=manifests())
            def tried(files: dict[str, bytes]) -> None:
                nonlocal slowest
                # Of the CPU: others may keep the machine busy. Who waits for ever is told, too.
                start = time.process_time()
                faulthandler.dump_traceback_later(60 * asked.deadline, exit=True)
                publish = sum(outcomes.values()) % asked.publish == 0
                outcomes[try_out(tree, files, publish=publish)] += 1
                faulthandler.cancel_dump_traceback_later()
                took = time.process_time() - start
                slowest = max(slowest, took)
                assert took < asked.deadline, f"it took {took:.0f} s"
                assert digest_around(tree) == before, "something was written outside"

            tried()
            print(f"{sum(outcomes.values()):6}: {dict(outcomes)}", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{sum(outcomes.values()):,} manifests in {time.monotonic() - began:.0f} s: "
        f"0 tracebacks, 0 hangs (the slowest {slowest:.1f} s), 0 files written outside; "
        f"{outcomes['refused']:,} refused in plain lines, {outcomes['published']:,} published; "
        f"{memory:.0f} MB at most"
    )


if __name__ == "__main__":
    main()
