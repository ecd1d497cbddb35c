"""An own table is read however it was saved, or one sentence asks for what cannot be told; no number is ever guessed."""

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from tumen.brief import models
from tumen.core import Case
from tumen.core.code import decode, encode
from tumen.core.files import shipped
from tumen.core.own import Own
from tumen.evidence.package import PROVENANCE, schemas
from tumen.evidence.reading import read_rows
from tumen.evidence.tables import names, table

FILES = Path(__file__).parent / "own_tables"
TOTALS = [947, 1043, 1142, 1285, 1898, 1384]
THEIRS = {"구분": "period", "남(명)": "men", "여(명)": "women", "합계(명)": "total", "여성비율": "women_pct"}
DECLARED = {
    "ours_cp949.csv": {"encoding": "cp949"},
    "ours_decimal_comma.csv": {"decimal": ","},
    "ours_thousands.csv": {"thousands": ","},
    "ours_thousands_points_decimal_comma.csv": {"decimal": ",", "thousands": "."},
    "ours_dashes_for_nothing.csv": {"empty": ["-", "…"]},
}
PLAIN = {
    "ours.xlsx": "sheet 'Sheet1' of an .xlsx workbook",
    "xlsx_named_csv.csv": "sheet 'Sheet1' of an .xlsx workbook",
    "ours_utf8.csv": "UTF-8 text, parted by commas",
    "ours_utf16_tabs.txt": "UTF-16 text, parted by tabs",
    "ours_semicolons.csv": "UTF-8 text, parted by semicolons",
    "ours_whole_numbers_as_floats.csv": "UTF-8 text, parted by commas",
    "ours_per_cent_sign.csv": "UTF-8 text, parted by commas",
    "ours_fullwidth_digits.csv": "UTF-8 text, parted by commas",
    "ours_spreadsheet_dates.csv": "UTF-8 text, parted by commas",
    "ours_without_sources.csv": "UTF-8 text, parted by commas",
}
ASKED = {
    "ours_cp949.csv": ("line 2, is not UTF-8 text", 'encoding = "cp949"'),
    "ours_decimal_comma.csv": ("row A01, column women_pct: '12,2'", 'decimal = ","'),
    "ours_thousands.csv": ("row A02, column total: '1,043'", 'thousands = ","'),
    "ours_thousands_points_decimal_comma.csv": ("'12,2'", 'decimal = ","'),
    "ours_dashes_for_nothing.csv": ("row A02, column men: '-'", 'empty = ["-", "…"]'),
    "public_korean_cp949.csv": ("is not UTF-8 text", 'encoding = "cp949"'),
    "public_korean_utf8.csv": ("no columns 'id', 'period', 'start_year'", 'columns = { "heading of yours" = "id" }'),
    "title_line_above.csv": ("headings stand on line 3", "'start_year'"),
}
REFUSED = {
    "login_page.csv": "is a web page, perhaps a sign-in page, and no table",
    "lfs_pointer.csv": "pointer of Git LFS",
}


@pytest.fixture
def own(tmp_path):
    """A function that reads a file as the table arrivals, as a case declares it."""

    def read(file, name="arrivals", **declared):
        if isinstance(file, bytes):
            (tmp_path / "mine.csv").write_bytes(file)
            file = "mine.csv"
        elif not (tmp_path / file).exists():
            shutil.copy(FILES / file, tmp_path)
        case = Case.parse({"data": {name: {"file": file, **declared}}}, (), tmp_path / "case.toml")
        return table(name, case=case)

    return read


def with_cells(**cells) -> bytes:
    """The small table of six rows with some cells of its second row changed."""
    head, *lines = (FILES / "ours_utf8.csv").read_text(encoding="utf-8-sig").splitlines()
    columns, row = head.split(","), lines[1].split(",")
    for name, text in cells.items():
        row[columns.index(name)] = f'"{text}"'
    return "\n".join([head, lines[0], ",".join(row), *lines[2:], ""]).encode()


