"""``dreamfolio adopt``: take in a folder from before dreamfolio."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from dreamfolio.adopt.adoption import Adoption
from dreamfolio.adopt.carrying import carry_out
from dreamfolio.adopt.draft import scalar
from dreamfolio.adopt.planning import plan_adoption
from dreamfolio.adopt.report import report
from dreamfolio.cli import options
from dreamfolio.cli.alone import alone
from dreamfolio.cli.commands.new import described, introduce, new_portfolio
from dreamfolio.cli.show import note, plural, say_table
from dreamfolio.cli.table import table
from dreamfolio.content.layout import MANIFEST, PAGES, PORTFOLIO
from dreamfolio.errors import UsageError
from dreamfolio.publish.readme.marker import END

README = PAGES[0]


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
    say_table(table(("WHAT", "NAME", "IS"), [(row.kind, row.name, row.says) for row in rows]))
    if dry_run:
        note("Nothing was done (--dry-run).")
        return
    copied = sum(not to.exists() for one in adoption.collections for _, to in one.copies)
    manifests = [one.target / MANIFEST for one in adoption.collections if one.manifest]
    drafted = [str(manifest) for manifest in manifests if not manifest.exists()]
    carry_out(adoption)
    note("")
    _introduce(adoption, home)
    _tell(copied, drafted)
    if readme and readme.resolve() == (home / README).resolve():
        _tell_markers(adoption)


def _introduce(adoption: Adoption, home: Path) -> None:
    """Let the portfolio take over what the old README says of the whole."""
    if not (home / PORTFOLIO).exists():
        note(f"{new_portfolio(home, adoption.title, adoption.description)} is written.")
    elif not (adoption.title or adoption.description):
        return
    elif introduce(home, adoption.title, adoption.description):
        note(f"{home / PORTFOLIO} has the old README's introduction now.")
    else:
        note(f"{PORTFOLIO} is kept as it is; to take over the old README's introduction, write:")
        note("")
        title = f"title: {scalar(adoption.title)}\n" if adoption.title else ""
        note((title + described(adoption.description)).rstrip())
        note("")


def _tell(copied: int, drafted: Sequence[str]) -> None:
    if not copied and not drafted:
        note("Every picture is here already, and its manifest.")
    elif copied:
        note(f"{plural(copied, 'picture')} copied; the folder itself is as it was.")
    if drafted:
        note("\n  ".join(["Look at what was written:", *drafted]))
        note("Then run: dreamfolio build")


def _tell_markers(adoption: Adoption) -> None:
    """How dreamfolio's tables come to stand where the old ones do, in a README that goes on."""
    shown = sorted((one.shown_at, one.slug) for one in adoption.collections if one.shown_at)
    if shown:
        note(f"{README} shows its old tables as before. To let dreamfolio keep them up to date,")
        note("write in their place, each on a line of its own:")
    for (first, last), slug in shown:
        note(f'  lines {first} to {last}: <!-- dreamfolio:START collection="{slug}" --> {END}')
