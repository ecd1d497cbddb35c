"""Handing out workbooks: never over a student's change, corrections to the rest, and originals nobody can change."""

import os
import stat

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


def test_a_folder_without_workbooks_is_told(tmp_path, refusal):
    assert "there is no workbook in" in refusal(serve.hand_out, tmp_path, tmp_path / "content")


@pytest.mark.parametrize("path", ["/srv/a-folder-with-a-long-name", "/root/tumen"])
def test_a_folder_that_students_could_not_use_is_told(tmp_path, refusal, path, monkeypatch):
    monkeypatch.setattr(serve.Path, "stat", lambda self: os.stat_result((0o700, *[0] * 9)))
    said = refusal(serve.prepare, serve.Path(path), ["anna"], tmp_path)
    assert "too long a path" in said or "is closed to other accounts" in said


def test_who_is_not_root_is_told_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    asked = ["--hub", str(tmp_path), "--class-list", "class.txt", "--content", str(tmp_path)]
    assert serve.main(asked) == 2
    assert "needs root (sudo make hub)" in capsys.readouterr().err
