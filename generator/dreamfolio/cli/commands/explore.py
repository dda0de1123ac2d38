"""``dreamfolio explore``: one picture through many layers, to find the one by looking."""

from __future__ import annotations

import os
import re
import sys
import webbrowser
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from dreamfolio.cli import options
from dreamfolio.cli.alone import alone
from dreamfolio.cli.exploring import progress
from dreamfolio.cli.interruptible import interruptible
from dreamfolio.cli.show import note, plural, say
from dreamfolio.content.read import find_root
from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.errors import UsageError
from dreamfolio.explore.asked import default_network, listed, network_asked, recipe_asked
from dreamfolio.explore.choose import AUTO, choose, choose_motifs, only_motifs
from dreamfolio.explore.exploration import Exploration
from dreamfolio.explore.explore import Explorer, Result
from dreamfolio.explore.folder import SHEET, Folder
from dreamfolio.explore.keeping import default_folder
from dreamfolio.explore.page import write_command
from dreamfolio.explore.subject import subject_of


def explore(
    picture: Path,
    root: Path | None,
    *,
    model: str | None,
    preprocess: str | None,
    layers: str | None,
    motifs: str | None,
    channels: int,
    recipe: str | None,
    write: str | None,
    out: Path | None,
    open_page: bool,
) -> None:
    """Dream ``picture`` through many layers onto a contact sheet, or ``write`` some down.

    Without ``layers`` they are ``auto``, or none where ``motifs`` are named.
    """
    subject = subject_of(picture, _root(root, picture))
    network = network_asked(
        model,
        preprocess,
        default_network(subject.defaults, motifs=_only_motifs(layers, motifs, write)),
    )
    asked = recipe_asked(recipe, subject.defaults._replace(network=network).recipe)
    catalogue = listed(network)
    exploration = Exploration(
        subject=subject,
        network=network,
        catalogue=catalogue,
        recipe=asked.recipe,
        recipe_asked=asked.asked,
        written=asked.written,
        layers=() if write is not None else _chosen(layers, motifs, catalogue),
        channels=channels,
    )
    if write is not None:
        with alone(subject.portfolio.root, "explore") if subject.portfolio else nullcontext():
            _write(exploration, write)
        return
    folder = Folder((out or default_folder(exploration, options.here())).absolute(), subject)
    result = _explored(exploration, folder, open_page)
    _tell(result, folder, exploration)
    if result.failed:
        raise SystemExit(1)


def _only_motifs(layers: str | None, motifs: str | None, write: str | None) -> bool:
    named = layers if write is None else write
    return only_motifs(named) if named is not None else motifs is not None


def _chosen(layers: str | None, motifs: str | None, catalogue: Catalogue) -> tuple[LayerInfo, ...]:
    if motifs is None:
        return choose(layers or AUTO, catalogue)
    named = choose(layers, catalogue) if layers is not None else ()
    added = [one for one in choose_motifs(motifs, catalogue) if one not in named]
    return (*named, *added)


def _root(root: Path | None, picture: Path) -> Path | None:
    """The portfolio that was named, or that the picture lies in, or that one is in; or none."""
    given = options.root_given(root)
    if given:
        return given
    for start in (picture.absolute().parent, options.here()):
        try:
            return find_root(start)
        except UsageError:
            continue
    return None


def _explored(exploration: Exploration, folder: Folder, open_page: bool) -> Result:
    with progress() as shown:
        explorer = Explorer(exploration, folder, shown)

        def on_page() -> None:
            note(f"the sheet: {folder.page}")
            if open_page:
                _open(folder.page)

        def work(stop: Callable[[], bool]) -> Result:
            return explorer.explore(stop, on_page)

        def on_interrupt() -> None:
            shown.close()
            count = plural(explorer.stopped(), "tile is", "tiles are")
            note(f"\nStopped. {count} kept; the same command goes on from here.")

        return interruptible(work, on_interrupt)


def _open(page: Path) -> None:
    """Show the page in a browser, where there is a screen to show it on."""
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    # Without one, Linux would start a browser in this very terminal.
    if screen or sys.platform in ("darwin", "win32"):
        webbrowser.open(page.as_uri())


def _tell(result: Result, folder: Folder, exploration: Exploration) -> None:
    for tile in result.failed:
        note(f"{tile.layer.name}: {tile.problem}")
    failed = f", {len(result.failed)} could not be dreamed" if result.failed else ""
    note(f"{plural(result.shown, 'tile')}{failed}; all on one picture: {folder.path / SHEET}")
    if exploration.subject.collection is not None:
        note(f"to dream one at full size: {write_command(exploration, 'NAME')}")
    say(str(folder.page))


def _write(exploration: Exploration, write: str) -> None:
    from dreamfolio.explore.manifest import write_variants

    # Not at the commas within brackets, as in mixed4:[3, 17].
    names = [name.strip() for name in re.split(r",(?![^\[]*\])", write) if name.strip()]
    written = write_variants(exploration, names)
    picture = exploration.subject.picture.name
    for layer in written.there:
        note(f"{layer}: {picture} has this variant already")
    for layers in written.kept:
        note(f"{picture} keeps the variant that it had without naming one: layers: {layers}")
    if written.added:
        what = "is a new variant" if len(written.added) == 1 else "are new variants"
        said = f"{', '.join(written.added)} {what} of {picture}"
        say(f"{written.manifest}: {said}. Now run: dreamfolio build")
