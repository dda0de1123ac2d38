"""``dreamfolio site``: only the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dreamfolio.cli.alone import alone
from dreamfolio.cli.at_rest import Glance
from dreamfolio.cli.interruptible import interruptible
from dreamfolio.cli.progress import progress
from dreamfolio.cli.publishing import publish_site
from dreamfolio.cli.show import Told, note
from dreamfolio.survey import survey


def site(root: Path) -> None:
    """Build the site of the portfolio at ``root``."""
    with alone(root, "site"):
        glance = Glance(root, "site")
        if not glance.is_enough():
            _site(root, glance)


def _site(root: Path, glance: Glance) -> None:
    surveyed, told = survey(root), Told()
    with progress() as shown:

        def work(stop: Callable[[], bool]) -> bool:
            return publish_site(surveyed, shown, told)

        def on_interrupt() -> None:
            shown.close()
            note("\nStopped. What is published so far is kept; dreamfolio site goes on from here.")

        if not interruptible(work, on_interrupt):
            raise SystemExit(1)
    glance.keep(surveyed, told)
