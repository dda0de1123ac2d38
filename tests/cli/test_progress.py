"""Where stderr is no terminal, progress is plain lines, and only ours."""

from __future__ import annotations

import re

import pytest

from helpers.home import Home, clean_environment

ORBS = """\
title: Orbs
pieces:
  - source: orb_1.png
    variants: [conv_a, conv_b]
"""
LINES = [
    r"dreaming 2 variants, 4 steps",
    r"loading tiny",
    r"computing on .+, (TensorFlow|JAX|PyTorch) \S+, float32",
    r"\[1/2\] orbs/orb_1_conv_b\.png: 2 steps",
    r"\[2/2\] orbs/orb_2_conv_b\.png: 2 steps",
    r"  orbs/orb_1_conv_b\.png is written \(\d+ s\)",
    r"  orbs/orb_2_conv_b\.png is written \(\d+ s\)",
    r"variants: 2 dreamed",
    r"README\.md: 2 thumbnails written",
    r"README\.md: written",
    r"site/: \d+ files written, \d+ pictures made \(.*/site/index\.html\)",
    r"built in [0-9.]+ s",
]


def test_dreaming_build_says_these_lines_and_no_other(home: Home) -> None:
    # Long dreams tell how far they are, and on a busy machine any may be long.
    (home.root.parent / "sitecustomize.py").write_text(
        "from dreamfolio.cli import progress\nprogress._EVERY_SECONDS = 3600.0\n"
    )
    said = home.run_apart("build", env=clean_environment(PYTHONPATH=str(home.root.parent)))
    assert said.code == 0
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == len(LINES), said.err
    for pattern in LINES:
        assert [line for line in lines if re.fullmatch(pattern, line)], (pattern, said.err)


def test_a_network_that_dreams_by_several_layers_is_told_once(home: Home) -> None:
    home.write("collections/orbs/collection.yaml", ORBS)
    said = home.run("dream")
    assert said.code == 0, said.err
    assert "variants: 3 dreamed" in said.err
    assert said.err.count("loading tiny") == 1


def test_long_dream_tells_now_and_then_how_far_it_is(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.cli import progress

    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)
    said = home.run("dream")
    told = re.findall(r"^  step (\d) of 4, about \d+ s left$", said.err, re.MULTILINE)
    assert told[-1] == "4"
    assert told == sorted(told)


def test_many_pictures_for_the_site_tell_now_and_then_how_far_they_are(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.cli import progress

    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)
    home.paint("collections/orbs/orb_3.png")
    said = home.run("site")
    told = re.findall(
        r"^  picture (\d) of 3 for the site, about \d+ s left$", said.err, re.MULTILINE
    )
    assert told == ["1", "2"]


def test_failed_dream_takes_no_part_in_the_time_left(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dreamfolio.cli import progress

    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    variants: [conv_c]\n",
    )
    home.paint("collections/orbs/orb_1.png", size=(6, 6))
    said = home.run("dream")
    assert said.code == 1
    assert re.findall(r"step (\d+) of (\d+)", said.err)[-1] == ("2", "2")


def test_no_escape_codes_in_a_pipe(home: Home) -> None:
    home.write("collections/orbs/broken.png", b"no picture")
    said = home.run_apart("build")
    assert said.code == 1
    assert "\x1b" not in said.everything
    assert "\r" not in said.everything


def test_engine_that_cannot_start_lets_out_what_it_said(home: Home) -> None:
    (home.root.parent / "sitecustomize.py").write_text(
        "import os, sys\n"
        "class Broken:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'keras':\n"
        "            os.write(2, b'libcudart.so: version mismatch\\n')\n"
        "            raise RuntimeError('the driver is too old')\n"
        "sys.meta_path.insert(0, Broken())\n"
    )
    said = home.run_apart("dream", env=clean_environment(PYTHONPATH=str(home.root.parent)))
    assert said.code == 1
    assert "libcudart.so: version mismatch" in said.err
    assert "error: the engine cannot start: RuntimeError: the driver is too old; pip" in said.err
    assert "2 variants wait for it" in said.err
