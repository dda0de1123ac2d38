"""What a build loses that is cut off: at 200 points of it by SIGKILL, at others by Ctrl-C and its
like, and how soon those end it.

The points are those before, amid and after each operation on a file (opening, writing, bringing to
the disk, renaming, removing, folders), spread over all of a build by strata; and moments by the
clock. After each the same build is run again to its end. Dreams are dreamed for real, by a network
of three convolutions. Every file but this machine's own (.dreamfolio/digests.json, which holds the
times and inodes of files, and the lock) is compared byte for byte with what an undisturbed build
leaves. Power cuts are played: what was written and not brought to the disk is emptied. Needs Linux.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from helpers.crashing.trials import Trial, Trials
from helpers.crashing.zygote import Cut, Zygote

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=int, default=200, help="for SIGKILL (default: 200)")
    parser.add_argument("--clock", type=int, default=40, help="moments for SIGKILL (default: 40)")
    parser.add_argument("--power", type=int, default=60, help="power cuts (default: 60)")
    parser.add_argument("--signals", type=int, default=90, help="points for the others (90)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Zygote(Path(folder)) as zygote:
        studio = Path(folder, "studio")
        zygote.call(studio, "helpers.crashing.studio:make")
        began = time.monotonic()
        trials = Trials(zygote, studio)
        took = time.monotonic() - began
        print(
            f"an undisturbed build: {len(trials.points)} points, {len(trials.dreams)} dreams, "
            f"{took:.1f} s",
            flush=True,
        )
        points = trials.spread(asked.points, asked.seed)
        failed = _told(
            "SIGKILL at a point",
            trials,
            [Cut(signal.SIGKILL, number=number) for number in points],
        )
        failed += _told(
            "SIGKILL by the clock",
            trials,
            [
                Cut(signal.SIGKILL, seconds=took * (number + 0.5) / asked.clock)
                for number in range(asked.clock)
            ],
        )
        failed += _told(
            "power cut",
            trials,
            [
                Cut(signal.SIGKILL, number=number, power=True)
                for number in trials.spread(asked.power, asked.seed + 2)
            ],
        )
        # Every other time the disk does not answer any more.
        failed += _told(
            "SIGINT, SIGTERM, SIGHUP",
            trials,
            [
                Cut(SIGNALS[place % 3], number=number, held=place % 2 == 0)
                for place, number in enumerate(trials.spread(asked.signals, asked.seed + 1))
            ],
        )
    sys.exit(1 if failed else 0)


def _told(name: str, trials: Trials, cuts: Iterable[Cut]) -> int:
    done: list[Trial] = []
    for cut in cuts:
        trial = trials.trial(cut)
        done.append(trial)
        for fault in trial.faults:
            print(f"  {fault}", flush=True)
    cut_off = [trial for trial in done if trial.first.code]
    print(f"{name}: {len(done)} times, {len(cut_off)} of them before the end")
    print(f"  torn files                                   {_sum(done, 'torn')}")
    print(f"  files of the artist changed                  {_sum(done, 'changed')}")
    print(f"  finished dreams dreamed again                {sum(trial.again for trial in done)}")
    print(f"  files unlike those of an undisturbed build   {_sum(done, 'differing')}")
    parts = [trial.left for trial in cut_off]
    print(f"  parts left and removed by the next build     {sum(parts)}")
    ended = sorted(trial.first.after or 0.0 for trial in cut_off)
    if ended:
        print(f"  ended after                                  {ended[-1]:.2f} s at most")
    kinds = Counter(_kind(trial) for trial in cut_off)
    print("  " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()), flush=True)
    return sum(bool(trial.faults) for trial in done)


def _sum(done: list[Trial], field: str) -> int:
    return sum(len(getattr(trial, field)) for trial in done)


def _kind(trial: Trial) -> str:
    words = (trial.first.struck or "at the end").split()
    return " ".join(words[1:3]) if words[0].endswith(":") else " ".join(words)


if __name__ == "__main__":
    main()
