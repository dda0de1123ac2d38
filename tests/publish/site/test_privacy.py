"""No published file tells of its artist's disk, place or device, whatever the originals say."""

from pathlib import Path

import pytest

from dreamfolio.content.settings import SiteSettings
from helpers.secrets import MAKERS, WORD
from helpers.site import collection, piece, portfolio, publish, tree


@pytest.mark.parametrize("suffix", MAKERS)
def test_nothing_that_an_original_tells_gets_into_the_site(tmp_path: Path, suffix: str) -> None:
    fog = collection(tmp_path, "fog")
    original = MAKERS[suffix](fog.folder / f"one{suffix}", 6)
    assert WORD.encode() in original.read_bytes()
    fog = collection(tmp_path, "fog", piece(original.name))
    settings = SiteSettings(widths=(16, "original"), formats=("avif", "webp", "jpeg"))
    result = publish(portfolio(tmp_path, fog, site=settings, url="https://example.org/"))
    assert not result.problems
    published = tree(tmp_path / "site")
    assert any(name.startswith("pictures/") for name in published)
    for name, data in published.items():
        for secret in (WORD.encode(), WORD.encode("utf-16-le"), b"attic"):
            assert secret not in data, name
