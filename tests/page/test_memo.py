"""The reader's memo: their words and numbers, nothing from outside, nothing that can run."""

import itertools
import os
import re

import pytest
from test_notes import EVIL, Seen

import tumen
from suh2002 import alternatives
from suh2002.alternatives import charts_box
from suh2002.alternatives.models import in_hundred
from tumen.core.words import number
from tumen.page import own_page as page
from tumen.page.memo import write_memo
from tumen.tasks import find_task

BELIEVED = {"credibility": ((0.7, 0.9),), "weight_leavers": ((0.6, 0.8),)}


def saved(session, name, **given):
    robust = alternatives.robust
    session.saved.keep(name, robust, {**robust.start, **given})


@pytest.fixture
def filled(session):
    """A session with a saved setting, writing of this chapter and of another, and predictions."""

    def answer(key, value, state="recorded"):
        session.record(find_task(key, session.folder), value, state)

    answer("alternatives.clause", f"Where promises hold, steps for steps. {EVIL}")
    answer("alternatives.proof", "By 2010.")
    answer("alternatives.best", 80.0)
    answer("alternatives.rule", "a")
    answer("alternatives.table", None, "skipped")
    answer("alternatives.evpi", 0.6, "right")
    answer("choice.duty", "A duty is no cost.")
    answer("choice.switch", 0.5)
    saved(session, "mine <so>", **BELIEVED)
    return session


def read(done):
    return Seen(done.path.read_text(encoding="utf-8"))


def test_the_readers_words_and_numbers_are_there(filled):
    done = write_memo(filled)
    assert done.path == filled.folder / "memo.html"
    text = read(done).text
    now = alternatives.robust(**BELIEVED)
    assert "your setting “mine <so>”" in text
    assert "Where promises hold, steps for steps." in text and EVIL in text
    assert "By 2010." in text
    assert charts_box.said(now) in text
    assert alternatives.robust.verdict(now) in text
    for policy, share in now["best_share"].items():
        assert in_hundred(share) in text
        assert number(now["max_regret"][policy], 2) in text
    assert "0.7 to 0.9" in text and "0.1 to 0.9" in text  # in the memo, and as the workbook starts


def test_it_says_how_near_the_model_comes_to_the_claim(filled):
    text = read(write_memo(filled)).text
    assert "beside S3P1-f: engagement is best in at least half of the cases: false in this setting." in text
    assert "The model neighbours the claim and does not settle it: the sentence says that" in text
    assert "nothing can take the place of going on with reconciliation" in text


def test_predictions_and_earlier_writing_are_gathered_and_answers_are_not(filled):
    text = read(write_memo(filled)).text
    assert "80 of 100 cases" in text and "In the starting case it is best in 55.7 of 100." in text
    assert "(a) engagement" in text
    assert "A duty is no cost." in text
    assert "What is it worth to know which state comes" not in text
    assert text.index("choice") < text.index("What I wrote in earlier chapters") < text.index("A duty is no cost.")


def test_what_is_still_to_be_written_is_said(filled, session_in, tmp_path_factory):
    assert "Still to write: the reason against you; whether a right can be an outcome in a table." in repr(
        write_memo(filled)
    )
    empty = session_in(tmp_path_factory.mktemp("empty"))
    done = write_memo(empty)
    assert "with the starting case, as no setting of yours is saved. Still to write: the clause;" in repr(done)
    text = read(done).text
    assert "Not written yet: the clause." in text
    assert "No prediction is kept in this folder." in text
    assert alternatives.robust.verdict(alternatives.robust()) in text


def test_the_setting_saved_last_is_taken_or_the_one_named(filled, refusal):
    saved(filled, "later", aid_effect=((0.4, 0.6),))
    older, newer = (filled.saved.cases[n].path for n in ("mine <so>", "later"))
    os.utime(older, (1_000, 1_000))
    os.utime(newer, (2_000, 2_000))
    assert "your setting “later”" in repr(write_memo(filled))
    os.utime(older, (3_000, 3_000))
    assert "your setting “mine <so>”" in repr(write_memo(filled))
    assert "your setting “later”" in repr(write_memo(filled, "later"))
    assert "no setting 'latr' of alternatives.robust is saved" in refusal(write_memo, filled, "latr")
    assert "the nearest is 'later'" in refusal(write_memo, filled, "latr")


def test_a_case_in_use_is_the_start_where_nothing_is_saved(session_in, tmp_path):
    (tmp_path / "case.toml").write_text('title = "class"\n[alternatives.robust]\ncredibility = ["0.8:0.9"]\n')
    done = write_memo(session_in(tmp_path))
    assert "with the case in use, “class”, as no setting of yours is saved" in repr(done)
    assert alternatives.robust.verdict(alternatives.robust(credibility=((0.8, 0.9),))) in read(done).text


def test_nothing_in_it_runs_or_asks_for_anything(filled):
    html = write_memo(filled).path.read_text(encoding="utf-8")
    seen = Seen(html)
    assert seen.open == []
    assert not {tag for tag, _ in seen.tags} & {
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "svg",
        "a",
    }
    attributes = [(name, value or "") for _, attrs in seen.tags for name, value in attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith("data:image/svg+xml;base64,") for name, value in attributes if name in ("src", "href"))
    assert not re.search(r"@import|url\(", html)
    (image,) = [attrs for tag, attrs in seen.tags if tag == "img"]
    assert "the conditional mix, best in" in image["alt"]


def test_headings_begin_at_one_and_never_skip(filled):
    headings = read(write_memo(filled)).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(headings))


def test_notes_and_memo_do_not_overwrite_each_other_nor_a_file_of_the_readers(filled):
    (filled.folder / "memo.html").write_text("<p>my own page</p>")
    assert write_memo(filled).path.name == "memo-2.html"
    assert write_memo(filled).path.name == "memo-2.html"
    assert (filled.folder / "memo.html").read_text() == "<p>my own page</p>"


def test_a_half_written_memo_never_takes_the_place_of_a_whole_one(filled, monkeypatch, refusal):
    whole = write_memo(filled).path.read_text(encoding="utf-8")

    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(page, "write_atomic", full)
    assert "No space left on device" in refusal(write_memo, filled)
    assert (filled.folder / "memo.html").read_text(encoding="utf-8") == whole


def test_the_verb_writes_into_the_folder_of_the_notebook(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    said = tumen.memo()
    assert (tmp_path / "memo.html").is_file()
    assert 'href="memo.html"' in said._repr_html_()
    assert "save one in the app first" in repr(tumen.memo("none of mine"))
    assert "memo" in tumen.VERBS
