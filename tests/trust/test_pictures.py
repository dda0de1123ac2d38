"""Whatever lies in a collection under a picture's name: it is dreamed right, or costs one line."""

from __future__ import annotations

import json
import os
import re
import struct
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dreamfolio.errors import PictureError
from dreamfolio.pictures import decode, limits
from dreamfolio.pictures.clean import clean
from dreamfolio.pictures.decode import SUFFIXES
from dreamfolio.pictures.encode import variant_suffix
from dreamfolio.pictures.telling import telling
from dreamfolio.publish.site import pages
from helpers import odd_pictures as odd
from helpers.apart import apart
from helpers.home import Home, Said, make_home
from helpers.secrets import chunk
from helpers.site import broken_links

pytest.importorskip("keras")
if not hasattr(os, "mkfifo"):
    pytest.skip("this system has no named pipes", allow_module_level=True)

PORTFOLIO = """\
title: Studies
dream:
  model: {file: networks/tiny.keras, preprocess: unit}
  recipe: {base: classic, steps: 1, step_size: 0.001}
  layers: [conv_a]
readme: {columns: 4, show: both, width: 32}
site: {widths: [32], zip: true}
"""
MARKED = "# Mine\n\n<!-- dreamfolio:START collection=odd -->\n<!-- dreamfolio:END -->\n"


def dream_of(name: str) -> str:
    path = Path(name)
    return f"{path.stem}_conv_a{variant_suffix(path.suffix)}"


class Built:
    """A portfolio of all of it at once, built once."""

    def __init__(self, root: Path):
        self.home: Home = make_home(root, PORTFOLIO, pictures=0)
        self.folder = root / "collections/odd"
        self.folder.mkdir(parents=True)
        for name, make in odd.GOOD.items():
            make(self.folder / name)
        for name, (make, _) in {**odd.DAMAGED, **odd.PASSED_OVER}.items():
            make(self.folder / name)
        (self.folder / "folder.png").mkdir()
        self.home.write("README.md", MARKED)
        self.before = self.sources()
        began = time.monotonic()
        self.said: Said = self.home.run("build")
        self.seconds = time.monotonic() - began

    def sources(self) -> dict[str, bytes]:
        return {name: (self.folder / name).read_bytes() for name in odd.GOOD}

    def dreamed(self, name: str) -> Image.Image:
        return decode.decode(self.folder / dream_of(name))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("odd"))


@pytest.mark.parametrize("name", odd.COLOURED)
def test_every_kind_of_picture_is_dreamed_in_its_own_colours(built: Built, name: str) -> None:
    dreamed = built.dreamed(name)
    assert dreamed.size == (odd.WIDTH, odd.HEIGHT)
    for seen, meant in zip(odd.corners(dreamed), odd.QUARTERS, strict=True):
        assert max(abs(a - b) for a, b in zip(seen, meant, strict=True)) <= 12, (seen, meant)


@pytest.mark.parametrize("name", ["sixteen-grey.png", "sixteen-grey.tif"])
def test_sixteen_bits_of_grey_are_as_bright_as_they_were(built: Built, name: str) -> None:
    for seen, level in zip(odd.corners(built.dreamed(name)), odd.grey_levels(), strict=True):
        assert max(abs(channel - level) for channel in seen) <= 4


def test_one_bit_and_the_thinnest_pictures_are_dreamed_at_their_size(built: Built) -> None:
    black_and_white = built.dreamed("one-bit.png")
    left, right = (black_and_white.getpixel((x, 8)) for x in (3, 20))
    assert min(left) > 245  # type: ignore[type-var]
    assert max(right) < 10  # type: ignore[type-var]
    for name, size in (("one-pixel", (1, 1)), ("strip", (30_000, 1)), ("post", (1, 30_000))):
        assert built.dreamed(f"{name}.png").size == size


def test_wide_colours_come_out_right_on_the_site(built: Built) -> None:
    """By the arithmetic of the two colour spaces, not by the library that does it."""

    def linear(value: np.ndarray) -> np.ndarray:
        return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)

    to_srgb = np.array([[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]])
    published, _ = sorted(
        (built.home.root / "site/pictures").glob("wide-gamut-*-24.webp"),
        key=lambda path: "conv" in path.name,
    )
    shown = odd.corners(decode.decode(published))
    assert published.read_bytes().find(b"ICCP") == -1
    for seen, colour in zip(shown, odd.QUARTERS, strict=True):
        light = np.clip(to_srgb @ linear(np.array(colour) / 255), 0, 1)
        meant = 255 * np.where(
            light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055
        )
        # A lossy format besides; unconverted, the worst of them would be 60 off.
        assert np.abs(np.array(seen) - meant).max() < 14, (seen, meant)
    assert max(abs(a - b) for a, b in zip(shown[1], odd.QUARTERS[1], strict=True)) > 25
    told = decode.header(built.folder / dream_of("wide-gamut.png"))
    assert told["icc_profile"] == decode.header(built.folder / "wide-gamut.png")["icc_profile"]


