"""JSON Schemas of ``portfolio.yaml`` and ``collection.yaml``, for editors.

They are generated from the forms and shipped in ``schemas/``; after a change of a form,
``python -m dreamfolio.content.json_schema`` writes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dreamfolio.content.collection_file import CollectionFile
from dreamfolio.content.portfolio_file import PortfolioFile
from dreamfolio.files import write_if_changed

FOLDER = Path(__file__).parent / "schemas"
FORMS: dict[str, type[BaseModel]] = {"portfolio": PortfolioFile, "collection": CollectionFile}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file that ``FORMS`` calls ``name``."""
    made = FORMS[name].model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"dreamfolio {name}.yaml",
        **{key: value for key, value in made.items() if key != "title"},
    }


def text(name: str) -> str:
    """The schema as it is shipped."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the shipped schemas."""
    for name in FORMS:
        write_if_changed(FOLDER / f"{name}.schema.json", text(name).encode())


if __name__ == "__main__":
    main()
