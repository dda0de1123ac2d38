"""The command line: parses, calls, shows, and sets the exit code."""

import gc
import os
import sys

# What is imported here stays to the end: looking through it for garbage would only take time.
gc.disable()
# Looking for plugins, of which none is used, reads the metadata of every package installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
try:
    from dreamfolio.cli.main import main
except KeyboardInterrupt:  # Ctrl-C before anything began: there is nothing to tell.
    sys.exit(130)

gc.freeze()
# Nor is a portfolio garbage while it is being read, of which ten thousand pieces are a million
# objects: looking through them again and again takes a quarter of the time.
gc.set_threshold(50_000, 20, 20)
gc.enable()

__all__ = ["main"]
