"""``dreamfolio new``: a collection's or a portfolio's first files."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from dreamfolio.adopt.draft import scalar
from dreamfolio.cli import options
from dreamfolio.cli.alone import alone
from dreamfolio.cli.show import say
from dreamfolio.content.discover import passed_over
from dreamfolio.content.layout import COLLECTIONS, MANIFEST, PORTFOLIO, SITE
from dreamfolio.content.names import title_of
from dreamfolio.dream.pocket import BEST_LAYER, EMBEDDED
from dreamfolio.errors import Place, UsageError
from dreamfolio.files import write_atomically

_PORTFOLIO = """\
title: {title}
# author: Your Name
# url: https://example.org/portfolio/      # for canonical links
{description}
# How every collection dreams, unless it says otherwise itself.
dream:
  model: {model}             # it comes with dreamfolio; `dreamfolio layers` lists all
  layers: [{layer}]
  # motifs: [tentacle]      # in place of layers; see: dreamfolio layers {model} --motifs
  # recipe: {{steps: 40}}     # changes to the recipe that suits the network

site:
  widths: [480, 640, 960, 1600, original]    # original: visitors can zoom in to every pixel
# readme: {{originals: clean}}  # links to copies without the paths that renders tell of
"""

_IGNORED = f"""\
# built anew from what is here
/{SITE}/
"""

_COLLECTION = """\
title: {title}
# description: |
#   A few words, in Markdown.
# layers: [{layer}]        # for every piece; `dreamfolio layers {model}` lists them
# motifs: [tentacle]        # or these in place of layers: `dreamfolio layers {model} --motifs`
# pieces:                   # order, words and variants of single renders
#   - source: render.png
#     alt: What one sees.
#     date: 2021-08           # by default as the render tells
#     tags: [night, sea]
#     variants:
#       - layers: [{layer}]
#       - motifs: {{tentacle: 1.0, eye: 0.5}}
#         recipe: {{base: octaves, steps: 40, mask: subject}}
"""


def new(name: str, root: Path | None, title: str | None) -> None:
    """Make a collection called ``name``, or a portfolio in the folder one is in."""
    if name == "portfolio":
        file = new_portfolio(options.root_given(root) or options.here(), title)
        drop = f"drop pictures into {COLLECTIONS}/NAME/"
        say(f"{file} is written. Now {drop} and run: dreamfolio build")
    else:
        home = options.root_of(root)
        with alone(home, "new"):
            _new_collection(home, name, title)


def new_portfolio(root: Path, title: str | None, description: str = "") -> Path:
    """Write ``portfolio.yaml`` into ``root``, and a ``.gitignore`` where there is none; returns
    the first. Raises ``UsageError`` where there is a portfolio."""
    file = root / PORTFOLIO
    if file.exists():
        raise UsageError(
            "there is a portfolio here already",
            place=Place(file),
            mend="for a collection of that name, make its folder: mkdir collections/portfolio",
        )
    write_atomically(file, _portfolio(root, title, description))
    (root / COLLECTIONS).mkdir(exist_ok=True)
    ignoring = root / ".gitignore"
    if not os.path.lexists(ignoring):
        write_atomically(ignoring, _IGNORED.encode())
    return file


def introduce(root: Path, title: str | None, description: str) -> bool:
    """Give a portfolio that is just as ``new_portfolio`` wrote it a title and a description; False
    where there is anything else in its file, which is then left as it is."""
    file, introduced = root / PORTFOLIO, _portfolio(root, title, description)
    there = file.read_bytes()
    if there == _portfolio(root, None, ""):
        write_atomically(file, introduced)
        return True
    return there == introduced


def _portfolio(root: Path, title: str | None, description: str) -> bytes:
    return _PORTFOLIO.format(
        title=scalar(title or title_of(root.name)),
        description=described(description),
        model=EMBEDDED,
        layer=BEST_LAYER,
    ).encode()


def described(description: str) -> str:
    """A description's lines for a ``portfolio.yaml``; none where it is empty."""
    words = "".join(f"  {line}\n" if line else "\n" for line in description.splitlines())
    return f"description: |\n{words}" if words else ""


def _new_collection(root: Path, name: str, title: str | None) -> None:
    slug = PurePath(name.removeprefix(f"{COLLECTIONS}/"))
    if slug.is_absolute() or ".." in slug.parts or not slug.parts:
        raise UsageError(
            f'"{name}" cannot name a collection', mend="take a plain name such as tide_pool"
        )
    if any(passed_over(part) for part in slug.parts):
        raise UsageError(
            f'"{name}" would not be seen', mend="take a name that starts with a letter"
        )
    file = root / COLLECTIONS / slug / MANIFEST
    if file.exists():
        raise UsageError("this collection is there already", place=Place(file))
    title = title or title_of(slug.name)
    text = _COLLECTION.format(title=scalar(title), model=EMBEDDED, layer=BEST_LAYER)
    write_atomically(file, text.encode())
    say(f"{file} is written. Drop renders beside it and run: dreamfolio build")
