"""The page of motifs: readable from a folder without a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dreamfolio import __version__
from dreamfolio.dream.target import PATCHWORK

MARK = '<meta name="generator" content="dreamfolio layers'
"""What tells a page of ours from one that somebody made."""

_HEADINGS = {"ifs": "Iterated functions"}


@dataclass(frozen=True, slots=True)
class ShownMotif:
    """A motif, and the address of its specimens within the page's folder, if they were drawn."""

    name: str
    pictures: str | None

    @property
    def line(self) -> str:
        """What asks for it in a manifest."""
        return f"motifs: [{self.name}]"


def page(
    families: Mapping[str, Sequence[ShownMotif]], network: str, shape: tuple[int, int], drawn: str
) -> bytes:
    """The page, as UTF-8. ``shape`` is the width and height in pixels that all pictures share,
    and ``drawn`` names the formulas they were drawn by (see ``drawn_by``)."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dreamfolio.publish.motifs"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("motifs.html.j2").render(
        mark=MARK,
        version=__version__,
        drawn=_drawn(drawn),
        network=network,
        patchwork=PATCHWORK,
        families={key: (heading(key), motifs) for key, motifs in families.items()},
        count=sum(map(len, families.values())),
        width=shape[0],
        height=shape[1],
    )
    return text.encode()


def drawn_by(text: str, formulas: str) -> bool:
    """Whether the pictures of a page were drawn by these formulas, so that they still hold."""
    return _drawn(formulas) in text


def heading(family: str) -> str:
    """A family's name for people: ``sea_creatures`` → ``Sea creatures``."""
    return _HEADINGS.get(family) or family.replace("_", " ").capitalize()


def _drawn(formulas: str) -> str:
    return f'<meta name="formulas" content="{formulas}">'
