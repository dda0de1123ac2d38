"""The cluster's machines: which of them can dream, and how many dreams at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dreamfolio import __version__
from dreamfolio.dream.look import LOOK


@dataclass(frozen=True, slots=True)
class Node:
    """A machine with ``dreamers`` places to dream at once, each taking ``resources``."""

    id: str
    name: str
    dreamers: int
    resources: dict[str, float]

    def placed(self, resources: dict[str, float]) -> dict[str, Any]:
        """Ray's options for what is to run there, and nowhere else."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = NodeAffinitySchedulingStrategy(node_id=self.id, soft=False)
        return {**resources, "scheduling_strategy": here}


def nodes(ray: Any) -> list[Node]:
    """The machines that live: those with GPUs, a dream for each; where no machine has one, those
    with CPUs, a dream for all of a machine's, since a dream uses them all."""
    alive = [one for one in ray.nodes() if one["Alive"]]
    hosts = Counter(one["NodeManagerHostname"] for one in alive)
    kind = "GPU" if any(one["Resources"].get("GPU", 0) >= 1 for one in alive) else "CPU"
    found = []
    for one in alive:
        count = int(one["Resources"].get(kind, 0))
        if count < 1:
            continue
        host = one["NodeManagerHostname"]
        name = host if hosts[host] == 1 else f"{host}#{one['NodeID'][:6]}"
        if kind == "GPU":
            found.append(Node(one["NodeID"], name, count, {"num_gpus": 1, "num_cpus": 0}))
        else:
            found.append(Node(one["NodeID"], name, 1, {"num_cpus": count}))
    return found


def greeting(ray: Any, node: Node) -> Any:
    """Ask a machine what it has of dreamfolio; a reference to a ``dict`` of its answers."""

    # Sent by value, as what lies within a function is: it must run where no dreamfolio is.
    def greet() -> dict[str, str]:
        try:
            import dreamfolio
            from dreamfolio.dream import look

            return {"dreamfolio": dreamfolio.__version__, "look": str(look.LOOK)}
        except ImportError:
            return {}

    asked = ray.remote(greet).options(max_retries=0, **node.placed({"num_cpus": 0}))
    return asked.remote()


def in_the_way(answer: dict[str, str]) -> Iterator[str]:
    """Why a machine that answers a greeting so must not dream for this one: what it dreams would
    be another picture."""
    if not answer:
        yield f"it has no dreamfolio; there: pip install 'dreamfolio[dream]=={__version__}'"
    elif answer["dreamfolio"] != __version__ or answer["look"] != str(LOOK):
        yield (
            f"it has dreamfolio {answer['dreamfolio']} (look {answer['look']}), this machine "
            f"{__version__} (look {LOOK}); install the same on both"
        )
