"""Values as lines of a manifest."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from dreamfolio.explore.lines import as_flow


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"layers": ["mixed4:12", "conv"]}, "{layers: [mixed4:12, conv]}"),
        (["1:12"], None),
        ("it's 'a:1', he said", None),
        ({"file": "c:/networks/mine.keras"}, None),
    ],
)
def test_a_channel_is_written_bare_and_all_else_reads_as_it_was(
    value: Any, text: str | None
) -> None:
    written = as_flow(value)
    assert yaml.safe_load(written) == value
    assert text in (None, written)
