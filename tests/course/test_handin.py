"""The hand-in: one small file, and sentences that say truly what is in it."""

import json
import math
import tomllib

import pytest
from plans import PLAN

from tumen.course.build import build
from tumen.course.handed import read_text
from tumen.course.handin import write_hand_in
from tumen.course.plan import read_course
from tumen.course.variants import Variants, case_mark
from tumen.tasks import Answers


@pytest.fixture
def copy(make_course):
    """Ann's copy of the course."""
    folder = make_course(plan=PLAN.replace("2027-03-15T12:00:00Z", "2027-03-15"))
    build(folder)
    return folder / "built/students/ann"


def test_what_is_handed_in_is_what_was_answered(copy):
    answers = Answers(copy)
    answers.put("law.ceiling", 123456.5, "recorded")
    answers.put("law.ceiling", 171756.0, "recorded")
    answers.put("law.reason", "S2P3-d holds, 그러나 …", "recorded")
    answers.put("counting.taste", 0.3, "recorded")
    answers.put("counting.occupancy", 0.2, "wrong")
    answers.put("verdict.then.S1P1-a", "asserted", "verdict")
    path, sentences = write_hand_in(copy)
    assert path.name == "hand-in-korea-301-ann.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    course = read_course(copy.parents[2])
    assert (raw["format"], raw["version"], raw["course"], raw["student"]) == ("tumen hand-in", 1, "korea-301", "ann")
    assert raw["case_mark"] == case_mark(Variants(course).case("ann"))
    assert raw["case"] == (copy / "case.toml").read_text(encoding="utf-8")
    assert raw["build"] == tomllib.loads((copy / "student.toml").read_text(encoding="utf-8"))["build"]
    assert set(raw["answers"]) == {"law.ceiling", "law.reason", "counting.taste", "counting.occupancy"}
    assert (raw["answers"]["law.ceiling"]["value"], raw["answers"]["law.ceiling"]["tries"]) == (171756.0, 2)
    received = read_text(path.read_bytes())
    assert received.intact is True
    assert received.answers["law.reason"].value == "S2P3-d holds, 그러나 …"
    assert sentences == [
        f"Written: hand-in-korea-301-ann.json ({max(1, round(path.stat().st_size / 1000))} kB), beside this notebook. "
        "Nothing has been sent.",
        "In it: 2 of the 4 tasks that count: ceiling (4 points), reason (4 points).",
        "Missing: guests (1 point), bound (3 points).",
        "Read by a person: reason (4 points). The rest of what counts is checked by its number or choice.",
        "Also in it, and without marks: 1 other answer, 1 prediction, your case.toml and the time of each answer.",
    ]


def test_tasks_whose_names_end_alike_are_told_apart(make_course):
    extra = '[[graded]]\ntask = "publicity.half"\n[[graded]]\ntask = "dialogue.half"\n'
    folder = make_course(plan=PLAN.replace('"00", ', '"05", "06", '), end=extra)
    build(folder)
    copy = folder / "built/students/ann"
    _, sentences = write_hand_in(copy)
    page = (copy / "assignment.ipynb").read_text(encoding="utf-8")
    for name in ("publicity half", "dialogue half", "guests"):
        assert any(f" {name} (" in s for s in sentences)
        assert f"| {name} |" in page


def test_with_nothing_answered_it_says_what_is_missing(copy):
    _, sentences = write_hand_in(copy)
    assert "In it: 0 of the 4 tasks that count." in sentences
    assert any(s.startswith("Missing: guests (1 point), bound (3 points), ceiling") for s in sentences)


def test_with_everything_answered_it_says_so(copy):
    for key, value in (("counting.guests", 200.0), ("counting.bound", "c"), ("law.ceiling", 1.0), ("law.reason", "x")):
        Answers(copy).put(key, value, "recorded")
    assert "Nothing that counts is missing." in write_hand_in(copy)[1]


@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_an_empty_answer_is_missing(value, copy):
    Answers(copy).put("law.reason", value, "recorded")
    assert "In it: 0 of the 4 tasks that count." in write_hand_in(copy)[1]


def test_a_changed_case_is_said_and_travels_with_its_mark(copy):
    text = (copy / "case.toml").read_text(encoding="utf-8")
    (copy / "case.toml").write_text(
        text.replace("household = { value = 3.5", "household = { value = 3.4"), encoding="utf-8"
    )
    path, sentences = write_hand_in(copy)
    assert any("not as your course gave it" in s for s in sentences)
    assert json.loads(path.read_text())["case_mark"] not in (
        "",
        tomllib.loads((copy / "student.toml").read_text())["case_mark"],
    )


