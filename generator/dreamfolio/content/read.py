"""Reading a portfolio folder: its ``portfolio.yaml``, its collections, everything validated.

The story of a reading: find the folders, read the manifests, resolve layers and names, and tell
every problem there is at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from dreamfolio import local_state
from dreamfolio.content import themes
from dreamfolio.content.collection_file import CollectionFile, PieceForm
from dreamfolio.content.day import Day
from dreamfolio.content.defaults import Defaults, expanded
from dreamfolio.content.discover import Found, find
from dreamfolio.content.fallbacks import check_fallbacks
from dreamfolio.content.inside import astray, leads_out, refuse_links, refuse_ways_out
from dreamfolio.content.labels import one_each
from dreamfolio.content.layers import catalogue_at, resolve
from dreamfolio.content.layout import COLLECTIONS, MANIFEST, PORTFOLIO
from dreamfolio.content.misnamed import misnamed
from dreamfolio.content.names import fold, readable, title_of
from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.content.one_line import quoted
from dreamfolio.content.path_text import is_plain
from dreamfolio.content.pieces import pieces_of
from dreamfolio.content.portfolio_file import DreamDefaults, PortfolioFile
from dreamfolio.content.validate import MOST_PROBLEMS, Checked, from_top, validate
from dreamfolio.content.variants import Report
from dreamfolio.content.yaml_file import Document, load
from dreamfolio.errors import ContentError, ContentErrors, Place, UsageError

FormT = TypeVar("FormT", PortfolioFile, CollectionFile)
Recorded = Callable[[Path], Mapping[str, bool]]


def find_root(start: Path) -> Path:
    """The nearest folder from ``start`` upward that holds a ``portfolio.yaml``; raises
    ``UsageError`` where there is none."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / PORTFOLIO).is_file():
            return folder
    meant = next(
        filter(None, (misnamed(path, PORTFOLIO) for path in (start, *start.parents))), None
    )
    raise UsageError(
        f"there is no {PORTFOLIO} in {start} or above it",
        mend=f"rename {meant} to {PORTFOLIO}"
        if meant
        else "go to your portfolio, name it with --root, or make one: dreamfolio new portfolio",
    )


def read(root: Path, recorded: Recorded = lambda folder: {}) -> Portfolio:
    """The portfolio at ``root``, whole and valid.

    ``recorded`` tells for a collection's folder which variants its lock holds and which of them
    were adopted. Without a ``portfolio.yaml``, the defaults hold. Raises ``ContentErrors`` with
    every problem found, and ``UsageError`` for a folder that is no portfolio at all.
    """
    # Not always resolve(): a portfolio reached through a link keeps the paths it is known by.
    root = root.resolve() if ".." in root.parts else root.absolute()
    problems: dict[str, ContentError] = {}

    def report(problem: ContentError) -> None:
        if len(problems) < MOST_PROBLEMS:
            problems.setdefault(str(problem), problem)

    form = PortfolioFile()
    out = refuse_ways_out(root, report)
    # None where they cannot be told: what they hold for is then not judged by others.
    defaults: Defaults | None = Defaults(root=root)
    file = root / PORTFOLIO
    is_there = file.is_file()
    if is_there:
        document, checked = _read_form(file, root, PortfolioFile, report)
        if document and checked.form:
            form = checked.form
            defaults = Defaults(root=root).within(form.dream, document, ("dream",), root)
            _check_defaults(defaults, form.dream, report)
            themes.check(root, *_theme(form), document, report)
            _check_watermark(form, document, root, report)
        else:
            defaults = None
    elif not (root / COLLECTIONS).is_dir():
        raise UsageError(
            f"{root} holds neither a {PORTFOLIO} nor a folder {COLLECTIONS}",
            mend="make a portfolio: dreamfolio new portfolio",
        )
    collections = []
    slugs: dict[str, Found] = {}
    _refuse_misnamed(root, PORTFOLIO, root, report)
    for found in () if out else find(root):
        _refuse_misnamed(found.folder, MANIFEST, root, report)
        if _unreadable_names(found, root, report) or refuse_links(found, root, report):
            continue
        twin = slugs.setdefault(fold(found.slug), found)
        if twin is not found:
            report(_same_slug(found, twin, root))
            continue
        collection = _collection(found, root, defaults, recorded(found.folder), report)
        if collection:
            collections.append(collection)
    if len(problems) == MOST_PROBLEMS:
        more = ContentError("there may be more problems", mend="mend these first")
        raise ContentErrors([*_in_order(problems.values()), more])
    if not is_there and file.is_file():
        # While git or an editor writes it anew. Without it, everything would be by the defaults.
        report(ContentError("was not there at first", place=Place(file), mend="try again"))
    if problems:
        raise ContentErrors(_in_order(problems.values()))
    theme, options = _theme(form)
    return Portfolio(
        root=root,
        title=form.title or title_of(root.name),
        author=form.author,
        description=form.description,
        url=form.url,
        language=form.language,
        theme=theme,
        theme_options=options,
        readme=form.readme,
        site=form.site,
        cache=_cache(form.cache, root),
        computing=form.dream.computing,
        max_pixels=form.max_pixels,
        collections=tuple(collections),
    )


