import pytest

from dreamfolio.serve.byte_range import Unsatisfiable, byte_range


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (None, None),
        ("", None),
        ("bytes=0-", range(10)),
        ("bytes=0-0", range(1)),
        ("bytes = 2 - 4 ", range(2, 5)),
        ("bytes=2-400", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-300", range(10)),
        ("bytes=4-2", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("bytes=٣-٤", None),
        ("items=0-1", None),
        (f"bytes=0-{'9' * 5000}", None),
    ],
)
def test_what_is_meant_of_ten_bytes(asked: str | None, part: range | None) -> None:
    assert byte_range(asked, 10) == part


@pytest.mark.parametrize(("asked", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0)])
def test_beyond_the_end(asked: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        byte_range(asked, size)
