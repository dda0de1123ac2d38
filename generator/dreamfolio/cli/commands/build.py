"""``dreamfolio build``: dream what is missing, then the README, then the site."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from dreamfolio.cli.alone import alone
from dreamfolio.cli.dreaming import chosen, dream_tasks, last_words, show_plan, tell
from dreamfolio.cli.interruptible import interruptible
from dreamfolio.cli.nothing import tell_why_nothing
from dreamfolio.cli.privacy import warn_of_tellers
from dreamfolio.cli.progress import progress
from dreamfolio.cli.publishing import check, publish_readme, publish_site
from dreamfolio.cli.show import Told, note, show_error, warn
from dreamfolio.cli.unshown import warn_of_unshown
from dreamfolio.errors import DreamfolioError, of_disk
from dreamfolio.runner.outcome import Outcome
from dreamfolio.survey import survey


def build(root: Path, *, force: bool, dry_run: bool, cluster: str | None) -> None:
    """Bring the whole portfolio up to date; exits with 1 where a part of it could not be."""
    with contextlib.nullcontext() if dry_run else alone(root, "build"):
        _build(root, force=force, dry_run=dry_run, cluster=cluster)


def _build(root: Path, *, force: bool, dry_run: bool, cluster: str | None) -> None:
    began = time.monotonic()
    surveyed = survey(root)
    for problem in surveyed.problems:
        warn(problem)
    check(surveyed)
    tasks = chosen(surveyed, (), (), force=force)
    if dry_run:
        show_plan(surveyed, tasks)
        return
    outcome, told = Outcome(), Told()
    with progress() as shown:

        def work(stop: Callable[[], bool]) -> bool:
            dream_tasks(surveyed, tasks, outcome, shown, stop, cluster)
            if stop():
                return False
            shown.close()
            tell(outcome, tasks, told)
            tell_why_nothing(surveyed)
            # What was made or recorded just now has its place in README and site.
            changed = outcome.dreamed or outcome.restored or outcome.noted
            try:
                after = survey(root) if changed else surveyed
            except DreamfolioError as error:  # Something was broken in the meantime.
                show_error(error)
                return False
            readme_ok = _tried(lambda: publish_readme(after, told))
            site_ok = _tried(lambda: publish_site(after, shown, told))
            warn_of_unshown(after.portfolio)
            warn_of_tellers(after, again=False)
            return readme_ok and site_ok

        def on_interrupt() -> None:
            shown.close()
            last_words(surveyed, outcome, tasks, "build")

        published = interruptible(work, on_interrupt)
    note(f"built in {time.monotonic() - began:.1f} s")
    if not outcome.ok or not published:
        raise SystemExit(1)


def _tried(publish: Callable[[], bool]) -> bool:
    """Whether a part was published; what stands in its way is told, and costs no other part."""
    try:
        return publish()
    except DreamfolioError as error:
        show_error(error)
    except OSError as error:
        if error.filename is None:
            raise
        show_error(of_disk(error))
    return False
