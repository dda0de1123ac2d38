"""Animations of dreams as MP4, beside the WebP (H.264, by PyAV)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dreamfolio.pictures.provenance import as_json

if TYPE_CHECKING:
    from av import VideoFrame
    from PIL import Image

_ENCODER = "libx264"
_OPTIONS = {
    "crf": "20",
    "preset": "medium",
    # The same bytes on every machine, however many threads or what instructions it has.
    "x264-params": "threads=1:lookahead-threads=1:cpu-independent=1",
}
# The index is put before the frames; bit-exact, so that no version and no time is written.
_CONTAINER = {"movflags": "faststart", "fflags": "bitexact"}

# As H.264 numbers BT.709's primaries, transfer curve and matrix, and the limited range of levels.
_BT709, _LIMITED = 1, 1


def obstacle() -> str | None:
    """What is in the way of MP4 here, and how to get it; None where nothing is."""
    try:
        import av
    except ImportError:
        return "PyAV is not installed: pip install 'dreamfolio[video]'"
    try:
        av.codec.Codec(_ENCODER, "w")
    except ValueError:
        return f"PyAV came without {_ENCODER}; the one from PyPI has it: pip install av"
    return None


def encode_movie(
    frames: Sequence[Image.Image],
    durations: Sequence[int],
    provenance: Mapping[str, Any],
    icc: bytes | None = None,
) -> bytes | None:
    """``frames`` as an MP4; None where none can be made here (see ``obstacle``), or where a frame
    has transparency, which it cannot show.

    All is as in ``encode_animation``. Some programs know but one pace: a frame that is shown longer
    than the shortest is there as often. An odd side grows by one pixel, as H.264 asks; colours
    become sRGB. The same input gives the same bytes.
    """
    if obstacle():
        return None
    from dreamfolio.pictures.web import without_plain_alpha

    plain = [without_plain_alpha(frame) for frame in frames]
    if any(frame.mode == "RGBA" for frame in plain):
        return None
    beat = min(durations)
    shown = zip(plain, (round(each / beat) for each in durations), strict=True)
    at_beats = (frame for frame, often in shown for frame in [_converted(frame, icc)] * often)
    # In a file, since to put the index first FFmpeg reads again what it wrote.
    with tempfile.TemporaryDirectory(prefix="dreamfolio-") as folder:
        path = Path(folder) / "movie.mp4"
        _write(path, at_beats, Fraction(1000, beat), as_json(provenance))
        return path.read_bytes()


def _converted(image: Image.Image, icc: bytes | None) -> VideoFrame:
    """A frame as the encoder takes it."""
    from av import VideoFrame
    from PIL import Image

    from dreamfolio.pictures.web import to_srgb
    from dreamfolio.pictures.yuv import evened, to_yuv420

    if icc:
        image = image.copy()
        image.info["icc_profile"] = icc
        image = to_srgb(image)
    image = evened(image)
    frame = VideoFrame(*image.size, "yuv420p")
    for plane, levels in zip(frame.planes, to_yuv420(image), strict=True):
        # FFmpeg's rows are longer than the picture's, to begin where its processor likes it.
        rows = Image.new("L", (plane.line_size, plane.height))
        rows.paste(levels)
        plane.update(rows.tobytes())
    return frame


def _write(path: Path, frames: Iterable[VideoFrame], rate: Fraction, comment: str) -> None:
    import av

    with av.open(str(path), "w", format="mp4", options=_CONTAINER) as container:
        container.metadata["comment"] = comment
        stream = container.add_stream(_ENCODER, rate=rate, options=_OPTIONS)
        context = stream.codec_context
        context.pix_fmt = "yuv420p"
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        for beat, frame in enumerate(frames):
            frame.pts, frame.time_base = beat, 1 / rate
            if not context.is_open:
                context.width, context.height = frame.width, frame.height
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
