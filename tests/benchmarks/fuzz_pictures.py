"""Thousands of spoiled pictures and videos, through everything that reads one.

Whatever a file holds, it is read, or refused by the errors that are documented; no reader hangs,
and none takes memory that the pixel limit does not account for. Prints figures; exits with 1 where
something broke, and keeps what broke it.

    python tests/benchmarks/fuzz_pictures.py [--count 20000] [--seed 1] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from dreamfolio.errors import PictureError
from dreamfolio.pictures import clean, decode, limits
from dreamfolio.pictures.clean_video import cleaned
from dreamfolio.pictures.encode import encode
from dreamfolio.pictures.provenance import read_provenance
from dreamfolio.pictures.render_facts import render_facts
from dreamfolio.pictures.telling import telling
from dreamfolio.pictures.video import is_video
from helpers.odd_pictures import GOOD
from helpers.secrets import MAKERS, pixels
from helpers.telling_videos import camera_film, film

PIXELS = 1_000_000
"""The limit while it lasts: memory is to follow from it."""

READERS: dict[str, Callable[[Path], Any]] = {
    "decode": decode.decode,
    "size": decode.size,
    "orientation": decode.orientation,
    "header": decode.header,
    "tags": lambda path: list(decode.tags(path)),
    "others": decode.others,
    "telling": telling,
    "clean": clean.clean,
    "clean_or_png": clean.clean_or_png,
    "render_facts": render_facts,
    "read_provenance": read_provenance,
}

OF_VIDEOS: dict[str, Callable[[Path], Any]] = {
    "telling of a video": telling,
    "cleaned": lambda path: sum(map(len, cleaned(path))),
    "verified": clean.verified,
    "first frame": decode.decode,
}


@dataclass
class Figures:
    """What came of it."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    broken: list[str] = field(default_factory=list)


def seeds(folder: Path) -> dict[str, bytes]:
    """Sound pictures of every format, with all that theirs can hold."""
    for suffix, make in MAKERS.items():
        make(folder / f"secrets{suffix}")
    for name, make in GOOD.items():
        if name not in ("strip.png", "post.png"):
            make(folder / name)
    for suffix in (".png", ".jpg", ".webp", ".tif"):
        told = {"layers": {"mixed3": 1.0}, "network": "pocket"}
        (folder / f"dream{suffix}").write_bytes(encode(pixels(), suffix, told))
    (folder / "camera.mp4").write_bytes(camera_film())
    if find_spec("av"):
        film(folder / "film.mp4")
        film(folder / "reel.webm")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def spoiled(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """``data`` with one to eight things done to it."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        if not made:
            break
        at = chance.randrange(len(made))
        # What decides stands at the beginning more often than not.
        at = at if chance.random() < 0.5 else at % 200 % len(made)
        kind = chance.randrange(8)
        if kind == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            made[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
        elif kind == 2:
            number = chance.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, len(made)))
            order = chance.choice(("big", "little"))
            made[at : at + 4] = number.to_bytes(4, order)  # type: ignore[arg-type]
        elif kind == 3:
            del made[at:]
        elif kind == 4:
            del made[at : at + chance.randint(1, 64)]
        elif kind == 5:
            part = made[at : at + chance.randint(1, 300)]
            to = chance.randrange(len(made))
            made[to:to] = part * chance.choice((1, 1, 2, 50))
        elif kind == 6:
            other = chance.choice(others)
            start = chance.randrange(len(other))
            made[at:at] = other[start : start + chance.randint(1, 400)]
        else:
            made[at : at + 8] = chance.randbytes(8)
    return bytes(made)


def fuzz(count: int, seed: int, folder: Path, keep: Path | None = None) -> Figures:
    """Spoil and read ``count`` files within ``folder``; those that break one go to ``keep``."""
    figures = Figures()
    sound = folder / "sound"
    sound.mkdir()
    chance = random.Random(seed)
    originals = seeds(sound)
    others = list(originals.values())
    for number in range(count):
        name = chance.choice(sorted(originals))
        if chance.random() < 0.1:
            name = chance.choice([one for one in originals if is_video(Path(one))])
        data = spoiled(originals[name], chance, others)
        path = folder / f"spoiled{Path(name).suffix}"
        path.write_bytes(data)
        figures.files += 1
        for what, error in _tried(path, figures, f"{name} #{number}"):
            figures.broken.append(f"{what} of {name} #{number}: {error}")
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}-{name}").write_bytes(data)
    return figures


def _tried(path: Path, figures: Figures, name: str) -> Iterator[tuple[str, str]]:
    for what, reader in (OF_VIDEOS if is_video(path) else READERS).items():
        began = time.process_time()
        try:
            reader(path)
            figures.outcomes[f"{what}: read"] += 1
        except PictureError as error:
            figures.outcomes[f"{what}: refused"] += 1
            if "\n" in str(error) or not error.mend:
                yield what, repr(str(error))
        except Exception:
            yield what, traceback.format_exc(limit=-3)
        figures.slowest = max(figures.slowest, (time.process_time() - began, f"{what} of {name}"))


def peak() -> float:
    """The most memory this program ever had, in MB."""
    import resource

    status = Path("/proc/self/status")
    if status.exists():  # Linux counts in the other figure what its parent had.
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e3
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that broke something")
    asked = parser.parse_args()
    limits.allow(PIXELS)
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder, "warm")
        warm.mkdir()
        fuzz(40, 0, warm)
        before, began = peak(), time.monotonic()
        figures = fuzz(asked.count, asked.seed, Path(folder), asked.keep)
    reads = sum(figures.outcomes.values())
    print(f"{figures.files} spoiled files, {reads} reads, {time.monotonic() - began:.0f} s")
    for what, count in sorted(figures.outcomes.items()):
        print(f"  {what}: {count}")
    print(f"undocumented errors: {len(figures.broken)}")
    print("\n".join(figures.broken[:20]))
    print(f"slowest read: {figures.slowest[0]:.2f} s ({figures.slowest[1]})")
    print(f"memory beyond the start: {peak() - before:.0f} MB, at a limit of {PIXELS:,} pixels")
    raise SystemExit(bool(figures.broken))


if __name__ == "__main__":
    main()
