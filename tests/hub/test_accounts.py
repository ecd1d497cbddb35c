"""Accounts of the server's own naming: which is whose stays, names nobody, and what an account loses it gets again."""

import json
import os
import socket
import stat

import accounts
import pytest
import serve
import spawner


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with one account that is not ours; `useradd` and owners are noted, not done."""
    known = {"tumen-001": "/srv/another/run/tumen-001", "root": "/root"}

    class Entry:
        def __init__(self, name):
            self.pw_name, self.pw_dir, self.pw_uid, self.pw_gid = name, known[name], os.getuid(), os.getgid()

    def run(command):
        known[command[-1]] = command[command.index("--home-dir") + 1]

    monkeypatch.setattr(accounts.pwd, "getpwall", lambda: [Entry(name) for name in known])
    monkeypatch.setattr(accounts.pwd, "getpwnam", Entry)
    monkeypatch.setattr(accounts, "_run", run)
    monkeypatch.setattr(accounts.os, "chown", lambda *_, **__: None)
    (tmp_path / "state").mkdir()
    return known, tmp_path / "students"


def test_accounts_are_numbered_stay_whose_they_are_and_name_nobody(machine):
    known, students = machine
    made = {
        name: accounts.make(name, students).system for name in ("00710001", "S002", "student.three", "a@example.org")
    }
    assert list(made.values()) == ["tumen-002", "tumen-003", "tumen-004", "tumen-005"]
    again = {name: accounts.make(name, students).system for name in (*reversed(made), "new")}
    assert again == made | {"new": "tumen-006"}
    table = students.parent / "state" / "accounts.json"
    assert json.loads(table.read_text()) == again
    assert stat.S_IMODE(table.stat().st_mode) == 0o600
    assert not any(name in home for name in made for home in known.values())  # every account reads the machine's list
    account = accounts.find("S002", students)
    assert account.work == students / "S002" / "work"
    assert not any("S002" in str(path) for path in (account.run, account.socket, account.way))


def test_an_account_that_was_removed_is_made_again_and_one_that_is_anothers_by_now_is_not_taken(machine):
    known, students = machine
    assert accounts.make("anna", students).system == "tumen-002"
    del known["tumen-002"]
    assert accounts.make("anna", students).system == "tumen-002"
    known["tumen-002"] = "/srv/another/run/tumen-002"
    assert accounts.make("anna", students).system == "tumen-003"


def test_the_longest_name_leaves_room_for_a_kernels_socket(machine):
    _, students = machine
    account = accounts.make("s" * 64, students)
    inside = str(account.run).removeprefix(str(students.parent))
    kernel = "kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-1"
    assert serve.LONGEST + len(f"{inside}/{kernel}") <= 107


@pytest.mark.skipif(os.geteuid() != 0, reason="owners are root's to change")
def test_files_of_an_account_that_had_another_number_are_given_to_the_new_one_and_links_lead_nowhere(tmp_path):
    work, outside = tmp_path / "work", tmp_path / "outside.txt"
    (work / "inner").mkdir(parents=True)
    outside.write_text("root's")
    (work / "inner" / "mine.txt").write_text("mine")
    (work / "link").symlink_to(outside)
    (work / "folder").symlink_to(tmp_path)
    account = accounts.Account("tumen-001", 65_534, 65_534, tmp_path)
    accounts._give(work, account)
    assert (work / "inner" / "mine.txt").stat().st_uid == 65_534
    assert (work / "link").lstat().st_uid == 65_534
    assert outside.stat().st_uid == 0
    assert tmp_path.stat().st_uid == 0


@pytest.fixture
def student(tmp_path, monkeypatch):
    """An account of this process's own, with its folders."""
    account = accounts.Account("tumen-001", os.getuid(), os.getgid(), tmp_path / "students" / "anna")
    account.run.mkdir(parents=True)
    monkeypatch.chdir(account.run)  # a socket's whole name may have 107 letters
    return account


def test_the_proxys_way_leads_to_the_students_own_socket_and_stays_there(student):
    assert not spawner.reachable(student)
    with socket.socket(socket.AF_UNIX) as own, socket.socket(socket.AF_UNIX) as another:
        own.bind("server.sock")
        assert spawner.reachable(student)
        assert student.way.samefile(student.socket)
        mine = student.way.lstat().st_ino
        student.socket.unlink()
        another.bind("another.sock")
        student.socket.symlink_to(student.run / "another.sock")
        assert spawner.reachable(student)
        assert student.way.lstat().st_ino == mine


@pytest.mark.parametrize("laid", ["link", "file", "folder", "pipe", "another's"])
def test_what_is_no_socket_of_the_students_is_no_way(student, laid):
    with socket.socket(socket.AF_UNIX) as another:
        another.bind("another.sock")
        match laid:
            case "link":
                student.socket.symlink_to(student.run / "another.sock")
            case "file":
                student.socket.write_text("")
            case "folder":
                student.socket.mkdir()
            case "pipe":
                os.mkfifo(student.socket)
            case "another's":
                (student.run / "another.sock").rename(student.socket)
                student = student._replace(uid=student.uid + 1)
        assert not spawner.reachable(student)
        assert not os.path.lexists(student.way)