def test_every_file_is_met_here():
    assert {p.name for p in FILES.iterdir()} == {*PLAIN, *ASKED, *REFUSED}


@pytest.mark.parametrize(("file", "how"), PLAIN.items())
def test_what_can_be_told_from_the_file_is_read(own, file, how):
    read = own(file)
    assert [r["total"] for r in read.rows] == TOTALS
    assert all(type(r["total"]) is int and type(r["women_pct"]) is float for r in read.rows)
    assert read.rows[0]["women_pct"] == 12.2 and read.rows[0]["start_year"] == 1948
    assert read.read.how == how


@pytest.mark.parametrize(("file", "declared"), DECLARED.items())
def test_what_is_declared_is_read(own, file, declared):
    read = own(file, **declared)
    assert [r["total"] for r in read.rows] == TOTALS
    assert [r["women_pct"] for r in read.rows][:2] == [12.2, 45.8]
    if file == "ours_cp949.csv":
        assert read.rows[0]["source_org"] == "통일부"
    if "dashes" in file:
        assert read.rows[1]["men"] is None and read.rows[1]["women"] is None


@pytest.mark.parametrize(("file", "words"), ASKED.items())
def test_what_cannot_be_told_is_asked_for_in_one_sentence(own, refusal, file, words):
    sentence = refusal(own, file)
    assert sentence.startswith(file)
    for word in words:
        assert word in sentence
    assert "[data.arrivals]" in sentence and f'file = "{file}"' in sentence
    assert "valid names are" not in sentence


@pytest.mark.parametrize(("file", "words"), REFUSED.items())
def test_what_is_no_table_is_named_as_what_it_is(own, refusal, file, words):
    assert words in refusal(own, file)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old spreadsheet (.xls)"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b'[{"id": 1}]', "is JSON"),
        (b"\xef\xbb\xbf <HTML>", "web page"),
        (b"{\\rtf1 x", "is a document"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"SQLite format 3\0", "a database"),
        (b"PK\x03\x04" + b"0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument (.ods)"),
        (b"id,note\nA," + b"x" * 200_000 + b"\n", "line 2, is no line of a CSV file"),
        (b"PK\x03\x04nothing", "cannot be read as a spreadsheet's xlsx"),
    ],
)
def test_other_kinds_of_file_are_named_too(own, refusal, start, words):
    assert words in refusal(own, start)


# a public table, with headings of its own


@pytest.mark.parametrize("file", ["public_korean_utf8.csv", "public_korean_cp949.csv", "title_line_above.csv"])
def test_what_a_public_table_lacks_is_named_by_our_headings(own, refusal, file):
    more = {"encoding": "cp949"} if "cp949" in file else {}
    sentence = refusal(own, file, columns=THEIRS, thousands=",", **more)
    assert (
        "has no columns 'id', 'start_year', 'end_year', 'series', 'measure' and 'unit', which arrivals needs"
        in sentence
    )
    assert "구분" not in sentence and "남" not in sentence


def test_a_public_table_is_read_once_its_columns_are_named(own, tmp_path):
    text = (
        (FILES / "title_line_above.csv")
        .read_text(encoding="utf-8-sig")
        .replace("~1998", "1998")
        .replace("~2001", "2001")
    )
    columns = {**THEIRS, "구분": ["id", "period", "start_year", "end_year"]}
    fill = {"series": "public", "measure": "year", "unit": "people"}
    read = own((text + "자료: 통일부,,,,\n").encode(), columns=columns, fill=fill, thousands=",")
    assert [r["total"] for r in read.rows] == TOTALS[:5]
    assert read.rows[1] | {"id": "2001", "start_year": 2001, "women_pct": 46.0, "unit": "people"} == read.rows[1]
    assert read.read.heading == 3
    assert ("합계(명)", "total") in read.read.matched
    assert read.read.left_out == (
        "line 1 above the headings ('북한이탈주민 입국 현황')",
        "line 2 above the headings ('(단위: 명)')",
        "line 9 below the rows ('자료: 통일부')",
    )
    assert read.read.changed == ("women_pct: 5 read without a per cent sign, such as '12%' as 12",)


