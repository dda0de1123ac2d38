"""The ``dreamfolio`` command: its sub-commands, and how an error ends it.

A command's module is imported when that command is called, so that each starts as fast as its
own work allows.
"""

from __future__ import annotations

import errno
import io
import sys

import typer

from dreamfolio import __version__
from dreamfolio.cli import endings, options
from dreamfolio.cli.commands import COMMANDS
from dreamfolio.cli.own_stderr import take_own_stderr
from dreamfolio.cli.plain_help import Command, Group
from dreamfolio.cli.show import note, show_error
from dreamfolio.errors import DreamfolioError, of_disk, reason_with_type

app = typer.Typer(
    cls=Group,
    help="Keep 3D renders in folders, dream them through a neural network, publish the lot.\n\n"
    "Begin with dreamfolio new portfolio, drop pictures into collections/NAME/, and run: "
    "dreamfolio build",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _globally(
    root: options.Root = None,
    debug: options.Debug = False,
    version: options.Version = False,
) -> None:
    if version:
        typer.echo(f"dreamfolio {__version__}")
        raise typer.Exit
    options.remember(root, debug)


for _name, _command, _help in COMMANDS:
    app.command(_name, cls=Command, help=_help)(_command)


def main() -> None:
    """Run the command line and exit: 0 all well, 1 something failed, 2 nothing could be done,
    from 128 on a signal ended it."""
    take_own_stderr()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name or a sign that this terminal's encoding has not is shown in another way.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with endings.ended_as_by_ctrl_c():
            app()
    except SystemExit as end:
        if end.code != endings.INTERRUPTED:
            raise
        note("\nStopped. Every file is whole.")
        sys.exit(endings.exit_code())
    except DreamfolioError as error:
        if options.debug():
            raise
        show_error(error)
        sys.exit(error.exit_code)
    except Exception as error:
        if options.debug():
            raise
        show_error(_unforeseen(error))
        sys.exit(1)


def _unforeseen(error: Exception) -> DreamfolioError:
    # What is written to is not named where it is a pipe or a file that the shell opened.
    if isinstance(error, OSError) and (error.filename is not None or error.errno == errno.ENOSPC):
        return of_disk(error)
    return DreamfolioError(
        reason_with_type(error),
        mend="this should not happen; `dreamfolio --debug …` shows where it did",
    )
