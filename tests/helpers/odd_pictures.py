"""Pictures of every kind that an artist may drop, right and wrong, of four coloured quarters."""

from __future__ import annotations

import functools
import io
import os
import socket
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from helpers.secrets import chunk

WIDTH, HEIGHT = 24, 16
QUARTERS = ((220, 40, 40), (40, 200, 60), (50, 60, 210), (230, 220, 70))
"""The colours at the top left, top right, bottom left and bottom right."""

Maker = Callable[[Path], object]


def quarters(size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    image = Image.new("RGB", size)
    across, down = size[0] // 2, size[1] // 2
    for number, colour in enumerate(QUARTERS):
        x, y = number % 2 * across, number // 2 * down
        image.paste(colour, (x, y, x + across + 1, y + down + 1))
    return image


def grey_levels() -> list[int]:
    """What each quarter is as grey."""
    return [Image.new("RGB", (1, 1), one).convert("L").getpixel((0, 0)) for one in QUARTERS]  # type: ignore[misc]


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """A pixel from the middle of each quarter, as RGB."""
    x, y = image.width // 4, image.height // 4
    places = [(x, y), (3 * x, y), (x, 3 * y), (3 * x, 3 * y)]
    return [tuple(image.convert("RGB").getpixel(place)) for place in places]  # type: ignore[arg-type]


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def png_of(kind: int, depth: int, rows: bytes, size: tuple[int, int], *others: bytes) -> bytes:
    """A PNG of whatever the header says it is; ``rows`` each begin with a filter byte."""
    head = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0)
    chunks = [chunk(b"IHDR", head), *others, chunk(b"IDAT", zlib.compress(rows))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def _sixteen_rgb(path: Path) -> None:
    rows = b""
    for y in range(HEIGHT):
        rows += b"\0"
        for x in range(WIDTH):
            colour = QUARTERS[(x >= WIDTH // 2) + 2 * (y >= HEIGHT // 2)]
            rows += b"".join(struct.pack(">H", value * 257) for value in colour)
    path.write_bytes(png_of(2, 16, rows, (WIDTH, HEIGHT)))


def _sixteen_grey(path: Path) -> None:
    levels = grey_levels()
    rows = b""
    for y in range(HEIGHT):
        rows += b"\0"
        for x in range(WIDTH):
            level = levels[(x >= WIDTH // 2) + 2 * (y >= HEIGHT // 2)]
            rows += struct.pack(">H", level * 257)
    path.write_bytes(png_of(0, 16, rows, (WIDTH, HEIGHT)))


def _palette(path: Path) -> None:
    quarters().quantize(8).save(path, transparency=255)


def _one_bit(path: Path) -> None:
    image = Image.new("1", (WIDTH, HEIGHT))
    image.paste(1, (0, 0, WIDTH // 2, HEIGHT))
    image.save(path)


def _cmyk(path: Path) -> None:
    path.write_bytes(saved(_inks(), "JPEG", quality=95, subsampling=0))


def _inks() -> Image.Image:
    """The quarters in inks, as a press has them: the black apart."""
    return quarters().convert("CMYK")


def _ycck(path: Path) -> None:
    """As Photoshop writes CMYK: the inks as brightness and colour, and all of them inverted."""
    cyan, magenta, yellow, black = _inks().split()
    coded = Image.merge("RGB", (cyan, magenta, yellow)).convert("YCbCr").split()
    inverted = [one.point(lambda value: 255 - value) for one in coded]
    data = saved(Image.merge("CMYK", (*inverted, black)), "JPEG", quality=95, subsampling=0)
    marker = data.index(b"Adobe")
    path.write_bytes(data[: marker + 11] + b"\2" + data[marker + 12 :])


def _animated(form: str, **options: object) -> Maker:
    def make(path: Path) -> None:
        others = [Image.new("RGB", (WIDTH, HEIGHT), shade) for shade in ("black", "white")]
        path.write_bytes(
            saved(quarters(), form, save_all=True, append_images=others, duration=90, **options)
        )

    return make


def _turned(orientation: int) -> Maker:
    """Stored so that ``orientation`` brings it upright."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }

    def make(path: Path) -> None:
        turn = back.get(orientation)
        lying = quarters() if turn is None else quarters().transpose(turn)
        exif = Image.Exif()
        exif[0x0112] = orientation
        lying.save(path, exif=exif, quality=95, subsampling=0)

    return make


def display_p3() -> bytes:
    """A profile of the wide gamut that screens of today have."""
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for entry in range(132, 132 + 12 * struct.unpack_from(">I", data, 128)[0], 12):
        name, offset, _ = struct.unpack_from(">4sII", data, entry)
        if name in primaries:
            fixed = (round(value * 65536) for value in primaries[name])
            struct.pack_into(">3i", data, offset + 8, *fixed)
    return bytes(data)


def _with_profile(profile: Callable[[], bytes]) -> Maker:
    return lambda path: quarters().save(path, icc_profile=profile())


def _tiff(**options: object) -> Maker:
    return lambda path: path.write_bytes(saved(quarters(), "TIFF", **options))


def _sixteen_tiff(path: Path) -> None:
    image = Image.frombytes(
        "I;16",
        (WIDTH, HEIGHT),
        b"".join(
            struct.pack("<H", grey_levels()[(x >= WIDTH // 2) + 2 * (y >= HEIGHT // 2)] * 257)
            for y in range(HEIGHT)
            for x in range(WIDTH)
        ),
    )
    image.save(path)


def _as(form: str) -> Maker:
    return lambda path: path.write_bytes(saved(quarters(), form))


def _garbage_after(path: Path) -> None:
    path.write_bytes(saved(quarters(), "JPEG", quality=95, subsampling=0) + os.urandom(999))


def _plain(size: tuple[int, int]) -> Maker:
    return lambda path: Image.new("RGB", size, QUARTERS[0]).save(path)


COLOURED: dict[str, Maker] = {
    "jpeg-named.png": _as("JPEG"),
    "png-named.jpg": _as("PNG"),
    "sixteen-rgb.png": _sixteen_rgb,
    "palette.png": _palette,
    "cmyk.jpg": _cmyk,
    "ycck.jpg": _ycck,
    "moving.gif": _animated("GIF"),
    "moving.webp": _animated("WEBP", lossless=True),
    "moving.png": _animated("PNG"),
    **{f"turned-{number}.jpg": _turned(number) for number in range(1, 9)},
    "broken-icc.png": _with_profile(lambda: b"\0\0\2\0nonsense" * 20),
    "plain.tif": _tiff(),
    "lzw.tif": _tiff(compression="tiff_lzw"),
    "pages.tiff": _animated("TIFF"),
    "bitmap.bmp": _as("BMP"),
    "garbage-after.jpg": _garbage_after,
}
"""Each of the four quarters, in their colours."""

OTHERS: dict[str, Maker] = {
    "sixteen-grey.png": _sixteen_grey,
    "sixteen-grey.tif": _sixteen_tiff,
    "one-bit.png": _one_bit,
    "wide-gamut.png": _with_profile(display_p3),
    "one-pixel.png": _plain((1, 1)),
    "strip.png": _plain((30_000, 1)),
    "post.png": _plain((1, 30_000)),
}

GOOD = {**COLOURED, **OTHERS}


def _cut(form: str, part: float, **options: object) -> Maker:
    def make(path: Path) -> None:
        data = saved(Image.effect_noise((80, 60), 80).convert("RGB"), form, **options)
        path.write_bytes(data[: int(len(data) * part)])

    return make


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""
    return png_of(2, 8, b"\0" * 9, (width, height))


def tiff_claiming(width: int, height: int) -> bytes:
    entries = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, 4),
    ]
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + table + bytes(8)


def webp_claiming(width: int, height: int) -> bytes:
    data = bytearray(saved(Image.new("RGBA", (8, 8), (9, 9, 9, 9)), "WEBP", lossless=True))
    bits = int.from_bytes(data[21:25], "little")
    bits = bits & ~0xFFFFFFF | (width - 1) | (height - 1) << 14
    return bytes(data[:21]) + bits.to_bytes(4, "little") + bytes(data[25:])


def gif_claiming(width: int, height: int) -> bytes:
    data = saved(Image.new("P", (8, 8)), "GIF")
    return data[:6] + struct.pack("<HH", width, height) + data[10:]


def png_with(*chunks: bytes) -> bytes:
    """A good picture with ``chunks`` before its pixels."""
    data = saved(quarters(), "PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def text_bomb(name: bytes) -> bytes:
    """A text of 400 MB, packed into some hundred kilobytes."""
    head = b"k\0\1\0\0\0" if name == b"iTXt" else b"k\0\0"
    return png_with(chunk(name, head + _unfolding()))


@functools.cache
def _unfolding() -> bytes:
    packing = zlib.compressobj(1)
    block = b" " * 1_000_000
    return b"".join([*(packing.compress(block) for _ in range(400)), packing.flush()])


def _wrong_checksum(path: Path) -> None:
    data = bytearray(saved(quarters(), "PNG"))
    data[29] ^= 0xFF
    path.write_bytes(data)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    # Its address may have 107 bytes, a test's folder alone has more.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


DAMAGED: dict[str, tuple[Maker, str]] = {
    "nothing.png": (lambda path: path.write_bytes(b""), "is empty (0 bytes)"),
    "words.png": (lambda path: path.write_bytes(b"just words"), "is not a picture"),
    **{
        f"cut-{int(part * 100)}.{suffix}": (_cut(form, part, **options), "is damaged")
        for form, suffix, options in (
            ("PNG", "png", {}),
            ("JPEG", "jpg", {}),
            ("WEBP", "webp", {}),
            ("TIFF", "tif", {"compression": "tiff_lzw"}),
            ("GIF", "gif", {}),
            ("BMP", "bmp", {}),
        )
        for part in (0.5, 0.9)
    },
    "cut-1.png": (_cut("PNG", 0.003), "is damaged"),
    "checksum.png": (_wrong_checksum, "is not a picture"),
    "bomb.png": (lambda path: path.write_bytes(claiming(60_000, 60_000)), "is too large"),
    "bomb.tif": (lambda path: path.write_bytes(tiff_claiming(90_000, 90_000)), "is too large"),
    "bomb.gif": (lambda path: path.write_bytes(gif_claiming(65_000, 65_000)), "is too large"),
    "unfolding.png": (lambda path: path.write_bytes(text_bomb(b"zTXt")), "holds more text"),
    "photo.png": (
        lambda path: path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99)),
        "is a HEIC picture, whatever its name says; export it as PNG",
    ),
    "drawing.png": (
        lambda path: path.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        "is an SVG drawing, whatever its name says; export it as PNG",
    ),
    "layers.png": (lambda path: path.write_bytes(b"8BPS\0\1" + bytes(99)), "Photoshop document"),
    "linear.png": (lambda path: path.write_bytes(b"v/1\x01" + bytes(99)), "OpenEXR picture"),
    "raw.tif": (
        lambda path: path.write_bytes(b"II*\0\x10\0\0\0CR\2\0" + tiff_claiming(8, 8)[8:]),
        "is a camera's raw file",
    ),
    "nowhere.png": (lambda path: path.symlink_to("gone.png"), "is a link to nowhere"),
    "round.png": (lambda path: path.symlink_to("round.png"), "leads back to itself"),
}
"""What costs a line, and what that says."""

PASSED_OVER: dict[str, tuple[Maker, str]] = {
    "pipe.png": (_fifo, "is a named pipe (take it out of the collection)"),
    "socket.png": (_socket, "is a socket (take it out of the collection)"),
    "photo.heic": (lambda path: path.write_bytes(b"?"), "is a HEIC picture (export it as PNG)"),
    "drawing.svg": (lambda path: path.write_bytes(b"<svg/>"), "is an SVG drawing (export it"),
    "photo.CR2": (lambda path: path.write_bytes(b"?"), "is a camera's raw file (develop it"),
    "layers.psd": (lambda path: path.write_bytes(b"8BPS"), "is a Photoshop document (export"),
    "linear.exr": (lambda path: path.write_bytes(b"v/1\x01"), "is an OpenEXR picture (export"),
}
"""What is no piece at all, and what is said of it."""
