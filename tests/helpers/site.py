"""Small portfolios with real pictures on disk, and sites read back as a browser reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import Image

from dreamfolio.content.objects import Collection, Piece, Portfolio, Variant
from dreamfolio.content.settings import SiteSettings
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from dreamfolio.dream.target import Target
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.site.build import SiteResult, build
from dreamfolio.store.lock import Entry

NETWORK = NetworkReference(name="inception_v3")
VOID = {"meta", "link", "img", "br", "hr", "source", "input"}


def picture(path: Path, size: tuple[int, int] = (96, 54), colour: str = "#2a6f97") -> Path:
    """A picture with a diagonal in it, written where ``path`` says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", size, colour)
    for step in range(min(size)):
        image.putpixel((step, step), (240, 200, 20))
    image.save(path)
    return path


def variant(source: str, *layers: str, file: str | None = None, **changes: Any) -> Variant:
    """A variant of ``source`` through ``layers``, by the classic recipe unless told otherwise."""
    stem, _, suffix = source.rpartition(".")
    facts: dict[str, Any] = {
        "file": file or f"{stem}_{'+'.join(layers)}.{suffix}",
        "source": source,
        "targets": tuple(Target(layer) for layer in layers),
        "network": NETWORK,
        "preprocess": "tf",
        "recipe": NAMED["classic"],
        "recipe_asked": "classic",
    }
    return Variant(**{**facts, **changes})


def piece(source: str, *variants: Variant, **changes: Any) -> Piece:
    """A piece of ``source``, titled after it."""
    stem = source.rpartition(".")[0]
    facts: dict[str, Any] = {"slug": stem, "title": stem.title(), "alt": f"A render of {stem}"}
    return Piece(**{"source": source, "variants": variants, **facts, **changes})


def collection(root: Path, slug: str, *pieces: Piece, **changes: Any) -> Collection:
    """A collection below ``root``; its sources and variants are drawn where they are missing."""
    folder = root / "collections" / slug
    folder.mkdir(parents=True, exist_ok=True)
    for number, each in enumerate(pieces):
        for shade, name in enumerate([each.source, *(v.file for v in each.variants)]):
            if not (folder / name).exists():
                picture(folder / name, colour=f"#{30 * number % 256:02x}{40 + 50 * shade:02x}90")
    facts: dict[str, Any] = {"title": slug.rpartition("/")[2].title(), "description": ""}
    return Collection(**{"slug": slug, "folder": folder, "pieces": pieces, **facts, **changes})


def portfolio(root: Path, *collections: Collection, **changes: Any) -> Portfolio:
    """A portfolio with small widths, so that tests are quick."""
    facts: dict[str, Any] = {
        "root": root,
        "title": "Dreams",
        "site": SiteSettings(widths=(24, 48)),
        "collections": collections,
    }
    return Portfolio(**{**facts, **changes})


def adopted(source: str, *layers: str, asked: str | None = None) -> Entry:
    """A lock's entry for a variant that was there before there was a lock."""
    return Entry(
        key=None,
        source=source,
        source_file="",
        source_pixels="",
        network="inception_v3",
        network_digest=None,
        model="inception_v3",
        preprocess="tf",
        layers=tuple(Target(layer) for layer in layers),
        recipe_asked=None,
        recipe={},
        output="",
        versions={},
        asked=asked,
        adopted=True,
    )


def publish(portfolio: Portfolio, **options: Any) -> SiteResult:
    """Build the site into ``site/`` of the portfolio's root."""
    return build(
        portfolio,
        **{"digest_of": sha256_of_file, "out": portfolio.root / "site", **options},
    )


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file below ``folder`` by its path, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass
class Element:
    """A tag with its attributes and what it holds."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Itself and every element inside."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str, class_: str | None = None) -> list[Element]:
        """Every element of that tag, and class, inside."""
        return [
            element
            for element in self.walk()
            if element.tag == tag
            and (class_ is None or class_ in element.attributes.get("class", "").split())
        ]

    @property
    def text(self) -> str:
        """The words inside, with single spaces."""
        words = [c if isinstance(c, str) else c.text for c in self.children]
        return " ".join(" ".join(words).split())


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Closed by itself, as an SVG's shapes may be.
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"</{tag}> closes <{self.stack[-1].tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def parse(page: Path | str) -> Element:
    """A page, or HTML, as a tree. A tag that is not closed where it should be is a failure."""
    parser = _Parser()
    parser.feed(page if isinstance(page, str) else page.read_text(encoding="utf-8"))
    assert len(parser.stack) == 1, f"<{parser.stack[-1].tag}> is never closed"
    return parser.stack[0]


def links(page: Element) -> list[str]:
    """Every address a page names: links, styles, pictures in every width."""
    found = []
    for element in page.walk():
        found += [
            element.attributes[name] for name in ("href", "src") if name in element.attributes
        ]
        for candidate in element.attributes.get("srcset", "").split(", "):
            found += candidate.split()[:1]
    return found


def inline_scripts(page: Element) -> list[Element]:
    """The scripts of a page that a strict Content-Security-Policy would not run. A block of data
    is none, whatever stands in it."""
    return [
        script
        for script in page.all("script")
        if script.attributes.get("type") != "application/ld+json"
        and (script.children or not script.attributes.get("src"))
    ]


def broken_links(site: Path) -> list[str]:
    """Every link of every page that leads to no file or to no such place in it."""
    broken = []
    for page in sorted(site.rglob("*.html")):
        for link in links(parse(page)):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = page.parent / unquote(parts.path) if parts.path else page
            # A fragment such as `layer=mixed3` is a choice for the page's script, no place in it.
            if not target.is_file() or (
                parts.fragment
                and "=" not in parts.fragment
                and not any(
                    each.attributes.get("id") == unquote(parts.fragment)
                    for each in parse(target).walk()
                )
            ):
                broken.append(f"{page.relative_to(site)}: {link}")
    return broken
