"""JSON Schemas of ``portfolio.yaml`` and ``collection.yaml``, for editors.

They are generated from the forms and shipped in ``schemas/``; after a change of a form,
``python -m dreamfolio.content.json_schema`` writes them anew.
"""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dreamfolio.content import collection_file, forms, portfolio_file
from dreamfolio.content.collection_file import CollectionFile
from dreamfolio.content.portfolio_file import PortfolioFile, ThemeForm
from dreamfolio.content.themes import BASE, declared, shipped_themes
from dreamfolio.files import write_if_changed

FOLDER = Path(__file__).parent / "schemas"
FORMS: dict[str, type[BaseModel]] = {"portfolio": PortfolioFile, "collection": CollectionFile}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file that ``FORMS`` calls ``name``."""
    made = FORMS[name].model_json_schema()
    if name == "portfolio":
        made["$defs"][ThemeForm.__name__]["allOf"] = _theme_options()
    words = _words()
    for form in (made, *made.get("$defs", {}).values()):
        for key, described in form.get("properties", {}).items():
            for title in (form["title"], forms.DreamForm.__name__):
                if (title, key) in words and not described.get("description"):
                    described["description"] = words[title, key]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_as_read(made),
        "title": f"dreamfolio {name}.yaml",
    }


def _theme_options() -> list[dict[str, Any]]:
    """What the themes that ship take. Those of a portfolio's own may take anything."""
    themes = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())
    taken = {
        name: {key: option.json_schema() for key, option in declared(FOLDER, name).options.items()}
        for name in themes
    }
    return [
        {
            "if": {
                "properties": {"name": {"const": name}},
                **({} if name == BASE else {"required": ["name"]}),
            },
            "then": {"properties": options},
        }
        for name, options in taken.items()
    ]


def _as_read(made: Any) -> Any:
    """The schema without what pydantic says and a validator would take otherwise."""
    if isinstance(made, list):
        return [_as_read(one) for one in made]
    if not isinstance(made, dict):
        return made
    # A default of null says that a key may be left out, not that it may hold null.
    kept = {key: _as_read(one) for key, one in made.items() if (key, one) != ("default", None)}
    if "oneOf" in kept:  # Told apart by shape when read; as schemas some shapes overlap.
        kept["anyOf"] = kept.pop("oneOf")
    return kept


def _words() -> dict[tuple[str, str], str]:
    """What stands below each field of a form, by the form's name and the field's.

    Pydantic can take them in itself, but it reads and parses the sources whenever a form is
    made, which every command would have to wait for.
    """
    words = {}
    for module in (forms, portfolio_file, collection_file):
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                for field, below in pairwise(node.body):
                    match field, below:
                        case (
                            ast.AnnAssign(target=ast.Name(id=name)),
                            ast.Expr(value=ast.Constant(value=str(text))),
                        ):
                            words[node.name, name] = inspect.cleandoc(text).replace("\n", " ")
    return {(_titles.get(form, form), field): text for (form, field), text in words.items()}


# The overrides are made from a base that holds the words.
_titles = {"_RecipeBase": "RecipeOverrides"}


def text(name: str) -> str:
    """The schema as it is shipped."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the shipped schemas."""
    for name in FORMS:
        write_if_changed(FOLDER / f"{name}.schema.json", text(name).encode())


if __name__ == "__main__":
    main()
