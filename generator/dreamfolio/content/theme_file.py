"""Reading the ``theme.yaml`` in a theme's folder."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.content.theme_forms import ThemeFile
from dreamfolio.content.validate import validate
from dreamfolio.content.yaml_file import load
from dreamfolio.errors import ContentErrors

FILE = "theme.yaml"


def read(folder: Path, root: Path) -> ThemeFile:
    """What the theme in ``folder`` says of itself; nothing where it has no ``theme.yaml``. Raises
    ``ContentErrors`` with every problem in it, and ``ContentError`` where it is no YAML, placed
    from the portfolio's ``root``."""
    file = folder / FILE
    if not file.is_file():
        return ThemeFile()
    shown = file.relative_to(root) if file.is_relative_to(root) else file
    checked = validate(load(file, shown), ThemeFile)
    if checked.problems or checked.form is None:
        raise ContentErrors(checked.problems)
    return checked.form
