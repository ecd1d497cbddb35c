"""What limits a student: what is written to the control groups, and that the machine keeps to it."""

import os
import subprocess
import sys
from pathlib import Path

import limits
import pytest

HERE = str(Path(limits.__file__).parent)
GIGABYTE = 2**30


def fake(root, *folders: str):
    """Folders as the kernel would make them."""
    for name in folders:
        (root / name).mkdir(parents=True, exist_ok=True)


def test_version_2_has_one_group_a_student_with_all_three_limits(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("cpuset cpu io memory pids\n")
    group = limits.Group("anna", tmp_path)
    assert group.set(GIGABYTE, 0.5, 200) == {}
    mine = tmp_path / "tumen" / "anna"
    assert (mine / "memory.max").read_text() == str(GIGABYTE)
    assert (mine / "cpu.max").read_text() == "50000 100000"
    assert (mine / "pids.max").read_text() == "200"
    for above in (tmp_path, tmp_path / "tumen"):
        assert (above / "cgroup.subtree_control").read_text() in ("+memory", "+cpu", "+pids")


def test_version_1_has_a_group_in_each_tree_below_the_servers_own(tmp_path):
    fake(tmp_path, "memory/box", "cpu", "pids")
    (tmp_path / "own").write_text("4:memory:/box\n3:cpu,cpuacct:/\n2:pids:/\n0::/\n")
    group = limits.Group("anna", tmp_path, tmp_path / "own")
    assert group.set(GIGABYTE, 2, 200) == {}
    assert (tmp_path / "memory/box/tumen/anna/memory.limit_in_bytes").read_text() == str(GIGABYTE)
    assert (tmp_path / "cpu/tumen/anna/cpu.cfs_quota_us").read_text() == "200000"
    assert (tmp_path / "pids/tumen/anna/pids.max").read_text() == "200"


def test_what_the_machine_lacks_is_told_and_the_rest_still_holds(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("cpu pids\n")
    group = limits.Group("anna", tmp_path)
    assert group.set(GIGABYTE, 1, 200) == {"memory": "this machine has no such control group"}
    assert set(group.places) == {"cpu", "pids"}
    group.join()
    assert group.members() == {os.getpid()}


def test_limits_of_a_process_hold_for_what_it_starts():
    asked = f"""
import sys; sys.path.insert(0, {HERE!r})
import limits, resource, subprocess
limits.confine({GIGABYTE}, 100)
tried = "x = bytearray({5 * GIGABYTE}); print('had it')"
print(subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True).stderr.splitlines()[-1])
print(resource.getrlimit(resource.RLIMIT_NPROC)[0], resource.getrlimit(resource.RLIMIT_CORE)[0])
"""
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["MemoryError", "100", "0"]


@pytest.fixture
def group():
    """A real control group of this machine."""
    made = limits.Group(f"test-{os.getpid()}")
    if os.geteuid() != 0 or "memory" in made.set(200 * 2**20, 1, 20):
        made.end()
        pytest.skip("a real control group needs root, and a machine whose groups can be written")
    yield made
    made.end()


def test_a_group_ends_who_takes_more_memory_and_whatever_is_left_running(group):
    joined = f"""
import sys; sys.path.insert(0, {HERE!r})
import limits, time
limits.Group({group.places["memory"].name!r}).join()
"""
    greedy = subprocess.run([sys.executable, "-c", joined + "x = bytearray(400 * 2**20)"], capture_output=True)
    assert greedy.returncode == -9
    modest = subprocess.run([sys.executable, "-c", joined + "x = bytearray(50 * 2**20)"], capture_output=True)
    assert modest.returncode == 0
    assert group.peak() > 50 * 2**20
    left = subprocess.Popen(
        [sys.executable, "-c", joined + "print(flush=True); time.sleep(60)"], stdout=subprocess.PIPE
    )
    with left:
        left.stdout.readline()
        assert group.members() == {left.pid}
        group.end()
        assert left.wait(5) == -9
    assert not any(place.exists() for place in group.places.values())
