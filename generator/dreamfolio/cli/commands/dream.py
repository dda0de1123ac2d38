"""``dreamfolio dream``: only the dreaming."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from dreamfolio.cli.alone import alone
from dreamfolio.cli.dreaming import chosen, dream_tasks, last_words, show_plan, tell
from dreamfolio.cli.interruptible import interruptible
from dreamfolio.cli.nothing import why_nothing
from dreamfolio.cli.progress import progress
from dreamfolio.cli.show import Told, note, warn
from dreamfolio.runner.outcome import Outcome
from dreamfolio.survey import survey


def dream(
    root: Path,
    collections: Sequence[str],
    only: Sequence[str],
    *,
    force: bool,
    dry_run: bool,
    cluster: str | None,
) -> None:
    """Dream what is missing or stale of what was asked for."""
    with contextlib.nullcontext() if dry_run else alone(root, "dream"):
        _dream(root, collections, only, force=force, dry_run=dry_run, cluster=cluster)


def _dream(
    root: Path,
    collections: Sequence[str],
    only: Sequence[str],
    *,
    force: bool,
    dry_run: bool,
    cluster: str | None,
) -> None:
    surveyed = survey(root)
    for problem in surveyed.problems:
        warn(problem)
    tasks = chosen(surveyed, collections, only, force=force)
    if dry_run:
        show_plan(surveyed, tasks)
        return
    outcome = Outcome()
    with progress() as shown:

        def work(stop: Callable[[], bool]) -> None:
            dream_tasks(surveyed, tasks, outcome, shown, stop, cluster)

        def on_interrupt() -> None:
            shown.close()
            last_words(surveyed, outcome, tasks, "dream")

        interruptible(work, on_interrupt)
    tell(outcome, tasks, Told())
    if why := why_nothing(surveyed):
        note(why)
    if not outcome.ok:
        raise SystemExit(1)
