"""A small course in a folder."""

import datetime as dt

import pytest
from plans import PLAN, ROSTER, TASKS


@pytest.fixture
def make_course(tmp_path):
    """A function that writes the course with other or further words where they are given, and returns its folder."""

    def call(name="course", plan=PLAN, tasks=TASKS, roster=ROSTER, top="", end=""):
        folder = tmp_path / name
        (folder / "tasks").mkdir(parents=True)
        (folder / "course.toml").write_text(top + plan + end, encoding="utf-8")
        (folder / "tasks" / "law.toml").write_text(tasks, encoding="utf-8")
        if roster is not None:
            (folder / "roster.csv").write_text(roster, encoding="utf-8")
        return folder

    return call


@pytest.fixture(autouse=True)
def graded_in_april(monkeypatch):
    """Hand-ins of these tests are looked at after the small course was due, whatever the day is."""
    monkeypatch.setattr("tumen.course.lateness.now", lambda: dt.datetime(2027, 4, 1, tzinfo=dt.UTC))
