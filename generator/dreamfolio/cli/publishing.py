"""Publishing from the command line: the parts that ``build``, ``readme`` and ``site`` share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dreamfolio.cli.progress import Progress
from dreamfolio.cli.show import Told, plural
from dreamfolio.content.layout import PORTFOLIO, SITE
from dreamfolio.content.objects import Portfolio
from dreamfolio.survey import Survey

if TYPE_CHECKING:
    from dreamfolio.publish.readme.result import ReadmeResult
    from dreamfolio.publish.site.build import SiteResult


def check(survey: Survey) -> None:
    """Raise ``ContentError`` or ``ContentErrors`` for a theme, a watermark or a README that is
    wrong, before hours are spent on dreams that could not be shown."""
    from dreamfolio.publish.readme import publish as readme
    from dreamfolio.publish.site import themes
    from dreamfolio.publish.site.marking import marking

    themes.load(survey.portfolio)
    marking(survey.portfolio)
    readme.check(survey.portfolio)


def publish_readme(survey: Survey, told: Told) -> bool:
    """Write the README's tables; say whether nothing went wrong.

    Raises ``ContentErrors`` where the README's markers are wrong.
    """
    from dreamfolio.publish.readme.publish import render, write

    result = render(survey.portfolio, survey.memory.file)
    if result.hint:
        told.warn(result.hint)
    written = write(result) if result.outdated else result
    for problem in written.problems:
        told.show(problem)
    name = result.path.name
    if written.thumbs_written:
        told.note(f"{name}: {plural(written.thumbs_written, 'thumbnail')} written")
    if written.copies_written:
        told.note(f"{name}: {plural(written.copies_written, 'clean copy', 'clean copies')} written")
    for line in about_size(result, survey.portfolio):
        told.note(f"{name}: {line}")
    if result.by_hand:
        told.note(f"{name}: {_kept(result.by_hand, survey.portfolio)}")
    if not result.hint:
        told.note(f"{name}: {'written' if result.old != result.new else 'up to date'}")
    survey.memory.save()
    return not written.problems


def about_size(result: ReadmeResult, portfolio: Portfolio) -> Iterator[str]:
    """What is to be said of a README that is split, or too large, in a line each."""
    from dreamfolio.publish.readme.marker import END, START_ALL

    show = portfolio.relative
    if result.together and portfolio.readme.split == "auto":
        yield (
            f"with all tables it would have {result.together / 1e6:.1f} MB, more than GitHub "
            "shows: each collection has a page of its own (readme: {split: never} in "
            f"{PORTFOLIO} keeps them together)"
        )
    elif result.together:
        yield "each collection has a page of its own"
    for there, page in result.passed_over:
        yield (
            f"{show(there)} is yours and has no markers, so the tables are in {show(page)}; to "
            f"have them in it, write {START_ALL} and {END} into it"
        )
    for file in result.too_large:
        mend = "make two collections of it"
        if file == result.path:
            mend = "show fewer collections in it, by a marker each"
            if not result.together:
                mend = "readme: {split: auto} gives each collection a page of its own"
        yield f"{show(file)} is larger than GitHub shows, which cuts it off; {mend}"


def _kept(thumbs: Sequence[Path], portfolio: Portfolio) -> str:
    named = ", ".join(map(portfolio.relative, thumbs[:2])) + (", …" if len(thumbs) > 2 else "")
    return f"{plural(len(thumbs), 'file')} changed by hand and kept: {named}"


def publish_site(survey: Survey, progress: Progress, told: Told) -> bool:
    """Build the site; say whether nothing went wrong."""
    from dreamfolio.publish.site.build import build

    out = survey.portfolio.root / SITE
    result = build(
        survey.portfolio,
        locks=survey.facts.locks,
        digest_of=survey.memory.file,
        out=out,
        on_picture=progress.pictures,
    )
    progress.close()
    for problem in result.problems:
        told.show(problem)
    index = out / "index.html"
    told.note(
        f"{SITE}/: {site_changes(result) or 'up to date'} ({index})",
        later=f"{SITE}/: up to date ({index})",
    )
    survey.memory.save()
    return not result.problems


def site_changes(result: SiteResult) -> str:
    """What a build of the site changed, in a few words; nothing where it changed nothing."""
    done = [
        f"{plural(len(result.pages_written), 'file')} written" if result.pages_written else "",
        f"{plural(len(result.pictures_written), 'picture')} made"
        if result.pictures_written
        else "",
        f"{len(result.removed)} removed" if result.removed else "",
    ]
    return ", ".join(filter(None, done))
