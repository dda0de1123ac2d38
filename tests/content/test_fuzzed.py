"""Manifests at random are read or complained of; ``benchmarks/fuzz_manifests.py`` tries 10,000."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from helpers.fuzzed import digest_around, manifests, portfolio, try_out

EXAMPLES = 300


def test_no_manifest_makes_it_stumble_hang_or_write_elsewhere(tmp_path: Path) -> None:
    tree = portfolio(tmp_path)
    before = digest_around(tree)
    outcomes: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=20_000,
        suppress_health_check=list(HealthCheck),
    )
    @given(files=manifests())
    def tried(files: dict[str, bytes]) -> None:
        outcomes[try_out(tree, files, publish=sum(outcomes.values()) % 6 == 0)] += 1
        assert digest_around(tree) == before

    tried()
    assert outcomes["refused"] > EXAMPLES / 10
    assert outcomes["read"] > EXAMPLES / 20
    assert outcomes["published"] > 2
