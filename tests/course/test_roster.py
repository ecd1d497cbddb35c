"""The roster: read as spreadsheets write it, and every unusable line told by its number."""

import csv
import io

import pytest
from classroom import COURSE, book, put, rows, work
from hypothesis import given
from hypothesis import strategies as st

from tumen.cli import main
from tumen.course.grade import grade
from tumen.course.roster import Student, is_id, read_export, read_roster, roster_text


@pytest.fixture
def write(tmp_path):
    def call(content):
        path = tmp_path / "roster.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return call


def test_columns_are_found_by_name_in_any_order_and_others_are_passed_over(write):
    path = write('\ufeffName,Section,ID\n"Kim, Eun",2,kim.e-1\n\n조은,1,cho_2\n')
    assert read_roster(path) == (Student("kim.e-1", "Kim, Eun"), Student("cho_2", "조은"))


def test_semicolons_part_columns_as_well(write):
    assert read_roster(write("id;name;email\na1;Ann;a@example.org\n")) == (Student("a1", "Ann", "a@example.org"),)


def test_a_roster_with_a_head_alone_has_no_student(write):
    assert read_roster(write("id,name\n")) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ["line 1", "id and name"]),
        ("nr,name\n1,x\n", ["line 1", "id and name"]),
        ("id,id\n1,2\n", ["line 1", "twice"]),
        ("id,name\na,x\nb,y\nA,z\n", ["line 4", "'A'", "line 2"]),
        ("id,name\n,x\n", ["line 2", "empty"]),
        ("id,name\n../../etc,x\n", ["line 2", "'../../etc'"]),
        ("id,name\nCON,x\n", ["line 2", "'CON'"]),
        ("id,name\nnul.txt,x\n", ["line 2"]),
        ("id,name\na b,x\n", ["line 2", "'a b'"]),
        ("id,name\n.hidden,x\n", ["line 2"]),
        ("id,name\nend.,x\n", ["line 2"]),
        (f"id,name\n{'x' * 65},y\n", ["line 2", "64"]),
        ('id,name\na,"open\n', ["CSV"]),
        (b"id,name\n\xff,x\n", ["UTF-8"]),
    ],
)
def test_a_line_that_cannot_be_used_is_told(content, words, write, refusal):
    sentence = refusal(read_roster, write(content))
    for word in ["roster.csv", *words]:
        assert word in sentence


def test_a_missing_roster_is_told(tmp_path, refusal):
    assert "no such file" in refusal(read_roster, tmp_path / "roster.csv")


@given(st.text(max_size=70))
def test_an_id_is_one_plain_name_in_a_folder(text):
    if is_id(text):
        assert text.isascii()
        assert not set(text) & set('/\\:*?"<>| ')
        assert text.strip(". ") == text


# --- a class list from a platform's export --------------------------------------------------------

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Paper 1 (60011),Final Score\r\n"
    "    Points Possible,,,,,10.00,(read only)\r\n"
    '"One, Student",510001,00710001,one@students.example.org,CASE 101-01,8,80\r\n'
    "학생 둘,510002,00710002,two@students.example.org,CASE 101-01,9,90\r\n"
    '"Student, Test",510099,,0a1b2c3d4e5f,CASE 101-01,,\r\n'
)
MOODLE = '"First name","Last name","ID number","Email address"\nStudent,One,00710001,one@example.org\n둘,학생,,two@example.org\n'
BLACKBOARD = '"Last Name"\t"First Name"\t"Username"\t"Student ID"\n"One"\t"Student"\t"sone"\t"00710001"\n'
BRIGHTSPACE = "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n#00710001,sone,One,Student,one@example.org,#\n"
ILIAS = "Login;Nachname;Vorname;E-Mail;Matrikelnummer\nsone;Prüfling;Eins;one@example.org;00710001\n"


def found(tmp_path, words, codec="utf-8"):
    path = tmp_path / "export.csv"
    path.write_bytes(words.encode(codec))
    return read_export(path)


@pytest.mark.parametrize("words", [CANVAS, CANVAS.replace("    Points Possible,,,,,10.00,(read only)\r\n", "")])
def test_canvas_keeps_its_keys_and_leaves_out_what_is_no_student(tmp_path, words):
    out = found(tmp_path, words)
    assert [s.id for s in out.students] == ["00710001", "00710002"]
    assert out.students[0].keys == {
        "canvas id": "510001",
        "sis user id": "00710001",
        "sis login id": "one@students.example.org",
        "section": "CASE 101-01",
    }
    assert any("test student" in s for s in out.said)
    assert any("points possible" in s for s in out.said) == ("Points" in words)


