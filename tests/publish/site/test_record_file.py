"""The record of a site on the disk."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
from datetime import UTC, datetime

import pytest

from dreamfolio.files import sha256
from dreamfolio.pictures.render_facts import RenderFacts
from dreamfolio.publish.site import record_file
from dreamfolio.publish.site.record import UNDERWAY, Record, Written
from helpers.damaged import flipped

NOTHING = RenderFacts(None, None, None)


def _record(pictures: int = 3) -> Record:
    digests = [sha256(f"picture {number}".encode()) for number in range(pictures)]
    return Record(
        files={
            "index.html": Written(sha256(b"home"), 1234),
            'fog/a "b" – c.html': UNDERWAY,
            **{
                f"pictures/{digest[:8]}-480.webp": Written(digest, number)
                for number, digest in enumerate(digests)
            },
        },
        sizes={digest: (1920, 1080 + number % 2) for number, digest in enumerate(digests)},
        renders={
            digest: RenderFacts(datetime(2021, 8, 22, tzinfo=UTC), 128, 75) if number else NOTHING
            for number, digest in enumerate(digests)
        },
        mark=sha256(b"mark"),
        blurs={digest: (1, 2, 3, 124) if number else None for number, digest in enumerate(digests)},
    )


def _written(record: Record) -> bytes:
    file = io.BytesIO()
    record_file.write(record, file)
    return file.getvalue()


def _read(data: bytes) -> Record:
    return record_file.read(io.BytesIO(data))


@pytest.mark.parametrize("record", [_record(), _record(5000), Record()])
def test_what_is_written_is_read(record: Record) -> None:
    data = _written(record)
    assert _read(data) == record
    assert set(json.loads(data)) >= {"version", "files", "sizes"}


def test_the_same_files_give_the_same_bytes_in_whatever_order_they_came() -> None:
    record = _record()
    other = Record(mark=record.mark)
    for name in ("files", "sizes", "renders", "blurs"):
        setattr(other, name, dict(reversed(getattr(record, name).items())))
    assert _written(other) == _written(record)


def test_it_is_read_however_it_is_laid_out() -> None:
    record = _record()
    form = json.loads(_written(record))
    del form["seal"]
    assert _read(json.dumps(form).encode()) == record
    assert _read(json.dumps(form, indent=2, sort_keys=True).encode()) == record


def test_one_from_before_pictures_had_blurs_is_read() -> None:
    form = {"version": 1, "files": {"a.html": ["", -1]}, "sizes": {"d": [4, 3]}}
    assert _read(json.dumps(form).encode()) == Record({"a.html": UNDERWAY}, {"d": (4, 3)})


def test_no_flipped_byte_passes_for_another_record() -> None:
    record = _record()
    data = _written(record)
    for seed in range(300):
        damaged = flipped(random.Random(seed))(data)
        try:
            assert _read(damaged) == record, seed
        except ValueError:
            continue
        # What it says is the same, such as with a blank that is a line's end.
        assert json.loads(damaged) == json.loads(data), seed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"index.html"', b'"../index.html"'),
        (b'"version": 1', b'"version": 2'),
        (b"[1920, 1080]", b"[1920, 0]"),
        (b"[1, 2, 3, 124]", b"[1, 2, 3, 125]"),
        (b"1234]", b"1235]"),
    ],
)
def test_one_that_was_altered_is_refused(old: bytes, new: bytes) -> None:
    data = _written(_record())
    assert old in data
    with pytest.raises(ValueError, match="altered"):
        _read(data.replace(old, new, 1))


def test_it_takes_little_more_memory_than_what_is_kept_of_it() -> None:
    data = _written(_record(20_000))
    file = io.BytesIO(data)
    tracemalloc.start()
    try:
        record = record_file.read(file)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(record.sizes) == 20_000
    assert most < 1.25 * kept
