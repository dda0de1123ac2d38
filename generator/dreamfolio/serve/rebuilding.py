"""One build of the site, whatever stands in its way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.layout import SITE
from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import DreamfolioError, PictureError, reason_with_type
from dreamfolio.plan.task import TO_DO, Task
from dreamfolio.publish.site.build import SiteResult, build
from dreamfolio.serve.problems import each
from dreamfolio.survey import Survey, survey

_SETTLED_AFTER = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of a build, which took ``seconds``.

    ``result`` is ``None`` where the site stayed as it was, ``survey`` where even the content could
    not be read. ``problems`` say why, or what is not shown. ``unsettled`` are pictures that cannot
    be read, but may yet be on their way to the disk.
    """

    seconds: float
    survey: Survey | None = None
    result: SiteResult | None = None
    problems: tuple[DreamfolioError, ...] = ()
    unsettled: tuple[DreamfolioError, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the site is another one than before."""
        one = self.result
        return bool(one and (one.pages_written or one.pictures_written or one.removed))

    @property
    def to_do(self) -> tuple[Task, ...]:
        """The variants that a build would make, by dreaming or from the cache."""
        tasks = self.survey.tasks if self.survey else ()
        return tuple(task for task in tasks if task.state in TO_DO)


def rebuild(
    root: Path,
    on_picture: Callable[[int, int], None] | None = None,
    on_portfolio: Callable[[Portfolio], None] | None = None,
) -> Rebuilt:
    """Bring the site of the portfolio at ``root`` up to date. Raises nothing.

    ``on_portfolio`` is told of the portfolio before anything that it names is read.
    """
    began = time.monotonic()
    surveyed: Survey | None = None
    result: SiteResult | None = None
    problems: Sequence[DreamfolioError]
    try:
        surveyed = survey(root)
        if on_portfolio:
            on_portfolio(surveyed.portfolio)
        result = build(
            surveyed.portfolio,
            locks=surveyed.facts.locks,
            digest_of=surveyed.memory.file,
            out=surveyed.portfolio.root / SITE,
            on_picture=on_picture,
        )
        surveyed.memory.save()
        problems = result.problems
    except DreamfolioError as error:
        problems = [error]
    except Exception as error:
        # The next edit may well be built again.
        problems = [_unforeseen(error)]
    problems = each(problems)
    unsettled = [problem for problem in problems if _may_be_underway(problem, time.time())]
    return Rebuilt(
        seconds=time.monotonic() - began,
        survey=surveyed,
        result=result,
        problems=tuple(problem for problem in problems if problem not in unsettled),
        unsettled=tuple(unsettled),
    )


def _may_be_underway(problem: DreamfolioError, now: float) -> bool:
    """Whether it is about a picture that was written to a moment ago: copied from afar, or still
    being rendered."""
    if not isinstance(problem, PictureError) or problem.place is None:
        return False
    try:
        stat = problem.place.file.stat()
    except OSError:
        return False
    return any(abs(now - at) < _SETTLED_AFTER for at in (stat.st_mtime, stat.st_ctime))


def _unforeseen(error: Exception) -> DreamfolioError:
    unforeseen = DreamfolioError(
        reason_with_type(error), mend="this should not happen; `dreamfolio --debug site` shows more"
    )
    unforeseen.__cause__ = error
    return unforeseen