def test_what_is_wrong_costs_one_line_each_and_the_rest_is_built(built: Built) -> None:
    assert built.said.code == 1
    lines = built.said.err.splitlines()
    for name, (_, word) in odd.DAMAGED.items():
        (line,) = [one for one in lines if one.startswith("error:") and f"odd/{name}: " in one]
        assert word in line
    errors = [line for line in lines if line.startswith("error:")]
    assert len(errors) == len(odd.DAMAGED), errors
    assert f"{len(odd.DAMAGED)} failed" in built.said.err
    assert built.sources() == built.before


def test_status_tells_the_same_of_each_as_data(built: Built) -> None:
    said = built.home.run("status", "--json")
    assert said.code == 0
    variants = {Path(one["source"]).name: one for one in json.loads(said.out)["variants"]}
    assert variants.keys() == odd.GOOD.keys() | odd.DAMAGED.keys()
    assert {variants[name]["state"] for name in odd.GOOD} == {"current"}
    assert {variants[name]["state"] for name in odd.DAMAGED} == {"missing"}
    for name, (_, word) in odd.DAMAGED.items():
        assert word.partition(";")[0] in variants[name]["reason"]


def test_readme_and_site_show_every_good_picture_and_no_broken_one(built: Built) -> None:
    readme = built.home.read("README.md").decode()
    site = built.home.root / "site"
    shown = {path.stem for path in (site / "odd").glob("*.html")}
    assert broken_links(site) == []
    assert len(shown) == len(odd.GOOD) + 1
    for name in odd.GOOD:
        assert f'href="collections/odd/{pages.quote(dream_of(name))}"' in readme, name
    for name in odd.DAMAGED:
        assert f"{Path(name).stem}_conv_a" not in readme


def test_of_what_moves_or_has_pages_the_first_is_taken_with_a_word(built: Built) -> None:
    for name in ("moving.gif", "moving.webp", "moving.png"):
        assert f"odd/{name} has several frames: its first frame is dreamed" in built.said.err
    assert "odd/pages.tiff has several pages: its first page is dreamed" in built.said.err
    assert built.said.err.count(" has several ") == 4


def test_what_is_no_piece_is_named_with_what_to_do(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.cli import unshown

    assert f"{len(odd.PASSED_OVER)} files are not shown: " in built.said.err
    assert f", and {len(odd.PASSED_OVER) - 3} more" in built.said.err
    monkeypatch.setattr(unshown, "_NAMED", 99)
    said = built.home.run("status").err
    for name, (_, word) in odd.PASSED_OVER.items():
        assert f"collections/odd/{name} {word}" in said


def test_a_second_build_does_nothing_more_than_to_tell_again(built: Built) -> None:
    before = built.home.works()
    again = built.home.run("build")
    assert again.code == 1
    assert "dreamed" not in again.err
    assert built.home.works() == before


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP"])
def test_a_picture_cut_anywhere_is_whole_or_an_error(tmp_path: Path, form: str) -> None:
    data = odd.saved(odd.quarters((40, 30)), form)
    path = tmp_path / f"a.{form.lower()}"
    failed = 0
    for end in range(0, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:end])
        try:
            said = f"{decode.decode(path).size}"
        except PictureError as error:
            said = str(error)
            failed += 1
        assert said == "(40, 30)" or said.startswith(f"{path}: is ")
        assert "\n" not in said
    assert failed > 30


def test_a_limit_of_ones_own_is_named_in_the_error(tmp_path: Path) -> None:
    home = make_home(tmp_path, PORTFOLIO + "max_pixels: 400\n", pictures=1)
    home.paint("collections/orbs/small.png", size=(20, 20))
    try:
        said = home.run("build")
        assert said.code == 1
        (line,) = [one for one in said.err.splitlines() if one.startswith("error:")]
        assert line.endswith(
            "orb_1.png: is too large (24 × 20): dreamfolio takes pictures of up to 400 pixels; "
            "export it smaller, or raise max_pixels in portfolio.yaml"
        )
        assert home.states() == {"orb_1_conv_a.png": "missing", "small_conv_a.png": "current"}
        home.write("portfolio.yaml", PORTFOLIO + "max_pixels: 0\n")
        assert "portfolio.yaml:8:13: " in home.run("build").err
    finally:
        limits.allow(limits.MAX_PIXELS)


# Each would take gigabytes if it was believed; all of it runs in one process, whose memory is
# measured as the system sees it.
_BOMBS = """
import sys
from pathlib import Path
from dreamfolio.pictures import decode
from dreamfolio.pictures.clean import clean
from dreamfolio.pictures.telling import telling
from dreamfolio.errors import PictureError
from benchmarks.fuzz_pictures import peak
for path in sorted(Path(sys.argv[1]).iterdir()):
    for read in (decode.decode, decode.size, telling, clean):
        try:
            read(path)
        except PictureError as error:
            pass
    print(path.name, peak())
"""