def test_columns_of_ones_own_stand_beside(own):
    read = own(
        (FILES / "ours_utf8.csv").read_bytes().replace(b"women_pct", b"women_share"),
        columns={"women_share": "women_pct"},
    )
    assert read.rows[0]["women_pct"] == 12.2
    text = (FILES / "ours_utf8.csv").read_text(encoding="utf-8-sig").splitlines()
    read = own("\n".join(f"{line},{'mine' if i else 'my column'}," for i, line in enumerate(text)).encode())
    assert read.read.beside == ("my column",) and read.rows[0]["my column"] == "mine"


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        (
            {"columns": {"구븐": "period"}},
            "no heading '구븐', which [data.arrivals] columns names; the nearest there is '구분'",
        ),
        ({"columns": {"구분": "perod"}}, "'perod' is no column; the nearest is 'period'"),
        ({"columns": {"구분": "period", "남(명)": "period"}}, "has the column 'period' 2 times"),
        ({"fill": {"unitt": "people"}}, "'unitt' is no column; the nearest is 'unit'"),
    ],
)
def test_a_column_that_is_not_there_is_told(own, refusal, declared, words):
    assert words in refusal(own, "public_korean_utf8.csv", **declared)


@pytest.mark.parametrize("name", names())
def test_what_any_table_lacks_is_said_shortly(tmp_path, refusal, name):
    (tmp_path / "mine.csv").write_text("code,what\n1,2\n")
    sentence = refusal(table, name, case=Case(data={name: "mine.csv"}, path=tmp_path / "case.toml"))
    assert f"which {name} needs" in sentence and "'id'" in sentence


# numbers


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"total": "1.043"}, 'thousands = "."'),
        ({"total": "1.000"}, 'thousands = "."'),
        ({"total": "1 043"}, 'thousands = " "'),
        ({"total": "1\xa0043"}, 'thousands = " "'),
        ({"total": "1’043"}, 'thousands = "\'"'),
        ({"total": "?"}, 'empty = ["?"]'),
        ({"total": "미상"}, 'empty = ["미상"]'),
        ({"total": "약 1043"}, "no whole number"),
        ({"total": "1043–1050"}, "no whole number"),
        ({"end_year": "98"}, "is no year; write its four digits"),
        ({"end_year": "20011"}, "is no year"),
        ({"public": "2020-00"}, "no date"),
        ({"public": "27.11.2020"}, "no date"),
        ({"public": "Oct-20"}, "no date"),
        ({"total": "1,043,000"}, 'thousands = ","'),
        ({"total": "1.043,5"}, 'thousands = "." and decimal = ","'),
        ({"total": "１，０４３"}, 'thousands = ","'),
        ({"total": "1,04"}, 'decimal = ","'),
        ({"total": "1_043"}, "no whole number"),
        ({"total": "1043²"}, "no whole number"),
        ({"total": "1.04E+03"}, "a spreadsheet has shortened it"),
        ({"total": "46%"}, "has a per cent sign, and the column counts people"),
        ({"total": "—"}, 'empty = ["—"]'),
        ({"total": "n/a"}, 'empty = ["n/a"]'),
        ({"total": "1043명"}, "no whole number"),
        ({"public": "10/01/2020"}, "no date"),
        ({"public": "2020.10"}, "no date"),
    ],
)
def test_no_number_is_guessed(own, refusal, cells, words):
    sentence = refusal(own, with_cells(**cells))
    assert words in sentence and f"row A02, column {next(iter(cells))}" in sentence


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"total": "1043.0"}, 1043),
        ({"total": "−1043"}, -1043),
        ({"women_pct": "45.8 %"}, 45.8),
        ({"women_pct": "45.80"}, 45.8),
        ({"women_pct": "１２．２％"}, 12.2),
        ({"public": "2020/10/1"}, "2020-10-01"),
        ({"public": "2020. 10. 1."}, "2020-10-01"),
        ({"public": "2020-10-01T00:00:00"}, "2020-10-01"),
        ({"public": "2020.0"}, "2020"),
        ({"public": "2020년 10월 1일"}, "2020-10-01"),
        ({"public": "2020年10月"}, "2020-10"),
        ({"public": "2020.10."}, "2020-10"),
        ({"public": "2020/10"}, "2020-10"),
        ({"public": "2020년"}, "2020"),
        ({"public": "2020-10-01T00:00:00Z"}, "2020-10-01"),
        ({"public": "２０２０"}, "2020"),
        ({"total": "\u200b1043\ufeff"}, 1043),
    ],
)
def test_what_has_one_meaning_is_read(own, cells, value):
    assert own(with_cells(**cells)).row("A02")[next(iter(cells))] == value


