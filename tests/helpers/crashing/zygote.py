"""A process that has imported everything, and forks a child for each command.

So that 200 commands cost one start. What is imported has computed nothing yet: a child finds
TensorFlow as a fresh process does, and dreams for real.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn, Self

TESTS = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cut:
    """Where a command is struck, and by which signal: at a point by its ``number``, counted from 0,
    or when it first comes to one of that ``name``, or so many ``seconds`` after its start.

    The thread that comes to that point is held there where ``held``, as by a disk that does not
    answer. Where the ``power`` is cut, files that were not brought to the disk are empty then.
    """

    signal: int
    number: int | None = None
    name: str | None = None
    seconds: float | None = None
    held: bool = False
    power: bool = False


@dataclass(frozen=True)
class Ended:
    """A command that has ended: by a signal where ``code`` is negative. ``struck`` is the point it
    was struck at, ``after`` how many seconds later it ended; ``points`` are all that it came to,
    where it came to its end."""

    code: int
    said: str
    struck: str | None
    after: float | None
    points: tuple[str, ...]


class Zygote:
    """Use it as a context. Only for POSIX."""

    def __init__(self, scratch: Path):
        self._scratch = scratch
        self._process = subprocess.Popen(
            [sys.executable, "-m", "helpers.crashing.zygote"],
            cwd=TESTS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def dreamfolio(self, root: Path, *arguments: str, cut: Cut | None = None) -> Ended:
        """``dreamfolio`` with these arguments in ``root``; to its end where it is not cut off."""
        return self._ask(root, call=None, arguments=arguments, cut=cut and asdict(cut))

    def call(self, root: Path, function: str, *arguments: Any) -> Ended:
        """A function named ``module:function``, called with the path of ``root``."""
        root.mkdir(parents=True, exist_ok=True)
        ended = self._ask(root, call=function, arguments=arguments, cut=None)
        assert ended.code == 0, ended.said
        return ended

    def _ask(self, root: Path, **request: Any) -> Ended:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request.update(root=str(root), scratch=str(self._scratch))
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        struck, points = answer.pop("struck"), tuple(answer.pop("points"))
        return Ended(struck=struck, points=points, **answer)


def serve() -> None:
    """Answer requests, one a line, until there are no more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _import_everything()
    for line in sys.stdin:
        answers.write(json.dumps(_answer(json.loads(line))) + "\n")
        answers.flush()


def _import_everything() -> None:
    import dreamfolio.cli.commands.build
    import dreamfolio.cli.main
    import dreamfolio.pictures.animation
    import dreamfolio.publish.readme.publish
    import dreamfolio.publish.site.build
    import dreamfolio.runner.carry_out  # noqa: F401
    from dreamfolio.dream.backend.quiet import import_keras

    import_keras()
    importlib.import_module("keras")


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    scratch, cut = Path(request["scratch"]), request["cut"]
    said, told = scratch / "said", scratch / "told"
    for file in (said, told):
        file.write_bytes(b"")
    child = os.fork()
    if child == 0:
        _work(request, said, told)
    if cut and cut["seconds"] is not None:
        time.sleep(cut["seconds"])
        with contextlib.suppress(ProcessLookupError):
            told.write_text(json.dumps({"struck": "by the clock", "at": time.monotonic()}))
            os.kill(child, cut["signal"])
    _, status = os.waitpid(child, 0)
    ended = time.monotonic()
    known = json.loads(told.read_text() or "{}")
    for name in known.get("lost", ()):
        with contextlib.suppress(FileNotFoundError):
            _empty(Path(name))
    return {
        "code": os.waitstatus_to_exitcode(status),
        "said": said.read_text("utf-8", "replace"),
        "struck": known.get("struck"),
        "after": ended - known["at"] if "at" in known else None,
        "points": known.get("points", []),
    }


def _empty(file: Path) -> None:
    stat = file.stat()
    os.truncate(file, 0)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _work(request: dict[str, Any], said: Path, told: Path) -> NoReturn:
    code = 1
    try:
        os.chdir(request["root"])
        output = os.open(said, os.O_WRONLY)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for descriptor, source in ((0, nothing), (1, output), (2, output)):
            os.dup2(source, descriptor)
        code = _called(request, told)
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _called(request: dict[str, Any], told: Path) -> int:
    root = Path(request["root"])
    if request["call"]:
        module, function = request["call"].split(":")
        getattr(importlib.import_module(module), function)(root, *request["arguments"])
        return 0
    from dreamfolio.cli.main import main
    from dreamfolio.runner import checkpoints
    from helpers.crashing.points import watch

    # A dream on its way is kept each minute, and these take none.
    checkpoints.EVERY = 0.0
    # As in a terminal, also where the tests themselves run under nohup or in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    points = _Points(Cut(**request["cut"]) if request["cut"] else None, told, root)
    points.unsynced = watch(root, points.strike)
    sys.argv = ["dreamfolio", *request["arguments"]]
    try:
        main()
    except SystemExit as end:
        points.end()
        raise end
    points.end()
    return 0


class _Points:
    """The points of this process, and the one to strike at."""

    def __init__(self, cut: Cut | None, told: Path, root: Path):
        self._cut, self._told, self._root = cut, told, root
        self.unsynced: set[int] = set()
        self._names: list[str] = []
        self._guard = threading.Lock()
        self._over = False

    def strike(self, name: str) -> None:
        """Come to a point."""
        with self._guard:
            number = len(self._names)
            self._names.append(name)
        cut = self._cut
        if cut is None or self._over or not (cut.number == number or cut.name == name):
            return
        self._over = True
        lost = self._unsynced_files() if cut.power else []
        self._tell({"struck": f"{number}: {name}", "at": time.monotonic(), "lost": lost})
        os.kill(os.getpid(), cut.signal)
        if cut.held or cut.signal == signal.SIGKILL:
            time.sleep(90)

    def _unsynced_files(self) -> list[str]:
        files = (path for path in self._root.rglob("*") if path.is_file())
        return [str(path) for path in files if path.stat().st_ino in self.unsynced]

    def end(self) -> None:
        """Tell of all, unless the last was struck at."""
        self._over = True
        if self._cut is None:
            self._tell({"points": self._names})

    def _tell(self, form: dict[str, Any]) -> None:
        descriptor = os.open(self._told, os.O_WRONLY)
        os.write(descriptor, json.dumps(form).encode())
        os.close(descriptor)


if __name__ == "__main__":
    serve()
