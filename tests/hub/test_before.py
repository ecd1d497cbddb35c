"""What is asked before anything is installed or handed out: a Python for all, and no course's secrets."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import before
import private
import pytest
import serve

ROOT = Path(__file__).parents[2]
root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can try as another account")


@pytest.fixture
def closed(tmp_path):
    """A Python in a folder that no other account may enter."""
    python = tmp_path / "home" / "python3"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {os.path.realpath(sys.executable)} "$@"\n')
    python.chmod(0o755)
    python.parent.chmod(0o700)
    return python


@root
def test_a_python_in_a_closed_home_is_told_in_a_sentence_before_anything_is_installed(closed, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(closed))
    monkeypatch.setattr(before.shutil, "which", lambda _: "/usr/bin/npm")
    said = before.missing()
    assert said.startswith(f"students' accounts cannot run {closed}; choose a Python that every account can read")
    assert said.count(".") - said.count(".1") - str(closed).count(".") <= 1


@root
def test_the_server_itself_tells_it_too(closed, refusal):
    assert f"students' accounts cannot run {closed}" in refusal(serve.usable, closed)


def test_it_ends_with_a_sentence_and_never_a_traceback(tmp_path):
    asked = [sys.executable, str(ROOT / "binder" / "hub" / "before.py"), str(tmp_path)]
    done = subprocess.run(asked, capture_output=True, text=True, env={"PATH": str(tmp_path)})
    assert done.returncode == 2
    assert done.stderr.startswith("make hub: ")
    assert done.stderr.count("\n") == 1


def test_a_folder_that_a_server_holds_is_known_and_a_second_one_is_not_started(tmp_path):
    assert not before.running(tmp_path)
    held = serve.hold(tmp_path)
    assert before.running(tmp_path)
    assert serve.hold(tmp_path) is None
    os.close(held)
    assert not before.running(tmp_path)
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_a_port_that_is_taken_is_told(refusal):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"port {port} cannot be had" in refusal(serve.free, "127.0.0.1", port)
    serve.free("127.0.0.1", port)
    assert "there is no port 99999" in refusal(serve.free, "127.0.0.1", 99_999)


# --- what no student may read ------------------------------------------------------------------


@pytest.fixture
def content(tmp_path):
    """A folder with a workbook, and a function that lays a file into it."""
    folder = tmp_path / "content"

    def lay(name, text=""):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    lay("00.ipynb", "{}")
    return folder, lay


SECRETS = [
    ("course.toml", 'course = "a"\nseed = "of this course"\n', "course.toml with a course's seed"),
    ("week-1/plan of spring.toml", '\ufeffseed = "x"\n', "plan of spring.toml with a course's seed"),
    ("student.toml", 'copy = "solution"\n', "student.toml with the solution copy"),
    ("student.toml", 'copy = "instructor"\n', "student.toml with the instructor copy"),
    ("student.toml", 'copy = "student"\nstudent = "s001"\n', "the copy of s001 alone"),
    ("my-course/marked/gradebook.csv", "", "my-course/marked"),
    ("my-course/handed-in/hand-in-a.json", "", "handed-in"),
    ("Roster.csv", "", "Roster.csv"),
    ("week-1/markers.json", "{}", "markers.json"),
    ("feedback-moodle.zip", "", "feedback-moodle.zip"),
    ("built/students/s001/02.ipynb", "", "built"),
    ("solutions/02.ipynb", "", "solutions"),
    ("server.key", "", "server.key"),
]


@pytest.mark.parametrize(("name", "text", "said"), SECRETS)
def test_a_content_folder_with_a_courses_secrets_is_refused(content, refusal, name, text, said):
    folder, lay = content
    lay(name, text)
    told = refusal(private.check, folder, serve.NOT_CONTENT)
    assert said in told
    assert "no student may read" in told


def test_what_is_not_handed_out_is_not_refused(content):
    folder, lay = content
    for name, text in (
        ("instructor/sample/course.toml", 'seed = "x"'),
        ("instructor/roster.csv", ""),
        (".ipynb_checkpoints/roster.csv", ""),
        ("student.toml", 'copy = "student"\nstudent = ""\n'),
        ("case.toml", "[models]\n"),
        ("odd.toml", "this is [no toml"),
        ("tasks/a.toml", 'key = "a"\n'),
    ):
        lay(name, text)
    private.check(folder, serve.NOT_CONTENT)
    private.check(ROOT / "workbooks", serve.NOT_CONTENT)


@root
def test_a_course_that_lies_open_to_accounts_is_refused_until_it_is_closed(tmp_path, refusal):
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir="/tmp") as place:  # every account enters /tmp, and nobody pytest's own folder
        Path(place).chmod(0o755)
        course = Path(place) / "course"
        for name in (
            "course.toml",
            "built/students/s001/00.ipynb",
            "built/instructor/00.ipynb",
            "built/student/00.ipynb",
        ):
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            (course / name).write_text('seed = "x"' if name == "course.toml" else "{}")
        for folder in (course / "built", course / "built" / "student"):
            said = refusal(private.check, folder)
            assert said.startswith(f"students could read {course}/")
            assert f"chmod o= {course}" in said
        (course / "course.toml").chmod(0o600)  # the seed alone is not all
        assert "students could read" in refusal(private.check, course / "built")
        course.chmod(0o750)
        for folder in (course / "built", course / "built" / "student"):
            private.check(folder)
