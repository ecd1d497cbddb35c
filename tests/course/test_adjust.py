"""adjust.csv: extensions, late days, excused, points for all, overrides and alternative tasks, in one file with reasons."""

import pytest
from classroom import book, key, put, rows, work
from plans import TASKS

from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.mark_history import Lowered
from tumen.course.plan import read_course

HEAD = "student,task,what,value,reason\n"


def adjust(folder, *lines: str, head: str = HEAD) -> None:
    (folder / "adjust.csv").write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def pages(folder, student: str) -> tuple[str, str]:
    """A student's feedback, and the class report."""
    marked = folder / "marked"
    return (marked / f"feedback/{student}.html").read_text("utf-8"), (marked / "report.html").read_text("utf-8")


@pytest.fixture
def folder(make_course):
    folder = make_course()
    put(folder, work(folder, "ann"))
    put(folder, work(folder, "ben", made="2027-03-17T10:00:00+00:00", **{"counting.bound": "a"}))
    return folder


@pytest.mark.parametrize(
    ("line", "late", "said"),
    [
        ("ben,,extension,2027-03-18,ill", "", "Due 18 March 2027"),
        ("ben,,extension,2 days,ill", "", "Due 17 March 2027, 12:00"),
        ("ben,,extension,2027-03-16 12:00,ill", "made 17 March 10:00 UTC, 22 hours late.", "Due 16 March 2027, 12:00"),
        ("all,,late days,2,by the rules", "", "2 late days allowed (by the rules)."),
        ("ben,,late days,1,", "made 17 March 10:00 UTC, 22 hours late.", "1 late day allowed."),
        ("ann,,extension,2027-03-18,ill", "made 17 March 10:00 UTC, 46 hours late.", ""),
    ],
)
def test_an_own_date_and_late_days_decide_who_is_late(folder, line, late, said):
    adjust(folder, line)
    grade(folder)
    assert book(folder)["ben"]["late"] == late
    for page in pages(folder, "ben") if said else ():
        assert said in page
    assert said in book(folder)["ben"]["exceptions"]


def test_late_days_used_are_told(folder):
    adjust(folder, "ben,,late days,2,")
    grade(folder)
    assert "Within the late days: made 17 March 10:00 UTC, 46 hours late." in book(folder)["ben"]["exceptions"]


def test_excused_counts_neither_for_nor_against(folder):
    adjust(folder, "ben,counting.bound,excused,,was away")
    grade(folder)
    ben = book(folder)["ben"]
    assert (ben["points"], ben["out of"], ben["counting.bound"]) == ("5", "9", "")
    for page in pages(folder, "ben"):
        assert "counting.bound: excused (was away)." in page
    assert not [r for r in rows(folder / "marked/to-look-at.csv") if "did not count" in r["what"]]


def test_excused_from_everything_leaves_the_forms_empty(folder):
    adjust(folder, "ben,,excused,,ill for a month")
    grade(folder)
    canvas = {r["SIS Login ID"]: r["Korea and the law of refuge"] for r in rows(folder / "marked/canvas.csv")}
    assert canvas["ben"] == ""
    assert "Everything: excused (ill for a month)." in pages(folder, "ben")[0]


def test_an_excused_students_total_is_the_same_share_of_all(folder):
    adjust(folder, "ann,law.reason,excused,,", "ben,law.reason,excused,,")
    grade(folder)
    canvas = {r["SIS Login ID"]: r["Korea and the law of refuge"] for r in rows(folder / "marked/canvas.csv")}
    assert (book(folder)["ann"]["points"], book(folder)["ann"]["out of"]) == ("8", "8")
    assert (canvas["ann"], canvas["ben"]) == ("12", "7.5")  # 8 of 8 and 5 of 8, of 12


def test_an_override_takes_the_place_of_any_mark_and_says_why(folder):
    adjust(folder, "ben,counting.bound,override,2.5,explained it in class", "ann,law.reason,override,4,read on paper")
    grade(folder)
    assert (book(folder)["ben"]["counting.bound"], book(folder)["ann"]["law.reason"]) == ("2.5", "4")
    for page in pages(folder, "ben"):
        assert "counting.bound: 2.5 of 3 points, set by your instructor (explained it in class)." in page
    log = [r for r in rows(folder / "marked/history.csv") if (r["student"], r["task"]) == ("ben", "counting.bound")]
    assert log[-1]["rule"] == "adjust.csv: override 2.5 (explained it in class)"


