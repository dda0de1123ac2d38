"""Manifests at random: made by their forms of good parts, then spoiled in shape and in bytes."""

from __future__ import annotations

import functools
import hashlib
import json
import typing
from pathlib import Path
from typing import Any, Literal

import yaml
from hypothesis import strategies as st
from pydantic import BaseModel

from dreamfolio.content.collection_file import CollectionFile
from dreamfolio.content.portfolio_file import PortfolioFile
from dreamfolio.content.theme_forms import ThemeFile
from dreamfolio.errors import ContentError, ContentErrors, UsageError
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.readme import publish as readme
from dreamfolio.publish.site.build import build
from dreamfolio.survey import survey
from helpers.planted import NAME, SCRIPT, TEXT
from helpers.portfolio import Tree, paint

Outcome = Literal["read", "refused", "published"]

GOOD = {
    "source": ["a.png", "b.png", "clip.mp4", "a_mixed3.png"],
    "file": ["a_mixed3.png", "a_activation_2482.png", "x.keras", "b.webp"],
    "layers": ["mixed3", "mixed5", "conv2d_93", "activation_2482", "mixed4:3,17", "stage4_3"],
    "motifs": ["tentacle", "eye", "patchwork"],
    "name": ["inception_v3", "vgg16", "pocket", "soft", "mobilenet"],
    "model": ["inception_v3", "vgg16", "pocket", "mobilenet_v2"],
    "recipe": ["classic", "octaves", "preview"],
    "base": ["classic", "octaves"],
    "mask": ["b.png", "subject", "none", "sub/c.png"],
    "guide": ["b.png"],
    "variants": ["mixed3", "mixed5", "a_mixed3.png"],
    "theme": ["gallery", "plain", "mine"],
    "extends": ["gallery", "plain", "nothing", "mine"],
    "url": ["https://example.org/x/", "http://a.b"],
    "language": ["en", "de", "ar", "pt-BR"],
    "date": ["2021", "2021-08", "2021-08-22"],
    "light": ["#fff", "#000000"],
    "dark": ["#fff", "#000000"],
    "type": ["colour", "choice", "number", "switch", "text", "prose"],
    "cache": ["kept", "../kept", "memory://kept"],
}
ODD: list[Any] = [
    *("", " ", "~", "No", "2021-08-22", "line\nbreak", "ä" * 300, "😀", "%s {} \\", "<file>", "<<"),
    *("../../x.png", "/etc/passwd", "~/x", "C:\\x", "//m/x", "a/" * 40, "x" * 300, ".", "..", "-"),
    *(SCRIPT, NAME, TEXT, "[x](javascript:planted(1))", "\u202e", "\u2028", "e\u0301", "{{ 1 }}"),
    *(0, 1, -1, 2, 40, 2**31, 10**30, 0.5, -0.0, 1e308, float("inf"), float("nan"), True, False),
    *(None, [], {}, [[]], {"a": {"b": []}}, [None], {"": 1}, {"1": "x"}),
]
TOKENS = [
    *(b"\t", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[2J", b"\r", b"\n", b"\n---\n", b"..."),
    *(b"&a ", b"*a", b"<<: *a\n", b"!!python/object/apply:os.system [id]", b"!!binary ", b"!x "),
    *(b"[" * 60, b"{a: " * 60, b"]", b"}", b": ", b"- ", b"? ", b"|", b">", b"'", b'"', b"#", b"%"),
    *(
        b"\\x00",
        b'"\\e"',
        b"0x" + b"f" * 40,
        b"9" * 400,
        b".nan",
        b"1e999",
        b"\xc3",
        b"\xed\xa0\x80",
    ),
]


def _of(kind: Any, key: str) -> st.SearchStrategy[Any]:
    """Values of ``kind``, mostly such as are right for ``key``."""
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin is typing.Annotated:
        return _of(arguments[0], key)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (tuple, list):
        return st.lists(_of(arguments[0], key), max_size=3)
    if origin is dict:
        keys, values = arguments
        return st.dictionaries(_of(keys, key), _of(values, key), max_size=3)
    if arguments:
        return st.one_of([_of(one, key) for one in arguments])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _form(kind)
    plain = {
        bool: st.booleans(),
        int: st.sampled_from([0, 1, 2, 3, 16, 64, 480]),
        float: st.sampled_from([0.0, 0.01, 0.5, 1.0, 1.4, 4.0]),
        type(None): st.none(),
    }
    words = st.sampled_from(GOOD.get(key, ["Words", "mixed3"]))
    return plain.get(kind, words)


@functools.cache
def _form(form: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: _of(field.annotation, name) for name, field in form.model_fields.items()}
    needed = {name for name, field in form.model_fields.items() if field.is_required()}

    @st.composite
    def some(draw: st.DrawFn) -> dict[str, Any]:
        chosen = draw(st.lists(st.sampled_from(sorted(fields)), max_size=4, unique=True))
        return {name: draw(fields[name]) for name in sorted({*chosen, *needed})}

    return some()


@st.composite
def _spoiled(draw: st.DrawFn, data: Any, depth: int = 0) -> Any:
    """``data`` with something in it exchanged, taken out, or added."""
    if depth > 5 or not isinstance(data, dict | list) or not data or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(ODD))
    changed = data.copy()
    if isinstance(changed, dict):
        key = draw(st.sampled_from(sorted(changed)))
        match draw(st.integers(0, 5)):
            case 0:
                changed[draw(st.sampled_from([*GOOD, "titel", "<variant>", "random"]))] = changed[
                    key
                ]
            case 1:
                del changed[key]
            case _:
                changed[key] = draw(_spoiled(changed[key], depth + 1))
    else:
        at = draw(st.integers(0, len(changed) - 1))
        changed[at] = draw(_spoiled(changed[at], depth + 1))
    return changed


@st.composite
def _bytes(draw: st.DrawFn, data: Any) -> bytes:
    """``data`` as a file, whole or with its bytes spoiled."""
    if draw(st.booleans()):
        text = str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    else:
        text = json.dumps(data, ensure_ascii=draw(st.booleans()))
    raw = text.replace("Infinity", ".inf").replace("NaN", ".nan").encode("utf-8", "replace")
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 3]))):
        at, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 8))
        match draw(st.integers(0, 3)):
            case 0:
                raw = raw[:at] + raw[at + length :]
            case 1:
                raw = raw[:at] + raw[at : at + length] * 3 + raw[at + length :]
            case 2:
                raw = raw[:at] + draw(st.binary(max_size=4)) + raw[at:]
            case _:
                raw = raw[:at] + draw(st.sampled_from(TOKENS)) + raw[at:]
    return raw


