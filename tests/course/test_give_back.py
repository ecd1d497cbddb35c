"""Giving back: what goes up again is found by the platform's own rules, as its documents and its published code have them.

The rules are acted out here; no live platform was used.
"""

import csv
import io
import re
import zipfile

import pytest
from classroom import COURSE, put, rows, work
from hostile import text, zipped
from test_markers import type_in

from tumen.course.build import build
from tumen.course.give_back import CANVAS_ZIP, MOODLE_ZIP, WORKSHEET, place_of
from tumen.course.grade import grade
from tumen.course.report import write_report

NUMBER = {"ann": 7301, "ben": 7302, "cho": 7303}
ROSTER = "id,name,email\nann,Ann Example,ann@example.org\nben,שרה לוי,ben@example.org\ncho,조은,\n"


def moodle_finds(names: list[str], participants: set[int]) -> dict[int, str]:
    """Whom Moodle gives which file: the number is the second of at least four parts between underscores, of any piece of the path."""
    found = {}
    for name in names:
        pieces = name.split("/")
        while pieces:
            part = pieces.pop(0)
            info = part.split("_", 4)
            if len(info) < 4 or not info[1].isdigit() or int(info[1]) not in participants:
                continue
            if (info[2], info[3]) != ("assignsubmission", "file"):
                continue
            rest = "/".join(filter(None, [*info[4:], *pieces]))
            assert int(info[1]) not in found, "two files of one name for one student"
            found[int(info[1])] = rest
            break
    return found


def canvas_finds(names: list[str], attachments: dict[str, str]) -> dict[str, str]:
    """Whom Canvas gives which file: the first two parts of digits alone are the student and the file that was handed in."""
    found = {}
    for name in names:
        digits = [part for part in name.rsplit("/", 1)[-1].split("_") if re.fullmatch(r"\d+", part)][:2]
        if len(digits) == 2 and attachments.get(digits[1]) == digits[0]:
            found[digits[0]] = name
    return found