@pytest.mark.parametrize(
    ("words", "codec", "id", "name", "keys"),
    [
        (MOODLE, "utf-8", "00710001", "Student One", {"id number": "00710001"}),
        (BLACKBOARD, "utf-16", "00710001", "Student One", {"student id": "00710001", "username": "sone"}),
        (BRIGHTSPACE, "utf-8-sig", "00710001", "Student One", {"student id": "#00710001", "username": "sone"}),
        (ILIAS, "cp1252", "00710001", "Eins Prüfling", {"student id": "00710001", "username": "sone"}),
        ("학번,이름,이메일\n00710001,학생 하나,\n", "cp949", "00710001", "학생 하나", {"student id": "00710001"}),
        ("id,name,email\none@example.org,One,\n", "utf-8", "one", "One", {}),
        ("sep=;\r\nid;name\r\n\r\ns001;One\r\n", "utf-8", "s001", "One", {}),
    ],
)
def test_exports_and_lists_are_read(tmp_path, words, codec, id, name, keys):
    first = found(tmp_path, words, codec).students[0]
    assert (first.id, first.name, dict(first.keys)) == (id, name, keys)


@pytest.mark.parametrize(
    ("words", "count", "said"),
    [
        (MOODLE, 2, "no id stands beside 둘 학생"),
        ('Student,ID,Section\n"One, A",1,x\n"One, A",2,y\n', 2, "several students are called so"),
        ("id,name\n00710001,A\n710001,B\n", 2, "is it the same person"),
        ("id,name,section\ns1,A,one\ns1,A,two\n", 1, "in one and two"),
        ('id,name\ns1,A\n"Total: 1",\n', 1, "'Total: 1' is no student"),
        ("email,name\nann@a.org,A\nann@b.org,B\n", 2, "no id stands beside A, B"),
    ],
)
def test_what_is_odd_is_said(tmp_path, words, count, said):
    out = found(tmp_path, words)
    assert len({s.id for s in out.students}) == len(out.students) == count
    assert any(said in s for s in out.said), out.said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("code,who\nA7,One\n", "no column says who is who: it has 'code', 'who'"),
        ("id,name\n7.10001E+11,One\n", "set the column to Text"),
        ("id,name\ns1,A\nS1,B\n", "somebody of another name"),
        ("", "is empty"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, words, told, refusal):
    assert told in refusal(found, tmp_path, words)


