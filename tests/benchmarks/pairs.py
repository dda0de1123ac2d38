"""Time things in turn, A B A B …, and print medians and ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType


def in_turn(
    things: Mapping[str, Callable[[], object]],
    rounds: int,
    limits: Mapping[str, float] = MappingProxyType({}),
) -> None:
    """Call each of ``things`` once unmeasured, then ``rounds`` times in turn; print seconds.

    The ratio is that of each to the first, pair by pair; its median is told. ``limits`` are the
    seconds that physics asks for, which are told beside those it took.
    """
    for call in things.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, call in things.items():
            began = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - began)
    first = next(iter(seconds.values()))
    width = max(len(name) for name in things)
    told = "   limit s   times it" if limits else ""
    print(f"{'':{width}}  median s     min     max   ratio{told}")
    for name, taken in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(taken, first, strict=True))
        median, limit = statistics.median(taken), limits.get(name)
        told = f" {limit:9.3f} {median / limit:10.1f}" if limit else ""
        print(
            f"{name:{width}}  {median:8.3f} {min(taken):7.3f} {max(taken):7.3f} {ratio:7.2f}{told}"
        )
