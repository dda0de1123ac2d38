"""Pages on their way to the site's folder do not fill the memory."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from dreamfolio.publish.site.spool import spool

MEGABYTE = 1 << 20


def pages(count: int) -> Iterator[tuple[str, bytes]]:
    for number in reversed(range(count)):
        yield f"page-{number:03}.html", number.to_bytes(2, "big") * (MEGABYTE // 2)


def test_what_goes_in_comes_out_by_its_address_and_in_their_order(tmp_path: Path) -> None:
    with spool(tmp_path) as held:
        held.add(pages(12))
        assert list(held.items()) == sorted(pages(12))
        held.add([("page-003.html", b"another")])
        assert held["page-003.html"] == b"another"
        assert len(held) == 12


def test_many_pages_take_no_more_memory_than_few(tmp_path: Path) -> None:
    with spool(tmp_path) as held:
        tracemalloc.start()
        try:
            held.add(pages(40))
            assert sum(map(len, held.values())) == 40 * MEGABYTE
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 12 * MEGABYTE


def test_nothing_of_it_is_left_in_the_folder(tmp_path: Path) -> None:
    with spool(tmp_path / "site") as held:
        held.add(pages(8))
    assert list((tmp_path / "site").iterdir()) == []
