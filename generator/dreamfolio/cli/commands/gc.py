"""``dreamfolio gc``: drop what dreamfolio wrote and nothing needs any more."""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from dreamfolio.cli.alone import alone
from dreamfolio.cli.show import note, plural, say, say_table, show_error
from dreamfolio.cli.table import table
from dreamfolio.errors import DreamfolioError, UsageError, of_disk
from dreamfolio.survey import survey
from dreamfolio.sweep.sweep import Asked, sweep
from dreamfolio.sweep.waste import Kind, Waste, total

_SECONDS = {"h": 3600, "d": 86400, "w": 7 * 86400}
# Told by name: whoever reads it knows them.
_NAMED = (Kind.ORPHAN, Kind.THUMB, Kind.PART)


def gc(root: Path, *, older_than: str, shared: bool, orphans: bool, dry_run: bool) -> None:
    """Drop what nothing needs, or with ``dry_run`` only tell; exits with 1 where some of it could
    not be dropped."""
    asked = Asked(seconds(older_than), shared, orphans)
    with contextlib.nullcontext() if dry_run else alone(root, "gc"):
        found = sweep(survey(root), asked)
        dropped = found.waste if dry_run else _dropped(found.waste)
    for kind in _NAMED:
        for one in dropped:
            if one.kind is kind:
                say(f"{'would drop' if dry_run else 'dropped'} {one.name}")
    if dropped:
        say_table(_table(dropped))
    for word in found.kept:
        note(f"kept: {word}")
    size = amount(total(dropped))
    if not found.waste:
        note("nothing to drop")
    elif dry_run:
        note(f"{plural(len(dropped), 'file')} would be dropped, {size}; nothing was changed")
    else:
        note(f"{plural(len(dropped), 'file')} dropped, {size}")
    if len(dropped) < len(found.waste):
        raise SystemExit(1)


def seconds(age: str) -> float:
    """``30d``, ``12h`` or ``2w`` in seconds; raises ``UsageError`` for anything else but 0."""
    match = re.fullmatch(r"(\d{1,5})([hdw])", age.strip())
    if match:
        return int(match[1]) * _SECONDS[match[2]]
    if age.strip() == "0":
        return 0
    raise UsageError(f'"{age}" is no age', mend="write hours, days or weeks: 12h, 30d, 2w, or 0")


def amount(size: int) -> str:
    """``812 B``, ``34.1 kB``, ``1.2 GB``."""
    if size < 1000:
        return f"{size} B"
    value = float(size)
    for unit in ("kB", "MB", "GB"):
        value /= 1000
        if value < 999.95:
            return f"{value:.1f} {unit}"
    return f"{value / 1000:.1f} TB"


def _dropped(waste: Sequence[Waste]) -> list[Waste]:
    """What could be dropped; of the rest an error is shown."""
    done = []
    for one in waste:
        try:
            one.drop()
        except OSError as error:
            show_error(of_disk(error))
        except DreamfolioError as error:
            show_error(error)
        else:
            done.append(one)
    return done


def _table(waste: Sequence[Waste]) -> str:
    by_kind: dict[Kind, list[Waste]] = defaultdict(list)
    for one in waste:
        by_kind[one.kind].append(one)
    rows = [
        (kind.value, str(len(by_kind[kind])), amount(total(by_kind[kind])))
        for kind in Kind
        if kind in by_kind
    ]
    return table(("WHAT", "FILES", "SIZE"), rows)
