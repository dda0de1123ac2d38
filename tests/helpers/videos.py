"""Videos: bytes that nothing looks into, and tiny clips that PyAV encodes where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

BYTES = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\x40\x08mdat" + bytes(range(256)) * 64
"""What begins as a video does; to be copied, no more is needed."""


def sealed(path: Path, data: bytes = BYTES) -> Path:
    """A video at ``path`` of which no frame can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def clip(path: Path, colour: str = "#c02040", size: tuple[int, int] = (96, 54)) -> Path:
    """A video of one colour at ``path``; the test is skipped where PyAV is not installed."""
    av = pytest.importorskip("av")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two encoders that every build of FFmpeg may hold in such a container.
    codec = "libvpx" if path.suffix.lower() == ".webm" else "mpeg4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=12)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for _ in range(4):
            frame = av.VideoFrame.from_image(Image.new("RGB", size, colour))
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path
