"""Grading a class: every file is answered, every student has a line, nothing runs and nothing is written outside marked/."""

import csv
import datetime as dt
import io
import json
import os
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from classroom import COURSE, book, key, notes, put, rows, work
from hostile import CANARY, FORMULAS, PATHS, SCRIPTS, answers, hand_in, text, write_hostile, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans import PLAN

from tumen.core.cells import FORMULA, shown_name
from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.lateness import due
from tumen.course.plan import read_course
from tumen.course.roster import is_id
from tumen.course.variants import Variants, case_mark

ALLOWED = {
    "bdi",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "article",
    "h1",
    "h2",
    "h3",
    "p",
    "b",
    "span",
    "code",
}
ALLOWED |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "dir", "scope", "style"}


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.met = []

    def handle_starttag(self, tag, attrs):
        self.met.append((tag, dict(attrs)))


def harmless_page(path: Path) -> None:
    """A page holds our own tags only, none of which can run or fetch anything."""
    parser = _Tags()
    parser.feed(path.read_text(encoding="utf-8"))
    for tag, attrs in parser.met:
        assert tag in ALLOWED, (path.name, tag)
        assert set(attrs) <= ATTRIBUTES, (path.name, attrs)
        assert re.fullmatch(r"(width: [\d.]+em)?", attrs.get("style", "")), attrs
    policy = [a["content"] for t, a in parser.met if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def harmless_table(path: Path) -> None:
    """No cell begins as a formula, at whichever mark a spreadsheet cuts the lines."""
    words = path.read_text(encoding="utf-8-sig")
    for delimiter in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for line in csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, quoting=quoting):
                for cell in line:
                    bare = cell.lstrip('" ')
                    assert not bare.startswith(FORMULA) or re.fullmatch(r'-?[\d.]+"?', bare), (path.name, cell)


def outside(folder: Path) -> dict[str, tuple]:
    """Everything in and beside an instructor's folder but marked/, with size and time."""
    found = [p for p in sorted(folder.parent.rglob("*")) if folder != p and folder / "marked" not in (p, *p.parents)]
    return {str(p): (p.lstat().st_size, p.lstat().st_mtime_ns, p.is_symlink()) for p in found}


# --- an honest class --------------------------------------------------------------------------------------


def test_a_class_is_marked_each_student_by_their_own_numbers(make_course):
    folder = make_course()
    put(folder, work(folder, "ann"))
    put(folder, work(folder, "ben", **{"counting.guests": 1.0, "law.ceiling": None, "counting.bound": "a"}))
    done = grade(folder)
    assert done.came == 2
    ann, ben, cho = (book(folder)[i] for i in ("ann", "ben", "cho"))
    assert (ann["points"], ann["out of"], ann["to be marked"], ann["to look at"]) == ("8", "12", "1", "")
    assert (ann["counting.guests"], ann["counting.bound"], ann["law.ceiling"], ann["law.reason"]) == ("1", "3", "4", "")
    assert (ben["points"], ben["counting.guests"], ben["counting.bound"], ben["law.ceiling"]) == ("0", "0", "0", "0")
    assert (cho["points"], cho["handed in (UTC)"]) == ("", "nothing came")
    assert "no answer to law.ceiling." in ben["to look at"]
    assert sorted(p.name for p in (folder / "marked" / "feedback").iterdir()) == ["ann.html", "ben.html"]
    for path in (folder / "marked").rglob("*.html"):
        harmless_page(path)


def test_the_key_is_never_taken_from_the_hand_in(make_course):
    folder = make_course()
    put(folder, work(folder, "ann", numbers="ben", case_mark=work(folder, "ann")["case_mark"]))
    grade(folder)
    assert float(book(folder)["ann"]["law.ceiling"]) < 4
    assert "case.toml was edited" in book(folder)["ann"]["to look at"]


