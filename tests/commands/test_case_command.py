"""`tumen case`: a sound file is told so, and a code is the same case in another coat."""

import io
import shutil
from pathlib import Path

import pytest

GOOD = 'title = "mine"\nas_of = 2002-05-07\n\n[counting.ceiling]\nhosts = 854000\n\n[counting.ceiling.guests]\nlow = 1.1\nhigh = 2\n'
COUNTED = "2 of counting.ceiling (hosts, guests); evidence only as known on 2002-05-07"


@pytest.fixture
def good(tumen, tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD)
    return "mine.toml"


def test_a_sound_case_is_told_with_what_it_changes(tumen, good):
    ran = tumen("case", "check", good)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"mine.toml (mine) can be used: it changes {COUNTED}.\n"


def test_an_empty_case_changes_nothing(tumen, tmp_path):
    (tmp_path / "empty.toml").write_text("")
    assert tumen("case", "check", "empty.toml").out == "empty.toml can be used: it changes nothing.\n"


@pytest.mark.parametrize("part", ["value = 5\nlow = 6\nhigh = 7", "low = 9000000\nhigh = 9000001"])
def test_a_value_outside_its_range_is_told(tumen, tmp_path, part):
    (tmp_path / "odd.toml").write_text(f"[counting.ceiling.hosts]\n{part}\n")
    first, last = tumen("case", "check", "odd.toml").out.splitlines()
    assert first.startswith("To look at: counting.ceiling hosts is ")
    assert "outside its range of" in first
    assert last.startswith("odd.toml can be used")


def test_a_title_is_printed_without_marks_that_turn_letters_and_on_one_line(tumen, tmp_path):
    (tmp_path / "odd.toml").write_text('title = "a\\u202eb\\nc\\u0007"\n')
    assert tumen("case", "check", "odd.toml").out == "odd.toml (ab c) can be used: it changes nothing.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[counting.ceiling]\nhots = 3\n", "bad.toml: [counting.ceiling] has no 'hots'; the nearest is 'hosts'."),
        ("[counting.ceiling]\nhosting_share = 3\n", "bad.toml: [counting.ceiling] hosting_share needs"),
        ("hosts = 3\n", "bad.toml: 'hosts' is not known here"),
        ("[counting.ceiling\n", "bad.toml is not valid TOML"),
        ('[data]\narrival = "a.csv"\n', "bad.toml: [data] has no table 'arrival'; the nearest is 'arrivals'."),
    ],
)
@pytest.mark.parametrize("action", ["check", "code"])
def test_a_bad_case_is_refused_in_one_sentence(tumen, tmp_path, action, text, said):
    (tmp_path / "bad.toml").write_text(text)
    assert tumen("case", action, "bad.toml").refusal.startswith(said)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (None, "bad.toml names 'mine.csv' for the table arrivals, and there is no such file."),
        ("", "mine.csv is empty"),
        ("a,b\n1,2\n", "mine.csv has no columns 'id', 'period', 'start_year', "),
    ],
)
def test_a_case_whose_table_cannot_be_read_is_not_sound(tumen, tmp_path, table, said):
    (tmp_path / "bad.toml").write_text('[data]\narrivals = "mine.csv"\n')
    if table is not None:
        (tmp_path / "mine.csv").write_text(table)
    assert tumen("case", "check", "bad.toml").refusal.startswith(said)


FILES = Path(__file__).parents[1] / "evidence" / "own_tables"


