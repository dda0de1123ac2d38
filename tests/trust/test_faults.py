"""A disk that fails anywhere: one clear line, nothing half written, and the next build recovers.

Here one fault of each kind in each kind of place; `benchmarks/faults.py` lets all of them strike.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.endured import Portfolio, dreaming, faults, few


def test_a_build_endures_faults_of_every_kind(tmp_path: Path) -> None:
    portfolio = Portfolio(tmp_path)
    endured = [portfolio.endures(fault) for fault in few(faults(portfolio.points))]
    assert sum(one is not None for one in endured) > 40
    assert [str(one) for one in endured if one and one.wrong] == []


def test_a_build_that_dreams_endures_faults_where_dreams_are_kept(tmp_path: Path) -> None:
    pytest.importorskip("keras")
    portfolio = Portfolio(tmp_path, dreaming)
    kept = [
        point
        for point in portfolio.points
        if point.file.startswith((".dreamfolio/cache", "collections/orbs", "networks"))
        and "thumbs" not in point.file
    ]
    endured = [portfolio.endures(fault) for fault in few(faults(kept))]
    assert sum(one is not None for one in endured) > 10
    assert [str(one) for one in endured if one and one.wrong] == []
