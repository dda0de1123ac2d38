"""The story of a sweep: look at each kind of what dreamfolio wrote, name what nothing needs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import DreamfolioError, StoreError, of_disk
from dreamfolio.files import read_file
from dreamfolio.publish.readme.held import bytes_of
from dreamfolio.publish.readme.publish import render
from dreamfolio.publish.readme.result import ReadmeResult
from dreamfolio.survey import Survey
from dreamfolio.sweep.cached import cached, own_folder
from dreamfolio.sweep.checkpoints import checkpoints
from dreamfolio.sweep.memory import memory
from dreamfolio.sweep.needed import needed
from dreamfolio.sweep.orphans import orphans
from dreamfolio.sweep.parts import parts
from dreamfolio.sweep.thumbs import thumbs
from dreamfolio.sweep.waste import Found


@dataclass(frozen=True, slots=True)
class Asked:
    """How far a sweep goes: cached dreams kept longer than ``older_than`` seconds ago, also those
    in a ``shared`` cache; ``orphans``, too, or not."""

    older_than: float
    shared: bool = False
    orphans: bool = False


def sweep(survey: Survey, asked: Asked) -> Found:
    """What nothing needs in the portfolio that ``survey`` found. Nothing is changed."""
    root = survey.portfolio.root
    need = needed(survey)
    found = orphans(survey, asked=asked.orphans)
    try:
        found.add(cached(survey.cache, root, need, asked.older_than, shared=asked.shared))
    except StoreError as error:
        found.kept.append(f"all cached dreams: {error}")
    found.add(checkpoints(root, need))
    found.add(_thumbs(survey))
    found.add(parts(root, own_folder(survey.cache, root)))
    found.add(memory(survey.memory))
    return found


def _thumbs(survey: Survey) -> Found:
    """Those that no Markdown shows, neither as it stands nor as the next build would have it."""
    try:
        readme = render(survey.portfolio, survey.memory.file)
        words = _words(survey.portfolio, readme)
    except DreamfolioError as error:
        return Found(kept=[f"all thumbnails: {error}"])
    except OSError as error:
        return Found(kept=[f"all thumbnails: {of_disk(error)}"])
    return thumbs(survey.portfolio, words, survey.memory.file)


def _words(portfolio: Portfolio, readme: ReadmeResult) -> bytes:
    pages = [bytes_of(one.data) for one in readme.changes if one.data and one.path.suffix == ".md"]
    return b"\n".join((readme.new, *pages, *_markdown(portfolio)))


def _markdown(portfolio: Portfolio) -> Iterator[bytes]:
    """The Markdown files of the portfolio, whoever wrote them."""
    folders = (portfolio.root, *(one.folder for one in portfolio.collections))
    for file in itertools.chain.from_iterable(sorted(one.glob("*.[mM][dD]")) for one in folders):
        if file.is_file():
            yield read_file(file)
