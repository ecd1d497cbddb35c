"""Which questions of earlier chapters are asked again."""

import pytest

from tumen.tasks.definitions import Task
from tumen.tasks.recalled import PREFIX, drawn, earlier

ORDER = ("one", "two", "three")


def task(key: str, **more) -> Task:
    return Task(key=key, kind="choice", prompt="Which?", options={"a": "this", "b": "that"}, correct="a", **more)


TASKS = {
    t.key: t for t in (task("start.a"), task("one.a"), task("one.b"), task("two.a"), task("two.b"), task("three.a"))
}


def keys(tasks) -> list[str]:
    return [t.key for t in tasks]


def given(key: str, state: str, day: int) -> dict:
    return {key: {"value": "a", "state": state, "when": f"2026-01-{day:02}T00:00:00+00:00"}}


def test_only_checked_tasks_of_chapters_before_count_the_nearest_first():
    more = {**TASKS, "one.p": task("one.p", prediction=True), "one.g": task("one.g", graded=True)}
    assert keys(earlier(ORDER, more, "three")) == ["two.a", "two.b", "one.a", "one.b", "start.a"]
    assert keys(earlier(ORDER, more, "one")) == ["start.a"]


def test_they_come_from_two_chapters_where_there_are_two():
    assert keys(drawn(earlier(ORDER, TASKS, "three"), {})) == ["two.a", "one.a"]
    assert keys(drawn([TASKS["one.a"], TASKS["one.b"]], {})) == ["one.a", "one.b"]
    assert drawn([], {}) == []


def test_what_was_not_yet_right_comes_before_what_was_right_longest_ago():
    entries = (
        given("two.a", "right", 1)
        | given("two.b", "wrong", 3)
        | given("one.a", "right", 2)
        | given("one.b", "right", 1)
    )
    assert keys(drawn(earlier(ORDER, TASKS, "three"), entries)) == ["two.b", "one.b"]


@pytest.mark.parametrize("state", ["right", "wrong"])
def test_no_question_answered_again_is_among_the_next(state):
    before = earlier(ORDER, TASKS, "three")
    entries: dict = {}
    last: list[str] = []
    for day in range(1, 12):
        now = keys(drawn(before, entries))
        assert len(now) == 2
        assert not set(now) & set(last)
        for i, key in enumerate(now):
            entries |= given(PREFIX + key, state, 2 * day + i)
        last = now
