"""``dreamfolio layers pocket --motifs``: what the embedded network can be asked for by name."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dreamfolio.cli import options
from dreamfolio.cli.browser import show_page
from dreamfolio.cli.layer_table import WIDEST
from dreamfolio.cli.show import note, plural, say, say_data
from dreamfolio.dream.networks.known import UnknownNetwork, canonical_name
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.errors import NetworkError, UsageError
from dreamfolio.explore.keeping import user_folder
from dreamfolio.local_state import FOLDER

Told = Callable[[int, int], None]


def list_motifs(
    model: str | None, root: Path | None, *, out: Path | None, open_page: bool, as_json: bool
) -> None:
    """Print the motifs' names by family, and make a page with pictures of each; as JSON, the names
    alone."""
    _refuse_others(model)
    from dreamfolio.dream.pocket.card import Card

    families = Card.read().families
    if as_json:
        say_data(families)
        return
    say(_by_family(families))
    sys.stdout.flush()  # Drawing takes a while; the names are there to be read.
    count = sum(map(len, families.values()))
    note(f"\n{plural(count, 'motif')}. In a manifest: motifs: [{next(iter(families.values()))[0]}]")
    root = _portfolio(root)
    folder = out or (root / FOLDER / "motifs" if root else user_folder() / "motifs")
    page = _page(folder.absolute(), families, root, asked=out is not None)
    if page:
        note(f"pictures of each: {page}")
        if open_page:
            show_page(page)


def _portfolio(root: Path | None) -> Path | None:
    """The portfolio that was named or that one is in; None outside of any."""
    try:
        return options.root_of(root)
    except UsageError:
        return None


def _refuse_others(model: str | None) -> None:
    try:
        if model is None or canonical_name(model) == EMBEDDED:
            return
    except UnknownNetwork:
        pass
    raise UsageError(
        f"{model} has no motifs, only layers", mend=f"dreamfolio layers {EMBEDDED} --motifs"
    )


def _by_family(families: Mapping[str, Sequence[str]]) -> str:
    """A paragraph a family, its heading at the margin."""
    from dreamfolio.publish.motifs.page import heading

    columns = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    return "\n".join(
        f"{heading(family)}\n"
        + textwrap.fill(
            ", ".join(names),
            columns,
            initial_indent="  ",
            subsequent_indent="  ",
            break_on_hyphens=False,
            break_long_words=False,
        )
        for family, names in families.items()
    )


def _page(
    folder: Path, families: Mapping[str, Sequence[str]], root: Path | None, *, asked: bool
) -> Path | None:
    from dreamfolio.publish.motifs.folder import write_page

    try:
        with _progress() as told:
            return write_page(folder, families, EMBEDDED, told, root)
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        lacking = "the motifs' pictures cannot be drawn: numpy is not installed"
        mend = "pip install 'dreamfolio[dream]'"
        if asked:
            raise NetworkError(lacking, mend=mend) from None
        note(f"{lacking} ({mend})")
        return None


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on a terminal, and a line at the beginning anywhere else."""
    if not sys.stderr.isatty():
        yield _Line()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from dreamfolio.cli.amount import Amount

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        Amount(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("drawing motifs", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Line:
    """Says once that there is something to wait for."""

    def __call__(self, done: int, total: int) -> None:
        if done == 1:
            note(f"drawing {plural(total, 'motif')}")
