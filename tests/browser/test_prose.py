"""An artist's own words, in a real Chromium."""

from pathlib import Path

import pytest

from helpers import chromium
from helpers.site import collection, piece, portfolio, publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_the_columns_of_a_table_stand_as_they_were_set(
    tmp_path: Path, page: chromium.Page, theme: str
) -> None:
    table = "| a | b | c |\n|---|:---:|---:|\n| 1 | 2 | 3 |\n"
    fog = collection(tmp_path, "fog", piece("one.png"), description=table)
    publish(portfolio(tmp_path, fog, theme=theme))
    page.open((tmp_path / "site/fog/index.html").as_uri())
    stands = "[...document.querySelectorAll('td')].map(cell => getComputedStyle(cell).textAlign)"
    assert page.evaluate(stands) == ["start", "center", "right"]
