"""How long a site takes: from nothing beside sigal, stage by stage, and with nothing to do.

``site.py cold`` builds the same 99 renders of 1920×1080 by dreamfolio and by ``sigal build`` with
its defaults, in turn; ``stages`` asks where the time goes, beside a bare loop of Pillow calls;
``again`` changes one thing at a time; ``large`` has nothing to do for up to 10,000 pieces in 200
collections. Without a word, all of them.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import trees
from PIL import Image
from processes import Cost, cost, dreamfolio

from dreamfolio.cores import available_cores

PIECES = 99

T = TypeVar("T")


def cold(root: Path, sigal: str | None, rounds: int) -> None:
    """dreamfolio and sigal from nothing, in turn."""
    if sigal is None:
        print("sigal is not here: `pip install sigal`, best in its own venv, and --sigal PATH")
    beside = _beside(root, sigal) if sigal else None
    ours, theirs = [], []
    for number in range(rounds):
        if sigal and beside:
            shutil.rmtree(beside / "_build", ignore_errors=True)
            theirs.append(cost([sigal, "build"], beside))
            print(f"round {number + 1}: sigal build      {theirs[-1]}", flush=True)
        _forget(root)
        ours.append(dreamfolio("site", root))
        print(f"round {number + 1}: dreamfolio site  {ours[-1]}", flush=True)
    if theirs:
        pairs = list(zip(theirs, ours, strict=True))
        clock = statistics.median(one.seconds / other.seconds for one, other in pairs)
        cpu = statistics.median(one.cpu / other.cpu for one, other in pairs)
        print(f"dreamfolio is {clock:.1f} times as fast by the clock, {cpu:.1f} times by CPU time")
        print(f"files of pictures: sigal {_pictures(beside)}, dreamfolio {_pictures(root)}")


def _beside(root: Path, sigal: str) -> Path:
    """sigal's folder for the same pictures, with the settings that ``sigal init`` writes."""
    folder = root.parent / "sigal"
    for path in root.glob("collections/*/*.png"):
        linked = folder / "pictures" / path.parent.name / path.name
        linked.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, linked)
    subprocess.run([sigal, "init"], cwd=folder, check=True, capture_output=True)
    return folder


def _pictures(folder: Path | None) -> str:
    built = folder / ("_build" if folder.name == "sigal" else "site") if folder else Path()
    # What belongs to a theme is no picture of the portfolio's.
    files = [
        path
        for path in built.rglob("*")
        if path.suffix in (".png", ".webp", ".jpg", ".avif") and "static" not in path.parts
    ]
    return f"{len(files)} in {sum(path.stat().st_size for path in files) / 1e6:.0f} MB"


def stages(root: Path) -> None:
    """Each step of a picture by bare Pillow calls in one process: the floor, in CPU time."""
    paths = sorted(root.glob("collections/*/*.png"))[:24]
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        result = work()
        spent[name] = spent.get(name, 0) + time.process_time() - began
        return result

    for path in paths:
        data = timed("read", path.read_bytes)
        timed("SHA-256", lambda data=data: hashlib.sha256(data).digest())
        image = timed("decode", lambda data=data: _decoded(data))
        for width in (1600, 960, 480):
            small = timed(f"resize to {width}", lambda image=image, width=width: _at(image, width))
            timed(
                f"WebP of {width}", lambda small=small: small.save(io.BytesIO(), "WEBP", method=2)
            )
    for name, seconds in spent.items():
        print(f"{name:15} {seconds / len(paths) * 1000:7.1f} ms a picture")
    floor = sum(spent.values()) / len(paths)
    cores = available_cores()
    count = len(list(root.glob("collections/*/*.png")))
    print(f"{'sum':15} {floor * 1000:7.1f} ms; {count} pictures: {count * floor:.2f} s CPU,")
    print(f"{'':15} {count * floor / cores:.2f} s by the clock if {cores} cores did nothing else")
    _forget(root)
    whole = dreamfolio("site", root)
    print(f"dreamfolio site {whole}: {whole.cpu / (count * floor):.2f} times the floor's CPU time")


def _decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    return image.convert("RGB")


