"""The class list and its sign-in codes: what is refused, and that no code is kept."""

import json
import stat

import classlist
import pytest
from classlist import Codes


def test_names_are_read_a_line_with_comments_and_blank_lines_left_out(tmp_path):
    (tmp_path / "class.txt").write_text("# spring\nanna\n\n  ben-2  # moved here\nchoi\n")
    assert classlist.read(tmp_path / "class.txt") == ["anna", "ben-2", "choi"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("anna\nAnna", "line 2: 'Anna' cannot be a name here"),
        ("2nd", "line 1: '2nd' cannot be a name here"),
        ("../root", "'../root' cannot be a name here"),
        ("anna b", "'anna b' cannot be a name here"),
        ("a" * 21, "use at most 20 of a-z, 0-9 and -"),
        ("anna\nben\nanna", "line 3: anna is in the list twice"),
        ("# nobody yet\n", "holds no name"),
    ],
)
def test_a_name_that_cannot_be_used_is_told_with_its_line(tmp_path, refusal, text, said):
    (tmp_path / "class.txt").write_text(text)
    assert said in refusal(classlist.read, tmp_path / "class.txt")


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
    assert codes.issue(["anna", "ben"]) == {}
    again = codes.issue(["anna", "ben", "choi"], anew=("ben",))
    assert set(again) == {"ben", "choi"}
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
