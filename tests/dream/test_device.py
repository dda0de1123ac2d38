"""What a dream runs on."""

import keras

from dreamfolio.dream.device import describe_device, versions


def test_records_can_name_what_made_a_dream() -> None:
    found = versions()
    assert found["keras"] == keras.__version__
    assert found["backend"] in found


def test_a_person_is_told_what_dreams_are_computed_on() -> None:
    said = describe_device()
    assert said
    assert "\n" not in said
