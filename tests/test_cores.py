"""Cores are those whose time a container grants, where they are fewer than the machine's."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio.cores import available_cores
from helpers.container import Container


@pytest.fixture
def container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Container:
    """On a machine of 16 cores."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(16)), raising=False)
    return Container(tmp_path, monkeypatch)


def test_a_bare_machine_has_all_that_it_lets_a_process_use(container: Container) -> None:
    assert available_cores() == 16
    container.belongs_to("0::/user.slice", "3:cpu,cpuacct:/")
    container.tells("user.slice", cpu__max="max 100000")
    container.tells("cpu", cpu__cfs_quota_us=-1, cpu__cfs_period_us=100000)
    assert available_cores() == 16


@pytest.mark.parametrize(("quota", "cores"), [(400000, 4), (250000, 3), (50000, 1), (9900000, 16)])
def test_a_container_has_as_many_as_its_time_keeps_busy(
    container: Container, quota: int, cores: int
) -> None:
    container.belongs_to("0::/slice/inner")
    container.tells("slice", cpu__max=f"{quota} 100000")
    assert available_cores() == cores


def test_groups_of_the_first_version_are_read_as_well(container: Container) -> None:
    container.belongs_to("4:memory:/x", "3:cpu,cpuacct:/docker/4f2a")
    container.tells("cpu", cpu__cfs_quota_us=200000, cpu__cfs_period_us=100000)
    assert available_cores() == 2
