"""A word on files of a collection that are passed over, said once for all of them."""

from __future__ import annotations

from dreamfolio.cli.show import plural, warn
from dreamfolio.content.names import readable
from dreamfolio.content.objects import Portfolio
from dreamfolio.content.one_line import one_line
from dreamfolio.content.unshown import unshown

_NAMED = 3


def warn_of_unshown(portfolio: Portfolio) -> None:
    """Say in one line which files are not shown, what they are and what to do about it."""
    if said := passed_over(portfolio):
        warn(said)


def passed_over(portfolio: Portfolio) -> str:
    """``1 file is not shown: photo.heic is a HEIC picture (export it as PNG)``; empty for none."""
    found = list(unshown(portfolio))
    if not found:
        return ""
    named = [
        f"{one_line(readable(portfolio.relative(one.path)))} is {one.what} ({one.mend})"
        for one in found[:_NAMED]
    ]
    more = f", and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"{plural(len(found), 'file is', 'files are')} not shown: {', '.join(named)}{more}"
