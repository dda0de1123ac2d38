"""What this machine remembers of files that are gone."""

from __future__ import annotations

from dreamfolio.store.digests import DigestMemory
from dreamfolio.sweep.waste import Found, Kind, Waste

# About what a line takes.
_LINE = 160


def memory(digests: DigestMemory) -> Found:
    """The lines of ``digests`` about files that are gone, as one."""
    count = digests.forgettable()
    if not count:
        return Found()
    return Found([Waste(Kind.MEMORY, f"{count} line(s)", count * _LINE, digests.forget)])
