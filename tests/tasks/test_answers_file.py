"""Answers files that others wrote, changed or spoilt: nothing in them is lost."""

import json

import pytest

from tumen.tasks.answers import NAME, Answers


@pytest.fixture
def opened(tmp_path):
    """A function that opens the answers of a folder whose file holds some bytes."""

    def answers(data: bytes) -> Answers:
        (tmp_path / NAME).write_bytes(data)
        return Answers(tmp_path)

    return answers


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_is_read_as_every_editor_saves_it(opened, encoding):
    text = json.dumps({"answers": {"a": {"value": "한글 ü"}}}, ensure_ascii=False).replace(" ", "\r\n")
    answers = opened(text.replace("한글\r\n", "한글 ").encode(encoding))
    assert (answers.text("a"), answers.trouble) == ("한글 ü", "")


def test_of_an_answer_that_stands_twice_the_later_counts_and_the_earlier_is_kept(opened, tmp_path):
    answers = opened(b'{"answers": {"a": {"value": "first"}, "a": {"value": "second"}}}')
    assert answers.text("a") == "second"
    answers.put("b", 5.0, "right")
    written = json.loads((tmp_path / NAME).read_text())
    assert [e["value"] for e in written["history"]["a"]] == ["first"]
    assert Answers(tmp_path).text("a") == "second"


def test_of_a_table_that_stands_twice_both_are_kept(opened):
    answers = opened(
        b'{"answers": {"a": {"value": "x"}, "c": {"value": "y"}}, "answers": {"b": {"value": "z"}, "c": {"value": "w"}}}'
    )
    assert {key: answers.text(key) for key in "abc"} == {"a": "x", "b": "z", "c": "w"}
    assert [e["value"] for e in answers.history["c"]] == ["y"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"version": 2, "answers": {}}', " (a newer Tumen wrote it)"),
        (b'{"version": ' + b"9" * 400 + b', "answers": {}}', " (a newer Tumen wrote it)"),
        (b'{"answers": {"a": {"value": 1, "value": 2}}}', ""),
        (b'{"answers": {"a": {"value": [1]}}}', ""),
        (b'{"answers": {"a": {"value": "cut', ""),
        (b'{"answers": ' + b"[" * 100_000, ""),
        ('{"answers": {"a": {"value": "한글"}}}'.encode("cp949"), ""),
        (b"\0" * 200, ""),
        (b"", ""),
    ],
)
def test_what_is_no_answers_file_is_put_aside_whole_and_told(opened, tmp_path, data, why):
    answers = opened(data)
    assert (
        answers.trouble
        == f"{NAME} could not be read{why}; it is kept as answers-unreadable-1.json and a new one begun."
    )
    answers.put("b", 5.0, "right")
    assert (tmp_path / "answers-unreadable-1.json").read_bytes() == data
