"""Marks: full within the tolerance, half when close, nothing for a known wrong path, and the rubric's share for a text."""

import pytest
from classroom import key

from tumen.core import Problem
from tumen.course.handed import Given
from tumen.course.marking import Runs, full_marks, marked, total, with_mark
from tumen.course.plan import read_course
from tumen.course.variants import Variants
from tumen.tasks import check
from tumen.tasks.check import run_answer


@pytest.fixture
def course(make_course):
    return read_course(make_course())


@pytest.fixture
def case(course):
    return Variants(course).case("ann")


@pytest.mark.parametrize(
    ("times", "state", "points"),
    [
        (1, "right", 4),
        (1.0149, "right", 4),
        (0.9851, "right", 4),
        (1.0151, "close", 2),
        (0.91, "close", 2),
        (0.89, "wrong", 0),
        (1000, "wrong", 0),
        (-1, "wrong", 0),
        (0, "wrong", 0),
    ],
)
def test_a_number_earns_by_its_distance_from_the_students_own_key(course, case, times, state, points):
    task = course.task("law.ceiling")  # right within 1.5 per cent
    mark = marked(task, Given(times * key(course, "ann", "law.ceiling")), case)
    assert (mark.state, mark.points, mark.of) == (state, points, 4)


def test_the_key_is_of_the_students_own_case(course):
    task = course.task("law.ceiling")
    keys = {s: key(course, s, "law.ceiling") for s in ("ann", "ben")}
    assert abs(keys["ann"] / keys["ben"] - 1) > 0.015
    assert marked(task, Given(keys["ann"]), Variants(course).case("ann")).points == 4
    assert marked(task, Given(keys["ann"]), Variants(course).case("ben")).points < 4


def test_a_known_mistake_is_named(course, case):
    task = course.task("law.ceiling")
    slip = run_answer(task.mistake[0].answer, case)[0]
    mark = marked(task, Given(slip), case)
    assert (mark.state, mark.points, mark.mistake, mark.says) == ("wrong", 0, 0, "MISTAKE-OF-LAW-CEILING")


@pytest.mark.parametrize(
    ("value", "state", "points"),
    [
        ("c", "right", 3),
        (" C ", "right", 3),
        ("a", "wrong", 0),
        ("z", "unusable", 0),
        (3.0, "unusable", 0),
        ("", "missing", 0),
    ],
)
def test_a_choice_is_right_or_not(course, case, value, state, points):
    mark = marked(course.task("counting.bound"), Given(value), case)
    assert (mark.state, mark.points) == (state, points)


@pytest.mark.parametrize(
    ("typed", "state"), [("200", "wrong"), ("1,2,3", "unusable"), ("=1+1", "unusable"), ("1e999", "unusable")]
)
def test_a_number_that_came_as_words_is_read_or_said_to_be_unusable(course, case, typed, state):
    mark = marked(course.task("law.ceiling"), Given(typed), case)
    assert (mark.state, mark.points) == (state, 0)


def test_no_answer_is_no_points_and_a_text_waits(course, case):
    assert marked(course.task("law.ceiling"), None, case).state == "missing"
    assert marked(course.task("law.ceiling"), Given(None, "skipped"), case).state == "missing"
    assert marked(course.task("law.reason"), Given("  \n"), case).state == "missing"
    text = marked(course.task("law.reason"), Given("Because."), case)
    assert (text.state, text.points, text.given) == ("unread", None, "Because.")


def test_a_text_earns_its_marks_share_of_its_points(course):
    update = {"rubric": "One of 2002 (1); two (1.5); three (2.5).", "points": 10.0, "marks": 5.0}
    task = course.task("law.reason").model_copy(update=update)
    assert full_marks(task) == 5
    waiting = marked(task, Given("Because."), course.case)
    assert with_mark(waiting, task, 2.5).points == 5
    assert full_marks(course.task("law.reason")) == 4  # its points, and the best of its anchors


def test_the_total_counts_what_is_marked_and_what_waits(course, case):
    marks = {t.key: marked(t, Given("c" if t.kind == "choice" else "words"), case) for t in course.tasks()}
    assert total(marks) == (3.0, 12.0, 1)


def test_remembered_runs_give_what_runs_give_and_stay_few(course, monkeypatch):
    monkeypatch.setattr("tumen.course.marking.KEPT", 5)
    run = Runs()
    for student in [f"s{i}" for i in range(12)] * 2:
        case = Variants(course).case(student)
        for task in course.tasks():
            if task.kind == "number":
                assert run(task.answer, case)[0] == run_answer(task.answer, case)[0]
                given = 1.3 * run(task.answer, case)[0]
                assert check(task, given, case, run) == check(task, given, case)
    assert len(run._known) <= 5


def test_a_task_whose_key_fails_waits_for_a_person(course, case):
    def broken(answer, case):
        raise Problem("this model has gone.")

    mark = marked(course.task("law.ceiling"), Given(3.0), case, broken)
    assert (mark.state, mark.points) == ("broken", None)
