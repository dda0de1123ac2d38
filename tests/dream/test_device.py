"""What a dream runs on."""

import keras
import pytest

from dreamfolio.dream import device as module
from dreamfolio.dream.device import Device, describe_device, device, versions
from dreamfolio.errors import NetworkUnavailable


def test_records_can_name_what_made_a_dream() -> None:
    found = versions()
    assert found["keras"] == keras.__version__
    assert found["backend"] in found


def test_a_person_is_told_what_dreams_are_computed_on() -> None:
    said = describe_device("float32")
    assert device().name in said
    assert keras.backend.backend() in said.lower().replace("pytorch", "torch")
    assert said.endswith(", float32")
    assert "\n" not in said


def test_a_person_is_told_how_much_memory_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "device", lambda: Device("a card", 80 * 10**9))
    said = describe_device("bfloat16")
    assert said.startswith("a card (80 GB), ")
    assert said.endswith(f" {versions()[keras.backend.backend()]}, bfloat16")


def test_a_device_that_cannot_be_used_is_told_of_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def driver_missing(_: object) -> None:
        raise RuntimeError("no driver\nfor this card")

    monkeypatch.setattr(keras.ops, "zeros", driver_missing)
    with pytest.raises(NetworkUnavailable, match="no driver") as told:
        device()
    assert "\n" not in str(told.value)