def rates(*values) -> bytes:
    rows = "".join(f'R{i},s,2001,2001,,a,"{v}",ratio\n' for i, v in enumerate(values))
    return ("id,series,period,year,start,end,value,unit\n" + rows).encode().replace(b",,a,", b",,,")


def test_a_point_before_three_digits_is_a_decimal_point_only_where_another_cell_or_the_case_says_so(own, refusal):
    more = {"fill": {"low": "", "high": ""}}
    assert 'thousands = "." (or decimal = "." where it is a decimal point)' in refusal(
        own, rates("1.043", "2.512"), "macro", **more
    )
    assert [r["value"] for r in own(rates("1.043", "2.5"), "macro", **more).rows] == [1.043, 2.5]
    assert [r["value"] for r in own(rates("1.043", "2.512"), "macro", decimal=".", **more).rows] == [1.043, 2.512]
    assert [r["value"] for r in own(rates("1.043", "2.512"), "macro", thousands=".", **more).rows] == [1043, 2512]
    assert [r["value"] for r in own(rates("0.043", "0.512"), "macro", **more).rows] == [0.043, 0.512]
    assert 'thousands = "," (or decimal = ","' in refusal(own, rates("1,043", "2,512"), "macro", **more)
    assert [r["value"] for r in own(rates("1,043", "2,512"), "macro", decimal=",", **more).rows] == [1.043, 2.512]
    assert "not parted into thousands by '.'" in refusal(own, rates("1.043", "2.5"), "macro", thousands=".", **more)
    assert "has a point" in refusal(own, rates("2.5"), "macro", decimal=",", **more)


@pytest.mark.parametrize("name", names())
def test_our_own_tables_saved_by_others_are_the_same_rows(tmp_path, name):
    rows = read_rows(shipped("data") / f"{name}.csv", schemas()[name])
    shutil.copy(shipped("data") / f"{name}.csv", tmp_path / "mine.csv")
    case = Case(data={name: "mine.csv"}, path=tmp_path / "case.toml")
    assert table(name, case=case).rows == rows


# encodings, separators, sheets


def test_an_encoding_declared_wrongly_is_told(own, refusal):
    assert "is not utf-8 text" in refusal(own, "ours_cp949.csv", encoding="utf-8")
    assert "is UTF-8 text; encoding = 'cp949' does not fit" in refusal(own, "ours_utf8.csv", encoding="cp949")
    plain = (FILES / "ours_utf8.csv").read_text(encoding="utf-8-sig").encode()
    assert "is UTF-8 text; encoding = 'latin-1' does not fit" in refusal(own, plain, encoding="latin-1")
    assert "is UTF-16 text" in refusal(own, "ours_utf16_tabs.txt", encoding="utf-8")
    assert own("ours_utf16_tabs.txt", encoding="utf-16").rows[0]["source_org"] == "통일부"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_marked_text_with_any_separator_is_read(own, codec, mark):
    text = (FILES / "ours_utf8.csv").read_text(encoding="utf-8-sig").replace(",", mark).replace("\n", "\r\n")
    assert [r["total"] for r in own(text.encode(codec)).rows] == TOTALS