def _theme(form: PortfolioFile) -> tuple[str, dict[str, Any]]:
    """The name of the theme, and what is set of its options."""
    theme = form.theme
    return (theme, {}) if isinstance(theme, str) else (theme.name, theme.options)


def _in_order(problems: Iterable[ContentError]) -> list[ContentError]:
    """File by file, in the order in which they were read, and from top to bottom in each."""
    by_file: dict[Path | None, list[ContentError]] = {}
    for problem in problems:
        by_file.setdefault(problem.place.file if problem.place else None, []).append(problem)
    return [problem for found in by_file.values() for problem in sorted(found, key=from_top)]


def _read_form(
    file: Path, root: Path, form: type[FormT], report: Report
) -> tuple[Document | None, Checked[FormT]]:
    try:
        document = load(file, file.relative_to(root))
    except ContentError as error:
        report(error)
        return None, Checked(None)
    checked = validate(document, form)
    for problem in checked.problems:
        report(problem)
    return document, checked


def _collection(
    found: Found,
    root: Path,
    defaults: Defaults | None,
    recorded: Mapping[str, bool],
    report: Report,
) -> Collection | None:
    title, description = title_of(found.folder.name), ""
    date: Day | None = None
    tags: tuple[str, ...] = ()
    document: Document | None = None
    forms: list[PieceForm | None] = []
    if found.manifest:
        document, checked = _read_form(found.manifest, root, CollectionFile, report)
        form = checked.form
        if document is None or form is None or defaults is None:
            return None
        title, description = form.title, form.description
        date = Day.parse(form.date) if form.date else None
        tags = one_each(form.tags)
        forms = [None if i in checked.spoiled else piece for i, piece in enumerate(form.pieces)]
        defaults = defaults.within(form, document, (), found.folder)
        _check_defaults(defaults, form, report)
    if defaults is None:
        return None
    pieces = pieces_of(found, forms, document, defaults, recorded, report)
    beside = {
        name
        for piece in pieces
        for variant in piece.variants
        for name in variant.recipe.pictures.values()
    }
    return Collection(
        slug=found.slug,
        folder=found.folder,
        title=title,
        description=description,
        pieces=pieces,
        pictures=found.pictures,
        manifest=found.manifest,
        date=date,
        tags=tags,
        videos=found.videos,
        astray=astray(found, beside, root),
    )


def _check_defaults(
    defaults: Defaults, form: DreamDefaults | CollectionFile, report: Report
) -> None:
    # Also where no piece dreams by them yet: a typo should not wait for the first picture.
    try:
        catalogue = catalogue_at(defaults.network, defaults.network_at)
        check_fallbacks(defaults)
        if form.layers or form.motifs:
            resolve(defaults, catalogue)
    except ContentError as error:
        report(error)


def _check_watermark(form: PortfolioFile, document: Document, root: Path, report: Report) -> None:
    # It is published, as all pictures are; a font is not, and may lie anywhere.
    mark = form.site.watermark
    if mark and mark.file and (not is_plain(mark.file) or leads_out(root / mark.file, root)):
        report(
            ContentError(
                f"the watermark {quoted(mark.file)} lies outside of the portfolio",
                place=document.place(("site", "watermark", "file")),
                mend="put a copy into the portfolio, and name it by its path from there",
            )
        )


def _refuse_misnamed(folder: Path, wanted: str, root: Path, report: Report) -> None:
    # Passed over in silence, all that its artist wrote in it would seem not to work.
    if meant := misnamed(folder, wanted):
        report(
            ContentError(
                "would not be read",
                place=Place(meant.relative_to(root), 1, 1),
                mend=f"rename it to {wanted}",
            )
        )


def _unreadable_names(found: Found, root: Path, report: Report) -> bool:
    """Report names that neither a lock nor a page could hold: what is not text, and what would be
    another path elsewhere."""
    astray = [
        (name, "is not valid Unicode" if name != readable(name) else "has a backslash in it")
        for name in (found.slug, *found.pictures, *found.videos)
        if name != readable(name) or "\\" in name
    ]
    for name, what in astray:
        folder = Path(readable(found.folder.relative_to(root).as_posix()))
        report(
            ContentError(
                f'the name "{readable(name)}" {what}', place=Place(folder), mend="rename it"
            )
        )
    return bool(astray)


def _same_slug(found: Found, twin: Found, root: Path) -> ContentError:
    return ContentError(
        f'the collections "{twin.slug}" and "{found.slug}" would have one address',
        place=Place(found.manifest.relative_to(root), 1, 1)
        if found.manifest
        else Place(found.folder.relative_to(root)),
        mend="rename one of the folders",
    )


def _cache(setting: str | None, root: Path) -> str:
    if setting is None:
        return str(root / local_state.FOLDER / "cache")
    if "://" in setting:
        return setting
    return str(root / expanded(setting))
