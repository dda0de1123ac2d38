"""A manifest's slips are told with line and column, and with what was probably meant."""

from __future__ import annotations

import pytest

from helpers.portfolio import Tree

HERE = "collections/orbs/collection.yaml"


def complaints(tree: Tree, manifest: str) -> list[str]:
    """What is wrong in a manifest beside ``orb.png``, less the manifest's own path."""
    tree.collection("orbs", "orb.png", manifest=manifest)
    problems = tree.problems()
    assert all(line.startswith(HERE + ":") for line in problems), problems
    assert all("\n" not in line for line in problems)
    return [line.removeprefix(HERE + ":") for line in problems]


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("title: A\nlayer: mixed3\n", '2:1: unknown key "layer"; did you mean layers?'),
        (
            "title: A\npieces:\n  - source: orb.png\n    varaints: []\n",
            '4:5: unknown key "varaints"; did you mean variants?',
        ),
        (
            "title: A\npieces:\n- source: orb.png\n  variants:\n  - layer: mixed3\n",
            '5:5: unknown key "layer"; did you mean layers?',
        ),
        ("title: A\nrecipe: {stesp: 3}\n", '2:10: unknown key "stesp"; did you mean steps?'),
        (
            "title: A\nmodel: {file: x.keras, preproces: tf}\n",
            '2:24: unknown key "preproces"; did you mean preprocess?',
        ),
        (
            "title: A\nlayers: {random: 2, sede: 7}\n",
            '2:21: unknown key "sede"; did you mean seed?',
        ),
        (
            "title: A\nmodel: {name: vgg16, weights: x.h5, file: y}\n",
            '2:37: unknown key "file"; known here: name, weights',
        ),
        ("title: A\nTitle: B\n", '2:1: unknown key "Title"; did you mean title?'),
        ("title: A\n<<: {layers: mixed3}\n", "2:1: << is not read here; write the keys out"),
        ("title: A\n<file>: x\n", '2:1: unknown key "<file>"; '),
        ('title: A\n"lay\\ners": x\n', '2:1: unknown key "lay ers"; did you mean layers?'),
    ],
)
def test_an_unknown_key_is_told_with_the_one_meant(tree: Tree, manifest: str, said: str) -> None:
    (line,) = complaints(tree, manifest)
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("title: [A]\n", '1:8: title: input should be a valid string, not ["A"]'),
        ("title:\n", "1:7: title: input should be a valid string, not nothing"),
        ('title: ""\n', '1:8: title: string should have at least 1 character, not ""'),
        (
            "title: true\n",
            "1:8: title: input should be a valid string, not true; put it in quotes",
        ),
        ("title: A\ndescription: {a: b}\n", "2:14: description: input should be a valid string"),
        ("title: A\npieces: orb.png\n", '2:9: pieces: input should be a list, not "orb.png"'),
        ("title: A\npieces: [orb.png]\n", "2:10: pieces: input should be keys and values, not "),
        ("title: A\nlayers: 3\n", "2:9: layers are a name, a list of names, a map of names"),
        ("title: A\nlayers: {mixed3: heavy}\n", "2:18: layers.mixed3: input should be a valid "),
        ('title: A\nlayers: {mixed3: "2"}\n', "2:18: layers.mixed3: input should be a valid "),
        ("title: A\nlayers: {mixed3: true}\n", "2:18: layers.mixed3: input should be a valid "),
        ("title: A\nlayers: {mixed3: .inf}\n", "2:18: layers.mixed3: input should be a finite"),
        ("title: A\nlayers: {mixed3: .nan}\n", "2:18: layers.mixed3: input should be a finite"),
        ("title: A\nlayers: {}\n", "2:9: layers: "),
        ("title: A\nlayers: [[mixed3]]\n", "2:10: layers: input should be a valid string"),
        ("title: A\nlayers: {random: 0}\n", "2:18: layers.random: input should be greater"),
        ("title: A\nlayers: {random: two}\n", "2:18: layers.random: input should be a valid int"),
        ("title: A\nmodel: 3\n", "2:8: a model is a network's name, {file: "),
        ("title: A\nmodel: 16\n", "2:8: a model is a network's name, {file: "),
        (
            'title: A\nmodel: {file: "a\\0b.keras"}\n',
            '2:15: "a b.keras" holds the character U+0000; take it out',
        ),
        (
            "title: A\nmodel: {file: a.keras, preprocess: pytorch}\n",
            "2:36: model.preprocess: input should be 'tf', 'unit', 'torch', 'caffe' or 'none', "
            'not "pytorch"; did you mean torch?',
        ),
        ("title: A\nrecipe: 3\n", "2:9: a recipe is a name, or {base: octaves, steps: 30}"),
        ("title: A\nrecipe: clasic\n", '2:9: unknown recipe "clasic"; did you mean classic?'),
        ("title: A\nrecipe: deep\n", '2:9: unknown recipe "deep"; there are classic, octaves, pre'),
        (
            "title: A\nrecipe: {base: octave}\n",
            '2:16: unknown recipe "octave"; did you mean octaves?',
        ),
        ('title: A\nrecipe: {steps: "40"}\n', "2:17: recipe.steps: input should be a valid int"),
        ("title: A\nrecipe: {steps: true}\n", "2:17: recipe.steps: input should be a valid int"),
        ("title: A\nrecipe: {steps: 2.5}\n", "2:17: recipe.steps: input should be a valid int"),
        ("title: A\nrecipe: {steps: -1}\n", "2:17: recipe.steps: input should be greater than"),
        ("title: A\nrecipe: {steps: }\n", "2:17: recipe.steps: input should be a valid integer"),
        ("title: A\nrecipe: {scale: 1.0}\n", "2:17: recipe.scale: input should be greater than 1"),
        ("title: A\nrecipe: {mask: subjekt}\n", "2:16: recipe.mask: input should be 'none', "),
        (
            "title: A\npieces:\n- source: orb.png\n  variants: mixed3\n",
            "4:13: pieces.variants: input should be a list",
        ),
        (
            "title: A\npieces:\n- source: orb.png\n  variants: [3]\n",
            "4:14: a variant is a layer's or a picture's name, or {layers: …}",
        ),
        (
            "title: A\npieces:\n- source: orb.png\n  variants:\n  - {layers: mixed3, name: a/b}\n",
            '5:28: pieces.variants.name: "a/b" cannot be taken; begin with',
        ),
        (
            "title: A\npieces:\n- source: orb.png\n  variants:\n"
            f"  - {{layers: mixed3, name: {'ß' * 65}}}\n",
            f'5:28: pieces.variants.name: "{"ß" * 59}…" cannot be taken; begin with',
        ),
    ],
)
def test_a_wrong_value_is_told_at_its_place(tree: Tree, manifest: str, said: str) -> None:
    (line,) = complaints(tree, manifest)
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("manifest", "mend"),
    [
        ("title: A\ntags: sea\n", "; write [sea]"),
        ("title: A\npieces:\n", "; write some below it, or take the line out"),
        ("title: A\npieces:\n- orb.png\n", '; write source: "orb.png"'),
        ("title: A\nsource: orb.png\n", '"source"; write it below pieces:'),
        (
            "title: A\npieces:\n- source: orb.png\n  animate: true\n",
            '"animate"; write it below variants:',
        ),
        ("title: A\nsteps: 40\n", '"steps"; write it below recipe:'),
        (
            "title: A\npieces:\n- source: orb.png\n  variants:\n  - mask: subject\n",
            '"mask"; write it below recipe:',
        ),
        ("title: A\nrecipe: {step: 40}\n", '"step"; did you mean steps?'),
    ],
)
def test_a_slip_of_form_is_told_with_the_form(tree: Tree, manifest: str, mend: str) -> None:
    (line,) = complaints(tree, manifest)
    assert line.endswith(mend)