@pytest.mark.parametrize("codec", ["cp949", "euc_kr", "johab", "iso2022_kr"])
def test_declared_encodings_are_any_that_pandas_reads(own, codec):
    text = (FILES / "ours_utf8.csv").read_text(encoding="utf-8-sig")
    assert own(text.encode(codec), encoding=codec).rows[0]["source_org"] == "통일부"


@pytest.mark.parametrize(
    ("codec", "note", "said"),
    [
        ("cp932", "見本です", 'encoding = "cp932" (Japanese)'),
        ("iso2022_jp", "見本", 'encoding = "iso2022_jp" (Japanese)'),
        ("gb18030", "统一部样本", 'encoding = "gb18030" (Chinese)'),
        ("mac_roman", "Über Straße", 'encoding = "mac_roman"'),
    ],
)
def test_the_encoding_asked_for_is_one_that_fits(own, refusal, codec, note, said):
    head, *lines = (FILES / "ours_utf8.csv").read_text(encoding="utf-8-sig").splitlines()
    text = "\n".join([head, *(line.replace("보기", note).replace("통일부", note) for line in lines)])
    text = text.replace(f"{note} 표", note)
    sentence = refusal(own, text.encode(codec))
    assert said in sentence
    assert own(text.encode(codec), encoding=codec).rows[0]["note"] == note


def changed(heading=str, below="", **cells) -> bytes:
    """The small table with its headings written otherwise, lines below it, and cells changed in every row."""
    head, *lines = (FILES / "ours_utf8.csv").read_text(encoding="utf-8-sig").splitlines()
    columns = head.split(",")
    rows = [line.split(",") for line in lines]
    for name, values in cells.items():
        for r, value in zip(rows, values, strict=True):
            r[columns.index(name)] = value
    return "\n".join([",".join(map(heading, columns)), *map(",".join, rows), below]).encode()


@pytest.mark.parametrize(
    "heading",
    [
        str.upper,
        lambda h: h.title().replace("_", " "),
        lambda h: h + "\u200b",
        lambda h: h.replace("m", "ｍ"),
        lambda h: f" {h}\xa0",
    ],
)
def test_headings_that_differ_in_their_letters_only_are_ours(own, heading):
    assert [r["total"] for r in own(changed(heading)).rows] == TOTALS


def test_a_heading_on_two_lines_is_named_on_one(own):
    head = changed(lambda h: '"남\n(명)"' if h == "men" else h)
    assert own(head, columns={"남 (명)": "men"}).rows[0]["men"] == 831


@pytest.mark.parametrize(
    "below",
    [
        "합계,,,,,7699,,,,,,,,,,,,,,,",
        "Total,all,1948,2005,main_revised,7699,4000,3699,48,x,y,2020,u,seen,n,year,people,2020,high,official,r",
    ],
)
def test_a_sum_below_the_rows_is_left_out_and_said(own, below):
    read = own(changed(below=below))
    assert [r["total"] for r in read.rows] == TOTALS and "line 8 below the rows" in read.read.left_out[0]


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        (
            {"women_pct": ["0.122", "0.458", "0.553", "0.631", "0.67", "0.725"]},
            "holds only parts of 1, such as 0.122; is it meant as 12.2?",
        ),
        ({"women_pct": ["12.2", "45.8", "553", "63.1", "67", "72.5"]}, "counts per cent and holds 553"),
        ({"total": ["947", "-1043", "1142", "1285", "1898", "1384"]}, "counts people and holds -1043"),
        ({}, ""),
    ],
)
def test_a_column_that_hardly_holds_what_it_counts_is_asked_about(own, cells, doubt):
    doubts = own(changed(**cells)).read.doubts
    assert doubt in doubts[0] if doubt else doubts == ()


def test_a_separator_declared_wrongly_is_told(own, refusal):
    sentence = refusal(own, "ours_semicolons.csv", separator="comma")
    assert "is parted by semicolons and not as declared" in sentence and 'separator = "semicolon"' in sentence


