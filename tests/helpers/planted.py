"""Manifests with something hostile in every text that they may hold."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dreamfolio.content.collection_file import CollectionFile
from dreamfolio.content.portfolio_file import PortfolioFile
from dreamfolio.content.theme_forms import ThemeFile
from helpers.portfolio import Tree

PAYLOADS = [
    "<script>planted('a')</script>",
    "</script></title></textarea></style><script src='data:,planted(1)'></script>",
    "\"'><img src=x onerror=planted('b')>",
    "<svg onload=planted('c')><animate onbegin=planted(1)></svg><math href='javascript:planted()'>",
    "<iframe srcdoc='<script>parent.planted(1)</script>' src='javascript:planted(1)'></iframe>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=data:,x'>",
    "<form action='javascript:planted(1)'><input autofocus onfocus=planted('d')></form>",
    "<p style='background:url(https://evil.example/x)' onclick=planted(1)>x</p><style>*{}</style>",
    "<img srcset='https://evil.example/a 1x, javascript:planted(1) 2x' src=//evil.example/b>",
    "<a href='jav&#x09;ascript:planted(1)' ping=//evil.example>x</a>",
    "<object data='javascript:planted(1)'></object><embed src='data:text/html,x'><link rel=import>",
    "{{ 7 * 7 }}{% raw %} ]]> --> <!-- &lt;script&gt;planted(1)&lt;/script&gt;",
    "[x](javascript:planted(1)) [y](JaVa&#115;cript:planted) [z](data:text/html,x)",
    "[x]( \x85javascript:planted(1) 'x\" onmouseover=\"planted(1)') ![x](javascript:planted(1))",
    "[x][y] <javascript:planted(1)> <vbscript:planted> `<script>`\n\n[y]: vbscript:planted(1)\n",
    "| <script>planted(1)</script> | b |\n|---|---|\n| <img src=x onerror=planted(1)> | 2 |\n",
    "\n```html\n<script>planted(1)</script>\n```\n\n    <script>planted(1)</script>\n",
]
TEXT = " ".join(PAYLOADS[:12])
"""For a text on one line."""
PROSE = "\n\n".join(PAYLOADS).replace("<!--", "")
"""For Markdown. An open comment keeps it from the README altogether."""

SCRIPT = "<script>planted(1)</script>"
NAME = "'><img src=x onerror=planted(1)>"
"""For names of files, which have no slash."""

Path_ = tuple[str, ...]


def texts_of(form: type[BaseModel], above: Path_ = ()) -> Iterator[Path_]:
    """The path of every text that ``form`` may hold; the steps of lists are ``[]``, those of maps
    ``{}``, and a map's own keys count as texts."""
    for name, field in form.model_fields.items():
        yield from _texts(field.annotation, (*above, name))


def _texts(kind: Any, path: Path_) -> Iterator[Path_]:
    origin = typing.get_origin(kind)
    if kind is str or kind is Any:
        yield path
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind.model_config.get("extra") == "allow":
            yield (*path, "{}")
        yield from texts_of(kind, path)
    elif origin is typing.Annotated:
        yield from _texts(typing.get_args(kind)[0], path)
    elif origin in (typing.Union, types.UnionType):
        for one in typing.get_args(kind):
            yield from _texts(one, path)
    elif origin in (tuple, list):
        for one in typing.get_args(kind):
            if one is not Ellipsis:
                yield from _texts(one, (*path, "[]"))
    elif origin is dict:
        keys, values = typing.get_args(kind)
        yield from _texts(keys, (*path, "{}"))
        yield from _texts(values, (*path, "{}"))


def every_text() -> dict[str, frozenset[Path_]]:
    """The texts of each manifest, by its name."""
    forms = {"portfolio": PortfolioFile, "collection": CollectionFile, "theme": ThemeFile}
    return {name: frozenset(texts_of(form)) for name, form in forms.items()}


def nested(path: Path_, value: Any) -> Any:
    """The least that has ``value`` at ``path``."""
    if not path:
        return value
    step, *below = path
    inner = nested(tuple(below), value)
    if step == "[]":
        return [inner]
    if step == "{}":
        return {value: 1} if not below else {"a": inner}
    return {step: inner}


def planted(root: Path, *, theme: str = "gallery", url: str | None = None) -> Tree:
    """A portfolio with pictures and finished dreams, and PAYLOADS wherever a text is free."""
    tree = Tree(root)
    tree.write("portfolio.yaml", _yaml(portfolio(theme, url)))
    tree.write(f"themes/{theme}/theme.yaml", _yaml(THEME))
    tree.collection("orbs", "a.png", f"{NAME}.png", "quiet.png", manifest=_yaml(COLLECTION))
    tree.collection(f"orbs/{NAME}", f"{NAME}_2.png")
    tree.dreamt()
    return tree


def portfolio(theme: str, url: str | None) -> dict[str, Any]:
    return {
        "title": TEXT,
        "author": TEXT,
        "description": PROSE,
        **({"url": url} if url else {}),
        "theme": {"name": theme, "footer": PROSE, "line": TEXT},
        "site": {
            "widths": [24],
            "watermark": {"text": TEXT[:150], "smallest": 4000},
            "zip": True,
        },
        "readme": {"show": "both", "images": "originals"},
        "cache": f"kept/{NAME}",
        "dream": {
            "model": [{"file": f"networks/{NAME}.keras"}],
            "layers": [SCRIPT],
        },
    }


THEME = {
    "icon": f"static/{NAME}",
    "options": {
        "line": {"type": "text", "description": TEXT, "default": TEXT},
        "pick": {"type": "choice", "description": TEXT, "choices": [TEXT], "default": TEXT},
    },
}
COLLECTION: dict[str, Any] = {
    "title": TEXT,
    "description": PROSE,
    "tags": [SCRIPT, NAME],
    "pieces": [
        {
            "source": "a.png",
            "title": TEXT,
            "alt": TEXT,
            "description": PROSE,
            "date": "2021",
            "tags": [SCRIPT, NAME],
            "variants": [
                {"layers": [NAME], "alt": TEXT},
                {"layers": {SCRIPT: 1.0}, "name": "weighed", "alt": TEXT},
                {"layers": SCRIPT, "model": {"file": f"{NAME}.keras"}, "name": "other"},
                {
                    "layers": "conv_pw_1_relu",
                    "model": [{"name": "mobilenet", "weights": f"{NAME}.h5"}, {"file": f"{NAME}2"}],
                },
                {
                    "layers": "conv_pw_2_relu",
                    "model": {"name": "mobilenet", "weights": f"{NAME}.h5"},
                },
            ],
        },
        {"source": f"{NAME}.png", "title": SCRIPT, "variants": []},
    ],
}


def _yaml(data: Any) -> str:
    import yaml

    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
