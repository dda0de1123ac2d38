"""Videos that tell, in every way their formats have, what their artist may not want told."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PIL import Image

from helpers.secrets import SCENE, WORD, XMP

PLACE = "+52.5200+013.4050/"
FRAME = b"<a frame>" * 9
FIX = f"GPSU 52.52 13.40 {WORD}".encode()


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + kind + body


def wide_box(kind: bytes, content: bytes) -> bytes:
    """The same with its length in eight bytes."""
    return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content


def _table(kind: bytes, *numbers: int) -> bytes:
    return box(kind, struct.pack(f">{1 + len(numbers)}I", 0, *numbers))


def _track(handler: bytes, sample: bytes, places: list[int], size: int) -> bytes:
    entry = box(sample, bytes(8))
    described = box(b"stsd", struct.pack(">II", 0, 1), entry)
    url = box(b"url ", bytes(4), SCENE.encode() + b"\0")
    samples = box(
        b"stbl",
        described,
        _table(b"stsc", 1, 1, 1, 1),
        _table(b"stsz", 0, len(places), *[size] * len(places)),
        _table(b"stco", len(places), *places),
    )
    minf = box(b"minf", box(b"dinf", box(b"dref", struct.pack(">II", 0, 1), url)), samples)
    named = box(b"hdlr", bytes(8), handler, bytes(12), SCENE.encode() + b"\0")
    media = box(b"mdia", box(b"mdhd", bytes(24)), named, minf)
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"udta", box(b"name", SCENE.encode())), media)


def camera_film() -> bytes:
    """As an action camera leaves it: a track of places beside the frames, texts wherever they
    may be, remains of others in unused room, and data of its own behind the end. No frame in it
    can be decoded; the places of its samples are right."""
    begin = box(b"ftyp", b"mp42\0\0\0\0mp42isom") + box(b"free", SCENE.encode())
    media = b"".join((FRAME, FIX, FRAME, FIX))
    first = len(begin) + 16
    step = len(FRAME) + len(FIX)
    text = box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0), PLACE.encode())
    moov = box(
        b"moov",
        box(b"mvhd", bytes(100)),
        _track(b"vide", b"avc1", [first, first + step], len(FRAME)),
        _track(b"meta", b"gpmd", [first + len(FRAME), first + step + len(FRAME)], len(FIX)),
        box(b"udta", text, box(b"\xa9cmt", SCENE.encode())),
        box(b"meta", bytes(4), SCENE.encode()),
    )
    xmp = box(b"uuid", bytes(range(16)), XMP)
    return begin + wide_box(b"mdat", media) + moov + xmp + b"SEFD" * 3 + SCENE.encode()


def film(path: Path) -> Path:
    """A video of six frames with all the metadata that FFmpeg writes; skipped without PyAV."""
    av = pytest.importorskip("av")
    codec = "libvpx" if path.suffix == ".webm" else "mpeg4"
    with av.open(str(path), "w") as container:
        container.metadata.update(
            {
                "comment": SCENE,
                "title": f"file://{SCENE}",
                "location": PLACE,
                "description": f"C:\\Users\\{WORD}\\scene.blend",
            }
        )
        stream = container.add_stream(codec, rate=12)
        stream.width, stream.height, stream.pix_fmt = 96, 54, "yuv420p"
        stream.metadata.update({"title": SCENE, "handler_name": SCENE})
        for number in range(6):
            image = Image.new("RGB", (96, 54), (40 * number, 90, 200 - 30 * number))
            for packet in stream.encode(av.VideoFrame.from_image(image)):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path
