"""Small inputs that once failed, each with what should come of it: class lists, downloads, hand-ins and plans.

They lie in cases/ byte for byte; everybody in them is invented. The hand-ins were made in another build of the course, which is said of each.
"""

import datetime as dt
import shutil
import time
from pathlib import Path

import pytest
from classroom import rows

from tumen.course.build import build
from tumen.course.exported import read_export
from tumen.course.grade import grade
from tumen.course.plan import read_course

CASES = Path(__file__).parent / "cases"
ELSEWHERE = "it was made in a copy that this course never issued."
C1, C2 = ("00710001", "One, Student", "one@students.example.org"), ("00710002", "학생 둘", "two@students.example.org")
ROSTERS = {  # who is in it (id, name, address), and what is said
    "canvas_gradebook.csv": ([C1, C2], ["points possible", "test student"]),
    "canvas_gradebook_line2_deleted.csv": ([C1, C2], ["test student"]),
    "canvas_no_sis.csv": (
        [("510001", *C1[1:]), ("510003", "One, Student", "three@students.example.org")],
        ["several students are called so"],
    ),
    "moodle_participants.csv": ([("one", "Student One", C1[2]), ("two", "둘 학생", C2[2])], ["made one of the e-mail"]),
    "moodle_grades.csv": ([(C1[0], "Student One", C1[2]), ("two", "둘 학생", C2[2])], ["no id stands beside 둘 학생"]),
    "blackboard_gradebook.xls": ([(C1[0], "Student One", ""), (C2[0], "둘 학생", "")], []),
    "korean_headings_cp949.csv": ([(C1[0], "학생 하나", C1[2]), (C2[0], "학생 둘", "")], []),
    "german_headings_semicolon_latin1.csv": ([(C1[0], "Eins Prüfling", C1[2]), (C2[0], "Zwei Prüfling", "")], []),
    "excel_unicode_text_utf16_tabs.txt": ([(C1[0], "학생 하나", C1[2])], []),
    "cp949_plain_headings.csv": ([(C1[0], "학생 하나", C1[2])], []),
    "roster.xlsx": ([(C1[0], "Student One", C1[2]), (C2[0], "학생 둘", "")], []),
    "email_as_id.csv": ([("one", "Student One", C1[2])], ["stays the key to the platform"]),
    "zeros_lost_and_kept.csv": (
        [("00710001", "Student One", ""), ("710001", "Student Two", "")],
        ["is it the same person"],
    ),
    "spreadsheet_numbers.csv": ("line 2: '7.10001E+11' is an id that a spreadsheet made a number of", "column to Text"),
    "blank_lines_and_spare_columns.csv": ([("s001", "Student One", ""), ("s002", "Student Two", "")], []),
    "sep_line.csv": ([("s001", "Student One", "")], []),
    "footer.csv": ([("s001", "Student One", "")], ["'Total: 1' is no student"]),
    "two_sections.csv": ([("s001", "Student One", "")], ["one student, in A and B"]),
    "heading_nobody_knows.csv": ("it has 'code', 'who', 'where'", "looked for are id, SIS User ID"),
}
KEYS = {
    "canvas_gradebook.csv": {"canvas id": "510001", "sis user id": "00710001", "sis login id": C1[2]},
    "canvas_no_sis.csv": {"canvas id": "510001", "sis login id": C1[2]},
    "moodle_grades.csv": {"id number": "00710001"},
    "blackboard_gradebook.xls": {"username": "sone", "student id": "00710001"},
}
EVERYBODY = ("c001", "c002", "c003", "c004")
DOWNLOADS = {  # who came, who is late and why, what there is to look at
    "canvas.zip": (EVERYBODY, {"c003": "Canvas marks it late."}, ["an earlier hand-in of c001"]),
    "canvas_anonymous.zip": (EVERYBODY, {}, []),
    "canvas_text_beside.zip": (("c001",), {}, ["text typed into the platform is never opened"]),
    "moodle_folders.zip": (EVERYBODY, {}, ["(and 3 more of its kind)"]),
    "moodle_dated_near_due.zip": (EVERYBODY, {}, ["(and 3 more of its kind)"]),
    "moodle_flat.zip": (EVERYBODY, {}, []),
    "moodle_other_owner.zip": (("c001",), {}, ["says c002 (학생 둘), and lies where c004 (Four, Student) belongs"]),
    "moodle_whole_folder_zipped.zip": (("c002",), {}, []),
    "moodle_mac.zip": (("c003",), {}, []),
    "blackboard.zip": (EVERYBODY, {"c004": "attempt of 27 November 19:40"}, []),
    "explorer_cp949.zip": (("c002",), {}, []),
}
HAND_INS = {  # whose it counts for, and what is said
    "odd/utf16.json": ("c001", ""),
    "odd/bom_and_crlf.json": ("c001", ""),
    "odd/viewer.json": ("c001", ""),
    "odd/curly_quotes.json": ("", "send the file itself, not its text"),
    "odd/cut_short.json": ("", "it was cut or changed, so send the file itself"),
    "odd/saved_as_page.html": ("", "send the file hand-in"),
    "odd/edited_by_hand.json": ("c001", "the file was changed or damaged"),
    "odd/id_changed_by_hand.json": ("", "it was made as c002 (학생 둘)'s and changed by hand to say c004"),
    "odd/clock_a_year_behind.json": ("c003", "made before the course was built"),
    "odd/clock_a_year_ahead.json": ("c004", "has not come yet"),
    "odd/other_course.json": ("", "for the course ‘other101’"),
    "odd/not_in_roster.json": ("", "‘c999’ is not in the roster"),
    "odd/id_without_zeros.json": ("", "‘1’ is not in the roster"),
    "odd/answers.json": ("", "writes the file to send"),
    "odd/work.7z": ("", "send a zip, or the file"),
    "odd/report.docx": ("", "a document of an office program"),
    "hostile/bomb_bzip2.zip": ("", "packed as bzip2, which is not read here"),
    "hostile/bomb_overlap.zip": ("", "files in it lie on each other"),
    "hostile/bomb_nested.zip": ("", "a zip in a zip in a zip"),
    "hostile/password.zip": ("", "locked with a password"),
    "hostile/climbs_out.zip": ("c001 c002", "points outside it"),
    "hostile/two_students_in_one.json": ("", "stands twice in the file"),
    "hostile/deep.json": ("", "nested too deep"),
    "hostile/huge_number.json": ("c001", "no finite number"),
    "hostile/formula_and_script.json": ("c003", ""),
}
PLANS = {  # what the build says, or refuses with
    "plain": None,
    "ids_the_server_refuses": None,
    "xlsx_roster": None,
    "rubric_with_years": "full marks are 4",
    "range_wider_than_declared": "the value 40 and high 60 lie beyond the declared range",
    "table_with_years_later": "on 7 May 2002 none of the 6 rows of data/my_arrivals.csv was public",
    "due_without_zone": "nothing says in which time zone",
    "draw_wider_than_declared": "can be drawn from 0.05 to 0.45, not from 0.01 to 0.99",
    "misspelt_task": "the nearest is 'own.ceiling'",
    "chapter_that_is_not_there": "workbooks has no workbook '09-law'",
}
REFUSED = ("due_without_zone", "draw_wider_than_declared", "misspelt_task", "chapter_that_is_not_there")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases") / "plain"
    shutil.copytree(CASES / "courses/plain", folder)
    build(folder)
    return folder


