"""The lines under a dream, put into a manifest, make that dream again."""

from pathlib import Path

import pytest
import yaml

from dreamfolio.content.read import read
from dreamfolio.dream.target import Target
from dreamfolio.publish.site.manifest_lines import manifest_lines
from helpers.site import picture


def lines(*targets: Target, **changes: object) -> str:
    facts: dict[str, object] = {
        "collection": "collections/fog",
        "targets": targets,
        "model": "inception_v3",
        "recipe": "classic",
        "name": None,
    }
    return manifest_lines(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("targets", "changes"),
    [
        ((Target("mixed3"),), {}),
        ((Target("mixed3"), Target("mixed5", 0.5)), {"recipe": {"base": "octaves", "steps": 7}}),
        ((Target("mixed3"),), {"name": "on second thought"}),
    ],
)
def test_they_make_the_same_dream_whatever_the_manifest_around_them_says(
    tmp_path: Path, targets: tuple[Target, ...], changes: dict[str, object]
) -> None:
    folder = tmp_path / "collections/fog"
    picture(folder / "one.png")
    (tmp_path / "portfolio.yaml").write_text("title: Dreams\n")
    written = lines(*targets, **changes)
    head = "title: Fog\nmodel: vgg16\nrecipe: preview\npieces:\n- source: one.png\n  variants:\n"
    body = "".join(f"  {line}\n" for line in written.splitlines())
    (folder / "collection.yaml").write_text(head + body)
    (variant,) = read(tmp_path).collections[0].pieces[0].variants
    assert variant.targets == targets
    assert variant.network.label == "inception_v3"
    assert variant.recipe_asked == changes.get("recipe", "classic")
    assert variant.name == changes.get("name")


def test_motifs_are_named_as_motifs() -> None:
    assert lines(Target("motif-tentacle"), Target("motif-eye", 0.5), recipe="pocket") == (
        "- motifs: {tentacle: 1.0, eye: 0.5}\n  recipe: pocket\n"
    )
    assert "layers: {stage4_3: 1.0, motif-eye: 0.5}" in lines(
        Target("stage4_3"), Target("motif-eye", 0.5)
    )


def test_a_network_of_ones_own_is_found_from_the_collection() -> None:
    (inside,) = yaml.safe_load(
        lines(Target("a"), model={"file": "networks/mine.keras", "preprocess": "unit"})
    )
    assert inside["model"] == {"file": "../../networks/mine.keras", "preprocess": "unit"}
    (outside,) = yaml.safe_load(lines(Target("a"), model={"file": "x.keras", "preprocess": None}))
    assert outside["model"] == {"file": "x.keras"}
