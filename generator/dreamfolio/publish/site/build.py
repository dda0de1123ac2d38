"""The story of a site's build: gather, make pictures, copy videos, compose, render, prune."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import DreamfolioError, Place, reason
from dreamfolio.files import read_file
from dreamfolio.publish.site import themes
from dreamfolio.publish.site.archives import archives
from dreamfolio.publish.site.compose import Locks, Shown, compose, each_alone, frame
from dreamfolio.publish.site.fingerprint import fingerprint
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.site.gather import gather
from dreamfolio.publish.site.marking import marking
from dreamfolio.publish.site.metadata import metadata
from dreamfolio.publish.site.pages import addresses
from dreamfolio.publish.site.picture_files import publish
from dreamfolio.publish.site.render import render
from dreamfolio.publish.site.renders import renders
from dreamfolio.publish.site.spool import spool
from dreamfolio.publish.site.themes import Theme
from dreamfolio.publish.site.videos import videos
from dreamfolio.publish.site.views import SiteView


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What a build did: addresses below the site's folder, and what could not be done.

    ``pages_written`` holds the theme's static files, archives and videos too. What stood there
    already is not listed.
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

    Raises ``ContentError`` where the theme or the watermark is missing or wrong,
    ``DreamfolioError`` where ``out`` cannot be written. Interrupted, it leaves whole files only,
    and the next build goes on there.
    """
    theme = themes.load(portfolio)
    mark_on = marking(portfolio)
    folder = SiteFolder.open(out)
    try:
        gathered = gather(portfolio, digest_of, folder.before.sizes)
        published = publish(
            gathered.originals, portfolio.site, folder, on_picture or _silent, mark_on
        )
        folder.record.renders = renders(portfolio, gathered.originals, folder.before.renders)
        copied = videos(portfolio, published.pictures, digest_of, folder)
        packed = archives(portfolio, published.pictures, copied.files, folder)
        shown = Shown(
            portfolio,
            addresses(portfolio),
            published.pictures,
            copied.files,
            folder.record.renders,
            packed.views,
            locks or {},
            theme.wording,
        )
        mark = fingerprint(frame(shown), each_alone(shown), theme)
        with spool(folder.path) as files:
            static = theme.static_files()
            files.add((address, read_file(path)) for address, path in static.items())
            if not folder.keep_rest(mark, static):
                files.add(_pages(compose(shown), theme))
            folder.announce(each for each, data in files.items() if folder.lacks(each, data))
            written = [each for each, data in files.items() if folder.write(each, data)]
        removed = folder.prune()
        folder.close(mark)
    except OSError as error:
        folder.abandon()
        raise DreamfolioError(
            f"the site cannot be written ({reason(error)})",
            place=Place(Path(error.filename) if error.filename else out),
        ) from error
    except BaseException:
        folder.abandon()
        raise
    problems = (
        *gathered.problems,
        *published.problems,
        *copied.problems,
        *packed.problems,
        *folder.problems,
    )
    pages = (*written, *packed.written, *copied.written)
    return SiteResult(pages, published.written, removed, problems)


def _pages(site: SiteView, theme: Theme) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    addresses = []
    for address, page in render(site, theme):
        addresses.append(address)
        yield address, page
    yield from metadata(site, addresses, theme.view)
    yield from theme.rendered_files()


def _silent(done: int, total: int) -> None:
    pass
