"""One command at a time in a portfolio: who comes second waits.

The lock is the system's own, and ends with its process however that ends. The note beside it says
who is at work. One that outlived its process says who was killed, and may have left parts of
files behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dreamfolio.files import opened_anew, read_file
from dreamfolio.local_state import FOLDER, keep_out_of_git
from dreamfolio.store.leftovers import remove_leftovers

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LOCK = "lock"
_NOTE = "at_work.json"

# How often one that waits looks again, and for how long it does so without a word: most commands
# are over by then. In seconds.
_AGAIN = 0.1
_SILENT = 0.5


@dataclass(frozen=True, slots=True)
class Worker:
    """A command at work in a portfolio: its process's number, on which machine, and since when,
    in seconds since the epoch."""

    command: str
    process: int
    machine: str
    since: float


class GaveUp(Exception):
    """The waiting was told to stop."""


@dataclass(slots=True)
class _Held:
    """A lock and how many threads of this process work under it; ``None`` where locks are not to
    be had."""

    lock: BaseFileLock | None
    users: int = 1


_held: dict[Path, _Held] = {}
_guard = threading.Lock()


@contextlib.contextmanager
def alone(
    root: Path,
    command: str,
    on_wait: Callable[[Worker | None], None],
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[None]:
    """Keep other processes out of the portfolio at ``root``; threads of this one share it.

    While another is at work this waits, and ``on_wait`` hears of each that it waits for (``None``
    where that cannot be told). Raises ``GaveUp`` where ``stop`` says so meanwhile. What a killed
    predecessor left half written is removed first. Where the folder is read-only or its file
    system has no locks, everything goes on without.
    """
    root = root.resolve()
    with _guard:
        if root in _held:
            _held[root].users += 1
        else:
            _held[root] = _Held(_taken(root, command, on_wait, stop))
    ended = False
    try:
        yield
        ended = True
    except Exception:
        ended = True
        raise
    finally:
        with _guard:
            held = _held[root]
            held.users -= 1
            if not held.users:
                del _held[root]
                _leave(root, held.lock, ended=ended)


def _taken(
    root: Path,
    command: str,
    on_wait: Callable[[Worker | None], None],
    stop: Callable[[], bool],
) -> BaseFileLock | None:
    # Forty milliseconds to import: not for commands that only look.
    from filelock import FileLock

    folder = root / FOLDER
    # A lock that is a mere file would outlive its process.
    lock = FileLock(folder / _LOCK, thread_local=False, fallback_to_soft=False)
    began, waits_for, told = time.monotonic(), None, False
    while True:
        try:
            if _is_taken_now(lock, folder):
                break
        except OSError:
            return None
        if stop():
            raise GaveUp
        who = _at_work(folder)
        if time.monotonic() - began > _SILENT and (not told or who not in (None, waits_for)):
            waits_for, told = who, True
            on_wait(who)
        time.sleep(_AGAIN)
    with contextlib.suppress(OSError):
        if before := _at_work(folder):
            remove_leftovers(root, before.process)
        _write(folder / _NOTE, Worker(command, os.getpid(), platform.node(), time.time()))
    return lock


def _is_taken_now(lock: BaseFileLock, folder: Path) -> bool:
    from filelock import Timeout

    try:
        folder.mkdir(exist_ok=True)
        keep_out_of_git(folder / _LOCK)
        lock.acquire(blocking=False)
    except Timeout:
        return False
    except FileNotFoundError:  # Another takes it away at this very moment, or all is gone.
        if not folder.parent.is_dir():
            raise
        return False
    return True


def _leave(root: Path, lock: BaseFileLock | None, *, ended: bool) -> None:
    if lock is None:
        return
    folder = root / FOLDER
    with contextlib.suppress(OSError):
        # What Ctrl-C broke off may have left a part, in between any two lines.
        if ended:
            (folder / _NOTE).unlink(missing_ok=True)
        # A command that had nothing to remember, say because a manifest is wrong, leaves no trace.
        # Who waits for a lock that is gone notices, and makes another.
        if {entry.name for entry in folder.iterdir()} == {".gitignore", _LOCK}:
            (folder / _LOCK).unlink()
            (folder / ".gitignore").unlink()
            folder.rmdir()
    with contextlib.suppress(OSError):
        lock.release()


def _write(file: Path, worker: Worker) -> None:
    # Not by way of a part, of which nothing would tell whose it is; and on the disk before anything
    # else is written, so that it tells of a power cut, too.
    with opened_anew(file) as note:
        note.write(json.dumps(asdict(worker)).encode())
        note.flush()
        os.fsync(note.fileno())


def _at_work(folder: Path) -> Worker | None:
    try:
        form = json.loads(read_file(folder / _NOTE))
        return Worker(
            str(form["command"]), int(form["process"]), str(form["machine"]), float(form["since"])
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
