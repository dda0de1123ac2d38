"""Weights that could not be fetched of late, remembered on this machine.

Only for what is said of variants that wait for them: every build tries again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dreamfolio.files import read_file, sealed, unsealed, write_if_changed
from dreamfolio.local_state import FOLDER, keep_out_of_git

# Seconds after which nobody can say any more how things stand.
_FORGOTTEN_AFTER = 24 * 3600


def failures(root: Path, now: float) -> dict[Path, str]:
    """The weights files that could not be fetched in the day before ``now``, in seconds since the
    epoch, each with why. Those that are here by now are not told."""
    return {path: why for path, (_, why) in _recent(root, now).items() if not path.exists()}


def remember(root: Path, failed: Mapping[Path, str], now: float) -> None:
    """Keep for ``failures`` what could not be fetched just now; forget what is over.

    Nothing is kept where the portfolio at ``root`` cannot be written to.
    """
    recent = _recent(root, now)
    kept = {**recent, **{path: (now, why) for path, why in failed.items()}}
    form = {
        str(path): {"at": at, "why": why} for path, (at, why) in kept.items() if not path.exists()
    }
    if not form and not _file(root).exists():
        return
    with contextlib.suppress(OSError):
        text = json.dumps({"fetches": form}, sort_keys=True, indent=0)
        write_if_changed(_file(root), sealed(text))
        keep_out_of_git(_file(root))


def _file(root: Path) -> Path:
    return root / FOLDER / "fetches.json"


def _recent(root: Path, now: float) -> dict[Path, tuple[float, str]]:
    try:
        form: Any = json.loads(unsealed(read_file(_file(root))))["fetches"]
        known = {Path(path): (float(one["at"]), str(one["why"])) for path, one in form.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    # A clock that was set back must not make a failure last for years.
    return {path: one for path, one in known.items() if abs(now - one[0]) < _FORGOTTEN_AFTER}