def own(tmp_path, file, *lines):
    shutil.copy(FILES / file, tmp_path)
    (tmp_path / "mine.toml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return "mine.toml"


def test_a_table_is_told_before_anything_is_computed(tumen, tmp_path):
    ran = tumen("case", "check", own(tmp_path, "ours_utf8.csv", "[data]", 'arrivals = "ours_utf8.csv"'))
    assert ran.out.splitlines() == [
        "arrivals is read from ours_utf8.csv: UTF-8 text, parted by commas, headings on line 1.",
        "  6 rows, 1948 to 2005.",
        "  Columns matched: 21 by our own names.",
        "  No line was left out.",
        "mine.toml can be used: it changes the table arrivals.",
    ]


def test_what_was_matched_missing_filled_left_out_and_changed_is_told(tumen, tmp_path):
    text = (FILES / "ours_without_sources.csv").read_text(encoding="utf-8-sig")
    lines = [line.rsplit(",", 1)[0] for line in text.replace("total", "합계").splitlines()]
    lines = ["표,,,,", *(f"{line},{'mine' if i else 'x'}" for i, line in enumerate(lines)), "Source: a page,,,,"]
    (tmp_path / "t.csv").write_text("\n".join(lines).replace("12.2", "12.2%"), encoding="utf-8")
    case = [
        "as_of = 2002-05-07",
        "[data.arrivals]",
        'file = "t.csv"',
        'columns = { "합계" = "total" }',
        'fill = { unit = "people" }',
    ]
    (tmp_path / "mine.toml").write_text("\n".join(case), encoding="utf-8")
    assert tumen("case", "check", "mine.toml").out.splitlines() == [
        "arrivals is read from t.csv: UTF-8 text, parted by commas, headings on line 2.",
        "  6 rows, 1948 to 2005.",
        "  Columns matched: 합계 is total; 9 by our own names.",
        "  The same in every row: unit = people.",
        "  Kept beside, not ours: x.",
        "  Missing, and empty here: source_org, source_title, source_year, url, verified, note, public, trust, "
        "source_kind, ref.",
        "  Left out: line 1 above the headings ('표'); line 9 below the rows ('Source: a page').",
        "  Read otherwise than it stands in women_pct: 1 read without a per cent sign, such as '12.2%' as 12.2.",
        "  6 of 6 rows name no source; the note under each chart says so.",
        "  Data: t.csv, which mine.toml puts in the place of arrivals, as known on 7 May 2002. Left out: 6 rows whose "
        "date of publication is not known closely enough.",
        "mine.toml can be used: it changes the table arrivals; evidence only as known on 2002-05-07.",
    ]


def test_a_code_holds_how_a_table_is_read(tumen, tmp_path):
    file = own(tmp_path, "ours_cp949.csv", "[data.arrivals]", 'file = "ours_cp949.csv"', 'encoding = "cp949"')
    (tmp_path / "again.toml").write_text(tumen("case", "read", tumen("case", "code", file).out.strip()).out)
    assert "CP949 text" in tumen("case", "check", "again.toml").out


def test_a_missing_file_and_a_folder_are_refused(tumen, tmp_path):
    assert tumen("case", "check", "nix.toml").refusal == "nix.toml: there is no such file."
    (tmp_path / "folder").mkdir()
    assert "cannot be read" in tumen("case", "check", "folder").refusal


def test_a_code_reads_back_as_the_case(tumen, good, monkeypatch):
    code = tumen("case", "code", good).out
    assert code.startswith("tumen1-") and code.count("\n") == 1
    read = tumen("case", "read", code.strip())
    assert (read.status, read.err) == (0, "")
    (again := __import__("pathlib").Path("again.toml")).write_text(read.out)
    assert tumen("case", "check", str(again)).out.endswith(f"it changes {COUNTED}.\n")
    assert tumen("case", "code", str(again)).out == code
    assert tumen("case", "read", *("> " + code[i : i + 20] for i in range(0, len(code), 20))).out == read.out
    monkeypatch.setattr("sys.stdin", io.StringIO(f"“{code}”\n"))
    assert tumen("case", "read", "-").out == read.out


def test_one_letter_changed_is_refused(tumen, good):
    code = tumen("case", "code", good).out.strip()
    for i in (8, 20, len(code) - 1):
        letter = "x" if code[i] != "x" else "y"
        assert "damaged" in tumen("case", "read", code[:i] + letter + code[i + 1 :]).refusal


def test_an_action_is_needed_and_a_mistyped_one_gets_the_nearest(tumen):
    assert "check, code, read" in tumen("case").refusal
    assert "the nearest is 'check'" in tumen("case", "chek", "x").refusal
