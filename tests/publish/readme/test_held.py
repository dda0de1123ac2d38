"""What is made waits on the disk until it is written, and leaves nothing there."""

import gc
from pathlib import Path

import pytest

from dreamfolio.errors import StoreError
from dreamfolio.publish.readme import held
from dreamfolio.publish.readme.held import Holding


def test_what_is_held_comes_back_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "_IN_MEMORY", 10)
    holding = Holding(tmp_path)
    kept = [holding.hold(bytes([number]) * number) for number in range(30)]
    assert [one.read() for one in kept] == [bytes([number]) * number for number in range(30)]
    del holding, kept
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def seek(self, place: int, whence: int = 0) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None: ...

    monkeypatch.setattr(held.tempfile, "SpooledTemporaryFile", lambda *_, **__: Full())
    with pytest.raises(StoreError, match="cannot be kept until it is written"):
        Holding(tmp_path).hold(b"data")
