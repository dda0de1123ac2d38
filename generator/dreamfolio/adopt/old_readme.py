"""What a hand-kept README says about folders of pictures, and what it says that has no place.

A folder is known by the path in the pictures' ``src``. Its section is the one that shows most of
its pictures; the heading gives the title, the prose the description.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from dreamfolio.adopt.markdown import Image, Section
from dreamfolio.content.names import fold
from dreamfolio.pictures.decode import SUFFIXES


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a folder as the README shows it; ``hidden`` in an HTML comment.

    ``alt`` is empty where the README has the same words under other pictures too.
    """

    name: str
    alt: str
    line: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the README says of one folder; the pictures are in reading order. ``lines`` are the
    first and the last of the tables or paragraphs that show them openly, if any do."""

    title: str | None = None
    description: str = ""
    pictures: tuple[Shown, ...] = ()
    lines: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something that was found no place for; ``line`` is the README's, 1-based."""

    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class OldReadme:
    """What a README says of each folder asked about, of the whole, and the rest."""

    folders: Mapping[Path, Said]
    title: str | None = None
    description: str = ""
    unplaced: tuple[Unplaced, ...] = ()


def understand(sections: Sequence[Section], at: Path, folders: Iterable[Path]) -> OldReadme:
    """What the README's ``sections`` say about ``folders``.

    ``at`` is the README's own path, from which its pictures' paths are meant.
    """
    found = _Findings(sections, at, tuple(folders))
    said = {folder: found.said_of(folder) for folder in found.folders}
    title, description = found.introduction()
    return OldReadme(said, title, description, found.unplaced())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a picture lies: in one of the folders asked about, or elsewhere."""

    folder: Path | None
    elsewhere: str
    name: str


class _Findings:
    """The sections as a tree, and whose pictures stand in which."""

    def __init__(self, sections: Sequence[Section], at: Path, folders: tuple[Path, ...]):
        self.sections, self.at, self.folders = sections, at, folders
        self.places = {
            image.src: self._place(image.src) for section in sections for image in section.images
        }
        self.homes = {folder: self._home(folder) for folder in folders}
        self.alts = Counter(
            alt for alt, _ in {(i.alt, i.src) for section in sections for i in section.images}
        )

    def said_of(self, folder: Path) -> Said:
        images = [
            image
            for section in self.sections
            for image in section.images
            if self.places[image.src].folder == folder
        ]
        pictures = tuple(
            Shown(
                self.places[image.src].name,
                image.alt if self.alts[image.alt] == 1 else "",
                image.line,
                image.hidden,
            )
            for image in images
        )
        open_ = [line for image in images if not image.hidden for line in image.block]
        lines = (min(open_), max(open_)) if open_ else None
        home = self.homes[folder]
        if home is None or self._shared(home):
            return Said(pictures=pictures, lines=lines)
        return Said(self.sections[home].title or None, self._description(home), pictures, lines)

    def introduction(self) -> tuple[str | None, str]:
        """Title and description of the whole: what stands before all folders' sections."""
        title, description = None, []
        for i in self._introductory():
            title = title or self.sections[i].title or None
            description.append(self.sections[i].markdown)
        return title, "\n\n".join(text for text in description if text)

    def unplaced(self) -> tuple[Unplaced, ...]:
        told = [note for i in range(len(self.sections)) for note in self._unplaced_in(i)]
        return tuple(sorted(told, key=lambda note: note.line or 0))

    # Whose section is which

    def _place(self, src: str) -> _Place:
        src = src.replace("\\", "/").replace("\0", "")
        try:
            address = urlsplit(src)
        except ValueError:  # brackets that are no address
            address = urlsplit(quote(src))
        path = PurePosixPath(unquote(address.path))
        web = f"{address.scheme}://{address.netloc}" if address.netloc else ""
        elsewhere = f"{web}{path.parent}"
        if not web:
            lies_in = os.path.realpath(self.at.parent / path.parent)
            for folder in self.folders:
                if os.path.realpath(folder) == lies_in:
                    return _Place(folder, elsewhere, path.name)
        for folder in self.folders:  # the folder may have moved, or be shown from the web
            if path.parent.name and fold(path.parent.name) == fold(folder.resolve().name):
                return _Place(folder, elsewhere, path.name)
        return _Place(None, elsewhere, path.name)

    def _shows(self, i: int, folder: Path) -> int:
        return sum(self.places[image.src].folder == folder for image in self.sections[i].images)

    def _home(self, folder: Path) -> int | None:
        """The section that shows most of the folder's pictures, or the one above it where its
        neighbours there show the others (a heading for the sources, one for the dreams)."""
        counts = {i: self._shows(i, folder) for i in range(len(self.sections))}
        home = max(counts, key=lambda i: counts[i])
        if not counts[home]:
            return None
        while (parent := self._parent(home)) is not None:
            beside = set(self._below(parent)) - {parent, *self._below(home)}
            if not any(counts[i] for i in beside) or self._shows_others(parent, folder):
                break
            home = parent
        return home

    def _shows_others(self, home: int, folder: Path) -> bool:
        return any(
            self.places[image.src].folder != folder
            for i in self._below(home)
            for image in self.sections[i].images
        )

    def _shared(self, home: int) -> bool:
        return list(self.homes.values()).count(home) > 1

    def _below(self, i: int) -> list[int]:
        """The section and those under its heading."""
        level = self.sections[i].level
        end = i + 1
        while level and end < len(self.sections) and self.sections[end].level > level:
            end += 1
        return list(range(i, end))

    def _parent(self, i: int) -> int | None:
        above = (j for j in range(i - 1, -1, -1) if i in self._below(j))
        return next(above, None)

    def _belongs(self, i: int) -> int | None:
        """The home section that ``i`` is, or lies under."""
        homes = set(self.homes.values())
        while i not in homes:
            above = self._parent(i)
            if above is None:
                return None
            i = above
        return None if self._shared(i) else i

    def _description(self, home: int) -> str:
        parts = [self.sections[home].markdown]
        for i in self._below(home)[1:]:
            section = self.sections[i]
            if self._belongs(i) == home and section.prose:
                parts += [f"{'#' * section.level} {section.title}", section.markdown]
        return "\n\n".join(part for part in parts if part)

    def _introductory(self) -> list[int]:
        """What stands before the first heading, and the first heading where it shows
        no pictures of a kind that could be a collection's."""
        kept = []
        for i, section in enumerate(self.sections[:2]):
            badges = all(
                PurePosixPath(self.places[image.src].name).suffix.lower() not in SUFFIXES
                for image in section.images
            )
            if i in self.homes.values() or not badges:
                break
            kept.append(i)
        return kept

    # What has no place

    def _unplaced_in(self, i: int) -> list[Unplaced]:
        section = self.sections[i]
        notes = [Unplaced(f"the words “{w.text}”", w.line) for w in section.leftovers]
        elsewhere = [image for image in section.images if not self.places[image.src].folder]
        home = self._belongs(i)
        if i not in self._introductory() and home is None and (section.title or section.prose):
            notes.append(Unplaced(_whole(section, self._strangers(elsewhere)), section.line))
        else:
            if home not in (None, i) and section.title and not section.prose:
                notes.append(Unplaced(f"the heading “{section.title}”", section.line))
            if elsewhere:
                notes.append(Unplaced(self._strangers(elsewhere), elsewhere[0].line))
        return notes

    def _strangers(self, images: Sequence[Image]) -> str:
        """``8 pictures in ANN``, folder by folder."""
        counts = Counter(self.places[image.src].elsewhere for image in images)
        return " and ".join(
            f"{n} {'picture' if n == 1 else 'pictures'} in {folder}, which is not adopted here"
            for folder, n in counts.items()
        )


def _whole(section: Section, strangers: str) -> str:
    """A section that belongs to nothing adopted, in one line."""
    parts = [f"the section “{section.title}”" if section.title else "the words at the beginning"]
    if section.prose:
        last = section.prose[-1]
        end = last.line + last.text.count("\n")
        first = section.prose[0].line
        parts.append(f"its prose (line {first})" if first == end else f"lines {first} to {end}")
    if strangers:
        parts.append(strangers)
    return ", ".join(parts)