def test_what_a_portfolio_says_of_dreaming_is_told_its_place(tree: Tree) -> None:
    tree.write("portfolio.yaml", "title: D\nlayers: [mixed3]\n")
    tree.collection("orbs", "orb.png")
    assert tree.problem() == 'portfolio.yaml:2:1: unknown key "layers"; write it below dream:'


def test_a_value_that_fits_none_of_two_types_is_told_once(tree: Tree) -> None:
    (line,) = complaints(tree, "title: A\nrecipe: {octaves: many}\n")
    assert line == (
        "2:19: recipe.octaves: input should be a valid integer or should be 'auto', not \"many\""
    )


def test_a_number_that_may_be_left_out_is_told_as_any_other(tree: Tree) -> None:
    (line,) = complaints(tree, "title: A\nrecipe: {max_size: wide}\n")
    assert line.startswith("2:20: recipe.max_size: input should be a valid integer")


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("description: A\n", '1:1: "title" is missing; add a line title: …'),
        ("# later\n\nlayers: mixed3\n", '3:1: "title" is missing'),
        ("", '1:1: "title" is missing'),
        ("title: A\npieces:\n  - title: B\n", '3:5: "source" is missing; add a line source: …'),
        ("title: A\nmodel: {preprocess: tf}\n", '2:8: "file" is missing'),
        ("title: A\nmodel: {weights: a.h5}\n", '2:8: "name" is missing'),
    ],
)
def test_what_is_missing_is_told_where_it_belongs(tree: Tree, manifest: str, said: str) -> None:
    (line,) = complaints(tree, manifest)
    assert line.startswith(said)


