"""Issued is issued: an instructor changes the plan in week six, and nobody's numbers move and no right answer loses a point."""

import json

import pytest
from classroom import book, notes
from hostile import text
from plans import PLAN, TASKS

from tumen.brief import models
from tumen.cli import main
from tumen.core import Case
from tumen.core.files import shipped
from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.handed import read_text
from tumen.course.handin import checksum, write_hand_in
from tumen.course.issued import Issued
from tumen.course.plan import read_course
from tumen.tasks import Answers, read_tasks
from tumen.tasks.check import run_answer

IDS = [f"s{i:02d}" for i in range(12)]
LIST = "id,name\n" + "".join(f"{i},\n" for i in IDS)
KINDER = PLAN.replace('task = "counting.guests"', 'task = "counting.guests"\nwithin = 0.05').replace(
    'task = "law.ceiling"', 'task = "law.ceiling"\nwithin = 0.05'
)
SLIP = """
  [[task.mistake]]
  answer = { model = "counting.ceiling", output = "ceiling", times = 1.01 }
  says = "ANOTHER-MISTAKE"
"""
SECOND = """
[[task]]
key = "law.who"
kind = "choice"
points = 2
prompt = "Who is bound?"
correct = "a"
options = { a = "states", b = "armies" }
"""


def copies(folder) -> dict[str, str]:
    """Every student's numbers, as their copy has them (its first line is the course's title)."""
    found = {p.name: (p / "case.toml").read_text(encoding="utf-8") for p in (folder / "built/students").iterdir()}
    return {student: text.partition("\n")[2] for student, text in sorted(found.items())}


def right(folder, student: str) -> None:
    """Answer everything right in a student's copy, as the copy's own numbers have it, and hand in."""
    copy = folder / "built/students" / student
    case, course = Case.read(copy / "case.toml", models().values()), read_course(folder)
    answers = Answers(copy)
    for key, task in ((k, t) for p in (copy / "tasks").glob("*.toml") for k, t in read_tasks(p).items() if t.graded):
        whole = course.task(key)
        if whole.kind == "number":
            answers.put(key, run_answer(whole.answer, case)[0], "recorded")
        elif whole.kind == "choice":
            answers.put(key, next(k for k, v in task.options.items() if v == whole.options[whole.correct]), "recorded")
    path = write_hand_in(copy)[0]
    made = json.loads(path.read_text(encoding="utf-8")) | {"made": "2027-03-10T12:00:00+00:00"}
    (folder / "handed-in").mkdir(exist_ok=True)
    (folder / "handed-in" / path.name).write_bytes(text(made | {"check": checksum(made)}))


def change(folder, plan=PLAN, tasks=TASKS, roster=LIST) -> None:
    (folder / "course.toml").write_text(plan, encoding="utf-8")
    (folder / "tasks/law.toml").write_text(tasks, encoding="utf-8")
    (folder / "roster.csv").write_text(roster, encoding="utf-8")


@pytest.fixture
def handed(make_course):
    """A course that was built, and in which four of twelve have handed in, all right."""
    folder = make_course(roster=LIST)
    build(folder)
    for student in IDS[:4]:
        right(folder, student)
    grade(folder)
    return folder


