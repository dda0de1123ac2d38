"""Carrying out what ``pictures`` named: each picture decoded once for all of its files."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from typing import TYPE_CHECKING

from dreamfolio.cores import available_cores
from dreamfolio.errors import DreamfolioError, PictureError, Place, reason_with_type
from dreamfolio.pictures import decode, limits, watermark, web
from dreamfolio.pictures.blur import Blur, blur

if TYPE_CHECKING:
    from dreamfolio.publish.site.pictures import Original, Rendition

# Below this many pixels a new process costs more time than it saves.
_WORTH_A_POOL = 6_000_000


@dataclass(frozen=True, slots=True)
class EncodingTask:
    """The renditions to make of one picture: all it lacks, seldom all it has; its blur besides."""

    original: Original
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What became of a task: the files by address and the blur, or the error that it cost."""

    task: EncodingTask
    files: dict[str, bytes]
    blur: Blur | None = None
    error: DreamfolioError | None = None


def encode_all(
    tasks: Sequence[EncodingTask], workers: int | None = None
) -> Generator[Encoded, None, None]:
    """Carry out ``tasks`` and yield each as it is done, in no certain order.

    A picture that fails, even one that takes its process down, costs only itself. At most a few
    results are in memory at a time. Closing the iterator ends the processes.
    """
    # The largest first: one begun last would keep a single core busy at the end.
    tasks = sorted(tasks, key=lambda task: -task.original.width * task.original.height)
    workers = min(workers or available_cores(), len(tasks))
    pixels = sum(task.original.width * task.original.height for task in tasks)
    if workers < 2 or pixels < _WORTH_A_POOL:
        yield from map(encode, tasks)
    else:
        yield from _in_processes(tasks, workers)


def encode(task: EncodingTask) -> Encoded:
    """Carry out one task."""
    try:
        image = web.to_srgb(web.without_plain_alpha(decode.decode(task.original.path)))
        sizes = {}
        files = {}
        for rendition in task.renditions:
            if rendition.width not in sizes:
                picture = web.resize(image, rendition.width)
                mark = rendition.mark
                sizes[rendition.width] = watermark.marked(picture, mark) if mark else picture
            files[rendition.address] = web.encode_web(sizes[rendition.width], rendition.format)
        return Encoded(task, files, blur(image))
    except DreamfolioError as error:
        error.place = error.place or Place(task.original.path)
        return Encoded(task, {}, error=error)
    except Exception as error:
        problem = PictureError(
            f"cannot be published ({reason_with_type(error)})",
            place=Place(task.original.path),
        )
        return Encoded(task, {}, error=problem)


def _in_processes(tasks: Sequence[EncodingTask], workers: int) -> Iterator[Encoded]:
    waiting = list(reversed(tasks))
    while waiting:
        # Keyed by future, and popped on arrival: a result finds its own task, and memory stays
        # flat however many there are.
        running: dict[Future[_Shipped], EncodingTask] = {}
        pool = _pool(workers)
        broken: list[EncodingTask] = []
        try:
            while (waiting and not broken) or running:
                while waiting and not broken and len(running) < 2 * workers:
                    task = waiting.pop()
                    try:
                        running[pool.submit(_ship, task)] = task
                    except BrokenProcessPool:
                        broken.append(task)
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    try:
                        yield _unpack(task, future.result())
                    except BrokenProcessPool:
                        broken.append(task)
        finally:
            _end(pool)
        if broken and not _processes_start():
            yield from map(encode, [*broken, *reversed(waiting)])
            return
        yield from map(_alone, broken)


def _processes_start() -> bool:
    """Whether a new process can be had at all. A Python program that was read from a pipe, or
    whose main part is not guarded by its name, cannot be started a second time."""
    pool = _pool(1)
    try:
        return pool.submit(os.getpid).result() > 0
    except BrokenProcessPool:
        return False
    finally:
        _end(pool)


def _alone(task: EncodingTask) -> Encoded:
    """Carry out a task whose pool broke, perhaps by its own doing: in a process to itself."""
    pool = _pool(1)
    try:
        return _unpack(task, pool.submit(_ship, task).result())
    except BrokenProcessPool:
        problem = PictureError(
            "the process that decoded it was ended, perhaps for want of memory",
            place=Place(task.original.path),
            mend="export it smaller, or take it out of the collection",
        )
        return Encoded(task, {}, error=problem)
    finally:
        _end(pool)


# Errors with keyword arguments do not survive the way between processes; their parts do.
_Shipped = tuple[dict[str, bytes], Blur | None, tuple[str, Place | None, str | None] | None]


def _ship(task: EncodingTask) -> _Shipped:
    encoded = encode(task)
    error = encoded.error
    parts = (error.message, error.place, error.mend) if error else None
    return encoded.files, encoded.blur, parts


def _unpack(task: EncodingTask, shipped: _Shipped) -> Encoded:
    files, blurred, error = shipped
    if error is None:
        return Encoded(task, files, blurred)
    message, place, mend = error
    return Encoded(task, {}, error=PictureError(message, place=place, mend=mend))


def _pool(workers: int) -> ProcessPoolExecutor:
    _start_tracker()
    # Spawned, not forked: the parent may hold the threads of TensorFlow and of a progress bar.
    return ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_settle_in,
        initargs=(limits.most_pixels(),),
    )


def _start_tracker() -> None:
    """Start the process that clears away what a pool leaves behind. After Ctrl-C that is all there
    was; it would tell so after our last words, in Python's."""
    if sys.platform == "win32":
        return
    asked = list(sys.warnoptions)
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions[:] = asked


def _settle_in(most_pixels: int) -> None:
    limits.allow(most_pixels)
    # Ctrl-C reaches the whole process group; the parent alone has something to say about it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Read when Pillow is imported: it then keeps 32 MB for the next picture instead of asking the
    # system for fresh memory each time, which takes a twentieth of the whole.
    os.environ.setdefault("PILLOW_BLOCK_SIZE", "1m")
    os.environ.setdefault("PILLOW_BLOCKS_MAX", "32")
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the parent has ended, however it did: a killed one has told nobody to."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the pool now, also in the middle of a large picture. Workers write no files, so that
    nothing can be left half done."""
    stop: Callable[[], None] | None = getattr(pool, "terminate_workers", None)  # Python 3.14
    if stop is not None:
        stop()
        return
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