@pytest.mark.parametrize("text", ["not = toml = at all", "[counting.ceiling]\nhostz = 1\n", "\x00\x01", None])
def test_a_case_that_cannot_be_used_does_not_stop_the_hand_in(text, copy):
    if text is None:
        (copy / "case.toml").unlink()
    else:
        (copy / "case.toml").write_text(text, encoding="utf-8")
    path, sentences = write_hand_in(copy)
    assert json.loads(path.read_text())["case_mark"] == ""
    assert any("not as your course gave it" in s for s in sentences)


def test_answers_spoilt_by_another_hand_still_make_a_sound_file(copy):
    entries = {
        "law.ceiling": {"value": math.inf, "tries": "many"},
        "law.reason": {"value": "half \ud800 of a character"},
        "counting.guests": {"value": 10**400},
        "counting.bound": {"value": True, "tries": -3},
    }
    (copy / "answers.json").write_text(json.dumps({"version": 1, "answers": entries}), encoding="utf-8")
    path, _ = write_hand_in(copy)
    received = read_text(path.read_bytes())
    assert received.intact is True
    assert received.answers["law.ceiling"].value is None


def test_a_hand_in_too_large_names_the_answer_to_shorten(copy, refusal):
    Answers(copy).put("law.reason", "x" * 1_100_000, "recorded")
    assert "law.reason" in refusal(write_hand_in, copy)


def test_a_passed_day_is_said(make_course):
    folder = make_course(plan=PLAN.replace("2027-03-15T12:00:00Z", "2020-03-15").replace("starts = 2027-03-01\n", ""))
    build(folder)
    assert any("has passed" in s for s in write_hand_in(folder / "built/students/ann")[1])


def test_outside_a_course_there_is_nothing_to_hand_in(tmp_path, refusal):
    assert "student.toml" in refusal(write_hand_in, tmp_path)


@pytest.mark.parametrize(
    "text", ["", "course = 3", 'course = "../x"', 'course = "a"\nstudent = "../../x"', "graded = 3", "\xff"]
)
def test_a_spoilt_student_file_is_told_and_names_no_path(text, tmp_path, refusal):
    (tmp_path / "student.toml").write_bytes(text.encode("latin-1"))
    assert "student.toml is not as your course made it" in refusal(write_hand_in, tmp_path)


def test_a_copy_for_all_asks_for_an_id_or_takes_the_hubs(make_course, refusal, monkeypatch):
    folder = make_course(roster="id,name\n")
    build(folder)
    copy = folder / "built/student"
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    assert 'tumen.hand_in("id")' in refusal(write_hand_in, copy).replace("\\", "")
    assert "cannot be an id" in refusal(write_hand_in, copy, "../x")
    assert write_hand_in(copy, "dora")[0].name == "hand-in-korea-301-dora.json"
    monkeypatch.setenv("JUPYTERHUB_USER", "eun")
    assert write_hand_in(copy)[0].name == "hand-in-korea-301-eun.json"


def test_nobody_hands_in_anothers_copy(copy, refusal):
    assert "ann's" in refusal(write_hand_in, copy, "ben")


def test_what_stands_in_a_box_and_was_not_recorded_is_in_it_and_said(copy):
    answers = Answers(copy)
    answers.put("law.ceiling", 123456.5, "recorded")
    answers.put("law.reason", "the older words", "recorded")
    answers.draft("law.ceiling", "171,756")
    answers.draft("law.reason", "the words that stand in the box")
    answers.draft("counting.guests", "two hundred")
    answers.draft("counting.bound", "b")
    path, sentences = write_hand_in(copy)
    raw = json.loads(path.read_text(encoding="utf-8"))["answers"]
    assert (raw["law.ceiling"]["value"], raw["law.ceiling"]["state"]) == (171756.0, "draft")
    assert raw["law.reason"]["value"] == "the words that stand in the box"
    assert raw["counting.bound"]["value"] == "b"
    assert raw["counting.guests"]["value"] is None
    read = read_text(path.read_bytes())
    assert read.intact is True and read.odd == {}
    assert read.answers["law.reason"].value == "the words that stand in the box"
    said = " ".join(sentences)
    assert "In it: 3 of the 4 tasks that count" in said
    assert "though it was not recorded: ceiling, reason, bound." in said
    assert "Not taken from the box of guests: 'two hundred' is no number" in said


def test_a_hand_in_holds_what_the_folder_refuses_to_take(copy, monkeypatch):
    from tumen.core import Problem

    answers = Answers(copy)
    with monkeypatch.context() as m:
        m.setattr("tumen.tasks.answers.write_atomic", lambda *a: (_ for _ in ()).throw(PermissionError(13, "refused")))
        with pytest.raises(Problem):
            answers.draft("law.reason", "words the folder refused")
    path, sentences = write_hand_in(copy, answers=answers)
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["law.reason"]["value"] == "words the folder refused"
    assert "could not be written here (refused)" in sentences[0]