CHANGES = {
    "tolerance": {"plan": KINDER},
    "mistakes": {
        "tasks": TASKS.replace('  says = "MISTAKE-OF-LAW-CEILING"\n', '  says = "MISTAKE-OF-LAW-CEILING"\n' + SLIP)
    },
    "another graded task": {"plan": PLAN + '\n[[graded]]\ntask = "law.who"\n', "tasks": TASKS + SECOND},
    "another that is in the copy": {"plan": PLAN + '\n[[graded]]\ntask = "law.warm_up"\npoints = 1\n'},
    "narrower draw": {"plan": PLAN.replace("low = 0.1\nhigh = 0.3", "low = 0.15\nhigh = 0.2")},
    "a draw more": {
        "plan": PLAN + '\n[[draw]]\nmodel = "counting.ceiling"\nquantity = "household"\nlow = 3\nhigh = 4\n'
    },
    "a range": {"plan": PLAN + "hosting_share = { low = 0.05, high = 0.5 }\n"},
    "another value": {"plan": PLAN.replace("value = 3.5", "value = 3.9")},
    "another seed": {"plan": PLAN.replace("a secret nobody", "no secret nobody")},
    "due later": {"plan": PLAN.replace("2027-03-15T", "2027-03-25T")},
    "due earlier": {"plan": PLAN.replace("2027-03-15T", "2027-03-05T")},
    "title": {"plan": PLAN.replace("Korea and the law of refuge", "Refuge, in law")},
    "rubric": {"tasks": TASKS.replace("RUBRIC-OF-LAW-REASON", "Says what it leaves open (2); says why (2).")},
    "wording": {"tasks": TASKS.replace("How many fit?", "How many guests have room?")},
    "another question": {
        "tasks": TASKS.replace("How many fit?", "For how many thousands is there room?").replace(
            'output = "ceiling", within = 0.015 }', 'output = "ceiling", within = 0.015, times = 0.001 }'
        )
    },
    "terms": {"plan": PLAN + '\n[terms]\nhosts = "households"\n'},
    "two more": {"roster": "id,name\nnew1,\n" + LIST.partition("\n")[2] + "new2,\n"},
    "one less": {"roster": LIST.replace("s11,\n", "")},
}


@pytest.mark.parametrize("again", [False, True], ids=["graded", "built and graded"])
@pytest.mark.parametrize("what", CHANGES)
def test_no_number_moves_no_right_answer_loses_and_nothing_is_flagged(handed, what, again):
    before, marks = copies(handed), book(handed)
    change(handed, **CHANGES[what])
    if again:
        build(handed)
        now = copies(handed)
        assert {s: c for s, c in now.items() if s in before} == {s: c for s, c in before.items() if s in now}
    done = grade(handed)
    for student in IDS[:4]:
        new, old = book(handed)[student], marks[student]
        assert {k: new[k] for k in ("points", "late", "to look at")} == {
            k: old[k] for k in ("points", "late", "to look at")
        }
        assert float(new["points"]) == 8 and "no answer to law.reason" in new["to look at"]
    assert all(r.flags == ["no answer to law.reason."] for r in done.records if r.came)


def test_a_course_without_a_roster_keeps_its_one_copy(make_course):
    folder = make_course(plan=PLAN.replace('roster = "roster.csv"\n', ""), roster=None)
    build(folder)
    copy = folder / "built/student/case.toml"
    before = copy.read_text(encoding="utf-8")
    (folder / "course.toml").write_text(
        PLAN.replace('roster = "roster.csv"\n', "").replace("value = 3.5", "value = 3.9"), encoding="utf-8"
    )
    said = build(folder).notes
    assert copy.read_text(encoding="utf-8") == before
    assert any("the copy for all keeps the numbers, as_of and tables issued earlier" in n for n in said)


OWN_TABLE = """
[data.arrivals]
file = "mine.csv"
separator = "semicolon"
decimal = ","
columns = { "Jahr" = ["id", "period", "start_year", "end_year"], "Summe" = ["total", "men"] }
fill = { series = "main_revised", measure = "year", unit = "people", women = "", women_pct = "" }
"""


