"""A reader's answers: never half written, never overwritten unread, shared by the notebooks of a folder."""

import json
import os
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tumen.core.errors import Problem
from tumen.tasks import Answers


def stored(folder):
    return json.loads((folder / "answers.json").read_text(encoding="utf-8"))


def test_an_empty_folder_has_no_answers_and_gets_no_file(tmp_path):
    answers = Answers(tmp_path)
    assert answers.entries == {}
    assert answers.get("counting.guests") is None
    assert list(tmp_path.iterdir()) == []


def test_an_answer_is_written_and_restored(tmp_path):
    Answers(tmp_path).put("counting.guests", 200.0, "right")
    again = Answers(tmp_path)
    entry = again.get("counting.guests")
    assert (entry["value"], entry["state"], entry["tries"]) == (200.0, "right", 1)
    assert entry["when"].endswith("+00:00")
    assert again.trouble == ""
    assert stored(tmp_path)["version"] == 1
    again.put("counting.guests", 5, "wrong")
    assert stored(tmp_path)["answers"]["counting.guests"]["tries"] == 2
    assert [p.name for p in tmp_path.iterdir()] == ["answers.json"]


def test_words_are_kept_as_they_were_written(tmp_path):
    words = 'Weil „300.000“ — 탈북자\n"quoted" \\ and \t end'
    Answers(tmp_path).put("counting.mind", words, "recorded")
    assert Answers(tmp_path).get("counting.mind")["value"] == words
    assert "탈북자" in (tmp_path / "answers.json").read_text(encoding="utf-8")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.floats(allow_nan=False) | st.none(), max_size=4))
def test_whatever_is_answered_is_given_back(tmp_path, given_):
    (tmp_path / "answers.json").unlink(missing_ok=True)
    answers = Answers(tmp_path)
    for key, value in given_.items():
        answers.put(key, value, "recorded")
    again = Answers(tmp_path)
    assert {k: e["value"] for k, e in again.entries.items()} == given_
    assert again.trouble == ""


def test_half_of_a_character_is_kept_too(tmp_path):
    Answers(tmp_path).put("counting.mind", "half \ud83d of one", "recorded")
    assert Answers(tmp_path).get("counting.mind")["value"] == "half \ud83d of one"