def test_the_command_writes_what_a_course_reads_and_asks_before_it_drops_anybody(tmp_path, capsys):
    (tmp_path / "c.csv").write_text(CANVAS, encoding="utf-8")
    assert main(["course", "roster", str(tmp_path / "c.csv"), str(tmp_path)]) in (0, None)
    assert "test student" in capsys.readouterr().out
    students = read_roster(tmp_path / "roster.csv")
    exported = read_export(tmp_path / "c.csv").students
    assert [(s, s.keys) for s in students] == [(s, s.keys) for s in exported]
    assert (tmp_path / "roster.csv").read_text(encoding="utf-8-sig") == roster_text(students)
    before = (tmp_path / "roster.csv").read_bytes()
    (tmp_path / "d.csv").write_text("id,name\n00710001,One\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        raise SystemExit(main(["course", "roster", str(tmp_path / "d.csv"), str(tmp_path)]))
    assert stop.value.code not in (0, None)
    assert "names 00710002" in capsys.readouterr().err
    assert (tmp_path / "roster.csv").read_bytes() == before


def test_the_forms_carry_the_platforms_own_keys(make_course, tmp_path):
    out = found(tmp_path, CANVAS)
    folder = make_course(roster=roster_text(out.students) + "s9,Namesake,,,,,\n")
    put(folder, work(folder, "00710001"), f"onestudent_510001_1_hand-in-{COURSE}-00710001.json")
    grade(folder)
    lines = list(csv.reader(io.StringIO((folder / "marked/canvas.csv").read_text(encoding="utf-8"))))
    assert lines[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert lines[2][:5] == ["One, Student", "510001", "00710001", "one@students.example.org", "CASE 101-01"]
    assert len(lines) == 4  # the one whom Canvas has no key for could land on somebody of the same name
    assert book(folder)["00710001"]["points"]


def test_moodle_finds_by_address_whom_it_has_no_number_for(make_course, tmp_path):
    folder = make_course(roster=roster_text(found(tmp_path, MOODLE).students))
    put(folder, work(folder, "00710001"), "x.json")
    grade(folder)
    lines = rows(folder / "marked/moodle.csv")
    assert [(r["ID number"], r["Email address"]) for r in lines] == [
        ("00710001", "one@example.org"),
        ("", "two@example.org"),
    ]


def test_a_platforms_login_says_whose_place_it_is(make_course, tmp_path):
    folder = make_course(
        roster=roster_text(found(tmp_path, BLACKBOARD + '"Two"\t"Ann"\t"stwo"\t"00710002"\n').students)
    )
    put(folder, work(folder, "00710001"), "Paper_stwo_attempt_2027-03-01-10-00-00_x.json")
    grade(folder)
    assert {r["handed in (UTC)"] for r in book(folder).values()} == {"nothing came"}


# --- the forms, by the platforms' own rules ---------------------------------------------------------------
#
# As the two platforms document their columns and as their published code has it; no live one was used.


def canvas_finds(form: list[list[str]], students: list[dict]) -> dict[str, str]:
    """Whom Canvas gives which grade: by its number in the second column, else SIS user id, else login, else a name."""
    head, found = form[0], {}
    at = {name: i for i, name in enumerate(head)}
    for row in form[1:]:
        if "Points Possible" in row[0]:
            continue
        by = [("id", row[1]), *((key, row[at[name]]) for key, name in SIS.items() if name in at)]
        one = next((s for key, value in by if value for s in students if s[key] == value), None)
        one = one or next((s for s in students if row[0] in (s["name"], s["sortable"])), None)
        if one and row[-1]:
            assert one["id"] not in found, "two rows for one student"
            found[one["id"]] = row[-1]
    return found


SIS = {"sis": "SIS User ID", "login": "SIS Login ID"}


def moodle_finds(form: list[dict], column: str, users: list[dict]) -> dict[str, str]:
    """Whom Moodle gives which grade by the column mapped to its users; it stops at a row of nobody."""
    found = {}
    for row in form:
        (one,) = [u for u in users if u[column] == row[column]]
        found[one["user"]] = row["Korea and the law of refuge"]
    return found


def test_canvas_gives_every_grade_to_its_own_student_and_none_to_a_namesake(make_course, tmp_path):
    export = CANVAS.replace("학생 둘", '"One, Student"')  # two of one name
    folder = make_course(roster=roster_text(found(tmp_path, export).students) + 's9,"One, Student",,,,,\n')
    for student in ("00710001", "00710002", "s9"):
        wrong = {"counting.bound": "a"} if student == "00710002" else {}
        put(folder, work(folder, student, **{"law.reason": None}, **wrong))
    grade(folder)
    people = [
        {"id": i, "sis": sis, "login": login, "name": "Student One", "sortable": "One, Student"}
        for i, sis, login in (
            ("510009", "00719999", "nine@students.example.org"),  # in Canvas, and not in the class list
            ("510001", "00710001", "one@students.example.org"),
            ("510002", "00710002", "two@students.example.org"),
        )
    ]
    form = list(csv.reader(io.StringIO((folder / "marked/canvas.csv").read_text(encoding="utf-8"))))
    assert canvas_finds(form, people) == {"510001": "8", "510002": "5"}


def test_a_name_that_two_have_finds_nobody_where_logins_do_not_fit(make_course):
    folder = make_course(roster="id,name\ns1,Student One\ns2,Student One\ns3,Student Three\n")
    for student in ("s1", "s2", "s3"):
        put(folder, work(folder, student, **{"law.reason": None}))
    grade(folder)
    people = [
        {"id": str(n), "sis": "", "login": login, "name": name, "sortable": ""}
        for n, login, name in ((1, "s1", "Student One"), (2, "other", "Student One"), (3, "third", "Student Three"))
    ]
    form = list(csv.reader(io.StringIO((folder / "marked/canvas.csv").read_text(encoding="utf-8"))))
    assert set(canvas_finds(form, people)) == {"1", "3"}


def test_moodle_gives_every_grade_to_its_own_student(make_course, tmp_path):
    folder = make_course(roster=roster_text(found(tmp_path, MOODLE).students))
    for student, wrong in (("00710001", {}), ("two", {"counting.bound": "a"})):
        put(folder, work(folder, student, **{"law.reason": None}, **wrong))
    grade(folder)
    users = [
        {"user": "9", "ID number": "", "Email address": "nine@example.org"},
        {"user": "1", "ID number": "00710001", "Email address": "one@example.org"},
        {"user": "2", "ID number": "", "Email address": "two@example.org"},
    ]
    form = rows(folder / "marked/moodle.csv")
    assert moodle_finds(form, "Email address", users) == {"1": "8", "2": "5"}
    with pytest.raises(ValueError):  # one has no ID number, and Moodle stops there: the address is the column to map
        moodle_finds(form, "ID number", users)
