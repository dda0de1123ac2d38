"""The JSON Schemas that ship tell an editor what the reader tells the command line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from dreamfolio.content.json_schema import FOLDER, FORMS, schema, text
from helpers.portfolio import Tree

jsonschema = pytest.importorskip("jsonschema")

VALID = [
    "title: A\n",
    "title: A\ndescription: |\n  Words.\nlayers: [activation_38]\n",
    "title: A\nlayers: mixed3\n",
    "title: A\nlayers: []\n",
    "title: A\nlayers: {mixed3: 1.0, mixed5: -2}\n",
    "title: A\nlayers: {random: 2, seed: 7}\n",
    "title: A\nlayers: {random: 2}\n",
    "title: A\nmodel: vgg16\n",
    "title: A\nmodel: {file: ../../networks/mine.keras, preprocess: torch}\n",
    "title: A\nmodel: {file: mine.keras}\n",
    "title: A\nmodel: {name: vgg16, weights: w.h5}\n",
    "title: A\nrecipe: classic\n",
    "title: A\nrecipe: {base: classic, steps: 40, mask: subject}\n",
    "title: A\nrecipe: {octaves: auto, scale: 2, seed: ~, max_size: ~}\n",
    "title: A\nrecipe: {}\n",
    "title: A\nmodel: ~\nlayers: ~\n",
    "title: A\npieces: []\n",
    "title: A\ndate: 2021\ntags: [winter]\npieces: [{source: orb.png, date: 2021-08}]\n",
    "title: A\npieces: [{source: orb.png, variants: []}]\n",
    "title: A\npieces:\n- source: orb.png\n  title: T\n  alt: B\n  description: C\n"
    "  recipe: preview\n  variants:\n  - mixed3\n  - orb_mixed5.png\n"
    "  - {layers: mixed7, name: soft one, alt: D}\n",
]

INVALID = [
    "{}",
    "[]",
    "title: [A]\n",
    'title: ""\n',
    "title: ~\n",
    "title: true\n",
    "title: A\nlayer: mixed3\n",
    "title: A\nlayers: 3\n",
    "title: A\nlayers: {}\n",
    "title: A\nlayers: {mixed3: heavy}\n",
    'title: A\nlayers: {mixed3: "1"}\n',
    "title: A\nlayers: {mixed3: true}\n",
    "title: A\nlayers: {random: 0}\n",
    "title: A\nlayers: {random: 2, mixed3: 1.0}\n",
    'title: A\nlayers: [""]\n',
    "title: A\nmodel: {}\n",
    "title: A\nmodel: {file: x, preprocess: pytorch}\n",
    "title: A\nmodel: {file: x, weights: y}\n",
    "title: A\nmodel: {weights: y}\n",
    "title: A\nrecipe: clasic\n",
    "title: A\nrecipe: {base: clasic}\n",
    'title: A\nrecipe: {steps: "40"}\n',
    "title: A\nrecipe: {steps: 2.5}\n",
    "title: A\nrecipe: {steps: true}\n",
    "title: A\nrecipe: {steps: ~}\n",
    "title: A\nrecipe: {steps: -1}\n",
    "title: A\nrecipe: {octaves: many}\n",
    "title: A\nrecipe: {mask: all}\n",
    "title: A\nrecipe: {stesp: 3}\n",
    "title: A\ndate: August\n",
    "title: A\ntags: winter\n",
    'title: A\ntags: [" "]\n',
    "title: A\npieces: [orb.png]\n",
    "title: A\npieces: [{title: B}]\n",
    "title: A\npieces: [{source: orb.png, variants: mixed3}]\n",
    "title: A\npieces: [{source: orb.png, variants: [{layer: mixed3}]}]\n",
    "title: A\npieces: [{source: orb.png, variants: [{layers: mixed3, name: a/b}]}]\n",
    "title: A\npieces: [{source: orb.png, variants: [{layers: mixed3, file: ../a.png}]}]\n",
]

VALID_PORTFOLIOS = [
    "{}",
    "title: A\nauthor: B\nurl: https://example.org/\nlanguage: pt-BR\ntheme: gallery\n",
    "theme: plain\n",
    "theme: {name: plain, measure: 40, accent: '#c2410c'}\n",
    "theme: {scheme: dark, tiles: large, accent: {light: '#000', dark: '#fff'}}\n",
    "readme: {columns: 2, images: thumbnails, show: both, sources: comment, width: 400}\n",
    "site: {widths: [480, 640, 960, 1600], formats: [webp, avif]}\n",
    "site: {widths: [480, original], zip: true, watermark: {text: © Ada, opacity: 1}}\n",
    "dream: {model: inception_v3, recipe: classic, layers: [mixed3]}\n",
    "dream: {model: {file: networks/mine.keras, preprocess: unit}}\n",
    "dream: {precision: float32, tile: 512, batch: 8}\n",
    "dream: {tile: none, batch: none}\n",
    "cache: s3://bucket/dreams\n",
]

INVALID_PORTFOLIOS = [
    "titel: A\n",
    "url: example.org\n",
    "theme: ../x\n",
    "theme: {name: a/b}\n",
    "theme: [gallery]\n",
    "theme: {accent: red}\n",
    "theme: {accent: }\n",
    "theme: {scheme: dim}\n",
    "theme: {name: plain, measure: 10}\n",
    "theme: {name: plain, measure: '40'}\n",
    "language: english please\n",
    "readme: {columns: 0}\n",
    'readme: {columns: "2"}\n',
    "readme: {columns: true}\n",
    "readme: {show: all}\n",
    "site: {widths: []}\n",
    "site: {widths: [1]}\n",
    "site: {widths: [original]}\n",
    'site: {widths: ["480"]}\n',
    "site: {formats: [png]}\n",
    "dream: {variants: []}\n",
    "dream: classic\n",
    "dream: {tile: 8}\n",
    "dream: {batch: 0}\n",
    "dream: {batch: 65}\n",
    "dream: {batch: many}\n",
    'cache: ""\n',
]


@pytest.mark.parametrize("name", FORMS)
def test_the_shipped_schema_is_the_forms_own(name: str) -> None:
    shipped = (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    assert shipped == text(name), "run python -m dreamfolio.content.json_schema"


@pytest.mark.parametrize("name", FORMS)
def test_the_schema_is_one_and_explains_every_key(name: str) -> None:
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    forms = [made, *made["$defs"].values()]
    silent = [
        (form["title"], key)
        for form in forms
        for key, described in form.get("properties", {}).items()
        if not described.get("description")
    ]
    assert silent == []


def fits(name: str, value: Any) -> bool:
    valid: bool = jsonschema.Draft202012Validator(schema(name)).is_valid(value)
    return valid


@pytest.mark.parametrize("manifest", VALID)
def test_a_good_collection_is_good_to_both(tree: Tree, manifest: str) -> None:
    manifest = manifest.replace("layers: []\n", "layers: []\npieces: []\n")
    if "vgg16" in manifest:
        tree.collection("orbs", manifest=manifest)
    else:
        tree.collection("orbs", "orb.png", manifest=manifest)
    assert tree.only().title == "A"
    assert fits("collection", yaml.safe_load(manifest))


@pytest.mark.parametrize("manifest", INVALID)
def test_a_bad_collection_is_bad_to_both(tree: Tree, manifest: str) -> None:
    tree.collection("orbs", "orb.png", manifest=manifest)
    assert tree.problems()
    assert not fits("collection", yaml.safe_load(manifest))


@pytest.mark.parametrize("manifest", VALID_PORTFOLIOS)
def test_a_good_portfolio_is_good_to_both(tree: Tree, manifest: str) -> None:
    tree.write("portfolio.yaml", manifest)
    tree.read()
    assert fits("portfolio", yaml.safe_load(manifest))


@pytest.mark.parametrize("manifest", INVALID_PORTFOLIOS)
def test_a_bad_portfolio_is_bad_to_both(tree: Tree, manifest: str) -> None:
    tree.write("portfolio.yaml", manifest)
    assert tree.problems()
    assert not fits("portfolio", yaml.safe_load(manifest))
