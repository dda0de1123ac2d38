"""Memory is what a container grants, where that is less than the machine has."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio import memory
from dreamfolio.memory import available_memory, machine_memory
from helpers.container import Container

GB = 10**9


@pytest.fixture
def container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Container:
    """On a machine of 64 GB, 40 of which are free."""
    meminfo = tmp_path / "meminfo"
    free = 40 * GB // 1024
    meminfo.write_text(f"MemTotal: {64 * 10**6} kB\nMemAvailable: {free} kB\nHugePages_Total: 0\n")
    monkeypatch.setattr(memory, "_MEMINFO", meminfo)
    told = {"SC_PAGE_SIZE": 1000, "SC_PHYS_PAGES": 64 * 10**6}
    monkeypatch.setattr("os.sysconf", told.__getitem__, raising=False)
    return Container(tmp_path, monkeypatch)


def near(number: int) -> object:
    return pytest.approx(number, abs=1024)


def test_a_bare_machine_has_all_that_it_tells(container: Container) -> None:
    assert machine_memory() == 64 * GB
    assert available_memory() == near(40 * GB)
    container.belongs_to("0::/user.slice")
    container.tells("user.slice", memory__max="max", memory__current=3 * GB)
    assert machine_memory() == 64 * GB
    assert available_memory() == near(40 * GB)


def test_a_container_has_what_it_is_granted_less_what_it_holds(container: Container) -> None:
    container.belongs_to("0::/")
    stat = f"anon 1\ninactive_file {2 * GB}"
    container.tells("", memory__max=4 * GB, memory__current=3 * GB, memory__stat=stat)
    assert machine_memory() == 4 * GB
    assert available_memory() == 3 * GB, "files kept at hand give way"


def test_the_least_of_all_groups_around_a_process_holds(container: Container) -> None:
    container.belongs_to("0::/slice/inner")
    container.tells("slice/inner", memory__max="max", memory__current=GB)
    container.tells("slice", memory__max=8 * GB, memory__current=2 * GB)
    assert (machine_memory(), available_memory()) == (8 * GB, 6 * GB)


@pytest.mark.parametrize("seen", ["memory", "memory/docker/4f2a"])
def test_groups_of_the_first_version_are_read_as_well(container: Container, seen: str) -> None:
    """Also where a container knows its group by a name that only the outside has."""
    container.belongs_to("5:cpu,cpuacct:/x", "4:memory:/docker/4f2a")
    unlimited, stat = 2**63 - 4096, "total_inactive_file 0"
    for group, limit in (("memory", unlimited), (seen, 2 * GB)):
        container.tells(group, memory__limit_in_bytes=limit, memory__usage_in_bytes=GB)
        container.tells(group, memory__stat=stat)
    assert (machine_memory(), available_memory()) == (2 * GB, GB)


def test_a_container_that_is_full_has_none(container: Container) -> None:
    container.belongs_to("0::/")
    container.tells("", memory__max=GB, memory__current=2 * GB)
    assert available_memory() == 0


def test_where_nobody_tells_there_is_plenty(
    container: Container, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and Macs."""
    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "none")
    monkeypatch.delattr("os.sysconf", raising=False)
    assert machine_memory() is None
    assert available_memory() > 1 << 40