@pytest.fixture
def folder(plain, tmp_path, monkeypatch):
    """The course that all of these belong to, built, and looked at on the day of the downloads."""
    monkeypatch.setattr("tumen.course.lateness.now", lambda: dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC))
    return Path(shutil.copytree(plain, tmp_path / "course"))


def test_every_case_is_looked_at():
    def names(place):
        return {p.name for p in (CASES / place).iterdir()}

    assert names("rosters") == set(ROSTERS) and names("downloads") == set(DOWNLOADS)
    assert names("courses") == set(PLANS)
    assert {f"{p}/{n}" for p in ("odd", "hostile") for n in names(f"hand-ins/{p}")} == set(HAND_INS)


@pytest.mark.parametrize("name", ROSTERS)
def test_a_class_list_is_read_or_asked_about(name, refusal):
    students, said = ROSTERS[name]
    if isinstance(students, str):
        words = refusal(read_export, CASES / "rosters" / name)
        assert students in words and said in words
        return
    out = read_export(CASES / "rosters" / name)
    assert [(s.id, s.name, s.email) for s in out.students] == students
    assert len(out.said) == len(said) and all(any(w in s for s in out.said) for w in said), out.said
    first = out.students[0].keys
    assert {k: first[k] for k in KEYS.get(name, {})} == KEYS.get(name, {})


@pytest.mark.parametrize("zone", ["Asia/Seoul", "UTC", "America/New_York"])
@pytest.mark.parametrize("name", DOWNLOADS)
def test_a_download_counts_for_whom_it_should_wherever_it_is_graded(folder, monkeypatch, name, zone):
    came, late, looked = DOWNLOADS[name]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        done = grade(folder, CASES / "downloads" / name)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert tuple(r.student.id for r in done.records if r.came) == came
    assert {r.student.id for r in done.records if r.late} == set(late)
    for r in done.records:
        assert late.get(r.student.id, "") in r.late
        assert set(r.flags) <= {ELSEWHERE, "2 hand-ins came; the last made counts."}
    said = [what for student, _, what in done.notes if not student]
    assert len(said) == len(looked) and all(w in s for w, s in zip(looked, said, strict=True)), said
    if name == "canvas.zip":
        assert "88009" in next(r.path for r in done.records if r.student.id == "c001")
    if name == "explorer_cp949.zip":
        assert "학생둘/" in next(r.path for r in done.records if r.came)


@pytest.mark.parametrize("name", sorted(p.name for p in (CASES / "hand-ins/renamed").iterdir()))
def test_a_hand_in_of_any_name_is_read(folder, name):
    done = grade(folder, CASES / "hand-ins/renamed" / name)
    assert [(r.student.id, r.flags) for r in done.records if r.came] == [("c001", [ELSEWHERE])]


@pytest.mark.parametrize("name", HAND_INS)
def test_an_odd_or_hostile_hand_in_is_answered(folder, name):
    whose, said = HAND_INS[name]
    started = time.monotonic()
    done = grade(folder, CASES / "hand-ins" / name)
    assert time.monotonic() - started < 20
    assert " ".join(r.student.id for r in done.records if r.came) == whose
    assert not any(r.late for r in done.records)
    found = [what for _, _, what in done.notes if what != ELSEWHERE and not what.startswith("nothing came")]
    assert all(said in what for what in found) or (name.endswith("huge_number.json") and any(said in w for w in found))
    assert bool(found) == bool(said)
    if name.endswith("formula_and_script.json"):
        (row,) = rows(folder / "marked/marking-sheet.csv")
        assert not row["answer"].startswith("=") and "\u202e" not in row["answer"]
        assert "<script" not in (folder / "marked/marking-sheet.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_built_and_remarked_on_or_refused(tmp_path, refusal, name):
    folder = Path(shutil.copytree(CASES / "courses" / name, tmp_path / name))
    if name in REFUSED:
        assert PLANS[name] in refusal(build, folder)
        return
    notes = build(folder).notes
    if PLANS[name] is None:
        assert notes == []
        assert read_course(folder).students
    else:
        assert any(PLANS[name] in n for n in notes), notes
