"""Portfolios made by hand for the README's tests, and READMEs read as GitHub shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
from PIL import Image

from dreamfolio.content.objects import Collection, Piece, Portfolio, Variant
from dreamfolio.content.settings import ReadmeSettings
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from dreamfolio.dream.target import Target


def picture(path: Path, colour: str = "navy", size: tuple[int, int] = (64, 36)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def variant(file: str, source: str, *layers: str, **more: object) -> Variant:
    return Variant(
        file=file,
        source=source,
        targets=tuple(Target(layer) for layer in layers),
        network=NetworkReference(name="inception_v3"),
        preprocess="tf",
        recipe=NAMED["classic"],
        recipe_asked="classic",
        **more,  # type: ignore[arg-type]
    )


def piece(source: str, *variants: Variant, title: str = "", alt: str = "") -> Piece:
    stem = Path(source).stem
    return Piece(source, stem, title or stem.title(), alt, variants=variants)


def collection(root: Path, slug: str, *pieces: Piece, description: str = "") -> Collection:
    folder = root / "collections" / slug
    folder.mkdir(parents=True, exist_ok=True)
    return Collection(slug, folder, slug.replace("_", " ").title(), description, pieces)


def portfolio(root: Path, *collections: Collection, **readme: object) -> Portfolio:
    settings = ReadmeSettings(**readme)  # type: ignore[arg-type]
    return Portfolio(root, "Dreams", readme=settings, collections=collections)


def tree(root: Path) -> dict[str, bytes | None]:
    """Everything below ``root``: files with their bytes, folders with ``None``."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def as_on_github(markdown: str) -> str:
    # GitHub renders HTML in Markdown, and sanitises it afterwards.
    unsafe = cmarkgfm.Options.CMARK_OPT_UNSAFE
    html: str = cmarkgfm.github_flavored_markdown_to_html(markdown, options=unsafe)
    return html


@dataclass
class Seen:
    """One cell of a table: where its link leads, its picture, and its words."""

    href: str | None = None
    src: str | None = None
    alt: str | None = None
    text: str = ""
    attributes: dict[str, str | None] = field(default_factory=dict)


class Tables(HTMLParser):
    """The tables in a page: ``tables[0][row][column]`` is a ``Seen``."""

    def __init__(self, html: str):
        super().__init__()
        self.tables: list[list[list[Seen]]] = []
        self.comments: list[str] = []
        self.details: list[bool] = []
        self._cell: Seen | None = None
        self._in_details = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "details":
            self._in_details = True
        if tag == "table":
            self.tables.append([])
            self.details.append(self._in_details)
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self._cell = Seen(attributes=given)
            self.tables[-1][-1].append(self._cell)
        if self._cell and tag == "a":
            self._cell.href = given["href"]
        if self._cell and tag == "img":
            assert self._cell.href, "the picture is not within a link"
            self._cell.src, self._cell.alt = given["src"], given["alt"]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = None
        if tag == "details":
            self._in_details = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)
