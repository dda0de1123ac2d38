"""Tools from npm that check pages; ``tests/node/`` names their versions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parents[1] / "node"
# The folder that holds `node_modules` may lie elsewhere, so that a checkout stays clean.
MODULES = Path(os.environ.get("DREAMFOLIO_TEST_NODE_MODULES", _HERE / "node_modules"))
HOW_TO_GET = "npm's tools are not here: install Node.js, then `npm ci --prefix tests/node`"


def has(package: str) -> bool:
    """Whether ``package`` is installed, and Node.js to run it."""
    return shutil.which("node") is not None and (MODULES / package).is_dir()


def axe() -> str:
    """The source of axe-core."""
    return (MODULES / "axe-core/axe.min.js").read_text("utf-8")


def invalid(pages: Iterable[Path]) -> list[str]:
    """What html-validate finds wrong in ``pages``, a line each.

    Beside matters of taste, its settings leave out three rules: the length of titles, which are the
    artist's, a form's button to send it (WCAG's H32), since the filter chooses at once, and that no
    video plays by itself, since those that do are silent and honour who asks for less motion.
    """
    command = [
        "node",
        str(MODULES / "html-validate/bin/html-validate.mjs"),
        *("--formatter", "json", "--config", str(_HERE / "html-validate.json")),
        *map(str, pages),
    ]
    # A file, since it ends before all that it says has gone through a pipe.
    with tempfile.TemporaryFile("w+") as said:
        code = subprocess.run(command, stdout=said, check=False).returncode
        assert code in (0, 1)
        said.seek(0)
        results: list[dict[str, Any]] = json.load(said)
    return [
        f"{result['filePath']}:{one['line']}:{one['column']}: {one['ruleId']}: {one['message']}"
        for result in results
        for one in result["messages"]
    ]
