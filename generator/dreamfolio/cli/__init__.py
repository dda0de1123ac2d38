"""The command line: parses, calls, shows, and sets the exit code."""

import gc

# What is imported here stays to the end: looking through it for garbage would only take time.
gc.disable()
from dreamfolio.cli.main import main  # noqa: E402

gc.freeze()
gc.enable()

__all__ = ["main"]