@st.composite
def manifests(draw: st.DrawFn) -> dict[str, bytes]:
    """The three manifests of a portfolio, some of them good, some spoiled."""
    made = {}
    for name, form in FORMS.items():
        data: Any = draw(_form(form))
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            data = draw(_spoiled(data))
        made[name] = draw(_bytes(data)) if draw(st.integers(0, 2)) else _plain(data)
    return made


def _plain(data: Any) -> bytes:
    return str(yaml.safe_dump(data)).encode()


FORMS: dict[str, type[BaseModel]] = {
    "portfolio.yaml": PortfolioFile,
    "collections/orbs/collection.yaml": CollectionFile,
    "themes/mine/theme.yaml": ThemeFile,
}


def portfolio(root: Path) -> Tree:
    """A portfolio to write them into, with something beside it that must stay as it is."""
    tree = Tree(root / "around" / "portfolio")
    folder = tree.collection("orbs", "a.png", "b.png", "a_mixed3.png", "a_activation_2482.png")
    paint(folder / "sub/c.png")
    (folder / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    paint(root / "x.png")
    paint(root / "around/x.png")
    return tree


def digest_around(tree: Tree) -> str:
    """A digest of all that lies two folders about the portfolio, and is not in it."""
    digest = hashlib.sha256()
    for path in sorted(tree.root.parent.parent.rglob("*")):
        if not path.is_relative_to(tree.root):
            digest.update(f"{path}\0{path.lstat().st_mode}\0".encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def try_out(tree: Tree, files: dict[str, bytes], *, publish: bool) -> Outcome:
    """Read the portfolio with these manifests, and ``publish`` it where that can be done.

    Anything but a plain line on what is wrong escapes.
    """
    for name, data in files.items():
        tree.write(name, data)
    try:
        surveyed = survey(tree.root)
        if not publish:
            return "read"
        readme.write(readme.render(surveyed.portfolio, sha256_of_file))
        made = build(
            surveyed.portfolio,
            digest_of=sha256_of_file,
            out=tree.root / "site",
            locks=surveyed.facts.locks,
        )
        for problem in made.problems:
            assert "\n" not in str(problem), str(problem)
    except (ContentErrors, ContentError, UsageError) as error:
        for problem in getattr(error, "problems", (error,)):
            said = str(problem)
            assert said.isprintable(), repr(said)
            assert len(said) < 2000, said
        return "refused"
    return "published"
