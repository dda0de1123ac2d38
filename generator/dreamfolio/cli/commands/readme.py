"""``dreamfolio readme``: the README's tables, or a look at whether they are up to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dreamfolio.cli.alone import alone
from dreamfolio.cli.at_rest import Glance
from dreamfolio.cli.interruptible import interruptible
from dreamfolio.cli.publishing import about_size, publish_readme
from dreamfolio.cli.show import Told, note, say, show_error
from dreamfolio.publish.readme.publish import initialise, render
from dreamfolio.publish.readme.result import diff
from dreamfolio.survey import survey


def readme(root: Path, *, check: bool, init: bool) -> None:
    """Write the README's tables; with ``check``, only show what would change, and exit with 1."""
    if check:
        _check(root)
        return
    with alone(root, "readme"):
        glance = Glance(root, "readme")
        if init or not glance.is_enough():
            _write(root, glance, init=init)


def _write(root: Path, glance: Glance, *, init: bool) -> None:
    surveyed, told = survey(root), Told()
    if init:
        initialise(surveyed.portfolio)

    def work(stop: Callable[[], bool]) -> bool:
        return publish_readme(surveyed, told)

    def on_interrupt() -> None:
        note("\nStopped. What is written so far is kept; dreamfolio readme goes on from here.")

    if not interruptible(work, on_interrupt):
        raise SystemExit(1)
    glance.keep(surveyed, told)


def _check(root: Path) -> None:
    surveyed = survey(root)
    result = render(surveyed.portfolio, surveyed.memory.file)
    surveyed.memory.save()
    for problem in result.problems:
        show_error(problem)
    for line in about_size(result, surveyed.portfolio):
        note(f"{result.path.name}: {line}")
    if result.hint:
        show_error(result.hint)
    if result.outdated:
        say(diff(result).rstrip("\n"))
    else:
        note(f"{result.path.name}: up to date")
    if result.outdated or result.hint or result.problems:
        raise SystemExit(1)
