"""``dreamfolio doctor``: what this machine can do, and what is in the way."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from dreamfolio import __version__
from dreamfolio.cli import options
from dreamfolio.cli.privacy import counted
from dreamfolio.cli.show import plural, say_table
from dreamfolio.cli.table import table
from dreamfolio.content import json_schema
from dreamfolio.content.portable import unportable
from dreamfolio.cores import available_cores
from dreamfolio.dream.backend import choice
from dreamfolio.dream.backend.quiet import require_keras
from dreamfolio.dream.networks.weights import keras_folder
from dreamfolio.errors import DreamfolioError, StoreError, UsageError
from dreamfolio.memory import machine_memory
from dreamfolio.pictures.movie import obstacle
from dreamfolio.plan.task import State
from dreamfolio.publish.tellers import tellers
from dreamfolio.survey import Survey, survey

_WITH_CUDA = {
    "tensorflow": "pip install 'dreamfolio[cuda]'",
    "jax": "pip install 'jax[cuda12]'",
    "torch": "install PyTorch with CUDA, https://pytorch.org/get-started",
}

_NAMED = 3


class _Finding(NamedTuple):
    state: str
    what: str
    says: str


def doctor(root: Path | None) -> None:
    """Print what was found; exits with 1 where something stands in the way."""
    findings = [*_python(), *_engine(), _movies(), *_machine(), *_portfolio(root)]
    colours = {"ok": "green", "note": "yellow", "mend": "red"}
    say_table(table(("", "WHAT", "FOUND"), findings, colours))
    if any(finding.state == "mend" for finding in findings):
        raise SystemExit(1)


def _python() -> Iterator[_Finding]:
    yield _Finding("ok", "dreamfolio", __version__)
    yield _Finding("ok", "python", f"{platform.python_version()} on {platform.platform()}")
    yield _Finding("ok", "schemas", f"for editors: {json_schema.FOLDER}")


def _engine() -> Iterator[_Finding]:
    try:
        require_keras()
        used = choice.chosen()
    except DreamfolioError as error:
        yield _Finding("mend", "engine", f"{error} (publishing works without)")
        return
    yield _Finding("ok", "keras", _version("keras"))
    for name in choice.installed():
        said = "in use" if name == used else f"KERAS_BACKEND={name} dreams on it"
        yield _Finding("ok", name, f"{_version(name)}, {said}")
    if choice.is_installed("ray"):
        yield _Finding("ok", "ray", f"{_version('ray')}, for --cluster")
    try:
        yield from _device(used)
    except (ImportError, DreamfolioError) as error:
        yield _Finding("mend", "engine", str(error))
    weights = sorted(keras_folder().glob("*.h5")) if keras_folder().is_dir() else []
    found = ", ".join(path.name for path in weights) or "none yet; fetched when first needed"
    yield _Finding("ok", "weights", f"{keras_folder()}: {found}")


def _movies() -> _Finding:
    said = obstacle()
    if said:
        return _Finding("note", "mp4", f"animations are WebP alone: {said}")
    return _Finding("ok", "mp4", f"PyAV {_version('av')}: an animation comes as MP4, too")


def _device(backend: str) -> Iterator[_Finding]:
    from dreamfolio.dream.device import describe_device, device
    from dreamfolio.dream.precision import is_native

    here = device()
    yield _Finding("ok", "device", describe_device("bfloat16" if is_native() else "float32"))
    idle = _idle_card(backend) if here.is_cpu else None
    if idle:
        yield _Finding("note", "device", idle)


def _idle_card(backend: str) -> str | None:
    """What to do where a graphics card may lie idle."""
    system = {"Windows": "Windows", "Darwin": "a Mac"}.get(platform.system())
    if system and backend == "tensorflow":
        get = "" if "torch" in choice.installed() else "pip install 'dreamfolio[torch]' and "
        said = f"TensorFlow uses no graphics card on {system}, PyTorch does"
        return f"{said}: {get}set KERAS_BACKEND=torch"
    if shutil.which("nvidia-smi"):
        said = f"there is an NVIDIA driver, but {backend} uses no graphics card"
        return f"{said}: {_WITH_CUDA[backend]}"
    return None


def _machine() -> Iterator[_Finding]:
    memory = (machine_memory() or 0) / 1e9
    if memory:
        state = "ok" if memory >= 4 else "note"
        yield _Finding(state, "memory", f"{memory:.1f} GB, {plural(available_cores(), 'core')}")
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    yield _Finding("ok" if free > 1 else "mend", "disk", f"{free:.1f} GB free here")


def _portfolio(root: Path | None) -> Iterator[_Finding]:
    try:
        home = options.root_of(root)
    except UsageError:
        yield _Finding("note", "portfolio", "none here; make one: dreamfolio new portfolio")
        return
    try:
        surveyed = survey(home)
    except DreamfolioError as error:
        lines = str(error).splitlines()
        more = f" (and {len(lines) - 1} more: dreamfolio status)" if len(lines) > 1 else ""
        yield _Finding("mend", "portfolio", f"{lines[0]}{more}")
        return
    pieces = plural(sum(len(one.pieces) for one in surveyed.portfolio.collections), "piece")
    collections = plural(len(surveyed.portfolio.collections), "collection")
    yield _Finding("ok", "portfolio", f"{home}: {collections}, {pieces}")
    yield from _networks(surveyed)
    yield _cache(surveyed)
    yield _privacy(surveyed)
    yield _names(surveyed)
    if not os.access(home, os.W_OK):
        yield _Finding("mend", "portfolio", f"{home} cannot be written to")


def _cache(surveyed: Survey) -> _Finding:
    """Whether the cache can be read: a survey looks into it only for what is to be dreamed."""
    try:
        surveyed.cache.digest("0" * 64, ".png")
    except StoreError as error:
        return _Finding("mend", "cache", str(error))
    return _Finding("ok", "cache", surveyed.cache.url)


def _privacy(surveyed: Survey) -> _Finding:
    """What the originals tell, which nothing but their artist's will stands in the way of."""
    said = counted(tellers(surveyed.portfolio, surveyed.digest_of))
    if not said:
        return _Finding("ok", "privacy", "no picture tells of a disk, a place or a device")
    if surveyed.portfolio.readme.originals == "clean":
        return _Finding("ok", "privacy", f"the README leads to clean copies; {said}")
    return _Finding("note", "privacy", f"{said}; see: dreamfolio clean")


def _names(surveyed: Survey) -> _Finding:
    """What of a portfolio cannot be checked out, or not whole, on other systems."""
    found = list(unportable(surveyed.portfolio))
    if not found:
        return _Finding("ok", "names", "every system can hold them")
    first = "; ".join(f"{one.name} {one.why}" for one in found[:_NAMED])
    more = f"; and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    said = f"{plural(len(found), 'name')} that Windows or a Mac cannot hold beside each other or "
    return _Finding("note", "names", f"{said}at all: {first}{more}; rename them to share them")


def _networks(surveyed: Survey) -> Iterator[_Finding]:
    """What is said of each network in use; its absence is in the way only of what waits for it."""
    waited_for = {
        task.variant.network
        for task in surveyed.tasks
        if task.variant and task.state is State.PENDING
    }
    for network, facts in surveyed.facts.networks.items():
        state = "ok" if facts.digest else "mend" if network in waited_for else "note"
        yield _Finding(state, "network", facts.word or f"{network.label} is here")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # It goes by another name: tensorflow-cpu, tensorflow-macos.
        return "installed"