def test_marks_typed_into_the_sheet_reach_gradebook_forms_and_feedback(make_course):
    folder = make_course()
    for s in ("ann", "ben"):
        put(folder, work(folder, s))
    grade(folder)
    sheet = folder / "marked" / "marking-sheet.csv"
    lines = rows(sheet)
    for line in lines:
        if line["student"] == "ann":
            line |= {"mark": "3", "comment": "Say <b>why</b>."}
    out = io.StringIO()
    writer = csv.DictWriter(out, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    sheet.write_text(out.getvalue(), encoding="utf-8")
    for _ in range(2):
        done = grade(folder)
        assert (done.sheet.waiting, book(folder)["ann"]["law.reason"], book(folder)["ann"]["points"]) == (1, "3", "11")
    canvas = {r["SIS Login ID"]: r["Korea and the law of refuge"] for r in rows(folder / "marked" / "canvas.csv")}
    assert canvas == {"": "12", "ann": "11", "ben": "", "cho": ""}  # no half grade is uploaded
    page = (folder / "marked" / "feedback" / "ann.html").read_text(encoding="utf-8")
    assert "3 of 4 points. Say &lt;b&gt;why&lt;/b&gt;." in page


def test_the_forms_have_the_columns_canvas_and_moodle_ask_for(make_course):
    folder = make_course()
    put(folder, work(folder, "ann"))
    grade(folder, by_task=True)
    with (folder / "marked" / "canvas.csv").open(encoding="utf-8", newline="") as f:
        head, possible, *students = list(csv.reader(f))
    title = "Korea and the law of refuge"
    keys = ["counting.guests", "counting.bound", "law.ceiling", "law.reason"]
    assert head == ["Student", "ID", "SIS Login ID", "Section", *(f"{title}: {k}" for k in keys)]
    assert possible == ["Points Possible", "", "", "", "1", "3", "4", "4"]
    assert students[0] == ["Ann", "", "ann", "", "1", "3", "4", ""]
    with (folder / "marked" / "moodle.csv").open(encoding="utf-8", newline="") as f:
        head, first, *_ = list(csv.reader(f))
    assert head == ["ID number", "Email address", "Full name", *(f"{title}: {k}" for k in keys), "Feedback comments"]
    assert first[:4] == ["ann", "ann@example.org", "Ann", "1"]


def test_feedback_can_keep_solutions_back(make_course):
    folder = make_course()
    put(folder, work(folder, "ann", **{"law.ceiling": 5.0}))
    page = folder / "marked" / "feedback" / "ann.html"
    grade(folder)
    assert "SOLUTION-OF-LAW-CEILING" in page.read_text(encoding="utf-8")
    grade(folder, solutions=False)
    assert "SOLUTION-OF-LAW-CEILING" not in page.read_text(encoding="utf-8")


def test_the_report_tells_wrong_paths_spread_and_predictions(make_course):
    ids = [f"s{i}" for i in range(12)]
    folder = make_course(roster="id,name\n" + "".join(f"{i},\n" for i in ids))
    course = read_course(folder)
    for i, s in enumerate(ids):
        slip = {"law.ceiling": key(course, s, "law.ceiling") * 3.5, "counting.bound": "b"} if i < 7 else {}
        put(
            folder,
            work(folder, s, **slip, **{"counting.ratio": (1.2 if i < 6 else 0.2) * key(course, s, "counting.ratio")}),
        )
    done = grade(folder)
    page = (folder / "marked" / "report.html").read_text(encoding="utf-8")
    assert "12 of 12 students handed in." in page
    assert "<td>7</td><td>MISTAKE-OF-LAW-CEILING</td>" in page
    says = next(m.says for m in course.task("counting.bound").mistake if m.option == "b")
    assert f"<td>7</td><td>{says}</td>" in page
    assert "within 25 % of it</td><td>6</td><td>25 %" in page  # six got bound wrong: 1 of 4 points of the chapter
    assert "below what the model gives</td><td>6</td><td>88 %" in page  # five of six got all: (5 x 1 + .25) / 6
    assert "10 to 20 %</td><td>7</td>" in page
    assert "90 to 100 %</td><td>5</td>" in page
    assert done.notes == []


# --- what is odd is flagged, and counts all the same -----------------------------------------------------------


def test_a_late_hand_in_is_flagged_and_counts_and_a_files_date_makes_nobody_late(make_course):
    folder = make_course()
    put(folder, work(folder, "ann", made="2027-03-15T12:00:00+00:00"))
    put(folder, work(folder, "ben", made="2027-03-15T15:00:00+00:00"))
    late_file = put(folder, work(folder, "cho", made="2027-03-14T12:00:00+00:00"))
    moment = dt.datetime(2027, 3, 17, 9, tzinfo=dt.UTC).timestamp()
    os.utime(late_file, (moment, moment))
    grade(folder)
    said = {s: r["late"] for s, r in book(folder).items()}
    assert said == {"ann": "", "ben": "made 15 March 15:00 UTC, 3 hours late.", "cho": ""}
    assert [r["points"] for r in book(folder).values()] == ["8", "8", "8"]


def test_late_can_be_accepted_without_a_word(make_course):
    folder = make_course(plan=PLAN.replace("due =", 'late = "accept"\ndue ='))
    put(folder, work(folder, "ann", made="2027-06-01T00:00:00+00:00"))
    grade(folder)
    assert book(folder)["ann"]["late"] == ""


def test_a_course_without_a_day_has_nobody_late(make_course):
    assert due(read_course(make_course(plan=PLAN.replace("due = 2027-03-15T12:00:00Z", "")))) is None


def test_an_answer_that_only_an_earlier_hand_in_has_is_told(make_course):
    folder = make_course()
    put(folder, work(folder, "ann", made="2027-03-01T00:00:00+00:00"), "a.json")
    put(folder, work(folder, "ann", made="2027-03-03T00:00:00+00:00", **{"counting.bound": None}), "b.json")
    grade(folder)
    said = book(folder)["ann"]["to look at"]
    assert "no answer to counting.bound" in said
    assert "counting.bound: answered in the earlier a.json and not in the last one made" in said


def test_of_whom_only_a_spoilt_file_came_is_not_taken_for_one_who_sent_nothing(make_course):
    folder = make_course()
    spoilt = put(folder, work(folder, "ann"))
    spoilt.write_bytes(spoilt.read_bytes()[:200])
    grade(folder)
    assert f"nothing came that can be used, and {spoilt.name} is there" in book(folder)["ann"]["to look at"]
    assert not any(n.startswith("ann") and n.endswith("nothing came.") for n in notes(folder))
    put(folder, work(folder, "ann"), "again.json")
    grade(folder)
    assert "nothing came" not in book(folder)["ann"]["to look at"]


def test_of_several_hand_ins_the_last_made_counts_and_none_is_lost(make_course):
    folder = make_course()
    put(folder, work(folder, "ann", made="2027-03-01T00:00:00+00:00"), "a.json")
    put(folder, work(folder, "ann", made="2027-03-03T00:00:00+00:00", **{"counting.bound": "a"}), "b.json")
    put(folder, work(folder, "ann", made="2027-03-02T00:00:00+00:00"), "c.json")
    put(folder, work(folder, "ann", made="2027-03-03T00:00:00+00:00", **{"counting.bound": "a"}), "d.json")
    grade(folder)
    assert book(folder)["ann"]["counting.bound"] == "0"
    told = notes(folder)
    assert any("a.json | an earlier hand-in of ann; the last made, d.json, counts." in n for n in told)
    assert any("c.json | an earlier hand-in" in n for n in told)
    assert any("b.json | the same as d.json; it counts once." in n for n in told)
    assert "4 hand-ins came" in book(folder)["ann"]["to look at"]


def test_the_hand_in_of_another_in_ones_own_folder_is_told_and_does_not_count_twice(make_course):
    folder = make_course()
    put(folder, work(folder, "ann"), "ann/hand-in.json")
    put(folder, work(folder, "ann", made="2027-03-12T00:00:00+00:00", **{"counting.bound": "a"}), "ben/hand-in.json")
    grade(folder)
    assert book(folder)["ann"]["counting.bound"] == "3"
    assert book(folder)["ben"]["handed in (UTC)"] == "nothing came"
    assert any("ben/hand-in.json | ann's hand-in, in the place of ben" in n for n in notes(folder))


def test_a_name_inside_ones_own_zip_does_not_make_it_anothers_place(make_course):
    """A folder or file named after ann in ben's zip does not put ben's file in the place of hers."""
    folder = make_course()
    put(folder, work(folder, "ann"), "ann/hand-in.json")
    forged = work(folder, "ann", made="2027-03-12T00:00:00+00:00", **{"counting.bound": "a"})
    inside = {f"ann/hand-in-{COURSE}-ann.json": text(forged)}
    put(folder, forged, "ben/work.zip", data=zipped(inside))
    put(folder, forged, f"ben_101_9001_hand-in-{COURSE}-ann.json")
    grade(folder)
    assert book(folder)["ann"]["counting.bound"] == "3"
    told = [n for n in notes(folder) if "ann's hand-in, in the place of ben" in n]
    assert len(told) == 2


def test_a_name_with_an_accent_is_known_as_a_mac_writes_it(make_course):
    folder = make_course(roster="id,name\nu1,Jos\u00e9 N\u00fa\u00f1ez\nu2,Other One\n")
    put(folder, work(folder, "u1", student="u2"), "Jose\u0301 Nu\u0301n\u0303ez_9_assignsubmission_file_/x.json")
    grade(folder)
    assert any("u2's hand-in, in the place of u1" in n for n in notes(folder))


def test_another_students_numbers_are_told_by_whose_they_are(make_course):
    folder = make_course()
    put(folder, work(folder, "ann", numbers="cho"))
    grade(folder)
    assert "it was worked with the numbers of cho; the key is of ann's own." in book(folder)["ann"]["to look at"]
    page = (folder / "marked" / "feedback" / "ann.html").read_text(encoding="utf-8")
    assert "checked against your own" in page
    assert "cho" not in page  # a student is told nothing of another


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"student": "zed"}, "‘zed’ is not in the roster"),
        ({"student": "anm"}, "the nearest is 'ann'"),
        ({"student": ""}, "does not say whose it is"),
        ({"course": "other"}, "for the course ‘other’, not for ‘korea-301’"),
        ({"case_mark": "0" * 16}, "other numbers than the student's own"),
        ({"case_mark": ""}, "does not say with which numbers"),
        ({"made": "yesterday"}, "does not say when it was made"),
        ({"made": "2199-01-01T00:00:00+00:00"}, "has not come yet"),
    ],
)
def test_what_does_not_fit_is_told_in_words(make_course, changes, told):
    folder = make_course()
    put(folder, work(folder, "ann", **changes), "x.json")
    grade(folder)
    assert any(told in n for n in notes(folder)), notes(folder)


