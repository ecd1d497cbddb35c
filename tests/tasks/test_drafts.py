"""Drafts, history, and an answers file that others write, hold or refuse at the same moment."""

import errno
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from tumen.core.errors import Problem
from tumen.core.files import in_turn, write_atomic
from tumen.tasks import Answers
from tumen.tasks.answers import taken_out
from tumen.tasks.answers_file import LONGEST, MOST

KEY = "counting.mind"


def stored(folder):
    return json.loads((folder / "answers.json").read_text(encoding="utf-8"))


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def texts(answers, key=KEY):
    return [e["value"] for e in answers.history.get(key, [])]


# --- drafts -----------------------------------------------------------------------------------------


def test_a_draft_is_kept_beside_what_was_recorded_and_stands_in_the_box(tmp_path):
    answers = Answers(tmp_path)
    answers.put(KEY, "recorded words", "recorded")
    answers.draft(KEY, "recorded words and more")
    again = Answers(tmp_path)
    assert again.get(KEY)["value"] == "recorded words"
    assert again.text(KEY) == "recorded words and more"
    assert again.standing()[KEY]["value"] == "recorded words and more"
    assert again.standing()[KEY]["state"] == "draft"
    again.put(KEY, "recorded words and more", "recorded")
    assert "drafts" not in stored(tmp_path)
    assert Answers(tmp_path).standing()[KEY]["state"] == "recorded"


def test_a_draft_that_says_what_is_recorded_is_none(tmp_path):
    answers = Answers(tmp_path)
    answers.put("counting.guests", 200.0, "right")
    answers.draft("counting.guests", "20")
    answers.draft("counting.guests", "200")
    assert answers.drafts == {} and "drafts" not in stored(tmp_path)


def test_an_emptied_box_does_not_take_the_recorded_answer_with_it(tmp_path):
    answers = Answers(tmp_path)
    answers.put(KEY, "recorded words", "recorded")
    answers.draft(KEY, "  ")
    assert answers.standing()[KEY]["value"] == "recorded words"


def test_skipping_leaves_what_was_typed(tmp_path):
    answers = Answers(tmp_path)
    answers.draft(KEY, "half a")
    answers.put(KEY, None, "skipped")
    assert Answers(tmp_path).text(KEY) == "half a"


def test_a_file_with_drafts_is_read_by_what_reads_answers(tmp_path):
    from tumen.course.handed import read_text

    Answers(tmp_path).put("counting.guests", 200.0, "right")
    Answers(tmp_path).draft(KEY, "half a")
    read = read_text((tmp_path / "answers.json").read_bytes())
    assert list(read.answers) == ["counting.guests"]


@pytest.mark.parametrize(
    "part", ['"drafts": [1]', '"drafts": {"x": 1}', '"history": {"x": 1}', '"history": {"x": [[]]}', '"history": 3']
)
def test_drafts_or_history_of_no_kind_are_put_aside_whole(tmp_path, part):
    raw = f'{{"answers": {{}}, {part}}}'
    (tmp_path / "answers.json").write_text(raw)
    assert "answers-unreadable-1.json" in Answers(tmp_path).trouble
    assert (tmp_path / "answers-unreadable-1.json").read_text() == raw


# --- history ----------------------------------------------------------------------------------------


def test_two_pages_on_one_folder_the_later_text_stands_and_the_earlier_is_in_the_history(tmp_path):
    one, two = Answers(tmp_path), Answers(tmp_path)
    one.draft(KEY, "what the first page says")
    two.draft(KEY, "what the second page says")
    again = Answers(tmp_path)
    assert again.text(KEY) == "what the second page says"
    assert texts(again) == ["what the first page says"]
    one.draft(KEY, "the first page again")
    assert texts(Answers(tmp_path)) == ["what the first page says", "what the second page says"]


def test_writing_on_is_no_replacement_and_taking_much_out_is(tmp_path):
    answers = Answers(tmp_path)
    for text in ("I", "I think", "I think that the number", "I think the number", "I think the number is"):
        answers.draft(KEY, text)
    assert answers.history == {}
    for n in range(len("I think the number is"), 3, -1):  # letter by letter
        answers.draft(KEY, "I think the number is"[:n])
    assert texts(answers)[0] == "I think the number is"
    assert texts(Answers(tmp_path)) == texts(answers)


