"""A command that left nothing to do says so again at a glance, until something is touched.

What it depends upon is known by how its files look from outside: a portfolio of thousands of pieces
is then neither read nor planned, and takes no more memory than one of ten.
"""

from __future__ import annotations

import contextlib
import os
import platform
import time
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import dreamfolio
from dreamfolio.cli.show import Told, note, warn
from dreamfolio.content.layout import COLLECTIONS, SITE, THEMES
from dreamfolio.content.themes import shipped_themes
from dreamfolio.dream.networks.saved import files_asked
from dreamfolio.dream.networks.weights import keras_folder, locate
from dreamfolio.errors import NetworkError
from dreamfolio.files import sha256
from dreamfolio.store.at_rest import AtRest, recall, remember
from dreamfolio.store.looks import Look, look_at
from dreamfolio.survey import Survey

# Whose next version may read or make something otherwise, beside the code of dreamfolio.
_LIBRARIES = ("av", "jinja2", "markdown", "markupsafe", "nh3", "pillow", "pydantic", "pyyaml")


class Glance:
    """Looks at the portfolio at ``root`` from outside, before ``command`` does anything."""

    def __init__(self, root: Path, command: str):
        self._root, self._command = root, command
        self._began = time.time_ns()
        self._left = recall(root, command)
        try:
            self._content: Look | None = look_at(_content(root), inside=root)
        except OSError:  # To be told by who reads it.
            self._content = None

    def is_enough(self) -> bool:
        """Whether nothing was touched since the command left nothing to do; it is said again."""
        left = self._left
        if left is None or left.look != self._look(left.beside):
            return False
        for line in left.notes:
            note(line)
        for line in left.warnings:
            warn(line)
        return True

    def keep(self, surveyed: Survey, told: Told) -> None:
        """Remember that the command left nothing to do, if it has said no more than what it
        ``told``. What is touched while it is at work looks otherwise to the next one, since this
        has looked before it read anything."""
        if told.more or self._content is None:
            return
        beside = tuple(sorted(map(str, _beside(surveyed))))
        try:
            settled = max(self._content.settled, look_at(map(Path, beside)).settled)
        except OSError:  # All is done, and said: it is not worth a word.
            return
        look = self._look(beside) if settled < self._began else None
        if look is not None:
            left = AtRest(look, beside, tuple(told.notes), tuple(told.warnings))
            remember(self._root, self._command, left)

    def _look(self, beside: Iterable[str]) -> str | None:
        if self._content is None:
            return None
        try:
            # The site is the command's own to write: it may come to look otherwise meanwhile.
            others = look_at([*map(Path, beside), self._root / SITE], inside=self._root)
            return sha256(f"{self._content.digest} {others.digest} {_program()}".encode())
        except OSError:
            return None


def _content(root: Path) -> Iterator[Path]:
    """What artists make: files in the portfolio's folder itself, collections and themes."""
    with os.scandir(root) as entries:
        yield from [Path(entry.path) for entry in entries if not entry.is_dir()]
    yield root / COLLECTIONS
    yield root / THEMES


def _beside(surveyed: Survey) -> Iterator[Path]:
    """What else was read of a portfolio, or would be if it were there."""
    yield from files_asked()
    for network in surveyed.facts.networks:
        with contextlib.suppress(NetworkError):
            yield locate(network)
    mark = surveyed.portfolio.site.watermark
    for name in (mark.file, mark.font) if mark else ():
        if name:
            yield surveyed.portfolio.root / name


def _program() -> str:
    """What tells one dreamfolio from another, and where it looks for networks."""
    folders = (Path(dreamfolio.__file__).parent, shipped_themes())
    code = look_at(folders, leaving_out={"__pycache__"})
    versions = (platform.python_version(), dreamfolio.__version__, *map(_version, _LIBRARIES))
    return " ".join((code.digest, *versions, str(keras_folder())))


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"
