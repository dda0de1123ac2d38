"""Plans how one folder of pictures becomes a collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.adopt.adoption import (
    AdoptedCollection,
    AdoptedPiece,
    AdoptedVariant,
)
from dreamfolio.adopt.draft import draft
from dreamfolio.adopt.old_readme import Said, Unplaced
from dreamfolio.adopt.pieces import pieces_of
from dreamfolio.content.discover import natural
from dreamfolio.content.inside import leads_out, refused
from dreamfolio.content.layout import MANIFEST
from dreamfolio.content.names import readable, title_of
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import PictureError, reason
from dreamfolio.files import sha256_of_file
from dreamfolio.pictures.decode import decode, is_picture
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.store import lock
from dreamfolio.store.lock import Entry


@dataclass(frozen=True, slots=True)
class _Picture:
    """A readable picture: the SHA-256 of its bytes and the digest of its pixels."""

    bytes: str
    pixels: str


def plan_collection(
    folder: Path, target: Path, slug: str, said: Said, readme: Path | None, within: Path
) -> AdoptedCollection:
    """The collection that ``folder`` becomes in ``target``, by what the old README said of it.

    A link out of ``within`` is left out: the folder may be somebody else's, and what it leads to
    is not theirs to publish. Raises ``StoreError`` for a damaged lock in place.
    """
    in_place = folder.resolve() == target.resolve()
    has_manifest = (folder / MANIFEST).is_file()
    pictures, unreadable = _look(folder, within)
    pieces, unplaced = pieces_of(pictures, said.pictures)
    title = said.title or title_of(target.resolve().name)
    recorded = lock.read(folder / lock.FILE) if in_place else {}
    return AdoptedCollection(
        slug=slug,
        folder=folder,
        target=target,
        title=title,
        description=said.description,
        pieces=pieces,
        copies=() if in_place else tuple((folder / name, target / name) for name in pictures),
        manifest=None if has_manifest else draft(title, said.description, pieces),
        entries={
            variant.file: _entry(piece, variant, pictures)
            for piece in pieces
            for variant in piece.variants
            if variant.present and variant.file not in recorded
        },
        unplaced=(
            *unplaced,
            *unreadable,
            *(() if in_place else _left(folder, readme)),
        ),
        shown_at=said.lines,
    )


def _look(folder: Path, within: Path) -> tuple[Mapping[str, _Picture], Sequence[Unplaced]]:
    """The folder's readable pictures by name, in natural order, and what cannot be taken in."""
    pictures: dict[str, _Picture] = {}
    unplaced = []
    for path in sorted(folder.iterdir(), key=lambda path: (natural(path.name), path.name)):
        if not is_picture(path) or path.is_dir():
            continue
        if path.name != readable(path.name):
            unplaced.append(Unplaced(f"{readable(path.name)}: its name is not Unicode; rename it"))
            continue
        if path.is_symlink() and leads_out(path, within):
            unplaced.append(Unplaced(f"{path.name} {refused(path, within).without_place}"))
            continue
        try:
            # Decoded first, which says best what is wrong with it.
            pixels = pixels_digest(decode(path))
            pictures[path.name] = _Picture(sha256_of_file(path), pixels)
        except PictureError as error:
            unplaced.append(Unplaced(f"{path.name} {error.without_place}"))
        except OSError as error:
            gone = path.is_symlink() and not path.exists()
            why = "links to nothing" if gone else f"cannot be read ({reason(error)})"
            unplaced.append(Unplaced(f"{path.name} {why}"))
    return pictures, unplaced


def _left(folder: Path, readme: Path | None) -> Iterator[Unplaced]:
    """What lies beside the pictures and is not copied, in one line."""
    beside = sorted(
        readable(path.name)
        for path in folder.iterdir()
        if path.is_file()
        and not is_picture(path)
        and path.name[0] != "."
        and not (readme and readme.exists() and path.samefile(readme))
    )
    if beside:
        yield Unplaced(f"no pictures, left where they are: {', '.join(beside)}")


def _entry(piece: AdoptedPiece, variant: AdoptedVariant, pictures: Mapping[str, _Picture]) -> Entry:
    """What is known of a dream from before there were locks; its recipe is not."""
    catalogue = catalogue_of(NetworkReference(name=variant.network))
    return lock.adopted(
        source=piece.source,
        source_file=pictures[piece.source].bytes,
        source_pixels=pictures[piece.source].pixels,
        network=variant.network,
        model=variant.network,
        preprocess=catalogue.preprocess if catalogue else "tf",
        layers=variant.targets,
        output=pictures[variant.file].bytes,
        asked=variant.asked if variant.asked != "+".join(variant.layers) else None,
    )