@pytest.mark.parametrize("manifest", ["- a\n- b\n", "just words\n", "3\n", "[]\n", "true\n"])
def test_a_file_that_holds_no_keys_is_told(tree: Tree, manifest: str) -> None:
    (line,) = complaints(tree, manifest)
    assert line.startswith("1:1: must hold keys and values; begin with a line such as title: ")


def test_a_long_value_is_cut_in_the_message(tree: Tree) -> None:
    (line,) = complaints(tree, f"title: A\nmodel: {{file: x, preprocess: {'very ' * 80}}}\n")
    assert len(line) < 200


def test_a_text_of_several_lines_is_told_on_one(tree: Tree) -> None:
    (line,) = complaints(tree, "title: A\nrecipe: |\n  classic\n  preview\n")
    assert line.startswith('2:9: unknown recipe "classic preview')


@pytest.mark.parametrize("text", ["No", "2021", "007", "1.10", "2021-08-22", "on", "0x1F"])
def test_a_title_is_the_text_that_was_written(tree: Tree, text: str) -> None:
    tree.collection("orbs", "orb.png", manifest=f"title: {text}\n")
    assert tree.only().title == text


@pytest.mark.parametrize(
    ("portfolio", "said"),
    [
        ("titel: A\n", 'portfolio.yaml:1:1: unknown key "titel"; did you mean title?'),
        ("readme: {column: 2}\n", '1:10: unknown key "column"; did you mean columns?'),
        ("readme: {columns: 0}\n", "1:19: readme.columns: input should be greater than or equal"),
        ('readme: {columns: "2"}\n', "1:19: readme.columns: input should be a valid integer"),
        ("readme: {show: variant}\n", "did you mean variants?"),
        ("readme: {images: original}\n", "did you mean originals?"),
        ("site: {widths: []}\n", "1:16: site.widths: "),
        ("site: {widths: [480, wide]}\n", "1:22: site.widths: input should be a valid integer"),
        ("site: {widths: [orignal, 480]}\n", "1:17: site.widths: "),
        ("site: {widths: [original]}\n", "1:16: beside original, name a width in pixels"),
        ("site: {watermark: {}}\n", "1:19: a watermark is {text: © Ada} or {file: logo.png}"),
        ("site: {watermark: {texts: A}}\n", '1:20: unknown key "texts"; did you mean text?'),
        ("site: {watermark: {text: A, opacity: 2}}\n", "1:38: site.watermark.opacity: "),
        ('site: {zip: "yes"}\n', "1:13: site.zip: input should be a valid boolean"),
        ("site: {formats: [wepb]}\n", "1:18: site.formats: input should be 'webp', 'avif' or"),
        ("site: {format: [webp]}\n", '1:8: unknown key "format"; did you mean formats?'),
        ("dream: {modell: vgg16}\n", '1:9: unknown key "modell"; did you mean model?'),
        ("dream: [classic]\n", "1:8: dream: input should be keys and values"),
        ("url: example.org\n", '1:6: url: "example.org" cannot be taken; write it in full'),
        ("url: example.org\n", "write it in full, such as https://example.org/portfolio/"),
        ("url: javascript:alert(1)\n", "1:6: url: "),
        ("url: https://example.org/?page=art\n", "without ? and #"),
        ("url: https://example.org/#art\n", "without ? and #"),
        ("theme: ../../etc\n", "name a folder"),
        ("language: english please\n", "write a tag such as en or pt-BR"),
        ("language: Deutsch\n", "write a tag such as en or pt-BR"),
        ("cache:\n  - a\n", "2:3: cache: input should be a valid string"),
        (
            "cache: reference::collections/list.json\n",
            '1:8: "reference::collections/list.json" leads through one address to another; '
            "name a folder, or one address",
        ),
    ],
)
def test_a_portfolio_is_held_to_the_same(tree: Tree, portfolio: str, said: str) -> None:
    tree.write("portfolio.yaml", portfolio)
    line = tree.problem()
    assert line.startswith(("portfolio.yaml:1:", "portfolio.yaml:2:"))
    assert said in line


def test_a_hundred_problems_are_told_and_that_there_are_more(tree: Tree) -> None:
    pieces = "".join(f"- {{sourc: {i}.png, name: '//'}}\n" for i in range(3000))
    tree.collection("orbs", "orb.png", manifest=f"title: A\npieces:\n{pieces}")
    problems = tree.problems()
    assert len(problems) == 101
    assert problems[-1] == "there may be more problems; mend these first"
