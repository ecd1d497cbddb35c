"""Hand-ins are read as data: whatever comes is answered, nothing runs, nothing is written, nothing is followed."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from hostile import CANARY, answers, hand_in, notebook, text, write_hostile, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from tumen.core import Problem
from tumen.core.cells import CONTROLS, shown_name
from tumen.course import received
from tumen.course.handed import LONGEST_TEXT, read_text
from tumen.course.handin import LARGEST, checksum
from tumen.course.received import Received, Refused, read_hand_ins

GOOD = hand_in("s001", answers(**{"counting.guests": 200.0, "counting.mind": "Because."}))


def everything(folder: Path) -> dict[str, int]:
    """Every file below a folder with its size, links not followed."""
    return {str(p): p.lstat().st_size for p in sorted(folder.rglob("*"))}


# --- one hand-in -----------------------------------------------------------------------------------


def test_a_hand_in_is_read_as_it_was_written():
    read = read_text(text(GOOD))
    assert (read.course, read.student, read.intact, read.whole) == ("sample", "s001", True, True)
    assert read.answers["counting.guests"].value == 200.0
    assert read.answers["counting.mind"].value == "Because."
    assert read.made.isoformat() == "2026-10-01T10:00:00+00:00"
    assert read.odd == {}


def test_a_number_without_a_point_is_still_a_number_and_an_empty_answer_stays_empty():
    read = read_text(text(hand_in("s001", answers(a=200, b=None, c="-81"))))
    assert [e.value for e in read.answers.values()] == [200.0, None, "-81"]
    assert isinstance(read.answers["a"].value, float)


def test_of_its_case_only_a_mark_of_the_words_is_kept():
    """A file may bring a hundred kB of it, and a zip some thousands of files."""
    long = text(hand_in("s001", {}, case="x = 1\n" * 10_000))
    assert len(read_text(long).case) < 20
    spaced, other = (read_text(text(hand_in("s001", {}, case=c))).case for c in (" x  =\n1", "x = 2"))
    assert spaced == read_text(text(hand_in("s001", {}, case="x = 1"))).case != other
    assert read_text(text(hand_in("s001", {}, case=" "))).case == ""


@pytest.mark.parametrize("part", ["student", "course", "made", "case", "answers"])
def test_a_changed_part_breaks_the_seal_but_is_read(part):
    changed = GOOD | {part: {} if part == "answers" else "x1"}
    assert read_text(text(changed)).intact is False


def test_without_a_seal_nothing_is_said_about_it():
    assert read_text(text({k: v for k, v in GOOD.items() if k != "check"})).intact is None


def test_the_order_of_keys_and_spaces_does_not_matter_to_the_seal():
    turned = json.dumps(dict(reversed(GOOD.items())), indent=3, ensure_ascii=False).encode()
    assert read_text(turned).intact is True
    assert checksum(GOOD) == GOOD["check"]


def test_what_is_not_finite_is_set_aside_and_the_rest_counts():
    read = read_text(text(hand_in("s001", answers(a=float("nan"), b=float("inf"), c=3.0))))
    assert list(read.answers) == ["c"]
    assert set(read.odd) == {"a", "b"}


def test_verdicts_on_claims_are_no_part_of_a_hand_in():
    assert list(read_text(text(hand_in("s001", answers(**{"verdict.then.S2P3-d": "x", "a": 1.0})))).answers) == ["a"]


def test_a_long_text_is_cut_and_said_to_be():
    read = read_text(text(hand_in("s001", answers(a="x" * (LONGEST_TEXT + 5)))))
    assert len(read.answers["a"].value) == LONGEST_TEXT + 1
    assert "cut" in read.odd["a"]


@pytest.mark.parametrize(
    "student", ["../x", "a/b", "a\\b", "", "x" * 80, "a b", "=1", "-x", ".x", "a\x00", "<b>", "누구"]
)
def test_an_id_that_could_be_a_path_or_a_formula_is_refused(student, refusal):
    if student == "":
        assert read_text(text(hand_in(student, {}))).student == ""
    else:
        assert "names no student" in refusal(read_text, text(hand_in(student, {})))


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        read_text(data)
    except Problem as fault:
        assert "\n" not in str(fault)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.dictionaries(st.sampled_from([*GOOD, "extra"]), JSON, max_size=5)


@settings(max_examples=300)
@given(PARTS, st.dictionaries(st.text(max_size=10), JSON, max_size=4))
def test_any_hand_in_is_read_or_refused_and_what_is_read_is_plain(parts, entries):
    try:
        read = read_text(text(GOOD | {"answers": entries} | parts))
    except Problem as fault:
        assert "\n" not in str(fault)
        return
    for answer in read.answers.values():
        assert answer.value is None or isinstance(answer.value, (str, float))
        words = [answer.state, answer.when, answer.value if isinstance(answer.value, str) else ""]
        assert not any(CONTROLS.search(w) for w in words)
        assert answer.value != answer.value or answer.value not in (float("inf"), float("-inf"))


# --- folders and archives ------------------------------------------------------------------------------


def test_a_folder_a_zip_and_a_file_give_the_same(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "hand-in-sample-s001.json").write_bytes(text(GOOD))
    (tmp_path / "in.zip").write_bytes(zipped({"x/hand-in-sample-s001.json": text(GOOD)}))
    for place in (folder, folder / "hand-in-sample-s001.json", tmp_path / "in.zip"):
        (one,) = read_hand_ins(place)
        assert one.hand_in.answers["counting.guests"].value == 200.0


def test_downloads_of_learning_platforms_are_read(tmp_path):
    inner = zipped({"sample-s003/hand-in-sample-s003.json": text(hand_in("s003", {})), "sample-s003/02.ipynb": b"{}"})
    members = {
        "onestudent_101_9001_hand-in-sample-s001.json": text(GOOD),
        "twostudent_LATE_102_9002_hand-in-sample-s002-1.json": text(hand_in("s002", {})),
        "Student Three_103_assignsubmission_file_/work.zip": inner,
        "Student Four_104_assignsubmission_file_/hand-in-sample-s004.json": text(hand_in("s004", {})),
        "__MACOSX/._hand-in-sample-s001.json": b"\x00",
    }
    (tmp_path / "download.zip").write_bytes(zipped(members))
    found = list(read_hand_ins(tmp_path / "download.zip"))
    assert [f.hand_in.student for f in found] == ["s004", "s003", "s001", "s002"]
    assert all(f.flags == () for f in found)


def test_nbgraders_folders_are_read_and_the_notebooks_beside_are_passed_over(tmp_path):
    for student in ("s001", "s002"):
        at = tmp_path / "submitted" / student / "sample"
        at.mkdir(parents=True)
        (at / "hand-in-sample.json").write_bytes(text(hand_in(student, {})))
        (at / "02.ipynb").write_bytes(b"{}")
        (at / "answers.json").write_bytes(b'{"version": 1, "answers": {}}')
        (at / "timestamp.txt").write_text("2026-10-01 10:00:00 UTC")
    found = list(read_hand_ins(tmp_path / "submitted"))
    assert [(type(f), f.hand_in.student) for f in found] == [(Received, "s001"), (Received, "s002")]


def test_a_notebook_alone_is_refused_by_name_and_never_opened(tmp_path):
    (tmp_path / "02.ipynb").write_bytes(notebook(tmp_path / CANARY))
    (one,) = read_hand_ins(tmp_path)
    assert one == Refused(
        "02.ipynb", "this is a notebook, which is never opened here; no hand-in (hand-in-….json) lies beside it."
    )


def test_links_pipes_and_depth(tmp_path):
    away = tmp_path / "away.json"
    away.write_bytes(text(GOOD))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.json").symlink_to(away)
    os.mkfifo(folder / "pipe.json")
    found = {f.path: f.reason for f in read_hand_ins(folder)}
    assert "links are not followed" in found["link.json"]
    assert "no ordinary file" in found["pipe.json"]


def test_a_bomb_costs_no_more_than_its_limit(tmp_path, monkeypatch):
    (tmp_path / "b.zip").write_bytes(zipped({f"{i}.json": b"0" * 5_000_000 for i in range(40)}))
    unpacked = []
    whole = zipfile.ZipExtFile.read
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda self, n=-1: unpacked.append(n) or whole(self, n))
    assert all(isinstance(f, Refused) for f in read_hand_ins(tmp_path))
    assert unpacked == []  # its members say how large they are, and are believed when they say too large


def test_an_archive_with_an_endless_list_of_members_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(received, "LARGEST_DIRECTORY", 5_000)
    (tmp_path / "long.zip").write_bytes(zipped({f"{i:060}.json": b"" for i in range(60)}))
    (tmp_path / "short.zip").write_bytes(zipped({"hand-in.json": text(GOOD)}))
    opened = []
    whole = zipfile.ZipFile.__init__
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda self, f, *a: opened.append(1) or whole(self, f, *a))
    refused, read = read_hand_ins(tmp_path)
    assert "far longer than a class needs" in refused.reason
    assert isinstance(read, Received)
    assert len(opened) == 1


def test_a_member_that_lies_about_its_size_is_cut_off(tmp_path):
    data = bytearray(zipped({"a.json": b" " * (LARGEST + 50)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    (tmp_path / "b.zip").write_bytes(data)
    (one,) = read_hand_ins(tmp_path)
    assert isinstance(one, Refused)


def test_too_many_files_are_told_once(tmp_path, monkeypatch):
    monkeypatch.setattr(received, "MOST_FILES", 3)
    for i in range(6):
        (tmp_path / f"{i}.json").write_bytes(text(GOOD))
    found = list(read_hand_ins(tmp_path))
    assert [type(f) for f in found] == [Received] * 3 + [Refused]
    assert "not read" in found[-1].reason


def test_the_many_files_of_one_student_keep_no_other_from_being_read(tmp_path, monkeypatch):
    monkeypatch.setattr(received, "MOST_FILES", 6)
    monkeypatch.setattr(received, "MOST_INNER_FILES", 4)
    many = zipped({f"{i}.json": b"{}" for i in range(5)})
    students = ["ann", "ben", "cho", "dao"]
    for s in students:
        (tmp_path / s).mkdir()
        (tmp_path / s / "hand-in.json").write_bytes(text(hand_in(s, {})))
    for i in range(9):
        (tmp_path / "ann" / f"z{i}.json").write_bytes(b"{}")
    (tmp_path / "ben" / "a.zip").write_bytes(many)
    (tmp_path / "cho" / "b.zip").write_bytes(zipped({"inner.zip": many, "again.zip": many}))
    found = list(read_hand_ins(tmp_path))
    assert [f.hand_in.student for f in found if isinstance(f, Received)] == students
    told = {f.path: f.reason for f in found if isinstance(f, Refused)}
    assert "holds more than 6 files" in told["ann/z5.json"]
    assert "holds more than 4 files" in told["cho/b.zip/inner.zip"]


def test_a_place_that_is_not_there_is_one_sentence(tmp_path, refusal):
    assert "no such file or folder" in refusal(lambda: list(read_hand_ins(tmp_path / "nowhere")))


# --- the worst ----------------------------------------------------------------------------------------


def test_every_hostile_hand_in_is_answered_and_none_does_anything(tmp_path):
    folder, canary = tmp_path / "handed-in", tmp_path / CANARY
    folder.mkdir()
    names = write_hostile(folder, canary)
    assert len(names) > 300
    before = everything(tmp_path)
    found = list(read_hand_ins(folder))
    assert everything(tmp_path) == before
    assert not canary.exists()
    told = [f.path for f in found]
    for name in names:
        shown = shown_name(name)
        assert any(path == shown or path.startswith(f"{shown}/") for path in told), name
    for f in found:
        assert "\n" not in f.path
        assert not CONTROLS.search(f.path)
        if isinstance(f, Refused):
            assert f.reason.endswith(".")
            assert "\n" not in f.reason
    assert 40 < sum(isinstance(f, Received) for f in found) < len(found) - 100
