"""A Ray cluster of two machines, both of which are this one."""

from __future__ import annotations

import os
from typing import Any


class TwoNodes:
    """The cluster at ``address``, with a CPU on each machine: one dream at a time.

    All of its own Ray keeps below ``$RAY_TMPDIR``, which must be short: sockets lie there.
    """

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self._cluster = Cluster()

    def start(self) -> None:
        each = {"num_cpus": 1, "object_store_memory": 80_000_000}
        # The monitor would only start more machines.
        self._cluster.add_node(**each, include_dashboard=False, no_monitor=True)
        self._other = self._cluster.add_node(**each)

    @property
    def address(self) -> str:
        return str(self._cluster.address)

    @property
    def other(self) -> str:
        """How the id begins of the machine that is not the head, as a command names it."""
        return str(self._other.node_id[:6])

    def kill_other(self) -> None:
        """Cut it off, and all that runs there."""
        self._cluster.remove_node(self._other, allow_graceful=False)

    def stop(self) -> None:
        self._cluster.shutdown()


def processes(folder: str, named: str = "") -> list[Any]:
    """What Ray runs below ``folder`` that is ``named`` so, as psutil has it."""
    import psutil  # type: ignore[import-untyped,unused-ignore]  # Ray brings it.

    return [
        one
        for one in psutil.process_iter()
        if one.pid != os.getpid() and _is_of(one, folder, named)
    ]


def _is_of(process: Any, folder: str, named: str) -> bool:
    import psutil  # type: ignore[import-untyped,unused-ignore]

    try:
        ours = process.environ().get("RAY_TMPDIR") == folder
        goes_on = ours and process.status() != psutil.STATUS_ZOMBIE
        return goes_on and named in " ".join(process.cmdline())
    except psutil.Error:  # Gone by now.
        return False
