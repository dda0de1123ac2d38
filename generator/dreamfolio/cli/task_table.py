"""Tasks as a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from dreamfolio.cli.table import table
from dreamfolio.content.objects import Portfolio
from dreamfolio.plan.task import State, Task

_COLOURS = {
    State.CURRENT.value: "green",
    State.ADOPTED.value: "cyan",
    State.RETOUCHED.value: "magenta",
    State.RESTORABLE.value: "blue",
    State.MISSING.value: "yellow",
    State.STALE.value: "yellow",
    State.PENDING.value: "red",
    State.ORPHAN.value: "bright_black",
}


def task_table(portfolio: Portfolio, tasks: Iterable[Task]) -> str:
    """One line a variant: where it is, what dreams it, how it stands and why."""
    folders = {one.slug: portfolio.relative(one.folder) for one in portfolio.collections}
    rows = [
        (
            task.state.value,
            f"{folders[task.collection]}/{task.file}",
            _dreamed_by(task),
            task.reason if task.problem is None else f"{task.reason}: {task.problem}",
        )
        for task in tasks
    ]
    return table(("STATE", "VARIANT", "DREAMED BY", "WHY"), rows, _COLOURS)


def _dreamed_by(task: Task) -> str:
    if task.variant is not None:
        network, layers = task.variant.network.label, task.variant.layers
    elif task.entry is not None:
        network, layers = task.entry.network, tuple(one.layer for one in task.entry.layers)
    else:
        return ""
    return f"{network} {' + '.join(layers)}"