def pages(path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def given(make_course, name_of, file="hand-in-{course}-{student}.json", mark=True):
    """A course graded from a platform's download, every text marked; `name_of` says where a student's file lies in it."""
    folder = make_course(roster=ROSTER)
    build(folder)
    members = {name_of(s) + file.format(course=COURSE, student=s): text(work(folder, s)) for s in NUMBER}
    (folder.parent / "download.zip").write_bytes(zipped(members))
    grade(folder, folder.parent / "download.zip")
    if mark:
        type_in(folder, "", ann={"mark": "3", "comment": "Say <why>."}, ben="2", cho="4")
    grade(folder, folder.parent / "download.zip")
    return folder


@pytest.mark.parametrize("end", ["_assignsubmission_file_/", "_assignsubmission_file/", "_assignsubmission_file_"])
def test_moodle_finds_every_page_by_the_number_in_its_own_name(make_course, end):
    names = {"ann": "Ann Example", "ben": "שרה לוי", "cho": "조 은"}
    folder = given(make_course, lambda s: f"{names[s]}_{NUMBER[s]}{end}")
    back = pages(folder / "marked" / MOODLE_ZIP)
    assert moodle_finds(list(back), set(NUMBER.values())) == dict.fromkeys(NUMBER.values(), "feedback.html")
    for student, number in NUMBER.items():
        page = next(page for name, page in back.items() if f"_{number}_" in name)
        assert page == (folder / f"marked/feedback/{student}.html").read_text(encoding="utf-8")
    assert not (folder / "marked" / CANVAS_ZIP).exists()


def test_a_zip_of_a_students_own_changes_nothing_about_whose_it_is(make_course):
    inner = zipped({f"hand-in-{COURSE}-ann.json": text(work(folder := make_course(roster=ROSTER), "ann"))})
    for n, end in enumerate(("_assignsubmission_file_/work.zip", "_assignsubmission_file_work.zip")):
        (folder.parent / f"{n}.zip").write_bytes(zipped({f"Ann Example_7301{end}": inner}))
        grade(folder, folder.parent / f"{n}.zip")
        type_in(folder, "", ann="3")
        grade(folder, folder.parent / f"{n}.zip")
        found = moodle_finds(list(pages(folder / "marked" / MOODLE_ZIP)), {7301})
        assert found == {7301: "feedback.html"}


def test_moodles_worksheet_has_its_columns_grades_and_comments(make_course):
    folder = given(make_course, lambda s: f"{s} x_{NUMBER[s]}_assignsubmission_file_/")
    line = {r["Identifier"]: r for r in rows(folder / "marked" / WORKSHEET)}
    assert set(line) == {f"Participant {n}" for n in NUMBER.values()}
    ann = line["Participant 7301"]
    assert {"Identifier", "Grade", "Last modified (grade)", "Feedback comments"} <= set(ann)
    assert (ann["Grade"], ann["Maximum Grade"], ann["Full name"]) == ("11", "12", "Ann Example")
    assert "reason: 3 of 4. Read by your instructor. Say &lt;why&gt;." in ann["Feedback comments"]
    form = {r["ID number"]: r for r in rows(folder / "marked/moodle.csv")}
    assert form["ann"]["Feedback comments"] == ann["Feedback comments"]


def test_canvas_finds_every_page_by_student_and_file(make_course):
    number, late = {"ann": 5101, "ben": 5102, "cho": 5103}, {"ben": "LATE_"}
    folder = given(make_course, lambda s: f"{s}example_{late.get(s, '')}{number[s]}_{number[s] + 83000}_")
    back = pages(folder / "marked" / CANVAS_ZIP)
    files = {str(n + 83000): str(n) for n in number.values()}
    assert set(canvas_finds(list(back), files)) == {str(n) for n in number.values()}
    assert "bdi>שרה לוי</bdi> (ben)" in next(page for name, page in back.items() if "_5102_" in name)
    assert not (folder / "marked" / MOODLE_ZIP).exists() and not (folder / "marked" / WORKSHEET).exists()


def test_of_several_files_the_one_that_counted_is_answered(make_course):
    folder = make_course(roster=ROSTER)
    first, last = work(folder, "ann"), work(folder, "ann", made="2027-03-11T10:00:00+00:00")
    members = {
        f"annexample_5101_88001_hand-in-{COURSE}-ann.json": text(first),
        f"annexample_5101_88009_hand-in-{COURSE}-ann-1.json": text(last),
    }
    (folder.parent / "c.zip").write_bytes(zipped(members))
    grade(folder, folder.parent / "c.zip")
    type_in(folder, "", ann="3")
    grade(folder, folder.parent / "c.zip")
    assert list(pages(folder / "marked" / CANVAS_ZIP)) == ["annexample_5101_88009_feedback.html"]


def test_nothing_goes_back_while_a_text_waits_and_what_went_before_is_taken_away(make_course):
    folder = given(make_course, lambda s: f"{s} x_{NUMBER[s]}_assignsubmission_file_/", mark=False)
    assert not (folder / "marked" / MOODLE_ZIP).exists()
    assert rows(folder / "marked/moodle.csv")[0]["Feedback comments"] == ""
    type_in(folder, "", ann="3")
    assert grade(folder).given_back == {MOODLE_ZIP: 1, WORKSHEET: 1}
    type_in(folder, "", ann={"mark": ""})
    grade(folder, yes=True)
    assert not (folder / "marked" / MOODLE_ZIP).exists()


def test_with_codes_the_page_names_nobody_and_still_finds_its_student(make_course):
    folder = given(make_course, lambda s: f"{s} x_{NUMBER[s]}_assignsubmission_file_/")
    grade(folder, anonymous=True)
    back = pages(folder / "marked" / MOODLE_ZIP)
    assert set(moodle_finds(list(back), set(NUMBER.values()))) == set(NUMBER.values())
    assert not any(word in page for page in back.values() for word in ("Ann Example", "שרה", "(ben)"))


@pytest.mark.parametrize(
    "path",
    [
        "handed-in/hand-in-korea-301-ann.json",
        "anon_k4x0_88001_hand-in-korea-301-ann.json",  # Canvas without names: it names no student to give back to
        "Paper 1_bb1_attempt_2026-11-26-10-11-12_hand-in.json",
        "sub/1234-5678 - First Last - Nov 27, 2026 740 PM/hand-in.json",
    ],
)
def test_where_no_platform_takes_files_back_by_name_nothing_is_written(path):
    assert place_of(path) == ("", "", "")


def test_the_zip_is_the_same_for_the_same_marks(make_course):
    folder = given(make_course, lambda s: f"{s} x_{NUMBER[s]}_assignsubmission_file_/")
    before = (folder / "marked" / MOODLE_ZIP).read_bytes()
    grade(folder)
    assert (folder / "marked" / MOODLE_ZIP).read_bytes() == before


def test_a_formula_in_a_name_or_comment_stays_words(make_course):
    folder = make_course(roster="id,name\nann,=1+1\n")
    place = f"x_7301_assignsubmission_file_/hand-in-{COURSE}-ann.json"
    (folder.parent / "m.zip").write_bytes(zipped({place: text(work(folder, "ann"))}))
    grade(folder, folder.parent / "m.zip")
    type_in(folder, "", ann={"mark": "3", "comment": "=2+2"})
    grade(folder, folder.parent / "m.zip")
    cells = list(csv.reader(io.StringIO((folder / "marked" / WORKSHEET).read_text(encoding="utf-8-sig"))))
    assert not any(cell.startswith(("=", "+", "@")) for row in cells for cell in row)


def test_a_cell_of_letters_from_the_right_keeps_its_own_direction(tmp_path):
    notes = [("שרה לוי (ben)", "", "nothing came."), ("Ann", "", "nothing came.")]
    assert write_report(tmp_path, "A course", [], [], {}, notes, str).read_text("utf-8").count('dir="auto"') == 1


def test_put_by_hand_gives_no_zip(make_course):
    folder = make_course(roster=ROSTER)
    put(folder, work(folder, "ann"))
    assert grade(folder).given_back == {}