def test_an_override_reaches_one_who_handed_nothing_in(folder):
    adjust(folder, "cho,counting.bound,override,3,spoke with me")
    grade(folder)
    cho = book(folder)["cho"]
    assert (cho["points"], cho["counting.bound"], cho["law.ceiling"], cho["handed in (UTC)"]) == (
        "3",
        "3",
        "0",
        "nothing came",
    )
    assert "spoke with me" in pages(folder, "cho")[0]


def test_points_for_all_raise_and_never_lower(folder):
    adjust(folder, ",counting.bound,points for all,2,the question was unclear")
    grade(folder)
    assert [book(folder)[s]["counting.bound"] for s in ("ann", "ben", "cho")] == ["3", "2", ""]
    adjust(folder, ",counting.bound,points for all,,the question was unclear")
    grade(folder)
    assert [book(folder)[s]["counting.bound"] for s in ("ann", "ben", "cho")] == ["3", "3", ""]


def test_an_override_that_takes_points_waits_for_a_yes(folder):
    grade(folder)
    adjust(folder, "ann,counting.bound,override,1,copied")
    with pytest.raises(Lowered) as stop:
        grade(folder)
    assert stop.value.lines == [
        "counting.bound: 3 to 1 points for ann: the rule was “(c) is right”, and is “adjust.csv: override 1 (copied)”"
    ]


def test_an_alternative_task_is_marked_in_the_place_of_another(make_course):
    folder = make_course(tasks=TASKS)
    course = read_course(folder)
    put(folder, work(folder, "ann", **{"counting.bound": None, "law.warm_up": "a"}))
    put(
        folder,
        work(folder, "ben", **{"law.ceiling": 1.0, "counting.occupancy": key(course, "ben", "counting.occupancy")}),
    )
    adjust(
        folder, "ann,counting.bound,alternative,law.warm_up,blind", "ben,law.ceiling,alternative,counting.occupancy,"
    )
    grade(folder)
    ann, ben = book(folder)["ann"], book(folder)["ben"]
    assert (ann["counting.bound"], ann["points"], ann["to look at"]) == ("3", "8", "")
    assert ben["law.ceiling"] == "4"
    assert "counting.bound: law.warm_up in its place (blind)." in ann["exceptions"]
    assert "Which of these is a bound?" in pages(folder, "ann")[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("amy,,extension,3,", "line 2: 'amy' is not in the roster"),
        ("ann,counting.bond,excused,,", "counting.bound"),
        ("ann,counting.bound,exused,,", "excused"),
        ("ann,counting.bound,override,4,", "from 0 to 3"),
        ("ann,counting.bound,override,,", "from 0 to 3"),
        ("ann,counting.bound,override,nan,", "from 0 to 3"),
        ("all,counting.bound,override,1,", "is not in the roster"),
        ("ann,,override,1,", "is no task that counts"),
        ("ann,,extension,soon,", "neither a date"),
        ("ann,,extension,2027-02-30,", "neither a date"),
        ("ann,counting.bound,extension,3,", "leave task empty"),
        ("ann,,late days,-1,", "no number of days"),
        ("ann,counting.bound,points for all,3,", "leave student empty"),
        ("ann,counting.bound,alternative,law.warmup,", "law.warm_up"),
        ("ann,counting.bound,alternative,counting.ratio,", "prediction"),
        ("ann,counting.bound,excused,3,", "takes no value"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_in_a_sentence(folder, refusal, line, words):
    adjust(folder, line)
    said = refusal(grade, folder)
    assert said.startswith("adjust.csv, line 2: ") and words in said
    assert not (folder / "marked").exists()


def test_columns_that_are_missing_are_named(folder, refusal):
    adjust(folder, "ann,excused", head="student,what\n")
    assert "task, value, reason missing" in refusal(grade, folder)


def test_the_file_may_be_saved_by_a_spreadsheet(folder):
    (folder / "adjust.csv").write_bytes(
        "\ufeffStudent;Task;What;Value;Reason\r\nBEN;counting.bound;Override;2,5;schön erklärt\r\n;;;;\r\n".encode(
            "utf-16"
        )
    )
    build(folder)
    grade(folder)
    assert book(folder)["ben"]["counting.bound"] == "2.5"
