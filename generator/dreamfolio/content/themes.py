"""Which theme a portfolio takes: the folders it is made of, and what is set of its options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dreamfolio
from dreamfolio.content import theme_file
from dreamfolio.content.inside import leads_out, links_in
from dreamfolio.content.layout import THEMES
from dreamfolio.content.one_line import quoted
from dreamfolio.content.theme_forms import NOTHING, Ground, Option, UnfitValue
from dreamfolio.content.yaml_file import Document
from dreamfolio.errors import ContentError, ContentErrors, Place
from dreamfolio.suggest import did_you_mean

BASE = "gallery"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a theme is made of and says of itself.

    ``folders`` hold its files, the uppermost first: each file is taken from the first that has
    it. ``options`` are what a portfolio may set, by name.
    """

    folders: tuple[Path, ...]
    options: Mapping[str, Option]
    ground: Ground | None
    icon: str | None

    def values(self, written: Mapping[str, Any]) -> dict[str, Any]:
        """Every option's value as templates get it, by name: the one written, else the default,
        else None. Raises ``ContentErrors``, not placed."""
        problems: list[ContentError] = []
        values: dict[str, Any] = {}
        for name, option in sorted(self.options.items()):
            value = written.get(name, option.default)
            # A colour after its # is lost to YAML, which must not pass for one that is not set.
            if value is None and not (name in written and option.type == "colour"):
                values[name] = None
                continue
            try:
                values[name] = option.taken(value)
            except UnfitValue as unfit:
                problems.append(ContentError(f"{name} {unfit.message}", mend=unfit.mend))
        problems += [self._unknown(name) for name in written if name not in self.options]
        if problems:
            raise ContentErrors(problems)
        return values

    def _unknown(self, name: str) -> ContentError:
        known = ", ".join(["name", *self.options])
        return ContentError(
            f"the theme has no option {quoted(name)}",
            mend=did_you_mean(name, self.options, f"known here: {known}"),
        )


def declared(root: Path, name: str) -> Declared:
    """The theme called ``name`` of the portfolio at ``root``.

    It is made of the portfolio's ``themes/<name>/`` and, beneath that, of what its ``theme.yaml``
    says that it ``extends``; where it says nothing of that, of the theme of its name that ships
    with dreamfolio, else of ``gallery``. Raises ``ContentError`` where there is no such theme,
    not placed, or where a ``theme.yaml`` is wrong, placed there.
    """
    folders: list[Path] = []
    files = []
    wanted: str | None = name
    while wanted is not None:
        folder = _next(root, wanted, folders)
        _refuse_ways_out(folder, root)
        file = theme_file.read(folder, root)
        folders.append(folder)
        files.append(file)
        wanted = None if file.extends == NOTHING else file.extends or _beneath(folder)
    options: dict[str, Option] = {}
    for file in reversed(files):
        options.update(file.options)
    return Declared(
        folders=tuple(folders),
        options=options,
        ground=next((file.ground for file in files if file.ground), None),
        icon=next((file.icon for file in files if file.icon), None),
    )


def check(
    root: Path,
    name: str,
    written: Mapping[str, Any],
    document: Document,
    report: Callable[[ContentError], None],
) -> None:
    """Report what is wrong with the theme that ``portfolio.yaml``, the ``document``, names."""
    if name == BASE and not written:  # As nearly always; every command would wait for more.
        return
    named = ("theme", "name") if ("theme", "name") in document else ("theme",)
    try:
        theme = declared(root, name)
    except ContentErrors as errors:
        for problem in errors.problems:
            report(ContentError(problem.message, place=problem.place, mend=problem.mend))
        return
    except ContentError as error:
        place = error.place or document.place(named)
        report(ContentError(error.message, place=place, mend=error.mend))
        return
    for key, value in written.items():
        try:
            theme.values({key: value})
        except ContentErrors as errors:
            for problem in errors.problems:
                place = document.place(("theme", key), key=key not in theme.options)
                report(ContentError(problem.message, place=place, mend=problem.mend))


def shipped_themes() -> Path:
    """The folder of the themes that come with dreamfolio: in the package where it was installed
    from a wheel, at the repository's root in a checkout."""
    package = Path(dreamfolio.__file__).parent
    inside = package / THEMES
    return inside if inside.is_dir() else package.parents[1] / THEMES


def _next(root: Path, name: str, above: list[Path]) -> Path:
    places = (root / THEMES, shipped_themes())
    known = {place: _names(place) for place in places}
    # A name is one folder's: `../elsewhere` is none.
    there = [place / name for place in places if name in known[place]]
    for folder in there:
        if not any(folder == one or folder.samefile(one) for one in above):
            return folder
    if there:
        raise ContentError(f"the theme {quoted(name)} extends itself")
    every = sorted({name for names in known.values() for name in names})
    mend = f"make themes/{name}/ or take one of these: {', '.join(every)}"
    raise ContentError(f"there is no theme {quoted(name)}", mend=did_you_mean(name, every, mend))


def _refuse_ways_out(folder: Path, root: Path) -> None:
    # What a theme's files lead to is published, or read as a template.
    if folder.parent != root / THEMES:
        return
    for link in links_in(folder):
        if leads_out(link, root):
            raise ContentError(
                "is a link that leads out of the portfolio",
                place=Place(link.relative_to(root)),
                mend="put a copy in its place, or remove it",
            )


def _beneath(folder: Path) -> str | None:
    shipped = shipped_themes()
    if folder.name in _names(shipped) and not folder.samefile(shipped / folder.name):
        return folder.name
    return None if folder.samefile(shipped / BASE) else BASE


def _names(themes: Path) -> set[str]:
    return {path.name for path in themes.iterdir() if path.is_dir()} if themes.is_dir() else set()