def test_two_notebooks_of_one_folder_keep_each_others_answers(tmp_path):
    one, two = Answers(tmp_path), Answers(tmp_path)
    one.put("counting.guests", 200, "right")
    two.put("counting.stock", 100_000, "right")
    one.put("counting.bound", "c", "right")
    two.put("counting.guests", 7, "wrong")
    kept = stored(tmp_path)["answers"]
    assert set(kept) == {"counting.guests", "counting.stock", "counting.bound"}
    assert (kept["counting.guests"]["value"], kept["counting.guests"]["tries"]) == (7, 2)
    assert set(Answers(tmp_path).entries) == set(kept)


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    answers = Answers(tmp_path)
    answers.put("counting.guests", 200, "right")
    before = (tmp_path / "answers.json").read_bytes()

    def broken(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(Problem, match=r"answers\.json could not be written here \(No space left on device\)"):
        answers.put("counting.stock", 1, "wrong")
    assert (tmp_path / "answers.json").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["answers.json"]
    assert answers.get("counting.stock")["value"] == 1


def test_answers_that_could_not_be_saved_are_saved_with_the_next(tmp_path, monkeypatch):
    answers = Answers(tmp_path)
    answers.put("counting.guests", 200, "right")
    with monkeypatch.context() as m:
        m.setattr("tumen.tasks.answers.write_atomic", lambda *a: (_ for _ in ()).throw(OSError(30, "Read-only")))
        for key in ("counting.stock", "counting.bound"):
            with pytest.raises(Problem):
                answers.put(key, "x", "recorded")
        assert set(answers.entries) == {"counting.guests", "counting.stock", "counting.bound"}
    Answers(tmp_path).put("counting.mind", "elsewhere", "recorded")
    answers.put("counting.gauge", 2, "wrong")
    expected = {"counting.guests", "counting.stock", "counting.bound", "counting.mind", "counting.gauge"}
    assert set(stored(tmp_path)["answers"]) == expected
    Answers(tmp_path).put("counting.stock", "newer", "recorded")
    answers.put("counting.gauge", 3, "wrong")
    assert stored(tmp_path)["answers"]["counting.stock"]["value"] == "newer"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    answers = Answers(tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Problem, match=r"kept until you close the notebook"):
            answers.put("counting.guests", 200, "right")
    finally:
        tmp_path.chmod(0o700)
    assert answers.get("counting.guests")["value"] == 200


NOT_ANSWERS = {
    "empty": b"",
    "cut off": b'{"version": 1, "answers": {"counting.guests": {"val',
    "not text": b"\xff\xfe\x00\x01",
    "a list": b"[]",
    "a number": b"3",
    "no answers": b'{"version": 1}',
    "answers of no kind": b'{"answers": [1]}',
    "an entry of no kind": b'{"answers": {"counting.guests": 200}}',
    "an entry with something nested": b'{"answers": {"counting.guests": {"value": [[[]]], "state": "right"}}}',
    "a number too long": b'{"answers": {"x": {"value": ' + b"9" * 5000 + b"}}}",
    "too deep": b"[" * 100_000,
    "deep inside": b'{"answers": {"x": {"value": ' + b"[" * 800 + b"]" * 800 + b"}}}",
}


@pytest.mark.parametrize("fault", NOT_ANSWERS)
def test_a_file_that_cannot_be_read_is_put_aside_never_overwritten(tmp_path, fault):
    raw = NOT_ANSWERS[fault]
    (tmp_path / "answers.json").write_bytes(raw)
    answers = Answers(tmp_path)
    assert answers.entries == {}
    assert (
        answers.trouble
        == "answers.json could not be read; it is kept as answers-unreadable-1.json and a new one begun."
    )
    assert (tmp_path / "answers-unreadable-1.json").read_bytes() == raw
    answers.put("counting.guests", 200, "right")
    assert set(stored(tmp_path)["answers"]) == {"counting.guests"}
    (tmp_path / "answers.json").write_bytes(raw)
    later = Answers(tmp_path)
    assert "answers-unreadable-2.json" in later.trouble
    assert (tmp_path / "answers-unreadable-1.json").read_bytes() == raw
    assert (tmp_path / "answers-unreadable-2.json").read_bytes() == raw


def test_a_file_broken_while_the_notebook_is_open_loses_nothing(tmp_path):
    answers = Answers(tmp_path)
    answers.put("counting.guests", 200, "right")
    (tmp_path / "answers.json").write_text("{ half")
    answers.put("counting.stock", 1, "wrong")
    assert set(stored(tmp_path)["answers"]) == {"counting.guests", "counting.stock"}
    assert (tmp_path / "answers-unreadable-1.json").read_text() == "{ half"


def test_a_broken_file_that_cannot_be_moved_is_not_written_over(tmp_path, monkeypatch):
    (tmp_path / "answers.json").write_text("{ half")

    def refuse(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    monkeypatch.setattr("pathlib.Path.replace", refuse)
    answers = Answers(tmp_path)
    assert "kept only until you close the notebook" in answers.trouble
    with pytest.raises(Problem):
        answers.put("counting.guests", 200, "right")
    assert (tmp_path / "answers.json").read_text() == "{ half"
    assert answers.get("counting.guests")["value"] == 200


def test_a_folder_in_the_files_place_is_put_aside(tmp_path):
    (tmp_path / "answers.json").mkdir()
    answers = Answers(tmp_path)
    assert (tmp_path / "answers-unreadable-1.json").is_dir()
    answers.put("counting.guests", 200, "right")
    assert stored(tmp_path)["answers"]


def test_a_file_saved_by_another_editor_is_read(tmp_path):
    text = '{"answers": {"counting.guests": {"value": 200, "state": "right"}}}'
    (tmp_path / "answers.json").write_bytes(b"\xef\xbb\xbf" + text.replace(", ", ",\r\n").encode())
    answers = Answers(tmp_path)
    assert answers.trouble == ""
    assert answers.put("counting.guests", 200, "right")["tries"] == 1


def test_tries_of_no_kind_start_again(tmp_path):
    (tmp_path / "answers.json").write_text('{"answers": {"x": {"value": 1, "state": "right", "tries": "many"}}}')
    assert Answers(tmp_path).put("x", 1, "right")["tries"] == 1


def test_many_long_answers_are_kept(tmp_path):
    answers = Answers(tmp_path)
    for i in range(100):
        answers.put(f"counting.t{i}", "x" * 20_000, "recorded")
    answers.put("counting.guests", 200, "right")
    assert len(Answers(tmp_path).entries) == 101
    assert sys.getsizeof((tmp_path / "answers.json").read_bytes()) > 2_000_000
