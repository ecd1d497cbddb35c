"""The roster: read as spreadsheets write it, and every unusable line told by its number."""

import csv
import io

import pytest
from classroom import COURSE, book, put, rows, work
from hypothesis import given
from hypothesis import strategies as st

from tumen.cli import main
from tumen.course.exported import read_export
from tumen.course.grade import grade
from tumen.course.roster import Student, is_id, read_roster, roster_text


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
        (
            "Número de identificación;Apellidos;Nombre\n007;García López;María\n",
            "cp1252",
            "007",
            "María García López",
            {"student id": "007"},
        ),
        ("Nombre,Apellido(s),Número de ID\nMaría,García,007\n", "utf-8", "007", "María García", {"id number": "007"}),
        ("Numéro d’étudiant;Nom;Prénom\n22;Lefèvre;Zoé\n", "cp1252", "22", "Zoé Lefèvre", {"student id": "22"}),
        (
            "Prénom;Nom de famille;Numéro d'identification\nZoé;Lefèvre;22\n",
            "mac_roman",
            "22",
            "Zoé Lefèvre",
            {"id number": "22"},
        ),
        ("Matricola;Cognome;Nome\n0012;Rossi;Niccolò\n", "latin-1", "0012", "Niccolò Rossi", {"student id": "0012"}),
        ("Öğrenci No;Adı;Soyadı\n020;İpek;Şahin\n", "cp1254", "020", "İpek Şahin", {"student id": "020"}),
        ("Nr albumu;Nazwisko;Imię\n012;Żółć;Łukasz\n", "cp1250", "012", "Łukasz Żółć", {"student id": "012"}),
        ("Nr albumu;Nazwisko;Imię\n012;Śliwa;Jaś\n", "iso8859_2", "012", "Jaś Śliwa", {"student id": "012"}),
        ("学号,姓名,电子邮箱\n2021,欧阳娜,o@x.org\n", "gb18030", "2021", "欧阳娜", {"student id": "2021"}),
        ("學號,姓名,班級\n0710,陳大文,甲\n", "big5", "0710", "陳大文", {"student id": "0710", "section": "甲"}),
        (
            "学籍番号,氏名,メールアドレス\n００A1,髙橋花子,t@x.org\n",
            "cp932",
            "00A1",
            "髙橋花子",
            {"student id": "００A1"},
        ),
        ("Номер студенческого билета;Фамилия;Имя\n1;Иванов;Пётр\n", "cp1251", "1", "Пётр Иванов", {"student id": "1"}),
        ("순번,학번,성명\n1,007,뷁철수\n", "cp949", "007", "뷁철수", {"student id": "007"}),
        ("학번(Student ID),이름(Name)\n007,김\n", "utf-8", "007", "김", {"student id": "007"}),
        ("Name;Vorname;Matr.-Nr.\nGroß;Änne;7\n", "cp1252", "7", "Änne Groß", {"student id": "7"}),
        ("성,이름,학번\n김,철수,7\n", "utf-8", "7", "철수 김", {"student id": "7"}),
        ("student_id|full_name\n7|A\n", "utf-8", "7", "A", {"student id": "7"}),
        ("id,name\n7,A\n", "utf-32", "7", "A", {}),
        ('id,name\n"=""007""",\'t Hooft\n', "utf-8", "007", "'t Hooft", {}),
        ("id,name\n710001.0,A\n", "utf-8", "710001", "A", {}),
        ("Matrikelnummer;Name\n12/3456;A\n", "utf-8", "12-3456", "A", {"student id": "12/3456"}),
        (
            "name,canvas_user_id,user_id,login_id\nA,51,s1,a@x.org\n",
            "utf-8",
            "s1",
            "A",
            {"canvas id": "51", "sis user id": "s1", "sis login id": "a@x.org"},
        ),
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
        ("2026 출석부\n과목: 인권\n\n학번,성명\n1,김\n2,이\n", 2, "line 1 above the headings was passed over"),
        (
            "Gruppe 1;;\nMatrikelnummer;Nachname;Vorname\n1;A;B\nGruppe 2;;\nMatrikelnummer;Nachname;Vorname\n2;C;D\n",
            2,
            "repeats the headings",
        ),
        ("id,name,email\nGroup A,,\ns1,A,a@x.org\n", 1, "'Group A' is the heading of a group"),
        (
            "First name,Last name,Email address,Roles\nA,One,a@x.org,Student\nP,Prof,p@x.org,Non-editing teacher\n",
            1,
            "has the role 'Non-editing teacher'",
        ),
        ("Anmeldename;Vorname;Nachname;Rolle\na;A;B;Kursmitglied\nt;C;D;Kurstutor\n", 1, "has the role 'Kurstutor'"),
        ("Last Name,First Name,Username\nOne,A,a\nuser_previewuser,Preview,prof_previewuser\n", 1, "test student"),
        ("id,name,email\ns1,A,a@x.org\nt,Student Test,t@x.org\n", 1, "test student"),
        ("id,name,points\ns1,A,3\nAverage,,3.2\n", 1, "'Average' is no student"),
        ("id,name,email\ns1,A,a@x.org\nS1,A,A@X.ORG\n", 1, "counts once"),
        ("id,name\ns1,Kim Ann\ns1,Ann Kim\n", 1, "counts once"),
        ("id,name,email\ns1,Ann,a@x.org\ns2,Ben,A@x.org\n", 2, "beside s1 and s2: is it the same person"),
        ("Student ID,Name\nA/1,A\nA-1,B\n", 2, "no folder can be named by the number of A"),
        ("email,name,group\na@x.org,A,G1\na@x.org,A,G2\n", 1, "in G1 and G2"),
        ("email,name\na@x.org,A\n,Kim Min\n", 1, "line 3 (Kim Min) was left out"),
        ("ann@x.org\nben@x.org\n", 2, "every line was read as one e-mail address"),
        ("Ann Lee <ann@x.org>\nBen Oh <ben@x.org>\n", 2, "one name with its e-mail address"),
        ("id,name,status\ns1,A,Active\ns2,B,Dropped\n", 1, "line 3 was left out: 'B' has the status 'Dropped'"),
        ("id,name,Enrollment Status\ns1,A,Enrolled\ns2,B,withdrawn 2026-09-01\n", 1, "'withdrawn 2026-09-01'"),
        ("id,name,status\ns1,A,Active\ns2,B,Inactive\n", 1, "'Inactive'"),
        ("id,name,status\ns1,A,Not dropped\ns2,B,auditing\n", 2, "what the status 'auditing' means is not known here"),
        ("id,name,dropped\ns1,A,\ns2,B,2026-10-01\ns3,C,no\n", 2, "in the column of those who left"),
        ("id,name,active\ns1,A,TRUE\ns2,B,FALSE\n", 1, "the status 'FALSE'"),
        ("학번,이름,학적상태\n1,김,재학\n2,이,휴학\n", 1, "'휴학'"),
        ("Last Name,First Name,Username,Availability\nOne,A,a,Yes\nTwo,B,b,No\n", 1, "'B Two' has the status 'No'"),
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
        ("id,name\ns1,One, Ann\n", "line 2, has 3 cells and the heading has 2"),
        ("s001\ns002\n", "write a first line such as id,name,email"),
        ("Class of 2026\nAnn Lee\n", "no column says who is who"),
        ("id,name,status\ns1,A,dropped\n", "holds no student: line 2 was left out"),
        ("id,name\n", "holds no student"),
        ("id,name\n,Ann\n", "holds no student: line 2 (Ann) was left out"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, words, told, refusal):
    assert told in refusal(found, tmp_path, words)


