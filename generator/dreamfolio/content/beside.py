"""The pictures that a recipe names beside a source: whether they are there."""

from __future__ import annotations

from pathlib import Path, PurePath

from dreamfolio.content.defaults import Defaults
from dreamfolio.content.inside import leads_out
from dreamfolio.content.one_line import one_line, quoted
from dreamfolio.content.path_text import is_plain
from dreamfolio.errors import ContentError
from dreamfolio.pictures.decode import SUFFIXES, is_picture
from dreamfolio.suggest import nearest


def check_beside(defaults: Defaults, folder: Path) -> None:
    """Raise ``ContentError`` for a picture of the recipe that is not in ``folder``, the sources'
    own, or below it."""
    for field, name in defaults.pictures.items():
        at = defaults.pictures_at.get(field)
        place = at.place if at else None
        if PurePath(name).suffix.lower() not in SUFFIXES:
            raise ContentError(
                f"the {field} {quoted(name)} cannot be read",
                place=place,
                mend="name a .png, .jpg, .webp or .tif by its path from the source's folder",
            )
        if not is_plain(name):
            raise ContentError(
                f"the {field} {quoted(name)} lies outside of the collection",
                place=place,
                mend="put a copy into its folder, or below it into one such as _guides/",
            )
        if leads_out(folder / name, defaults.root or folder):
            continue  # It costs the variants that take it, and is told with them.
        if not _is_file(folder / name):
            raise ContentError(
                f"there is no picture {quoted(name)} in {one_line(folder.name)} to be the {field}",
                place=place,
                mend=_meant(name, folder),
            )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # Too long a name, say.
        return False


def _meant(name: str, folder: Path) -> str:
    try:
        there = [one.name for one in (folder / name).parent.iterdir() if is_picture(one)]
    except OSError:
        there = []
    # By the stems alone: any two names are much alike that end with the same four letters.
    stems = {PurePath(one).stem: one for one in there}
    meant = nearest(PurePath(name).stem, stems)
    return f"did you mean {one_line(stems[meant])}?" if meant else "check its name, or put it there"
