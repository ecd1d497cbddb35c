"""A class list is read however it was saved, or one sentence says what to do."""

import io
import zipfile

import pytest

from tumen.course.roster import Student, read_roster
from tumen.evidence.lines import lines_of

WORDS = "id,name,email\n00710001,학생 하나,one@example.org\n00710002,Prüfling,\n"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(sheet: str, shared: str = "", method=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        z.writestr("[Content_Types].xml", TYPES)
        z.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared:
            z.writestr("xl/sharedStrings.xml", shared)
    return out.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("sep", [False, True])
def test_any_way_a_spreadsheet_saves_is_read(tmp_path, codec, mark, sep):
    words = (f"sep={mark}\r\n" if sep else "") + WORDS.replace(",", mark).replace("\n", "\r\n")
    (tmp_path / "r.csv").write_bytes(words.encode(codec))
    assert [(s.id, s.name) for s in read_roster(tmp_path / "r.csv")] == [
        ("00710001", "학생 하나"),
        ("00710002", "Prüfling"),
    ]


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp949", "학생 하나"),
        ("cp949", "뷁뷁 김"),
        ("cp1252", "Prüfling"),
        ("cp1252", "José Núñez"),
        ("latin-1", "Müller"),
        ("cp1252", "„Zoë“ Œuvrard"),
        ("utf-32", "Zoë 조"),
        ("utf-16-be", "Zoë 조"),
    ],
)
def test_older_encodings_are_told_from_each_other(tmp_path, codec, name):
    (tmp_path / "r.csv").write_bytes(f"id,name\na1,{name}\n".encode(codec))
    assert read_roster(tmp_path / "r.csv") == (Student("a1", name),)


def test_where_two_encodings_fit_it_is_asked(tmp_path, refusal):
    (tmp_path / "r.csv").write_bytes(b"id,name\na1,\xc0\xcc\xe8\xe8\n")  # Korean and Western letters alike
    assert "reads as Korean (cp949) and as Western" in refusal(read_roster, tmp_path / "r.csv")


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("mac_roman", "Müller"), ("cp1254", "İpek Şahin"), ("cp1250", "Łukasz Żółć"), ("cp1251", "Пётр"), ("cp932", "山田太郎"),
        ("cp932", "ジョン"), ("gb18030", "王小明"), ("big5", "陳大文"),
    ],
)  # fmt: skip
def test_letters_of_another_country_are_not_taken_for_western_or_korean_ones(tmp_path, refusal, codec, name):
    (tmp_path / "r.csv").write_bytes(f"id,name\na1,{name}\n".encode(codec))
    assert "save it as “CSV UTF-8”" in refusal(read_roster, tmp_path / "r.csv")


def test_a_line_wider_than_its_headings_is_told(tmp_path, refusal):
    (tmp_path / "r.csv").write_text("id,name\ns1,One, Ann\n", encoding="utf-8")
    assert "line 2, has 3 cells and the heading has 2" in refusal(read_roster, tmp_path / "r.csv")


def test_an_xlsx_is_read_with_its_zeros(tmp_path):
    shared = f"<sst {NS}><si><t>id</t></si><si><r><t>na</t></r><r><t>me</t></r></si><si><t>00710001</t></si></sst>"
    sheet = (
        f'<worksheet {NS}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="C3" t="inlineStr"><is><t>학생</t></is></c></row>'
        '<row r="4"><c r="A4"><v>710002</v></c></row></sheetData></worksheet>'
    )
    (tmp_path / "r.xlsx").write_bytes(xlsx(sheet, shared))
    assert read_roster(tmp_path / "r.xlsx") == (Student("00710001", "학생"), Student("710002"))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 nothing",
        xlsx("<worksheet"),
        xlsx(f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet {NS}>&a;</worksheet>'),
        xlsx(f"<worksheet {NS}/>", method=zipfile.ZIP_BZIP2),
        xlsx(" " * 11_000_000),
        xlsx(f'<worksheet {NS}><sheetData><row><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>'),
        b"<!DOCTYPE html><title>Sign in</title>",
        b"id,name\n\x00\x01\x02\xff\xfe\xff",
    ],
)
def test_what_is_no_table_is_one_sentence(tmp_path, data, refusal):
    (tmp_path / "r.csv").write_bytes(data)
    assert "r.csv" in refusal(lines_of, tmp_path / "r.csv")


def test_ids_that_a_spreadsheet_spoilt_are_told_as_that(tmp_path, refusal):
    (tmp_path / "r.csv").write_text("id,name\n7.10001E+11,One\n")
    assert "set the column to Text" in refusal(read_roster, tmp_path / "r.csv")


def test_the_files_own_headings_are_never_called_valid(tmp_path, refusal):
    (tmp_path / "r.csv").write_text("code,who\nA7,One\n")
    sentence = refusal(read_roster, tmp_path / "r.csv")
    assert "needs the columns id and name; it has 'code', 'who'" in sentence
    assert "valid" not in sentence
