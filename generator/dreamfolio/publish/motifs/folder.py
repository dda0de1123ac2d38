"""The folder of the page of motifs: filled once, and again only where a formula has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dreamfolio.content.layout import COLLECTIONS
from dreamfolio.errors import Place, UsageError, reason
from dreamfolio.files import write_if_changed
from dreamfolio.local_state import keep_out_of_git
from dreamfolio.publish.motifs.page import MARK, ShownMotif, drawn_by, page

PAGE = "index.html"
PICTURES = "pictures"
COUNT = 3
"""Specimens of each motif."""
SIDE = 128
"""Pixels along a side of a specimen: as large as the network was taught by."""

_SHAPE = (COUNT * SIDE, SIDE)
_UNFINISHED = "unfinished"


def write_page(
    folder: Path,
    families: Mapping[str, Sequence[str]],
    network: str,
    on_progress: Callable[[int, int], None],
    root: Path | None = None,
) -> Path:
    """Draw what is not drawn yet, write the page, and give its file.

    ``families`` are the motifs' names by family, ``root`` the portfolio one is in. ``on_progress``
    is told how many motifs are drawn, and of how many. Raises ``UsageError`` for a folder that
    holds something else, is a collection's or cannot be written to, and ``ImportError`` where
    numpy is not installed.
    """
    from dreamfolio.dream.pocket.samples import formulas_digest
    from dreamfolio.dream.pocket.specimens import specimens

    _refuse(folder, root)
    file, formulas = folder / PAGE, formulas_digest()
    known = file.is_file() and drawn_by(file.read_text("utf-8", "replace"), formulas)
    names = [name for family in families.values() for name in family]
    pictures = {name: folder / PICTURES / f"{name}.webp" for name in names}
    missing = [name for name in names if not (known and pictures[name].is_file())]
    with _writing(folder):
        if not known:
            # Until all are drawn, so that a folder half filled is known for ours.
            write_if_changed(file, page(_shown(families, {}), network, _SHAPE, _UNFINISHED))
            keep_out_of_git(file)
        for done, name in enumerate(missing, 1):
            if data := specimens(name, count=COUNT, side=SIDE):
                write_if_changed(pictures[name], data)
            on_progress(done, len(missing))
        write_if_changed(file, page(_shown(families, pictures), network, _SHAPE, formulas))
    return file


def _shown(
    families: Mapping[str, Sequence[str]], pictures: Mapping[str, Path]
) -> dict[str, list[ShownMotif]]:
    def address(name: str) -> str | None:
        there = name in pictures and pictures[name].is_file()
        return f"{PICTURES}/{name}.webp" if there else None

    return {
        family: [ShownMotif(name, address(name)) for name in names]
        for family, names in families.items()
    }


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"cannot be written to ({reason(error)})",
            place=Place(folder),
            mend="name another folder: --out",
        ) from None


def _refuse(folder: Path, root: Path | None) -> None:
    """See that nothing of an artist's is in the way, and nothing is taken for it."""
    if root is not None and folder.resolve().is_relative_to((root / COLLECTIONS).resolve()):
        raise UsageError(
            f"pictures in {COLLECTIONS}/ would be taken for pieces",
            place=Place(folder),
            mend="name another folder: --out",
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError("is no folder", place=Place(folder), mend="name another: --out")
    file = folder / PAGE
    ours = file.is_file() and MARK in file.read_text("utf-8", "replace")
    if not ours and folder.exists() and any(folder.iterdir()):
        raise UsageError(
            "holds something else already",
            place=Place(folder),
            mend="name a new or empty folder: --out",
        )
