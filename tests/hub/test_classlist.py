"""The class list and its sign-in codes: what is refused, and that no code is kept."""

import json
import stat

import classlist
import pytest
from classlist import ClassList, Codes


def test_names_are_read_a_line_with_comments_and_blank_lines_left_out(tmp_path):
    (tmp_path / "class.txt").write_text("# spring\nanna\n\n  ben-2  # moved here\nchoi\n")
    assert classlist.read(tmp_path / "class.txt") == ["anna", "ben-2", "choi"]


@pytest.mark.parametrize(
    "name",
    [
        "00710001",
        "S001",
        "student.one",
        "s_001",
        "one@students.example.org",
        "student-with-a-rather-long-name",
        "학생1",
    ],
)
def test_whatever_a_roster_has_for_an_id_is_a_name(tmp_path, name):
    (tmp_path / "class.txt").write_text(f"{name}\n", encoding="utf-8")
    assert classlist.read(tmp_path / "class.txt") == [name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_is_read_as_every_editor_saves_it(tmp_path, encoding, end):
    (tmp_path / "class.txt").write_bytes(f"anna{end}{end}ben  # front{end}".encode(encoding))
    assert classlist.read(tmp_path / "class.txt") == ["anna", "ben"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_roster_given_for_a_class_list_is_read_as_one(tmp_path, mark, refusal):
    rows = ["id,name,email", "s001,Student One,", "S.002,Student Two,two@example.org"]
    (tmp_path / "class.csv").write_text("\n".join(rows).replace(",", mark))
    assert classlist.read(tmp_path / "class.csv") == ["s001", "S.002"]
    (tmp_path / "class.csv").write_text(f"who{mark}where\nanna{mark}front\n")
    assert "class.csv" in refusal(classlist.read, tmp_path / "class.csv")


def test_two_names_that_differ_in_capitals_alone_are_asked_about_in_one_question(tmp_path, refusal):
    (tmp_path / "class.txt").write_text("Anna\nanna\n")
    said = refusal(classlist.read, tmp_path / "class.txt")
    assert "line 2: is anna the same person as Anna in line 1?" in said
    assert said.count("?") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("../root", "'../root' cannot be a name here"),
        ("anna b", "'anna b' cannot be a name here"),
        (".anna", "a letter or a digit first"),
        ("a" * 101, "at most 100"),
        ("학" * 100, "at most 100"),  # as a folder's name it would be too long
        ("anna\nben\nanna", "line 3: anna is in the list twice"),
        ("# nobody yet\n", "holds no name"),
        ("", "holds no name"),
    ],
)
def test_a_name_that_cannot_be_used_is_told_with_its_line(tmp_path, refusal, text, said):
    (tmp_path / "class.txt").write_text(text, encoding="utf-8")
    assert said in refusal(classlist.read, tmp_path / "class.txt")


@pytest.mark.parametrize("slip", [b"", b"anna b\n", b"anna\nanna\n", b"\xff\xfe\x00", None])
def test_a_list_with_a_slip_keeps_the_last_good_one_and_says_so_once(tmp_path, slip):
    listed, told = tmp_path / "class.txt", []
    listed.write_text("anna\nben\n")
    members = ClassList(listed, tmp_path / "good.json", told.append)
    assert members.names() == ["anna", "ben"]
    listed.unlink()
    if slip is not None:
        listed.write_bytes(slip)
    for _ in range(2):
        assert members.names() == ["anna", "ben"]
    assert len(told) == 1
    assert "the last good one holds: " in told[0]
    anew = ClassList(listed, tmp_path / "good.json")  # as after a restart
    assert anew.names() == ["anna", "ben"]
    assert anew.trouble
    listed.write_text("anna\n")
    assert members.names() == ["anna"]
    assert told[1:] == ["The class list can be used again."]
    assert not members.trouble


def test_a_list_that_never_was_good_is_told(tmp_path, refusal):
    assert "No such file" in refusal(ClassList(tmp_path / "class.txt", tmp_path / "good.json").names)


def test_a_list_that_is_missing_or_no_text_is_told(tmp_path, refusal):
    assert "No such file" in refusal(classlist.read, tmp_path / "class.txt")
    (tmp_path / "class.txt").write_bytes(b"\xff\xfe\x00")
    assert "it is no text" in refusal(classlist.read, tmp_path / "class.txt")


def test_codes_are_given_once_fit_once_and_are_not_kept(tmp_path):
    codes = Codes(tmp_path / "codes.json")
    given = codes.issue(["anna", "ben"])
    assert set(given) == {"anna", "ben"}
    assert given["anna"] != given["ben"]
    kept = (tmp_path / "codes.json").read_text()
    for code in given.values():
        assert code not in kept
        assert code.replace("-", "") not in kept
    assert stat.S_IMODE((tmp_path / "codes.json").stat().st_mode) == 0o600
    assert codes.fits("anna", given["anna"])
    assert codes.fits("anna", given["anna"].upper().replace("-", " "))
    assert not codes.fits("anna", given["ben"])
    assert not codes.fits("ben", given["anna"])
    assert not codes.fits("nobody", given["anna"])
    assert not codes.fits("anna", "")


def test_only_new_names_and_lost_codes_get_one(tmp_path):
    codes = Codes(tmp_path / "codes.json")
    first = codes.issue(["anna", "ben"])
    before = codes.all_given()
    assert codes.issue(["anna", "ben"]) == {}
    assert codes.all_given() == before
    again = codes.issue(["anna", "ben", "choi"], anew=("ben",))
    assert set(again) == {"ben", "choi"}
    assert codes.all_given()["anna"] == before["anna"]
    assert codes.all_given()["ben"] > before["ben"]
    assert codes.fits("anna", first["anna"])
    assert codes.fits("ben", again["ben"])
    assert not codes.fits("ben", first["ben"])


def test_the_same_code_is_hashed_with_a_salt_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(classlist, "new_code", lambda: "aaaa-bbbb-cccc")
    Codes(tmp_path / "codes.json").issue(["anna", "ben"])
    kept = json.loads((tmp_path / "codes.json").read_text())
    assert kept["anna"]["scrypt"] != kept["ben"]["scrypt"]


def test_codes_are_long_enough_and_easy_to_read():
    codes = {classlist.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert len(classlist.LETTERS) ** classlist.LENGTH > 2**59
    assert not set("".join(codes)) & set("ilo01")


def test_a_code_kept_by_an_earlier_version_still_fits(tmp_path):
    salt = bytes(16)
    kept = {"anna": {"salt": salt.hex(), "scrypt": classlist._hash("aaaa-bbbb-cccc", salt, 2**14)}}
    (tmp_path / "codes.json").write_text(json.dumps(kept))
    codes = Codes(tmp_path / "codes.json")
    assert codes.fits("anna", "AAAA bbbb cccc")
    assert not codes.fits("anna", "aaaa-bbbb-cccd")
    assert codes.all_given() == {"anna": 0}
