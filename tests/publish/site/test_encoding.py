"""Encoding in processes: results find their own task, and a failure stays with its picture."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.content.settings import SiteSettings
from dreamfolio.publish.site import encoding
from dreamfolio.publish.site.encoding import EncodingTask, encode_all
from dreamfolio.publish.site.pictures import Original, renditions
from helpers.site import picture
from helpers.waiting import until


def task(path: Path, size: tuple[int, int]) -> EncodingTask:
    original = Original(path.parent, path.name, path.stem.rjust(64, "0"), *size)
    return EncodingTask(original, renditions(original, SiteSettings(widths=(32,))))


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[EncodingTask]:
    monkeypatch.setattr(encoding, "_WORTH_A_POOL", 0)
    sizes = [(64, 10 + 5 * number) for number in range(8)]
    return [task(picture(tmp_path / f"{i}.png", size), size) for i, size in enumerate(sizes)]


def heights(results: dict[str, bytes], folder: Path) -> list[int]:
    found = []
    for data in results.values():
        (folder / "file").write_bytes(data)
        with Image.open(folder / "file") as image:
            found.append(image.height)
    return found


def test_results_find_their_own_task_also_when_one_fails(
    tasks: list[EncodingTask], tmp_path: Path
) -> None:
    tasks[3].original.path.write_bytes(b"broken")
    results = {each.task.original.path.name: each for each in encode_all(tasks, workers=2)}
    assert set(results) == {f"{number}.png" for number in range(8)}
    for name, each in results.items():
        assert set(each.files) <= {r.address for r in each.task.renditions}
        if name == "3.png":
            assert each.error is not None
            assert each.error.place is not None
            assert each.error.place.file.name == "3.png"
        else:
            assert each.error is None
            assert heights(each.files, tmp_path) == [r.height for r in each.task.renditions]


def test_processes_and_one_alone_give_the_same_bytes(tasks: list[EncodingTask]) -> None:
    pooled = {name: data for each in encode_all(tasks, 2) for name, data in each.files.items()}
    alone = {name: data for each in encode_all(tasks, 1) for name, data in each.files.items()}
    assert pooled == alone


def test_the_largest_come_first(tasks: list[EncodingTask]) -> None:
    """So that no core is left alone with one that was begun last."""
    order = [each.task.original.height for each in encode_all(tasks, 1)]
    assert order == sorted(order, reverse=True)


def test_closing_early_ends_the_processes(tasks: list[EncodingTask]) -> None:
    before = {child.pid for child in multiprocessing.active_children()}
    results = encode_all(tasks, workers=2)
    next(results)
    started = {child.pid for child in multiprocessing.active_children()} - before
    assert started
    results.close()
    # Asked of the system: the pool's own thread waits for them as well, and a process object
    # that two threads wait for may say for a moment that it is alive.
    until(lambda: not any(_runs(pid) for pid in started), "they go on")


def test_processes_end_with_the_one_that_started_them(tasks: list[EncodingTask]) -> None:
    """Whatever ends that: nothing is cleaned up on the way of a ``kill -9``."""
    path = str(tasks[0].original.path)
    program = f"""
import os
from pathlib import Path
from dreamfolio.publish.site import encoding
from dreamfolio.publish.site.pictures import Original
encoding._WORTH_A_POOL = 0
path = Path({path!r})
tasks = [encoding.EncodingTask(Original(path.parent, path.name, "0", 64, 10), ())] * 8
encoded = encoding.encode_all(tasks, 2)
for _ in tasks:
    next(encoded)
os._exit(9)
"""
    # It waits for all that hold the other end of its pipe.
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=120)
    assert done.returncode == 9
    assert done.stderr == b"", "nobody but us has last words"


def _runs(pid: int | None) -> bool:
    assert pid
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_program_that_cannot_be_started_twice_encodes_by_itself(
    tasks: list[EncodingTask],
) -> None:
    """Such as one that Python reads from a pipe: new processes look for its file in vain."""
    paths = [str(each.original.path) for each in tasks]
    program = f"""
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from dreamfolio.content.settings import SiteSettings
from dreamfolio.publish.site import encoding
from dreamfolio.publish.site.pictures import Original, renditions
encoding._WORTH_A_POOL = 0
tasks = []
for path in map(Path, {paths!r}):
    original = Original(path.parent, path.name, path.stem, 64, 10 + 5 * int(path.stem))
    tasks.append(encoding.EncodingTask(original, renditions(original, SiteSettings(widths=(32,)))))
print(sum(len(each.files) for each in encoding.encode_all(tasks, 2)))
"""
    done = subprocess.run(
        [sys.executable, "-"], input=program, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == str(len(tasks))


class _Deadly(EncodingTask):
    """A picture that takes down whatever process touches it, as want of memory does."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


def test_a_picture_that_ends_its_process_costs_only_itself(tasks: list[EncodingTask]) -> None:
    deadly = _Deadly(tasks[2].original, tasks[2].renditions)
    results = list(encode_all([*tasks[:2], deadly, *tasks[3:]], workers=2))
    assert len(results) == len(tasks)
    failed = [each for each in results if each.error]
    assert [each.task.original.path.name for each in failed] == ["2.png"]


def test_the_encoding_processes_load_neither_templates_nor_models() -> None:
    """Each of them would pay for it before its first picture."""
    program = (
        "import dreamfolio.publish.site.encoding, dreamfolio.publish.site.pictures, sys;"
        "print({'pydantic', 'jinja2', 'markdown', 'nh3', 'numpy', 'tensorflow'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "set()", done.stderr
