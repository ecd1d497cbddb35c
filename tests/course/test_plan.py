"""course.toml: what it gives, and that every slip is told with file, key and the nearest valid name."""

import datetime as dt

import pytest
from plans import PLAN, SEED, TASKS

from tumen.brief import model
from tumen.core.files import shipped
from tumen.core.home import home
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
    every = sorted(p.stem for p in shipped("workbooks").glob("*.ipynb"))
    pages = home().meta.pages
    assert set(pages) < set(every)
    assert course.workbooks == (*(s for s in every if s not in pages), *pages)


def test_pages_stand_behind_the_chapters_and_can_be_left_out(make_course):
    named = 'workbooks = ["glossary", "02-counting-the-hidden", "map", "00"]'
    course = read_course(make_course(plan=PLAN.replace('workbooks = ["00", "02-counting-the-hidden"]', named)))
    assert course.workbooks == ("00-start-here", "02-counting-the-hidden", "map", "glossary")


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


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('title = "Korea', "title = Korea", 3, 'words stand in quotation marks, as in "words"'),
        ('title = "Korea', "title = “Korea", 3, "quotation marks are straight ones"),
        ('of refuge"', "of refuge", 3, "a quotation mark is missing"),
        ("title =", "title", 3, "a line is a name, = and a value"),
        ("seed =", "se ed =", 7, "the name is one word"),
        ('[[graded]]\ntask = "counting.bound"', '[graded]\ntask = "counting.bound"', 13, "each is in double brackets"),
        ("[[draw]]", "[[draw]", 23, "as many brackets as it begins with"),
        ("2027-03-15T12:00:00Z", "15.3.2027", 5, "a date is written as 2027-03-15"),
        ("2027-03-15T12", "2027-3-15T12", 5, "a date is written as 2027-03-15"),
        ("points = 3", "points = 1,5", 15, "a decimal point, not a comma"),
        ("points = 3", "points =", 15, "a value is missing after the ="),
        ('counting-the-hidden"]', 'counting-the-hidden"', 7, "the list here, or above, is not closed"),
        ("starts = 2027-03-01", "starts = 2027-03-01\nstarts = 2027-03-01", 5, "this name has a value already"),
        ('household = { value = 3.5, control = "locked" }', "household = { value = 3.5,\n", 36, "on one line"),
        ("points = 3", "points = 3\nok = True", 16, "true and false are written small"),
    ],
)
def test_a_slip_in_the_file_is_told_by_its_line_and_in_words(make_course, refusal, old, new, line, words):
    assert old in PLAN
    said = refusal(read_course, make_course(plan=PLAN.replace(old, new, 1)))
    assert said.startswith(f"course.toml is not valid TOML: line {line}: ")
    assert words in said


def test_a_slip_in_a_file_of_tasks_is_told_alike(make_course, refusal):
    said = refusal(read_course, make_course(tasks=TASKS.replace('kind = "number"', "kind = number")))
    assert said == 'law.toml is not valid TOML: line 4: words stand in quotation marks, as in "words".'


@pytest.mark.parametrize("given", ["{ value = 9 }", "{ value = 9, low = 1, high = 5 }", "{ low = 3.9, high = 4 }"])
def test_a_value_outside_the_range_of_its_control_is_refused(make_course, refusal, given):
    plan = PLAN.replace('{ value = 3.5, control = "locked" }', given)
    assert "counting.ceiling.household starts at" in refusal(read_course, make_course(plan=plan))
    read_course(
        make_course(
            "wide", plan=PLAN.replace('{ value = 3.5, control = "locked" }', "{ value = 9, low = 1, high = 10 }")
        )
    )


UNIT_TASK = """
[[task]]
key = "law.stay"
kind = "number"
points = 1
prompt = "They stay {stay} %s. How many are there?"
answer = { model = "counting.stock", output = "%s" }
"""


@pytest.mark.parametrize(("word", "fits"), [("years", True), ("months", False), ("per cent", False), ("long", True)])
def test_a_prompt_that_gives_an_input_in_another_unit_is_refused(make_course, refusal, word, fits):
    task = UNIT_TASK % (word, next(iter(model("counting.stock")().outputs)))
    folder = make_course(tasks=TASKS + task)
    if fits:
        read_course(folder)
    else:
        said = refusal(read_course, folder)
        assert f"task law.stay: the prompt gives {{stay}} in {word}, and the model has it in years" in said