def _at(image: Image.Image, width: int) -> Image.Image:
    size = (width, round(image.height * width / image.width))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _webp(image: Image.Image) -> None:
    image.save(io.BytesIO(), "WEBP", quality=82, method=2)


def again(root: Path) -> None:
    """One change at a time, and what it costs."""
    if not (root / "site").exists():
        dreamfolio("site", root)
    first = sorted(root.glob("collections/*/*.png"))[0]

    def tell(what: str) -> None:
        pictures = {path: path.stat().st_mtime_ns for path in root.glob("site/pictures/*")}
        spent = dreamfolio("site", root)
        after = {path: path.stat().st_mtime_ns for path in root.glob("site/pictures/*")}
        made = sum(pictures.get(path) != stamp for path, stamp in after.items())
        gone = len(pictures.keys() - after.keys())
        print(f"{what:28} {spent}, {made} pictures made, {gone} removed", flush=True)

    # What was written a moment ago is read once more: its time says nothing yet.
    dreamfolio("site", root)
    print(f"{'nothing, looked closely':28} {_best(_closely(root) for _ in range(3))}", flush=True)
    for _ in range(3):
        tell("nothing to do")
    new = first.with_name("a_new_one.png")
    new.write_bytes(trees.numbered(first.read_bytes(), 123_456))
    tell("one new picture")
    new.unlink()
    tell("one picture deleted")
    portfolio = root / "portfolio.yaml"
    words = portfolio.read_text()
    portfolio.write_text(words + "description: Other words\n")
    tell("a text edited")
    portfolio.write_text(words + "site: {widths: [480, 640, 960, 1280, 1600]}\n")
    tell("one width more")
    portfolio.write_text(words)
    tell("one width less")


def large(folder: Path) -> None:
    """Nothing to do, by size: memory should be flat, and all else grow no faster than pieces do."""
    for pieces in (2_500, 5_000, 10_000):
        root = folder / f"large-{pieces}"
        trees.portfolio(root, pieces, pieces // 50, size=(64, 36), dreams=True)
        print(f"{pieces:6} pieces with a dream each, in {pieces // 50} collections", flush=True)
        for name, command, times in _commands():
            spent = _best(command(root) for _ in range(times))
            print(f"  {name:24} {spent}", flush=True)
        shutil.rmtree(root)


def _commands() -> Iterator[tuple[str, Callable[[Path], Cost], int]]:
    yield "site, from nothing", partial(dreamfolio, "site"), 1
    yield "nothing, looked closely", _closely, 3
    yield "nothing to do", partial(dreamfolio, "site"), 3
    yield "one text edited", _with_an_edit, 1
    yield "status", partial(dreamfolio, "status"), 3


def _closely(root: Path) -> Cost:
    """A site with nothing to do, which is not known to be at rest."""
    (root / ".dreamfolio/at_rest.json").unlink(missing_ok=True)
    return dreamfolio("site", root)


def _with_an_edit(root: Path) -> Cost:
    words = root / "portfolio.yaml"
    words.write_text(f"{words.read_text()}description: Other words\n")
    return dreamfolio("site", root)


def _best(costs: Iterator[Cost]) -> Cost:
    return min(costs, key=lambda each: each.seconds)


def _forget(root: Path) -> None:
    for name in ("site", ".dreamfolio"):
        shutil.rmtree(root / name, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help="cold, stages, again, large; all by default")
    parser.add_argument("--sigal", default=shutil.which("sigal"), help="its program")
    parser.add_argument("--renders", type=Path, help="a folder of PNG files to take in turn")
    parser.add_argument("--pieces", type=int, default=PIECES)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    parts = asked.parts or ["cold", "stages", "again", "large"]
    if unknown := sorted({*parts} - {"cold", "stages", "again", "large"}):
        sys.exit(f"no part is called {', '.join(unknown)}")
    renders = sorted(asked.renders.glob("*.png")) if asked.renders else []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "portfolio"
        if parts != ["large"]:
            trees.portfolio(root, asked.pieces, 3, renders=renders)
        for part in parts:
            print(f"\n{part}")
            if part == "cold":
                cold(root, asked.sigal, asked.rounds)
            elif part == "stages":
                stages(root)
            elif part == "again":
                again(root)
            else:
                large(Path(folder))


if __name__ == "__main__":
    main()
