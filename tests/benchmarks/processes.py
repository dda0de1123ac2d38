"""Whole processes, measured: seconds by the clock and of all cores, and the most memory held."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_EVERY_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and all it started cost: seconds, CPU seconds, and the largest sum of what
    they had in memory at one time, in MB (0 where the system does not tell)."""

    seconds: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        memory = f"{self.memory:6.0f} MB" if self.memory else "     ? MB"
        return f"{self.seconds:7.2f} s {self.cpu:7.2f} s CPU {memory}"


def cost(arguments: list[str], folder: Path) -> Cost:
    """Run a command in ``folder``. Raises ``CalledProcessError`` where it fails."""
    before, began = _cpu(), time.perf_counter()
    process = subprocess.Popen(
        arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    peak = [0.0]
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watch.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - began
    done.set()
    watch.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments, output)
    return Cost(seconds, _cpu() - before, peak[0])


def dreamfolio(command: str, folder: Path) -> Cost:
    """Run a command of dreamfolio on the portfolio in ``folder``."""
    return cost([sys.executable, "-m", "dreamfolio", command], folder)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(_EVERY_SECONDS):
        peak[0] = max(peak[0], sum(map(_megabytes, _family(process))))


def _family(process: int) -> list[int]:
    try:
        children = [
            child
            for task in Path(f"/proc/{process}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return [process]
    return [process, *(each for child in children for each in _family(int(child)))]


def _megabytes(process: int) -> float:
    # What it has for itself and its part of what it shares: sums of these count nothing twice.
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except (OSError, IndexError, ValueError):
        pass
    return 0.0