@pytest.mark.parametrize("given", ['\n[data]\narrivals = "mine.csv"\n', OWN_TABLE], ids=["a line", "a long form"])
def test_a_table_that_was_given_out_stays_whatever_becomes_of_the_file(make_course, given):
    folder = make_course(end=given)
    if "columns" in given:
        (folder / "mine.csv").write_text("Jahr;Summe\n1998;71\n1999;148\n", encoding="utf-8")
    else:
        (folder / "mine.csv").write_bytes((shipped("data") / "arrivals.csv").read_bytes())
    build(folder)
    had = {s: (folder / f"built/students/{s}/data/arrivals.csv").read_bytes() for s in ("ann", "ben")}
    assert not [n for n in build(folder).notes if "issued earlier" in n]  # nothing has changed
    right(folder, "ann")

    (folder / "mine.csv").write_bytes((folder / "mine.csv").read_bytes().replace(b"148", b"149"))
    assert [n for n in build(folder).notes if "tables issued earlier" in n]
    (folder / "course.toml").write_text(PLAN, encoding="utf-8")
    (folder / "mine.csv").unlink()
    build(folder)
    assert {s: (folder / f"built/students/{s}/data/arrivals.csv").read_bytes() for s in had} == had
    assert "data" in (folder / "built/students/ann/case.toml").read_text(encoding="utf-8")
    grade(folder)
    assert book(folder)["ann"]["points"] == "8"

    build(folder, redraw=["ben"])
    assert not (folder / "built/students/ben/data").exists()


def test_of_two_tables_with_the_same_numbers_a_hand_in_is_marked_by_the_one_of_its_copy(make_course):
    plan = PLAN.replace('roster = "roster.csv"\n', "")
    folder = make_course(plan=plan, roster=None, end='\n[data]\narrivals = "mine.csv"\n')
    (folder / "mine.csv").write_bytes(first := (shipped("data") / "arrivals.csv").read_bytes())
    one = build(folder).digest
    (folder / "mine.csv").write_bytes(first.replace(b",148,", b",149,"))
    two = build(folder, redraw=[""]).digest
    issued = Issued(read_course(folder))
    (mark,) = {mark for mark, _ in issued.marks()}
    found = [(folder / issued.case("", mark, name).data["arrivals"]).read_bytes() for name in (one, two)]
    assert found[0] == first and found[1] == (folder / "mine.csv").read_bytes() != first


def test_a_table_that_was_given_out_and_is_missing_stops_the_build_in_a_sentence(make_course, refusal):
    folder = make_course(end='\n[data]\narrivals = "mine.csv"\n')
    (folder / "mine.csv").write_bytes((shipped("data") / "arrivals.csv").read_bytes())
    build(folder)
    for kept in (folder / "issued").iterdir():
        kept.unlink()
    assert "arrivals" in (said := refusal(build, folder)) and "put it back from a copy" in said


def test_feedback_prints_what_the_student_was_asked(handed):
    change(handed, tasks=TASKS.replace("How many fit?", "How many guests have room?"))
    build(handed)
    right(handed, IDS[10])
    grade(handed)
    old, new = ((handed / f"marked/feedback/{s}.html").read_text(encoding="utf-8") for s in (IDS[0], IDS[10]))
    assert "How many fit?" in old and "have room" not in old
    assert "have room" in new and "How many fit?" not in new


def test_a_key_that_was_wrong_can_be_mended_for_those_who_were_asked_the_same(handed):
    change(handed, tasks=TASKS.replace('output = "ceiling", within', 'output = "ceiling", times = 2, within'))
    grade(handed, yes=True)
    assert float(book(handed)[IDS[0]]["law.ceiling"]) < 4


def test_letters_that_change_places_keep_their_words(make_course):
    tasks = TASKS.replace('key = "law.warm_up"\nkind = "choice"', 'key = "law.warm_up"\nkind = "choice"\npoints = 1')
    folder = make_course(plan=PLAN + '\n[[graded]]\ntask = "law.warm_up"\n', tasks=tasks)
    build(folder)
    right(folder, "ann")
    (folder / "tasks/law.toml").write_text(
        tasks.replace('{ a = "a ceiling", b = "a census" }', '{ a = "a census", b = "a ceiling" }').replace(
            'correct = "a"', 'correct = "b"'
        ),
        encoding="utf-8",
    )
    build(folder)
    right(folder, "ben")
    grade(folder)
    assert [book(folder)[s]["law.warm_up"] for s in ("ann", "ben")] == ["1", "1"]


