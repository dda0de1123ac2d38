"""Files on disk: written whole or not at all, and known by their digest."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import BinaryIO

# The parts of files that are being written at this moment.
_underway: set[Path] = set()

_PART = ".part"
_SEAL = b',\n"seal": "'


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data``, in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def opened(path: Path) -> BufferedReader:
    """The file at ``path``, to read bytes from. Raises ``OSError`` where there is none, and where
    it is none: a pipe is waited for, and a device may have no end."""
    return open(path, "rb", opener=_at_once)


def opened_anew(path: Path) -> BufferedWriter:
    """A file at ``path``, empty, to write bytes to; raises ``OSError`` as ``opened`` does."""
    return open(path, "wb", opener=_at_once)


def read_file(path: Path) -> bytes:
    """The bytes of the file at ``path``; raises ``OSError`` as ``opened`` does."""
    with opened(path) as file:
        return file.read()


def sha256_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in lower-case hex; raises ``OSError``, which names it."""
    with _named(path), opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def may_be_written(folder: Path) -> bool:
    """Whether a file can be put into ``folder``, as far as the system tells beforehand."""
    # By whom the process acts for, where that may be another than who started it.
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK, effective_ids=effective)


def sealed(text: str) -> bytes:
    """``text``, a JSON object that is not empty, with a last line that says its SHA-256."""
    return f'{text.removesuffix("}")}{_SEAL.decode()}{sha256(text.encode())}"}}\n'.encode()


def unsealed(data: bytes) -> bytes:
    """What was ``sealed``; raises ``ValueError`` where it is not as it was written."""
    body, _, seal = data.rpartition(_SEAL)
    text = body + b"}"
    if seal != f'{sha256(text)}"}}\n'.encode():
        raise ValueError("it was altered since it was written")
    return text


def is_part(name: str) -> bool:
    """Whether a file of this name is a part of one that some process writes, or wrote."""
    return name.startswith(".dreamfolio-") and name.endswith(_PART)


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write ``data`` to ``path`` so that a reader sees the old file or the new one, never a part.

    The parent folder is made where it is missing. Raises ``OSError``; what stood at ``path``
    is then as it was. A ``durable`` file is on the disk when this returns, which takes
    milliseconds; another one a power cut may leave empty, so whoever wrote it must be able to
    tell, and to make it again.
    """

    def fill(file: BinaryIO) -> None:
        file.write(data)

    with being_filled(path, fill, durable=durable) as part:
        part.replace(path)


@contextmanager
def being_filled(
    path: Path, fill: Callable[[BinaryIO], None], *, durable: bool = True
) -> Iterator[Path]:
    """A file that ``fill`` wrote, for what is larger than memory, beside where it is to stand.

    Rename it to ``path`` to keep it: otherwise it is gone when this ends. Raises ``OSError``, and
    what ``fill`` raises.
    """
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # In the same folder, since a rename is atomic only within one file system.
        prefix, suffix = part_name("|").split("|")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=suffix)
        with as_part(Path(name)) as part:
            with os.fdopen(handle, "wb") as file:
                fill(file)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_UMASK)
            yield part


def _at_once(path: str, flags: int) -> int:
    # Windows has no such pipes.
    number = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode):
        return number
    os.close(number)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    raise OSError(errno.ENXIO, "it is no file", path)  # as of a socket


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """See that an ``OSError`` names ``path``, not its part: the system names none where a disk is
    full or fails, and nobody knows a part by its name."""
    try:
        yield
    except OSError as error:
        if error.filename is None or str(error.filename).endswith(_PART):
            error.filename = str(path)
        raise


def part_name(name: str, process: int | None = None) -> str:
    """What the part of a file is called, by whose process writes it: by default, by this one.

    The dot keeps one that is left behind from being taken for a picture, the process's number
    tells whose it was.
    """
    return f".dreamfolio-{process or os.getpid()}-{name}{_PART}"


@contextmanager
def as_part(part: Path) -> Iterator[Path]:
    """Count ``part`` as a file that is being written: whatever ends this, it is not left behind.

    Rename it before the end to keep it.
    """
    _underway.add(part)
    try:
        yield part
    finally:
        # One that cannot be removed takes room, and nothing else: what was to be written may stand.
        with suppress(OSError):
            part.unlink(missing_ok=True)
        _underway.discard(part)


def abandon_writes() -> None:
    """Remove the parts of what other threads are writing: for a process that ends this instant."""
    for part in tuple(_underway):
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_if_changed(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write ``data`` atomically unless ``path`` already holds just that; say whether it wrote."""
    try:
        if path.stat().st_size == len(data) and read_file(path) == data:
            return False
    except OSError:
        pass  # It is not there, or cannot be read: whether it can be written shows at once.
    write_atomically(path, data, durable=durable)
    return True


def _read_umask() -> int:
    # Python can only read the mask by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


# mkstemp's 0600 would hide a published file. Read once, while no other thread writes a file.
_UMASK = _read_umask()
