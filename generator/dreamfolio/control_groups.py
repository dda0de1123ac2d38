"""What a container grants its processes is told by the control groups around them.

Of either version: https://docs.kernel.org/admin-guide/cgroup-v2.html and …/cgroup-v1/.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_OF_THIS_PROCESS = Path("/proc/self/cgroup")
_GROUPS = Path("/sys/fs/cgroup")


class ControlGroup(NamedTuple):
    """A folder of files that tell limits, each called as its ``version``, 1 or 2, calls it."""

    folder: Path
    version: int


def groups_around(controller: str) -> Iterator[ControlGroup]:
    """The groups of this process that ``controller``, ``memory`` or ``cpu``, may limit, innermost
    first; none where the system knows no such thing."""
    try:
        lines = _OF_THIS_PROCESS.read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers:
            root, version = _GROUPS, 2
        elif controller in controllers.split(","):
            root, version = _GROUPS / controller, 1
        else:
            continue
        group = root / path.lstrip("/")
        # A container may see its group as the root, under the name that it has outside.
        for folder in (group, *group.parents):
            yield ControlGroup(folder, version)
            if folder == root:
                break