def test_a_changed_file_and_one_without_a_seal_are_told_and_count(make_course):
    folder = make_course()
    changed = work(folder, "ann")
    changed["answers"]["counting.bound"]["value"] = "a"
    put(folder, changed)
    put(folder, {k: v for k, v in work(folder, "ben").items() if k != "check"})
    grade(folder)
    assert "changed or damaged after the workbook wrote it" in book(folder)["ann"]["to look at"]
    assert "no checksum" in book(folder)["ben"]["to look at"]
    assert (book(folder)["ann"]["counting.bound"], book(folder)["ben"]["points"]) == ("0", "8")


def test_the_same_long_text_of_two_students_is_shown(make_course):
    folder = make_course()
    for s in ("ann", "ben", "cho"):
        put(folder, work(folder, s, **{"law.reason": "A bound is not an estimate. " * 20 if s != "cho" else "Short."}))
    grade(folder)
    assert [n for n in notes(folder) if "same long text" in n] == [
        "ben |  | the same long text at law.reason as ann; it proves nothing by itself."
    ]


def test_a_platforms_zip_is_graded_as_it_was_downloaded(make_course):
    folder = make_course(roster="id,name\nu1,Student One\nu2,Student Two\n")
    members = {
        "onestudent_101_9001_hand-in-korea-301-u1.json": text(work(folder, "u1")),
        "Student Two_103_assignsubmission_file_/hand-in-korea-301-u2.json": text(work(folder, "u2", student="u1")),
    }
    place = folder / "download.zip"
    place.write_bytes(zipped(members))
    grade(folder, place)
    assert book(folder)["u1"]["points"] == "8"
    assert any("u1's hand-in, in the place of u2" in n for n in notes(folder))


