"""The command line: parses, calls, shows, and sets the exit code."""

from dreamfolio.cli.main import main

__all__ = ["main"]
