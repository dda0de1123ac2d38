"""How much memory there is to work with, in a container as on a bare machine.

A container sees all of the machine's memory told, and is ended, without a word, where it takes more
than its control group grants (https://docs.kernel.org/admin-guide/cgroup-v2.html#memory).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_GROUPS = Path("/sys/fs/cgroup")


def machine_memory() -> int | None:
    """All that this process can ever have, in bytes; None where nobody tells."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return min([machine, *(limit for limit, _ in _granted())])


def available_memory() -> int:
    """What can be had now without swapping, in bytes; many where nobody tells."""
    return max(0, min([_free(), *(limit - taken for limit, taken in _granted())]))


def _free() -> int:
    told = _numbers(_PROC / "meminfo").get("MemAvailable:")
    return told * 1024 if told is not None else 1 << 50


def _granted() -> Iterator[tuple[int, int]]:
    """What each control group around this process may take, and has taken for good: files that it
    keeps at hand only to read them sooner do not count."""
    for group, limit, taken, kept in _groups():
        try:
            most, now = (int((group / name).read_text()) for name in (limit, taken))
        except (OSError, ValueError):  # There is no such file, or it says: max.
            continue
        yield most, max(0, now - _numbers(group / "memory.stat").get(kept, 0))


def _groups() -> Iterator[tuple[Path, str, str, str]]:
    """The groups, innermost first, and what their numbers are called, by either version."""
    try:
        lines = (_PROC / "self" / "cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        names: tuple[str, str, str]
        if not controllers:
            root, names = _GROUPS, ("memory.max", "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            root = _GROUPS / "memory"
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        else:
            continue
        group = root / path.lstrip("/")
        # A container may see its group as the root, under the name that it has outside.
        for folder in (group, *group.parents):
            yield (folder, *names)
            if folder == root:
                break


def _numbers(file: Path) -> dict[str, int]:
    """The first number of each line of ``file``, by the line's first word; {} where it is none."""
    try:
        parts = [line.split() for line in file.read_text().splitlines()]
        return {words[0]: int(words[1]) for words in parts if len(words) > 1}
    except (OSError, ValueError):
        return {}
