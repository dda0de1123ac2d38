"""Memory is what a container grants, where that is less than the machine has."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio import memory
from dreamfolio.memory import available_memory, machine_memory

GB = 10**9
V2 = ("memory.max", "memory.current", "inactive_file")
V1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One of 64 GB, 40 of them free, whose control groups lie in ``groups``."""
    proc = tmp_path / "proc"
    (proc / "self").mkdir(parents=True)
    (proc / "meminfo").write_text(
        f"MemTotal: {64 * 10**6} kB\nMemAvailable: {40 * GB // 1024} kB\nHugePages_Total: 0\n"
    )
    monkeypatch.setattr(memory, "_PROC", proc)
    monkeypatch.setattr(memory, "_GROUPS", tmp_path / "groups")
    told = {"SC_PAGE_SIZE": 1000, "SC_PHYS_PAGES": 64 * 10**6}
    monkeypatch.setattr("os.sysconf", told.__getitem__, raising=False)
    return tmp_path


def group(
    folder: Path, limit: object, taken: int, kept: int, names: tuple[str, str, str] = V2
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / names[0]).write_text(f"{limit}\n")
    (folder / names[1]).write_text(f"{taken}\n")
    (folder / "memory.stat").write_text(f"anon 1\n{names[2]} {kept}\n")


def near(number: int) -> object:
    return pytest.approx(number, abs=1024)


def test_a_bare_machine_has_all_that_it_tells(machine: Path) -> None:
    assert machine_memory() == 64 * GB
    assert available_memory() == near(40 * GB)
    (machine / "proc/self/cgroup").write_text("0::/user.slice\n")
    group(machine / "groups/user.slice", "max", 3 * GB, 0)
    assert machine_memory() == 64 * GB
    assert available_memory() == near(40 * GB)


def test_a_container_has_what_it_is_granted_less_what_it_holds(machine: Path) -> None:
    (machine / "proc/self/cgroup").write_text("0::/\n")
    group(machine / "groups", 4 * GB, 3 * GB, kept=2 * GB)
    assert machine_memory() == 4 * GB
    assert available_memory() == 3 * GB, "files kept at hand give way"


def test_the_least_of_all_groups_around_a_process_holds(machine: Path) -> None:
    (machine / "proc/self/cgroup").write_text("0::/slice/inner\n")
    group(machine / "groups/slice/inner", "max", GB, 0)
    group(machine / "groups/slice", 8 * GB, 2 * GB, 0)
    assert (machine_memory(), available_memory()) == (8 * GB, 6 * GB)


@pytest.mark.parametrize("seen", ["", "docker/4f2a"])
def test_groups_of_the_first_version_are_read_as_well(machine: Path, seen: str) -> None:
    """Also where a container knows its group by a name that only the outside has."""
    (machine / "proc/self/cgroup").write_text("5:cpu,cpuacct:/x\n4:memory:/docker/4f2a\n")
    group(machine / "groups/memory", 2**63 - 4096, GB, 0, V1)
    group(machine / "groups/memory" / seen, 2 * GB, GB, 0, V1)
    assert (machine_memory(), available_memory()) == (2 * GB, GB)


def test_a_container_that_is_full_has_none(machine: Path) -> None:
    (machine / "proc/self/cgroup").write_text("0::/\n")
    group(machine / "groups", GB, 2 * GB, 0)
    assert available_memory() == 0


def test_where_nobody_tells_there_is_plenty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and Macs."""
    monkeypatch.setattr(memory, "_PROC", tmp_path / "none")
    monkeypatch.delattr("os.sysconf", raising=False)
    assert machine_memory() is None
    assert available_memory() > 1 << 40