def test_either_apostrophe_parts_thousands(own):
    text = changed(total=["947", "1’043", "1'142", "1’285", "1’898", "1’384"])
    assert [r["total"] for r in own(text, thousands="'").rows] == TOTALS


def test_a_separator_that_cannot_be_told_is_asked_for(own, refusal):
    sentence = refusal(own, b"a,b;c,d\n1,2;3,4\n")
    assert 'separator = "comma" or separator = "semicolon"' in sentence
    assert "'id'" in refusal(own, b"a,b;c,d\n1,2;3,4\n", separator="semicolon")


def workbook(**sheets) -> bytes:
    """A workbook of those sheets, each the XML of its rows, whose style 1 shows days and style 2 per cent."""
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        named = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(sheets))
        z.writestr("xl/workbook.xml", f'<workbook {ns} xmlns:r="{rel}"><sheets>{named}</sheets></workbook>')
        links = "".join(f'<Relationship Id="r{i}" Target="worksheets/s{i}.xml"/>' for i in range(len(sheets)))
        z.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        formats = '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs>'
        z.writestr("xl/styles.xml", f"<styleSheet {ns}>{formats}{styles}</styleSheet>")
        for i, rows in enumerate(sheets.values()):
            z.writestr(f"xl/worksheets/s{i}.xml", f"<worksheet {ns}><sheetData>{rows}</sheetData></worksheet>")
    return out.getvalue()


def row(*cells) -> str:
    return (
        "<row>"
        + "".join(c if c.startswith("<") else f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in cells)
        + "</row>"
    )


NEEDED = [c for c in schemas()["arrivals"].columns if c not in PROVENANCE]
LAST = row(
    "A1",
    "2002",
    *("<c><v>2002</v></c>" * 1,) * 2,
    "s",
    *("<c><v>3.0</v></c>",) * 3,
    '<c s="2"><v>0.553</v></c>',
    "year",
    "people",
    '<c s="1"><v>44105</v></c>',
)


def test_a_sheet_is_taken_by_its_name_and_its_days_and_percentages_as_they_are_shown(own, refusal):
    book = workbook(Notes=row("nothing here"), Data=row(*NEEDED, "public") + LAST)
    read = own(book, sheet="Data")
    assert read.rows[0] | {"total": 3, "women_pct": 55.3, "public": "2020-10-01", "start_year": 2002} == read.rows[0]
    assert "no sheet 'Dta'; the nearest is 'Data'" in refusal(own, book, sheet="Dta")
    assert "its first sheet, 'Notes'; write sheet = \"Data\" under [data.arrivals]" in refusal(own, book)
    assert "is text and has no sheets" in refusal(own, "ours_utf8.csv", sheet="Data")
    assert own(workbook(Data=row(*NEEDED, "public") + LAST, Notes=row("x"))).read.how.endswith(
        "workbook, the first of 2"
    )


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('<c t="b"><v>1</v></c>', "'TRUE' is no whole number"),
        ("<c><f>SUM(A1:A9)</f></c>", "'=SUM(A1:A9)' is no whole number"),
        ('<c t="e"><v>#N/A</v></c>', 'empty = ["#N/A"]'),
        ('<c s="1"><v>99999999</v></c>', 99_999_999),
        ('<c s="1"><v>abc</v></c>', "'abc' is no whole number"),
        ("<c><f>A1</f><v>1043</v></c>", 1043),
        ("<c><v>1.043E3</v></c>", 1043),
    ],
)
def test_a_cell_of_a_sheet_is_a_number_only_where_it_is_one(own, refusal, cell, found):
    book = workbook(Data=row(*NEEDED, "public") + LAST.replace("<c><v>3.0</v></c>", cell, 1))
    if isinstance(found, str):
        assert found in refusal(own, book)
    else:
        assert own(book).rows[0]["total"] == found


