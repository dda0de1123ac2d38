"""A portfolio folder to try commands on, in this process or in one of their own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image

from dreamfolio.cli import main
from helpers.tiny_network import tiny_network

PORTFOLIO = """\
title: Studies
dream:
  model: {file: networks/tiny.keras, preprocess: unit}
  recipe: {base: classic, steps: 2}
  layers: [conv_b]
"""


@dataclass(frozen=True)
class Said:
    """What a command said, and what it ended with."""

    code: int
    out: str
    err: str

    @property
    def everything(self) -> str:
        return self.out + self.err


class Home:
    """A portfolio at ``root``; ``run`` calls ``dreamfolio`` there."""

    def __init__(self, root: Path):
        self.root = root

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def edit(self, name: str, text: str | bytes) -> Path:
        """Write it at one stroke, as editors do: who watches never finds it empty or half there."""
        path = self.root / name
        return self.write(f"{name}~", text).replace(path)

    def paint(self, name: str, seed: int = 0, size: tuple[int, int] = (24, 20)) -> Path:
        """A picture of soft colours, another one for every seed."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = Image.frombytes("RGB", (6, 5), random.Random(seed).randbytes(90))
        noise.resize(size, Image.Resampling.BICUBIC).save(path)
        return path

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def lock(self, slug: str) -> dict[str, Any]:
        entries: dict[str, Any] = json.loads(self.read(f"collections/{slug}/dreams.lock"))
        return entries["variants"]

    def states(self) -> dict[str, str]:
        """The state of every variant, by its file's name."""
        said = self.run("status", "--json")
        assert said.code == 0, said.err
        return {Path(one["file"]).name: one["state"] for one in json.loads(said.out)["variants"]}

    def tree(self) -> dict[str, tuple[int, bytes]]:
        """Every file with the time of its last change and its bytes."""
        return {
            path.relative_to(self.root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def works(self) -> dict[str, tuple[int, bytes]]:
        """The tree without this machine's own memory."""
        return {name: one for name, one in self.tree().items() if ".dreamfolio" not in name}

    def leftovers(self) -> list[str]:
        """Files that a write left behind half done."""
        return [name for name in self.tree() if name.endswith(".part")]

    def forget(self) -> None:
        """As in a fresh clone: no cache and no remembered digests."""
        shutil.rmtree(self.root / ".dreamfolio", ignore_errors=True)

    def run(self, *arguments: str, cwd: Path | None = None) -> Said:
        """Call the command in this process."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        code: Any = 0
        with (
            mock.patch.object(sys, "argv", ["dreamfolio", *arguments]),
            contextlib.chdir(cwd or self.root),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as end:
                code = end.code
        said = Said(int(code or 0), *(_text(stream) for stream in (out, err)))
        assert "Traceback" not in said.everything
        assert "this should not happen" not in said.everything, said.everything
        return said

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Call the command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "dreamfolio", *arguments],
            **{
                "cwd": self.root,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "text": True,
                "encoding": "utf-8",
                "env": clean_environment(),
                **options,
            },
        )

    def run_apart(self, *arguments: str, **options: Any) -> Said:
        """Call the command in a process of its own, to its end."""
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err, err
        return Said(process.returncode, out, err)


def clean_environment(**more: str) -> dict[str, str]:
    """This process's environment, less what would change what a command says. A ``PYTHONPATH``
    goes before this process's own, by which the package may be found."""
    if "PYTHONPATH" in more and "PYTHONPATH" in os.environ:
        more["PYTHONPATH"] = os.pathsep.join((more["PYTHONPATH"], os.environ["PYTHONPATH"]))
    drop = {"TF_CPP_MIN_LOG_LEVEL", "COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR"}
    kept = {name: value for name, value in os.environ.items() if name not in drop}
    return {**kept, "PYTHONIOENCODING": "utf-8", **more}


def make_home(root: Path, portfolio: str = PORTFOLIO, pictures: int = 2) -> Home:
    """A portfolio with the tiny network and a collection ``orbs`` of ``orb_1.png`` and so on."""
    home = Home(root)
    home.write("portfolio.yaml", portfolio)
    home.write("networks/tiny.keras", tiny_network())
    for number in range(1, pictures + 1):
        home.paint(f"collections/orbs/orb_{number}.png", seed=number)
    return home


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]
