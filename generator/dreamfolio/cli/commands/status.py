"""``dreamfolio status``: how every variant stands, as a table or as data."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from dreamfolio.cli.nothing import why_nothing
from dreamfolio.cli.privacy import warn_of_tellers
from dreamfolio.cli.show import note, plural, say, say_data, say_table, show_error, warn
from dreamfolio.cli.task_table import task_table
from dreamfolio.cli.unshown import warn_of_unshown
from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import LockError
from dreamfolio.plan.task import TO_DO, State, Task
from dreamfolio.publish.astray import astray
from dreamfolio.survey import Survey, survey


def status(root: Path, *, as_json: bool, check: bool) -> None:
    """Print the status of the portfolio at ``root``; with ``check``, exit 1 where work waits.

    People are shown the other collections where one's lock cannot be read; data is all or nothing.
    """
    broken: list[LockError] = []
    surveyed = survey(root, None if as_json else broken.append)
    for lock in broken:
        show_error(lock)
    for problem in surveyed.problems:
        warn(problem)
    if as_json:
        say_data(_as_data(surveyed.portfolio, surveyed.tasks))
    elif surveyed.tasks:
        say_table(task_table(surveyed.portfolio, surveyed.tasks))
        say()
        say(_counted(surveyed.tasks))
        if any(task.state is State.ORPHAN for task in surveyed.tasks):
            note("orphans stay until you say otherwise: dreamfolio gc --orphans")
    elif not broken and (why := why_nothing(surveyed)):
        note(why)
    if broken:
        raise SystemExit(broken[0].exit_code)
    if not as_json:
        _warn_of_links(surveyed)
        warn_of_unshown(surveyed.portfolio)
        warn_of_tellers(surveyed, again=True)
    if check and any(task.state in TO_DO for task in surveyed.tasks):
        raise SystemExit(1)


def _warn_of_links(surveyed: Survey) -> None:
    """Name what is a link out of the portfolio and is in no row of the table, being undreamed."""
    told = {(task.collection, task.source) for task in surveyed.tasks if task.problem}
    for collection in surveyed.portfolio.collections:
        for problem in astray(collection):
            if problem.place and (collection.slug, problem.place.file.name) not in told:
                warn(problem)


def _counted(tasks: tuple[Task, ...]) -> str:
    """``12 variants: 11 current, 1 missing``."""
    counts = Counter(task.state.value for task in tasks)
    told = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    return f"{plural(len(tasks), 'variant')}: {told}"


def _as_data(portfolio: Portfolio, tasks: tuple[Task, ...]) -> dict[str, Any]:
    folders = {one.slug: portfolio.relative(one.folder) for one in portfolio.collections}
    return {
        "collections": [{"slug": one.slug, "title": one.title} for one in portfolio.collections],
        "variants": [_variant(task, folders[task.collection]) for task in tasks],
        "counts": dict(sorted(Counter(task.state.value for task in tasks).items())),
    }


def _variant(task: Task, folder: str) -> dict[str, Any]:
    variant, entry = task.variant, task.entry
    variant = variant.wanted if variant else None
    model = variant.network.label if variant else entry.network if entry else None
    layers = variant.layers if variant else [one.layer for one in entry.layers] if entry else []
    recipe = variant.recipe_asked if variant else entry.recipe_asked if entry else None
    return {
        "collection": task.collection,
        "source": f"{folder}/{task.source}",
        "file": f"{folder}/{task.file}",
        "model": model,
        "layers": list(layers),
        "recipe": recipe,
        "state": task.state.value,
        "reason": task.reason if task.problem is None else f"{task.reason}: {task.problem}",
    }
