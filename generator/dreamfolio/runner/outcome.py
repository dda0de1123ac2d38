"""What a run has done so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import DreamfolioError, NetworkUnavailable
from dreamfolio.plan.task import Task


@dataclass
class Outcome:
    """Grows while a run goes on, so that an interrupted one can still say what is kept.

    ``noted`` are the variants that stood there already and had no line in the lock. ``pending`` are
    those whose network could not be had, ``failed`` those that something else stood in the way of.
    ``away`` are the networks that could not be had, whether or not others stood in for them.
    ``warnings`` cost no variant; ``problems`` neither, but something that should be recorded is
    not.
    """

    dreamed: list[Task] = field(default_factory=list)
    restored: list[Task] = field(default_factory=list)
    noted: list[Task] = field(default_factory=list)
    failed: list[tuple[Task, DreamfolioError]] = field(default_factory=list)
    pending: list[tuple[Task, DreamfolioError]] = field(default_factory=list)
    away: dict[NetworkReference, NetworkUnavailable] = field(default_factory=dict)
    problems: list[DreamfolioError] = field(default_factory=list)
    warnings: list[DreamfolioError] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every variant that was to be made is there now, and recorded."""
        return not self.failed and not self.pending and not self.problems
