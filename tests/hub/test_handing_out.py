"""Handing out workbooks: never over a student's change, corrections to the rest, and originals nobody can change."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import accounts
import classlist
import pytest
import serve
import student


@pytest.fixture
def content(tmp_path):
    source = tmp_path / "content"
    (source / "tasks").mkdir(parents=True)
    (source / "00.ipynb").write_text("first")
    (source / "02.ipynb").write_text("second")
    (source / "tasks" / "a.toml").write_text("tasks")
    (tmp_path / "work").mkdir()
    return source, tmp_path / "work"


def texts(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in folder.rglob("*")
        if p.name != student.LEDGER and p.is_file()
    }


def test_all_is_copied_and_may_be_changed(content):
    source, work = content
    for path in source.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert student.hand_out(source, work) == []
    assert texts(work) == texts(source)
    assert all(p.stat().st_mode & stat.S_IWUSR for p in work.rglob("*"))


def test_a_correction_reaches_who_changed_nothing_and_a_change_is_kept(content):
    source, work = content
    student.hand_out(source, work)
    (work / "00.ipynb").write_text("mine")
    (work / "answers.json").write_text("{}")
    for name in ("00.ipynb", "02.ipynb"):
        (source / name).write_text("corrected")
    (source / "03.ipynb").write_text("new")
    assert student.hand_out(source, work) == ["00.ipynb"]
    assert texts(work) == {"00.ipynb": "mine", "02.ipynb": "corrected", "03.ipynb": "new", "tasks/a.toml": "tasks", "answers.json": "{}"}  # fmt: skip
    (work / "00.ipynb").unlink()  # who wants a fresh copy throws the own one away
    assert student.hand_out(source, work) == []
    assert texts(work)["00.ipynb"] == "corrected"


def test_a_file_that_lay_there_before_anything_was_handed_out_is_kept(content):
    source, work = content
    (work / "02.ipynb").write_text("mine")
    assert student.hand_out(source, work) == ["02.ipynb"]
    assert student.hand_out(source, work) == ["02.ipynb"]
    assert (work / "02.ipynb").read_text() == "mine"


def test_a_spoilt_ledger_loses_no_work(content):
    source, work = content
    student.hand_out(source, work)
    (work / "02.ipynb").write_text("mine")
    (work / student.LEDGER).write_text("{spoilt")
    assert student.hand_out(source, work) == ["02.ipynb"]
    assert (work / "02.ipynb").read_text() == "mine"


def test_the_servers_copy_leaves_out_answers_cases_and_the_instructors_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "chown", lambda *_: None)
    source = tmp_path / "workbooks"
    for name in (
        "00.ipynb",
        "case.toml",
        "answers.json",
        "instructor/00.md",
        "cases/a.toml",
        "tasks/a.toml",
        "notes.html",
    ):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    serve.hand_out(source, tmp_path / "content")
    assert set(texts(tmp_path / "content")) == {"00.ipynb", "case.toml", "tasks/a.toml"}
    (source / "01.ipynb").write_text("new")
    (source / "00.ipynb").unlink()
    serve.hand_out(source, tmp_path / "content")
    assert set(texts(tmp_path / "content")) == {"01.ipynb", "case.toml", "tasks/a.toml"}
    modes = {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "content").rglob("*")}
    assert modes == {0o555, 0o444}


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A built course of two, and the owners and modes its copies are given."""
    given = {}
    monkeypatch.setattr(os, "chown", lambda path, uid, gid: given.__setitem__(path, (uid, gid)))
    for name in ("anna", "ben"):
        folder = tmp_path / "built" / "students" / name / "tasks"
        folder.mkdir(parents=True)
        (folder.parent / "assignment.ipynb").write_text(name)
        (folder / "a.toml").write_text(name)
    (tmp_path / "built" / "instructor").mkdir()
    (tmp_path / "built" / "instructor" / "key.ipynb").write_text("the key")
    return tmp_path / "built", given


