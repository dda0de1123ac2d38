"""``dreamfolio clean``: what pictures tell, and copies of them that tell nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.cli import options
from dreamfolio.cli.alone import alone
from dreamfolio.cli.asked_collections import asked_collections
from dreamfolio.cli.show import note, plural, say_table, show_error
from dreamfolio.cli.table import table
from dreamfolio.content.read import find_root
from dreamfolio.errors import DreamfolioError, Place, UsageError, mend_of, reason
from dreamfolio.files import read_file, write_atomically
from dreamfolio.pictures.clean import verified
from dreamfolio.pictures.decode import is_picture
from dreamfolio.pictures.foreign import of_suffix
from dreamfolio.pictures.telling import Told, telling
from dreamfolio.pictures.video import is_video
from dreamfolio.publish.tellers import tellers
from dreamfolio.survey import survey

_IN_A_PORTFOLIO = (
    " The site's pictures do not.\n"
    "The README leads to clean copies where portfolio.yaml says:\n"
    "  readme: {originals: clean}\n"
    "For a repository without such originals, keep them elsewhere, and take in copies of the\n"
    "same pixels, which dream the same dreams: dreamfolio clean ~/originals --to collections/NAME"
)
_ELSEWHERE = "\nCopies of the same pixels that do not: dreamfolio clean … --to DIR"


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture looked at: how it is called, and what it tells. ``inside`` is its path below the
    folder that copies go to."""

    path: Path
    name: str
    inside: Path
    told: tuple[Told, ...]


def clean(what: Sequence[str], root: Path | None, *, to: Path | None, dry_run: bool) -> None:
    """List what the pictures of ``what`` (collections, folders, pictures; by default all
    collections) tell. With ``to``, write clean copies there."""
    paths = [Path(one) for one in what if Path(one).exists()]
    slugs = [one for one in what if not Path(one).exists()]
    inside = bool(slugs) or not what
    looked = list(_inside(options.root_of(root), slugs)) if inside else []
    failed, others = _outside(paths)
    looked += others
    rows = [(one.name, told.kind, told.where, told.text) for one in looked for told in one.told]
    if rows:
        say_table(table(("PICTURE", "TELLS", "IN", "WHICH SAYS"), rows))
    telling_ones = sum(bool(one.told) for one in looked)
    if to is None or dry_run:
        advice = "" if to else _IN_A_PORTFOLIO if inside else _ELSEWHERE
        note(_summary(telling_ones, advice))
    else:
        with _in_its_portfolio(to.absolute()):
            copied = [_copy(one, to) for one in looked]
        failed = failed or None in copied
        done = plural(copied.count(True), "picture")
        note(f"{to}: {done} written. The originals are as they were.")
    if failed:
        raise SystemExit(1)


def _in_its_portfolio(to: Path) -> contextlib.AbstractContextManager[None]:
    """Alone in the portfolio that ``to`` lies in, if it lies in one."""
    try:
        return alone(find_root(to), "clean")
    except UsageError:
        return contextlib.nullcontext()


def _summary(count: int, advice: str) -> str:
    if not count:
        return "No picture tells of a disk, a place or a device."
    return f"{plural(count, 'picture')} would tell that to whoever gets the file.{advice}"


def _inside(root: Path, slugs: Sequence[str]) -> Iterator[_Picture]:
    surveyed = survey(root)
    portfolio = surveyed.portfolio
    nothing = 'there is no collection, folder or picture "{}"'
    chosen = asked_collections(portfolio, slugs, nothing=nothing)
    for teller in tellers(portfolio, surveyed.digest_of, chosen):
        name = portfolio.relative(teller.path)
        yield _Picture(teller.path, name, Path(*Path(name).parts[1:]), teller.told)
    surveyed.memory.save()


def _outside(paths: Sequence[Path]) -> tuple[bool, list[_Picture]]:
    """The pictures among ``paths`` and in the folders among them, also such as tell nothing: a
    collection is to be whole. Whether one could not be read comes first."""
    failed, looked = False, []
    for given in paths:
        found = sorted(given.iterdir()) if given.is_dir() else [given]
        for path in (one for one in found if one.is_file()):
            if not (is_picture(path) or is_video(path)):
                if unread := _unread(path, named=path == given):
                    show_error(unread)
                    failed = True
                continue
            try:
                looked.append(_Picture(path, str(path), Path(path.name), telling(path)))
            except DreamfolioError as error:
                show_error(error)
                failed = True
            except OSError as error:
                show_error(DreamfolioError(reason(error), place=Place(path), mend=mend_of(error)))
                failed = True
    return failed, looked


def _unread(path: Path, *, named: bool) -> DreamfolioError | None:
    """What to say of a file that was not looked into, so that nobody takes it for one that tells
    nothing: one that was ``named``, or is a picture of a format that cannot be read."""
    what = of_suffix(path.suffix) or (("no picture or video", None) if named else None)
    if what is None:
        return None
    said, mend = what
    return DreamfolioError(f"was not looked into: it is {said}", place=Place(path), mend=mend)


def _copy(picture: _Picture, to: Path) -> bool | None:
    """Whether a copy had to be written; None where it could not be."""
    target = to / picture.inside
    try:
        data = verified(picture.path) if picture.told else read_file(picture.path)
        if target.exists() or target.is_symlink():
            if target.is_file() and read_file(target) == data:
                return False
            raise DreamfolioError(
                "another file stands there already, and was left as it is",
                place=Place(target),
                mend="move it away, or name another folder with --to",
            )
        write_atomically(target, data)
    except DreamfolioError as error:
        show_error(error)
        return None
    except OSError as error:
        show_error(DreamfolioError(reason(error), place=Place(target), mend=mend_of(error)))
        return None
    return True
