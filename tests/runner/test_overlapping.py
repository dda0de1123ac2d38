"""Decoding, building networks, dreaming and encoding go on beside one another."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from dreamfolio.dream.networks.network import Network
from dreamfolio.runner import dreaming, run, work, writing
from dreamfolio.runner.run import Run
from helpers.home import Home

# Long enough for any machine; what is waited for comes at once, or never.
PATIENCE = 60


def test_a_source_is_decoded_while_its_network_is_built(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded, in_time = threading.Event(), []
    load, decode = dreaming.load, Run.decoded

    def slow_load(*arguments: Any, **options: Any) -> Any:
        in_time.append(decoded.wait(PATIENCE))
        return load(*arguments, **options)

    def watched(self: Run, job: Any) -> Any:
        try:
            return decode(self, job)
        finally:
            decoded.set()

    monkeypatch.setattr(dreaming, "load", slow_load)
    monkeypatch.setattr(Run, "decoded", watched)
    assert "2 dreamed" in home.run("dream").err
    assert in_time == [True]


def test_the_next_source_is_decoded_while_the_steps_of_a_network_are_traced(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracing, decoding, in_time = threading.Event(), threading.Event(), {}
    activations, decode = Network.activations, Run.decoded

    def slow_trace(self: Network, picture: Any) -> Any:
        # What is compiled is only called to be traced, and this network's but once.
        tracing.set()
        in_time["decoding"] = decoding.wait(PATIENCE)
        return activations(self, picture)

    def slow_decode(self: Run, job: Any) -> Any:
        if job.task.source == "orb_2.png":
            decoding.set()
            in_time["tracing"] = tracing.wait(PATIENCE)
        return decode(self, job)

    monkeypatch.setattr(Network, "activations", slow_trace)
    monkeypatch.setattr(Run, "decoded", slow_decode)
    assert "2 dreamed" in home.run("dream").err
    assert in_time == {"decoding": True, "tracing": True}


def test_a_dream_is_encoded_while_another_network_is_built(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n    variants: [conv_b, conv_a]\n",
    )
    second, in_time = threading.Event(), []
    loads: list[int] = []
    load, encode = dreaming.load, writing.encoded

    def watched(*arguments: Any, **options: Any) -> Any:
        loads.append(1)
        if len(loads) == 2:
            second.set()
        return load(*arguments, **options)

    def slow_encode(*arguments: Any) -> bytes:
        in_time.append(second.wait(PATIENCE))
        return encode(*arguments)

    monkeypatch.setattr(dreaming, "load", watched)
    monkeypatch.setattr(writing, "encoded", slow_encode)
    assert home.run("dream").code == 0
    assert in_time[0]
    assert {"orb_1_conv_b.png", "orb_1_conv_a.png"} <= set(home.lock("orbs"))


def test_while_one_dreams_the_next_is_decoded_and_the_last_encoded(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.paint("collections/orbs/orb_3.png", seed=3)
    second_dreams, third_is_decoded = threading.Event(), threading.Event()
    in_time: dict[str, bool] = {}
    decode, dream, encode = Run.decoded, work.dream, writing.encoded
    dreams: list[int] = []

    def watched_decode(self: Run, job: Any) -> Any:
        picture = decode(self, job)
        if job.task.source == "orb_3.png":
            third_is_decoded.set()
        return picture

    def slow_dream(*arguments: Any, **options: Any) -> Any:
        dreams.append(1)
        if len(dreams) == 2:
            second_dreams.set()
            in_time["decoded"] = third_is_decoded.wait(PATIENCE)
        return dream(*arguments, **options)

    def slow_encode(*arguments: Any) -> bytes:
        in_time.setdefault("encoded", second_dreams.wait(PATIENCE))
        return encode(*arguments)

    monkeypatch.setattr(Run, "decoded", watched_decode)
    monkeypatch.setattr(work, "dream", slow_dream)
    monkeypatch.setattr(writing, "encoded", slow_encode)
    assert "3 dreamed" in home.run("dream").err
    assert in_time == {"decoded": True, "encoded": True}


def test_the_mask_of_the_next_is_decoded_while_one_dreams(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.paint("collections/orbs/hand.png", seed=9)
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces:\n  - source: orb_1.png\n  - source: orb_2.png\n"
        "    recipe: {mask: hand.png}\n",
    )
    mask_is_decoded, in_time = threading.Event(), []
    decode, dream = run.decode, work.dream

    def watched_decode(path: Path, *arguments: Any) -> Any:
        picture = decode(path, *arguments)
        if path.name == "hand.png":
            mask_is_decoded.set()
        return picture

    def slow_dream(*arguments: Any, **options: Any) -> Any:
        in_time.append(mask_is_decoded.wait(PATIENCE))
        return dream(*arguments, **options)

    monkeypatch.setattr(run, "decode", watched_decode)
    monkeypatch.setattr(work, "dream", slow_dream)
    assert "2 dreamed" in home.run("dream").err
    assert in_time[0]
