"""How long the commands take that should answer at once, as whole processes.

A portfolio of 12 pieces of 1920×1080 with one variant each, everything current; the yardstick is
a Python that imports what any command line of this kind imports.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from pairs import in_turn
from PIL import Image

PIECES = 12
ROUNDS = 10


def portfolio(root: Path) -> None:
    """Twelve renders, each with a dream that was there before: nothing is to be dreamed."""
    (root / "portfolio.yaml").write_text("title: Benchmark\n")
    folder = root / "collections" / "renders"
    folder.mkdir(parents=True)
    for number in range(PIECES):
        render = Image.effect_noise((1920, 1080), 20 + number).convert("RGB")
        render.save(folder / f"render_{number}.png", compress_level=1)
        render.transpose(Image.Transpose.ROTATE_180).save(
            folder / f"render_{number}_mixed3.png", compress_level=1
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        portfolio(root)

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], cwd=root, check=True, capture_output=True)

        in_turn(
            {
                "import typer, pydantic, yaml": lambda: run(
                    "-c", "import typer, pydantic, yaml, hashlib"
                ),
                "dreamfolio status": lambda: run("-m", "dreamfolio", "status"),
                "dreamfolio status --json": lambda: run("-m", "dreamfolio", "status", "--json"),
                "dreamfolio build, nothing to do": lambda: run("-m", "dreamfolio", "build"),
            },
            ROUNDS,
        )


if __name__ == "__main__":
    main()
