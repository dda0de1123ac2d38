"""Whatever stands in a manifest's texts and in the names of files, it is published as words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from dreamfolio.content.theme_file import read as read_theme
from dreamfolio.errors import ContentError, ContentErrors
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.readme.publish import render as render_readme
from dreamfolio.publish.readme.publish import write as write_readme
from dreamfolio.publish.site.build import build
from dreamfolio.publish.site.marking import marking
from dreamfolio.publish.site.themes import shipped_themes
from helpers import planted
from helpers.planted import COLLECTION, SCRIPT, THEME, Path_, every_text, nested
from helpers.portfolio import Tree
from helpers.site import Element, inline_scripts, parse

URL = "https://example.org/portfolio/"
# What holds alike for a portfolio, a collection, a piece and a variant.
SHARED = {"layers", "motifs", "model", "recipe"}


def shortened(path: Path_) -> Path_:
    """A path from the key on that holds alike wherever it stands."""
    return next((path[i:] for i, step in enumerate(path) if step in SHARED), path)


def paths_in(data: Any, known: frozenset[Path_], above: Path_ = ()) -> Iterator[Path_]:
    """The paths of the texts in ``data``, as the forms tell them."""
    if isinstance(data, dict):
        for key, value in data.items():
            here = (*above, key)
            if not any(path[: len(here)] == here for path in known):
                yield (*above, "{}")
                here = (*above, "{}")
            yield from paths_in(value, known, here)
    elif isinstance(data, list):
        for one in data:
            yield from paths_in(one, known, (*above, "[]"))
    elif isinstance(data, str):
        yield above


def complete(data: Any) -> Any:
    """``data`` with what has to stand beside it."""
    if isinstance(data, list):
        return [complete(one) for one in data]
    if not isinstance(data, dict):
        return data
    beside: dict[str, Any] = {}
    for key in data:
        match key:
            case "weights":
                beside = {"name": "mobilenet"}
            case "file" | "font" if "watermark" not in data:
                beside = {"text": "x"} if key == "font" else {}
            case "light" | "dark":
                beside = {"light": "#000000", "dark": "#000000"}
            case "description" | "default" | "choices" if len(data) == 1:
                beside = {}
    return {**beside, **{key: complete(value) for key, value in data.items()}}


def is_refused(kind: str, path: Path_, tree: Tree) -> bool:
    data = complete(nested(path, SCRIPT))
    try:
        if kind == "theme":
            for option in data.get("options", {}).values():
                if isinstance(option, dict):
                    option.update({"type": "text", "description": "x", **option})
            tree.write("themes/mine/theme.yaml", yaml.safe_dump(data))
            read_theme(tree.root / "themes/mine", tree.root)
        elif kind == "portfolio":
            tree.write("portfolio.yaml", yaml.safe_dump(data))
            marking(tree.read())
        else:
            tree.write("portfolio.yaml", "title: A\n")
            for piece in data.get("pieces", []):
                piece.setdefault("source", "a.png")
                if "model" in piece:
                    piece["layers"] = "mixed3"
            tree.collection("o", "a.png", manifest=yaml.safe_dump({"title": "A", **data}))
            tree.read()
    except ContentErrors as errors:
        for problem in errors.problems:
            assert str(problem).isprintable()
            assert problem.place is not None
            assert problem.place.line is not None
        return True
    except ContentError:
        return True
    finally:
        tree.write("collections/o/collection.yaml", "title: A\n")
    return False


def test_every_text_of_every_form_is_planted_or_refused(tmp_path: Path) -> None:
    """A new text in a form is met here first: plant it in ``helpers/planted.py``."""
    known = every_text()
    where = {
        "portfolio": planted.portfolio("gallery", URL),
        "collection": COLLECTION,
        "theme": THEME,
    }
    there = {
        shortened(path) for kind, data in where.items() for path in paths_in(data, known[kind])
    }
    tree = Tree(tmp_path / "portfolio")
    missing = [
        f"{kind}: {'.'.join(path)}"
        for kind, paths in known.items()
        for path in sorted(paths)
        if shortened(path) not in there and not is_refused(kind, path, tree)
    ]
    assert not missing, "\n".join(missing)
    assert sum(map(len, known.values())) > 80, "the forms were not walked"


@pytest.fixture(scope="module", params=["gallery", "plain"])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The published portfolio, with an address of its own and without."""
    roots = []
    for name, url in (("known", URL), ("anywhere", None)):
        tree = planted.planted(tmp_path_factory.mktemp(name), theme=request.param, url=url)
        surveyed = tree.survey()
        result = build(
            surveyed.portfolio,
            digest_of=sha256_of_file,
            out=tree.root / "site",
            locks=surveyed.facts.locks,
        )
        assert [str(one) for one in result.problems] == []
        write_readme(render_readme(surveyed.portfolio, sha256_of_file))
        roots.append(tree.root)
    return roots


# What the templates themselves, and Markdown, make pages of.
WORDS = {
    *("a", "abbr", "article", "aside", "b", "blockquote", "body", "br", "button", "circle"),
    *("code", "dd", "del", "details", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure"),
    *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img"),
    *("input", "ins", "kbd", "label", "legend", "li", "line", "link", "main", "meta", "nav"),
    *("noscript", "ol", "option", "output", "p", "path", "picture", "pre", "q", "s", "script"),
    *("search", "section", "select", "small", "source", "span", "strong", "sub", "summary", "sup"),
    *("svg", "table", "tbody", "td", "template", "th", "thead", "time", "title", "tr", "u", "ul"),
    *("form", "optgroup", "video"),
}


def faults_of(page: Element, *, templates: bool) -> list[str]:
    faults = []
    for one in page.walk():
        if one.tag and one.tag not in WORDS:
            faults.append(f"<{one.tag}>")
        for name, value in one.attributes.items():
            plain = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "ping", "action", "formaction"):
                faults.append(f"{one.tag} {name}")
            if name in ("href", "src", "poster", "action", "data", "srcset"):
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
                if scheme and scheme[1] not in ("http", "https", "mailto"):
                    faults.append(f"{name}={value}")
                if "evil.example" in plain and one.tag != "a":
                    faults.append(f"{name}={value}")
        if one.tag == "meta" and one.attributes.get("http-equiv", "").lower() == "refresh":
            faults.append("refresh")
    if templates:
        faults += [f"inline {one.text}" for one in inline_scripts(page)]
    return faults


