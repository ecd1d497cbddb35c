"""course.toml: what it gives, and that every slip is told with file, key and the nearest valid name."""

import datetime as dt

import pytest
from plans import PLAN, SEED, TASKS

from tumen.core.files import shipped
from tumen.course.plan import read_course


def test_every_part_of_a_course_is_read(make_course):
    course = read_course(make_course())
    assert (course.course, course.title) == ("korea-301", "Korea and the law of refuge")
    assert course.starts == dt.date(2027, 3, 1)
    assert course.due == dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
    assert course.workbooks == ("00-start-here", "02-counting-the-hidden")
    assert [t.key for t in course.tasks()] == ["counting.guests", "counting.bound", "law.ceiling", "law.reason"]
    assert [t.points for t in course.tasks()] == [1, 3, 4, 4]
    assert [s.id for s in course.students] == ["ann", "ben", "cho"]
    household = course.overrides["counting.ceiling"]["household"]
    assert (household.value, household.control) == (3.5, "locked")
    assert course.task("law.reason").anchors[0].mark == 4
    hosts, share = course.draws
    assert (hosts.low, hosts.high, hosts.step) == (1_300_000, 1_920_000, 1000)  # the declared range
    assert (share.low, share.high, share.step) == (0.1, 0.3, 0.002)


def test_a_seed_is_never_shown(make_course):
    assert SEED not in repr(read_course(make_course()))


def test_a_graded_tolerance_is_the_courses(make_course):
    folder = make_course(plan=PLAN.replace('task = "law.ceiling"', 'task = "law.ceiling"\nwithin = 0.2'))
    course = read_course(folder)
    assert course.task("law.ceiling").answer.within == 0.2
    assert course.task("counting.occupancy").answer.within == 0.015  # not graded here: the package's own


def test_an_own_task_stands_before_the_packages(make_course):
    tasks = TASKS.replace("law.warm_up", "counting.overlap")
    assert read_course(make_course(tasks=tasks)).task("counting.overlap").prompt == "Which of these is a bound?"


def test_with_no_workbook_named_every_one_is_in(make_course):
    course = read_course(make_course(plan=PLAN.replace('workbooks = ["00", "02-counting-the-hidden"]', "")))
    assert course.workbooks == tuple(sorted(p.stem for p in shipped("workbooks").glob("*.ipynb")))


SLIPS = [
    ('titel = "x"\n', "", ["'titel'", "'title'"]),
    ("", '[[graded]]\ntsk = "law.reason"\n', ["graded entry 5", "'tsk'", "'task'"]),
    ("", '[[graded]]\ntask = "law.reson"\n', ["graded entry 5", "'law.reson'", "'law.reason'"]),
    ("", '[[graded]]\ntask = "law.reason"\n', ["graded entry 5", "law.reason", "twice"]),
    ("", '[[graded]]\ntask = "counting.ratio"\n', ["counting.ratio", "prediction"]),
    ("", '[[graded]]\ntask = "law.warm_up"\n', ["law.warm_up", "points"]),
    ("", '[[graded]]\ntask = "counting.mind"\npoints = 0\n', ["graded entry 5.points", "greater than 0"]),
    ("", '[[graded]]\ntask = "counting.mind"\npoints = 2\nwithin = 0.1\n', ["within", "number"]),
    ('tasks_off = ["counting.gues"]\n', "", ["tasks_off", "'counting.guests'"]),
    ('tasks_off = ["counting.guests"]\n', "", ["counting.guests", "tasks_off"]),
    ("", '[leave_out]\n"03-crisis" = ["x"]\n', ["leave_out", "'03-crisis'"]),
    ("", '[terms]\n"Korean Chinese" = " "\n', ["terms"]),
    ("", "[models.counting.ceiling.hosts]\nlow = 2\nhigh = 1\n", ["models", "hosts", "low below its high"]),
    ("", "[models.counting.ratio]\nhostz = 2\n", ["models", "'hostz'", "'hosts'"]),
    ("", '[models.counting.ratio]\nhosts = { control = "shut" }\n', ["hosts", "open, locked, hidden"]),
    ("", "[models.countin.ratio]\nhosts = 2\n", ["'countin'", "'counting'"]),
    ("", '[[draw]]\nmodel = "counting.stock"\nquantity = "inflo"\n', ["draw entry 3", "'inflo'", "'inflow'"]),
    ("", '[[draw]]\nmodel = "counting.stock"\nquantity = "stay"\nhigh = 99\n', ["draw entry 3", "99", "from"]),
    ("", '[[draw]]\nmodel = "counting.pool"\nquantity = "points"\n', ["draw entry 3", "list"]),
    ("", '[[draw]]\nmodel = "counting.ceiling"\nquantity = "hosts"\n', ["hosts", "drawn twice"]),
    ("", '[[extra]]\ntask = "law.warmup"\n', ["extra entry 1", "'law.warm_up'"]),
    ("", '[[extra]]\ntask = "law.warm_up"\nafter = "Words"\n', ["extra entry 1", "workbook"]),
    ("", '[data]\narrivals = "none.csv"\n', ["data", "'none.csv'", "no such file"]),
    ("", '[data]\narrival = "none.csv"\n', ["data", "'arrivals'"]),
    ("", "[sensitivity]\ntestimonies = false\n", ["'testimonies'", "sensitivity", "'testimony'"]),
    ("as_of = 12\n", "", ["as_of", "2027-03-15"]),
    ('late = "maybe"\n', "", ["late", "'accept' or 'flag'"]),
    ("nbgrader = 3\n", "", ["nbgrader"]),
    ('nbgrader = "often"\n', "", ["nbgrader", "true or false"]),
    ('tasks_off = "counting.guests"\n', "", ["tasks_off", "a list in square brackets"]),
    ("", "[terms]\nChina = 3\n", ["terms.China", "words in quotes"]),
    ("", '[leave_out]\n"02" = "Words"\n', ["leave_out.02", "a list in square brackets"]),
    ("", '[[graded]]\ntask = "counting.mind"\npoints = "two"\n', ["graded entry 5.points", "a number, without quotes"]),
    ("", '[[graded]]\ntask = "counting.mind"\npoints = nan\n', ["graded entry 5.points", "1000"]),
]


