"""What a build says of a plan that can be built: ranges, tables, rubrics, and the time zone it has to have."""

import pytest
from classroom import put, rows, work
from plans import PLAN, TASKS

from tumen.core.files import shipped
from tumen.course.assignment import said
from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.handin import read_copy
from tumen.course.lateness import due
from tumen.course.plan import read_course
from tumen.course.remarks import said_of


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("guests = { value = 40, low = 1, high = 60 }", ["the value 40", "high 60"]),
        ("guests = { low = 0.1, value = 1.4, high = 2 }", ["low 0.1"]),
        ("guests = 1.5", []),
        ("guests = { value = 1.5, low = 1.2, high = 1.8 }", []),
    ],
)
def test_a_range_beyond_the_declared_one_is_said(make_course, change, told):
    folder = make_course(end=f"{change}\n")
    found = [s for s in build(folder).notes if "beyond the declared range" in s]
    assert bool(found) == bool(told)
    for words in told:
        assert words in found[0]
        assert "charts" in found[0]
        assert "findings" in found[0]


@pytest.mark.parametrize(
    ("head", "here", "gone"), [("status", "Active", "Withdrawn"), ("Dropped", "", "yes"), ("수강상태", "수강", "철회")]
)
def test_who_left_by_the_roster_s_own_word_is_said(make_course, head, here, gone):
    folder = make_course()
    (folder / "roster.csv").write_text(f"id,name,{head}\nann,Ann,{here}\nben,Ben,{gone}\n", encoding="utf-8")
    found = [s for s in said_of(read_course(folder)) if "a copy like everybody's" in s]
    assert len(found) == 1
    assert found[0].startswith("roster.csv, line 3: ben has ")


def test_a_table_of_which_nothing_was_public_is_said(make_course):
    folder = make_course(top="as_of = 2002-05-07\n", end='[data]\narrivals = "own.csv"\n')
    head, *lines = (shipped("data") / "arrivals.csv").read_text(encoding="utf-8").splitlines()
    (folder / "own.csv").write_text("\n".join([head, *lines[:3]]), encoding="utf-8")
    course = read_course(folder)
    assert any("7 May 2002 none of the 3 rows of own.csv was public" in s for s in said_of(course))


def test_a_table_too_short_for_a_chapters_models_is_said_and_one_of_no_date_told_how_to_have_one(make_course):
    from tumen.site.handouts import write_handouts

    plan = PLAN.replace('"02-counting-the-hidden"', '"02-counting-the-hidden", "04-aid-and-flows"', 1)
    folder = make_course(top="as_of = 2002-05-07\n", plan=plan, end='[data]\narrivals = "own.csv"\n')
    head, *lines = (shipped("data") / "arrivals.csv").read_text(encoding="utf-8").splitlines()
    undated = [",".join([*line.split(",")[:-4], "", *line.split(",")[-3:]]) for line in lines[2:4]]
    (folder / "own.csv").write_text("\n".join([head, *undated]), encoding="utf-8")
    course = read_course(folder)
    said = [s for s in said_of(course) if s.startswith("data: ")]
    assert any("2 do not say since when they are: a column public" in s for s in said)
    assert any("flows.history" in s and "arrivals has no yearly figure" in s for s in said)
    assert not any("hindsight." in s for s in said)  # no chapter of this course
    assert any("04-aid-and-flows" in p.name for p in write_handouts(folder / "handouts", course))


TASK = TASKS.replace("RUBRIC-OF-LAW-REASON", "Names Suh (2002) (1); cites paragraph (3) of section 2 (1); more (1).")


def test_full_marks_are_what_a_task_declares_and_never_numbers_in_its_rubric(make_course):
    folder = make_course(tasks=TASK.replace('"a weaker one", mark = 1', '"a weaker one", mark = 0'))
    put(folder, work(folder, "ann"))
    grade(folder)
    (line,) = rows(folder / "marked/marking-sheet.csv")
    assert line["out of"] == "4"
    sheet = folder / "marked/marking-sheet.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace('"ann","",', '"ann","4",'), encoding="utf-8")
    record = next(r for r in grade(folder).records if r.student.id == "ann")
    assert record.marks["law.reason"].points == 4
    assert any("come to 2008" in s for s in said_of(read_course(folder)))


@pytest.mark.parametrize(
    ("declared", "plan", "full", "points"),
    [
        ("marks = 5", "", 5, 4),
        ("marks = 5", "points = 10", 5, 10),
        ("", "points = 10", 4, 10),
        ("points = 0", "", 4, 0),
    ],
)
def test_marks_of_a_text_stay_when_the_plan_gives_other_points(make_course, declared, plan, full, points):
    from tumen.course.marking import full_marks

    tasks = TASK.replace('points = 4\nprompt = "What does', f'{declared}\nprompt = "What does') if declared else TASK
    tasks = tasks if "points" in declared or not declared else tasks.replace(declared, f"points = 4\n{declared}")
    plan = PLAN.replace('task = "law.reason"', f'task = "law.reason"\n{plan}')
    if not points:
        plan = plan.replace('task = "law.reason"', 'task = "law.reason"\npoints = 3')
    task = read_course(make_course(tasks=tasks, plan=plan)).task("law.reason")
    assert full_marks(task) == full
    assert task.points == (points or 3)


@pytest.mark.parametrize("moment", ["2027-03-15", "2027-03-15T18:00:00"])
def test_a_plan_whose_due_has_no_zone_is_asked_for_it(make_course, moment, refusal):
    plan = PLAN.replace("2027-03-15T12:00:00Z", moment)
    if "T" in moment:
        assert 'write zone = "Asia/Seoul"' in refusal(build, make_course(plan=plan))
    else:  # a day can be read without: it ends where it ends last
        course = make_course(plan=plan)
        assert any('Write zone = "Asia/Seoul"' in note for note in build(course).notes)
        assert due(read_course(course)).isoformat() == "2027-03-15T23:59:59-12:00"
    folder = make_course("zoned", plan=plan.replace("due =", 'zone = "Asia/Seoul"\ndue ='))
    build(folder)
    assert due(read_course(folder)).isoformat() == (f"{moment}T23:59:59" if len(moment) == 10 else moment) + "+09:00"
    assert read_copy(folder / "built/students/ann").due == due(read_course(folder))
    page = (folder / "built/students/ann/assignment.ipynb").read_text(encoding="utf-8")
    assert "(Asia/Seoul)" in page


def test_a_zone_that_is_not_there_is_told_with_the_nearest(make_course, refusal):
    assert "the nearest is 'Asia/Seoul'" in refusal(read_course, make_course(top='zone = "Asia/Soul"\n'))


def test_a_due_with_its_own_zone_needs_no_other():
    import datetime as dt

    moment = dt.datetime(2027, 3, 15, 18, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert said(moment) == "15 March 2027, 18:00 UTC+09:00"
