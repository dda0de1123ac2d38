"""``dreamfolio build``: dream what is missing, then the README, then the site."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from dreamfolio.cli.alone import alone
from dreamfolio.cli.at_rest import Glance
from dreamfolio.cli.dreaming import chosen, dream_tasks, last_words, show_plan, tell
from dreamfolio.cli.interruptible import interruptible
from dreamfolio.cli.nothing import why_nothing
from dreamfolio.cli.privacy import warn_of_tellers
from dreamfolio.cli.progress import progress
from dreamfolio.cli.publishing import check, publish_readme, publish_site
from dreamfolio.cli.show import Told, note, show_error
from dreamfolio.cli.unshown import passed_over
from dreamfolio.errors import DreamfolioError, of_disk
from dreamfolio.plan.task import TO_DO
from dreamfolio.runner.outcome import Outcome
from dreamfolio.survey import Survey, survey


def build(root: Path, *, force: bool, dry_run: bool, cluster: str | None) -> None:
    """Bring the whole portfolio up to date; exits with 1 where a part of it could not be."""
    if dry_run:
        surveyed = _surveyed(root, Told())
        show_plan(surveyed, chosen(surveyed, (), (), force=force))
        return
    with alone(root, "build"):
        began = time.monotonic()
        glance = Glance(root, "build")
        done = not force and glance.is_enough()
        if not done:
            done = _build(root, glance, force=force, cluster=cluster)
        note(f"built in {time.monotonic() - began:.1f} s")
    if not done:
        raise SystemExit(1)


def _surveyed(root: Path, told: Told) -> Survey:
    """The portfolio, and all of it that could end a build checked."""
    surveyed = survey(root)
    for problem in surveyed.problems:
        told.warn(problem)
    check(surveyed)
    return surveyed


def _build(root: Path, glance: Glance, *, force: bool, cluster: str | None) -> bool:
    """Make what is missing; say whether nothing went wrong."""
    outcome, told = Outcome(), Told()
    surveyed = _surveyed(root, told)
    tasks = chosen(surveyed, (), (), force=force)
    with progress() as shown:

        def work(stop: Callable[[], bool]) -> bool:
            dream_tasks(surveyed, tasks, outcome, shown, stop, cluster)
            if stop():
                return False
            shown.close()
            tell(outcome, tasks, told)
            if why := why_nothing(surveyed):
                told.note(why)
            # What was made or recorded just now has its place in README and site.
            changed = outcome.dreamed or outcome.restored or outcome.noted
            try:
                after = survey(root) if changed else surveyed
            except DreamfolioError as error:  # Something was broken in the meantime.
                show_error(error)
                return False
            readme_ok = _tried(lambda: publish_readme(after, told))
            site_ok = _tried(lambda: publish_site(after, shown, told))
            if said := passed_over(after.portfolio):
                told.warn(said)
            warn_of_tellers(after, again=False)
            return readme_ok and site_ok

        def on_interrupt() -> None:
            shown.close()
            last_words(surveyed, outcome, tasks, "build")

        published = interruptible(work, on_interrupt)
    done = outcome.ok and published
    if done and not any(task.state in TO_DO or task.lacks_movie for task in tasks):
        glance.keep(surveyed, told)
    return done


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