@pytest.mark.parametrize(
    ("words", "codec", "ids", "said"),
    [
        ("Name\nAnna Łoś\nBen Groß\n", "utf-8", ["anna-los", "ben-gross"], "has names alone"),
        ("Nachname;Vorname\nGroß;Änne\n", "cp1252", ["anne-gross"], "has names alone"),
        ("Anna Kowalska\nBen Lee\n", "utf-16", ["anna-kowalska", "ben-lee"], "from 'Anna Kowalska' to 'Ben Lee'"),
        ("Kowalska, Anna\r\nLee, Ben\r\n", "utf-8-sig", ["anna-kowalska", "ben-lee"], "has no headings"),
        ("1. Ann Lee\n2. Con\n", "utf-8", ["ann-lee", "s-con"], "has no headings"),
        ("이름\n김민수\n이영희\n", "cp949", ["s-2787ed49", "s-00a404c1"], "has names alone"),
        ("이름\n이영희\n김민수\n", "cp949", ["s-00a404c1", "s-2787ed49"], "has names alone"),  # whatever their order
        ("Name,Points\nAnn Lee,3\nTotal,3\n,4\n", "utf-8", ["ann-lee"], "line 4 was left out: it has no name"),
        ("Name,Section\nAnn,1\nann,2\n", "utf-8", ["ann", "ann-2"], "'Ann' stands in lines 2, 3, read as 2 students"),
        ("Name\nZoé\nZoe\n", "utf-8", ["zoe", "zoe-2"], "keep this order"),
    ],
)
def test_names_alone_get_ids_made_of_them_and_nobody_another_s(tmp_path, words, codec, ids, said):
    out = found(tmp_path, words, codec)
    assert [s.id for s in out.students] == ids
    assert any(said in s for s in out.said), out.said


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