def test_the_page_of_somebody_who_left_is_told_and_left_as_it_was(make_course):
    folder = make_course()
    build(folder)
    put(folder, work(folder, "ann"))
    put(folder, work(folder, "ben"))
    grade(folder)
    page = (folder / "marked/feedback/ben.html").read_bytes()
    assert not [n for n in notes(folder) if "no longer in the class list" in n]
    roster = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()
    (folder / "roster.csv").write_text("\n".join(x for x in roster if not x.startswith("ben")), encoding="utf-8")
    grade(folder)
    assert [n for n in notes(folder) if "feedback/ben.html" in n and "no longer in the class list" in n]
    assert (folder / "marked/feedback/ben.html").read_bytes() == page


def test_without_a_roster_everyone_who_handed_in_is_graded(make_course):
    folder = make_course(plan=PLAN.replace('roster = "roster.csv"', ""), roster=None)
    put(folder, work(folder, "ann"))
    put(folder, work(folder, "bo"), "../handed-in/odd name.json")
    grade(folder)
    assert {s: r["points"] for s, r in book(folder).items()} == {"ann": "8", "bo": "8"}


def test_without_a_roster_nameless_hand_ins_have_names_of_their_own(make_course):
    """Two places give two names, and none that a system keeps for itself or takes for another's."""
    folder = make_course(roster="id,name\n")
    places = [
        "con.json",
        "a b.json",
        "a-b.json",
        "com1.txt.json",
        "한국.json",
        "조선.json",
        "x" * 150 + ".json",
        "é.json",
    ]
    for place in places:
        put(folder, work(folder, "zoe", student=""), place)
    put(folder, work(folder, "Zoe", made="2027-03-11T10:00:00+00:00"), "1.json")
    put(folder, work(folder, "zoe"), "2.json")
    names = {r.student.id for r in grade(folder).records}
    assert len(names) == len(places) + 1
    assert all(is_id(name) for name in names)
    pages = [p.stem for p in (folder / "marked" / "feedback").iterdir()]
    assert len({p.lower() for p in pages}) == len(names)


