"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dreamfolio.cli import completing
from dreamfolio.content.read import find_root
from dreamfolio.errors import UsageError

Root = Annotated[
    Path | None,
    typer.Option(
        "--root",
        metavar="DIR",
        help="The portfolio's folder. By default the nearest one upward that holds a "
        "portfolio.yaml.",
        show_default=False,
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback when something fails.")]
Version = Annotated[bool, typer.Option("--version", help="Show the version and exit.")]
Collections = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="COLLECTION",
        help="Only these collections, as shells or series/part; series is all within it.",
        show_default=False,
        autocompletion=completing.collections,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="GLOB",
        help="Only variants whose file, source or legacy name matches, e.g. 'covid_*'.",
        show_default=False,
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Dream again what is current or was retouched by hand.")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Dream on a Ray cluster: 'auto' for the one this machine belongs to, HOST:PORT, "
        "ray://HOST:10001 from a machine outside, or 'local' for all GPUs of this one.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")]

_root: Path | None = None
_debug = False


def remember(root: Path | None, debug: bool) -> None:
    """Keep the global options, which a command may also be given after its name."""
    global _root, _debug
    _root, _debug = root, debug


def debug() -> bool:
    """Whether tracebacks are wanted."""
    return _debug


def root_of(root: Path | None) -> Path:
    """The portfolio's folder: as given, or found upward."""
    return root_given(root) or find_root(here())


def here() -> Path:
    """The folder one is in; raises ``UsageError`` where it was removed meanwhile."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError(
            "the folder you are in is not there any more", mend="go to another one: cd"
        ) from None


def root_given(root: Path | None) -> Path | None:
    """The folder given after the command or before it, if one was."""
    chosen = root or _root
    return chosen.absolute() if chosen else None
