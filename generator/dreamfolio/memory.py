"""How much memory there is to work with.

In a container that is less than the machine has: whoever takes more than its control groups grant
is ended, without a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dreamfolio.control_groups import groups_around

_MEMINFO = Path("/proc/meminfo")
_CALLED = {
    1: ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    2: ("memory.max", "memory.current", "inactive_file"),
}


def machine_memory() -> int | None:
    """All that this process can ever have, in bytes; None where nobody tells."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return min([machine, *(limit for limit, _ in _granted())])


def available_memory() -> int:
    """What can be had now without swapping, in bytes; many where nobody tells."""
    free = _numbers(_MEMINFO).get("MemAvailable:", 1 << 40) * 1024
    return max(0, min([free, *(limit - taken for limit, taken in _granted())]))


def _granted() -> Iterator[tuple[int, int]]:
    """What each control group around this process may take, and has taken for good: files that it
    keeps at hand only to read them sooner do not count."""
    for folder, version in groups_around("memory"):
        limit, taken, kept = _CALLED[version]
        try:
            most, now = (int((folder / name).read_text()) for name in (limit, taken))
        except (OSError, ValueError):  # There is no such file, or it says: max.
            continue
        yield most, max(0, now - _numbers(folder / "memory.stat").get(kept, 0))


def _numbers(file: Path) -> dict[str, int]:
    """The first number of each line of ``file``, by the line's first word; none where there is no
    such file."""
    try:
        lines = [line.split() for line in file.read_text().splitlines()]
        return {words[0]: int(words[1]) for words in lines if len(words) > 1}
    except (OSError, ValueError):
        return {}
