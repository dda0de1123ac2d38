"""Dreaming from the command line: the part that ``build`` and ``dream`` share."""

from __future__ import annotations

import contextlib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial

from dreamfolio.cli import options
from dreamfolio.cli.asked_collections import asked_collections
from dreamfolio.cli.progress import Progress
from dreamfolio.cli.show import Told, note, plural, say, say_table
from dreamfolio.cli.task_table import task_table
from dreamfolio.errors import DreamfolioError, UsageError
from dreamfolio.pictures import decode
from dreamfolio.plan.task import TO_DO, State, Task, forced
from dreamfolio.runner.outcome import Outcome
from dreamfolio.survey import Survey


def chosen(
    survey: Survey, collections: Sequence[str], only: Sequence[str], *, force: bool
) -> tuple[Task, ...]:
    """The survey's tasks that were asked for; raises ``UsageError`` where nothing answers."""
    wanted = {one.slug for one in asked_collections(survey.portfolio, collections)}
    tasks = tuple(
        task
        for task in survey.tasks
        if task.collection in wanted and (not only or _matches(task, only))
    )
    if only and not tasks:
        raise UsageError(
            f"no variant matches {' or '.join(only)}", mend="dreamfolio status lists them"
        )
    return tuple(forced(task) for task in tasks) if force else tasks


def _matches(task: Task, patterns: Sequence[str]) -> bool:
    asked = task.variant.asked if task.variant else None
    names = [task.file, task.source, f"{task.collection}/{task.file}", *([asked] if asked else [])]
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def show_plan(survey: Survey, tasks: Sequence[Task]) -> None:
    """What would be done, and nothing done."""
    to_do = [task for task in tasks if task.state in TO_DO]
    if to_do:
        say_table(task_table(survey.portfolio, to_do))
        say()
    kept = len(tasks) - len(to_do)
    say(f"{plural(len(to_do), 'variant')} to be made, {kept} kept as they are")


def dream_tasks(
    survey: Survey,
    tasks: Sequence[Task],
    outcome: Outcome,
    progress: Progress,
    stop: Callable[[], bool],
    cluster: str | None = None,
) -> None:
    """Make what ``tasks`` ask for, showing progress; the dreams on the Ray cluster at the address
    ``cluster``, where there is one. Raises ``UsageError`` where it cannot be reached."""
    from dreamfolio.runner.carry_out import carry_out

    if cluster is None or not any(task.state in TO_DO for task in tasks):
        carry_out(survey, tasks, outcome, progress, stop)
    else:
        from dreamfolio.runner.cluster.connection import connected
        from dreamfolio.runner.cluster.dreaming import dream_all

        with connected(cluster) as ray:
            carry_out(survey, tasks, outcome, progress, stop, partial(dream_all, ray))
    for text in _firsts(survey, outcome):
        progress.say(text)


def _firsts(survey: Survey, outcome: Outcome) -> Iterator[str]:
    """A word on each source dreamed of which only the first frame or page was taken."""
    folders = {one.slug: one.folder for one in survey.portfolio.collections}
    sources = dict.fromkeys(
        (task.collection, task.source) for task in (*outcome.dreamed, *outcome.restored)
    )
    for slug, source in sources:
        with contextlib.suppress(DreamfolioError):
            others = decode.others(folders[slug] / source)
            if others:
                one = "frame" if others == "frames" else "page"
                yield f"{slug}/{source} has several {others}: its first {one} is dreamed and shown"


def tell(outcome: Outcome, tasks: Sequence[Task], told: Told) -> None:
    """What came of it: each failure in a line, each absent network once, and a sum."""
    for warning in outcome.warnings:
        told.warn(warning)
    for error, tasks_of_it in _together(outcome.failed):
        names = [f"{task.collection}/{task.file}" for task in tasks_of_it]
        others = f" and {plural(len(names) - 1, 'other variant')}" if len(names) > 1 else ""
        told.show(error, names[0] + others)
        if options.debug():
            note("".join(traceback.format_exception(error)))
    for problem in outcome.problems:
        told.show(problem)
    for error, tasks_of_it in _together(outcome.pending):
        told.show(error)
        note(f"  {plural(len(tasks_of_it), 'variant waits', 'variants wait')} for it")
    for text in _stood_in(outcome):
        told.warn(text)
    retouched = [f"{one.collection}/{one.file}" for one in tasks if one.state is State.RETOUCHED]
    adopted = sum(task.state is State.ADOPTED for task in tasks)
    counts = [
        f"{len(outcome.dreamed)} dreamed" if outcome.dreamed else "",
        f"{len(outcome.restored)} restored" if outcome.restored else "",
        f"{len(retouched)} retouched by hand and kept ({_few(retouched)})" if retouched else "",
        f"{adopted} adopted and kept" if adopted else "",
        f"{len(outcome.pending)} pending" if outcome.pending else "",
        f"{len(outcome.failed)} failed" if outcome.failed else "",
    ]
    told.note("variants: " + (", ".join(filter(None, counts)) or "nothing to dream"))


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _stood_in(outcome: Outcome) -> list[str]:
    """Which network dreamed in the place of which other, and why, in a line each."""
    pairs = Counter(
        (task.variant.wanted.network, task.variant.network)
        for task in (*outcome.dreamed, *outcome.restored)
        if task.variant and task.variant.instead_of
    )
    told = [error for _, error in outcome.pending]
    lines = []
    for (wanted, network), count in pairs.items():
        why = outcome.away.get(wanted)
        lines.append(
            f"{network.label} stands in for {wanted.label} in {plural(count, 'variant')}"
            + (f": {why}" if why and why not in told else "")
        )
    return lines


def _together(
    failures: Sequence[tuple[Task, DreamfolioError]],
) -> list[tuple[DreamfolioError, list[Task]]]:
    """The failures by what is said of them: one damaged network is told once."""
    by_text: dict[str, tuple[DreamfolioError, list[Task]]] = {}
    for task, error in failures:
        by_text.setdefault(str(error), (error, []))[1].append(task)
    return list(by_text.values())


def last_words(survey: Survey, outcome: Outcome, tasks: Sequence[Task], command: str) -> None:
    """What is kept of an interrupted run."""
    from dreamfolio.runner.checkpoints import half_done

    done = len(outcome.dreamed) + len(outcome.restored)
    left = max(sum(task.state in TO_DO for task in tasks) - done, 0)
    half = half_done(survey.portfolio.root, {task.key for task in tasks if task.key})
    half = min(half, left)  # One that is finished may have been kept at its last step.
    note(
        f"\nStopped. {plural(done, 'variant is', 'variants are')} finished and kept; "
        f"{plural(left, 'is', 'are')} still to be made"
        + (f", {half} of them kept half dreamed" if half else "")
        + f". dreamfolio {command} goes on from here."
    )