def test_no_page_holds_it_as_markup(sites: list[Path]) -> None:
    for root in sites:
        pages = sorted((root / "site").rglob("*.html"))
        assert len(pages) >= 8
        heard = ""
        for file in pages:
            page = parse(file)
            assert faults_of(page, templates=True) == [], file
            policy = [
                one.attributes["content"]
                for one in page.all("meta")
                if one.attributes.get("http-equiv") == "Content-Security-Policy"
            ]
            assert len(policy) == 1, file
            assert policy[0].startswith("default-src 'none'; script-src 'self' file:")
            assert "unsafe" not in policy[0]
            assert not [one for one in page.all("img") if one.attributes["src"] == "x"]
            heard += page.text
        assert "<script>planted('a')</script>" in heard, "it is there, as words"


def test_it_changes_no_page_s_shape(tmp_path: Path) -> None:
    """The same portfolio with plain words has the same elements, but for the Markdown's own."""

    def plain(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: plain(value) for key, value in data.items()}
        if isinstance(data, list):
            return [plain(one) for one in data]
        return "words" if data == planted.TEXT else data

    shapes = []
    for name, change in (("hostile", lambda data: data), ("plain", plain)):
        tree = Tree(tmp_path / name)
        described = {**planted.portfolio("gallery", URL), "description": "words"}
        described["theme"] = {"name": "gallery", "footer": "words", "line": planted.TEXT}
        collection = {**COLLECTION, "description": "words"}
        collection["pieces"] = [{**one, "description": "words"} for one in COLLECTION["pieces"]]
        tree.write("portfolio.yaml", yaml.safe_dump(change(described)))
        tree.write("themes/gallery/theme.yaml", yaml.safe_dump(change(THEME)))
        tree.collection("orbs", "a.png", f"{planted.NAME}.png")
        tree.write("collections/orbs/collection.yaml", yaml.safe_dump(change(collection)))
        tree.dreamt()
        build(tree.read(), digest_of=sha256_of_file, out=tree.root / "site")
        pages = sorted((tree.root / "site").rglob("*.html"))
        shapes.append(
            {
                page.relative_to(tree.root).as_posix(): Counter(
                    (one.tag, *sorted(one.attributes)) for one in parse(page).walk()
                )
                for page in pages
            }
        )
    assert shapes[0] == shapes[1]


def test_no_readme_holds_it_as_markup(sites: list[Path]) -> None:
    cmarkgfm = pytest.importorskip("cmarkgfm")
    from cmarkgfm.cmark import Options

    for root in sites:
        text = (root / "README.md").read_text("utf-8")
        shown = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
        # GitHub takes these out itself; not everybody's renderer does.
        for sign in ("<script", "<iframe", "<svg", "<style", "<base", "<form", "<object", "<math"):
            assert sign not in shown.lower(), sign
        inside = re.sub(r"<!--.*?-->", "", shown, flags=re.DOTALL)
        for tag in re.findall(r"<[a-z][^>]*>", inside, flags=re.IGNORECASE):
            assert not re.search(r"\son[a-z]+\s*=|javascript:|srcdoc|\bstyle=", _unquoted(tag)), tag


def _unquoted(tag: str) -> str:
    """A tag with the values of harmless attributes left out."""
    return re.sub(r'\b(alt|title|align|width)="[^"]*"', "", tag)


def test_feed_and_data_hold_it_as_words(sites: list[Path]) -> None:
    site = sites[0] / "site"
    feed = ElementTree.fromstring((site / "feed.xml").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"
    assert {one.tag.removeprefix(atom) for one in feed.iter()} <= {
        *("feed", "id", "title", "subtitle", "updated", "published", "author", "name", "link"),
        *("icon", "generator", "entry", "category", "summary", "content"),
    }
    for one in feed.iter(f"{atom}content"):
        assert faults_of(parse(one.text or ""), templates=True) == []
    ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    manifest = json.loads((site / "site.webmanifest").read_bytes())
    assert manifest["name"] == planted.TEXT
    graphs = 0
    for file in site.rglob("*.html"):
        for script in parse(file).all("script"):
            if script.attributes.get("type") == "application/ld+json":
                (text,) = script.children
                json.loads(str(text))
                assert not re.search("[<>&]", str(text))
                graphs += 1
    assert graphs >= 4


def test_good_links_stay(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "portfolio")
    tree.collection(
        "o",
        "a.png",
        manifest="title: O\ndescription: '[a](https://example.org/?x=1) [b](mailto:a@b.example) "
        "[c](../other.html) [d](#here) <http://example.org/>'\n",
    )
    build(tree.read(), digest_of=sha256_of_file, out=tree.root / "site")
    page = (tree.root / "site/o/index.html").read_text("utf-8")
    for link in ("https://example.org/?x=1", "mailto:a@b.example", "../other.html", "#here"):
        assert f'href="{link}"' in page


def test_both_themes_are_met() -> None:
    names = {path.name for path in shipped_themes().iterdir() if path.is_dir()}
    assert names == {"gallery", "plain"}, "a new theme belongs among the params of sites"
