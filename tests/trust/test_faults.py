"""A disk that fails anywhere: one clear line, nothing half written, and the next build recovers.

Here one fault of each kind in each kind of place; `benchmarks/faults.py` lets all of them strike.
"""

from __future__ import annotations

from errno import EACCES, EIO, ENOENT
from pathlib import Path

import pytest

from helpers.endured import Portfolio, dreaming, faults, few
from helpers.faults import Fault


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


def test_what_cannot_be_told_just_now_is_not_taken_for_gone(tmp_path: Path) -> None:
    """Each of these once took pictures off the site, or an artist's thumbnail with it."""
    portfolio = Portfolio(tmp_path)
    for operation, file, error in (
        ("scandir", "collections", EIO),
        ("scandir", "collections/days", EACCES),
        ("stat", "portfolio.yaml", ENOENT),
        ("open", "collections/days/dreams.lock", ENOENT),
        ("open", "collections/nights/thumbs/lamp_mixed3.png.webp", EIO),
        ("open", "site/.dreamfolio.json", EIO),
    ):
        points = [
            point
            for point in portfolio.points
            if (point.operation, point.file) == (operation, file)
        ]
        assert points
        for point in points[:4]:
            endured = portfolio.endures(Fault(point, error))
            assert endured is not None
            assert endured.wrong == (), str(endured)
