"""Pictures that tell, in every way their formats have, what their artist may not want told."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

WORD = "gwendolyn"
"""In every secret: the name of the user."""

SCENE = f"/home/{WORD}/attic/scene.blend"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    f'syntax-ns#"><rdf:Description stRef:filePath="{SCENE}"/></rdf:RDF></x:xmpmeta>'
).encode()


def pixels(mode: str = "RGB", size: tuple[int, int] = (32, 20)) -> Image.Image:
    """A picture no two corners of which are alike, so that turning it shows."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    image.paste((200, 30, 90), (0, 0, size[0] // 3, size[1] // 4))
    return image


def exif(orientation: int = 1) -> bytes:
    """EXIF with a path, a place and a device in it."""
    made = Image.Exif()
    made[0x010E] = SCENE
    made[0x0112] = orientation
    made[0x013C] = f"{WORD}s-laptop"
    made[0x9C9D] = f"{WORD}\0".encode("utf-16-le")
    gps = made.get_ifd(0x8825)
    gps.update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 12.0)})
    return made.tobytes()


def png(path: Path, orientation: int = 1) -> Path:
    info = PngInfo()
    info.add_text("File", f"C:\\Users\\{WORD}\\covid.blend")
    info.add_text("Note", f"see {SCENE}", zip=True)
    info.add_itxt("Comment", f"from file://{SCENE}", zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add(b"prVt", SCENE.encode())
    pixels().save(path, pnginfo=info, exif=exif(orientation), dpi=(72, 72), icc_profile=_srgb())
    with path.open("ab") as file:
        file.write(SCENE.encode())
    return path


def jpeg(path: Path, orientation: int = 1) -> Path:
    pixels().save(
        path,
        exif=exif(orientation),
        xmp=XMP,
        comment=SCENE,
        icc_profile=_srgb(),
        quality=90,
        progressive=True,
        dpi=(72, 72),
    )
    data = path.read_bytes()
    iptc = b"Photoshop 3.0\x008BIM" + SCENE.encode()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    path.write_bytes(data[:2] + segment + data[2:] + SCENE.encode())
    return path


def webp(path: Path, orientation: int = 1) -> Path:
    pixels("RGBA").save(
        path, exif=exif(orientation), xmp=XMP, icc_profile=_srgb(), lossless=True, exact=True
    )
    return path


def tiff(path: Path, orientation: int = 1) -> Path:
    tags = Image.Exif()
    tags[0x010E] = SCENE
    tags[0x0112] = orientation
    tags[700] = XMP
    pixels().save(path, exif=tags.tobytes(), tiffinfo=tags)
    return path


def gif(path: Path, orientation: int = 1) -> Path:
    """Two frames, with a comment between them and XMP, as Adobe puts it, behind."""
    frames = [pixels().quantize(8), pixels().rotate(180).quantize(8)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=80, loop=0)
    data = path.read_bytes()
    comment = b"!\xfe" + bytes([len(SCENE)]) + SCENE.encode() + b"\0"
    # Its text stands for the lengths of blocks: whatever they lead to ends within the tail.
    tail = bytes([1, *range(255, -1, -1), 0])
    second = data.rindex(b"!\xf9\x04")
    xmp = b"!\xff\x0bXMP DataXMP" + XMP + tail
    path.write_bytes(data[:second] + comment + data[second:-1] + xmp + b";" + SCENE.encode())
    return path


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def plain_png() -> bytes:
    buffer = io.BytesIO()
    pixels().save(buffer, "PNG")
    return buffer.getvalue()


def _srgb() -> bytes:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]  # without the time it was made


MAKERS = {".png": png, ".jpg": jpeg, ".webp": webp, ".tif": tiff, ".gif": gif}