def test_hundreds_of_spoiled_pictures_are_read_or_refused() -> None:
    """`tests/benchmarks/fuzz_pictures.py` does the same with thousands."""
    said = apart(str(Path(__file__).parents[1] / "benchmarks/fuzz_pictures.py"), "--count", "400")
    assert "undocumented errors: 0" in said
    seconds, megabytes = (
        float(re.search(rf"{what}: ([\d.]+) ", said)[1])  # type: ignore[index]
        for what in ("slowest read", "memory beyond the start")
    )
    assert seconds < 20
    assert megabytes < 200


def test_bombs_are_refused_before_they_take_memory(tmp_path: Path) -> None:
    odd.quarters().save(tmp_path / "0.png")
    sparse = {
        "1-text.png": odd.saved(odd.quarters(), "PNG")[:33] + struct.pack(">I", 2_000_000_000),
        "1-tag.tif": odd.tiff_claiming(8, 8),
        "1-riff.webp": b"RIFF" + struct.pack("<I", 4_000_000_000) + b"WEBPVP8X",
        "1-filled.jpg": odd.saved(odd.quarters(), "JPEG")[:-2],
    }
    entry = struct.pack("<HHII", 700, 1, 2_000_000_000, 200)
    head = bytearray(sparse["1-tag.tif"])
    head[8:10] = struct.pack("<H", 10)
    sparse["1-tag.tif"] = bytes(head[:118]) + entry + bytes(80)
    sparse["1-text.png"] += b"tEXtk\0"
    for name, data in sparse.items():
        with (tmp_path / name).open("wb") as file:
            file.write(data)
            file.truncate(2_100_000_000 if name != "1-filled.jpg" else 60_000_000)
    bombs = {
        "2-claims.png": odd.claiming(60_000, 60_000),
        "2-claims.gif": odd.gif_claiming(65_000, 65_000),
        "2-claims.tif": odd.tiff_claiming(90_000, 90_000),
        "3-itxt.png": odd.text_bomb(b"iTXt"),
        "3-ztxt.png": odd.text_bomb(b"zTXt"),
        "3-iccp.png": odd.text_bomb(b"iCCP"),
    }
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    ended = apart("-c", _BOMBS, str(tmp_path))
    peaks = {line.split()[0]: float(line.split()[1]) for line in ended.splitlines()}
    assert len(peaks) == 11
    assert max(peaks.values()) - peaks["0.png"] < 250, peaks


def test_a_file_that_shrinks_while_it_is_read_is_an_error_and_not_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mapped into memory, it would end the process without a word (SIGBUS)."""
    orientation = decode._orientation
    large = Image.new("RGB", (600, 400), "teal")
    for name, options in {
        "a.bmp": {},
        "a.tif": {},
        "lzw.tif": {"compression": "tiff_lzw"},
        "a.png": {},
        "a.jpg": {},
    }.items():
        path = tmp_path / name
        Image.effect_noise(large.size, 90).convert("RGB").save(path, **options)  # type: ignore[arg-type]

        def shrink(image: Image.Image, path: Path = path) -> int:
            os.truncate(path, 5000)
            return orientation(image)

        monkeypatch.setattr(decode, "_orientation", shrink)
        with pytest.raises(PictureError, match="damaged or cut short"):
            decode.decode(path)


def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    for read in (decode.decode, decode.size, decode.header, telling, clean):
        with pytest.raises(PictureError, match="is a named pipe, not a picture"):
            read(tmp_path / "a.png")


def test_a_device_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to("/dev/zero")
    with pytest.raises(PictureError, match="is a device, not a picture"):
        decode.decode(tmp_path / "a.png")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    odd.quarters().save(tmp_path / "a.png")
    (tmp_path / "a.png").chmod(0)
    with pytest.raises(PictureError, match="permission denied"):
        decode.decode(tmp_path / "a.png")


def test_scans_without_end_are_taken_apart_in_no_time(tmp_path: Path) -> None:
    data = odd.saved(odd.quarters(), "JPEG")
    scan = b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"x" * 40
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:-2] + scan * 100_000 + data[-2:])
    began = time.process_time()
    telling(path)
    assert time.process_time() - began < 20  # Each to the end of the file, they took an hour.


def test_more_metadata_than_anything_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(odd.png_with(chunk(b"tEXt", b"k\0v") * 10_001))
    with pytest.raises(PictureError, match="more than 10000 pieces of metadata"):
        telling(path)


def test_metadata_too_large_to_look_through_is_told_and_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(odd.png_with(chunk(b"tEXt", b"k\0" + b" " * 5_000_000 + b"/home/gwendolyn/a")))
    (told,) = telling(path)
    assert (told.kind, told.text) == ("path", "(more than is looked through)")
    assert b"gwendolyn" not in clean(path)


def test_suffixes_of_all_pictures_taken_are_tried_here() -> None:
    assert {Path(name).suffix for name in odd.GOOD} | {".jpeg"} == SUFFIXES
