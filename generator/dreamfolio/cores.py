"""How many processor cores there are to work with."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator

from dreamfolio.control_groups import ControlGroup, groups_around


def available_cores() -> int:
    """The cores this process may use: in a container, which may be granted the time of a few only,
    they are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return min([cores, *_granted()])


def _granted() -> Iterator[int]:
    """How many cores' time each control group around this process grants."""
    for group in groups_around("cpu"):
        try:
            quota, period = _microseconds(group)
        except (OSError, ValueError):  # There is no such file, or it says: max.
            continue
        if quota > 0 < period:
            yield math.ceil(quota / period)


def _microseconds(group: ControlGroup) -> tuple[int, int]:
    """The time, of all cores together, that ``group`` may take in a period, and that period."""
    if group.version == 2:
        quota, period = (group.folder / "cpu.max").read_text().split()
    else:
        quota, period = (
            (group.folder / f"cpu.cfs_{name}_us").read_text() for name in ("quota", "period")
        )
    return int(quota), int(period)
