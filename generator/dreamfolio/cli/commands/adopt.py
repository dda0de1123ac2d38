"""``dreamfolio adopt``: take in a folder from before dreamfolio."""

from __future__ import annotations

import contextlib
from pathlib import Path

from dreamfolio.adopt.adoption import Adoption
from dreamfolio.adopt.carrying import carry_out
from dreamfolio.adopt.draft import scalar
from dreamfolio.adopt.planning import plan_adoption
from dreamfolio.adopt.report import report
from dreamfolio.cli import options
from dreamfolio.cli.alone import alone
from dreamfolio.cli.commands.new import described, new_portfolio
from dreamfolio.cli.show import note, plural, say
from dreamfolio.cli.table import table
from dreamfolio.content.layout import MANIFEST, PORTFOLIO
from dreamfolio.errors import UsageError


def adopt(
    folder: Path, root: Path | None, *, readme: Path | None, slug: str | None, dry_run: bool
) -> None:
    """Copy ``folder`` into the portfolio, with a manifest and a lock; where there is no portfolio
    yet, one is made in the folder one is in."""
    try:
        home = options.root_of(root)
    except UsageError:
        home = options.here()
    with contextlib.nullcontext() if dry_run else alone(home, "adopt"):
        _adopt(folder, home, readme=readme, slug=slug, dry_run=dry_run)


def _adopt(
    folder: Path, home: Path, *, readme: Path | None, slug: str | None, dry_run: bool
) -> None:
    adoption = plan_adoption(folder, home, slug=slug, readme=readme)
    rows = report(adoption)
    say(table(("WHAT", "NAME", "IS"), [(row.kind, row.name, row.says) for row in rows]))
    if dry_run:
        note("Nothing was done (--dry-run).")
        return
    copied = sum(not to.exists() for one in adoption.collections for _, to in one.copies)
    carry_out(adoption)
    if not (home / PORTFOLIO).exists():
        new_portfolio(home, adoption.title, adoption.description)
    elif adoption.title or adoption.description:
        _tell_introduction(adoption)
    _tell(adoption, copied)


def _tell_introduction(adoption: Adoption) -> None:
    note("")
    note(f"{PORTFOLIO} is kept as it is; to take over the old README's introduction, write in it:")
    note("")
    title = f"title: {scalar(adoption.title)}\n" if adoption.title else ""
    note((title + described(adoption.description)).rstrip())


def _tell(adoption: Adoption, copied: int) -> None:
    note("")
    note(f"{plural(copied, 'picture')} copied; the folder itself is as it was.")
    for one in adoption.collections:
        if one.manifest is not None:
            note(f"Look at {one.target / MANIFEST}, then run: dreamfolio build")