def test_a_recorded_text_that_another_replaces_is_kept(tmp_path):
    answers = Answers(tmp_path)
    answers.put(KEY, "one", "recorded")
    answers.put(KEY, "two", "recorded")
    answers.put(KEY, "two", "recorded")
    assert texts(answers) == ["one"]
    assert answers.history[KEY][0]["when"]


def test_the_history_is_bounded_in_number_and_length(tmp_path):
    answers = Answers(tmp_path)
    for n in range(MOST + 10):
        answers.put(KEY, f"text {n}", "recorded")
    assert texts(answers) == [f"text {n}" for n in range(9, MOST + 9)]
    for n in range(5):
        answers.put(KEY, f"{n}" * (LONGEST // 3), "recorded")
    assert sum(map(len, texts(answers))) <= LONGEST
    assert texts(answers)[-1][0] == "3"


@pytest.mark.parametrize(
    ("old", "new", "n"), [("", "", 0), ("abc", "abcd", 0), ("abc", "xabc", 0), ("aXXc", "ac", 2), ("abc", "xyz", 3)]
)
def test_what_was_taken_out(old, new, n):
    assert taken_out(old, new) == n


# --- writers at once --------------------------------------------------------------------------------


def write_many(folder, who, n, start):
    answers = Answers(folder)
    start.wait()
    for i in range(n):
        answers.put(f"{who}.t{i}", float(i), "recorded", patience=60)


def test_two_kernels_two_hundred_answers_at_once_all_are_kept(tmp_path):
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    both = [context.Process(target=write_many, args=(tmp_path, who, 100, start)) for who in ("one", "two")]
    for process in both:
        process.start()
    for process in both:
        process.join(300)
        assert process.exitcode == 0
    kept = stored(tmp_path)["answers"]
    assert len(kept) == 200
    assert all(e["tries"] == 1 for e in kept.values())
    assert names(tmp_path) == ["answers.json"]


def test_threads_take_their_turns_too(tmp_path):
    class Start:
        wait = staticmethod(lambda: None)

    both = [threading.Thread(target=write_many, args=(tmp_path, f"w{n}", 20, Start)) for n in range(4)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(stored(tmp_path)["answers"]) == 80


def test_a_turn_that_does_not_come_is_told_and_the_answer_is_written_with_the_next(tmp_path):
    answers = Answers(tmp_path)
    with in_turn(answers.path), pytest.raises(Problem, match="could not be written here"):
        answers.put(KEY, "words", "recorded", patience=0)
    assert not answers.path.exists()
    answers.put("counting.guests", 200.0, "right")
    assert set(stored(tmp_path)["answers"]) == {KEY, "counting.guests"}
    assert answers.trouble == ""


def test_the_turn_of_a_killed_process_is_free(tmp_path):
    code = "import sys, time; from tumen.core.files import in_turn\nwith in_turn(sys.argv[1]): print('mine', flush=True); time.sleep(600)"
    held = subprocess.Popen([sys.executable, "-c", code, tmp_path / "answers.json"], stdout=subprocess.PIPE, text=True)
    with held:
        assert held.stdout.readline() == "mine\n"
        held.kill()
        held.wait()
    Answers(tmp_path).put(KEY, "words", "recorded")
    assert names(tmp_path) == ["answers.json"]


def test_a_folder_without_locks_is_written_without_one(tmp_path, monkeypatch):
    def none(handle):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("tumen.core.files._lock", none)
    Answers(tmp_path).put(KEY, "words", "recorded")
    assert stored(tmp_path)["answers"][KEY]["value"] == "words"


# --- refused, unreadable, killed --------------------------------------------------------------------


def refusing(times):
    """os.replace that a scanner refuses so many times, and how often it was asked."""
    real, asked = os.replace, []

    def replace(*args, **kwargs):
        asked.append(args)
        if len(asked) <= times:
            raise PermissionError(13, "Permission denied")
        return real(*args, **kwargs)

    return replace, asked


def test_a_refused_rename_is_tried_again(tmp_path, monkeypatch):
    replace, asked = refusing(4)
    monkeypatch.setattr("os.replace", replace)
    answers = Answers(tmp_path)
    answers.put(KEY, "words", "recorded")
    assert len(asked) == 5
    assert answers.trouble == ""
    assert stored(tmp_path)["answers"][KEY]["value"] == "words"


def test_a_rename_refused_for_long_is_told_at_every_write_until_it_is_made(tmp_path, monkeypatch):
    answers = Answers(tmp_path)
    replace, _ = refusing(10**9)
    with monkeypatch.context() as m:
        m.setattr("os.replace", replace)
        for n in range(2):
            with pytest.raises(Problem, match=r"could not be written here \(Permission denied\)"):
                answers.draft(KEY, f"words {n}", patience=0.1)
        assert "could not be written" in answers.trouble
        assert answers.waiting
    assert names(tmp_path) == []
    answers.flush()
    assert answers.trouble == "" and not answers.waiting
    assert Answers(tmp_path).text(KEY) == "words 1"


def test_what_another_page_wrote_while_ours_was_refused_stands_if_it_is_later(tmp_path, monkeypatch):
    one, two = Answers(tmp_path), Answers(tmp_path)
    with monkeypatch.context() as m:
        m.setattr("os.replace", refusing(10**9)[0])
        m.setattr("tumen.tasks.answers._now", lambda to: "2020-11-30T10:00:00+00:00")
        with pytest.raises(Problem):
            one.draft(KEY, "the earlier", patience=0)
    two.draft(KEY, "the later")
    one.flush()
    assert Answers(tmp_path).text(KEY) == "the later"
    assert texts(Answers(tmp_path)) == ["the earlier"]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(errno.EBUSY, "busy")])
def test_a_file_that_cannot_be_read_for_a_moment_is_no_damage(tmp_path, monkeypatch, error):
    Answers(tmp_path).put("counting.guests", 200.0, "right")
    end = time.monotonic() + 1

    def refused_at_first(real):
        def read(*args, **kwargs):
            if time.monotonic() < end:
                raise error
            return real(*args, **kwargs)

        return read

    for way in ("read_bytes", "read_text"):
        monkeypatch.setattr(f"pathlib.Path.{way}", refused_at_first(getattr(type(tmp_path), way)))
    answers = Answers(tmp_path)
    answers.put(KEY, "words", "recorded")
    assert answers.trouble == ""
    assert set(stored(tmp_path)["answers"]) == {"counting.guests", KEY}
    assert names(tmp_path) == ["answers.json"]


def test_a_file_that_cannot_be_read_for_long_is_told_left_alone_and_taken_up_later(tmp_path, monkeypatch):
    Answers(tmp_path).put("counting.guests", 200.0, "right")

    def refused(path):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as m:
        m.setattr("pathlib.Path.read_bytes", refused)
        m.setattr("tumen.core.files.patiently.__defaults__", (0.1,))
        answers = Answers.__new__(Answers)
        m.setattr(Answers.reload, "__defaults__", (0.1,))
        answers.__init__(tmp_path)
        assert "could not be read (Permission denied)" in answers.trouble
        with pytest.raises(Problem):
            answers.put(KEY, "words", "recorded", patience=0.1)
        assert answers.get(KEY)["value"] == "words"
    assert names(tmp_path) == ["answers.json"]
    answers.flush()
    assert set(stored(tmp_path)["answers"]) == {"counting.guests", KEY}
    assert answers.trouble == ""


def test_a_file_that_is_half_copied_when_it_is_read_is_read_again(tmp_path, monkeypatch):
    Answers(tmp_path).put("counting.guests", 200.0, "right")
    whole = (tmp_path / "answers.json").read_bytes()
    (tmp_path / "answers.json").write_bytes(whole[:30])
    monkeypatch.setattr("tumen.tasks.answers.time.sleep", lambda s: (tmp_path / "answers.json").write_bytes(whole))
    answers = Answers(tmp_path)
    assert answers.trouble == ""
    assert answers.get("counting.guests")["value"] == 200.0
    assert names(tmp_path) == ["answers.json"]


KILLED = """
import os, signal, sys
from tumen.core import files
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
files.write_atomic(sys.argv[1], "half of it")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
def test_what_a_killed_process_leaves_is_taken_away_by_the_next_write_and_nothing_else_is(tmp_path):
    path = tmp_path / "answers.json"
    done = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) == 1
    mine = [".answers.json.backup-of-mine", ".answers.json.bak", ".notes.html.abcdefgh", "answers.json.part"]
    for name in mine:
        (tmp_path / name).write_text("mine")
    in_use = tmp_path / f".answers.json.{names(tmp_path)[0].split('.')[3].split('-')[0]}-{os.getpid()}-0123abcd.part"
    in_use.write_text("being written")
    write_atomic(path, "whole")
    assert names(tmp_path) == sorted([*mine, in_use.name, "answers.json"])
