"""Plans an adoption: looks at the folders and the old README, and decides. Changes nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath

from dreamfolio.adopt import markdown
from dreamfolio.adopt.adoption import AdoptedCollection, Adoption
from dreamfolio.adopt.collection import plan_collection
from dreamfolio.adopt.old_readme import OldReadme, Said, Unplaced, understand
from dreamfolio.content.discover import natural, passed_over
from dreamfolio.content.layout import COLLECTIONS, MANIFEST, PORTFOLIO, SITE, THEMES
from dreamfolio.errors import Place, UsageError, reason
from dreamfolio.pictures.decode import is_picture
from dreamfolio.store import lock


def plan_adoption(
    folder: Path, root: Path, *, slug: str | None = None, readme: Path | None = None
) -> Adoption:
    """What adopting ``folder`` into the portfolio at ``root`` will do.

    A folder with pictures becomes the collection ``slug`` (by default its own name), its
    subfolders with pictures collections within that. A folder that only holds folders with
    pictures becomes a collection each. One below ``collections/`` stays where it is. Raises
    ``UsageError``, or ``StoreError`` where a lock in place is damaged.
    """
    root = root.absolute()
    _check(folder, root)
    in_place = folder.resolve().is_relative_to((root / COLLECTIONS).resolve())
    if in_place and slug is not None:
        raise UsageError(
            f"{folder} is in {COLLECTIONS}/ already, where its path is its name",
            mend="leave --as out, or rename the folder",
        )
    skipped = () if in_place else (root / COLLECTIONS, root / SITE, root / THEMES)
    links: list[Path] = []
    found = list(_folders(folder, tuple(path.resolve() for path in skipped), links))
    if not in_place:
        _refuse_collections(found, folder, root, slug)
    if not found:
        raise UsageError(
            f"there are no pictures in {folder}", mend="name the folder that holds the renders"
        )
    old = OldReadme({})
    if readme is not None:
        old = understand(markdown.read(readme), readme, found)
    collections = []
    for one in found:
        target = one if in_place else root / COLLECTIONS / _slug(one, folder, found, slug)
        collections.append(
            plan_collection(
                one,
                target,
                _slug_of(target, root),
                old.folders.get(one, Said()),
                readme,
                root if in_place else folder,
            )
        )
    unplaced = (
        *old.unplaced,
        *(Unplaced(f"{link}, a link to a folder: links are not followed") for link in links),
    )
    _distinct(collections)
    return Adoption(tuple(collections), readme, old.title, old.description, unplaced)


def _check(folder: Path, root: Path) -> None:
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "is not there"
        raise UsageError(
            f"{what}, not a folder to adopt" if folder.exists() else what,
            place=Place(folder),
            mend="name the folder that holds the renders",
        )
    resolved = folder.resolve()
    if (folder / PORTFOLIO).is_file() and resolved != root.resolve():
        raise UsageError(
            "is a portfolio of dreamfolio, and its collections need no adopting",
            place=Place(folder),
            mend=f"copy those you want from {folder / COLLECTIONS} to {root / COLLECTIONS}; what "
            f"its {PORTFOLIO} says under dream: holds for them there no more, so say it in their "
            f"{MANIFEST}",
        )
    if root.resolve() != resolved and root.resolve().is_relative_to(resolved):
        raise UsageError(
            f"{folder} holds the portfolio itself", mend="name the folder that holds the renders"
        )


def _refuse_collections(found: list[Path], folder: Path, root: Path, slug: str | None) -> None:
    """Refuse folders that dreamfolio kept already: taken in anew, they would lose their locks."""
    marks = (MANIFEST, lock.FILE)
    ready = [one for one in found if any((one / name).is_file() for name in marks)]
    if ready:
        first, *others = ready
        target = root / COLLECTIONS / _slug(first, folder, found, slug)
        raise UsageError(
            "is a collection of dreamfolio already, and needs no adopting",
            place=Place(first),
            mend=f"copy the whole folder to {target}"
            + (f", and {len(others)} more in {folder} likewise" if others else ""),
        )


def _folders(folder: Path, skipped: tuple[Path, ...], links: list[Path]) -> Iterator[Path]:
    """Each folder with pictures in it, in natural order; links to folders go to ``links``."""

    def give_up(error: OSError) -> None:
        raise UsageError(
            f"cannot be looked into ({reason(error)})",
            place=Place(Path(error.filename)),
            mend="make the folder readable",
        ) from error

    for path, subfolders, files in os.walk(folder, onerror=give_up):
        here = Path(path)
        subfolders[:] = sorted(
            (
                name
                for name in subfolders
                if not passed_over(name) and (here / name).resolve() not in skipped
            ),
            key=natural,
        )
        links += [here / name for name in subfolders if (here / name).is_symlink()]
        if any(is_picture(here / name) for name in files):
            yield here


def _slug(one: Path, folder: Path, found: list[Path], wanted: str | None) -> str:
    """Where below ``collections/`` a folder goes."""
    if wanted is None and folder not in found:
        base = PurePosixPath()
    else:
        base = PurePosixPath(wanted if wanted is not None else folder.resolve().name)
    parts = (*_below_collections(base), *_below_collections(one.relative_to(folder)))
    if not parts or base.is_absolute() or any(_unfit(part) for part in parts):
        raise UsageError(
            f"{wanted if wanted is not None else '/'.join(parts)!r} cannot name a collection",
            mend="name it with --as, as in --as new_normal or --as earth/new_normal",
        )
    return "/".join(parts)


def _below_collections(path: PurePath) -> tuple[str, ...]:
    return path.parts[1:] if path.parts[:1] == (COLLECTIONS,) else path.parts


def _unfit(part: str) -> bool:
    return passed_over(part) or any(c in '\\:*?"<>|' or not c.isprintable() for c in part)


def _slug_of(target: Path, root: Path) -> str:
    resolved = target.resolve().relative_to((root / COLLECTIONS).resolve()).as_posix()
    if resolved == ".":
        raise UsageError(
            f"pictures lie in {COLLECTIONS}/ itself", mend="move them to a folder of their own"
        )
    return resolved


def _distinct(collections: list[AdoptedCollection]) -> None:
    for slug, n in Counter(collection.slug.casefold() for collection in collections).items():
        if n > 1:
            raise UsageError(
                f"{n} of the folders would become the collection {slug!r}",
                mend="adopt them one by one, with --as",
            )