def test_a_sheet_is_read_without_readings_above_its_signs_and_in_the_strict_form(own):
    text = '<c t="inlineStr"><is><r><t>漢</t></r><r><t>字_x000A_</t></r><rPh sb="0" eb="1"><t>カンジ</t></rPh></is></c>'
    book = workbook(Data=row(*NEEDED, "public", "note") + LAST.replace("</row>", f"{text}</row>"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            words = (
                old.read(part)
                .decode()
                .replace(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
            )
            new.writestr(
                part,
                words.replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            )
    for data in (book, out.getvalue()):
        assert own(data, sheet="Data").rows[0]["note"] == "漢字"


# what a case says, its code, the note under a chart


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({"encoding": "cp949"}, "[data.arrivals] needs a file"),
        ({"file": "a.csv", "seperator": ";"}, "has no 'seperator'; the nearest is 'separator'"),
        ({"file": "a.csv", "encoding": "korean949"}, "encoding 'korean949' is not known"),
        ({"file": "a.csv", "encoding": "rot13"}, "encoding 'rot13' is not known"),
        ({"file": "a.csv", "separator": "semi"}, "separator is one mark"),
        ({"file": "a.csv", "thousands": "x"}, "thousands is one of"),
        ({"file": "a.csv", "thousands": ",", "decimal": ","}, "one mark cannot be both"),
        ({"file": "a.csv", "columns": ["a"]}, "columns needs pairs"),
        ({"file": "a.csv", "columns": {"a": 1}}, "columns needs pairs of words"),
        ({"file": "a.csv", "empty": [1]}, "empty needs the marks"),
        ({"file": 3}, "file needs words in quotes"),
    ],
)
def test_a_declaration_with_a_slip_is_told(refusal, declared, words):
    assert words in refusal(Case.parse, {"data": {"arrivals": declared}}, ())


def test_a_declared_table_keeps_its_form_in_a_file_and_in_a_code(tmp_path):
    own = Own(
        "my.csv",
        "cp949",
        ";",
        (("구분", "id"), ("구분", "period"), ("계", "total")),
        ".",
        ",",
        "",
        ("-", "…"),
        (("unit", "people"),),
    )
    case = Case(data={"arrivals": own, "food": "food.csv"})
    assert Case.read(case.save(tmp_path / "case.toml"), ()).data == case.data
    assert decode(encode(case), ()).data == case.data


def test_the_note_says_that_sources_are_missing(own):
    assert (
        own("ours_without_sources.csv")
        .note()
        .endswith(" Sources are missing: no row says where its numbers come from.")
    )
    one = with_cells(source_org="", source_title="", url="", ref="")
    assert own(one).note().endswith("Sources are missing: 1 of 6 rows do not say where their numbers come from.")
    assert not any("Sources are missing" in table(n).note() for n in names())


def test_a_model_runs_on_a_table_in_another_encoding(tmp_path):
    found = next(m for m in models().values() if "arrivals" in m.reads)
    text = (shipped("data") / "arrivals.csv").read_text(encoding="utf-8").replace(",1142,", ",2142,")
    (tmp_path / "mine.csv").write_bytes(text.encode("utf-16-le"))
    (tmp_path / "plain.csv").write_text(text, encoding="utf-8")
    declared = {"file": "mine.csv", "encoding": "utf-16-le", "separator": "comma"}
    case, plain = (
        Case.parse({"data": {"arrivals": own}}, (), tmp_path / "case.toml") for own in (declared, "plain.csv")
    )
    ran = repr(case.apply(found)())
    assert ran == repr(plain.apply(found)()) != repr(found())


def test_what_a_date_leaves_out_is_as_with_any_table(own, tmp_path):
    shutil.copy(FILES / "ours_semicolons.csv", tmp_path)
    case = Case(data={"arrivals": "ours_semicolons.csv"}, as_of=dt.date(2002, 5, 7), path=tmp_path / "case.toml")
    assert table("arrivals", case=case).left_out.later == 6
