"""Make the pictures of the README: its head, a film, and small ones of what each setting does.

Each is a variant of a render of this portfolio, dreamed small by dreamfolio itself, in a portfolio
of the moment. `python docs/make_pictures.py` puts them into `docs/pictures/`, in a few minutes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from dreamfolio.pictures.decode import decode

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"

RENDER = ROOT / "collections" / "new_normal" / "covid_6.png"
GUIDE = ROOT / "collections" / "ANN" / "DL9.png"
HEAD = ROOT / "collections" / "did_you_wash_your_hand" / "brain2.png"
HEAD_DREAMED = HEAD.with_name("brain2_motif-octopus+motif-tentacle.png")

WIDTH = 480
HEAD_SIZE = (1600, 720)
FILM = {"width": WIDTH, "frames": 36, "seconds": 4.0}
QUALITY = 82

DEPTHS = ("stage1_1", "stage2_2", "stage3_2", "stage4_1", "stage4_3", "stage5_1", "stage5_2")
NAMED = ("tentacle", "owl", "nautilus", "peacock-fan")
LAYERS = {f"layer-{layer}": {"layers": [layer]} for layer in DEPTHS}
MOTIFS = {f"motif-{motif}": {"motifs": [motif]} for motif in NAMED}
RECIPES = {
    f"recipe-{name}": {"layers": ["stage4_3"], "recipe": recipe}
    for name, recipe in {
        "classic": {"base": "classic", "step_size": 0.02, "mask": "subject"},
        "octaves": {"base": "octaves", "mask": "subject"},
        "long": {"base": "pocket", "steps": 60},
        "keep": {"base": "pocket", "color": "keep", "step_size": 0.06},
        "laplacian": {"base": "pocket", "smooth": [], "laplacian": 4},
        "guide": {"base": "pocket", "guide": "guide.png"},
        "strength": {"base": "pocket", "strength": 0.5},
    }.items()
}
MASKS = {
    f"mask-{name}": {"layers": ["stage5_1"], "recipe": {"base": "pocket", "mask": mask}}
    for name, mask in {"none": "none", "painted": "painted.png"}.items()
}
FALLING = {"falling": {"motifs": {"tentacle": 1.0, "octopus": 1.0}, "animate": FILM}}
SHOWN = {**LAYERS, **MOTIFS, **RECIPES, **MASKS}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        collection = dream(Path(folder))
        for name in SHOWN:
            save(decode(dreamed(collection, name, ".png")).convert("RGB"), name)
        shutil.copy(dreamed(collection, "falling", ".anim.webp"), PICTURES / "falling.webp")
    source = shrunk(decode(RENDER).convert("RGB"), WIDTH)
    save(source, "source")
    save(painted(source.size), "mask")
    save(head(), "head")


def dream(root: Path) -> Path:
    """All that is shown, dreamed in a portfolio at ``root``: the folder it lies in."""
    folder = root / "collections" / "shown"
    folder.mkdir(parents=True)
    source = shrunk(decode(RENDER).convert("RGB"), WIDTH)
    source.save(folder / "render.png")
    shrunk(decode(GUIDE).convert("RGB"), WIDTH).save(folder / "guide.png")
    painted(source.size).save(folder / "painted.png")
    variants = [{**how, "model": "pocket", "name": name} for name, how in (SHOWN | FALLING).items()]
    pieces: list[dict[str, Any]] = [{"source": "render.png", "variants": variants}]
    manifest = {"title": "Shown", "pieces": pieces}
    (folder / "collection.yaml").write_text(yaml.safe_dump(manifest), "utf-8")
    (root / "portfolio.yaml").write_text("title: Shown\n", "utf-8")
    subprocess.run([sys.executable, "-m", "dreamfolio", "dream", "--root", root], check=True)
    return folder


def dreamed(folder: Path, name: str, suffix: str) -> Path:
    [file] = folder.glob(f"render_*~{name}{suffix}")
    return file


def head() -> Image.Image:
    """A render at the left and its dream at the right, one passing into the other on a slant."""
    render, dream = (cropped(decode(file).convert("RGB")) for file in (HEAD, HEAD_DREAMED))
    width, height = render.size
    slant = [(width * 0.58, 0), (width, 0), (width, height), (width * 0.42, height)]
    mask = Image.new("L", render.size)
    ImageDraw.Draw(mask).polygon(slant, fill=255)
    return Image.composite(dream, render, mask.filter(ImageFilter.GaussianBlur(24)))


def cropped(picture: Image.Image) -> Image.Image:
    return ImageOps.fit(picture, HEAD_SIZE, Image.Resampling.LANCZOS)


def shrunk(picture: Image.Image, width: int) -> Image.Image:
    height = round(picture.height * width / picture.width)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def painted(size: tuple[int, int]) -> Image.Image:
    """A mask such as a hand would paint: dark at the left, light at the right."""
    return Image.linear_gradient("L").rotate(90).resize(size)


def save(picture: Image.Image, name: str) -> None:
    picture.save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
