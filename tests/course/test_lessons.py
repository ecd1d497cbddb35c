"""A lesson's file in the class report: counts and shown texts, escaped; a file that is none is noted and stops nothing."""

import json

from tumen.course.grade import grade

BAD = "<script>alert(1)</script>"


def test_lessons_stand_in_the_report_and_a_damaged_file_is_noted(make_course):
    folder = make_course()
    asked = [
        {
            "key": "counting.ceiling",
            "kind": "number",
            "prompt": "How many?",
            "answered": 3,
            "unit": "people",
            "numbers": [1, 2, 9],
            "model": 0.627,
        },
        {
            "key": "counting.bound",
            "kind": "choice",
            "prompt": BAD,
            "answered": 5,
            "tally": {"a": 1, "b": 4},
            "options": {"a": "x", "b": "y"},
        },
        {"key": "counting.mind", "kind": "text", "prompt": "Why?", "answered": 2, "texts": [BAD]},
        {
            "key": "hindsight.chance_2006",
            "kind": "number",
            "prompt": "How likely?",
            "answered": 2,
            "unit": "per cent",
            "numbers": [0, 100],
        },
        {"key": "gone.by", "kind": "number", "prompt": "Gone", "answered": 1, "numbers": [1]},
    ]
    doc = {"lesson": 1, "chapter": "02", "title": BAD, "began": "2026-11-30T05:00+00:00", "joined": 5, "asked": asked}
    doc["unclear"] = [{"claim": "S2P3-d", "count": 4, "lines": [BAD]}]
    (folder / "lesson-02.json").write_text(json.dumps(doc), encoding="utf-8")
    (folder / "lesson-03.json").write_text("{", encoding="utf-8")
    (folder / "handed-in").mkdir()
    done = grade(folder)
    page = (done.folder / "report.html").read_text(encoding="utf-8")
    assert "Lessons held" in page and "middle 2, 1 to 9 people; the model gives 0.627" in page
    assert "(a) 1; (b) 4" in page and "5 phones joined" in page and "found unclear by" in page
    assert "Brier score is 0.5" in page
    assert BAD not in page and page.count("&lt;script&gt;") == 4
    assert any(file == "lesson-03.json" for _, file, _ in done.notes)


def test_without_a_lesson_nothing_is_said_of_one(make_course):
    folder = make_course()
    (folder / "handed-in").mkdir()
    page = (grade(folder).folder / "report.html").read_text(encoding="utf-8")
    assert "Lesson" not in page
