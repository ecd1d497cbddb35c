"""The reader's own record: everything in it, nothing from outside, nothing that can run."""

import base64
import re
from html.parser import HTMLParser

import pytest
from moves import MODELS

import tumen
from tumen.page import own_page as pages
from tumen.page.notes import write_notes
from tumen.tasks import check, find_task

EVIL = "</p><script>alert('x')</script><img src=http://example.org/a.png onerror=alert(1)> & “so”"


class Seen(HTMLParser):
    """The elements of a page with their attributes, its headings, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.text, self.headings = [], [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text += data


@pytest.fixture
def filled(session):
    """A session with an answer of every kind and two saved cases."""

    def answer(key, value, state):
        session.record(find_task(key, session.folder), value, state)

    answer("counting.ratio", 120.0, "recorded")
    answer("counting.guests", 200.0, "right")
    answer("counting.bound", "a", "wrong")
    answer("counting.ethics", EVIL, "recorded")
    answer("counting.ceiling", None, "skipped")
    session.answers.put("verdict.then.S2P3-d", "assumed", "verdict")
    ceiling, stock = MODELS["counting.ceiling"], MODELS["counting.stock"]
    session.saved.keep("full <houses>", ceiling, {**ceiling.start, "guests": 2.4, "hosting_share": 0.45})
    session.saved.keep("full <houses>", stock, {**stock.start, "stay": 1.0})
    return session


def test_everything_recorded_is_there_and_said(filled):
    done = write_notes(filled)
    assert done.path == filled.folder / "notes.html"
    assert repr(done) == (
        "Written beside this notebook: notes.html, with 1 prediction, 2 answers, 1 piece of writing, 1 other record and 1 saved case."
    )
    text = Seen(done.path.read_text(encoding="utf-8")).text
    assert "120 guests" in text
    assert "the report finds considerably too few to turn to" in text
    assert f"Agrees with the model. {check(find_task('counting.guests'), 200.0).says}" in text
    assert "(a) About 100,000 is the best estimate." in text
    assert "Not yet. That takes a step further than the ceiling goes" in text
    assert EVIL in text
    assert "verdict.then.S2P3-d" in text and "assumed" in text
    assert "full <houses>" in text
    assert "guests in a hosting household" in text and "2.4" in text
    assert "does not hold in this setting" in text
    assert "mean stay in China" in text


def test_nothing_in_it_runs_or_asks_for_anything(filled):
    html = write_notes(filled).path.read_text(encoding="utf-8")
    page = Seen(html)
    assert page.open == []
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "iframe", "object", "embed", "base", "form", "svg", "video", "audio"}
    attributes = [(name, value or "") for _, attrs in page.tags for name, value in attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith("data:image/svg+xml;base64,") for name, value in attributes if name in ("src", "href"))
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert not re.search(r"@import|url\(", html)


def test_the_pictures_are_whole_and_speak(filled):
    page = Seen(write_notes(filled).path.read_text(encoding="utf-8"))
    images = [attrs for tag, attrs in page.tags if tag == "img"]
    assert len(images) == 2
    for image in images:
        svg = base64.b64decode(image["src"].partition(",")[2]).decode("utf-8")
        assert svg.startswith("<svg") and svg.rstrip().endswith("</svg>")
        assert "<script" not in svg
        assert not re.search(r"(?:href|src)=.https?:", svg)
        assert len(image["alt"]) > 60 and re.search(r"\d", image["alt"])
    assert "about 517,000 people" in images[0]["alt"]


def test_headings_begin_at_one_and_never_skip(filled):
    page = Seen(write_notes(filled).path.read_text(encoding="utf-8"))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    assert ("html", {"lang": "en"}) in page.tags
    assert "title" in {tag for tag, _ in page.tags}


def test_an_empty_record_says_so(session):
    done = write_notes(session)
    assert "nothing yet: no answer and no saved case" in repr(done)
    assert "nothing yet" in Seen(done.path.read_text(encoding="utf-8")).text


def test_earlier_notes_are_replaced_and_a_readers_own_file_is_not(filled):
    own = filled.folder / "notes.html"
    own.write_text("<p>my own page</p>")
    assert write_notes(filled).path.name == "notes-2.html"
    assert write_notes(filled).path.name == "notes-2.html"
    assert own.read_text() == "<p>my own page</p>"
    (filled.folder / "notes-2.html").unlink()
    (filled.folder / "notes-2.html").mkdir()
    assert write_notes(filled).path.name == "notes-3.html"


def test_answers_of_another_shape_than_the_task_are_still_shown(session):
    session.answers.put("counting.guests", "two hundred", "right")
    session.answers.put("counting.bound", ["a"], "wrong")
    session.answers.put("counting.pool", {"a": 1}, "odd")
    session.answers.put("counting.gone", True, "recorded")
    text = Seen(write_notes(session).path.read_text(encoding="utf-8")).text
    for said in ("two hundred", "['a']", "{'a': 1}", "counting.gone", "True"):
        assert said in text


def test_a_saved_case_that_cannot_be_read_is_told(filled):
    (filled.saved.folder / "bad.toml").write_text("hosts = 3\n")
    done = write_notes(filled)
    assert "Left out: cases/bad.toml" in repr(done)


def test_a_half_written_file_never_takes_the_place_of_a_whole_one(filled, monkeypatch, refusal):
    whole = write_notes(filled).path.read_text(encoding="utf-8")

    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pages, "write_atomic", full)
    assert "No space left on device" in refusal(write_notes, filled)
    assert (filled.folder / "notes.html").read_text(encoding="utf-8") == whole


def test_half_a_character_is_told_and_nothing_written(session, refusal):
    session.answers.entries["counting.ethics"] = {"value": "\ud800", "state": "recorded"}
    session.answers.reload = lambda: None
    assert "half of a character" in refusal(write_notes, session)
    assert not (session.folder / "notes.html").exists()


def test_the_verb_writes_into_the_folder_of_the_notebook(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    said = tumen.notes()
    assert "notes.html" in repr(said)
    assert (tmp_path / "notes.html").is_file()
    assert 'href="notes.html"' in said._repr_html_()
    assert "notes" in tumen.VERBS