def test_a_course_with_nothing_handed_in_says_so(make_course):
    folder = make_course()
    (folder / "handed-in").mkdir()
    assert grade(folder).came == 0
    assert "0 of 3 students handed in." in (folder / "marked" / "report.html").read_text(encoding="utf-8")


def test_a_marked_folder_that_is_a_link_is_refused(make_course, tmp_path, refusal):
    folder = make_course()
    put(folder, work(folder, "ann"))
    (tmp_path / "elsewhere").mkdir()
    (folder / "marked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert "link to another place" in refusal(grade, folder)
    assert list((tmp_path / "elsewhere").iterdir()) == []


# --- a hostile class ---------------------------------------------------------------------------------------------


def hostile_class(make_course):
    """A class of honest students with some hundreds of files nobody should send among theirs."""
    folder = make_course(roster="id,name\n" + "".join(f"s{i:03},Student {i}\n" for i in range(1, 9)))
    (folder / "handed-in").mkdir()
    for i in range(2, 9):
        put(folder, work(folder, f"s{i:03}"))
    canary = folder.parent / CANARY
    names = write_hostile(folder / "handed-in", canary)
    for i, words in enumerate((*FORMULAS, *SCRIPTS)):  # these pass every check of the form, and reach the tables
        given = {"law.reason": words, "counting.guests": words, "counting.bound": words, "counting.ratio": words}
        put(
            folder,
            work(folder, "s001", made=f"2027-03-01T00:00:{i:02}+00:00", tumen=words, **given),
            f"words-{i}x.json",
        )
        names.append(f"words-{i}x.json")
    return folder, names, canary


def test_hundreds_of_hostile_hand_ins_are_answered_and_the_honest_ones_marked(make_course):
    folder, names, canary = hostile_class(make_course)
    assert len(names) > 300
    before = outside(folder)
    done = grade(folder)
    assert not canary.exists()
    assert outside(folder) == before
    told = [r["file"] for r in rows(folder / "marked" / "to-look-at.csv")]
    counted = {r.path for r in done.records}
    for name in names:
        shown = shown_name(name)
        assert shown in counted or any(shown.lstrip("=") in t for t in told), name
    assert [book(folder)[f"s{i:03}"]["points"] for i in range(2, 9)] == ["8"] * 7
    for path in (folder / "marked").rglob("*"):
        assert path.resolve().is_relative_to(folder / "marked")
        if path.suffix == ".html":
            harmless_page(path)
        elif path.suffix == ".csv":
            harmless_table(path)
    assert {p.name for p in (folder / "marked" / "feedback").iterdir()} == {f"s{i:03}.html" for i in range(1, 9)}


@pytest.mark.parametrize("words", [*FORMULAS, *SCRIPTS])
def test_no_words_of_a_student_become_a_formula_or_markup(make_course, words):
    folder = make_course()
    given = {
        "law.reason": words,
        "counting.guests": words,
        "counting.bound": words,
        "counting.ratio": words,
        "law.ceiling": words,
    }
    put(folder, work(folder, "ann", **given), "hand-in.json")
    grade(folder)
    for path in (folder / "marked").rglob("*"):
        if path.suffix == ".html":
            harmless_page(path)
        elif path.suffix == ".csv":
            harmless_table(path)


@pytest.mark.parametrize("path", PATHS)
def test_no_name_in_a_zip_writes_outside(make_course, path):
    folder = make_course()
    (folder / "handed-in").mkdir()
    (folder / "handed-in" / "x.zip").write_bytes(zipped({path: text(work(folder, "ann"))}))
    before = outside(folder)
    grade(folder)
    assert outside(folder) == before
    assert book(folder)["ann"]["points"] == "8"


SCALARS = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30)
JSON = st.recursive(
    SCALARS, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=6), x, max_size=3), max_leaves=6
)
ENTRY = st.fixed_dictionaries({"value": JSON}, optional={"state": SCALARS, "tries": SCALARS, "when": SCALARS}) | JSON
KEYS = st.sampled_from(["counting.guests", "counting.bound", "law.ceiling", "law.reason", "counting.ratio"]) | st.text(
    max_size=10
)
WHOSE = st.sampled_from(["ann", "ben", "cho", ""]) | st.text(max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            WHOSE,
            st.dictionaries(KEYS, ENTRY, max_size=5),
            st.dictionaries(st.sampled_from(["made", "case_mark", "build", "case", "course"]), SCALARS),
        ),
        max_size=4,
    )
)
def test_any_class_is_graded(tmp_path, make_course, handed):
    folder = tmp_path / "course"
    if not folder.exists():
        make_course()
    place = folder / "handed-in"
    place.mkdir(exist_ok=True)
    for path in place.iterdir():
        path.unlink()
    for i, (student, entries, parts) in enumerate(handed):
        made = hand_in(student, entries, course=COURSE) | parts
        (place / f"{i}.json").write_text(json.dumps(made), encoding="ascii")
    done = grade(folder)
    assert [r.student.id for r in done.records] == ["ann", "ben", "cho"]
    told = {file for _, file, _ in done.notes} | {r.path for r in done.records}
    assert {f"{i}.json" for i in range(len(handed))} <= told
    for record in done.records:
        for mark in record.marks.values():
            assert mark.points is None or 0 <= mark.points <= mark.of
    for path in (folder / "marked").glob("*.csv"):
        harmless_table(path)
    for path in (folder / "marked").rglob("*.html"):
        harmless_page(path)


def test_the_order_of_files_and_of_the_roster_changes_no_mark(make_course):
    ids = [f"s{i}" for i in range(6)]
    rng = random.Random(3)
    books = []
    for turn in range(2):
        rng.shuffle(ids)
        folder = make_course(f"turn-{turn}", roster="id,name\n" + "".join(f"{i},\n" for i in ids))
        for n, s in enumerate(ids):
            put(folder, work(folder, s), f"{rng.random()}-{n}.json")
        grade(folder)
        books.append({s: (r["points"], r["law.ceiling"]) for s, r in book(folder).items()})
    assert books[0] == books[1]


def test_what_a_hand_in_holds_besides_is_not_kept(make_course):
    folder = make_course()
    much = answers(**{f"counting.made_up_{i}": "x" * 400 for i in range(1500)})
    whole = work(folder, "ann")
    put(
        folder,
        hand_in(
            "ann",
            much | whole["answers"],
            course=COURSE,
            case_mark=case_mark(Variants(read_course(folder)).case("ann")),
        ),
    )
    grade(folder)
    assert book(folder)["ann"]["points"] == "8"
