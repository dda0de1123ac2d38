"""The story of serving: watch, build, tell the pages, and begin again with every change."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import DreamfolioError
from dreamfolio.serve.dreaming import COMMAND, Dreamer
from dreamfolio.serve.listener import Listener
from dreamfolio.serve.live import Live
from dreamfolio.serve.problems import problems_of
from dreamfolio.serve.rebuilding import Rebuilt, rebuild
from dreamfolio.serve.sources import Sources
from dreamfolio.serve.watching import bursts
from dreamfolio.store.alone import GaveUp, alone

# How soon it is tried again: where pictures could not be read that may be underway, and where there
# was no build at all. What mends that may lie where nobody watches, as a network's file does.
_AGAIN_SECONDS = 1.0
_HEALED_SECONDS = 5.0


def keep_up(
    root: Path, live: Live, listener: Listener, stop: Callable[[], bool], *, dream: bool
) -> None:
    """Keep the site of the portfolio at ``root`` up to date until ``stop`` says so, and ``live``
    with it. Where ``dream``, missing variants are dreamed meanwhile.
    """
    sources = Sources(root)
    dreamer = Dreamer(root, listener, stop) if dream else None
    if dreamer:
        dreamer.start()
    last: Rebuilt | None = None
    told: tuple[DreamfolioError, ...] = ()
    again_at: float | None = 0.0
    for changed in bursts(sources, stop, listener.polling):
        due = again_at is not None and time.monotonic() >= again_at
        built = None
        if changed or due:
            try:
                with alone(root, COMMAND, listener.waiting, stop):
                    built = last = rebuild(
                        root,
                        listener.picture if last is None else None,
                        lambda portfolio: sources.name(_named(portfolio)),
                    )
            except GaveUp:
                break
            again_at = _again_at(last)
            if dreamer and last.survey:
                dreamer.want(last.to_do)
        problems = (*(last.problems if last else ()), *(dreamer.problems if dreamer else ()))
        if built or problems != told:
            told = problems
            live.tell(
                problems_of(problems, root),
                changed=bool(built and built.changed),
                kept=bool(last and last.result is None),
                url=built.survey.portfolio.url if built and built.survey else None,
            )
        if built:
            listener.rebuilt(built, sources.shown(changed))
    if dreamer:
        dreamer.join()


def _named(portfolio: Portfolio) -> tuple[Path, ...]:
    mark = portfolio.site.watermark
    names = (mark.file, mark.font) if mark else ()
    return tuple(portfolio.root / name for name in names if name)


def _again_at(built: Rebuilt) -> float | None:
    if built.unsettled:
        return time.monotonic() + _AGAIN_SECONDS
    return time.monotonic() + _HEALED_SECONDS if built.result is None else None
