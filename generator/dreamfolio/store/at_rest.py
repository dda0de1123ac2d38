"""What a command said when it left nothing to do, remembered on this machine.

Only a shortcut: losing it costs a closer look, in which the command says the same again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dreamfolio.files import read_file, sealed, unsealed, write_if_changed
from dreamfolio.local_state import FOLDER, keep_out_of_git


@dataclass(frozen=True, slots=True)
class AtRest:
    """``look`` stands for all that the command depends upon, of which the files ``beside`` lie
    outside of the portfolio's own folders; ``notes`` and ``warnings`` are what it said."""

    look: str
    beside: tuple[str, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def recall(root: Path, command: str) -> AtRest | None:
    """How ``command`` left the portfolio at ``root``; ``None`` where nobody knows."""
    try:
        form = _all(root)[command]
        look, *told = form["look"], form["beside"], form["notes"], form["warnings"]
        return AtRest(str(look), *(tuple(map(str, lines)) for lines in told))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def remember(root: Path, command: str, left: AtRest) -> None:
    """Keep it for ``recall``; nothing is kept where the portfolio cannot be written to."""
    form = {
        "look": left.look,
        "beside": left.beside,
        "notes": left.notes,
        "warnings": left.warnings,
    }
    with contextlib.suppress(OSError):
        text = json.dumps({**_all(root), command: form}, sort_keys=True, indent=0)
        write_if_changed(_file(root), sealed(text))
        keep_out_of_git(_file(root))


def _file(root: Path) -> Path:
    return root / FOLDER / "at_rest.json"


def _all(root: Path) -> Mapping[str, Any]:
    try:
        form = json.loads(unsealed(read_file(_file(root))))
    except (OSError, ValueError, RecursionError):
        return {}
    return form if isinstance(form, dict) else {}