def test_a_built_course_gives_each_student_the_own_copy_and_nobody_the_instructors(course, tmp_path):
    source, given = course
    class_ = {name: accounts.Account(f"tumen-{name}", n, n, tmp_path / name) for n, name in ((5, "anna"), (6, "ben"))}
    serve.hand_out(source, tmp_path / "content", class_)
    assert texts(tmp_path / "content") == {
        f"tumen-{name}/{file}": name for name in class_ for file in ("assignment.ipynb", "tasks/a.toml")
    }
    new = tmp_path / "content.new"
    assert given == {
        p: (0, class_[n].gid) for n in class_ for p in [new / f"tumen-{n}", *(new / f"tumen-{n}" / f for f in FILES)]
    }
    for path in (tmp_path / "content").glob("*/**/*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o550 if path.is_dir() else 0o440)
    assert stat.S_IMODE((tmp_path / "content" / "tumen-anna").stat().st_mode) == 0o550
    assert student.own(tmp_path / "content", "tumen-anna") == tmp_path / "content" / "tumen-anna"


FILES = ("assignment.ipynb", "tasks", "tasks/a.toml")


PLAN = """
course = "case101"
title = "Case 101"
due = 2026-11-27T18:00:00+09:00
late = "flag"
roster = "roster.csv"
workbooks = ["00-start-here"]
seed = "a-seed-for-trying-things-out-only"

[[graded]]
task = "own.reason"
"""
TASK = """
[[task]]
key = "own.reason"
kind = "text"
points = 4
prompt = "What does the ceiling leave open?"
rubric = "Names the claim (1); uses a number of the run (1); says what would change the answer (2)."
"""


def test_every_id_a_course_builds_for_is_served(tmp_path, monkeypatch):
    from tumen.course.build import build

    monkeypatch.setattr(os, "chown", lambda *_: None)
    ids = ["00710001", "S002", "student.three", "s_004"]
    (tmp_path / "tasks").mkdir()
    (tmp_path / "course.toml").write_text(PLAN)
    (tmp_path / "tasks" / "own.toml").write_text(TASK)
    (tmp_path / "roster.csv").write_text("id,name,email\n" + "".join(f"{i},Student,\n" for i in ids))
    build(tmp_path)
    names = classlist.read(tmp_path / "roster.csv")
    assert names == ids
    class_ = {name: accounts.Account(f"tumen-{n:03}", n, n, tmp_path / name) for n, name in enumerate(names, 1)}
    serve.hand_out(tmp_path / "built", tmp_path / "content", class_)
    for name, account in class_.items():
        own = student.own(tmp_path / "content", account.system)
        assert f'student = "{name}"' in (own / "student.toml").read_text()
        assert (own / "00-start-here.ipynb").is_file()


def test_a_student_for_whom_the_course_has_no_copy_is_told(course, tmp_path, refusal):
    source, _ = course
    class_ = {"choi": accounts.Account("tumen-choi", 7, 7, tmp_path / "choi")}
    said = refusal(serve.hand_out, source, tmp_path / "content", class_)
    assert "no notebooks for choi; the class list and the course's roster must agree" in said


def test_the_start_page_opens_or_else_the_first_notebook(tmp_path):
    books = tmp_path / "workbooks"
    books.mkdir()
    assert student.first_page(books) == "/voila/render/workbooks/00-start-here.ipynb"
    for name in ("b.ipynb", "a.ipynb"):
        (books / name).write_text("")
    assert student.first_page(books) == "/voila/render/workbooks/a.ipynb"
    (books / "00-start-here.ipynb").write_text("")
    assert student.first_page(books) == "/voila/render/workbooks/00-start-here.ipynb"


def test_content_of_all_is_everyones(tmp_path):
    (tmp_path / "tasks").mkdir()
    assert student.own(tmp_path, "anna") == tmp_path
    assert student.own(tmp_path, "") == tmp_path


def test_a_folder_without_workbooks_is_told(tmp_path, refusal):
    assert "there is no workbook in" in refusal(serve.hand_out, tmp_path, tmp_path / "content")


@pytest.mark.parametrize("path", ["/srv/a-folder-with-a-long-name", "/srv/closed"])
def test_a_folder_that_students_could_not_use_is_told(tmp_path, refusal, path, monkeypatch):
    monkeypatch.setattr(serve.Path, "stat", lambda self: os.stat_result((0o700, *[0] * 9)))
    said = refusal(serve.prepare, serve.Path(path), ["anna"], tmp_path)
    assert "too long a path" in said or "is closed to other accounts" in said


def test_who_is_not_root_is_told_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    asked = ["--hub", str(tmp_path), "--class-list", "class.txt", "--content", str(tmp_path)]
    assert serve.main(asked) == 2
    assert "needs root (sudo make hub)" in capsys.readouterr().err


SERVER = """import json, os, sys
from jupyterlab import labapp
print(json.dumps([sys.argv, labapp.FOUND, os.environ["PATH"], os.environ["JUPYTERHUB_DEFAULT_URL"], __name__, sys.path]))
"""


@pytest.mark.parametrize("how", [[], ["-P"]])
def test_it_becomes_the_server_and_jupyterlab_finds_no_node_meanwhile(content, tmp_path, how):
    for name, text in {
        "jupyterlab/__init__.py": "",
        "jupyterlab/labapp.py": "import shutil\nFOUND = shutil.which('node')",
        "bin/node": "#!/bin/sh",
        "bin/server": SERVER,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    environment = os.environ | {"HOME": str(content[1]), "PATH": path, "PYTHONPATH": str(tmp_path), "USER": "ann"}
    command = [sys.executable, *how, student.__file__, str(content[0]), "server", "--port=1"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    argv, found, kept, address, name, places = json.loads(ran.stdout)
    assert argv == [str(tmp_path / "bin" / "server"), "--port=1"] and name == "__main__"
    assert found is None and kept == path
    assert address == "/voila/render/workbooks/00.ipynb"
    assert str(Path(student.__file__).parent) not in places