def test_new_numbers_come_only_on_request_and_the_old_copy_is_still_marked_by_its_own(handed):
    before = copies(handed)
    change(handed, plan=PLAN.replace("low = 0.1\nhigh = 0.3", "low = 0.15\nhigh = 0.2"))
    said = build(handed).notes
    assert any("12 students keep the numbers, as_of and tables issued earlier" in n for n in said)
    assert copies(handed) == before
    build(handed, redraw=["s00", "s09"])
    now = copies(handed)
    assert {s for s in now if now[s] != before[s]} == {"s00", "s09"}
    build(handed)
    assert copies(handed) == now  # and what was drawn anew is issued as well
    grade(handed)
    assert (book(handed)["s00"]["points"], book(handed)["s00"]["to look at"]) == ("8", "no answer to law.reason.")
    right(handed, "s00")
    grade(handed)
    assert book(handed)["s00"]["points"] == "8"


def test_drawing_again_by_the_same_plan_gives_other_numbers(handed):
    before = copies(handed)
    build(handed, redraw=["s03"])
    now = copies(handed)
    assert {s for s in now if now[s] != before[s]} == {"s03"}


def test_what_was_issued_is_never_guessed_where_its_file_is_spoilt(handed, refusal):
    path = handed / "issued.json"
    for spoilt in (
        "",
        "{",
        "[]",
        '{"format": "tumen issued", "version": 9}',
        path.read_text("utf-8").replace('"builds"', '"b"'),
    ):
        path.write_text(spoilt, encoding="utf-8")
        for do in (build, grade):
            assert "issued.json cannot be used" in refusal(do, handed)


def test_a_course_built_before_this_was_kept_takes_over_what_lies_in_its_copies(handed):
    before = copies(handed)
    (handed / "issued.json").unlink()
    change(handed, plan=PLAN.replace("low = 0.1\nhigh = 0.3", "low = 0.15\nhigh = 0.2"))
    build(handed)
    assert copies(handed) == before
    grade(handed)
    assert book(handed)["s00"]["points"] == "8"


def test_a_hand_in_from_a_copy_that_was_never_issued_is_flagged(handed):
    path = handed / "handed-in/hand-in-korea-301-s00.json"
    path.write_text(path.read_text(encoding="utf-8").replace(read_text(path.read_bytes()).build, "000000000000"))
    grade(handed)
    assert "it was made in a copy that this course never issued." in book(handed)["s00"]["to look at"]


def test_who_has_which_numbers_can_be_looked_up_and_the_seed_cannot(handed):
    words = (handed / "issued.json").read_text(encoding="utf-8")
    assert "a secret nobody" not in words
    assert set(json.loads(words)["students"]) == set(IDS)
    assert len([line for line in words.splitlines() if line.startswith(' "s')]) == 12


def test_students_who_were_asked_less_are_told_of_and_get_the_same_share(handed):
    change(handed, plan=PLAN + '\n[[graded]]\ntask = "law.who"\n', tasks=TASKS + SECOND)
    grade(handed)
    said = [n for n in notes(handed) if "law.who did not count in the copy that s00, s01, s02, s03 worked" in n]
    assert len(said) == 1
    assert book(handed)["s00"]["out of"] == "12"


def test_a_redraw_says_whom_it_touches_and_waits_for_a_yes(handed, capsys):
    before = copies(handed)
    assert main(["course", "build", str(handed), "--redraw", "all"]) == 2
    said = capsys.readouterr().err
    assert "12 students" in said and "4 of whom have handed in (s00, s01, s02, s03)" in said and "--yes" in said
    assert copies(handed) == before
    assert main(["course", "build", str(handed), "--redraw", "s00,s11", "--yes"]) == 0
    assert "2 students get new numbers, 1 of whom has handed in (s00)" in capsys.readouterr().out
    assert {s for s, c in copies(handed).items() if c != before[s]} == {"s00", "s11"}
    assert main(["course", "build", str(handed), "--redraw", "s99", "--yes"]) == 2
    assert "s99" in capsys.readouterr().err