@pytest.mark.parametrize(("top", "end", "words"), SLIPS, ids=[s[0] + s[1] for s in SLIPS])
def test_a_slip_is_told_with_file_key_and_what_is_valid(top, end, words, make_course, refusal):
    sentence = refusal(read_course, make_course(top=top, end=end))
    assert sentence.startswith("course.toml: ")
    for word in words:
        assert word in sentence


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('course = "korea-301"', 'course = "../up"', ["course:", "letters, digits"]),
        ('course = "korea-301"', "", ["course is missing"]),
        (SEED, "short", ["seed", "16"]),
        (f'seed = "{SEED}"', "", ["seed is missing"]),
        (SEED, "aaaaaaaaaaaaaaaaaaaaaaaaa", ["seed is easily guessed"]),
        (SEED, " " * 20, ["seed is easily guessed"]),
        ("and the law of refuge", "\\nand a line", ["title", "one line"]),
        ("and the law of refuge", "\\u202eand", ["title", "one line"]),
        ("step = 1000", "step = 5e-324", ["draw entry 1", "parts the range"]),
        ("step = 1000", "step = 0.01", ["draw entry 1", "parts the range"]),
        ("2027-03-15T12:00:00Z", "2027-02-01", ["due", "2027-02-01", "starts"]),
        ('"00", ', '"00", "2-counting", ', ["workbooks", "'2-counting'", "'02-counting-the-hidden'"]),
        ("step = 1000", "step = 900000", ["draw entry 1", "step"]),
        ("high = 0.3", "high = 0.3\nstep = -1", ["draw entry 2.step", "greater than 0"]),
    ],
)
def test_a_spoilt_line_is_told(old, new, words, make_course, refusal):
    assert PLAN.count(old) == 1
    sentence = refusal(read_course, make_course(plan=PLAN.replace(old, new)))
    for word in ["course.toml: ", *words]:
        assert word in sentence


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('key = "law.warm_up"', 'key = "law.warm_up"\ngraded = true', ["tasks/law.toml", "law.warm_up", "[[graded]]"]),
        ('key = "law.warm_up"', 'key = "../warm_up"', ["tasks/law.toml", "../warm_up", "small letters"]),
        ('key = "law.warm_up"', 'key = "verdict.then.S1P1-a"', ["tasks/law.toml", "small letters"]),
        ("mark = 4", "marks = 4", ["law.toml", "law.reason", "anchors.0.marks'", "'mark'"]),
        ('correct = "a"', 'corect = "a"', ["law.toml", "law.warm_up", "'corect'", "'correct'"]),
        ("How many fit?", "How many fit? {answer}", ["law.ceiling", "its own answer"]),
    ],
)
def test_a_slip_in_a_task_file_names_that_file(old, new, words, make_course, refusal):
    assert TASKS.count(old) == 1
    sentence = refusal(read_course, make_course(tasks=TASKS.replace(old, new)))
    for word in words:
        assert word in sentence


@pytest.mark.parametrize("name", ["\\u0000", "none\\n.csv", "x" * 300])
def test_a_roster_that_can_be_no_file_is_told_on_one_line(name, make_course, refusal):
    sentence = refusal(read_course, make_course(plan=PLAN.replace("roster.csv", name)))
    assert "\n" not in sentence
    assert len(sentence) < 200


def test_a_folder_without_a_course_says_how_to_make_one(tmp_path, refusal):
    assert "tumen course new" in refusal(read_course, tmp_path)


@pytest.mark.parametrize("text", ["title = ", "\x00", "a = 1\na = 2", "x = " + "[" * 3000])
def test_a_file_that_is_no_toml_is_told(text, make_course, refusal):
    assert "course.toml is not valid TOML" in refusal(read_course, make_course(plan=text))
