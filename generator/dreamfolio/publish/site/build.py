"""The story of a site's build: gather, make pictures, compose, render, write, prune."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import DreamfolioError, Place
from dreamfolio.publish.site import themes
from dreamfolio.publish.site.compose import Locks, Published, compose
from dreamfolio.publish.site.encoding import Task, encode_all
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.site.gather import Gathered, gather
from dreamfolio.publish.site.pages import (
    HOME,
    NOT_FOUND,
    absolute,
    addresses,
    from_anywhere,
    relative,
)
from dreamfolio.publish.site.pictures import Rendition, renditions
from dreamfolio.publish.site.views import PageView, PictureView, SiteView


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What a build did: addresses below the site's folder, and what could not be done.

    ``pages_written`` holds the theme's static files too. What stood there already is not listed.
    """

    pages_written: tuple[str, ...]
    pictures_written: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[DreamfolioError, ...]


def build(
    portfolio: Portfolio,
    *,
    digest_of: Callable[[Path], str],
    out: Path,
    locks: Locks | None = None,
    on_picture: Callable[[int, int], None] | None = None,
) -> SiteResult:
    """Bring the site in ``out`` up to date, and touch nothing in it that is as it should be.

    ``digest_of`` gives the SHA-256 of a picture's bytes (and may raise ``OSError`` or
    ``DreamfolioError``, which costs that picture). ``locks`` hold each collection's lock by its
    slug. ``on_picture`` is told how many of the pictures to be made are done, and of how many.

    Raises ``ContentError`` where the theme is missing or wrong, ``DreamfolioError`` where ``out``
    cannot be written. Interrupted, it leaves whole files only, and the next build goes on there.
    """
    theme = themes.load(portfolio)
    folder = SiteFolder.open(out)
    try:
        gathered = gather(portfolio, digest_of, folder.before.sizes)
        published = _Pictures(folder, gathered, portfolio, on_picture or _silent).publish()
        site = compose(portfolio, addresses(portfolio), published.files, locks or {})
        pages = dict(_render(site, theme))
        static = {address: path.read_bytes() for address, path in theme.static_files().items()}
        written = [
            address
            for address, data in sorted({**static, **pages}.items())
            if folder.write(address, data)
        ]
        removed = folder.prune()
        folder.close()
    except OSError as error:
        folder.abandon()
        raise DreamfolioError(
            f"the site cannot be written ({error.strerror or error})",
            place=Place(Path(error.filename) if error.filename else out),
        ) from error
    except BaseException:
        folder.abandon()
        raise
    problems = (*gathered.problems, *published.problems, *folder.problems)
    return SiteResult(tuple(written), published.written, removed, problems)


@dataclass(frozen=True, slots=True)
class _PublishedPictures:
    files: Published
    written: tuple[str, ...]
    problems: tuple[DreamfolioError, ...]


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The pictures' part of the story."""

    folder: SiteFolder
    gathered: Gathered
    portfolio: Portfolio
    on_picture: Callable[[int, int], None]

    def publish(self) -> _PublishedPictures:
        """Make the files that are missing or damaged, keep the others."""
        wanted = {
            path: renditions(original, self.portfolio.site)
            for path, original in self.gathered.originals.items()
        }
        tasks = self._tasks(wanted)
        written: list[str] = []
        failed: dict[str, DreamfolioError] = {}
        results = encode_all(tasks)
        self.on_picture(0, len(tasks))
        try:
            for done, encoded in enumerate(results, start=1):
                if encoded.error is not None:
                    failed[encoded.task.original.digest] = encoded.error
                for address, data in encoded.files.items():
                    if self.folder.write(address, data):
                        written.append(address)
                self.on_picture(done, len(tasks))
        finally:
            results.close()
        originals = self.gathered.originals
        files = {p: r for p, r in wanted.items() if originals[p].digest not in failed}
        for path in files:
            original = originals[path]
            self.folder.record.sizes[original.digest] = (original.width, original.height)
        # As they were gathered, not as they came back: the same problems read the same.
        order = dict.fromkeys(task.original.digest for task in tasks)
        problems = tuple(failed[digest] for digest in order if digest in failed)
        return _PublishedPictures(files, tuple(sorted(written)), problems)

    def _tasks(self, wanted: Mapping[Path, tuple[Rendition, ...]]) -> list[Task]:
        tasks = []
        asked: set[str] = set()
        for path, files in wanted.items():
            missing = []
            for file in files:
                if file.address in asked:
                    continue
                asked.add(file.address)
                if self.folder.holds(file.address):
                    self.folder.keep(file.address)
                else:
                    missing.append(file)
            if missing:
                tasks.append(Task(self.gathered.originals[path], tuple(missing)))
        return tasks


def _render(site: SiteView, theme: themes.Theme) -> Iterator[tuple[str, bytes]]:
    """Every page's address and bytes."""

    def page(
        template: str,
        address: str,
        title: str,
        summary: str,
        cover: PictureView | None,
        **more: object,
    ) -> tuple[str, bytes]:
        view = PageView(
            address=address,
            title=title,
            summary=summary,
            canonical=absolute(address, site.url) if site.url else None,
            image=absolute(cover.largest.address, site.url) if site.url and cover else None,
            image_alt=cover.alt if cover else None,
        )
        link = partial(relative, page=address)
        if template == "404":
            link = partial(from_anywhere, url=site.url)
        return address, theme.render(template, site=site, page=view, link=link, **more)

    yield page("home", HOME, site.title, site.summary, site.cover)
    yield page("404", NOT_FOUND, "Not found", "", None)
    for collection in (each for top in site.collections for each in top.walk()):
        yield page(
            "collection",
            collection.address,
            collection.title,
            collection.summary or site.summary,
            collection.cover,
            collection=collection,
        )
        for piece in collection.pieces:
            cover = piece.tiles[0].picture
            summary = piece.summary or cover.alt
            yield page(
                "piece",
                piece.address,
                piece.title,
                summary,
                cover,
                piece=piece,
                collection=collection,
            )


def _silent(done: int, total: int) -> None:
    pass
